"""Visitors who don't exist: where they would go, who would be asked, and a region's year."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest

from appliance.domain.regions import Region
from appliance.domain.routing import Seat
from appliance.domain.schedule import Schedule
from appliance.domain.schedule_json import parse_schedule
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.simulator import Simulation, Simulator, Situation, Year
from tests.support.region_cast import cast, region
from tests.unit.services.memory_regions import settings_of

pytestmark = pytest.mark.anyio

EMMA = Seat("emma", "Emma", ("en",), load=4)
ONA = Seat("ona", "Ona", ("lt",), present=False)
ANA = Seat("ana", "Ana", ("pt",), availability="away")
SEATS = {seat.agent: seat for seat in (EMMA, ONA, ANA)}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WEDNESDAY_NOON = utc("2026-11-25T12:30")
WEDNESDAY_EVENING = utc("2026-11-25T17:00")


async def simulated(
    *regions: Region, seats: Mapping[str, Seat] = SEATS, at: datetime = WEDNESDAY_NOON, **more: Any
) -> Simulation:
    simulator = Simulator(
        await settings_of(*(regions or cast())), lambda: seats, lambda source, target: False
    )
    return await simulator.decide(Situation(at, more.pop("language", "lt"), **more))


async def year_of(one: Region, at: str = "2026-11-25T12:00") -> Year:
    simulator = Simulator(await settings_of(one), lambda: {}, lambda source, target: False)
    return await simulator.year(one, utc(at), "en")


def reasons(found: Simulation, kind: str) -> dict[str, str]:
    return {one.id: one.reason for one in found.decision.candidates if one.kind == kind}


async def test_with_all_on_duty_who_speaks_the_language_is_asked() -> None:
    found = await simulated(country="LT", who="duty")
    assert (found.region.id, found.decision.outcome, found.decision.agent) == ("vilnius", "offered", "ona")
    assert found.status.closes_at == utc("2026-11-25T15:30")
    assert reasons(found, "region") == {"vilnius": "by_country"}


async def test_as_it_is_now_those_who_are_away_or_full_are_passed_over_with_the_reason() -> None:
    found = await simulated(country="LT", who="now")
    assert (found.decision.outcome, found.position) == ("queued", 1)
    assert reasons(found, "agent") == {"emma": "full", "ona": "absent", "ana": "away"}
    assert found.present == (EMMA,)


async def test_only_those_chosen_are_there() -> None:
    found = await simulated(country="LT", who="chosen", agents={"ana"})
    assert found.decision.agent == "ana"
    assert [seat.agent for seat in found.present] == ["ana"]
    assert reasons(found, "agent")["ona"] == "absent"


async def test_in_the_evening_the_region_that_helps_out_has_it() -> None:
    found = await simulated(country="LT", who="duty", at=WEDNESDAY_EVENING)
    assert (found.own.id, found.region.id) == ("vilnius", "lisbon")
    assert reasons(found, "region") == {"vilnius": "closed", "lisbon": "overflow"}


async def test_when_nobody_is_open_it_says_when_somebody_will_be() -> None:
    # Friday night: Vilnius and Lisbon open on Monday, Vilnius first.
    found = await simulated(country="LT", who="duty", at=utc("2026-11-27T22:00"))
    assert (found.decision.outcome, found.decision.opens_at) == ("closed", utc("2026-11-30T07:00"))
    assert found.position is None


async def test_the_choice_comes_before_the_page_and_the_page_before_the_country() -> None:
    by = {"choice": "tokyo", "site": "tehran", "country": "LT"}
    found = []
    for key in by:
        found.append((await simulated(who="duty", **by)).own.id)
        by = {**by, key: None}
    assert found == ["tokyo", "tehran", "vilnius"]


async def test_a_simulation_leaves_the_seats_as_they_are() -> None:
    before = dict(SEATS)
    await simulated(country="LT", who="duty")
    assert before == SEATS


def always(region_id: str, time_zone: str = "UTC") -> Region:
    return region(region_id, region_id.title(), time_zone, [["00:00", "24:00"]], days=DAYS)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


async def test_a_year_has_each_day_with_its_hours_its_holiday_and_its_change_of_clocks() -> None:
    vilnius = cast()[0]
    year = await year_of(vilnius)
    days = {day.date: day for day in year.days}
    assert len(year.days) == 366
    assert days[date(2026, 11, 25)].minutes == 450
    assert (days[date(2026, 12, 25)].minutes, days[date(2026, 12, 25)].by) == (0, "holiday")
    assert days[date(2026, 12, 25)].name == "Christmas Day"
    changed = [day.date for day in year.days if day.change]
    assert changed == [date(2027, 3, 28), date(2027, 10, 31)]


async def test_transitions_come_one_after_the_other_with_how_long_each_lasts() -> None:
    year = await year_of(cast()[0], "2026-12-23T10:00")
    assert [(one.at, one.open) for one in year.transitions[:3]] == [
        (utc("2026-12-23T11:00"), True),
        (utc("2026-12-23T15:30"), False),
        (utc("2026-12-28T07:00"), True),
    ]
    closing = year.transitions[1]
    assert closing.until == utc("2026-12-28T07:00")
    assert closing.names[:2] == ("Christmas Eve", "Christmas Day")
    for one, two in pairwise(year.transitions):
        assert one.until == two.at
        assert one.open != two.open


async def test_the_days_of_a_region_that_is_always_open_are_as_long_as_the_clocks_make_them() -> None:
    year = await year_of(always("lisbon", "Europe/Lisbon"), "2026-03-01T12:00")
    lengths = {day.date: day.minutes for day in year.days if day.minutes != 1440}
    assert lengths == {date(2026, 3, 29): 23 * 60, date(2026, 10, 25): 25 * 60}
    assert (year.transitions, year.status.open) == ((), True)


async def test_a_region_without_hours_never_opens() -> None:
    year = await year_of(Region("nowhere", {"en": "Nowhere"}, Schedule("UTC")))
    assert (year.transitions, year.status.open) == ((), False)
    assert sum(day.minutes for day in year.days) == 0


async def test_a_closure_marks_its_days_and_takes_their_minutes() -> None:
    written = {
        "timezone": "Asia/Tokyo",
        "weekly": {day: [["09:00", "18:00"]] for day in DAYS},
        "closures": [{"from": "2026-12-01T12:00", "to": "2026-12-03T00:00", "name": "Move"}],
    }
    tokyo = Region("tokyo", {"en": "Tokyo"}, parse_schedule(written, HolidayCalendar()))
    days = {day.date: day for day in (await year_of(tokyo)).days}
    told = [(days[date(2026, 12, number)].minutes, days[date(2026, 12, number)].by) for number in (1, 2, 3)]
    assert told == [(180, "closure"), (0, "closure"), (540, "outside_hours")]
