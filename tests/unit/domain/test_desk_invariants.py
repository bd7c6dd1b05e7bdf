"""What routing never does, whatever the company, the hours and those who wait."""

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.desk import Desk, after, assign, next_look, queue
from appliance.domain.placing import helpers
from appliance.domain.regions import Region, Regions, Waiting
from appliance.domain.routing import Seat, Visit
from appliance.domain.schedule import Schedule
from appliance.routing_wordings import TABLE
from tests.unit.domain.routing_world import NOON, TOMORROW, Openings, reaches

_REGIONS = ("a", "b", "c", "d")
_AGENTS = ("k", "l", "m", "n", "o")
_LANGUAGES = ("lt", "pt", "pt-BR", "zh-Hant", "eu")
_COUNTRIES = ("LT", "BR")

_SEEDS = 2**32

World = tuple[Desk, list[Visit]]


def some(chance: random.Random, values: tuple[str, ...], most: int = 5) -> tuple[str, ...]:
    return tuple(chance.sample(values, chance.randint(0, min(most, len(values)))))


def a_desk(chance: random.Random) -> Desk:
    regions = tuple(
        Region(
            id_,
            {"en": id_},
            Schedule("UTC"),
            some(chance, _COUNTRIES),
            some(chance, _LANGUAGES, 2),
            chance.choice((None, some(chance, (*_AGENTS, "gone")))),
            some(chance, (*_REGIONS, "gone"), 3),
            waiting=Waiting(
                overflow_minutes=chance.choice((None, 0, 5)),
                queue_limit=chance.choice((None, None, 0, 1, 2)),
            ),
            when_empty=chance.choice(("wait", "overflow", "closed")),
        )
        for id_ in _REGIONS[: chance.randint(1, 4)]
    )
    shut = {id_: chance.choice((None, TOMORROW)) for id_ in some(chance, _REGIONS, 3)}
    names = dict.fromkeys(some(chance, _REGIONS), "Holiday")
    seats = {
        id_: Seat(
            id_,
            id_.title(),
            some(chance, _LANGUAGES, 2),
            chance.choice(("online", "online", "online", "online", "away", "break", "invisible")),
            chance.random() < 0.8,
            chance.randint(0, 3),
            chance.randint(0, 3),
            offered_at=chance.choice((None, NOON, NOON - timedelta(hours=1))),
        )
        for id_ in _AGENTS
    }
    return Desk(Regions(regions, chance.choice(_REGIONS)), Openings(shut, names), seats, reaches)


def waiting(chance: random.Random) -> list[Visit]:
    def region() -> str | None:
        return chance.choice((None, None, *_REGIONS, "gone"))

    def agent() -> str | None:
        return chance.choice((None, None, None, *_AGENTS, "gone"))

    visits = []
    for number in range(chance.randint(1, 7)):
        outcome = chance.choice((None, "offered", "queued", "closed"))
        offered = agent() if outcome == "offered" else None
        visits.append(
            Visit(
                f"v{number}",
                NOON - timedelta(minutes=chance.randint(0, 12)),
                chance.choice(_LANGUAGES),
                choice=region(),
                site=chance.choice((None, None, region())),
                country=chance.choice((None, *_COUNTRIES)),
                region=None if outcome is None else chance.choice((*_REGIONS, "gone")),
                to_agent=chance.choice((None, agent())),
                to_region=chance.choice((None, None, region())),
                former=agent(),
                passed=some(chance, _AGENTS),
                offered=offered,
                offered_until=None if offered is None else NOON + timedelta(seconds=20),
                outcome=outcome,
                opens_at=TOMORROW if outcome == "closed" else None,
                decided_at=None if outcome is None else NOON - timedelta(seconds=chance.randint(0, 90)),
            )
        )
    return visits


def world(seed: int) -> World:
    chance = random.Random(seed)
    return a_desk(chance), waiting(chance)


worlds = st.integers(0, _SEEDS).map(world)


def settled(visits: list[Visit], desk: Desk, at: datetime = NOON) -> list[Visit]:
    decided = dict(assign(visits, desk, at))
    return [after(one, decided[one.conversation]) if one.conversation in decided else one for one in visits]


def room(desk: Desk, visits: list[Visit]) -> dict[str, int]:
    """How many more each agent may be asked about; none for who does not take part."""
    asked = Counter(visit.offered for visit in visits)
    return {
        seat.agent: seat.capacity - seat.load - asked[seat.agent] if seat.takes_part else 0
        for seat in desk.seats.values()
    }


def asked_for(visit: Visit, region: Region, desk: Desk) -> set[str]:
    """The regions whose agents answer for a region: itself, and after a while those that help."""
    minutes = region.waiting.overflow_minutes
    if minutes is None or visit.arrived_at + timedelta(minutes=minutes) > NOON:
        return {region.id}
    others = (one.id for one in helpers(region, desk.regions) if desk.openings.status(one.id, NOON).open)
    return {region.id, *others}


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_nobody_is_asked_beyond_their_limit_or_who_is_not_there(one: World) -> None:
    desk, visits = one
    steps = assign(visits, desk, NOON)
    asked = {step.decision.agent for step in steps} - {None}
    left = room(desk, settled(visits, desk))
    for agent in asked:
        assert agent is not None
        assert desk.seats[agent].takes_part
        assert left[agent] >= 0


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_nobody_is_asked_for_a_region_that_is_closed(one: World) -> None:
    """Except somebody whom another one has handed it to."""
    desk, visits = one
    known = {visit.conversation: visit for visit in visits}
    for conversation, decision in assign(visits, desk, NOON):
        visit = known[conversation]
        region = desk.regions.get(decision.region)
        assert region is not None
        if decision.agent is not None and decision.agent == visit.to_agent:
            continue
        assert (decision.outcome == "closed") or desk.openings.status(region.id, NOON).open
        if decision.agent is not None:
            teams = [desk.regions.get(id_) for id_ in asked_for(visit, region, desk)]
            assert any(team is not None and team.has(decision.agent) for team in teams)


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_nobody_waits_while_somebody_fitting_is_free(one: World) -> None:
    """Who has passed fits again after a while, when nobody else is free."""
    desk, visits = one
    after_all = settled(visits, desk)
    left = room(desk, after_all)
    for visit in after_all:
        if visit.outcome != "queued":
            continue
        region = desk.regions.get(visit.region or "")
        assert region is not None
        assert desk.openings.status(region.id, NOON).open
        for id_ in asked_for(visit, region, desk):
            team = desk.regions.get(id_)
            assert team is not None
            free = {agent for agent, room_ in left.items() if room_ > 0 and team.has(agent)}
            assert free <= set(visit.passed)
            assert visit.decided_at is not None
            # As long as an offer lasts, or a quarter of what it has waited, a quarter of an hour at most.
            quarter = min((visit.decided_at - visit.arrived_at) / 4, timedelta(minutes=15))
            assert not free or visit.decided_at + max(timedelta(seconds=45), quarter) > NOON


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_nobody_is_told_that_it_is_closed_while_their_region_can_answer(one: World) -> None:
    desk, visits = one
    for visit in settled(visits, desk):
        region = desk.regions.get(visit.region or "")
        if visit.outcome != "closed" or region is None or not desk.openings.status(region.id, NOON).open:
            continue
        somebody = any(seat.takes_part and region.has(seat.agent) for seat in desk.seats.values())
        assert region.waiting.queue_limit is not None or (not somebody and region.when_empty != "wait")


@given(worlds, st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_the_same_is_decided_in_whatever_order_it_is_told(one: World, chance: random.Random) -> None:
    desk, visits = one
    mixed, seats = list(visits), list(desk.seats.values())
    chance.shuffle(mixed)
    chance.shuffle(seats)
    other = replace(desk, seats={seat.agent: seat for seat in seats})
    assert dict(assign(mixed, other, NOON)) == dict(assign(visits, desk, NOON))


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_what_is_decided_stands(one: World) -> None:
    desk, visits = one
    assert assign(settled(visits, desk), desk, NOON) == []


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_nobody_is_overtaken_where_the_same_agent_fits(one: World) -> None:
    desk, visits = one
    decided = {step.conversation for step in assign(visits, desk, NOON)}
    after_all = settled(visits, desk)
    for later in after_all:
        if later.conversation not in decided or later.offered is None or later.to_agent is not None:
            continue
        overtaken = [
            earlier
            for earlier in after_all
            if (earlier.region, earlier.outcome) == (later.region, "queued")
            and (earlier.arrived_at, earlier.conversation) < (later.arrived_at, later.conversation)
            and later.offered not in earlier.passed
        ]
        assert overtaken == []


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_every_decision_explains_itself(one: World) -> None:
    desk, visits = one
    for _, decision in assign(visits, desk, NOON):
        assert {candidate.reason for candidate in decision.candidates} <= TABLE.keys()
        chosen = {candidate.id for candidate in decision.candidates if candidate.chosen}
        assert (decision.agent in chosen) == (decision.agent is not None)
        assert (decision.outcome == "offered") == (decision.until is not None)


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_positions_have_no_gaps_and_the_next_look_is_not_forgotten(one: World) -> None:
    desk, visits = one
    after_all = settled(visits, desk)
    by_region: dict[str, list[int]] = {}
    for queued in queue(after_all, desk, NOON).values():
        by_region.setdefault(queued.region, []).append(queued.position)
    for positions in by_region.values():
        assert sorted(positions) == list(range(1, len(positions) + 1))
    ends = [visit.offered_until for visit in after_all if visit.offered_until is not None]
    look = next_look(after_all, desk, NOON)
    assert not ends or (look is not None and look <= min(ends))


@given(worlds)
@settings(max_examples=400, deadline=None)
def test_until_the_next_look_nothing_changes(one: World) -> None:
    desk, visits = one
    after_all = settled(visits, desk)
    look = next_look(after_all, desk, NOON)
    before = NOON + timedelta(hours=3) if look is None else look - timedelta(seconds=1)
    if before > NOON:
        assert assign(after_all, desk, before) == []


def test_the_worlds_tried_have_every_reason_in_them() -> None:
    """What is never met is not tested by any of the above."""
    met: set[str] = set()
    for seed in range(1500):
        desk, visits = world(seed)
        for _, decision in assign(visits, desk, NOON):
            met |= {decision.outcome, *(candidate.reason for candidate in decision.candidates)}
    assert met == {*TABLE, "offered", "queued", "closed"}
