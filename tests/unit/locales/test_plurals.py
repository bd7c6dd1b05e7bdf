import pytest
from cataloguing.files import blank
from cataloguing.plurals import form_categories, whole_number_categories


@pytest.mark.parametrize(
    ("locale", "categories"),
    [
        ("en", {"other": 0, "one": 1}),
        ("lt", {"other": 0, "one": 1, "few": 2}),
        ("tr", {"other": 0, "one": 1}),
        ("zh-Hans", {"other": 0}),
        ("fa", {"one": 0, "other": 2}),
        ("ja", {"other": 0}),
        ("pt-BR", {"one": 0, "other": 2, "many": 1_000_000}),
        ("ar", {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}),
    ],
)
def test_categories_of_whole_numbers(locale: str, categories: dict[str, int]) -> None:
    assert whole_number_categories(locale) == categories


def test_forms_are_named_by_the_numbers_that_take_them() -> None:
    assert form_categories("pt-BR", 2, "(n > 1)") == [{"one"}, {"other", "many"}]
    assert form_categories("tr", 1, "0") == [{"one", "other"}]


@pytest.mark.parametrize("locale", ["lt", "tr", "zh-Hans", "fa", "ja", "pt-BR", "pl", "ar", "de", "ru"])
def test_a_new_catalogue_tells_the_categories_apart(locale: str) -> None:
    catalog = blank(locale)
    forms = form_categories(locale, catalog.num_plurals, catalog.plural_expr)
    assert sorted(category for form in forms for category in form) == sorted(whole_number_categories(locale))
    assert [form for form in forms if len(form - {"many"}) > 1] == []
