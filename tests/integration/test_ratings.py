"""Ratings on real SQLite: stored with their event, one for each time a conversation was begun, counted."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from appliance.domain.commands import Close, Write
from appliance.domain.conversation import Person, Rated, VisitorCard
from appliance.domain.entries import Entry
from appliance.domain.people import Visitor
from appliance.domain.ratings import Figures, Rating
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from appliance.services.ratings import Ratings
from appliance.storage.database import open_database
from appliance.storage.ledger import Ledger
from appliance.storage.ratings import RatingBook
from appliance.storage.schema import hold
from tests.conftest import Clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EMMA = Person("agent", "emma", "Emma", "#3157d5")
JONAS = Person("agent", "jonas", "Jonas", "#3157d5")


class House:
    def __init__(self, ledger: Ledger, journal: Journal, clock: Clock) -> None:
        self.ledger, self.journal, self.clock = ledger, journal, clock
        self.ratings = Ratings(RatingBook(), journal, clock)

    async def begun(self, name: str, language: str = "fa") -> Visitor:
        visitor = Visitor(name, 1, f"c-{name}", language, None, None, None, None, NOON, NOON)
        card = VisitorCard(name, 1, language)
        await self.journal.submit(Entry(visitor.conversation_id, self.says(visitor.person), opening=card))
        return visitor

    async def ended(self, name: str, language: str = "fa") -> Visitor:
        """A visitor whom Emma has answered."""
        visitor = await self.begun(name, language)
        await self.journal.submit(Entry(visitor.conversation_id, self.says(EMMA)))
        await self.journal.submit(Entry(visitor.conversation_id, Close(EMMA, self.clock())))
        return visitor

    def says(self, author: Person) -> Write:
        return Write(author, f"m-{author.id}-{self.clock()}", "…", "fa", {}, False, self.clock())


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            ledger = Ledger()
            journal = Journal(ledger)
            writer = asyncio.create_task(journal.run())
            try:
                yield House(ledger, journal, Clock(NOON))
            finally:
                journal.stop()
                await writer


async def test_a_rating_is_stored_with_who_answered_and_its_event(house: House) -> None:
    ana = await house.ended("ana")
    appended = await house.ratings.rate(ana, 4, "  خوب ")
    assert [event.what for event in appended.events] == [Rated(4, "خوب", "fa")]
    assert (await house.ledger.events("c-ana"))[-1].what == Rated(4, "خوب", "fa")
    rating = Rating("c-ana", 4, "خوب", "fa", "emma", None, NOON)
    assert await house.ratings.page(0, 10, None, None) == ([rating], 1)


async def test_the_last_word_counts_and_the_same_word_is_stored_once(house: House) -> None:
    ana = await house.ended("ana")
    for score, comment in ((1, "Slow"), (1, "Slow"), (5, None)):
        house.clock.advance(minutes=1)
        await house.ratings.rate(ana, score, comment)
    said = [event.what for event in await house.ledger.events("c-ana") if event.what.kind == "rated"]
    assert said == [Rated(1, "Slow", "fa"), Rated(5, None, "fa")]
    (rating,), total = await house.ratings.page(0, 10, None, None)
    assert (rating.score, rating.comment, total) == (5, None, 1)
    assert await house.ratings.figures(NOON) == Figures((0, 0, 0, 0, 1))


async def test_who_comes_back_rates_anew_and_what_was_said_of_somebody_else_stays(house: House) -> None:
    ana = await house.ended("ana")
    await house.ratings.rate(ana, 1, "Slow")
    house.clock.advance(minutes=1)
    await house.journal.submit(Entry("c-ana", house.says(ana.person)))
    await house.journal.submit(Entry("c-ana", house.says(JONAS)))
    await house.journal.submit(Entry("c-ana", Close(JONAS, house.clock())))
    for score in (4, 5):
        house.clock.advance(minutes=1)
        await house.ratings.rate(ana, score, None)
    ratings, total = await house.ratings.page(0, 10, None, None)
    told = [(rating.score, rating.comment, rating.agent_id) for rating in ratings]
    assert (told, total) == ([(5, None, "jonas"), (1, "Slow", "emma")], 2)
    assert await house.ratings.figures(NOON) == Figures((1, 0, 0, 0, 1))


async def test_what_cannot_be_rated_is_refused_and_leaves_nothing(house: House) -> None:
    with pytest.raises(Refused, match="rating_too_early"):
        await house.ratings.rate(await house.begun("ana"), 5, None)
    nobody = replace(await house.begun("bo"), conversation_id="none")
    with pytest.raises(Refused, match="not_found"):
        await house.ratings.rate(nobody, 5, None)
    ended = await house.ended("cem")
    with pytest.raises(Refused, match="score"):
        await house.ratings.rate(ended, 6, None)
    with pytest.raises(Refused, match="comment"):
        await house.ratings.rate(ended, 5, "x" * 1001)
    assert await house.ratings.page(0, 10, None, None) == ([], 0)


async def test_pages_hold_the_newest_first_by_score_and_region(house: House) -> None:
    for number in range(5):
        house.clock.advance(minutes=1)
        await house.ratings.rate(await house.ended(f"v{number}"), 1 + number % 2, None)

    async def found(offset: int, limit: int, score: int | None, region: str | None) -> tuple[list[str], int]:
        ratings, total = await house.ratings.page(offset, limit, score, region)
        return [rating.conversation_id for rating in ratings], total

    assert await found(0, 2, None, None) == (["c-v4", "c-v3"], 5)
    assert await found(4, 2, None, None) == (["c-v0"], 5)
    assert await found(0, 10, 2, None) == (["c-v3", "c-v1"], 2)
    assert await found(0, 10, None, "vilnius") == ([], 0)


async def test_figures_are_of_what_was_said_since(house: House) -> None:
    await house.ratings.rate(await house.ended("ana"), 1, None)
    house.clock.advance(hours=1)
    for name, score in (("bo", 4), ("cem", 5)):
        await house.ratings.rate(await house.ended(name), score, None)
    assert await house.ratings.figures(NOON) == Figures((1, 0, 0, 1, 1))
    # An hour of another zone is the same instant.
    later = (NOON + timedelta(minutes=30)).astimezone(timezone(timedelta(hours=9)))
    figures = await house.ratings.figures(later)
    assert (figures.count, figures.average) == (2, 4.5)
