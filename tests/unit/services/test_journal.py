"""Group commit: who shares a transaction, who is told what, and what happens when writing fails."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from appliance.domain.commands import Acknowledge, Take, Write
from appliance.domain.conversation import Person, VisitorCard
from appliance.domain.entries import Appended, Entry
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from tests.unit.services.fakes import MemoryLedger

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = VisitorCard("ana", 1, "pt-BR")


def says(text: str, conversation: str = "c") -> Entry:
    write = Write(Person("visitor", "ana"), text, text, "pt-BR", {}, True, NOON)
    return Entry(conversation, write, opening=ANA)


def takes(agent: str) -> Entry:
    return Entry("c", Take(Person("agent", agent, agent), NOON))


@contextlib.asynccontextmanager
async def writing(journal: Journal) -> AsyncIterator[None]:
    writer = asyncio.create_task(journal.run())
    try:
        yield
    finally:
        journal.stop()
        await writer


async def submitted(journal: Journal, *entries: Entry) -> list[asyncio.Task[Appended]]:
    """Every entry on its way, in this order."""
    tasks = [asyncio.create_task(journal.submit(entry)) for entry in entries]
    await asyncio.wait(tasks, timeout=0)
    return tasks


async def test_what_arrives_while_a_batch_is_written_shares_the_next_one() -> None:
    ledger = MemoryLedger()
    ledger.hold = asyncio.Event()
    journal = Journal(ledger)
    async with writing(journal):
        first = await submitted(journal, says("one"))
        await ledger.writing(1)
        rest = await submitted(journal, says("two"), says("three"), says("four"))
        ledger.hold.set()
        outcomes = await asyncio.gather(*first, *rest)
    assert [len(batch) for batch in ledger.batches] == [1, 3]
    assert [outcome.events[0].seq for outcome in outcomes] == [1, 2, 3, 4]


async def test_nothing_is_acknowledged_before_it_is_written() -> None:
    ledger = MemoryLedger()
    ledger.hold = asyncio.Event()
    journal = Journal(ledger)
    heard: list[Appended] = []
    journal.observe(heard.append)
    async with writing(journal):
        (task,) = await submitted(journal, says("one"))
        await ledger.writing(1)
        assert not task.done()
        assert heard == []
        ledger.hold.set()
        assert (await task).events == heard[0].events


async def test_a_batch_is_no_larger_than_its_limit() -> None:
    ledger = MemoryLedger()
    journal = Journal(ledger, batch=2)
    tasks = await submitted(journal, *(says(str(number)) for number in range(5)))
    async with writing(journal):
        await asyncio.gather(*tasks)
    assert [len(batch) for batch in ledger.batches] == [2, 2, 1]


async def test_each_sender_gets_its_own_outcome() -> None:
    journal = Journal(MemoryLedger())
    tasks = await submitted(journal, says("one"), takes("emma"), takes("joao"), says("two"))
    async with writing(journal):
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    said, taken, refused, said_too = outcomes
    assert isinstance(said, Appended)
    assert isinstance(said_too, Appended)
    assert isinstance(taken, Appended)
    assert [event.what.kind for event in taken.events] == ["assigned", "state"]
    assert isinstance(refused, Refused)
    assert refused.code == "already_taken"


async def test_observers_hear_of_everything_stored_once_in_order_and_of_nothing_else() -> None:
    journal = Journal(MemoryLedger())
    first: list[int] = []
    second: list[int] = []
    journal.observe(lambda appended: first.extend(event.seq for event in appended.events))
    journal.observe(lambda appended: second.extend(event.seq for event in appended.events))
    tasks = await submitted(
        journal, says("one"), takes("emma"), takes("joao"), says("one"), says("two"), takes("emma")
    )
    async with writing(journal):
        await asyncio.gather(*tasks, return_exceptions=True)
    assert first == second == [1, 2, 3, 4]


async def test_of_what_changes_nothing_nobody_is_told() -> None:
    journal = Journal(MemoryLedger())
    heard: list[Appended] = []
    async with writing(journal):
        await journal.submit(says("one"))
        await journal.submit(Entry("c", Acknowledge("agent", 1, 1, NOON)))
        journal.observe(heard.append)
        again = await journal.submit(Entry("c", Acknowledge("agent", 1, 1, NOON)))
        await journal.submit(says("one"))
        assert again.conversation.by_agent.seen == 1
        assert heard == []
        await journal.submit(takes("emma"))
        await journal.submit(takes("emma"))
    assert len(heard) == 1


async def test_an_observer_that_fails_disturbs_nobody(caplog: pytest.LogCaptureFixture) -> None:
    journal = Journal(MemoryLedger())
    heard: list[Appended] = []

    def fails(appended: Appended) -> None:
        raise RuntimeError("on purpose")

    journal.observe(fails)
    journal.observe(heard.append)
    async with writing(journal):
        await journal.submit(says("one"))
    assert len(heard) == 1
    assert "An observer of the journal failed" in caplog.text


async def test_when_the_disk_is_full_all_of_the_batch_are_told_and_the_journal_goes_on() -> None:
    ledger = MemoryLedger()
    ledger.error = Refused("storage_full", retry_after=30)
    journal = Journal(ledger)
    heard: list[Appended] = []
    journal.observe(heard.append)
    tasks = await submitted(journal, says("one"), says("two"))
    async with writing(journal):
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [outcome.code for outcome in outcomes if isinstance(outcome, Refused)] == ["storage_full"] * 2
        assert heard == []
        ledger.error = None
        assert (await journal.submit(says("one"))).events[0].seq == 1


async def test_a_ledger_that_fails_is_reported_as_our_mistake(caplog: pytest.LogCaptureFixture) -> None:
    ledger = MemoryLedger()
    ledger.error = RuntimeError("on purpose")
    journal = Journal(ledger)
    async with writing(journal):
        with pytest.raises(Refused) as refused:
            await journal.submit(says("one"))
    assert refused.value.code == "internal"
    assert refused.value.retry_after is not None
    assert "on purpose" in caplog.text


async def test_a_full_backlog_is_refused_at_once() -> None:
    journal = Journal(MemoryLedger(), backlog=2)
    tasks = await submitted(journal, says("one"), says("two"))
    with pytest.raises(Refused) as refused:
        await journal.submit(says("three"))
    assert (refused.value.code, refused.value.retry_after) == ("busy", 2)
    async with writing(journal):
        await asyncio.gather(*tasks)


async def test_what_a_sender_sent_who_went_away_is_stored_all_the_same() -> None:
    ledger = MemoryLedger()
    ledger.hold = asyncio.Event()
    journal = Journal(ledger)
    heard: list[Appended] = []
    journal.observe(heard.append)
    async with writing(journal):
        (task,) = await submitted(journal, says("one"))
        await ledger.writing(1)
        task.cancel()
        await asyncio.wait([task])
        ledger.hold.set()
        await journal.submit(says("two"))
    assert [event.seq for event in ledger.log["c"]] == [1, 2]
    assert len(heard) == 2


async def test_stopping_writes_what_is_there_and_takes_no_more() -> None:
    journal = Journal(MemoryLedger())
    tasks = await submitted(journal, says("one"), says("two"))
    journal.stop()
    with pytest.raises(Refused) as refused:
        await journal.submit(says("three"))
    assert refused.value.code == "busy"
    await journal.run()
    assert [(await task).events[0].seq for task in tasks] == [1, 2]
