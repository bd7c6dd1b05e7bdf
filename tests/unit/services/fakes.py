"""What stands behind the services in these tests: fakes that behave, in memory."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from appliance.domain.commands import Amendment, Write
from appliance.domain.conversation import (
    PENDING,
    Conversation,
    Event,
    Message,
    Translated,
    TranslationChanged,
)
from appliance.domain.decisions import decide, evolve, open_conversation, settle
from appliance.domain.entries import (
    Appended,
    Entry,
    FailedTranslation,
    Listing,
    Outcome,
    PendingTranslation,
)
from appliance.domain.people import Agent, Link, Session, Visitor
from appliance.domain.refusal import Refused
from translation import Translation, TranslationError


class MemoryLedger:
    """A ledger that forgets at the end of the test.

    `batches` holds what it was given; `hold` keeps it writing until set; `error` is raised by each append.
    """

    def __init__(self) -> None:
        self.batches: list[list[Entry]] = []
        self.begun = asyncio.Condition()
        self.hold: asyncio.Event | None = None
        self.error: Exception | None = None
        self.conversations: dict[str, Conversation] = {}
        self.log: dict[str, list[Event]] = {}
        self.states: dict[tuple[str, int, str], Translated] = {}

    async def append(self, entries: Sequence[Entry]) -> list[Outcome]:
        async with self.begun:
            self.batches.append(list(entries))
            self.begun.notify_all()
        if self.hold is not None:
            await self.hold.wait()
        if self.error is not None:
            raise self.error
        return [self._apply(entry) for entry in entries]

    async def writing(self, batches: int) -> None:
        """Waits until it has been given so many batches."""
        async with self.begun:
            await self.begun.wait_for(lambda: len(self.batches) >= batches)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        return self.conversations.get(conversation_id)

    async def assigned_to(self, agent_id: str) -> list[Conversation]:
        return [
            conversation
            for conversation in self.conversations.values()
            if conversation.state == "assigned"
            and conversation.agent is not None
            and conversation.agent.id == agent_id
        ]

    async def inbox(self, agent_id: str, *, living: int, closed: int) -> Listing:
        known = list(self.conversations.values())
        return Listing(known, sum(conversation.state != "closed" for conversation in known))

    async def events(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 100
    ) -> list[Event]:
        found = [
            event
            for event in self.log.get(conversation_id, [])
            if event.seq > after and (before is None or event.seq < before)
        ]
        page = found[:limit] if before is None else found[-limit:]
        return [event.as_known(self._states_of(conversation_id, event.seq)) for event in page]

    async def pending_translations(self, limit: int) -> list[PendingTranslation]:
        pending = [key for key, state in self.states.items() if state.status == "pending"]
        waiting = [PendingTranslation(*key) for key in pending]
        return waiting[:limit]

    async def failed_translations(self, *, after: int, limit: int) -> list[FailedTranslation]:
        failed = [
            FailedTranslation(row, *key, state.reason)
            for row, (key, state) in enumerate(self.states.items(), 1)
            if state.status == "failed" and self.conversations[key[0]].state != "closed"
        ]
        return [one for one in failed if one.row > after][:limit]

    def _states_of(self, conversation_id: str, seq: int) -> Mapping[str, Translated]:
        return {key[2]: state for key, state in self.states.items() if key[:2] == (conversation_id, seq)}

    def _apply(self, entry: Entry) -> Outcome:
        key, command = entry.conversation_id, entry.command
        now = self.conversations.get(key)
        if now is None:
            if entry.opening is None:
                return Refused("not_found")
            now = open_conversation(key, entry.opening, command.at)
        if isinstance(command, Write):
            for event in self.log.get(key, []):
                if isinstance(event.what, Message) and event.what.client_id == command.client_id:
                    return Appended(now, (event,), True, changed=False)
        known = (
            self.states.get((key, command.message, command.language))
            if isinstance(command, Amendment)
            else None
        )
        try:
            happenings = decide(now, command, known)
        except Refused as refusal:
            return refusal
        before = now
        now, events = settle(now, command), []
        for what in happenings:
            events.append(Event(now.last_seq + 1, command.at, what))
            now = evolve(now, events[-1])
            if isinstance(what, Message):
                stated = dict.fromkeys(what.targets, PENDING) | dict(what.ready)
                self.states |= {(key, events[-1].seq, tag): state for tag, state in stated.items()}
            elif isinstance(what, TranslationChanged):
                self.states[key, what.message, what.language] = what.translation
        self.log.setdefault(key, []).extend(events)
        self.conversations[key] = now
        return Appended(now, tuple(events), False, now != before)


class Interpreter:
    """A translation engine that puts the language before the text.

    `errors` holds the code to fail with for a text, once each; `hold` keeps it busy until set.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.errors: dict[str, str] = {}
        self.hold: asyncio.Event | None = None

    async def translate(self, text: str, source: str, target: str) -> Translation:
        self.asked.append((text, source, target))
        if self.hold is not None:
            await self.hold.wait()
        code = self.errors.pop(text, None)
        if code is not None:
            raise TranslationError(code, "as the test wants it")
        return Translation(text, f"[{target}] {text}", source, target, "fake", (source, target), (), "fake/1")


class MemoryOfWordings:
    """What was said about translations: `approved` and `rejected` hold (text, source, target, translation).

    `error` is raised by whatever it is told.
    """

    def __init__(self) -> None:
        self.approved: dict[tuple[str, str, str], tuple[str, str]] = {}
        self.rejected: set[tuple[str, str, str, str]] = set()
        self.error: Exception | None = None

    async def approve(self, text: str, source: str, target: str, translation: str, by: str) -> None:
        self._fail()
        self.approved[text, source, target] = (translation, by)
        self.rejected.discard((text, source, target, translation))

    async def reject(self, text: str, source: str, target: str, translation: str, by: str) -> None:
        self._fail()
        self.rejected.add((text, source, target, translation))
        self._forget(text, source, target, translation)

    async def withdraw(self, text: str, source: str, target: str, translation: str) -> None:
        self._fail()
        self.rejected.discard((text, source, target, translation))
        self._forget(text, source, target, translation)

    def _forget(self, text: str, source: str, target: str, translation: str) -> None:
        if self.approved.get((text, source, target), ("", ""))[0] == translation:
            del self.approved[text, source, target]

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


class MemoryStaff:
    """Agents, sessions and links in memory. `error` is raised when a session is touched."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.by_id: dict[str, Agent] = {}
        self.open: dict[str, Session] = {}
        self.links: dict[str, Link] = {}
        self.used: set[str] = set()

    async def agents(self) -> list[Agent]:
        return list(self.by_id.values())

    async def agent(self, agent_id: str) -> Agent | None:
        return self.by_id.get(agent_id)

    async def by_email(self, email: str) -> Agent | None:
        return next((agent for agent in self.by_id.values() if agent.email == email), None)

    async def save(self, agent: Agent) -> None:
        self.by_id[agent.id] = agent

    async def note_seen(self, agent_id: str, now: datetime) -> None:
        self.by_id[agent_id] = replace(self.by_id[agent_id], last_seen_at=now)

    async def change(self, agent_id: str, changes: Mapping[str, Any]) -> Agent | None:
        known = self.by_id.get(agent_id)
        if known is not None:
            self.by_id[agent_id] = replace(known, **changes)
        return self.by_id.get(agent_id)

    async def add_session(self, session: Session) -> None:
        self.open[session.token_hash] = session

    async def session(self, token_hash: str) -> Session | None:
        return self.open.get(token_hash)

    async def sessions(self, agent_id: str) -> list[Session]:
        return [session for session in self.open.values() if session.agent_id == agent_id]

    async def touch_session(self, token_hash: str, now: datetime, expires_at: datetime) -> None:
        if self.error is not None:
            raise self.error
        self.open[token_hash] = replace(self.open[token_hash], last_seen_at=now, expires_at=expires_at)

    async def end_session(self, token_hash: str) -> None:
        self.open.pop(token_hash, None)

    async def end_sessions(self, agent_id: str) -> None:
        self.open = {key: session for key, session in self.open.items() if session.agent_id != agent_id}

    async def add_link(self, link: Link) -> None:
        who = (link.purpose, link.agent_id, link.email)
        self.links = {
            key: known
            for key, known in self.links.items()
            if (known.purpose, known.agent_id, known.email) != who or key in self.used
        }
        self.links[link.token_hash] = link

    async def invitations(self, now: datetime) -> list[Link]:
        return [
            link
            for key, link in self.links.items()
            if link.purpose == "invite" and key not in self.used and link.expires_at > now
        ]

    async def end_link(self, token_hash: str) -> None:
        self.links.pop(token_hash, None)

    async def join(self, agent: Agent, token_hash: str, now: datetime) -> bool:
        if not await self.use_link(token_hash, now):
            return False
        self.by_id[agent.id] = agent
        return True

    async def prune(self, before: datetime) -> None:
        self.open = {key: session for key, session in self.open.items() if session.expires_at >= before}
        self.links = {key: link for key, link in self.links.items() if link.expires_at >= before}

    async def link(self, token_hash: str, now: datetime) -> Link | None:
        link = self.links.get(token_hash)
        usable = link is not None and token_hash not in self.used and link.expires_at > now
        return link if usable else None

    async def use_link(self, token_hash: str, now: datetime) -> bool:
        if await self.link(token_hash, now) is None:
            return False
        self.used.add(token_hash)
        return True


class MemoryVisitors:
    """Visitors in memory, by the hash of their token. `error` is raised by each write."""

    def __init__(self) -> None:
        self.known: dict[str, Visitor] = {}
        self.error: Exception | None = None

    async def add(self, visitor: Visitor, token_hash: str) -> Visitor:
        self.known[token_hash] = replace(visitor, number=len(self.known) + 1)
        return self.known[token_hash]

    async def by_token(self, token_hash: str) -> Visitor | None:
        return self.known.get(token_hash)

    async def get(self, visitor_id: str) -> Visitor | None:
        return next((visitor for visitor in self.known.values() if visitor.id == visitor_id), None)

    async def change(self, visitor_id: str, changes: Mapping[str, Any]) -> Visitor | None:
        if self.error is not None:
            raise self.error
        for key, known in self.known.items():
            if known.id == visitor_id:
                self.known[key] = replace(known, **changes)
                return self.known[key]
        return None


class MemorySettings:
    """Settings in memory; `reads` counts how often they were asked for."""

    def __init__(self, **values: Any) -> None:
        self.values: dict[str, Any] = dict(values)
        self.reads = 0

    async def read(self) -> Mapping[str, Any]:
        self.reads += 1
        return self.values

    async def write(self, values: Mapping[str, Any]) -> None:
        self.values |= values


class Later:
    """Callbacks put off until the test lets the time pass."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, callback: Callable[[], None]) -> None:
        self.waiting.append(callback)

    def pass_time(self) -> None:
        waiting, self.waiting = self.waiting, []
        for callback in waiting:
            callback()
