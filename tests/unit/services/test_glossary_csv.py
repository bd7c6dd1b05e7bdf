"""The glossary as a table: what a file would change, and what is wrong in it, line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.domain.glossary import GlossaryEntry
from appliance.services.csv_tables import write_table
from appliance.services.glossary_csv import Mode, Plan, plan, to_csv
from appliance.services.glossary_entries import (
    LONGEST_NOTE,
    LONGEST_WORDING,
    MOST_ENTRIES,
    MOST_FORMS,
    MOST_LANGUAGES,
    EntryRefused,
    checked_entry,
)

PRODUCT = GlossaryEntry(1, "Dragoman Pro", {}, "ours")
REFUND = GlossaryEntry(2, None, {"en": ("refund", "money back"), "lt": ("grąžinimas",), "pt": ("reembolso",)})
CARD = GlossaryEntry(3, None, {"en": ("credit card",), "pt": ("cartão de crédito",)})
STORED = (PRODUCT, REFUND, CARD)


def planned(text: str, mode: Mode = "merge", stored: tuple[GlossaryEntry, ...] = STORED) -> Plan:
    return plan(stored, text.encode(), mode)


def problems(text: str, stored: tuple[GlossaryEntry, ...] = STORED) -> list[tuple[int, str, str]]:
    return [(refused.line, refused.code, refused.column) for refused in planned(text, stored=stored).refused]


def test_new_rows_are_added_and_known_ones_told_apart() -> None:
    found = planned(
        "keep,note,en,pt\n"
        "Lumina,,,\n"
        ",,invoice | bill,fatura\n"
        ",,refund | money back,reembolso\n"
        ",,Credit  Card,cartão\n"
    )
    assert [(change.line, change.after.keep, change.after.wordings) for change in found.added] == [
        (2, "Lumina", {}),
        (3, None, {"en": ("invoice", "bill"), "pt": ("fatura",)}),
    ]
    assert found.unchanged == 1
    (changed,) = found.changed
    assert (changed.before, changed.after.id) == (CARD, 3)
    assert changed.after.wordings == {"en": ("Credit Card",), "pt": ("cartão",)}
    assert found.refused == found.removed == []


def test_an_empty_cell_leaves_what_there_is() -> None:
    found = planned("en,pt,lt\nrefund | money back,,grąža\n")
    (changed,) = found.changed
    assert changed.after.wordings == {
        "en": ("refund", "money back"),
        "lt": ("grąža",),
        "pt": ("reembolso",),
    }


def test_replacing_removes_what_the_file_does_not_have() -> None:
    found = planned("keep,note,en,pt\nDragoman Pro,ours,,\n,,refund,reembolso\n", "replace")
    assert found.unchanged == 1
    assert [change.after for change in found.changed] == [
        GlossaryEntry(2, None, {"en": ("refund",), "pt": ("reembolso",)})
    ]
    assert found.removed == [CARD]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",,lonely,", (2, "one_language", "wordings")),
        ("Name,,name,nome", (2, "keep_and_wordings", "keep")),
        (",only a note,,", (2, "nothing", "wordings")),
        (",,!!!,nome", (2, "no_letters", "en")),
        (f",,{'x' * (LONGEST_WORDING + 1)},nome", (2, "long_wording", "en")),
        (f"Name,{'x' * (LONGEST_NOTE + 1)},,", (2, "long_note", "note")),
        (f",,{'|'.join(f'w{n}' for n in range(MOST_FORMS + 1))},nome", (2, "forms", "en")),
        (",,one,um,,more", (2, "cells", "")),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_line_and_column(row: str, problem: tuple[int, str, str]) -> None:
    assert problems(f"keep,note,en,pt\n{row}\n") == [problem]


def test_duplicates_and_loops_name_the_line_they_clash_with() -> None:
    found = planned(
        "keep,en,pt\n,order,pedido\n,ORDER,encomenda\n,request,pedido\nPedido,,\n,Pro,Profissional\npro,,\n",
        stored=(),
    )
    assert [(p.line, p.code, p.column, p.params) for p in found.refused] == [
        (3, "duplicate", "en", {"wording": "ORDER", "line": 2}),
        (4, "duplicate", "pt", {"wording": "pedido", "line": 2}),
        (5, "kept_above", "keep", {"wording": "Pedido", "line": 2}),
        (7, "kept_above", "keep", {"wording": "pro", "line": 6}),
    ]
    assert [change.line for change in found.added] == [2, 6]


def test_a_row_that_says_the_opposite_of_the_glossary_or_joins_two_terms_is_refused() -> None:
    assert [code for _, code, _ in problems("keep,en,pt\n,Dragoman Pro,Dragomano\nrefund,,\n")] == [
        "kept_stored",
        "kept_stored",
    ]
    assert [code for _, code, _ in problems("en,pt\nrefund | credit card,x\n")] == ["two_entries"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("refund,reembolso", "no_header"),
        ("note", "no_header"),
        ("en,english", "language"),
        ("en,xx", "language"),
        ("en,pt,PT", "language_twice"),
        ("keep,keep,en", "language_twice"),
        (
            "keep,"
            + ",".join(f"en-{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(MOST_LANGUAGES + 2)),
            "languages",
        ),
    ],
)
def test_a_header_that_cannot_be_refuses_the_file(header: str, code: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        planned(f"{header}\nx,y\n")
    assert refused.value.code == code


def test_the_variants_of_a_language_share_their_words() -> None:
    stored = (GlossaryEntry(1, None, {"en": ("bus",), "pt-PT": ("autocarro",)}),)
    text = "en,pt-BR\ncoach,autocarro\nbus,ônibus\ntram,Ônibus\n"
    found = planned(text, stored=stored)
    (changed,) = found.changed
    assert changed.after.wordings == {"en": ("coach",), "pt-BR": ("autocarro",), "pt-PT": ("autocarro",)}
    # The first row took “bus” away from the term that was there, so it is free for a new one.
    assert [change.after.wordings["en"] for change in found.added] == [("bus",)]
    assert problems(text, stored) == [(4, "duplicate", "pt-BR")]


def test_fifty_thousand_rows_fit_and_no_more() -> None:
    rows = [["en", "pt"], *([f"word{n}", f"palavra{n}"] for n in range(MOST_ENTRIES + 3))]
    found = plan((), write_table(rows), "merge")
    assert len(found.added) == MOST_ENTRIES
    assert {refused.code for refused in found.refused} == {"limit"}
    assert [refused.line for refused in found.refused] == [50_002, 50_003, 50_004]


WORDING = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@st.composite
def glossaries(draw: st.DrawFn) -> list[GlossaryEntry]:
    """Entries as they can be stored."""
    entries: list[GlossaryEntry] = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        forms = {
            tag: [*draw(st.lists(WORDING, max_size=2)), f"{tag} {number}"]
            for tag in draw(
                st.lists(st.sampled_from(["en", "pt", "pt-BR", "zh-Hant", "fa"]), unique=True, max_size=3)
            )
        }
        keep = f"{draw(WORDING)} Pro {number}" if len(forms) < 2 else None
        try:
            entry = checked_entry(keep, {} if keep else forms, draw(WORDING), number)
            plan(entries, to_csv([*entries, entry]), "merge")
        except EntryRefused:
            continue
        if not plan((), to_csv([*entries, entry]), "merge").refused:
            entries.append(entry)
    return entries


@given(glossaries())
def test_what_is_exported_is_imported_as_it_was(entries: list[GlossaryEntry]) -> None:
    if not entries:
        return
    content = to_csv(entries)
    known = plan(entries, content, "replace")
    assert (known.added, known.changed, known.removed, known.refused) == ([], [], [], [])
    assert known.unchanged == len(entries)
    new = plan((), content, "merge")
    assert [(change.after.keep, change.after.wordings, change.after.note) for change in new.added] == [
        (entry.keep, entry.wordings, entry.note) for entry in entries
    ]
