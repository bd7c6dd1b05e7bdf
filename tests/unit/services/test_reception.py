"""What visitors know before anybody answers: who is there, when, and how they wait."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from appliance.domain.people import Visitor
from appliance.domain.regions import Region
from appliance.domain.schedule import Schedule
from appliance.services.visitor_texts import ReaderTexts
from appliance.web import routing_views
from tests.conftest import Clock
from tests.unit.services.routing_house import Hours, RoutingHouse


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[RoutingHouse]:
    """Vilnius is open for an hour with Emma, Tokyo is not until then and has João."""
    house = RoutingHouse(clock)
    house.source.have(
        Region(
            "vilnius",
            {"en": "Vilnius", "lt": "Vilniaus komanda"},
            Schedule("Europe/Vilnius"),
            ("LT",),
            agents=("emma",),
            offline={"en": "Back tomorrow.", "lt": "Grįšime rytoj."},
        ),
        Region("tokyo", {"en": "Tokyo"}, Schedule("Asia/Tokyo"), ("JP",), agents=("joao",)),
    )
    hour = timedelta(hours=1)
    house.source.hours = {
        "vilnius": Hours(clock(), clock() + hour),
        "tokyo": Hours(clock() + hour, clock() + 9 * hour),
    }
    house.comes(house.agent("emma"))
    house.comes(house.agent("joao"))
    await house.router.open()
    writer = asyncio.create_task(house.journal.run())
    yield house
    house.journal.stop()
    await writer


@pytest.fixture
def ona(clock: Clock) -> Visitor:
    return Visitor("ona", 1, "ona", "lt", None, None, None, None, clock(), clock(), country="LT")


def shown(house: RoutingHouse, visitor: Visitor) -> dict[str, object]:
    reception = house.receptions.reception(visitor)
    texts = ReaderTexts(visitor.language)
    return routing_views.presence(reception, visitor, house.receptions.regions(), texts)


async def test_a_visitor_sees_their_own_region_in_their_language(house: RoutingHouse, ona: Visitor) -> None:
    assert shown(house, ona) == {
        "available": True,
        "agents": [{"name": "Emma", "avatar": "#3157d5"}],
        "hours": {
            "open": True,
            "opens_at": None,
            "closes_at": "2026-03-02T10:00:00.000Z",
            "region": {"id": "vilnius", "name": "Vilniaus komanda"},
            "zone": "Europe/Vilnius",
        },
        "offline_text": None,
        "regions": [
            {"id": "vilnius", "name": "Vilniaus komanda", "open": True},
            {"id": "tokyo", "name": "Tokyo", "open": False},
        ],
        "region": None,
        "email": False,
    }


async def test_after_closing_there_is_a_text_in_a_language_they_read(
    house: RoutingHouse, ona: Visitor, clock: Clock
) -> None:
    clock.advance(hours=1)
    await house.look()
    own = {"text": "Grįšime rytoj.", "language": "lt", "direction": "ltr"}
    assert shown(house, ona)["offline_text"] == own
    english = {"text": "Back tomorrow.", "language": "en", "direction": "ltr"}
    assert shown(house, replace(ona, language="fa"))["offline_text"] == english
    assert (shown(house, ona)["available"], shown(house, ona)["agents"]) == (False, [])


async def test_a_chosen_region_that_is_closed_says_when_it_opens(house: RoutingHouse, ona: Visitor) -> None:
    hours = shown(house, replace(ona, region="tokyo"))["hours"]
    assert hours == {
        "open": False,
        "opens_at": "2026-03-02T10:00:00.000Z",
        "closes_at": None,
        "region": {"id": "tokyo", "name": "Tokyo"},
        "zone": "Asia/Tokyo",
    }


async def test_who_is_away_is_not_shown(house: RoutingHouse, ona: Visitor) -> None:
    assert shown(house, ona)["available"] is True
    house.presence.choose("emma", "away")
    await house.look()
    assert shown(house, ona)["available"] is False


async def test_nothing_is_said_of_waiting_until_it_is_decided_and_after_it_is_over(
    house: RoutingHouse, ona: Visitor
) -> None:
    assert house.receptions.waiting("ona") is None
    await house.writes("ona", "lt", country="LT")
    assert house.receptions.waiting("ona") is None
    await house.look()
    waiting = house.receptions.waiting("ona")
    assert waiting is not None
    assert (waiting.region.id, waiting.open, waiting.position) == ("vilnius", True, 1)
    await house.takes(house.router.agents[0], "ona")
    assert house.receptions.waiting("ona") is None
