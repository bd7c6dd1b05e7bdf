from datetime import date
from typing import Any

from appliance.domain.schedule import Hours
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_json import parse_schedule
from appliance.domain.schedule_notes import ChangedShift, changed_shifts, notes
from appliance.schedule_wordings import TABLE
from appliance.services.holiday_calendar import HolidayCalendar


def noted(**value: Any) -> dict[str, tuple[str, object]]:
    """Code and other place by place."""
    found = notes(parse_schedule({"timezone": "UTC", **value}))
    assert {one.code for one in found} <= TABLE.keys()
    return {one.place: (one.code, one.params.get("other")) for one in found}


def test_nothing_to_note() -> None:
    assert noted(weekly={"mon": [["09:00", "12:00"], ["12:00", "17:00"]], "sun": [["22:00", "06:00"]]}) == {}


def test_it_is_never_open() -> None:
    never = {"": ("note_never_open", None)}
    assert noted(weekly={}) == never
    assert noted(weekly={"mon": []}, exceptions=[{"date": "2026-12-24", "hours": []}]) == never
    assert noted(exceptions=[{"date": "2026-12-24", "hours": [["09:00", "12:00"]]}]) == {}


def test_hours_that_overlap() -> None:
    assert noted(
        weekly={
            "mon": [["13:00", "17:00"], ["09:00", "14:00"], ["05:00", "06:00"]],
            "tue": [["20:00", "04:00"]],
            "wed": [["03:00", "10:00"]],
            "sun": [["22:00", "05:30"]],
        },
        holidays={"country": "LT", "hours": [["09:00", "12:00"], ["11:00", "13:00"]]},
        exceptions=[{"date": "2026-12-24", "hours": [["09:00", "12:00"], ["09:00", "12:00"]]}],
    ) == {
        "weekly.mon[0]": ("note_overlap", "weekly.mon[1]"),
        "weekly.mon[2]": ("note_overlap", "weekly.sun[0]"),
        "weekly.wed[0]": ("note_overlap", "weekly.tue[0]"),
        "holidays.hours[1]": ("note_overlap", "holidays.hours[0]"),
        "exceptions[0].hours[1]": ("note_overlap", "exceptions[0].hours[0]"),
    }


def test_holidays_that_never_count() -> None:
    days = [
        {"holiday": "Christmas Day", "open": True},
        {"holiday": "Chritsmas Eve", "hours": []},
        {"holiday": "Easter Sunday", "hours": [["09:00", "11:00"], ["10:00", "12:00"]]},
        {"holiday": "Christmas Day", "hours": []},
        {"holiday": "Qingming", "hours": []},
    ]
    value = {"timezone": "UTC", "holidays": {"country": "LT", "days": days}}
    found = notes(parse_schedule(value), HolidayCalendar())
    assert {one.code for one in found} <= TABLE.keys()
    assert [(one.place, one.code, one.params.get("near")) for one in found] == [
        ("holidays.days[2].hours[1]", "note_overlap", None),
        ("holidays.days[0]", "note_holiday_twice", None),
        ("holidays.days[1]", "note_holiday_near", "Christmas Eve"),
        ("holidays.days[4]", "note_holiday", None),
    ]


def test_an_exception_that_never_counts() -> None:
    hours = [["09:00", "12:00"]]
    assert noted(
        exceptions=[
            {"from": "2026-12-24", "to": "2026-12-26", "hours": hours},
            {"date": "2026-12-24", "hours": hours},
            {"from": "2026-12-25", "to": "2026-12-31", "hours": hours},
        ]
    ) == {"exceptions[0]": ("note_hidden", None)}


def test_shifts_that_clock_changes_make_longer_or_shorter_or_leave_out() -> None:
    timetable = Timetable(
        parse_schedule(
            {
                "timezone": "America/New_York",
                "weekly": {"sat": [["22:00", "06:00"]], "sun": [["02:30", "03:15"], ["09:00", "17:00"]]},
            }
        )
    )
    night = Hours(1320, 1800)
    assert list(changed_shifts(timetable, date(2025, 1, 1), date(2025, 12, 31))) == [
        ChangedShift(date(2025, 3, 8), night, 420),
        ChangedShift(date(2025, 3, 9), Hours(150, 195), 0),
        ChangedShift(date(2025, 11, 1), night, 540),
    ]


def test_the_last_of_all_dates() -> None:
    timetable = Timetable(parse_schedule({"timezone": "UTC", "weekly": {"fri": [["22:00", "06:00"]]}}))
    assert list(changed_shifts(timetable, date(9999, 12, 1), date(9999, 12, 31))) == []
