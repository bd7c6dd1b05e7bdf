"""Texts as a file for translators: what is in it, and what taking one in would do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.domain.refusal import Refused
from appliance.domain.texts import Text, Wording, checked_wording
from appliance.services.csv_tables import TableRefused
from appliance.services.text_desk import DeskText
from appliance.services.texts_csv import TextRowRefused, plan, to_csv, version_of

GREETING = DeskText(
    Text("greeting", "greeting", {"en": Wording("Hello"), "lt": Wording("Labas", draft=True)}, version=1)
)
ORDER = DeskText(Text("canned-1f", "canned", {"en": Wording("Your order?")}, shortcut="order", version=1))
NAME = DeskText(Text("region_name:north", "region_name", {"en": Wording("North")}, version=1), region="north")
ALL = [GREETING, ORDER, NAME]


def rows(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").split("\r\n")[:-1]


def planned(*lines: str) -> list[tuple[str, str]]:
    """What is wrong with the lines of a file, as codes and columns."""
    content = "\n".join(("text,locale,wording,draft", *lines)).encode()
    return [(one.code, one.column) for one in plan(ALL, content).refused]


def test_an_export_has_each_wording_and_a_place_for_those_that_are_missing() -> None:
    assert rows(to_csv(ALL, ["en", "fa"])) == [
        "text,locale,wording,draft",
        "greeting,en,Hello,",
        "greeting,lt,Labas,yes",
        "greeting,fa,,",
        "canned/order,en,Your order?,",
        "canned/order,fa,,",
        "region_name:north,en,North,",
        "region_name:north,fa,,",
    ]


def test_an_export_taken_in_as_it_is_changes_nothing() -> None:
    found = plan(ALL, to_csv(ALL, ["en", "fa"]))
    assert (found.added, found.changed, found.refused, found.unchanged) == ([], [], [], 4)


def test_what_a_translator_filled_in_is_added_and_what_was_a_draft_is_approved() -> None:
    content = "Text;Locale;Wording\ngreeting;fa;سلام\ncanned/order;PT-br;Seu pedido?\ngreeting;lt;Sveiki\n"
    found = plan(ALL, content.encode("utf-8-sig"))
    assert [(new.desk, new.locale, new.said, new.draft) for new in found.added] == [
        (GREETING, "fa", "سلام", False),
        (ORDER, "pt-BR", "Seu pedido?", False),
    ]
    assert [(new.before, new.said) for new in found.changed] == [("Labas", "Sveiki")]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("song,en,La la,", "unknown_text", "text"),
        ("greeting,klingon!,nuqneH,", "language", "locale"),
        ("greeting,fa,Hi {agnet},", "wording_placeholder", "wording"),
        ("greeting,fa," + "x" * 301 + ",", "wording_too_long", "wording"),
        ("region_name:north,fa,'=1+1{a},", "wording_placeholder", "wording"),
        ("greeting,fa,Hi,perhaps", "draft", "draft"),
        ("greeting,en,Hello again,yes", "approved_already", "draft"),
        ("greeting,fa,Hi,,more", "cells", ""),
    ],
)
def test_a_line_that_cannot_be_is_told_with_its_column(line: str, code: str, column: str) -> None:
    assert planned(line) == [(code, column)]


def test_the_same_text_in_the_same_language_is_taken_once() -> None:
    assert planned("greeting,fa,A,", "greeting,FA,B,") == [("duplicate_text", "text")]


def test_a_line_without_a_wording_removes_nothing() -> None:
    found = plan(ALL, b"text,locale,wording,draft\ngreeting,en,,\ngreeting,no such,,\n")
    assert (found.added, found.changed, found.refused) == ([], [], [])


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"text,wording\ngreeting,Hi\n", "no_texts_header"),
        (b"text,locale,wording,colour\n", "unknown_column"),
        (b"text,locale,wording,text\n", "unknown_column"),
    ],
)
def test_a_header_that_cannot_be_is_refused(content: bytes, error: str) -> None:
    with pytest.raises(TextRowRefused) as refused:
        plan(ALL, content)
    assert refused.value.code == error


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(TableRefused):
        plan(ALL, "text,locale,wording\n".encode("utf-16"))


def test_any_change_changes_the_version() -> None:
    other = DeskText(Text("greeting", "greeting", {"en": Wording("Hello!")}, version=1))
    assert version_of(ALL) == version_of(list(ALL))
    assert version_of([other, ORDER, NAME]) != version_of(ALL)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_whatever_is_written_comes_back_from_a_file_as_it_was(said: list[str]) -> None:
    wordings: dict[str, Wording] = {}
    for locale, raw in zip(("en", "fa", "lt", "ja"), said, strict=False):
        try:
            wordings[locale] = Wording(checked_wording("signature", locale, raw))
        except Refused:
            continue
    desk = DeskText(Text("signature", "signature", wordings, version=1))
    found = plan([desk], to_csv([desk], ["tr"]))
    assert (found.added, found.changed, found.refused) == ([], [], [])
    assert found.unchanged == len(wordings)
