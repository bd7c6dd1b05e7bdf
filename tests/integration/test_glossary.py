"""The workspace's glossary on real SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from appliance.domain.refusal import Refused
from appliance.services.csv_tables import TableRefused
from appliance.services.glossary import EntryChanged, WorkspaceGlossary
from appliance.services.glossary_entries import EntryRefused
from appliance.storage.database import open_database
from appliance.storage.glossary import GlossaryBook
from appliance.storage.schema import hold

REFUND = {"en": ["refund", "money back"], "pt": ["reembolso"]}


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[GlossaryBook]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield GlossaryBook()


@pytest.fixture
def glossary(book: GlossaryBook) -> WorkspaceGlossary:
    return WorkspaceGlossary(book)


async def found(glossary: WorkspaceGlossary, text: str) -> list[str]:
    """What stands for the terms of an English text in a Portuguese one."""
    journey = (await glossary.ready()).journey("en", "pt")
    if journey is None:
        return []
    return [piece.wording.plain for piece in journey.find(text, last=True) if piece.wording is not None]


async def test_an_entry_counts_at_once_and_after_a_restart(book: GlossaryBook) -> None:
    first = WorkspaceGlossary(book)
    assert await found(first, "My refund") == []
    entry, before = await first.save(None, None, REFUND, "  a   note ")
    assert (before, entry.note) == (None, "a note")
    for glossary in (first, WorkspaceGlossary(book)):
        assert await found(glossary, "My refunds") == ["reembolso"]
        assert (await glossary.page()).entries == [entry]


async def test_a_change_and_a_removal_say_what_was_before(glossary: WorkspaceGlossary) -> None:
    entry, _ = await glossary.save(None, None, REFUND, None)
    changed, before = await glossary.save(entry.id, None, {**REFUND, "pt": ["devolução"]}, None)
    assert before == entry
    assert await found(glossary, "refund") == ["devolução"]
    assert await glossary.remove(entry.id) == changed
    assert await found(glossary, "refund") == []
    again, _ = await glossary.save(None, changed.keep, changed.wordings, changed.note)
    assert again.id > entry.id, "an id is never given twice"


async def test_of_two_who_change_one_entry_the_second_is_told_what_it_is_now(
    glossary: WorkspaceGlossary,
) -> None:
    seen, _ = await glossary.save(None, None, REFUND, None)
    changed, _ = await glossary.save(seen.id, None, {**REFUND, "pt": ["devolução"]}, None, seen)
    with pytest.raises(EntryChanged) as raised:
        await glossary.save(seen.id, None, {**REFUND, "pt": ["estorno"]}, None, seen)
    assert raised.value.current == changed
    assert await found(glossary, "refund") == ["devolução"]
    await glossary.save(seen.id, None, {**REFUND, "pt": ["estorno"]}, None, changed)
    assert await found(glossary, "refund") == ["estorno"]
    await glossary.remove(seen.id)
    with pytest.raises(EntryChanged) as raised:
        await glossary.save(seen.id, None, REFUND, None, changed)
    assert raised.value.current is None


async def test_what_another_entry_has_is_refused_where_it_stands(glossary: WorkspaceGlossary) -> None:
    entry, _ = await glossary.save(None, None, REFUND, None)
    await glossary.save(None, "Dragoman Pro", {}, None)
    for keep, wordings, field in (
        (None, {"en": ["x", "Money  Back"], "pt": ["y"]}, "en"),
        (None, {"lt": ["z"], "pt-BR": ["REEMBOLSO"]}, "pt-BR"),
        ("Refund", {}, "keep"),
        (None, {"en": ["dragoman pro"], "lt": ["z"]}, "en"),
    ):
        with pytest.raises(EntryRefused) as refused:
            await glossary.save(None, keep, wordings, None)
        assert (refused.value.code, refused.value.field) == ("taken", field)
    same, _ = await glossary.save(entry.id, None, {**REFUND, "pt-BR": ["Reembolso"]}, None)
    assert same.wordings["pt-BR"] == ("Reembolso",), "an entry does not clash with itself"


@pytest.mark.parametrize(
    ("keep", "wordings", "code"),
    [
        (None, {}, "nothing"),
        (None, {"en": ["one"]}, "one_language"),
        ("x", {"en": ["one"], "pt": ["um"]}, "keep_and_wordings"),
        (None, {"en": ["one"], "english": ["um"]}, "language"),
        (None, {"en": ["a|b"], "pt": ["um"]}, "bar"),
        (7, {}, "no_text"),
        (None, {"en": [None, 3], "pt": ["um"]}, "no_text"),
    ],
)
async def test_an_entry_that_cannot_be_is_refused(
    glossary: WorkspaceGlossary, keep: object, wordings: dict[str, list[object]], code: str
) -> None:
    with pytest.raises(EntryRefused) as refused:
        await glossary.save(None, keep, wordings, None)
    assert refused.value.code == code
    assert (await glossary.page()).total == 0


async def test_lone_surrogates_and_markup_are_only_text(glossary: WorkspaceGlossary) -> None:
    entry, _ = await glossary.save(None, "<b>Lumina\ud800</b>", {}, None)
    assert entry.keep == "<b>Lumina\ufffd</b>"
    assert (await WorkspaceGlossary(GlossaryBook()).page()).entries == [entry]


async def test_what_is_not_there_cannot_be_changed(glossary: WorkspaceGlossary) -> None:
    for act in (glossary.save(7, "x", {}, None), glossary.remove(7)):
        with pytest.raises(Refused) as refused:
            await act
        assert refused.value.code == "not_found"


async def test_pages_are_searched_and_sorted(glossary: WorkspaceGlossary) -> None:
    for number in range(60):
        await glossary.save(None, None, {"en": [f"term {number:02}"], "pt": [f"z{60 - number:02}"]}, None)
    await glossary.save(None, "Émile", {}, "a name")
    page = await glossary.page()
    assert (len(page.entries), page.matching, page.total, page.languages) == (50, 61, 61, ["en", "pt"])
    assert page.entries[0].keep == "Émile"
    assert len((await glossary.page(offset=50)).entries) == 11
    assert [entry.keep for entry in (await glossary.page("emile")).entries] == ["Émile"]
    by_portuguese = await glossary.page("term", "pt", descending=True)
    assert by_portuguese.entries[0].wordings["pt"] == ("z60",)
    assert (await glossary.page("", "pt", offset=50)).entries[-1].keep == "Émile", "without one come last"


async def test_a_file_is_looked_at_first_and_then_taken_as_it_was_seen(glossary: WorkspaceGlossary) -> None:
    await glossary.save(None, None, REFUND, None)
    content = "keep;en;pt\nLumina;;\n;refund | money back;devolução\n;;\n;only;\n".encode()
    seen = await glossary.preview(content, "merge")
    assert (len(seen.added), len(seen.changed), [row.line for row in seen.refused]) == (1, 1, [5])
    assert await found(glossary, "refund") == ["reembolso"], "a preview changes nothing"
    version = glossary.version
    await glossary.take(content, "merge", version)
    assert await found(glossary, "My refund from Lumina") == ["devolução", "Lumina"]
    with pytest.raises(Refused) as refused:
        await glossary.take(content, "merge", version)
    assert refused.value.code == "changed_meanwhile"
    assert (await WorkspaceGlossary(GlossaryBook()).page()).total == 2
    replaced = await glossary.take(b"keep\nLumina\n", "replace", glossary.version)
    assert (replaced.unchanged, len(replaced.removed)) == (1, 1)
    assert await found(glossary, "My refund from Lumina") == ["Lumina"]


async def test_a_file_that_is_no_table_changes_nothing(glossary: WorkspaceGlossary) -> None:
    await glossary.save(None, "Lumina", {}, None)
    for content in ("keep\nx\n".encode("utf-16"), b"\xff\xff\xff", b'keep\n"x\n'):
        with pytest.raises(TableRefused):
            await glossary.take(content, "replace", glossary.version)
    assert (await glossary.page()).total == 1


async def test_fifty_thousand_terms_come_from_a_file_and_are_found(book: GlossaryBook) -> None:
    glossary = WorkspaceGlossary(book)
    rows = "".join(f"gadget {number},aparelho {number}\n" for number in range(50_000))
    await glossary.page()
    taken = await glossary.take(f"en,pt\n{rows}".encode(), "merge", glossary.version)
    assert (len(taken.added), taken.refused) == (50_000, [])
    again = WorkspaceGlossary(book)
    assert await found(again, "Is gadget 49999 there?") == ["aparelho 49999"]
    with pytest.raises(EntryRefused) as refused:
        await again.save(None, "One more", {}, None)
    assert refused.value.code == "limit"
