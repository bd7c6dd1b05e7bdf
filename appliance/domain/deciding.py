"""Everybody who waits decided about once, in order, each knowing what was decided about those before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from appliance.domain.choosing import Choice, Reaches, choose, why_not_handed
from appliance.domain.placing import Openings, Place, helpers, place
from appliance.domain.regions import Region, Regions
from appliance.domain.routing import Candidate, Cause, Decision, Outcome, Seat, Visit
from appliance.domain.schedule import Status
from appliance.domain.waits import again_from, helped_from, helped_if_before, turn


@dataclass(frozen=True, slots=True)
class Desk:
    """How everything stands but those who wait. `seats`: all agents by id, present or not. `reaches`: whether
    texts in one language can be translated into another. `pace`: how long it takes, by region, until one of
    its agents becomes free for another conversation, as far as it is known (`desk.pace_of`). `graced`:
    regions in which somebody counts as being there, since they were left only just now.

    A desk may be kept as long as regions, hours and languages stay the same, whoever comes and goes: then it
    need not be found out again and again where visitors of the same kind belong.
    """

    regions: Regions
    openings: Openings
    seats: Mapping[str, Seat]
    reaches: Reaches
    pace: Mapping[str, timedelta] = field(default_factory=dict)
    graced: frozenset[str] = frozenset()
    found: "dict[Kind, Found]" = field(default_factory=dict, init=False, repr=False, compare=False)


Kind = tuple[str | None, ...]
"""What decides where visitors belong: alike for all of whom it is the same."""

_KINDS = 1024


class Found(NamedTuple):
    """A place, and what was asked to find it: it holds while the answers are the same."""

    place: Place
    statuses: dict[str, Status]
    somebody: dict[str, bool]


def after(visit: Visit, decision: Decision) -> Visit:
    """The visit when a decision about it has been recorded."""
    return replace(
        visit,
        region=decision.region,
        offered=decision.agent,
        offered_until=decision.until,
        outcome=decision.outcome,
        opens_at=decision.opens_at,
        decided_at=decision.at,
        cause=None,
    )


class Round:
    """`found_full`: whether somebody did not get into a queue because it was too long."""

    def __init__(self, visits: list[Visit], desk: Desk, at: datetime) -> None:
        self.desk, self.at = desk, at
        self.found_full = False
        self._visits = sorted(visits, key=turn)
        self._statuses: dict[str, Status] = {}
        self._somebody: dict[str, bool] = {}
        self._places: dict[Kind, Place] = {}
        self._without_room: set[str] = set()
        self._unchanged: set[tuple[object, ...]] = set()
        self._helped_if_before: dict[str | None, datetime | None] = {}
        """By region: whoever arrived no later may be helped by others now (`waits.helped_from`)."""
        self._seats: dict[str, Seat] = {}
        self._regions: dict[str, Region | None] = {}
        self._queued: Counter[str | None] = Counter(
            self._id(visit) for visit in visits if visit.outcome == "queued"
        )

    def decisions(self) -> dict[str, Decision]:
        """By conversation, where something changes."""
        standing = {visit.conversation for visit in self._visits if self._offer_stands(visit)}
        decided = {}
        for visit in self._visits:
            if visit.conversation in standing or self._waits_on(visit):
                continue
            decision = self._decision(visit)
            if decision is not None:
                decided[visit.conversation] = decision
                self._recount(visit, decision)
            else:
                self._note_unchanged(visit)
        return decided

    def _waits_on(self, visit: Visit) -> bool:
        """Whether another of its kind waits just as it does, and nothing changed for that one: so it doesn't
        for this one. Where many wait, that is nearly everybody."""
        return visit.to_agent is None and self._standing(visit) in self._unchanged

    def _note_unchanged(self, visit: Visit) -> None:
        # Where a queue is limited it depends on who asks: no place is kept for all of a kind.
        if visit.to_agent is not None or _kind(visit) not in self._places:
            return
        if visit.outcome == "closed" or self._nobody_can_be_asked(visit):
            self._unchanged.add(self._standing(visit))

    def _nobody_can_be_asked(self, visit: Visit) -> bool:
        """Nobody becomes free during a round, so this then holds for all of it."""
        region = self._where(visit)
        return region is not None and region.id in self._without_room and not self._helping(visit, region)

    def _standing(self, visit: Visit) -> tuple[object, ...]:
        return visit.outcome, visit.region, visit.opens_at, self._is_help_due(visit), _kind(visit)

    def _is_help_due(self, visit: Visit) -> bool:
        if visit.region not in self._helped_if_before:
            region = self._where(visit)
            before = None if region is None else helped_if_before(region, self.at)
            self._helped_if_before[visit.region] = before
        before = self._helped_if_before[visit.region]
        return before is not None and visit.arrived_at <= before

    def status(self, region_id: str, at: datetime) -> Status:
        if at is not self.at:
            return self.desk.openings.status(region_id, at)
        # Of the instant itself it is asked again and again.
        status = self._statuses.get(region_id)
        if status is None:
            status = self._statuses[region_id] = self.desk.openings.status(region_id, at)
        return status

    def _offer_stands(self, visit: Visit) -> bool:
        if visit.offered is None:
            return False
        seat = self._seat(visit.offered)
        if seat is None or not seat.is_free:
            return False
        self._seats[seat.agent] = replace(seat, asked=seat.asked + 1)
        return True

    def _decision(self, visit: Visit) -> Decision | None:
        where = self._place(visit)
        handed_to: tuple[Candidate, ...] = ()
        if visit.to_agent is not None:
            seat = self._seat(visit.to_agent)
            if seat is not None and seat.is_free and seat.agent not in visit.passed:
                return self._handed_over(visit, where, seat)
            handed_to = (why_not_handed(visit, visit.to_agent, seat),)
        if not where.open:
            if (visit.outcome, visit.region, visit.opens_at) == ("closed", where.region.id, where.opens_at):
                return None
            return self._made(visit, where, "closed", handed_to)
        asked = self._asked(visit, where.region)
        if asked is not None:
            agent, candidates = asked
            return self._made(visit, where, "offered", (*handed_to, *candidates), agent)
        if (visit.outcome, visit.region) == ("queued", where.region.id):
            return None
        nobody = self._choice(visit, where.region, again=False)
        return self._made(visit, where, "queued", (*handed_to, *nobody.candidates))

    def _place(self, visit: Visit) -> Place:
        if visit.region is not None and self._where(visit) is None:
            # This one alone is told that its region is gone.
            return self._found(visit).place
        kind = _kind(visit)
        known = self._places.get(kind)
        if known is not None:
            return known
        kept = self.desk.found.get(kind)
        if kept is None or not self._holds(kept):
            kept = self._found(visit)
            if any(self._is_limited(id_) for id_ in kept.somebody.keys() | kept.statuses.keys()):
                # Who is in a queue already stays in it.
                return kept.place
            if len(self.desk.found) >= _KINDS:
                self.desk.found.clear()
            self.desk.found[kind] = kept
        self._places[kind] = kept.place
        return kept.place

    def _found(self, visit: Visit) -> Found:
        statuses: dict[str, Status] = {}
        somebody: dict[str, bool] = {}

        def is_somebody_in(region: Region) -> bool:
            somebody[region.id] = self._is_somebody_in(region)
            return somebody[region.id]

        found = place(
            visit,
            self.desk.regions,
            _Asked(self, statuses),
            self.at,
            somebody=is_somebody_in,
            full=lambda region: self._is_full(visit, region),
        )
        return Found(found, statuses, somebody)

    def _holds(self, found: Found) -> bool:
        for region_id, status in found.statuses.items():
            if self.status(region_id, self.at) is not status:
                return False
        return all(self._somebody_in(id_) == is_there for id_, is_there in found.somebody.items())

    def _is_limited(self, region_id: str) -> bool:
        region = self._region(region_id)
        return region is not None and region.waiting.queue_limit is not None

    def _is_full(self, visit: Visit, region: Region) -> bool:
        limit = region.waiting.queue_limit
        joined = self._where(visit) is region and visit.outcome in ("queued", "offered")
        if limit is None or joined or self._queued[region.id] < limit:
            return False
        if self._asked(visit, region) is not None:
            return False
        self.found_full = True
        return True

    def _is_somebody_in(self, region: Region) -> bool:
        known = self._somebody.get(region.id)
        if known is None:
            there = any(seat.takes_part for seat in self._members(region))
            known = self._somebody[region.id] = there or region.id in self.desk.graced
        return known

    def _somebody_in(self, region_id: str) -> bool:
        region = self._region(region_id)
        return region is not None and self._is_somebody_in(region)

    def _asked(self, visit: Visit, region: Region) -> tuple[Seat, tuple[Candidate, ...]] | None:
        """Who is to be asked now, and all that were looked at; None: nobody can be."""
        helping = self._helping(visit, region)
        if not helping and not self._has_room(region):
            return None
        looked_at: list[Candidate] = []
        for again in (False, True) if self._may_ask_again(visit, region) else (False,):
            looked_at.clear()
            for other in (region, *helping):
                choice = self._choice(visit, other, again=again)
                if other is not region:
                    looked_at.append(_helping(other, region, chosen=choice.agent is not None))
                looked_at += choice.candidates
                if choice.agent is not None:
                    return choice.agent, tuple(looked_at)
        return None

    def _choice(self, visit: Visit, region: Region, *, again: bool) -> Choice:
        seats = self._members(region)
        if visit.former is not None and not region.has(visit.former):
            former = self._seat(visit.former)
            seats += [] if former is None else [former]
        return choose(visit, region, seats, self.desk.reaches, again=again)

    def _helping(self, visit: Visit, region: Region) -> list[Region]:
        """The regions whose agents are asked as well, since it has taken so long."""
        from_then = helped_from(visit, region)
        if from_then is None or self.at < from_then:
            return []
        return [
            other
            for other in helpers(region, self.desk.regions)
            if self._has_room(other) and self.status(other.id, self.at).open
        ]

    def _may_ask_again(self, visit: Visit, region: Region) -> bool:
        from_then = again_from(visit, region)
        return from_then is not None and self.at >= from_then

    def _has_room(self, region: Region) -> bool:
        """Whether any of its agents can be asked. Nobody becomes free during a round."""
        if region.id in self._without_room:
            return False
        if any(seat.is_free for seat in self._members(region)):
            return True
        self._without_room.add(region.id)
        return False

    def _members(self, region: Region) -> list[Seat]:
        ids = self.desk.seats if region.agents is None else region.agents
        return [seat for id_ in ids if (seat := self._seat(id_)) is not None]

    def _where(self, visit: Visit) -> Region | None:
        """The region that has it now, or that has taken over from it."""
        return None if visit.region is None else self._region(visit.region)

    def _region(self, region_id: str) -> Region | None:
        if region_id not in self._regions:
            self._regions[region_id] = self.desk.regions.get(region_id)
        return self._regions[region_id]

    def _id(self, visit: Visit) -> str | None:
        region = self._where(visit)
        return None if region is None else region.id

    def _seat(self, agent_id: str) -> Seat | None:
        """As it is with the offers that stand and those that have just been decided."""
        return self._seats.get(agent_id) or self.desk.seats.get(agent_id)

    def _handed_over(self, visit: Visit, where: Place, seat: Seat) -> Decision:
        """Somebody who has it hands it to somebody who is there: opening hours have no say in that."""
        region = self._where(visit)
        chosen = Candidate("agent", seat.agent, True, "transferred", {}, seat.name)
        there = replace(where, region=region or where.region, via="transfer", candidates=())
        return self._made(visit, there, "offered", (chosen,), seat)

    def _made(
        self,
        visit: Visit,
        where: Place,
        outcome: Outcome,
        agents: tuple[Candidate, ...],
        agent: Seat | None = None,
    ) -> Decision:
        until = None
        if agent is not None:
            until = self.at + timedelta(seconds=where.region.waiting.offer_seconds)
            self._seats[agent.agent] = replace(agent, asked=agent.asked + 1, offered_at=self.at)
        seen: dict[tuple[str, str, bool], Candidate] = {}
        for candidate in (*where.candidates, *agents):
            which = candidate.kind, candidate.id, candidate.reason == "helps_out"
            if candidate.chosen or which not in seen:
                seen[which] = candidate
        return Decision(
            self.at,
            self._cause(visit, where, outcome, agents),
            outcome,
            where.region.id,
            where.via,
            None if agent is None else agent.agent,
            until,
            where.opens_at if outcome == "closed" else None,
            tuple(seen.values()),
        )

    def _cause(self, visit: Visit, where: Place, outcome: Outcome, agents: tuple[Candidate, ...]) -> Cause:
        if visit.cause is not None:
            return visit.cause
        if visit.outcome is None:
            if visit.to_agent is not None or visit.to_region is not None:
                return "transferred"
            return "released" if visit.passed else "arrived"
        before = self._where(visit)
        if before is None or before.id != visit.region:
            return "regions_changed"
        if visit.offered is not None:
            return "agents_changed"
        if visit.outcome == "offered":
            return "missed"
        if visit.outcome == "closed":
            if outcome == "closed":
                return "regions_changed"
            is_due = visit.opens_at is not None and self.at >= visit.opens_at
            return "region_opened" if is_due else "agents_changed"
        if before is not where.region or outcome == "closed":
            if not self.status(before.id, self.at).open:
                return "region_closed"
            return "region_opened" if where.region is where.own else "agents_changed"
        waited = any(one.chosen and one.reason in ("helps_out", "again") for one in agents)
        return "waited" if waited else "agents_changed"

    def _recount(self, visit: Visit, decision: Decision) -> None:
        if visit.outcome == "queued":
            self._queued[self._id(visit)] -= 1
        if decision.outcome == "queued":
            self._queued[decision.region] += 1


def _kind(visit: Visit) -> Kind:
    return (visit.to_region, visit.choice, visit.site, visit.country, visit.language)


class _Asked:
    """Hours, and what was asked about the instant of the round."""

    def __init__(self, one: Round, statuses: dict[str, Status]) -> None:
        self._round, self._statuses = one, statuses

    def status(self, region_id: str, at: datetime) -> Status:
        status = self._round.status(region_id, at)
        if at is self._round.at:
            self._statuses[region_id] = status
        return status


def _helping(other: Region, region: Region, *, chosen: bool) -> Candidate:
    minutes = region.waiting.overflow_minutes or 0
    params: dict[str, str | int] = {"region": region.id, "minutes": minutes}
    return Candidate("region", other.id, chosen, "helps_out", params)
