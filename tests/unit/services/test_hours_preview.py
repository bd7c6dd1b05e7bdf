"""What a schedule comes to: days on the local clock, and the nights on which clocks are changed."""

from datetime import UTC, date, datetime
from typing import Any

from appliance.domain.schedule import Hours
from appliance.domain.schedule_json import parse_schedule
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.hours_preview import Preview, preview, shifts_changed

NIGHTS = {"timezone": "Europe/Vilnius", "weekly": {"sat": [["22:00", "06:00"]], "sun": [["12:00", "13:00"]]}}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def seen(value: dict[str, Any], now: str) -> Preview:
    calendar = HolidayCalendar()
    return preview(parse_schedule(value, calendar), calendar, at(now))


def test_four_weeks_from_today_of_the_zone() -> None:
    # It is Monday in Auckland already.
    found = seen(
        {"timezone": "Pacific/Auckland", "weekly": {"mon": [["09:00", "12:00"]]}}, "2026-11-22T20:00"
    )
    assert found.now == datetime(2026, 11, 23, 9, 0)
    assert [one.day for one in found.days][:: len(found.days) - 1] == [date(2026, 11, 23), date(2026, 12, 20)]
    assert [one.day.weekday() for one in found.days if one.open] == [0] * 4
    assert found.days[0].open == ((540, 720),)
    assert found.status.open


def test_a_night_is_shown_on_both_days() -> None:
    days = {one.day: one.open for one in seen(NIGHTS, "2026-11-20T12:00").days}
    assert days[date(2026, 11, 21)] == ((1320, 1440),)
    assert days[date(2026, 11, 22)] == ((0, 360), (720, 780))


def test_what_set_the_hours_of_a_day_is_named() -> None:
    found = seen(
        {
            "timezone": "Europe/Vilnius",
            "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            "holidays": {
                "country": "LT",
                "days": [{"holiday": "Christmas Day", "hours": [["10:00", "11:00"]]}],
            },
            "exceptions": [{"date": "2026-12-23", "hours": [], "name": "Party"}],
            "closures": [
                {"from": "2026-12-21T16:00", "to": "2026-12-22T10:00", "name": "Move"},
                {"from": "2026-12-22T10:00", "to": "2026-12-22T11:00"},
            ],
        },
        "2026-12-21T06:00",
    )
    told = {one.day.day: (one.open, one.by, one.name, one.closures) for one in found.days[:6]}
    assert told == {
        21: (((540, 960),), "outside_hours", None, ("Move",)),
        22: (((660, 1020),), "outside_hours", None, ("Move", None)),
        23: ((), "exception", "Party", ()),
        24: ((), "holiday", "Christmas Eve", ()),
        25: (((600, 660),), "holiday", "Christmas Day", ()),
        26: ((), "holiday", "Second Day of Christmas", ()),
    }


def test_the_minutes_of_a_day_are_those_that_really_pass() -> None:
    always = {"timezone": "Europe/Vilnius", "weekly": {key: [["00:00", "24:00"]] for key in ("sat", "sun")}}
    days = {one.day: (one.open, one.minutes) for one in seen(always, "2027-03-20T12:00").days}
    assert days[date(2027, 3, 27)] == (((0, 1440),), 1440)
    assert days[date(2027, 3, 28)] == (((0, 1440),), 1380)


def test_an_hour_that_comes_twice_never_ends_before_it_starts() -> None:
    # 03:30 comes twice; it is open from the first until a closure that ends it at the first 03:45.
    value = {
        "timezone": "Europe/Vilnius",
        "weekly": {"sun": [["03:30", "05:00"]]},
        "closures": [{"from": "2026-10-25T03:45", "to": "2026-10-25T04:30"}],
    }
    day = next(one for one in seen(value, "2026-10-20T12:00").days if one.day == date(2026, 10, 25))
    assert all(0 <= start < end <= 1440 for start, end in day.open)


def test_a_date_that_a_zone_left_out_is_closed() -> None:
    always = {
        "timezone": "Pacific/Apia",
        "weekly": {day: [["00:00", "24:00"]] for day in ("thu", "fri", "sat")},
    }
    days = {one.day: one for one in seen(always, "2011-12-25T12:00").days}
    assert (days[date(2011, 12, 30)].open, days[date(2011, 12, 30)].minutes) == ((), 0)
    assert days[date(2011, 12, 31)].minutes == 1440


def test_the_next_two_changes_of_clocks_and_the_shifts_they_alter() -> None:
    found = seen(NIGHTS, "2026-11-20T12:00").changes
    assert [one.change.at for one in found] == [at("2027-03-28T01:00"), at("2027-10-31T01:00")]
    shifts = [[(one.day, one.hours, one.minutes) for one in change.shifts] for change in found]
    night = Hours(1320, 1800)
    assert shifts == [[(date(2027, 3, 27), night, 420)], [(date(2027, 10, 30), night, 540)]]


def test_a_zone_that_keeps_its_clocks() -> None:
    assert (
        seen({"timezone": "Asia/Tehran", "weekly": {"sat": [["22:00", "06:00"]]}}, "2026-11-20T12:00").changes
        == ()
    )


def test_changed_shifts_are_placed_where_their_hours_stand() -> None:
    calendar = HolidayCalendar()
    value = {
        "timezone": "Europe/Vilnius",
        "weekly": {"sat": [["08:00", "09:00"], ["22:00", "06:00"]]},
        "exceptions": [
            {"date": "2027-03-27", "hours": [["03:00", "04:00"]]},
            {"from": "2027-03-26", "to": "2027-03-28", "hours": [["02:30", "05:00"]]},
        ],
    }
    schedule = parse_schedule(value, calendar)
    placed = [
        (one.place, one.shift.day, one.shift.minutes)
        for one in shifts_changed(schedule, calendar, at("2026-11-20"))
    ]
    assert placed == [("exceptions[1]", date(2027, 3, 28), 90), ("weekly.sat[1]", date(2027, 10, 30), 540)]
