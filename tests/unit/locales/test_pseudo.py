import io
import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from cataloguing.pseudo import pseudo_document, pseudo_text, write_pseudo_locales

TEMPLATE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"

msgctxt "button"
msgid "Close"
msgstr ""

msgid "{n} message from <b>{name}</b>"
msgid_plural "{n} messages from <b>{name}</b>"
msgstr[0] ""
msgstr[1] ""
"""


@pytest.mark.parametrize("locale", ["en-XA", "ar-XB"])
@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Save", 0.75),
        ("Choose where to write", 0.4),
        ("No language pack translates between the two, so each of you reads what the other wrote.", 0.3),
    ],
)
def test_a_text_is_in_brackets_longer_and_has_no_plain_letter(locale: str, text: str, share: float) -> None:
    found = pseudo_text(text, locale)
    assert found[0] + found[-1] == "[]"
    assert len(found) - 2 >= len(text) * (1 + share)
    assert not re.search("[A-Za-z]", found)


@pytest.mark.parametrize("locale", ["en-XA", "ar-XB"])
def test_placeholders_and_tags_stay_as_they_are(locale: str) -> None:
    found = pseudo_text("Hello <b>{name}</b>, you have {n}", locale)
    assert re.findall(r"\{\w+\}|</?\w+>", found) == ["<b>", "{name}", "</b>", "{n}"]
    assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}|</?\w+>", "", found))


def test_a_single_word_becomes_a_longer_word_and_a_sentence_more_words() -> None:
    assert " " not in pseudo_text("Conversation", "en-XA")
    assert pseudo_text("Here now", "en-XA").count(" ") > 1


def test_the_pseudo_locales_have_the_plural_forms_and_directions_of_english_and_arabic() -> None:
    template = read_po(io.StringIO(TEMPLATE))
    english, arabic = (pseudo_document(template, locale) for locale in ("en-XA", "ar-XB"))
    assert (english["locale"], english["direction"]) == ("en-XA", "ltr")
    assert (arabic["locale"], arabic["direction"]) == ("ar-XB", "rtl")
    forms = arabic["messages"]["{n} message from <b>{name}</b>"]  # type: ignore[index]
    assert set(forms) == {"zero", "one", "two", "few", "many", "other"}
    assert all("{n}" in form and "<b>{name}</b>" in form for form in forms.values())
    assert "button\x04Close" in english["messages"]  # type: ignore[operator]


def test_they_stand_beside_copies_of_the_compiled_catalogues(tmp_path: Path) -> None:
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "chat.js").write_text('t("Here now")\n', encoding="utf-8")
    kept = tmp_path / "locales" / "lt" / "LC_MESSAGES" / "widget.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}", encoding="utf-8")
    into = tmp_path / "into"
    write_pseudo_locales(tmp_path, tmp_path / "locales", into)
    assert (into / "lt" / "LC_MESSAGES" / "widget.json").read_text(encoding="utf-8") == "{}"
    made = json.loads((into / "en-XA" / "LC_MESSAGES" / "widget.json").read_text(encoding="utf-8"))
    assert list(made["messages"]) == ["Here now"]
    assert sorted(path.name for path in (tmp_path / "locales").iterdir()) == ["lt"]
