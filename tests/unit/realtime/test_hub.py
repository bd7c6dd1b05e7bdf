"""The hub: who is told of what, and where the events come from."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.domain.conversation import Conversation, Event, LanguageChanged, VisitorCard
from appliance.domain.entries import Appended
from appliance.realtime.hub import (
    RECENT,
    Hub,
    agent_changed_message,
    appended_message,
    signed_out_message,
    typing_message,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = {"kind": "visitor", "id": "ana", "name": None}


def event(seq: int) -> Event:
    return Event(seq, NOON, LanguageChanged("fa"))


def appended(*seqs: int, conversation: str = "c") -> dict[str, Any]:
    """A message of the bus, as it comes out of JSON."""
    now = Conversation(conversation, VisitorCard("ana", 1, "fa"), NOON, NOON, last_seq=max(seqs, default=0))
    message = appended_message(Appended(now, tuple(event(seq) for seq in seqs), False))
    return dict(json.loads(json.dumps(message)))


class Watching:
    """A socket that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def changed(self, conversation: Conversation) -> None:
        self.told.append(("changed", conversation.id, conversation.last_seq))

    def noticed(self, conversation: Conversation) -> None:
        self.told.append(("noticed", conversation.id))

    def typing(self, conversation_id: str, author: dict[str, Any]) -> None:
        self.told.append(("typing", conversation_id, author["id"]))

    def presence(self) -> None:
        self.told.append(("presence",))

    def resync(self) -> None:
        self.told.append(("resync",))

    def agent_changed(self, agent_id: str) -> None:
        self.told.append(("agent changed", agent_id))

    def signed_out(self, agent_id: str, session: str | None) -> None:
        self.told.append(("signed out", agent_id, session))


class Storage:
    """Events by number, and how often they were read."""

    def __init__(self, *seqs: int) -> None:
        self.seqs = seqs
        self.reads = 0
        self.conversations: list[str] = []
        self.error: Exception | None = None

    async def conversation(self, conversation_id: str) -> Conversation | None:
        self.conversations.append(conversation_id)
        if self.error is not None:
            raise self.error
        if conversation_id == "unwritten":
            return None
        return Conversation(conversation_id, VisitorCard("ana", 1, "fa"), NOON, NOON)

    async def __call__(self, conversation_id: str, after: int) -> list[Event]:
        self.reads += 1
        return [event(seq) for seq in self.seqs if seq > after]


def house(storage: Storage | None = None) -> tuple[Hub, Watching, Watching]:
    """A hub with a visitor's socket that watches "c", and an agent's that watches nothing."""
    storage = storage or Storage()
    hub = Hub(storage, storage.conversation)
    visitor, agent = Watching(), Watching()
    hub.join(visitor, agent=False)
    hub.watch("c", visitor)
    hub.join(agent, agent=True)
    return hub, visitor, agent


def test_a_change_is_told_to_its_watchers_and_to_every_agent() -> None:
    hub, visitor, agent = house()
    hub.receive(appended(1))
    hub.receive(appended(1, conversation="another"))
    assert visitor.told == [("changed", "c", 1)]
    assert agent.told == [("noticed", "c"), ("noticed", "another")]


def test_typing_is_told_to_watchers_only() -> None:
    hub, visitor, agent = house()
    hub.receive(typing_message("c", ANA))
    hub.receive(typing_message("another", ANA))
    assert visitor.told == [("typing", "c", "ana")]
    assert agent.told == []


def test_only_agents_hear_who_signed_out_or_changed() -> None:
    hub, visitor, agent = house()
    hub.receive(signed_out_message("emma", None))
    hub.receive(agent_changed_message("emma"))
    assert visitor.told == []
    assert agent.told == [("signed out", "emma", None), ("agent changed", "emma")]


async def settled(hub: Hub, *conversations: str) -> None:
    """Visitors come, and what that begins is over."""
    before = asyncio.all_tasks()
    for conversation in conversations:
        hub.visitor_changed(conversation)
    await asyncio.gather(*(asyncio.all_tasks() - before))


async def test_a_visitor_who_comes_is_read_once_for_all_agents() -> None:
    storage = Storage()
    hub, visitor, agent = house(storage)
    others = [Watching() for _ in range(9)]
    for other in others:
        hub.join(other, agent=True)
    await settled(hub, "c", "d", "c")
    assert sorted(storage.conversations) == ["c", "d"]
    assert visitor.told == []
    for told in (agent, *others):
        assert sorted(told.told) == [("noticed", "c"), ("noticed", "d")]
    await settled(hub, "c")
    assert agent.told[-1] == ("noticed", "c")
    assert len(agent.told) == 3


async def test_where_no_agent_looks_nothing_is_read_for_a_visitor_who_comes() -> None:
    storage = Storage()
    hub, _, agent = house(storage)
    hub.leave(agent)
    await settled(hub, "c")
    assert storage.conversations == []


async def test_a_conversation_that_is_not_there_or_cannot_be_read_is_told_to_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    storage = Storage()
    hub, _, agent = house(storage)
    await settled(hub, "unwritten")
    storage.error = LookupError("on purpose")
    await settled(hub, "c")
    storage.error = None
    assert "on purpose" in caplog.text
    assert agent.told == []
    await settled(hub, "c")
    assert agent.told == [("noticed", "c")]


def test_everybody_hears_that_agents_came_or_that_something_was_missed() -> None:
    hub, visitor, agent = house()
    hub.agents_changed()
    hub.resync()
    assert visitor.told == agent.told == [("presence",), ("resync",)]


def test_whoever_has_left_hears_nothing() -> None:
    hub, visitor, agent = house()
    hub.unwatch("c", visitor)
    hub.unwatch("c", visitor)
    hub.unwatch("never watched", visitor)
    hub.leave(visitor)
    hub.leave(agent)
    hub.receive(appended(1))
    hub.resync()
    assert visitor.told == agent.told == []


def test_a_message_of_a_newer_server_is_passed_over() -> None:
    hub, visitor, agent = house()
    hub.receive({"kind": "applause"})
    hub.receive({})
    assert visitor.told == agent.told == []


def test_leaving_while_being_told_disturbs_nobody() -> None:
    hub, visitor, _ = house()
    others = [Watching() for _ in range(5)]
    for other in others:
        hub.watch("c", other)

    def leave(conversation: Conversation) -> None:
        for other in others:
            hub.unwatch("c", other)

    visitor.changed = leave  # type: ignore[method-assign]
    hub.receive(appended(1))


async def seqs_after(hub: Hub, seq: int) -> list[int]:
    return [event.seq for event in await hub.events_after("c", seq)]


async def test_the_newest_events_come_from_memory() -> None:
    storage = Storage()
    hub, _, _ = house(storage)
    hub.receive(appended(5, 6))
    hub.receive(appended(7))
    assert await seqs_after(hub, 4) == [5, 6, 7]
    assert await seqs_after(hub, 6) == [7]
    assert await seqs_after(hub, 7) == []
    assert storage.reads == 0


async def test_what_is_older_than_memory_comes_from_storage() -> None:
    storage = Storage(1, 2, 3, 4, 5)
    hub, _, _ = house(storage)
    hub.receive(appended(5))
    assert await seqs_after(hub, 3) == [4, 5]
    assert storage.reads == 1


async def test_after_a_gap_nothing_is_taken_from_before_it() -> None:
    storage = Storage(1, 2, 3, 4, 5)
    hub, _, _ = house(storage)
    hub.receive(appended(2))
    hub.receive(appended(5))
    assert await seqs_after(hub, 1) == [2, 3, 4, 5]
    assert await seqs_after(hub, 4) == [5]


async def test_a_doubled_or_late_message_changes_nothing() -> None:
    hub, _, _ = house()
    for seqs in ((1, 2), (1, 2), (3,), (2,), (1, 2, 3)):
        hub.receive(appended(*seqs))
    assert await seqs_after(hub, 0) == [1, 2, 3]


async def test_memory_keeps_no_more_than_its_share() -> None:
    storage = Storage(*range(1, RECENT + 3))
    hub, _, _ = house(storage)
    for seq in range(1, RECENT + 3):
        hub.receive(appended(seq))
    assert await seqs_after(hub, 2) == list(range(3, RECENT + 3))
    assert storage.reads == 0
    assert await seqs_after(hub, 1) == list(range(2, RECENT + 3))
    assert storage.reads == 1


async def test_when_something_may_be_missing_memory_is_not_trusted() -> None:
    storage = Storage(1, 2)
    hub, _, _ = house(storage)
    hub.receive(appended(1))
    hub.resync()
    assert await seqs_after(hub, 1) == [2]


async def test_of_what_nobody_watches_nothing_is_kept() -> None:
    storage = Storage(1)
    hub, visitor, _ = house(storage)
    hub.receive(appended(1))
    hub.unwatch("c", visitor)
    assert await seqs_after(hub, 0) == [1]
    assert storage.reads == 1
