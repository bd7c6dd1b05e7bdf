"""Promises made by being closed: noted when a visitor is told when somebody will be there, and when an agent
answers."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from appliance.domain.conversation import Event, Message, Routed
from appliance.domain.entries import Appended, Listing
from appliance.domain.promises import Promise, Standing
from appliance.domain.routing import Decision
from appliance.services.ports import Alarm, Clock

PAGE = 50
KEPT_FOR = timedelta(days=400)
LOOKED_BACK = timedelta(days=30)
"""That the share of kept ones is about."""

_AGAIN = timedelta(seconds=30)
_TIDIED = timedelta(days=1)
_MOST_WAITING = 10_000
_READ = 100
"""Events at the end of a conversation, when it is looked at after a start."""

_log = logging.getLogger(__name__)


class PromiseBook(Protocol):
    async def add(self, promise: Promise) -> None: ...
    async def unanswered(self) -> list[Promise]: ...
    async def answer(self, conversation_id: str, at: datetime) -> None: ...
    async def page(
        self, standing: Standing | None, region: str | None, now: datetime, *, offset: int, limit: int
    ) -> tuple[list[Promise], int]: ...
    async def count(self, standing: Standing, since: datetime, now: datetime) -> int: ...
    async def regions(self) -> list[str]: ...
    async def prune(self, before: datetime) -> None: ...


class Conversations(Protocol):
    async def inbox(self, agent_id: str, *, living: int, closed: int) -> Listing: ...
    async def events(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 100
    ) -> list[Event]: ...


@dataclass(frozen=True, slots=True)
class Record:
    """How promises of the last 30 days came out, those that are still open apart."""

    kept: int
    broken: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None before the first."""
        decided = self.kept + self.broken
        return self.kept / decided if decided else None


class Promises:
    """`run` must be running for anything to be noted. What could not be written yet is in memory and tried
    again; what an ended server has not noted, the next one finds in the conversations that wait."""

    def __init__(self, book: PromiseBook, ledger: Conversations, clock: Clock, alarm: Alarm) -> None:
        self._book = book
        self._ledger = ledger
        self._clock = clock
        self._alarm = alarm
        # Unanswered promises by conversation, the newest alone: it decides whether there is another.
        self._unanswered: dict[str, Promise] = {}
        self._todo: deque[Callable[[], Coroutine[Any, Any, None]]] = deque()
        self._news = asyncio.Event()

    def observe(self, appended: Appended) -> None:
        """Takes note of who was told that it is closed, and of who was answered."""
        conversation_id = appended.conversation.id
        for event in appended.events:
            what = event.what
            if isinstance(what, Routed) and what.decision.outcome == "closed":
                self._promised(conversation_id, what.decision)
            elif _is_answer(event):
                self._answered(conversation_id, event.at)

    async def page(
        self, standing: Standing | None, region: str | None, number: int
    ) -> tuple[list[Promise], int]:
        """A page of promises, from 1, the newest first; and how many there are in all."""
        offset = (number - 1) * PAGE
        return await self._book.page(standing, region, self._clock(), offset=offset, limit=PAGE)

    async def every(self, standing: Standing | None, region: str | None, limit: int) -> list[Promise]:
        found, _ = await self._book.page(standing, region, self._clock(), offset=0, limit=limit)
        return found

    async def regions(self) -> list[str]:
        """The ids of regions that made promises, those that are gone by now too."""
        return await self._book.regions()

    async def record(self) -> Record:
        now = self._clock()
        since = now - LOOKED_BACK
        return Record(
            await self._book.count("kept", since, now), await self._book.count("broken", since, now)
        )

    async def run(self) -> None:
        """Writes what is noted, until it is cancelled."""
        tidied: datetime | None = None
        await self._until_done(self._take_up)
        while True:
            self._news.clear()
            while self._todo:
                await self._until_done(self._todo[0])
                self._todo.popleft()
            now = self._clock()
            if tidied is None or now - tidied >= _TIDIED:
                await self._until_done(lambda: self._book.prune(self._clock() - KEPT_FOR))
                tidied = now
            await self._news.wait()

    def _promised(self, conversation_id: str, decision: Decision) -> None:
        """One promise at a time: whoever is told another time while waiting keeps the first in mind."""
        standing = self._unanswered.get(conversation_id)
        if standing is not None and _still_holds(standing, decision):
            return
        promise = Promise(0, conversation_id, decision.region, decision.at, decision.opens_at)
        self._unanswered[conversation_id] = promise
        self._do(lambda: self._book.add(promise))

    def _answered(self, conversation_id: str, at: datetime) -> None:
        if self._unanswered.pop(conversation_id, None) is not None:
            self._do(lambda: self._book.answer(conversation_id, at))

    def _do(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._todo.append(step)
        if len(self._todo) > _MOST_WAITING:
            _log.error("Promises could not be written for so long that the oldest is forgotten")
            # Not the first, which is being tried.
            del self._todo[1]
        self._news.set()

    async def _until_done(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            try:
                await step()
                return
            except Exception as error:
                # A full disk, mostly.
                _log.error("A promise could not be noted, and is tried again: %s", error)
                await self._alarm(self._clock() + _AGAIN)

    async def _take_up(self) -> None:
        """What was noted before this start, and what was not any more."""
        known: Mapping[str, Promise] = {one.conversation_id: one for one in await self._book.unanswered()}
        # What has been noted since is newer.
        self._unanswered = {**known, **self._unanswered}
        for promise in known.values():
            newest = await self._ledger.events(promise.conversation_id, before=2**31 - 1, limit=_READ)
            for event in newest:
                if _is_answer(event) and event.at >= promise.made_at:
                    self._answered(promise.conversation_id, event.at)
        listing = await self._ledger.inbox("", living=_MOST_WAITING, closed=0)
        for conversation in listing.conversations:
            decision = conversation.decision
            if conversation.state == "queued" and decision is not None and decision.outcome == "closed":
                self._promised(conversation.id, decision)


def _is_answer(event: Event) -> bool:
    return isinstance(event.what, Message) and event.what.author.kind == "agent"


def _still_holds(promise: Promise, decision: Decision) -> bool:
    """Whether a decision only repeats what was promised, or moves it while it could still be kept."""
    if promise.promised_at is None:
        return decision.opens_at is None
    due_at = promise.due_at
    return due_at is not None and decision.at <= due_at
