"""What this server's sockets wait for, and the way a change takes to them.

A change that arrives here is only a hint: each socket knows the last number it has delivered of a
conversation, takes what follows from the few newest events kept in memory, or else from storage.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import islice
from typing import Any, Protocol

from appliance.domain.codec import (
    conversation_from_json,
    conversation_to_json,
    event_from_json,
    event_to_json,
)
from appliance.domain.conversation import Conversation, Event
from appliance.domain.entries import Appended

_log = logging.getLogger(__name__)

RECENT = 64
"""Events of a watched conversation kept in memory."""

ReadEvents = Callable[[str, int], Awaitable[list[Event]]]
"""Events of a conversation after a number, in order, at most a page: from storage."""

ReadConversation = Callable[[str], Awaitable[Conversation | None]]


class Watcher(Protocol):
    """A socket. None of these may wait."""

    def changed(self, conversation: Conversation) -> None:
        """A watched conversation has new events or receipts."""

    def noticed(self, conversation: Conversation) -> None:
        """Some conversation changed, or its visitor came or went (agents' sockets only)."""

    def typing(self, conversation_id: str, author: dict[str, Any]) -> None: ...

    def presence(self) -> None:
        """Agents came or went or are available in another way; regions opened, closed or changed."""

    def waiting(self) -> None:
        """A watched conversation waits in another way, or no longer (visitors' sockets only)."""

    def resync(self) -> None:
        """Something may have been missed: look into storage."""

    def signed_out(self, agent_id: str, session: str | None) -> None:
        """An agent's session has ended, or (None) all of them."""

    def suggested(self, conversation_id: str, language: str | None) -> None:
        """The visitor of a watched conversation seems to write this language (None: no longer)."""

    def agent_changed(self, agent_id: str) -> None:
        """An agent has another name or language now (agents' sockets only)."""


class Hub:
    def __init__(self, read: ReadEvents, read_conversation: ReadConversation) -> None:
        self._read = read
        self._read_conversation = read_conversation
        self._looked_for: dict[str, asyncio.Task[None]] = {}
        self._watchers: dict[str, set[Watcher]] = {}
        self._recent: dict[str, deque[Event]] = {}
        self._everyone: set[Watcher] = set()
        self._agents: set[Watcher] = set()

    def join(self, watcher: Watcher, *, agent: bool) -> None:
        self._everyone.add(watcher)
        if agent:
            self._agents.add(watcher)

    def leave(self, watcher: Watcher) -> None:
        self._everyone.discard(watcher)
        self._agents.discard(watcher)

    def watch(self, conversation_id: str, watcher: Watcher) -> None:
        self._watchers.setdefault(conversation_id, set()).add(watcher)

    def unwatch(self, conversation_id: str, watcher: Watcher) -> None:
        watchers = self._watchers.get(conversation_id)
        if watchers is None:
            return
        watchers.discard(watcher)
        if not watchers:
            del self._watchers[conversation_id]
            self._recent.pop(conversation_id, None)

    async def events_after(self, conversation_id: str, seq: int) -> list[Event]:
        """The next events of a watched conversation after `seq`; empty when there are none."""
        recent = self._recent.get(conversation_id)
        if recent:
            if seq >= recent[-1].seq:
                return []
            first = recent[0].seq
            if seq >= first - 1:
                return list(islice(recent, seq - first + 1, None))
        return await self._read(conversation_id, seq)

    def appended(self, appended: Appended) -> None:
        """Takes a change that this server has stored."""
        self._appended(appended.conversation, appended.events)

    def receive(self, message: dict[str, Any]) -> None:
        """Takes a message of the bus."""
        match message.get("kind"):
            case "appended":
                conversation = conversation_from_json(message["conversation"])
                self._appended(conversation, [event_from_json(event) for event in message["events"]])
            case "typing":
                for watcher in tuple(self._watchers.get(message["conversation"], ())):
                    watcher.typing(message["conversation"], message["author"])
            case "suggestion":
                for watcher in tuple(self._watchers.get(message["conversation"], ())):
                    watcher.suggested(message["conversation"], message["language"])
            case "signed_out":
                for watcher in tuple(self._agents):
                    watcher.signed_out(message["agent"], message["session"])
            case "agent_changed":
                for watcher in tuple(self._agents):
                    watcher.agent_changed(message["agent"])

    def resync(self) -> None:
        """Lets every socket look into storage."""
        self._recent.clear()
        for watcher in tuple(self._everyone):
            watcher.resync()

    def agents_changed(self) -> None:
        for watcher in tuple(self._everyone):
            watcher.presence()

    def waiting_changed(self, conversation_ids: Iterable[str]) -> None:
        for conversation_id in conversation_ids:
            for watcher in tuple(self._watchers.get(conversation_id, ())):
                watcher.waiting()

    def visitor_changed(self, conversation_id: str) -> None:
        """A visitor who has written came or went. Read once, however many agents are told."""
        if self._agents and conversation_id not in self._looked_for:
            self._looked_for[conversation_id] = asyncio.create_task(self._look_for(conversation_id))

    async def _look_for(self, conversation_id: str) -> None:
        try:
            conversation = await self._read_conversation(conversation_id)
        except Exception:
            _log.exception("A visitor's conversation could not be read")
            return
        finally:
            del self._looked_for[conversation_id]
        if conversation is not None:
            for watcher in tuple(self._agents):
                watcher.noticed(conversation)

    def _appended(self, conversation: Conversation, events: Sequence[Event]) -> None:
        watchers = self._watchers.get(conversation.id)
        if watchers:
            if events:
                self._keep(conversation.id, events)
            for watcher in tuple(watchers):
                watcher.changed(conversation)
        for watcher in tuple(self._agents):
            watcher.noticed(conversation)

    def _keep(self, conversation_id: str, events: Sequence[Event]) -> None:
        recent = self._recent.setdefault(conversation_id, deque(maxlen=RECENT))
        for event in events:
            if recent and event.seq <= recent[-1].seq:
                continue
            if recent and event.seq != recent[-1].seq + 1:
                # Something between was missed; storage has it.
                recent.clear()
            recent.append(event)


def appended_message(appended: Appended) -> dict[str, Any]:
    """What the bus carries to other servers for a change."""
    return {
        "kind": "appended",
        "conversation": conversation_to_json(appended.conversation),
        "events": [event_to_json(event) for event in appended.events],
    }


def typing_message(conversation_id: str, author: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "typing", "conversation": conversation_id, "author": author}


def suggestion_message(conversation_id: str, language: str | None) -> dict[str, Any]:
    """`language`: what the visitor seems to write, or None when nothing is suggested any more."""
    return {"kind": "suggestion", "conversation": conversation_id, "language": language}


def signed_out_message(agent_id: str, session: str | None) -> dict[str, Any]:
    """`session`: the hash of the session that has ended, or None for all of the agent's."""
    return {"kind": "signed_out", "agent": agent_id, "session": session}


def agent_changed_message(agent_id: str) -> dict[str, Any]:
    """What an agent's open sockets need to be told when the agent's name or language is another."""
    return {"kind": "agent_changed", "agent": agent_id}
