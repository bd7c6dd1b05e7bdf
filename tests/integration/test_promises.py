"""Promises on real SQLite: noted when somebody is told that it is closed, and when an agent answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.alarm import alarm_by
from appliance.domain.commands import Route, Write
from appliance.domain.conversation import Person, VisitorCard
from appliance.domain.entries import Entry
from appliance.domain.promises import Promise, Standing
from appliance.domain.routing import Decision
from appliance.services.journal import Journal
from appliance.services.promises import Promises
from appliance.storage.database import open_database
from appliance.storage.ledger import Ledger
from appliance.storage.promises import PromiseBook
from appliance.storage.schema import hold
from tests.conftest import Clock

VISITOR = VisitorCard("v1", 1, "lt", "Ona")
ONA = Person("visitor", "v1", "Ona")
EMMA = Person("agent", "a1", "Emma")
NINE = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PATIENCE = 20


class Book(PromiseBook):
    """Tells when it has been written in."""

    def __init__(self) -> None:
        self.writes = 0
        self.news = asyncio.Condition()

    async def add(self, promise: Promise) -> None:
        await super().add(promise)
        await self._tell()

    async def answer(self, conversation_id: str, at: datetime) -> None:
        await super().answer(conversation_id, at)
        await self._tell()

    async def written(self, count: int) -> None:
        """Waits until it has been written in so many times."""
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(lambda: self.writes >= count)

    async def _tell(self) -> None:
        async with self.news:
            self.writes += 1
            self.news.notify_all()


class House:
    """What makes and keeps promises, running."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ledger = Ledger()
        self.journal = Journal(self.ledger)
        self.book = Book()
        self.promises = Promises(self.book, self.ledger, clock, alarm_by(clock))
        self.written = 0

    async def write(self, author: Person, conversation: str = "c1") -> None:
        self.written += 1
        write = Write(author, f"m-{self.clock()}-{self.written}", "Labas", "lt", {}, False, self.clock())
        await self.journal.submit(Entry(conversation, write, opening=VISITOR))

    async def closed(
        self, opens_at: datetime | None, conversation: str = "c1", region: str = "vilnius"
    ) -> None:
        """They are told when somebody will be there."""
        decision = Decision(self.clock(), "arrived", "closed", region, "country", opens_at=opens_at)
        await self.journal.submit(Entry(conversation, Route(decision, None, self.clock())))

    async def noted(self, *, writes: int) -> list[Promise]:
        """All promises, the newest first, once the book has been written in so often."""
        await self.book.written(writes)
        return await self.promises.every(None, None, 100)

    async def standing(self) -> list[Standing]:
        return [one.standing(self.clock()) for one in await self.promises.every(None, None, 100)]


@asynccontextmanager
async def running(clock: Clock, *, listening: bool = True) -> AsyncIterator[House]:
    """`listening`: or else it ends before it hears of what is stored."""
    house = House(clock)
    if listening:
        house.journal.observe(house.promises.observe)
    tasks = [asyncio.create_task(house.journal.run()), asyncio.create_task(house.promises.run())]
    try:
        yield house
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[None]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield


@pytest.fixture
async def house(database: None, clock: Clock) -> AsyncIterator[House]:
    async with running(clock) as house:
        yield house


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (timedelta(hours=-5), "kept"),
        (timedelta(minutes=59), "kept"),
        (timedelta(hours=1), "kept"),
        (timedelta(hours=1, seconds=1), "broken"),
        (timedelta(days=2), "broken"),
    ],
)
async def test_an_answer_within_an_hour_of_the_promised_time_keeps_it(
    house: House, clock: Clock, answered: timedelta, expected: Standing
) -> None:
    await house.write(ONA)
    await house.closed(NINE)
    clock.now = NINE + answered
    await house.write(EMMA)
    (one,) = await house.noted(writes=2)
    assert (one.region_id, one.promised_at, one.answered_at) == ("vilnius", NINE, NINE + answered)
    assert one.standing(clock()) == expected
    for standing in ("open", "kept", "broken"):
        found, count = await house.promises.page(standing, None, 1)
        assert (len(found), count) == ((1, 1) if standing == expected else (0, 0))


async def test_without_an_answer_it_is_open_and_then_broken(house: House, clock: Clock) -> None:
    await house.write(ONA)
    await house.closed(NINE)
    await house.noted(writes=1)
    clock.now = NINE + timedelta(hours=1)
    assert await house.standing() == ["open"]
    clock.advance(seconds=1)
    assert await house.standing() == ["broken"]
    _, broken = await house.promises.page("broken", "vilnius", 1)
    _, elsewhere = await house.promises.page("broken", "tokyo", 1)
    assert (broken, elsewhere) == (1, 0)


async def test_the_first_time_that_was_named_counts_until_it_has_passed(house: House, clock: Clock) -> None:
    await house.write(ONA)
    await house.closed(NINE)
    clock.advance(minutes=10)
    # The hours were changed while they wait.
    await house.closed(NINE + timedelta(days=1))
    clock.now = NINE + timedelta(hours=2)
    await house.closed(NINE + timedelta(days=1))
    newer, older = await house.noted(writes=2)
    assert (older.promised_at, newer.promised_at) == (NINE, NINE + timedelta(days=1))
    await house.write(EMMA)
    await house.noted(writes=3)
    assert await house.standing() == ["kept", "broken"]


async def test_where_no_time_can_be_named_nothing_is_broken(house: House, clock: Clock) -> None:
    await house.write(ONA)
    await house.closed(None)
    await house.noted(writes=1)
    clock.advance(days=100)
    assert await house.standing() == ["open"]
    await house.write(EMMA)
    await house.noted(writes=2)
    assert await house.standing() == ["kept"]


async def test_the_share_is_of_the_last_thirty_days(house: House, clock: Clock) -> None:
    for number in range(4):
        await house.write(ONA, f"c{number}")
        await house.closed(NINE, f"c{number}")
    clock.now = NINE
    for number in range(3):
        await house.write(EMMA, f"c{number}")
    await house.noted(writes=7)
    clock.now = NINE + timedelta(hours=2)
    record = await house.promises.record()
    assert (record.kept, record.broken, record.share) == (3, 1, 0.75)
    clock.now = NINE + timedelta(days=31)
    assert (await house.promises.record()).share is None


async def test_what_an_ended_server_has_not_noted_the_next_one_finds(database: None, clock: Clock) -> None:
    async with running(clock, listening=False) as house:
        await house.write(ONA)
        await house.closed(NINE)
    async with running(clock, listening=False) as house:
        (one,) = await house.noted(writes=1)
        assert one.promised_at == NINE
        clock.now = NINE
        await house.write(EMMA)
    async with running(clock) as house:
        (one,) = await house.noted(writes=1)
        assert one.answered_at == NINE
