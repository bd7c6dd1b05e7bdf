import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from cataloguing.checks import catalogue_problems, problems
from cataloguing.wording import Wording

ROOT = Path(__file__).resolve().parents[3]
HOUSE = {"same": ["Dragoman"], "terms": {"conversation": r"\bconversations?\b", "close": r"\bclose\b"}}
OWN = {
    "lt": {"same": ["OK"], "terms": {"conversation": ["pokalb"], "close": ["užver", "uždary"]}},
    "fa": {"marks": {r"\?": "write ؟"}},
}
HEADERS = {
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "fa": "nplurals=2; plural=(n > 1);",
}


def catalog(entries: str, plural_forms: str | None = None) -> Catalog:
    header = f'"Plural-Forms: {plural_forms}\\n"\n' if plural_forms else ""
    return read_po(
        io.BytesIO(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n{header}\n{entries}'.encode()
        )
    )


def found(entries: str, locale: str = "lt", plural_forms: str | None = None) -> list[str]:
    """The problems of a catalogue whose template has the same texts."""
    translated = catalog(entries, plural_forms or HEADERS[locale])
    wording = Wording(HOUSE, OWN[locale], locale)
    return list(catalogue_problems(translated, locale, translated, wording))


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ('msgid "Hello, {name}"\nmsgstr "Sveiki, {vardas}"', "placeholders ['vardas'] instead of ['name']"),
        ('msgid "Hello, {name}"\nmsgstr "Sveiki, {name} {name}"', "placeholders ['name', 'name']"),
        ('msgid "Read <a>this</a>."\nmsgstr "Skaitykite <b>tai</b>."', "tags ['</b>', '<b>']"),
        ('msgid "Save"\nmsgstr ""', "is not translated"),
        ('#, fuzzy\nmsgid "Save"\nmsgstr "Įrašyti"', "is fuzzy"),
        ('msgid "Save"\nmsgstr "Įrašyti "', "white space"),
        ('msgid "Saved."\nmsgstr "Įrašyta"', "ends in “a” where English ends in “.”"),
        ('msgid "Save?"\nmsgstr "Įrašyti."', "ends in “.” where English ends in “?”"),
        ('msgid "Save"\nmsgstr "Save"', "same as in English"),
        (
            'msgid "Open conversations"\nmsgstr "Atviri susirašinėjimai"',
            "calls “conversation” something else",
        ),
        (
            'msgid "{n} day"\nmsgid_plural "{n} days"\n'
            'msgstr[0] "{n} diena"\nmsgstr[1] ""\nmsgstr[2] "{n} dienų"',
            "msgstr[1] is empty",
        ),
        (
            'msgid "One day"\nmsgid_plural "{n} days"\n'
            'msgstr[0] "Viena diena"\nmsgstr[1] "{n} dienos"\nmsgstr[2] "{n} dienų"',
            "msgstr[0] has the placeholders [] instead of ['n']",
        ),
    ],
)
def test_each_problem_is_found(entries: str, problem: str) -> None:
    lines = found(entries)
    assert len(lines) == 1
    assert problem in lines[0]


@pytest.mark.parametrize(
    "entries",
    [
        'msgid "Dragoman"\nmsgstr "Dragoman"',
        'msgid "OK"\nmsgstr "OK"',
        'msgid "{name}: {n}"\nmsgstr "{name}: {n}"',
        'msgid "Close the conversation of {name}?"\nmsgstr "Uždaryti {name} pokalbį?"',
        'msgid "Closed"\nmsgstr "Baigtas"',
    ],
)
def test_a_sound_translation_passes(entries: str) -> None:
    assert found(entries) == []


def test_marks_and_letters_of_the_locale() -> None:
    assert found('msgid "Save?"\nmsgstr "ذخیره شود؟"', "fa") == []
    assert found('msgid "Save?"\nmsgstr "ذخیره شود?"', "fa") == ["“Save?” has “?”: write ؟"]
    assert found('msgid "Save"\nmsgstr "OK"', "fa") == ["“Save” has no letter of its script: OK"]


def test_plural_forms_that_disagree_with_cldr() -> None:
    assert found("", "lt", "nplurals=2; plural=(n != 1);") == [
        "Plural-Forms: CLDR's “one” is split over the forms [0, 1]"
    ]
    assert found("", "fa", "nplurals=3; plural=(n > 1);") == ["Plural-Forms: no whole number takes msgstr[2]"]


def test_a_catalogue_that_is_behind_its_template() -> None:
    lines = list(
        catalogue_problems(
            catalog('msgid "Old"\nmsgstr "Senas"', HEADERS["lt"]),
            "lt",
            catalog('msgid "New"\nmsgstr ""'),
            None,
        )
    )
    assert [line.split(";")[0] for line in lines] == [
        "'New' is missing",
        "'Old' is not in the sources any more",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('t(" and more")', "white space"),
        ('t("Wait...")', "instead of “…”"),
        ("t('the \"name\"')", "quotation mark"),
        ('t("{n} / {m}")', "nothing to translate"),
        ('t("Hello, {Name}")', "placeholder {Name}"),
        ('tn("{n} day", "many days", n)', "plural without {n}"),
        ("t(`Hello, ${name}`)", "takes one plain string"),
    ],
)
def test_texts_that_cannot_be_translated_well(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "a.js").write_text(text, encoding="utf-8")
    (tmp_path / "glossary.toml").touch()
    (tmp_path / "LINGUAS").touch()
    lines = [line for line in problems(tmp_path, tmp_path) if "not what the sources say" not in line]
    assert len(lines) == 1
    assert problem in lines[0]


def test_a_glossary_that_lacks_a_word_of_the_house() -> None:
    own = {"terms": {"conversation": ["pokalb"], "shop": ["parduotuv"]}}
    assert list(Wording(HOUSE, own, "lt").gaps()) == [
        "does not say what a “close” is called",
        "has the term “shop”, which the house's glossary does not",
    ]


def test_a_listed_locale_must_be_there_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").touch()
    (tmp_path / "LINGUAS").write_text("# Ours.\nlt # and soon more\n", encoding="utf-8")
    (tmp_path / "pl" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "pl" / "LC_MESSAGES" / "widget.po").touch()
    lines = problems(tmp_path, tmp_path)
    assert "pl: has catalogues, but is not listed in LINGUAS" in lines
    assert "lt/widget.po: missing; run: python locales/catalogues.py new lt" in lines


def test_our_own_catalogues_are_complete() -> None:
    assert problems(ROOT, ROOT / "locales") == []
