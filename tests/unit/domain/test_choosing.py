"""Which agent of a region is asked, and why not the others."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from appliance.domain.choosing import Choice, choose
from appliance.domain.routing import Seat
from appliance.routing_wordings import TABLE
from tests.unit.domain.routing_world import NOON, reaches, region, visit

HELP = region("help", "", "", "ann ben cem")
ANN, BEN, CEM = Seat("ann", "Ann", ("en",)), Seat("ben", "Ben", ("lt", "en")), Seat("cem", "Cem", ("tr",))
Changed = dict[str, dict[str, Any]]


def ask(who: dict[str, Any], seats: Changed, *, again: bool = True) -> Choice:
    there = [replace(seat, **seats.get(seat.agent, {})) for seat in (ANN, BEN, CEM)]
    return choose(visit(**{"language": "lt", **who}), HELP, there, reaches, again=again)


# What is the case, of the visit, of the agents; who is asked; a reason for all, in their order.
SITUATIONS: list[tuple[str, dict[str, Any], Changed, str | None, dict[str, str]]] = [
    (
        "who speaks the language",
        {},
        {},
        "ben",
        {"ben": "speaks", "ann": "after_speaker", "cem": "after_speaker"},
    ),
    (
        "who speaks it comes first, however busy",
        {},
        {"ben": {"load": 3}},
        "ben",
        {"ben": "speaks", "ann": "after_speaker", "cem": "after_speaker"},
    ),
    (
        "another one of the language's regions is the language",
        {"language": "en-GB"},
        {},
        "ann",
        {"ann": "speaks", "ben": "after_turn", "cem": "after_speaker"},
    ),
    (
        "who had the last conversation comes before who speaks the language",
        {"former": "cem"},
        {"cem": {"load": 3}},
        "cem",
        {"cem": "former", "ben": "after_former", "ann": "after_former"},
    ),
    (
        "if they are free",
        {"former": "cem"},
        {"cem": {"load": 4}},
        "ben",
        {"ben": "speaks", "ann": "after_speaker", "cem": "full"},
    ),
    (
        "and there",
        {"former": "cem"},
        {"cem": {"present": False}},
        "ben",
        {"ben": "speaks", "ann": "after_speaker", "cem": "absent"},
    ),
    (
        "by translation where nobody speaks it",
        {"language": "fa"},
        {},
        "ann",
        {"ann": "translated", "ben": "after_turn", "cem": "after_turn"},
    ),
    (
        "by translation where who speaks it is full",
        {},
        {"ben": {"load": 4}},
        "ann",
        {"ann": "translated", "cem": "after_turn", "ben": "full"},
    ),
    (
        "the original where nothing else is possible",
        {"language": "eu"},
        {},
        "ann",
        {"ann": "untranslated", "ben": "after_turn", "cem": "after_turn"},
    ),
    (
        "who is reached comes before who is not",
        {"language": "fa"},
        {"ann": {"languages": ("eu",)}, "ben": {"languages": ("ka", "en")}},
        "cem",
        {"cem": "translated", "ann": "after_translated", "ben": "after_translated"},
    ),
    (
        "the least loaded for what they take",
        {"language": "en"},
        {"ann": {"load": 2}, "ben": {"load": 3, "capacity": 8}},
        "ben",
        {"ben": "speaks", "ann": "after_load", "cem": "after_speaker"},
    ),
    (
        "what they are being asked about counts",
        {"language": "en"},
        {"ann": {"asked": 1}},
        "ben",
        {"ben": "speaks", "ann": "after_load", "cem": "after_speaker"},
    ),
    (
        "who was not asked for the longest time",
        {"language": "en"},
        {"ann": {"offered_at": NOON}, "ben": {"offered_at": NOON - timedelta(minutes=1)}},
        "ben",
        {"ben": "speaks", "ann": "after_turn", "cem": "after_speaker"},
    ),
    (
        "who was never asked before who was",
        {"language": "en"},
        {"ann": {"offered_at": NOON}},
        "ben",
        {"ben": "speaks", "ann": "after_turn", "cem": "after_speaker"},
    ),
    (
        "nobody over their limit",
        {},
        {"ann": {"load": 4}, "ben": {"load": 3, "asked": 1}, "cem": {"load": 7}},
        None,
        {"ann": "full", "ben": "full_with_offers", "cem": "full"},
    ),
    ("a limit of none", {}, {"ann": {"capacity": 0}, "cem": {"capacity": 0}}, "ben", {"ben": "speaks"}),
    (
        "nobody who does not take part",
        {},
        {"ann": {"availability": "away"}, "ben": {"availability": "break"}, "cem": {"present": False}},
        None,
        {"ann": "away", "ben": "break", "cem": "absent"},
    ),
    (
        "who is invisible seems not to be there",
        {},
        {"ben": {"availability": "invisible"}},
        "ann",
        {"ann": "translated", "cem": "after_turn", "ben": "absent"},
    ),
    (
        "who has passed comes last",
        {"passed": ("ben",)},
        {},
        "ann",
        {"ann": "translated", "cem": "after_turn", "ben": "passed"},
    ),
    (
        "the former one too",
        {"passed": ("cem",), "former": "cem"},
        {},
        "ben",
        {"ben": "speaks", "ann": "after_speaker", "cem": "passed"},
    ),
    (
        "all have passed: the one who did so first, again",
        {"passed": ("cem", "ben", "ann")},
        {},
        "cem",
        {"cem": "again", "ben": "passed", "ann": "passed"},
    ),
    (
        "the others are full: who has passed, again",
        {"passed": ("cem",)},
        {"ann": {"load": 4}, "ben": {"load": 4}},
        "cem",
        {"cem": "again", "ann": "full", "ben": "full"},
    ),
]


@pytest.mark.parametrize(
    ("case", "who", "seats", "chosen", "why"), SITUATIONS, ids=[row[0] for row in SITUATIONS]
)
def test_is_asked(
    case: str, who: dict[str, Any], seats: Changed, chosen: str | None, why: dict[str, str]
) -> None:
    choice = ask(who, seats)
    assert (choice.agent.agent if choice.agent else None) == chosen
    found = {candidate.id: candidate.reason for candidate in choice.candidates}
    assert {agent: found[agent] for agent in why} == why
    assert [agent for agent in found if agent in why] == list(why)
    assert [one.id for one in choice.candidates if one.chosen] == ([chosen] if chosen else [])
    assert set(found.values()) <= TABLE.keys()


def test_who_has_passed_is_let_alone_until_asked_again() -> None:
    who = {"passed": ("ann", "ben", "cem")}
    assert ask(who, {}, again=False).agent is None
    assert {one.reason for one in ask(who, {}, again=False).candidates} == {"passed"}
    assert ask(who, {}).agent is not None


def test_agents_of_other_regions_are_not_asked() -> None:
    eve = Seat("eve", "Eve", ("lt",))
    choice = choose(visit(language="lt", former="eve"), HELP, [eve, ANN], reaches)
    assert choice.agent == ANN
    assert [(one.id, one.reason) for one in choice.candidates] == [
        ("ann", "translated"),
        ("eve", "former_elsewhere"),
    ]


def test_everybody_answers_for_a_region_without_a_list() -> None:
    everywhere = replace(HELP, agents=None)
    assert choose(visit(language="tr"), everywhere, [ANN, CEM], reaches).agent == CEM


def test_translation_must_reach_both_ways() -> None:
    def only_there(source: str, target: str) -> bool:
        return (source, target) == ("fa", "en")

    choice = choose(visit(language="fa"), HELP, [ANN], only_there)
    assert [one.reason for one in choice.candidates] == ["untranslated"]


def test_translation_goes_into_the_language_of_the_console() -> None:
    """Ben speaks English too, but his messages come in Lithuanian."""

    def english_only(source: str, target: str) -> bool:
        return "lt" not in (source, target)

    choice = choose(visit(language="fa"), HELP, [ANN, BEN], english_only)
    assert [(one.id, one.reason) for one in choice.candidates] == [
        ("ann", "translated"),
        ("ben", "after_translated"),
    ]


def test_a_language_that_is_no_tag_is_spoken_by_nobody() -> None:
    assert [one.reason for one in choose(visit(language="?"), HELP, [ANN], reaches).candidates] == [
        "translated"
    ]


def test_the_order_of_the_seats_does_not_matter() -> None:
    one = choose(visit(language="fa"), HELP, [ANN, BEN, CEM], reaches)
    assert choose(visit(language="fa"), HELP, [CEM, BEN, ANN], reaches) == one
