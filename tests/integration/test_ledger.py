"""The ledger on real SQLite: numbers, idempotency, atomic taking, pages, and what survives closing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tortoise.connection import get_connection

from appliance.domain.commands import Acknowledge, Close, Command, MeetVisitor, Reopen, Take, Translate, Write
from appliance.domain.conversation import PENDING, Assigned, Message, Person, Translated, VisitorCard
from appliance.domain.entries import Appended, Entry, PendingTranslation
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from appliance.storage.database import open_database
from appliance.storage.ledger import Ledger
from appliance.storage.schema import hold

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
ANA = VisitorCard("ana", 17, "pt-BR", "Ana", "America/Sao_Paulo", "https://shop.example/")
VISITOR = Person("visitor", "ana", "Ana")
EMMA = Person("agent", "emma", "Emma", "#3157d5")
JOAO = Person("agent", "joao", "João", "#0f766e")
READERS = {"emma": "en", "yuki": "ja"}


def says(client_id: str, text: str = "Olá", conversation: str = "c", author: Person = VISITOR) -> Entry:
    write = Write(author, client_id, text, "pt-BR", READERS, True, NOON)
    return Entry(conversation, write, opening=ANA if author is VISITOR else None)


@asynccontextmanager
async def opened(directory: Path) -> AsyncIterator[tuple[Ledger, Journal]]:
    with hold(directory):
        async with open_database(directory):
            ledger = Ledger()
            journal = Journal(ledger)
            writer = asyncio.create_task(journal.run())
            try:
                yield ledger, journal
            finally:
                journal.stop()
                await writer


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[tuple[Ledger, Journal]]:
    async with opened(tmp_path) as house:
        yield house


House = tuple[Ledger, Journal]


async def test_200_writers_at_once_get_consecutive_numbers(house: House) -> None:
    ledger, journal = house
    outcomes = await asyncio.gather(*(journal.submit(says(f"m-{number}")) for number in range(200)))
    assert sorted(outcome.events[0].seq for outcome in outcomes) == list(range(1, 201))
    stored = [
        *await ledger.events("c"),
        *await ledger.events("c", after=100),
    ]
    assert [event.seq for event in stored] == list(range(1, 201))
    assert {event.what.client_id for event in stored if isinstance(event.what, Message)} == {
        f"m-{number}" for number in range(200)
    }
    conversation = await ledger.conversation("c")
    assert conversation is not None
    assert (conversation.last_seq, conversation.unread) == (200, 200)


async def test_200_conversations_at_once_do_not_disturb_each_other(house: House) -> None:
    ledger, journal = house
    await asyncio.gather(
        *(journal.submit(says(str(n), f"{c}:{n}", f"c-{c}")) for n in range(3) for c in range(200))
    )
    for c in range(0, 200, 37):
        texts = [
            event.what.text for event in await ledger.events(f"c-{c}") if isinstance(event.what, Message)
        ]
        assert texts == [f"{c}:{n}" for n in range(3)]
    listing = await ledger.inbox("emma", living=150, closed=50)
    assert (len(listing.conversations), listing.living) == (150, 200)


async def test_what_is_sent_twice_at_once_is_stored_once(house: House) -> None:
    ledger, journal = house
    outcomes = await asyncio.gather(*(journal.submit(says("same", "Olá")) for _ in range(20)))
    assert len({outcome.events[0].seq for outcome in outcomes}) == 1
    assert [outcome.repeated for outcome in outcomes].count(False) == 1
    assert len(await ledger.events("c")) == 1


async def test_what_is_sent_again_later_gets_the_first_answer(house: House, tmp_path: Path) -> None:
    ledger, journal = house
    first = await journal.submit(says("same", "Olá"))
    await journal.submit(says("other"))
    again = await journal.submit(says("same", "something else"))
    assert again.repeated
    assert (again.events[0].seq, again.events[0].at) == (1, first.events[0].at)
    assert again.events[0].what == replace(first.events[0].what, targets=("en", "ja"))
    assert len(await ledger.events("c")) == 2


async def test_what_is_acknowledged_twice_changes_nothing(house: House) -> None:
    _, journal = house
    await journal.submit(says("m"))
    outcomes = [await journal.submit(Entry("c", Acknowledge("visitor", 1, 1, NOON))) for _ in range(2)]
    assert [outcome.changed for outcome in outcomes] == [True, False]


async def test_anothers_client_id_is_refused_without_saying_what_they_wrote(house: House) -> None:
    _, journal = house
    await journal.submit(says("same", "secret"))
    with pytest.raises(Refused) as refused:
        await journal.submit(says("same", author=EMMA))
    assert (refused.value.code, refused.value.field) == ("bad_field", "client_id")


async def test_the_same_client_id_in_another_conversation_is_another_message(house: House) -> None:
    _, journal = house
    await journal.submit(says("same", conversation="a"))
    outcome = await journal.submit(says("same", conversation="b"))
    assert not outcome.repeated


async def test_of_two_agents_who_take_at_once_one_gets_it(house: House) -> None:
    ledger, journal = house
    await journal.submit(says("m"))
    for _ in range(20):
        outcomes = await asyncio.gather(
            journal.submit(Entry("c", Take(EMMA, NOON))),
            journal.submit(Entry("c", Take(JOAO, NOON))),
            return_exceptions=True,
        )
        won = [outcome for outcome in outcomes if isinstance(outcome, Appended)]
        lost = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert [len(won), len(lost)] == [1, 1]
        owner = won[0].conversation.agent
        assert owner is not None
        assert (lost[0].code, lost[0].params) == ("already_taken", {"name": owner.name or ""})
        conversation = await ledger.conversation("c")
        assert conversation is not None
        assert conversation.agent == owner
        await journal.submit(Entry("c", Close(owner, NOON)))
        await journal.submit(says(f"again-{_}"))


async def test_a_conversation_begins_with_a_visitors_message_only(house: House) -> None:
    ledger, journal = house
    for command in (
        Take(EMMA, NOON),
        MeetVisitor(ANA, NOON),
        Acknowledge("visitor", 1, 1, NOON),
        Write(EMMA, "m", "Hi", "en", {}, True, NOON),
    ):
        with pytest.raises(Refused) as refused:
            await journal.submit(Entry("c", command))
        assert refused.value.code == "not_found"
    assert await ledger.conversation("c") is None


async def test_pages_are_in_order_from_either_end(house: House) -> None:
    ledger, journal = house
    for number in range(12):
        await journal.submit(says(str(number)))

    async def page(**given: int) -> list[int]:
        return [event.seq for event in await ledger.events("c", **given)]

    assert await page(limit=5) == [1, 2, 3, 4, 5]
    assert await page(after=5, limit=5) == [6, 7, 8, 9, 10]
    assert await page(after=10, limit=5) == [11, 12]
    assert await page(after=12) == []
    assert await page(before=13, limit=5) == [8, 9, 10, 11, 12]
    assert await page(before=8, limit=5) == [3, 4, 5, 6, 7]
    assert await page(before=3, limit=5) == [1, 2]
    assert await page(before=1) == []
    assert await page(before=2**31 - 1, limit=1) == [12]
    assert await ledger.events("nowhere") == []


async def test_translations_wait_until_they_are_done(house: House) -> None:
    ledger, journal = house
    await journal.submit(says("one"))
    await journal.submit(says("two"))
    assert await ledger.pending_translations(3) == [
        PendingTranslation("c", 1, "en"),
        PendingTranslation("c", 1, "ja"),
        PendingTranslation("c", 2, "en"),
    ]
    done = Translated("done", "Hello", "firefox", ("pt", "en"), ("numbers",), doubtful=True)
    failed = Translated("failed", reason="no_route")
    await journal.submit(Entry("c", Translate(1, "visitor", "en", done, NOON)))
    await journal.submit(Entry("c", Translate(1, "visitor", "ja", failed, NOON)))
    assert {(row.message, row.language) for row in await ledger.pending_translations(10)} == {
        (2, "en"),
        (2, "ja"),
    }
    first, second = (await ledger.events("c"))[:2]
    assert dict(first.translations) == {"en": done, "ja": failed}
    assert dict(second.translations) == {"en": PENDING, "ja": PENDING}
    await journal.submit(Entry("c", Translate(1, "visitor", "ja", PENDING, NOON)))
    assert PendingTranslation("c", 1, "ja") in await ledger.pending_translations(10)


async def test_the_inbox_holds_what_lives_and_the_newest_of_the_closed(house: House) -> None:
    ledger, journal = house
    for number in range(5):
        await journal.submit(says("m", conversation=f"c-{number}"))
    for number in range(4):
        at = NOON + timedelta(minutes=number)
        await journal.submit(Entry(f"c-{number}", Close(EMMA, at)))
    listing = await ledger.inbox("emma", living=500, closed=2)
    assert {conversation.id for conversation in listing.conversations} == {"c-4", "c-3", "c-2"}
    assert listing.living == 1


async def test_an_agents_own_come_first_then_who_waits_longest_then_the_latest(house: House) -> None:
    ledger, journal = house

    def minute(number: int) -> datetime:
        return NOON + timedelta(minutes=number)

    for number, name in enumerate(
        ("own-2", "waits-2", "answered-2", "waits-1", "own-1", "answered-1", "theirs")
    ):
        at = minute({"waits-1": 1, "waits-2": 2, "own-1": 3, "own-2": 4, "theirs": 0}.get(name, number))
        await journal.submit(Entry(name, Write(VISITOR, "m", "Olá", "pt-BR", READERS, True, at), ANA))
    for name, agent, answered in (
        ("own-1", EMMA, None),
        ("own-2", EMMA, None),
        ("theirs", JOAO, None),
        ("answered-1", JOAO, 20),
        ("answered-2", JOAO, 10),
    ):
        await journal.submit(Entry(name, Take(agent, minute(5))))
        if answered is not None:
            write = Write(agent, "a", "Hi", "en", {}, True, minute(answered))
            await journal.submit(Entry(name, write))
    everything = ["own-1", "own-2", "theirs", "waits-1", "waits-2", "answered-1", "answered-2"]
    for living in (7, 3):
        listing = await ledger.inbox("emma", living=living, closed=0)
        assert [conversation.id for conversation in listing.conversations] == everything[:living]
        assert listing.living == 7


async def test_what_is_assigned_to_an_agent_is_found(house: House) -> None:
    ledger, journal = house
    for name in ("a", "b", "c", "d"):
        await journal.submit(says("m", conversation=name))
    for name, agent in (("a", EMMA), ("b", JOAO), ("c", EMMA)):
        await journal.submit(Entry(name, Take(agent, NOON)))
    await journal.submit(Entry("c", Close(EMMA, NOON)))
    assert [conversation.id for conversation in await ledger.assigned_to("emma")] == ["a"]


async def test_an_entry_that_clashes_does_not_take_the_others_along(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """As if another program had written into the file: the next number of "b" is taken."""
    ledger, journal = house
    await journal.submit(says("one", conversation="b"))
    await get_connection("default").execute_query(
        "INSERT INTO event (conversation_id, seq, kind, at, body) VALUES ('b', 2, 'language', "
        "'2026-03-02 12:00:00+00:00', '{\"language\": \"fa\"}')"
    )
    outcomes = await asyncio.gather(
        *(journal.submit(says("two", conversation=name)) for name in ("a", "b", "c")), return_exceptions=True
    )
    first, clashing, last = outcomes
    assert isinstance(first, Appended)
    assert isinstance(last, Appended)
    assert isinstance(clashing, Refused)
    assert clashing.code == "internal"
    assert [len(await ledger.events(name)) for name in ("a", "b", "c")] == [1, 2, 1]
    assert "clashes" in caplog.text


async def test_without_room_beside_a_clash_each_entry_has_an_outcome_of_its_own(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """What one of a batch comes to is told to its own sender only."""
    ledger, journal = house
    await journal.submit(says("one", conversation="b"))
    connection = get_connection("default")
    await connection.execute_query(
        "INSERT INTO event (conversation_id, seq, kind, at, body) VALUES ('b', 2, 'language', "
        "'2026-03-02 12:00:00+00:00', '{\"language\": \"fa\"}')"
    )
    (row,) = await connection.execute_query_dict("PRAGMA page_count")
    await connection.execute_query(f"PRAGMA max_page_count = {row['page_count'] + 4}")
    long = says("three", "x" * 50_000, conversation="d")
    first, clashing, last = (
        says("two", conversation="a"),
        says("two", conversation="b"),
        says("a", conversation="a"),
    )
    outcomes = await ledger.append([first, clashing, long, last])
    codes = [outcome.code if isinstance(outcome, Refused) else None for outcome in outcomes]
    assert codes == [None, "internal", "storage_full", None]
    await connection.execute_query("PRAGMA max_page_count = 1000000")
    assert [len(await ledger.events(name)) for name in ("a", "b", "d")] == [2, 2, 0]


async def test_everything_is_as_it_was_after_closing_and_opening(tmp_path: Path) -> None:
    commands: list[Command] = [
        Take(EMMA, NOON),
        Write(EMMA, "a-1", "Hi <b>👋</b>\nthere", "en", {}, True, NOON + timedelta(seconds=1)),
        MeetVisitor(replace(ANA, language="fa", page=None), NOON),
        Acknowledge("visitor", 4, 2, NOON),
        Translate(1, "visitor", "en", Translated("done", "Hello", "firefox", ("pt", "en")), NOON),
        Close(EMMA, NOON),
        Reopen(JOAO, NOON + timedelta(hours=1)),
        Write(VISITOR, "v-2", "سلام", "fa", READERS, True, NOON + timedelta(hours=2)),
    ]
    async with opened(tmp_path) as (ledger, journal):
        await journal.submit(says("v-1"))
        for command in commands:
            told = (await journal.submit(Entry("c", command))).conversation
        before = (
            await ledger.conversation("c"),
            await ledger.events("c"),
            await ledger.inbox("emma", living=9, closed=9),
        )
        assert before[0] == told
    async with opened(tmp_path) as (ledger, _):
        after = (
            await ledger.conversation("c"),
            await ledger.events("c"),
            await ledger.inbox("emma", living=9, closed=9),
        )
    assert after == before
    conversation, events, _ = before
    assert conversation is not None
    assert conversation.waiting_since == NOON + timedelta(hours=2)
    assert conversation.agent == JOAO
    assert [event.seq for event in events] == list(range(1, conversation.last_seq + 1))
    assert [event.what.agent for event in events if isinstance(event.what, Assigned)] == [EMMA, JOAO]


async def test_without_room_all_of_a_batch_is_refused_nothing_is_stored_and_it_recovers(house: House) -> None:
    ledger, journal = house
    await journal.submit(says("first"))
    connection = get_connection("default")
    (row,) = await connection.execute_query_dict("PRAGMA page_count")
    await connection.execute_query(f"PRAGMA max_page_count = {row['page_count']}")
    entries = [says(f"m-{number}", "x" * 5_000) for number in range(8)]
    outcomes = await asyncio.gather(*map(journal.submit, entries), return_exceptions=True)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert {(refusal.code, refusal.retry_after) for refusal in refusals} == {("storage_full", 30)}
    assert len(refusals) == 8
    assert [event.seq for event in await ledger.events("c")] == [1]
    assert (await ledger.pending_translations(10)) == [
        PendingTranslation("c", 1, "en"),
        PendingTranslation("c", 1, "ja"),
    ]
    await connection.execute_query("PRAGMA max_page_count = 1000000")
    outcomes = await asyncio.gather(*map(journal.submit, entries))
    assert [outcome.events[0].seq for outcome in outcomes if isinstance(outcome, Appended)] == list(
        range(2, 10)
    )
