"""Language tags fall back sensibly."""

import pytest

from translation.tags import UnknownLanguageError, from_code, match, same_language


@pytest.mark.parametrize(
    ("tag", "available", "expected"),
    [
        ("pt-BR", ["en", "pt"], ("pt",)),
        ("en-GB", ["en", "en-US"], ("en", "en-US")),
        ("EN_gb", ["en"], ("en",)),
        ("zh-Hans", ["zh", "zh-Hans"], ("zh-Hans", "zh")),
        ("zh-CN", ["zh-Hans", "zh"], ("zh-Hans", "zh")),
        ("zh-TW", ["zh-Hant", "zh-Hans"], ("zh-Hant",)),
        ("pt", ["pt-BR"], ("pt-BR",)),
        ("nb", ["no"], ("no",)),
        ("xx", ["en", "pt"], ()),
        ("", ["en"], ()),
    ],
)
def test_match(tag: str, available: list[str], expected: tuple[str, ...]) -> None:
    assert match(tag, available) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("pt-BR", "pt"), ("en-GB", "en-US"), ("zh-CN", "zh-Hans"), ("nb", "no")]
)
def test_same_language(one: str, other: str) -> None:
    assert same_language(one, other)


@pytest.mark.parametrize(("one", "other"), [("pt", "es"), ("zh-Hans", "zh-TW"), ("sr-Latn", "sr-Cyrl")])
def test_other_language(one: str, other: str) -> None:
    assert not same_language(one, other)


@pytest.mark.parametrize(
    ("code", "tag"),
    [("zt", "zh-Hant"), ("PB", "pt-BR"), ("EN_us", "en-US"), ("zh-hans", "zh-Hans"), ("es-419", "es-419")],
)
def test_codes_of_models_become_tags(code: str, tag: str) -> None:
    assert from_code(code) == tag


@pytest.mark.parametrize("code", ["", "e", "xq", "english", "en/..", "en-", "pt_BR_x", "ｅｎ", "en\n"])
def test_unknown_codes_are_refused(code: str) -> None:
    with pytest.raises(UnknownLanguageError, match="should look like en or pt-BR"):
        from_code(code)
