import json
import re
from pathlib import Path
from typing import Any

from cataloguing.compilation import compile_all

from hatch_build import CatalogueBuildHook

TEMPLATE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Close"
msgstr ""

msgid "{n} message"
msgid_plural "{n} messages"
msgstr[0] ""
msgstr[1] ""
"""

LITHUANIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgctxt "button"
msgid "Close"
msgstr "Uždaryti"

msgid "Open"
msgstr ""

#, fuzzy
msgid "Save"
msgstr "Išsaugoti?"

msgid "{n} message"
msgid_plural "{n} messages"
msgstr[0] "{n} žinutė"
msgstr[1] "{n} žinutės"
msgstr[2] "{n} žinučių"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} diena"
msgstr[1] ""
msgstr[2] "{n} dienų"
"""


def compiled(locales: Path, locale: str) -> tuple[dict[str, Any], dict[str, str]]:
    """A catalogue, and the names of cities in it."""
    text = (locales / locale / "LC_MESSAGES" / "messages.json").read_text(encoding="utf-8")
    catalogue = json.loads(text)
    return catalogue, catalogue.pop("cities")


def write_tree(root: Path) -> Path:
    locales = root / "locales"
    (locales / "lt" / "LC_MESSAGES").mkdir(parents=True)
    (locales / "messages.pot").write_text(TEMPLATE, encoding="utf-8")
    (locales / "lt" / "LC_MESSAGES" / "messages.po").write_text(LITHUANIAN, encoding="utf-8")
    return locales


def test_translated_entries_are_compiled_with_their_contexts_and_categories(tmp_path: Path) -> None:
    locales = write_tree(tmp_path)
    compile_all(locales)
    catalogue, cities = compiled(locales, "lt")
    assert catalogue == {
        "locale": "lt",
        "direction": "ltr",
        "plural": {"other": 0, "one": 1, "few": 2},
        "messages": {
            "button\x04Close": "Uždaryti",
            "{n} message": {"one": "{n} žinutė", "few": "{n} žinutės", "other": "{n} žinučių"},
        },
    }
    assert cities["Asia/Tehran"] == "Teheranas"
    # Its name says it already.
    assert "Europe/Vilnius" not in cities


def test_english_comes_from_the_template(tmp_path: Path) -> None:
    locales = write_tree(tmp_path)
    compile_all(locales)
    catalogue, cities = compiled(locales, "en")
    assert catalogue == {
        "locale": "en",
        "direction": "ltr",
        "plural": {"other": 0, "one": 1},
        "messages": {"{n} message": {"one": "{n} message", "other": "{n} messages"}},
    }
    # Its name has the city's former one.
    assert cities["Asia/Saigon"] == "Ho Chi Minh City"


def test_a_build_compiles(tmp_path: Path) -> None:
    locales = write_tree(tmp_path)
    (locales / "cataloguing").symlink_to(Path(__file__).resolve().parents[3] / "locales" / "cataloguing")
    for target, made in (("sdist", False), ("wheel", True)):
        hook = CatalogueBuildHook(str(tmp_path), {}, None, None, str(tmp_path), target)  # type: ignore[arg-type]
        hook.initialize("editable", {})
        assert (locales / "lt/LC_MESSAGES/messages.json").exists() is made


def test_the_templates_hold_no_dates_and_no_line_numbers() -> None:
    for path in (Path(__file__).resolve().parents[3] / "locales").glob("**/*.po*"):
        text = path.read_text(encoding="utf-8")
        assert "Date:" not in text
        assert not re.search(r"^#: .*:\d", text, re.MULTILINE)
