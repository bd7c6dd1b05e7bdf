"""A year of visitors over twelve regions, through the very routing that the server uses.

`python -m tests.load.traffic` prints what came of it. Everything is generated from a seed: arrivals, agents'
shifts, who accepts, declines or misses an offer, how long conversations last. After each event what must
never happen is looked for.
"""

import argparse
import gc
import heapq
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Literal
from zoneinfo import ZoneInfo

from appliance.domain.desk import Desk, Step, after, assign, next_end, next_opening_or_closing
from appliance.domain.placing import helpers
from appliance.domain.routing import Decision, Seat, Visit
from appliance.services.holiday_calendar import HolidayCalendar
from tests.load.company import TEAMS, Team, company, shifts

ARRIVALS = 100_000
YEAR = 2026
_SEED = 4

# The share of a day's visitors by the hour of their clock.
_HOURS = (1, 1, 1, 1, 1, 2, 3, 5, 8, 11, 12, 12, 11, 11, 12, 12, 11, 10, 9, 9, 8, 6, 4, 2)
_BUSY_DAYS = 12
"""Days of a campaign, to which so many more come."""
_TIMES = 3
_MEAN_SECONDS = 1500
_SETTLED_EVERY = 20
"""Of so many events one is followed by asking again, whereupon nothing may change."""

Kind = Literal["arrive", "come", "break", "back", "leave", "accept", "decline", "close", "look"]
Happening = tuple[datetime, int, Kind, str, str]
"""When, a number that orders those of an instant, what, an agent, a conversation."""


@dataclass
class Outcome:
    """What came of it. Waits are the time in queues, the hours not counted in which it was closed."""

    arrived: int = 0
    answered: int = 0
    waiting: int = 0
    offers: int = 0
    declined: int = 0
    missed: int = 0
    withdrawn: int = 0
    overflowed: int = 0
    helped_out: int = 0
    told_closed: int = 0
    moved_at_closing: int = 0
    events: int = 0
    longest_wait: timedelta = timedelta()
    longest_queue: int = 0
    broken: Counter[str] = field(default_factory=Counter)


class Year:
    """The events in order, and how everything stands after each."""

    def __init__(self, teams: tuple[Team, ...], arrivals: int, days: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._start = datetime(YEAR, 1, 1, tzinfo=UTC)
        self._end = self._start + timedelta(days=days)
        company_ = company(teams, HolidayCalendar(), YEAR)
        self._seats = company_.seats
        self._desk = Desk(company_.regions, company_, self._seats, _reaches)
        self._openings = company_
        self._visits: dict[str, Visit] = {}
        self._queued_from: dict[str, datetime] = {}
        self._asked: Counter[str] = Counter()
        self._closed_once: set[str] = set()
        self._decided: dict[str, Decision] = {}
        self._number = count()
        self._events: list[Happening] = []
        self.outcome = Outcome()
        for team in teams:
            timetable = company_.timetables[team.id]
            for at, agent, what in shifts(self._chance, team, timetable, self._start, self._end):
                self._plan(at, what, agent)  # type: ignore[arg-type]
        self._newcomers = {visit.conversation: visit for visit in self._arrivals(teams, arrivals, days)}
        for visit in self._newcomers.values():
            self._plan(visit.arrived_at, "arrive", conversation=visit.conversation)

    def run(self) -> Outcome:
        """All of it, and then until nobody is being asked any more."""
        look: datetime | None = None
        turn = next_opening_or_closing(self._desk, self._start)
        while self._events:
            if look is not None and look < self._events[0][0]:
                at = look
                self._miss(at)
            else:
                at, _, kind, agent, conversation = heapq.heappop(self._events)
                self._happens(at, kind, agent, conversation)
            self.outcome.events += 1
            visits = list(self._visits.values())
            steps = assign(visits, self._desk, at)
            for step in steps:
                self._take(step, at)
            self._check(steps, at)
            # As `next_look` has it, with what the hours say asked for only when it has come.
            if turn is not None and turn <= at:
                turn = next_opening_or_closing(self._desk, at)
            end = next_end(list(self._visits.values()), self._desk, at)
            look = min((one for one in (turn, end) if one is not None), default=None)
        self.outcome.waiting = len(self._visits)
        if self.outcome.arrived != self.outcome.answered + self.outcome.waiting:
            self.outcome.broken["a visitor got lost"] += 1
        return self.outcome

    def _happens(self, at: datetime, kind: Kind, agent: str, conversation: str) -> None:
        match kind:
            case "arrive":
                self.outcome.arrived += 1
                self._visits[conversation] = self._newcomers.pop(conversation)
            case "come":
                self._change(agent, present=True, availability="online")
            case "break":
                self._change(agent, availability="break")
            case "back":
                self._change(agent, availability="online")
            case "leave":
                self._change(agent, present=False)
            case "accept":
                if self._is_asked(conversation, agent, at):
                    self._answer(conversation, agent, at)
            case "decline":
                if self._is_asked(conversation, agent, at):
                    self.outcome.declined += 1
                    self._pass(conversation)
            case "close":
                self._change(agent, load=self._seats[agent].load - 1)

    def _miss(self, at: datetime) -> None:
        for conversation, visit in list(self._visits.items()):
            if visit.offered_until is not None and visit.offered_until <= at:
                self.outcome.missed += 1
                self._pass(conversation)

    def _pass(self, conversation: str) -> None:
        visit = self._visits[conversation]
        assert visit.offered is not None
        self._asked[visit.offered] -= 1
        others = tuple(agent for agent in visit.passed if agent != visit.offered)
        self._visits[conversation] = replace(
            visit, offered=None, offered_until=None, passed=(*others, visit.offered)
        )

    def _answer(self, conversation: str, agent: str, at: datetime) -> None:
        visit, decision = self._visits.pop(conversation), self._decided.pop(conversation)
        self._asked[agent] -= 1
        self._change(agent, load=self._seats[agent].load + 1)
        self.outcome.answered += 1
        reasons = {one.reason for one in decision.candidates if one.chosen}
        self.outcome.overflowed += "overflow" in reasons
        self.outcome.helped_out += "helps_out" in reasons
        waited = at - self._queued_from.pop(conversation)
        self.outcome.longest_wait = max(self.outcome.longest_wait, waited)
        if self._seats[agent].load > self._seats[agent].capacity:
            self.outcome.broken["over a limit"] += 1
        lasted = self._chance.lognormvariate(0, 0.6) * _MEAN_SECONDS
        self._plan(at + timedelta(seconds=lasted), "close", agent, visit.conversation)

    def _take(self, step: Step, at: datetime) -> None:
        """Records a decision; whoever is asked will accept, decline, or let it pass."""
        conversation, decision = step
        before = self._visits[conversation]
        if before.offered is not None:
            self.outcome.withdrawn += 1
            self._asked[before.offered] -= 1
        self._visits[conversation] = after(before, decision)
        self._decided[conversation] = decision
        if decision.outcome == "closed":
            if conversation not in self._closed_once:
                self._closed_once.add(conversation)
                self.outcome.told_closed += 1
            self._queued_from.pop(conversation, None)
        else:
            self._queued_from.setdefault(conversation, at)
        if decision.cause == "region_closed":
            self.outcome.moved_at_closing += 1
        if decision.agent is not None:
            self.outcome.offers += 1
            self._asked[decision.agent] += 1
            self._change(decision.agent, offered_at=at)
            answer = self._chance.random()
            if answer < 0.93:
                kind: Kind = "accept" if answer < 0.87 else "decline"
                seconds = min(self._chance.expovariate(1 / 9), 25)
                self._plan(at + timedelta(seconds=seconds), kind, decision.agent, conversation)

    def _check(self, steps: list[Step], at: datetime) -> None:
        broken = self.outcome.broken
        queues: dict[str, list[Visit]] = {}
        for visit in self._visits.values():
            if visit.outcome == "queued":
                assert visit.region is not None
                queues.setdefault(visit.region, []).append(visit)
            elif visit.outcome == "closed":
                if visit.opens_at is not None and visit.opens_at <= at:
                    broken["told that it is closed after it opened"] += 1
            elif visit.outcome is None or visit.offered is None:
                broken["not decided about"] += 1
        for region_id, queue in queues.items():
            self._check_queue(region_id, queue, at)
        for step in steps:
            if step.decision.agent is not None:
                self._check_offer(step, queues.get(step.decision.region, []), at)
        if self.outcome.events % _SETTLED_EVERY == 0 and assign(list(self._visits.values()), self._desk, at):
            broken["decided otherwise when asked again"] += 1

    def _check_queue(self, region_id: str, queue: list[Visit], at: datetime) -> None:
        broken = self.outcome.broken
        self.outcome.longest_queue = max(self.outcome.longest_queue, len(queue))
        region = self._desk.regions.get(region_id)
        assert region is not None
        if not self._openings.status(region_id, at).open:
            broken["waits in a region that is closed"] += len(queue)
        assert region.agents is not None
        free = {agent for agent in region.agents if self._room(self._seats[agent]) > 0}
        if not free:
            return
        for visit in queue:
            if free - set(visit.passed):
                broken["waits while somebody fitting is free"] += 1

    def _check_offer(self, step: Step, queue: list[Visit], at: datetime) -> None:
        broken, decision = self.outcome.broken, step.decision
        assert decision.agent is not None
        seat = self._seats[decision.agent]
        if not seat.takes_part:
            broken["offered to somebody who is not there"] += 1
        if self._room(seat) < 0:
            broken["offered over a limit"] += 1
        region = self._desk.regions.get(decision.region)
        assert region is not None
        teams = [region]
        visit = self._visits[step.conversation]
        minutes = region.waiting.overflow_minutes
        if minutes is not None and visit.arrived_at + timedelta(minutes=minutes) <= at:
            teams += helpers(region, self._desk.regions)
        if not any(team.has(seat.agent) and self._openings.status(team.id, at).open for team in teams):
            broken["offered for a region that is closed, or to somebody else's agent"] += 1
        for other in queue:
            if other.arrived_at < visit.arrived_at and decision.agent not in other.passed:
                broken["overtaken"] += 1

    def _room(self, seat: Seat) -> int:
        return seat.capacity - seat.load - self._asked[seat.agent] if seat.takes_part else 0

    def _is_asked(self, conversation: str, agent: str, at: datetime) -> bool:
        visit = self._visits.get(conversation)
        return (
            visit is not None
            and visit.offered == agent
            and visit.decided_at is not None
            and (at - visit.decided_at <= timedelta(seconds=25))
        )

    def _change(self, agent: str, **fields: Any) -> None:
        self._seats[agent] = replace(self._seats[agent], **fields)

    def _plan(self, at: datetime, kind: Kind, agent: str = "", conversation: str = "") -> None:
        heapq.heappush(self._events, (at, next(self._number), kind, agent, conversation))

    def _arrivals(self, teams: tuple[Team, ...], arrivals: int, days: int) -> Iterator[Visit]:
        chance = self._chance
        zones = {team.id: ZoneInfo(team.zone) for team in teams}
        busy = {chance.randrange(days) for _ in range(_BUSY_DAYS * days // 365)}
        by_day = [_TIMES if day in busy else 1 for day in range(days)]
        everybody = [team for team in teams for _ in range(round(team.visitors * 10))]
        for number in range(arrivals):
            team = chance.choice(everybody)
            [day] = chance.choices(range(days), by_day)
            [hour] = chance.choices(range(24), _HOURS)
            local = datetime(YEAR, 1, 1, hour) + timedelta(days=day, seconds=chance.randrange(3600))
            at = local.replace(tzinfo=zones[team.id]).astimezone(UTC)
            yield Visit(
                f"{number:06}",
                max(at, self._start),
                chance.choice((*team.languages, "en", "de")),
                choice=chance.choice(teams).id if chance.random() < 0.03 else None,
                site="gone" if chance.random() < 0.01 else None,
                country=None if chance.random() < 0.05 else team.country,
                former=f"{team.id}-0" if chance.random() < 0.2 else None,
            )


def _reaches(source: str, target: str) -> bool:
    """Persian and Arabic have no way but to English."""
    return target == "en" or source == "en" or {source, target}.isdisjoint({"fa", "ar"})


def simulate(
    arrivals: int = ARRIVALS, teams: tuple[Team, ...] = TEAMS, days: int = 365, seed: int = _SEED
) -> Outcome:
    return Year(teams, arrivals, days, seed).run()


def measure(arrivals: int = ARRIVALS) -> dict[str, Any]:
    """What came of a year, how many invariants were broken, and how long it took in seconds."""
    begun, begun_processor = time.perf_counter(), time.process_time()
    # As the server does at its start: what is loaded by then is not looked through again and again.
    gc.collect()
    gc.freeze()
    outcome = simulate(arrivals)
    gc.unfreeze()
    return {
        "seconds": time.perf_counter() - begun,
        "processor_seconds": time.process_time() - begun_processor,
        "arrivals": outcome.arrived,
        "regions": len(TEAMS),
        "events": outcome.events,
        "answered": outcome.answered,
        "waiting_at_the_end": outcome.waiting,
        "offers": outcome.offers,
        "declined": outcome.declined,
        "missed": outcome.missed,
        "withdrawn": outcome.withdrawn,
        "overflowed": outcome.overflowed,
        "helped_out": outcome.helped_out,
        "told_closed": outcome.told_closed,
        "moved_at_closing": outcome.moved_at_closing,
        "longest_wait_minutes": outcome.longest_wait / timedelta(minutes=1),
        "longest_queue": outcome.longest_queue,
        "broken": dict(outcome.broken),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.traffic", description=__doc__)
    parser.add_argument("--arrivals", type=int, default=ARRIVALS, help="default: %(default)s")
    print(json.dumps(measure(parser.parse_args().arrivals), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
