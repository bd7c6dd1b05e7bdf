"""Which region a visit goes to: situations, each with the region, how it was found, and the reasons."""

from datetime import datetime
from typing import Any

import pytest

from appliance.domain.placing import place
from appliance.domain.regions import Waiting
from appliance.routing_wordings import TABLE
from tests.unit.domain.routing_world import LATER, NOON, TOMORROW, desk, visit

LT, BR = {"country": "LT", "language": "lt"}, {"country": "BR", "language": "pt-BR"}
AWAY = {"availability": "away"}
NOBODY_IN_VILNIUS = {"ona": AWAY, "jonas": AWAY}
Reasons = dict[str, str]

# What is the case, of the visit, of the company; then: region, by what, and a reason for all looked at.
OPEN: list[tuple[str, dict[str, Any], dict[str, Any], str, str, Reasons]] = [
    ("by country", LT, {}, "vilnius", "country", {"vilnius": "by_country"}),
    (
        "a choice beats the country",
        {**LT, "choice": "tehran"},
        {},
        "tehran",
        "choice",
        {"tehran": "by_choice"},
    ),
    (
        "a choice beats the site",
        {"choice": "tehran", "site": "istanbul"},
        {},
        "tehran",
        "choice",
        {"tehran": "by_choice"},
    ),
    (
        "the site beats the country",
        {**LT, "site": "istanbul"},
        {},
        "istanbul",
        "site",
        {"istanbul": "by_site"},
    ),
    (
        "a transfer beats a choice",
        {"to_region": "lisbon", "choice": "tehran"},
        {},
        "lisbon",
        "transfer",
        {"lisbon": "by_transfer"},
    ),
    (
        "the country beats the language",
        {"country": "TR", "language": "fa"},
        {},
        "istanbul",
        "country",
        {"istanbul": "by_country"},
    ),
    (
        "by language where no region is for the country",
        {"country": "DE", "language": "tr"},
        {},
        "istanbul",
        "language",
        {"istanbul": "by_language"},
    ),
    (
        "by the very language",
        {"language": "pt-BR"},
        {},
        "saopaulo",
        "language",
        {"saopaulo": "by_language"},
    ),
    (
        "by its base: Angola's Portuguese is Portuguese",
        {"language": "pt-AO"},
        {},
        "lisbon",
        "language",
        {"lisbon": "by_language", "saopaulo": "listed_later"},
    ),
    (
        "not by its base in another script",
        {"language": "zh-Hant"},
        {"regions": {"tehran": {"languages": ("zh-Hans",)}}},
        "newyork",
        "default",
        {"newyork": "by_default"},
    ),
    (
        "by its base in the same script",
        {"language": "zh-Hant-TW"},
        {"regions": {"tehran": {"languages": ("zh-Hant",)}}},
        "tehran",
        "language",
        {"tehran": "by_language"},
    ),
    ("the default", {"language": "ja"}, {}, "newyork", "default", {"newyork": "by_default"}),
    (
        "a default that is gone: the first region",
        {"language": "ja"},
        {"default": "atlantis"},
        "vilnius",
        "default",
        {"vilnius": "by_default"},
    ),
    (
        "of two for a country the one in the language",
        {**BR, "language": "es"},
        {"regions": {"saopaulo": {"languages": ("es",)}}},
        "saopaulo",
        "country",
        {"saopaulo": "by_country", "lisbon": "other_languages"},
    ),
    (
        "both in the language: the first",
        BR,
        {},
        "lisbon",
        "country",
        {"lisbon": "by_country", "saopaulo": "listed_later"},
    ),
    (
        "both in the language: the open one",
        BR,
        {"shut": {"lisbon": TOMORROW}},
        "saopaulo",
        "country",
        {"lisbon": "closed", "saopaulo": "by_country"},
    ),
    (
        "the language comes before being open, overflow after it",
        BR,
        {"regions": {"lisbon": {"languages": ("fr",)}}, "shut": {"saopaulo": TOMORROW}},
        "lisbon",
        "country",
        {"saopaulo": "closed", "lisbon": "overflow"},
    ),
    (
        "a choice that is gone is passed over",
        {**LT, "choice": "atlantis"},
        {},
        "vilnius",
        "country",
        {"atlantis": "gone", "vilnius": "by_country"},
    ),
    (
        "a site's region that is gone",
        {**LT, "site": "atlantis"},
        {},
        "vilnius",
        "country",
        {"atlantis": "gone", "vilnius": "by_country"},
    ),
    (
        "a transfer to a region that is gone",
        {**LT, "to_region": "atlantis"},
        {},
        "vilnius",
        "country",
        {"atlantis": "gone", "vilnius": "by_country"},
    ),
    (
        "its region was deleted while it waited",
        {**LT, "region": "atlantis"},
        {},
        "vilnius",
        "country",
        {"atlantis": "gone", "vilnius": "by_country"},
    ),
    (
        "a region whose work another took over",
        {"choice": "atlantis"},
        {"moved": {"atlantis": "tehran"}},
        "tehran",
        "choice",
        {"tehran": "by_choice"},
    ),
    (
        "closed: the first it overflows to",
        LT,
        {"shut": {"vilnius": TOMORROW}},
        "lisbon",
        "country",
        {"vilnius": "closed", "lisbon": "overflow"},
    ),
    (
        "closed, the first too: the second",
        LT,
        {"shut": {"vilnius": TOMORROW, "lisbon": TOMORROW}},
        "istanbul",
        "country",
        {"vilnius": "closed", "lisbon": "closed", "istanbul": "overflow"},
    ),
    (
        "the second before the first one's own overflow",
        LT,
        {"shut": {"vilnius": None, "lisbon": None}},
        "istanbul",
        "country",
        {"vilnius": "closed_long", "lisbon": "closed_long", "istanbul": "overflow"},
    ),
    (
        "then the overflow of the overflow",
        LT,
        {"shut": {"vilnius": TOMORROW, "lisbon": TOMORROW, "istanbul": TOMORROW}},
        "newyork",
        "country",
        {"vilnius": "closed", "lisbon": "closed", "istanbul": "closed", "newyork": "overflow"},
    ),
    (
        "a holiday has a name",
        LT,
        {"shut": {"vilnius": TOMORROW}, "names": {"vilnius": "Restoration Day"}},
        "lisbon",
        "country",
        {"vilnius": "closed_for", "lisbon": "overflow"},
    ),
    (
        "overflow to a region that is gone is passed over",
        LT,
        {"shut": {"vilnius": TOMORROW}, "regions": {"vilnius": {"overflow": ("atlantis", "tehran")}}},
        "tehran",
        "country",
        {"vilnius": "closed", "atlantis": "gone", "tehran": "overflow"},
    ),
    (
        "nobody there, and they wait",
        LT,
        {"seats": NOBODY_IN_VILNIUS},
        "vilnius",
        "country",
        {"vilnius": "by_country"},
    ),
    (
        "nobody there, and it overflows",
        LT,
        {"seats": NOBODY_IN_VILNIUS, "regions": {"vilnius": {"when_empty": "overflow"}}},
        "lisbon",
        "country",
        {"vilnius": "empty", "lisbon": "overflow"},
    ),
    (
        "one is away, the other is there",
        LT,
        {"seats": {"ona": AWAY}, "regions": {"vilnius": {"when_empty": "overflow"}}},
        "vilnius",
        "country",
        {"vilnius": "by_country"},
    ),
    (
        "who is busy is there",
        LT,
        {
            "seats": {"ona": {"load": 4}, "jonas": {"load": 4}},
            "regions": {"vilnius": {"when_empty": "overflow"}},
        },
        "vilnius",
        "country",
        {"vilnius": "by_country"},
    ),
    (
        "a helper with nobody there is passed over if it says so",
        LT,
        {
            "shut": {"vilnius": TOMORROW},
            "seats": {"rui": AWAY, "ana": {"present": False}},
            "regions": {"lisbon": {"when_empty": "overflow"}},
        },
        "istanbul",
        "country",
        {"vilnius": "closed", "lisbon": "empty", "istanbul": "overflow"},
    ),
    (
        "a helper that is closed when empty hands nothing on",
        {"country": "TR", "language": "tr"},
        {
            "shut": {"istanbul": TOMORROW},
            "seats": NOBODY_IN_VILNIUS,
            "regions": {
                "istanbul": {"overflow": ("vilnius", "tehran")},
                "vilnius": {"when_empty": "closed"},
            },
        },
        "tehran",
        "country",
        {"istanbul": "closed", "vilnius": "empty", "tehran": "overflow"},
    ),
]

ALL = {"vilnius", "istanbul", "tehran", "lisbon", "saopaulo", "newyork"}
CLOSED: list[tuple[str, dict[str, Any], dict[str, Any], str, datetime | None, Reasons]] = [
    (
        "no overflow: its own opening",
        {"choice": "tehran"},
        {"shut": {"tehran": TOMORROW}},
        "tehran",
        TOMORROW,
        {"tehran": "closed"},
    ),
    (
        "never opens",
        {"choice": "tehran"},
        {"shut": {"tehran": None}},
        "tehran",
        None,
        {"tehran": "closed_long"},
    ),
    (
        "the soonest among those looked at, not those that aren't",
        {"country": "LT"},
        {"shut": {**dict.fromkeys(ALL, LATER), "newyork": TOMORROW, "tehran": NOON}},
        "vilnius",
        TOMORROW,
        dict.fromkeys(ALL - {"tehran"}, "closed"),
    ),
    (
        "loops end",
        {"choice": "newyork"},
        {"shut": dict.fromkeys(ALL, TOMORROW)},
        "newyork",
        TOMORROW,
        dict.fromkeys(("newyork", "saopaulo", "lisbon"), "closed"),
    ),
    (
        "nobody there counts as closed, until it opens the next time",
        {"country": "LT"},
        {"seats": NOBODY_IN_VILNIUS, "regions": {"vilnius": {"when_empty": "closed"}}},
        "vilnius",
        TOMORROW,
        {"vilnius": "empty"},
    ),
    (
        "nobody there, and those it overflows to are closed",
        {"country": "TR"},
        {
            "seats": {"ece": AWAY},
            "regions": {"istanbul": {"when_empty": "overflow"}, "vilnius": {"overflow": ()}},
            "shut": {"vilnius": LATER},
        },
        "istanbul",
        TOMORROW,
        {"istanbul": "empty", "vilnius": "closed"},
    ),
]


@pytest.mark.parametrize(
    ("case", "who", "company", "region", "via", "why"), OPEN, ids=[row[0] for row in OPEN]
)
def test_goes_to(
    case: str, who: dict[str, Any], company: dict[str, Any], region: str, via: str, why: Reasons
) -> None:
    found = _place(who, company)
    assert (found.region.id, found.open, found.via) == (region, True, via)
    assert {one.id: one.reason for one in found.candidates} == why
    assert [one.id for one in found.candidates if one.chosen] == [region]
    assert set(why.values()) <= TABLE.keys()


@pytest.mark.parametrize(
    ("case", "who", "company", "region", "opens_at", "why"), CLOSED, ids=[row[0] for row in CLOSED]
)
def test_is_closed(
    case: str,
    who: dict[str, Any],
    company: dict[str, Any],
    region: str,
    opens_at: datetime | None,
    why: Reasons,
) -> None:
    found = _place(who, company)
    assert (found.region.id, found.open, found.opens_at) == (region, False, opens_at)
    assert {one.id: one.reason for one in found.candidates} == why
    assert not any(one.chosen for one in found.candidates)


def test_a_full_queue_is_as_if_closed() -> None:
    company = desk(regions={"vilnius": {"waiting": Waiting(queue_limit=2)}})
    found = place(
        visit(country="LT"), company.regions, company.openings, NOON, somebody=_yes, full=lambda one: True
    )
    assert found.region.id == "lisbon"
    assert found.candidates[0].reason == "full_queue"
    assert found.candidates[0].params == {"limit": 2}


def test_what_closed_regions_say_has_the_opening_and_the_holiday() -> None:
    found = _place({"country": "IR"}, {"shut": {"tehran": TOMORROW}, "names": {"tehran": "Nowruz"}})
    assert found.candidates[0].params == {"opens_at": "2026-03-03T08:00:00+00:00", "name": "Nowruz"}


def _place(who: dict[str, Any], company: dict[str, Any]) -> Any:
    at_desk = desk(**company)

    def somebody(region: Any) -> bool:
        return any(seat.takes_part and region.has(seat.agent) for seat in at_desk.seats.values())

    return place(visit(**who), at_desk.regions, at_desk.openings, NOON, somebody=somebody)


def _yes(region: Any) -> bool:
    return True
