"""What routing would do with a visitor who doesn't exist, at any instant, with whoever is said to be there.

Nothing is recorded and nobody is told: the same functions decide that decide for real (`domain.desk`).
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from appliance.domain import zones
from appliance.domain.calendar_days import day_start
from appliance.domain.choosing import Reaches
from appliance.domain.clock_changes import ClockChange, clock_changes
from appliance.domain.desk import Desk, after, assign, queue
from appliance.domain.placing import place
from appliance.domain.regions import Region, Regions
from appliance.domain.routing import Decision, Seat, Visit
from appliance.domain.schedule import Interval, Reason, Status
from appliance.domain.schedule_evaluation import Timetable
from appliance.services.regions import RegionSettings

Who = Literal["now", "duty", "chosen"]
"""Who is there: as it is now, with the conversations they have; all agents, free; only those chosen, free."""

YEAR_DAYS = 366

_VISIT = "simulated"


@dataclass(frozen=True, slots=True)
class Situation:
    """A visitor and an instant (of the years 2 to 9997). `country`: ISO 3166-1; `former`: an agent's id."""

    at: datetime
    language: str
    country: str | None = None
    site: str | None = None
    choice: str | None = None
    former: str | None = None
    who: Who = "now"
    agents: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    """`own`: the visitor's own region; `region`: the one that looks after it. `status` is that of `region`.
    `position`: in its queue, 1 for who is next; None: it is closed. `present`: who is there of its agents."""

    regions: Regions
    own: Region
    region: Region
    status: Status
    decision: Decision
    position: int | None
    present: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class YearDay:
    """A local date of a region: how many minutes it is open on it, what set its hours, and the change of
    clocks on it."""

    date: date
    minutes: int
    by: Reason
    name: str | None
    change: ClockChange | None


class Transition(NamedTuple):
    """A region opens or closes, until the next time; None: not within the year that is looked at. `names`:
    of the holidays, exceptions and closures that lie in this time."""

    at: datetime
    open: bool
    until: datetime | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """366 days of a region, from a local date on. `transitions` are those that come, in order."""

    region: Region
    status: Status
    days: tuple[YearDay, ...]
    transitions: tuple[Transition, ...]


class Simulator:
    """`seats`: all active agents as routing sees them now."""

    def __init__(
        self,
        settings: RegionSettings,
        seats: Callable[[], Mapping[str, Seat]],
        reaches: Reaches,
    ) -> None:
        self._settings = settings
        self._seats = seats
        self._reaches = reaches

    async def decide(self, situation: Situation) -> Simulation:
        """What would become of the visitor. Ids of regions and agents that there are not are as routing
        takes them: passed over."""
        regions = await self._settings.read()
        openings = await self._settings.openings()
        seats = _seated(self._seats(), situation)
        desk = Desk(regions, openings, seats, self._reaches)
        visit = Visit(
            _VISIT,
            situation.at,
            situation.language,
            choice=situation.choice,
            site=situation.site,
            country=situation.country,
            former=situation.former,
        )
        (step,) = assign([visit], desk, situation.at)
        decision = step.decision
        region = regions.get(decision.region)
        assert region is not None, "routing decides for a region that there is"
        where = place(visit, regions, openings, situation.at, somebody=lambda _: True)
        queued = queue([after(visit, decision)], desk, situation.at).get(_VISIT)
        return Simulation(
            regions,
            where.own,
            region,
            openings.status(region.id, situation.at),
            decision,
            queued.position if queued else None,
            tuple(seat for seat in seats.values() if seat.takes_part and region.has(seat.agent)),
        )

    async def year(self, region: Region, at: datetime, language: str) -> Year:
        """When a region opens and closes, from the local date of `at` on. `language` (BCP 47) is that of the
        holidays' names."""
        timetable = (await self._settings.openings(language)).timetable(region.id)
        zone = zones.zone(region.schedule.timezone)
        first = at.astimezone(zone).date()
        edges = [day_start(first + timedelta(days=number), zone) for number in range(YEAR_DAYS + 1)]
        start, end = edges[0], edges[-1]
        opened = timetable.intervals(start, end)
        changes = {
            one.at.astimezone(zone).date(): one
            for one in clock_changes(region.schedule.timezone, start - timedelta(seconds=1), end)
        }
        minutes = _minutes(opened, edges)
        days = tuple(
            _day(timetable, first + timedelta(days=number), edges[number], edges[number + 1], minutes[number])
            for number in range(YEAR_DAYS)
        )
        return Year(
            region,
            timetable.status(at),
            tuple(replace(day, change=changes.get(day.date)) for day in days),
            _transitions(opened, days, edges, at),
        )


def _seated(seats: Mapping[str, Seat], situation: Situation) -> dict[str, Seat]:
    if situation.who == "now":
        return dict(seats)
    return {
        agent: replace(
            seat,
            availability="online",
            present=situation.who == "duty" or agent in situation.agents,
            load=0,
            asked=0,
        )
        for agent, seat in seats.items()
    }


def _transitions(
    opened: Sequence[Interval], days: Sequence[YearDay], edges: Sequence[datetime], at: datetime
) -> tuple[Transition, ...]:
    """Those after `at`. `edges`: where the days begin, and the last one ends."""
    turns = [(edge, edge == one.start) for one in opened for edge in (one.start, one.end)]
    within = [(edge, opens) for edge, opens in turns if edges[0] < edge < edges[-1]]
    found = []
    for number, (edge, opens) in enumerate(within):
        until = within[number + 1][0] if number + 1 < len(within) else None
        if edge <= at:
            continue
        first = bisect_left(edges, edge)
        last = len(days) if until is None else bisect_left(edges, until)
        own = [] if opens else [day.name for day in days[first:last] if day.name]
        found.append(Transition(edge, opens, until, tuple(dict.fromkeys(own))))
    return tuple(found)


def _minutes(opened: Sequence[Interval], edges: Sequence[datetime]) -> list[int]:
    """How long it is open between each two edges."""
    seconds = [0.0] * (len(edges) - 1)
    number = 0
    for one in opened:
        start = one.start
        while start < one.end:
            while edges[number + 1] <= start:
                number += 1
            until = min(one.end, edges[number + 1])
            seconds[number] += (until - start).total_seconds()
            start = until
    return [round(one / 60) for one in seconds]


def _day(timetable: Timetable, day: date, start: datetime, end: datetime, minutes: int) -> YearDay:
    plan = timetable.plan(day)
    by, name = plan.by, plan.name
    for closure in timetable.schedule.closures:
        begins, ends = timetable.instant(closure.start), timetable.instant(closure.end)
        if (begins or datetime.min.replace(tzinfo=UTC)) < end and (ends is None or ends > start):
            by, name = "closure", closure.name
    return YearDay(day, minutes, by, name, None)
