"""A router on a ledger in memory, with regions, agents and visitors of the test's own."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from appliance.domain.commands import Close, Command, Pass, Take, Transfer, Write
from appliance.domain.conversation import Conversation, VisitorCard
from appliance.domain.desk import Desk
from appliance.domain.entries import Appended, Entry
from appliance.domain.people import Agent, Visitor
from appliance.domain.regions import Region, Regions
from appliance.domain.routing import Decision
from appliance.domain.schedule import Schedule, Status
from appliance.services.journal import Journal
from appliance.services.presence import Presence, Tab
from appliance.services.reception import Receptions
from appliance.services.router import Router
from appliance.services.team import Team
from tests.conftest import Clock
from tests.unit.services.fakes import Later, MemoryLedger, MemoryStaff


@dataclass(frozen=True)
class Hours:
    """Open from one instant to another, closed before and after, for good."""

    opens: datetime
    closes: datetime

    def status(self, at: datetime) -> Status:
        if self.opens <= at < self.closes:
            return Status(True, None, self.closes)
        return Status(False, self.opens if at < self.opens else None, None, "outside_hours")


class RegionsInMemory:
    """Regions that are always open, but for those that have `hours`."""

    def __init__(self) -> None:
        self.regions = Regions((Region("everywhere", {"en": "Everywhere"}, Schedule("UTC")),), "everywhere")
        self.hours: dict[str, Hours] = {}

    def have(self, *regions: Region) -> None:
        self.regions = Regions(regions, regions[0].id)

    async def read(self) -> Regions:
        return self.regions

    async def openings(self) -> "RegionsInMemory":
        return self

    def status(self, region_id: str, at: datetime) -> Status:
        hours = self.hours.get(region_id)
        return Status(True) if hours is None else hours.status(at)


class SetAlarm:
    """Instants that are waited for; they come when the test moves the clock with `advance`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._waiting: list[tuple[datetime, asyncio.Future[None]]] = []
        self._asked = asyncio.Condition()

    async def __call__(self, at: datetime) -> None:
        if at <= self.clock():
            return
        future = asyncio.get_running_loop().create_future()
        async with self._asked:
            self._waiting.append((at, future))
            self._asked.notify_all()
        await future

    async def asked_for(self, at: datetime) -> None:
        """Waits until somebody waits for this instant."""
        async with asyncio.timeout(10), self._asked:
            await self._asked.wait_for(lambda: any(known == at for known, _ in self._waiting))

    def advance(self, **amount: float) -> None:
        self.clock.advance(**amount)
        for at, future in self._waiting:
            if at <= self.clock() and not future.done():
                future.set_result(None)


class RoutingHouse:
    """`told` collects what the router has told others: ids whose waiting changed, `situation`."""

    def __init__(self, clock: Clock, ledger: MemoryLedger | None = None) -> None:
        self.clock = clock
        self.ledger = ledger or MemoryLedger()
        self.journal = Journal(self.ledger)
        self.staff = MemoryStaff()
        self.team = Team(self.staff, None, clock)  # type: ignore[arg-type]
        self.later = Later()
        self.presence = Presence(self.later)
        self.source = RegionsInMemory()
        self.alarm = SetAlarm(clock)
        self.unreached: set[str] = set()
        self.router = Router(
            self.journal,
            self.ledger,
            self.team,
            self.presence,
            self.source,
            lambda source, target: not {source, target} & self.unreached,
            clock,
            self.alarm,
        )
        self.receptions = Receptions(self.router, self.presence, clock)
        self.told: list[object] = []
        self.router.on_waiting = self._waiting_changed
        self.router.on_situation = self._situation_changed
        self.team.on_change.append(self.router.team_changed)
        self.journal.observe(self.router.observe)
        self._visitors = 0
        self._open: list[AbstractContextManager[Tab]] = []

    def agent(self, name: str, **known: Any) -> Agent:
        agent = Agent(
            name,
            f"{name}@x.example",
            name.title(),
            "#3157d5",
            None,
            "en",
            "UTC",
            "agent",
            True,
            self.clock(),
            None,
        )
        self.staff.by_id[name] = replace(agent, **known)
        self.router.team_changed()
        return self.staff.by_id[name]

    def comes(self, agent: Agent) -> Tab:
        """The agent opens a console."""
        manager = self.presence.agent(agent.person, agent.availability)
        self._open.append(manager)
        return manager.__enter__()

    def all_leave(self) -> None:
        """All consoles are closed, and the grace is over."""
        for manager in self._open:
            manager.__exit__(None, None, None)
        self._open = []
        self.later.pass_time()

    async def writes(self, name: str, language: str = "en", **card: Any) -> Conversation:
        """A visitor writes for the first time."""
        self._visitors += 1
        visitor = VisitorCard(name, self._visitors, language, name.title(), **card)
        write = Write(
            Visitor(name, 0, name, language, name, None, None, None, self.clock(), self.clock()).person,
            f"m-{self._visitors}",
            "Hello",
            language,
            {},
            True,
            self.clock(),
        )
        return (await self.journal.submit(Entry(name, write, opening=visitor))).conversation

    async def does(self, conversation: str, command: Command) -> Appended:
        return await self.journal.submit(Entry(conversation, command))

    async def takes(self, agent: Agent, conversation: str) -> None:
        await self.does(conversation, Take(agent.person, self.clock()))

    async def closes(self, agent: Agent, conversation: str) -> None:
        await self.does(conversation, Close(agent.person, self.clock()))

    async def declines(self, agent: Agent, conversation: str) -> None:
        await self.does(conversation, Pass(agent.person, "declined", self.clock()))

    async def transfers(
        self, agent: Agent, conversation: str, to: Agent | None = None, region: str | None = None
    ) -> None:
        person = None if to is None else to.person
        await self.does(conversation, Transfer(agent.person, person, region, "Please", self.clock()))

    def decision(self, conversation: str) -> Decision:
        found = self.ledger.conversations[conversation].decision
        assert found is not None
        return found

    def outcome(self, conversation: str) -> str:
        """In a word or two: `offered emma`, `queued everywhere`, `closed everywhere`."""
        found = self.decision(conversation)
        return f"{found.outcome} {found.agent or found.region}"

    def outcomes(self) -> Mapping[str, str]:
        return {
            id_: self.outcome(id_) if one.state == "queued" else f"{one.state} {one.agent and one.agent.id}"
            for id_, one in self.ledger.conversations.items()
        }

    def kinds(self, conversation: str) -> list[str]:
        return [event.what.kind for event in self.ledger.log[conversation]]

    async def look(self) -> timedelta:
        """The router looks; gives how long until it wants to look again."""
        return await self.router.look() - self.clock()

    def desk(self) -> Desk:
        return self.router.desk

    def _waiting_changed(self, ids: Collection[str]) -> None:
        self.told += sorted(ids)

    def _situation_changed(self) -> None:
        self.receptions.changed()
        self.told.append("situation")
