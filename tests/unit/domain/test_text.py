"""What people type, made safe to store."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.refusal import Refused
from appliance.domain.text import MAX_TEXT, clean_field, clean_text, preview


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Onde está o meu pedido?", "Onde está o meu pedido?"),
        ("  um \n dois\n", "um \n dois"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("tab\tstays", "tab\tstays"),
        ("bell\x07 escape\x1b[31m null\x00", "bell escape[31m null"),
        ("next line\x85 and \x9f", "next line and"),
        ("half a \ud83d smile", "half a \ufffd smile"),
        ("noncharacters \ufdd0\uffff", "noncharacters"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("می‌خواهم", "می‌خواهم"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("ب\u202eabc\u202c", "ب\u202eabc\u202c"),
        ("\U0010fffd private", "\U0010fffd private"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_message_is_stored_as_it_was_meant(raw: str, stored: str) -> None:
    assert clean_text(raw) == stored


@pytest.mark.parametrize(
    "raw",
    ["", " ", "\n\t ", "\u200b\u200d\u2060", "\ufeff", "\u3000\u2003", "\x00\x1b", "\u202e\u2066"],
    ids=ascii,
)
def test_a_message_that_shows_nothing_is_empty(raw: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_text(raw)
    assert (refused.value.code, refused.value.field) == ("text_empty", "text")


@pytest.mark.parametrize("raw", [None, 7, True, ["a"], {"text": "a"}, b"a"], ids=repr)
def test_a_message_is_a_string(raw: object) -> None:
    with pytest.raises(Refused) as refused:
        clean_text(raw)
    assert (refused.value.code, refused.value.field) == ("bad_field", "text")


def test_the_limit_counts_code_points_after_trimming() -> None:
    assert len(clean_text("😀" * 5_000)) == MAX_TEXT == 5_000
    assert len(clean_text(" " * 100 + "a" * 5_000 + "\n")) == 5_000
    with pytest.raises(Refused) as refused:
        clean_text("a" * 5_001)
    assert (refused.value.code, refused.value.params) == ("text_too_long", {"limit": 5_000})


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_whatever_is_typed_what_is_stored_is_harmless_and_stays_as_it_is(raw: str) -> None:
    stored = clean_text("a" + raw)
    stored.encode("utf-8")
    assert not {c for c in stored if unicodedata.category(c) == "Cc"} - {"\n", "\t"}
    assert clean_text(stored) == stored


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Ana", "Ana"),
        ("  Ana \n Maria\t", "Ana Maria"),
        (None, None),
        ("", None),
        (" \n", None),
        ("\u202eevil\u202c name", "evil name"),
        ("\u2066a\u2069", "a"),
        ("\ud800", "\ufffd"),
        ("a\x00b", "a b"),
        ("x" * 80, "x" * 80),
        ("<b>Ana</b>", "<b>Ana</b>"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_name_is_one_line_that_cannot_turn_the_text_around_it(raw: object, stored: str | None) -> None:
    assert clean_field(raw, "name", 80) == stored


@pytest.mark.parametrize("raw", ["x" * 81, 7, ["Ana"], True], ids=lambda value: repr(value)[:20])
def test_a_name_that_cannot_be_is_named(raw: object) -> None:
    with pytest.raises(Refused) as refused:
        clean_field(raw, "name", 80)
    assert (refused.value.code, refused.value.field) == ("bad_field", "name")


@pytest.mark.parametrize("raw", [None, "", " \u202e\n"], ids=ascii)
def test_a_required_field_must_say_something(raw: object) -> None:
    with pytest.raises(Refused):
        clean_field(raw, "name", 80, required=True)


def test_a_preview_is_one_line_of_limited_length() -> None:
    assert preview("one\n\n two") == "one two"
    assert preview("a" * 160) == "a" * 160
    assert preview("a" * 161) == "a" * 159 + "…"
    assert preview("abc def", limit=5) == "abc…"
