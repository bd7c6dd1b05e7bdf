"""What reaches an agent's screen is noted once, a long inbox in turns, and what fails is tried again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance.domain.conversation import Conversation, LastMessage, Receipts, VisitorCard
from appliance.domain.refusal import Refused
from appliance.services.deliveries import GATHER, Deliveries

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def conversation(name: str, seq: int = 1, author: str = "visitor", delivered: int = 0) -> Conversation:
    last = LastMessage(seq, NOON, author, "Olá", "pt-BR")
    card = VisitorCard(name, 1, "pt-BR")
    return Conversation(name, card, NOON, NOON, last_message=last, by_agent=Receipts(delivered))


class Book:
    """Notes what is recorded, as many at a time as there is room for. `error` is raised instead."""

    def __init__(self, room: int = 1000) -> None:
        self.room = room
        self.recorded: list[tuple[str, int]] = []
        self.refused = 0
        self.while_pausing: Callable[[], None] | None = None
        self.error: Exception | None = None
        self.pauses: list[float] = []
        self.deliveries = Deliveries(self.record, self.pause)
        self._inside = 0
        self._others = asyncio.all_tasks()

    async def record(self, conversation_id: str, seq: int) -> None:
        if self._inside >= self.room:
            self.refused += 1
            raise Refused("busy", retry_after=2)
        self._inside += 1
        await asyncio.sleep(0)
        self._inside -= 1
        if self.error is not None:
            raise self.error
        self.recorded.append((conversation_id, seq))

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if self.while_pausing is not None:
            self.while_pausing()
            self.while_pausing = None

    async def settle(self) -> None:
        """Until nothing is on its way."""
        async with asyncio.timeout(10):
            await asyncio.gather(*(asyncio.all_tasks() - self._others))


async def test_each_message_is_noted_once_however_many_sockets_show_it() -> None:
    book = Book()
    for seq in (1, 1, 3, 3, 2):
        book.deliveries.note(conversation("c", seq))
        await book.settle()
    assert book.recorded == [("c", 1), ("c", 3)]


async def test_the_first_is_noted_at_once_and_those_that_follow_together() -> None:
    book = Book()

    def three_more() -> None:
        for seq in (3, 5, 7):
            book.deliveries.note(conversation("c", seq))

    book.while_pausing = three_more
    book.deliveries.note(conversation("c", 1))
    await book.settle()
    assert book.recorded == [("c", 1), ("c", 7)]
    assert book.pauses == [GATHER, GATHER]


async def test_nothing_is_noted_where_an_agent_spoke_last_or_it_is_stored_already() -> None:
    book = Book()
    book.deliveries.note(conversation("c", 2, author="agent"))
    book.deliveries.note(conversation("d", 2, delivered=2))
    book.deliveries.note(replace(conversation("e"), last_message=None))
    await book.settle()
    assert book.recorded == []


async def test_an_inbox_longer_than_there_is_room_for_is_noted_to_the_end() -> None:
    book = Book(room=100)
    for number in range(5_000):
        book.deliveries.note(conversation(f"c-{number}"))
    await book.settle()
    assert sorted(book.recorded) == sorted((f"c-{number}", 1) for number in range(5_000))
    assert book.refused == 0


async def test_what_is_refused_is_noted_when_it_is_shown_again_and_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    book = Book(room=0)
    book.deliveries.note(conversation("c"))
    await book.settle()
    assert book.recorded == []
    book.room = 1
    book.deliveries.note(conversation("c"))
    await book.settle()
    assert book.recorded == [("c", 1)]
    assert caplog.records == []


async def test_an_error_is_logged_and_the_rest_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    book = Book()
    book.error = LookupError("on purpose")
    book.deliveries.note(conversation("c"))
    await book.settle()
    book.error = None
    book.deliveries.note(conversation("d"))
    await book.settle()
    assert book.recorded == [("d", 1)]
    assert "on purpose" in caplog.text
