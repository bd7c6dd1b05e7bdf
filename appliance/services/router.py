"""Sees to it that whoever waits is asked about: the one task that decides and has it recorded.

1. A change that routing cares about (a conversation, an agent, a region), or an instant that has come, wakes
   it.
2. Offers that have run out are recorded as missed.
3. `domain.desk` says what is to be done; each step goes through the journal as any command does.
4. Visitors and agents are told what of it they see.

All it needs is in storage. Of what it has decided nothing is lost in a crash but what was not recorded, and
that is decided again.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from appliance.domain.choosing import Reaches
from appliance.domain.commands import Pass, Route
from appliance.domain.conversation import Conversation
from appliance.domain.desk import Desk, Queued, Step, assign, next_look, pace_of, queue
from appliance.domain.entries import Appended, Entry
from appliance.domain.people import Agent
from appliance.domain.placing import Openings
from appliance.domain.refusal import Refused
from appliance.domain.regions import Region, Regions
from appliance.domain.routing import Seat
from appliance.domain.schedule import Status
from appliance.services.desk_state import DeskState
from appliance.services.emptiness import Emptiness
from appliance.services.journal import Journal
from appliance.services.ports import Alarm, Clock, Ledger
from appliance.services.presence import Presence

_log = logging.getLogger(__name__)

_AT_ONCE = 500
"""Commands given to the journal together."""

_RETRY = timedelta(seconds=5)
_LATER = timedelta(days=1)

_RETURN = timedelta(seconds=30)
"""After a start, whoever was being asked has so long to come back before it is offered to others."""

_REST = 4.0
"""Looking takes at most a fifth of the time: after each look, this many times as long belongs to others."""


class RegionSource(Protocol):
    async def read(self) -> Regions: ...
    async def openings(self) -> Openings: ...


class Agents(Protocol):
    async def agents(self) -> list[Agent]: ...


class Router:
    """One per process. `open` reads how everything stands; `run` must be running from then on.

    `on_waiting` is called with the conversations whose visitors are to be told how they wait now;
    `on_situation` when other agents are there, other regions are open, or one has nobody.
    """

    def __init__(
        self,
        journal: Journal,
        ledger: Ledger,
        agents: Agents,
        presence: Presence,
        regions: RegionSource,
        reaches: Reaches,
        clock: Clock,
        alarm: Alarm,
    ) -> None:
        self._journal = journal
        self._ledger = ledger
        self._source = agents
        self._presence = presence
        self._regions = regions
        self._reaches = reaches
        self._clock = clock
        self._alarm = alarm
        self._state = DeskState()
        self._emptiness = Emptiness()
        self._agents: list[Agent] = []
        self._is_team_known = False
        self._desk: Desk | None = None
        self._statuses: dict[str, Status] = {}
        self._queued: dict[str, Queued] = {}
        self._situation: object = None
        self._news = asyncio.Event()
        self._expected: Counter[str] = Counter()
        """Agents who were being asked when the server stopped, about how many conversations."""
        self._expected_until: datetime | None = None
        self._observed: set[str] | None = set()
        """Conversations heard of while the others are still being read; None: all have been."""
        self.on_waiting: Callable[[Collection[str]], None] = lambda ids: None
        self.on_situation: Callable[[], None] = lambda: None

    # What others tell it.

    def observe(self, appended: Appended) -> None:
        """Takes what the journal has stored."""
        if self._observed is not None:
            self._observed.add(appended.conversation.id)
        if self._state.take(appended.conversation, appended.events):
            self._news.set()

    def wake(self) -> None:
        """Something else has changed: who is there, regions, what can be translated."""
        self._news.set()

    def team_changed(self) -> None:
        """Agents came, went or are different now."""
        self._is_team_known = False
        self._news.set()

    # What it tells others.

    @property
    def desk(self) -> Desk:
        """How everything stood at the last look."""
        assert self._desk is not None, "the router has been opened"
        return self._desk

    @property
    def agents(self) -> Sequence[Agent]:
        """Those who were active at the last look."""
        return self._agents

    def status(self, region_id: str) -> Status:
        """Whether a region is open, as of the last look."""
        return self._statuses[region_id]

    def is_somebody_in(self, region: Region) -> bool:
        """Whether an agent of the region is there, or was until a moment ago."""
        return region.id in self.desk.graced or self._is_taken_part_in(region)

    def load(self, agent_id: str) -> int:
        return self._state.load(agent_id)

    def waiting(self, conversation_id: str) -> Conversation | None:
        """A conversation while it waits."""
        return self._state.waiting(conversation_id)

    def queued(self, conversation_id: str) -> Queued | None:
        """Its place among those who wait in a region."""
        return self._queued.get(conversation_id)

    def nobody_there(self) -> Mapping[str, datetime]:
        """The open regions that have nobody, with since when."""
        return self._emptiness.noticed()

    # What it does.

    async def open(self) -> None:
        """Reads all conversations that are not closed, regions and agents."""
        listing = await self._ledger.inbox("", living=2**31 - 1, closed=0)
        heard_of, self._observed = self._observed or set(), None
        for conversation in listing.conversations:
            if conversation.id not in heard_of:
                self._state.take(conversation)
        now = self._clock()
        offered = (visit.offered for visit in self._state.visits.values())
        self._expected.update(agent for agent in offered if agent is not None)
        self._expected_until = now + _RETURN
        await self._take_stock(now)
        self._situation = self._as_seen()
        self._news.set()

    async def run(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        at = self._clock()
        while True:
            await self._news_or(at)
            self._news.clear()
            begun = loop.time()
            try:
                at = await self.look()
            except Exception as error:
                if not isinstance(error, Refused):
                    _log.exception("Routing failed, and is tried again")
                at = self._clock() + _RETRY
            await asyncio.sleep((loop.time() - begun) * _REST if len(self._state.visits) > _AT_ONCE else 0)

    async def look(self) -> datetime:
        """Does whatever is to be done now; gives the instant at which to look again.

        Raises `Refused`: `busy`, `storage_full`.
        """
        now = self._clock()
        await self._take_stock(now)
        try:
            if await self._note_missed(now):
                await self._take_stock(now)
            steps = assign(list(self._state.visits.values()), self.desk, now)
            await self._record(steps, now)
        finally:
            # Who is there is worth knowing also while nothing can be written.
            self._tell(now)
        ahead = (
            next_look(list(self._state.visits.values()), self.desk, now),
            self._emptiness.next_look(),
            self._expected_until if self._expected else None,
        )
        at = min((at for at in ahead if at is not None), default=now + _LATER)
        # Whatever could not be done now must not be tried without a pause.
        return at if at > now else now + _RETRY

    async def _news_or(self, at: datetime) -> None:
        """Returns when there is news, or when an instant has come."""
        if self._news.is_set():
            return
        timer = asyncio.create_task(self._ring(at), name="routing's alarm")
        try:
            await self._news.wait()
        finally:
            timer.cancel()

    async def _ring(self, at: datetime) -> None:
        await self._alarm(at)
        self._news.set()

    async def _take_stock(self, now: datetime) -> None:
        regions, openings = await self._regions.read(), await self._regions.openings()
        if self._expected_until is not None and now >= self._expected_until:
            self._expected.clear()
        if not self._is_team_known:
            # Before it is read: what changes meanwhile has to be read again.
            self._is_team_known = True
            try:
                self._agents = [agent for agent in await self._source.agents() if agent.active]
            except BaseException:
                self._is_team_known = False
                raise
        seats = {agent.id: self._seat(agent) for agent in self._agents}
        self._statuses = {region.id: openings.status(region.id, now) for region in regions.all}
        desk = Desk(regions, openings, seats, self._reaches)
        self._desk = desk
        self._emptiness.look(regions.all, lambda one: self.status(one.id).open, self._is_taken_part_in, now)
        self._desk = replace(desk, pace=self._pace(desk), graced=self._emptiness.graced())

    def _seat(self, agent: Agent) -> Seat:
        counts_as = self._presence.availability(agent.id)
        load = self._state.load(agent.id)
        if counts_as is not None:
            self._expected.pop(agent.id, None)
        expected = self._expected[agent.id]
        return Seat(
            agent.id,
            agent.name,
            agent.languages,
            availability=counts_as or agent.availability,
            present=counts_as is not None or expected > 0,
            load=load,
            # What they are being asked about stays with them, but there is nothing new for them meanwhile.
            capacity=load + expected if expected else agent.capacity,
            offered_at=self._state.offered_at.get(agent.id),
        )

    def _pace(self, desk: Desk) -> dict[str, timedelta]:
        found = {}
        for region_id, lasted in self._state.lasted().items():
            region = desk.regions.get(region_id)
            if region is not None:
                places = sum(
                    seat.capacity
                    for seat in desk.seats.values()
                    if seat.takes_part and region.has(seat.agent)
                )
                pace = pace_of(lasted, places)
                if pace is not None:
                    found[region_id] = pace
        return found

    def _is_taken_part_in(self, region: Region) -> bool:
        return any(region.has(seat.agent) for seat in self.desk.seats.values() if seat.takes_part)

    async def _note_missed(self, now: datetime) -> bool:
        """Whether there was anything to note."""
        ended = [
            (conversation, conversation.offer.agent)
            for conversation in self._state.ended(now)
            if conversation.offer is not None
        ]
        entries = [Entry(conversation.id, Pass(agent, "missed", now)) for conversation, agent in ended]
        for appended, (_, agent) in zip(await self._submit(entries), ended, strict=True):
            if appended is not None and appended.events:
                self._presence.missed(agent.id)
        return bool(ended)

    async def _record(self, steps: Sequence[Step], now: datetime) -> None:
        people = {agent.id: agent.person for agent in self.agents}
        await self._submit(
            [
                Entry(conversation, Route(decision, people.get(decision.agent or ""), now))
                for conversation, decision in steps
            ]
        )

    async def _submit(self, entries: Sequence[Entry]) -> list[Appended | None]:
        """What each came to; None where the conversation is not as it was thought to be any more. Raises
        what was raised of the first that is worth trying again, when all others have been recorded."""
        found: list[Appended | None] = []
        failed: list[BaseException] = []
        for start in range(0, len(entries), _AT_ONCE):
            some = entries[start : start + _AT_ONCE]
            outcomes = await asyncio.gather(*map(self._journal.submit, some), return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, Appended):
                    found.append(outcome)
                else:
                    found.append(None)
                    if not (isinstance(outcome, Refused) and outcome.retry_after is None):
                        failed.append(outcome)
        if failed:
            raise failed[0]
        return found

    def _tell(self, now: datetime) -> None:
        before, self._queued = self._queued, queue(list(self._state.visits.values()), self.desk, now)
        known = before.keys() | self._queued.keys()
        moved = {id_ for id_ in known if before.get(id_) != self._queued.get(id_)}
        touched, self._state.touched = self._state.touched, set()
        if moved or touched:
            self.on_waiting(moved | touched)
        situation = self._as_seen()
        if situation != self._situation:
            self._situation = situation
            self.on_situation()

    def _as_seen(self) -> object:
        """What all who look on see: when it changes, they are told."""
        seats = [
            (agent.person, self._presence.chosen(agent.id), self._presence.availability(agent.id))
            for agent in self.agents
        ]
        openings = {id_: (one.open, one.opens_at, one.closes_at) for id_, one in self._statuses.items()}
        there = tuple(self._presence.agents())
        return (self.desk.regions, openings, seats, there, self.desk.graced, dict(self.nobody_there()))
