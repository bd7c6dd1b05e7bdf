"""Everybody who waits, decided about at once: stories of one or a few visitors."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from appliance.domain.commands import Pass, Release, Route, Take, Transfer
from appliance.domain.conversation import Conversation, Event, Person, VisitorCard
from appliance.domain.decisions import decide, evolve, open_conversation
from appliance.domain.desk import Desk, after, assign, next_look, pace_of, queue, visit_of
from appliance.domain.routing import Decision, Visit
from tests.unit.domain.routing_world import (
    EVENING,
    LATER,
    NOON,
    TOMORROW,
    desk,
    limited,
    reasons,
    settle,
    visit,
)

LT = {"country": "LT", "language": "lt"}
FULL = {"load": 4}
AWAY = {"availability": "away"}
VILNIUS_FULL = {"ona": FULL, "jonas": FULL}
VILNIUS_AWAY = {"ona": AWAY, "jonas": AWAY}
VILNIUS_SHUT = {"vilnius": TOMORROW}
IN_VILNIUS = {**LT, "region": "vilnius", "decided_at": NOON}
MINUTE = timedelta(minutes=1)


def said(decision: Decision) -> str:
    return " ".join(filter(None, (decision.outcome, decision.region, decision.agent, decision.cause)))


# What is the case, of the visit, of the company; what is decided at noon (or nothing), reasons among others.
SITUATIONS: list[tuple[str, dict[str, Any], dict[str, Any], str, dict[str, str]]] = [
    (
        "arrives and is offered",
        LT,
        {},
        "offered vilnius jonas arrived",
        {"vilnius": "by_country", "jonas": "speaks", "ona": "after_turn"},
    ),
    (
        "arrives where all are busy",
        LT,
        {"seats": VILNIUS_FULL},
        "queued vilnius arrived",
        {"ona": "full", "jonas": "full"},
    ),
    (
        "arrives where nobody is, and waits",
        LT,
        {"seats": VILNIUS_AWAY},
        "queued vilnius arrived",
        {"ona": "away", "jonas": "away"},
    ),
    (
        "arrives where nobody is, which overflows",
        LT,
        {"seats": VILNIUS_AWAY, "regions": {"vilnius": {"when_empty": "overflow"}}},
        "offered lisbon ana arrived",
        {"vilnius": "empty", "lisbon": "overflow"},
    ),
    (
        "arrives where nobody is, which then is closed",
        LT,
        {"seats": VILNIUS_AWAY, "regions": {"vilnius": {"when_empty": "closed"}}},
        "closed vilnius arrived",
        {"vilnius": "empty"},
    ),
    ("arrives at night", {"choice": "tehran"}, {"shut": {"tehran": TOMORROW}}, "closed tehran arrived", {}),
    (
        "arrives when it is closed, and follows the sun",
        LT,
        {"shut": VILNIUS_SHUT},
        "offered lisbon ana arrived",
        {"vilnius": "closed", "lisbon": "overflow"},
    ),
    (
        "is given back by the only one",
        {**LT, "passed": ("ece",), "choice": "istanbul"},
        {},
        "queued istanbul released",
        {"ece": "passed"},
    ),
    (
        "is given back: another one is asked",
        {**LT, "passed": ("jonas",), "former": "jonas"},
        {},
        "offered vilnius ona released",
        {"jonas": "passed"},
    ),
    (
        "is handed to an agent",
        {**IN_VILNIUS, "to_agent": "ali", "passed": ("ona",)},
        {},
        "offered vilnius ali transferred",
        {"ali": "transferred"},
    ),
    (
        "is handed to an agent after hours",
        {**IN_VILNIUS, "to_agent": "jonas"},
        {"shut": VILNIUS_SHUT},
        "offered vilnius jonas transferred",
        {},
    ),
    (
        "is handed to an agent who is busy",
        {**IN_VILNIUS, "to_agent": "ali"},
        {"seats": {"ali": FULL}},
        "offered vilnius jonas transferred",
        {"ali": "full"},
    ),
    (
        "is handed to an agent who has gone",
        {**IN_VILNIUS, "to_agent": "ali"},
        {"seats": {"ali": AWAY}},
        "offered vilnius jonas transferred",
        {"ali": "away"},
    ),
    (
        "is handed to an agent whose account is gone",
        {**IN_VILNIUS, "to_agent": "zoe"},
        {},
        "offered vilnius jonas transferred",
        {"zoe": "agent_gone"},
    ),
    (
        "is handed to an agent who declines",
        {
            **IN_VILNIUS,
            "to_agent": "ali",
            "passed": ("ona", "ali"),
            "outcome": "offered",
            "cause": "declined",
        },
        {},
        "offered vilnius jonas declined",
        {"ali": "passed"},
    ),
    (
        "is handed to a region",
        {**IN_VILNIUS, "to_region": "lisbon", "passed": ("ona",)},
        {},
        "offered lisbon ana transferred",
        {"lisbon": "by_transfer"},
    ),
    (
        "is handed to a region that is closed",
        {**IN_VILNIUS, "to_region": "lisbon"},
        {"shut": {"lisbon": TOMORROW}},
        "offered newyork joe transferred",
        {"lisbon": "closed", "newyork": "overflow"},
    ),
    (
        "was declined",
        {**IN_VILNIUS, "outcome": "offered", "passed": ("jonas",), "cause": "declined"},
        {},
        "offered vilnius ona declined",
        {"jonas": "passed"},
    ),
    (
        "was missed",
        {**IN_VILNIUS, "outcome": "offered", "passed": ("jonas",)},
        {},
        "offered vilnius ona missed",
        {"jonas": "passed"},
    ),
    (
        "was missed by all",
        {**IN_VILNIUS, "outcome": "offered", "passed": ("jonas", "ona")},
        {},
        "queued vilnius missed",
        {"jonas": "passed", "ona": "passed"},
    ),
    (
        "was missed by one, the other is busy",
        {**IN_VILNIUS, "outcome": "offered", "passed": ("jonas",)},
        {"seats": {"ona": FULL}},
        "queued vilnius missed",
        {"jonas": "passed", "ona": "full"},
    ),
    (
        "is being asked about",
        {**IN_VILNIUS, "outcome": "offered", "offered": "ona", "offered_until": NOON + MINUTE},
        {},
        "",
        {},
    ),
    (
        "who is being asked goes away",
        {**IN_VILNIUS, "outcome": "offered", "offered": "ona", "offered_until": NOON + MINUTE},
        {"seats": {"ona": AWAY}},
        "offered vilnius jonas agents_changed",
        {"ona": "away"},
    ),
    (
        "who is being asked loses the connection, nobody else is free",
        {**IN_VILNIUS, "outcome": "offered", "offered": "ona", "offered_until": NOON + MINUTE},
        {"seats": {"ona": {"present": False}, "jonas": FULL}},
        "queued vilnius agents_changed",
        {"ona": "absent", "jonas": "full"},
    ),
    (
        "who is being asked takes another one, their last",
        {**IN_VILNIUS, "outcome": "offered", "offered": "ona", "offered_until": NOON + MINUTE},
        {"seats": {"ona": FULL}},
        "offered vilnius jonas agents_changed",
        {"ona": "full"},
    ),
    (
        "who is being asked when it closes may still say yes",
        {**IN_VILNIUS, "outcome": "offered", "offered": "ona", "offered_until": NOON + MINUTE},
        {"shut": VILNIUS_SHUT},
        "",
        {},
    ),
    ("waits, and nothing has changed", {**IN_VILNIUS, "outcome": "queued"}, {"seats": VILNIUS_FULL}, "", {}),
    (
        "waits, and somebody becomes free",
        {**IN_VILNIUS, "outcome": "queued"},
        {"seats": {"ona": FULL}},
        "offered vilnius jonas agents_changed",
        {"ona": "full"},
    ),
    (
        "waits, and it closes: to the overflow",
        {**IN_VILNIUS, "outcome": "queued"},
        {"shut": VILNIUS_SHUT},
        "offered lisbon ana region_closed",
        {"vilnius": "closed"},
    ),
    (
        "waits, and it closes: to the queue of the overflow",
        {**IN_VILNIUS, "outcome": "queued"},
        {"shut": VILNIUS_SHUT, "seats": {"rui": FULL, "ana": FULL}},
        "queued lisbon region_closed",
        {"vilnius": "closed"},
    ),
    (
        "waits, and it closes, and all others have",
        {"choice": "tehran", "region": "tehran", "outcome": "queued", "decided_at": NOON},
        {"shut": {"tehran": TOMORROW}},
        "closed tehran region_closed",
        {},
    ),
    (
        "waits elsewhere, and its own opens",
        {**LT, "region": "lisbon", "outcome": "queued", "decided_at": NOON},
        {"seats": VILNIUS_FULL},
        "queued vilnius region_opened",
        {},
    ),
    (
        "waits, and the last one leaves an overflowing region",
        {**IN_VILNIUS, "outcome": "queued"},
        {"seats": VILNIUS_AWAY, "regions": {"vilnius": {"when_empty": "overflow"}}},
        "offered lisbon ana agents_changed",
        {"vilnius": "empty"},
    ),
    (
        "waits, and its region is deleted",
        {**LT, "region": "riga", "outcome": "queued", "decided_at": NOON},
        {},
        "offered vilnius jonas regions_changed",
        {"riga": "gone"},
    ),
    (
        "waits, and another region takes over",
        {**LT, "choice": "riga", "region": "riga", "outcome": "queued", "decided_at": NOON},
        {"moved": {"riga": "tehran"}, "seats": {"ali": FULL}},
        "queued tehran regions_changed",
        {},
    ),
    (
        "was told that it opens, and it is open",
        {**IN_VILNIUS, "outcome": "closed", "opens_at": NOON},
        {"shut": {"vilnius": NOON}},
        "offered vilnius jonas region_opened",
        {},
    ),
    (
        "was told when it opens, which stands",
        {**IN_VILNIUS, "choice": "tehran", "region": "tehran", "outcome": "closed", "opens_at": TOMORROW},
        {"shut": {"tehran": TOMORROW}},
        "",
        {},
    ),
    (
        "was told when it opens, which is changed",
        {**IN_VILNIUS, "choice": "tehran", "region": "tehran", "outcome": "closed", "opens_at": TOMORROW},
        {"shut": {"tehran": LATER}},
        "closed tehran regions_changed",
        {},
    ),
    (
        "was told that nobody is there, and somebody comes",
        {**IN_VILNIUS, "outcome": "closed", "opens_at": TOMORROW},
        {"regions": {"vilnius": {"when_empty": "closed"}}, "seats": {"ona": AWAY}},
        "offered vilnius jonas agents_changed",
        {},
    ),
]


@pytest.mark.parametrize(
    ("case", "who", "company", "decided", "why"), SITUATIONS, ids=[row[0] for row in SITUATIONS]
)
def test_situation(
    case: str, who: dict[str, Any], company: dict[str, Any], decided: str, why: dict[str, str]
) -> None:
    waiting, at_desk = visit(**who), desk(**company)
    steps = assign([waiting], at_desk, NOON)
    assert [said(step.decision) for step in steps] == ([decided] if decided else [])
    if decided:
        assert why.items() <= reasons(steps[0].decision).items()
        assert assign([after(waiting, steps[0].decision)], at_desk, NOON) == []


def offers(visits: list[Visit]) -> dict[str, str | None]:
    return {one.conversation: one.offered for one in visits}


def test_who_came_first_is_asked_about_first() -> None:
    at_desk = desk(seats={"jonas": FULL, "ona": {"load": 3}})
    visits = settle([visit("b", 2, **LT), visit("a", 1, **LT)], at_desk)
    assert offers(visits) == {"b": None, "a": "ona"}
    assert [(one.outcome, one.region) for one in visits] == [("queued", "vilnius"), ("offered", "vilnius")]


def test_whoever_was_handed_over_comes_first() -> None:
    at_desk = desk(seats={"jonas": FULL, "ona": {"load": 3}})
    handed = visit("b", 2, **LT, to_agent="ona")
    assert offers(settle([visit("a", 1, **LT), handed], at_desk)) == {"a": None, "b": "ona"}


def test_offers_are_spread_as_conversations_are() -> None:
    """Equal after the first: then who has not been asked, and by name where both were at the same time."""
    visits = settle([visit(str(n), n, **LT) for n in range(4)], desk(seats={"ona": {"load": 1}}))
    assert [one.offered for one in visits] == ["jonas", "ona", "jonas", "jonas"]


def test_those_who_wait_for_the_opening_come_in_order_of_arrival() -> None:
    at_desk = desk(shut={"tehran": TOMORROW}, seats={"ali": {"capacity": 1}})
    night = settle([visit("b", 5, choice="tehran"), visit("a", 1, choice="tehran")], at_desk)
    assert {one.outcome for one in night} == {"closed"}
    assert {one.opens_at for one in night} == {TOMORROW}
    morning = settle(night, at_desk, TOMORROW)
    assert offers(morning) == {"a": "ali", "b": None}
    assert [queue(morning, at_desk, TOMORROW)[one].position for one in "ab"] == [1, 2]


def test_an_only_agent_who_declines_is_asked_again_after_a_while() -> None:
    company: Callable[[], Desk] = lambda: desk(regions={"tehran": limited(offer_seconds=30)})  # noqa: E731
    [first] = settle([visit(choice="tehran")], company())
    declined = replace(first, offered=None, offered_until=None, passed=("ali",), cause="declined")
    [waits] = settle([declined], company())
    assert (waits.outcome, waits.offered) == ("queued", None)
    assert next_look([waits], company(), NOON) == NOON + timedelta(seconds=30)
    assert assign([waits], company(), NOON + timedelta(seconds=29)) == []
    [step] = assign([waits], company(), NOON + timedelta(seconds=30))
    assert (step.decision.agent, step.decision.cause) == ("ali", "waited")
    assert reasons(step.decision)["ali"] == "again"


@pytest.mark.parametrize(
    ("waited", "pause"),
    [
        (timedelta(minutes=1), timedelta(seconds=30)),
        (timedelta(minutes=20), timedelta(minutes=5)),
        (timedelta(hours=8), timedelta(minutes=15)),
    ],
)
def test_who_does_not_take_it_for_long_is_asked_ever_more_rarely(waited: timedelta, pause: timedelta) -> None:
    company = desk(regions={"tehran": limited(offer_seconds=30)})
    waits = replace(
        visit(choice="tehran"),
        arrived_at=NOON - waited,
        region="tehran",
        outcome="queued",
        passed=("ali",),
        decided_at=NOON,
    )
    assert next_look([waits], company, NOON) == NOON + pause
    assert assign([waits], company, NOON + pause - timedelta(seconds=1)) == []
    [step] = assign([waits], company, NOON + pause)
    assert step.decision.agent == "ali"


def test_somebody_new_is_asked_at_once_though_others_have_passed() -> None:
    waits = visit(**IN_VILNIUS, outcome="queued", passed=("jonas",))
    [step] = assign([waits], desk(), NOON)
    assert step.decision.agent == "ona"


def test_after_so_long_the_overflow_is_asked_too() -> None:
    at_desk = desk(regions={"vilnius": limited(overflow_minutes=5)}, seats=VILNIUS_FULL)
    [waits] = settle([visit(**LT)], at_desk)
    assert waits.outcome == "queued"
    assert next_look([waits], at_desk, NOON) == NOON + 5 * MINUTE
    assert assign([waits], at_desk, NOON + 4 * MINUTE) == []
    [step] = assign([waits], at_desk, NOON + 5 * MINUTE)
    assert said(step.decision) == "offered vilnius ana waited"
    assert reasons(step.decision).items() >= {"vilnius": "by_country", "lisbon": "helps_out"}.items()


def test_its_own_agents_are_asked_before_those_who_help() -> None:
    at_desk = desk(regions={"vilnius": limited(overflow_minutes=5)}, seats={"ona": FULL})
    [step] = assign([visit(**LT)], at_desk, NOON + 9 * MINUTE)
    assert step.decision.agent == "jonas"


def test_those_who_help_must_be_open() -> None:
    at_desk = desk(
        regions={"vilnius": limited(overflow_minutes=5)},
        seats=VILNIUS_FULL,
        shut=dict.fromkeys(("lisbon", "newyork", "saopaulo"), TOMORROW),
    )
    [step] = assign([visit(**LT)], at_desk, NOON + 9 * MINUTE)
    assert step.decision.agent == "ece"


def test_nobody_joins_a_queue_that_is_full() -> None:
    at_desk = desk(
        regions={"vilnius": {**limited(queue_limit=2), "overflow": ("tehran",)}},
        seats={**VILNIUS_FULL, "ali": FULL},
    )
    visits = settle([visit(str(n), n, **LT) for n in range(3)], at_desk)
    assert [one.region for one in visits] == ["vilnius", "vilnius", "tehran"]


def test_a_full_queue_without_overflow_is_closed_until_there_is_room() -> None:
    tight = {"tehran": limited(queue_limit=1)}
    at_desk = desk(regions=tight, seats={"ali": FULL})
    visits = settle([visit(str(n), n, choice="tehran") for n in range(2)], at_desk)
    assert [(one.outcome, one.opens_at) for one in visits] == [("queued", None), ("closed", TOMORROW)]
    freed = settle(visits, desk(regions=tight, seats={"ali": {"load": 3}}))
    assert [(one.outcome, one.offered) for one in freed] == [("offered", "ali"), ("queued", None)]


def test_a_limit_of_no_queue_lets_in_whom_somebody_can_answer() -> None:
    at_desk = desk(regions={"tehran": limited(queue_limit=0)}, seats={"ali": {"load": 3}})
    visits = settle([visit(str(n), n, choice="tehran") for n in range(2)], at_desk)
    assert [(one.outcome, one.offered) for one in visits] == [("offered", "ali"), ("closed", None)]


def test_who_is_in_a_queue_keeps_the_place_when_the_limit_shrinks() -> None:
    waiting = [
        visit(str(n), n, choice="tehran", region="tehran", outcome="queued", decided_at=NOON)
        for n in range(3)
    ]
    assert assign(waiting, desk(regions={"tehran": limited(queue_limit=1)}, seats={"ali": FULL}), NOON) == []


def test_places_left_in_a_round_are_filled_in_the_same() -> None:
    """The queue is full with somebody who can be helped elsewhere by now: then it has room."""
    at_desk = desk(
        regions={"vilnius": {**limited(queue_limit=1, overflow_minutes=5), "overflow": ("tehran",)}},
        seats={**VILNIUS_FULL, "ali": {"load": 3}},
    )
    refused = visit("a", 1, **LT, region="vilnius", outcome="closed", opens_at=TOMORROW)
    joined = visit("b", -9, **IN_VILNIUS, outcome="queued")
    visits = settle([refused, joined], at_desk)
    assert [(one.outcome, one.offered) for one in visits] == [("queued", None), ("offered", "ali")]
    assert assign(visits, at_desk, NOON) == []


def test_the_queue_has_positions_by_region_and_an_estimate() -> None:
    company = desk(pace={"vilnius": 3 * MINUTE}, seats={**VILNIUS_FULL, "ali": FULL})
    visits = settle([visit("b", 2, **LT), visit("a", 1, **LT), visit("c", 3, choice="tehran")], company)
    found = queue(visits, company, NOON)
    assert {id_: (one.region, one.position, one.estimate) for id_, one in found.items()} == {
        "a": ("vilnius", 1, 3 * MINUTE),
        "b": ("vilnius", 2, 6 * MINUTE),
        "c": ("tehran", 1, None),
    }


def test_who_is_being_asked_about_keeps_the_place_in_the_queue() -> None:
    company = desk(seats={"ona": FULL, "jonas": {"load": 3}})
    visits = settle([visit("a", 1, **LT), visit("b", 2, **LT)], company)
    assert {id_: one.position for id_, one in queue(visits, company, NOON).items()} == {"a": 1, "b": 2}


def test_nothing_is_promised_that_comes_after_closing_or_with_nobody_there() -> None:
    pace = {"vilnius": timedelta(hours=7)}
    late = desk(pace=pace, seats=VILNIUS_FULL)
    assert queue(settle([visit(**LT)], late), late, NOON)["v"].estimate is None
    empty = desk(pace={"vilnius": MINUTE}, seats=VILNIUS_AWAY)
    assert queue(settle([visit(**LT)], empty), empty, NOON)["v"].estimate is None


def test_closed_ones_are_in_no_queue() -> None:
    company = desk(shut={"tehran": TOMORROW})
    assert queue(settle([visit(choice="tehran")], company), company, NOON) == {}


def test_pace_needs_enough_conversations_and_somebody_there() -> None:
    lasted = [timedelta(minutes=minutes) for minutes in (4, 8, 6, 10, 12)]
    assert pace_of(lasted, 4) == timedelta(minutes=2)
    assert pace_of(lasted[:4], 4) is None
    assert pace_of(lasted, 0) is None


def test_the_next_look_is_at_the_first_change() -> None:
    assert next_look([], desk(), NOON) == EVENING
    assert next_look([], desk(shut={"tehran": NOON + MINUTE}), NOON) == NOON + MINUTE
    [offered] = settle([visit(**LT)], desk())
    assert next_look([offered], desk(), NOON) == NOON + timedelta(seconds=45)
    assert next_look([offered], desk(), NOON + 5 * MINUTE) == NOON + timedelta(seconds=45)


def test_nothing_ever_changes_where_all_is_shut_for_good() -> None:
    shut = dict.fromkeys(("vilnius", "istanbul", "tehran", "lisbon", "saopaulo", "newyork"))
    company = desk(shut=shut)
    [waits] = settle([visit(**LT)], company)
    assert (waits.outcome, waits.opens_at) == ("closed", None)
    assert next_look([waits], company, NOON) is None


ONA, JONAS = Person("agent", "ona", "Ona"), Person("agent", "jonas", "Jonas")


def apply(now: Conversation, *commands: Any) -> Conversation:
    for command in commands:
        for what in decide(now, command):
            now = evolve(now, Event(now.last_seq + 1, command.at, what))
    return now


def routed(now: Conversation, company: Desk, cause: Any = None) -> Conversation:
    for step in assign([visit_of(now, cause)], company, NOON):
        agent = step.decision.agent
        person = None if agent is None else Person("agent", agent, company.seats[agent].name)
        now = apply(now, Route(step.decision, person, NOON))
    return now


def test_a_conversation_from_its_arrival_to_another_region() -> None:
    rasa = VisitorCard("rasa", 3, "lt", country="LT")
    now = routed(open_conversation("c", rasa, NOON), desk())
    assert now.offer is not None
    assert now.offer.agent == JONAS
    now = routed(apply(now, Pass(JONAS, "declined", NOON)), desk(), "declined")
    assert now.offer is not None
    assert (now.offer.agent, now.decision and now.decision.cause) == (ONA, "declined")
    now = apply(now, Take(ONA, NOON))
    now = routed(apply(now, Transfer(ONA, None, "lisbon", "Speaks Portuguese", NOON)), desk())
    assert now.decision is not None
    assert said(now.decision) == "offered lisbon ana transferred"
    assert routed(now, desk()) == now


def test_who_gives_it_back_is_asked_last() -> None:
    rasa = VisitorCard("rasa", 3, "lt", country="LT")
    now = apply(open_conversation("c", rasa, NOON), Take(ONA, NOON), Release(ONA, NOON))
    now = routed(now, desk())
    assert now.decision is not None
    assert said(now.decision) == "offered vilnius jonas released"
