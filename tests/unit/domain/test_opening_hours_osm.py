import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.domain.opening_hours_osm import read_opening_hours
from appliance.domain.opening_hours_osm_writing import write_opening_hours
from appliance.domain.schedule import (
    Closure,
    DatedHours,
    HolidayDay,
    HolidayRule,
    Hours,
    Schedule,
    ScheduleError,
)
from appliance.domain.schedule_format import format_schedule
from appliance.domain.schedule_json import parse_schedule
from appliance.i18n import Catalogue
from appliance.schedule_wordings import TABLE, wording
from tests.unit.domain.test_schedule_json import schedules

OFFICE = [["09:00", "17:00"]]
ALWAYS = [["00:00", "24:00"]]
SPLIT = [["09:00", "12:00"], ["13:00", "17:00"]]
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
WEEK = (*WORKDAYS, "sat", "sun")


def read(text: str) -> dict[str, object]:
    """What the text says, as JSON; holidays are those of Lithuania."""
    value = format_schedule(read_opening_hours(text, "UTC", "LT"))
    del value["timezone"]
    return value


def refused(text: str, country: str | None = "LT") -> tuple[str, str]:
    """The place and the code of what is wrong."""
    with pytest.raises(ScheduleError) as caught:
        read_opening_hours(text, "UTC", country)
    (problem,) = caught.value.problems
    assert not re.search(r"\{[a-z]+\}", wording(problem, Catalogue("en", {}))), "a value is missing"
    return problem.place, problem.code


@pytest.mark.parametrize(
    ("text", "weekly"),
    [
        ("Mo-Fr 09:00-17:00", dict.fromkeys(WORKDAYS, OFFICE)),
        ("mo-fr 9:00–17:00;", dict.fromkeys(WORKDAYS, OFFICE)),
        ("Mo-Fr: 09:00-12:00, 13:00-17:00", dict.fromkeys(WORKDAYS, SPLIT)),
        ("09:00-17:00", dict.fromkeys(WEEK, OFFICE)),
        ("24/7", dict.fromkeys(WEEK, ALWAYS)),
        ("Sa-Mo 09:00-17:00", dict.fromkeys(("mon", "sat", "sun"), OFFICE)),
        ("We,Fr-Sa 09:00-17:00", dict.fromkeys(("wed", "fri", "sat"), OFFICE)),
        ("Fr 22:00-06:00", {"fri": [["22:00", "06:00"]]}),
        ("Fr 22:00-30:00", {"fri": [["22:00", "06:00"]]}),
        ("Tu", {"tue": [["00:00", "24:00"]]}),
        ("Tu open", {"tue": [["00:00", "24:00"]]}),
        ("Tu 09:00-17:00 open", {"tue": OFFICE}),
        # A later rule replaces a day's hours, and adds to them after a comma.
        ("Mo-Tu 08:00-20:00; Mo 09:00-17:00; Tu off", {"mon": OFFICE}),
        ("Mo-Tu 09:00-12:00, Mo 13:00-17:00", {"mon": SPLIT, "tue": [["09:00", "12:00"]]}),
        ("24/7; Mo-Sa closed", {"sun": [["00:00", "24:00"]]}),
        ("off", {}),
        ("24/7 off", {}),
        ("off; Mo 09:00-17:00", {"mon": OFFICE}),
        # Hours that are off are cut out.
        ("Mo-Fr 09:00-17:00; Mo-Fr 12:00-13:00 off", dict.fromkeys(WORKDAYS, SPLIT)),
        ("Fr 20:00-04:00; Fr 22:00-04:00 off", {"fri": [["20:00", "22:00"]]}),
    ],
)
def test_weekly_hours(text: str, weekly: dict[str, object]) -> None:
    assert read(text) == {"weekly": weekly}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Fr 09:00-17:00; PH off", []),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", [["10:00", "12:00"]]),
        ("Mo-Fr 09:00-17:00; PH", [["00:00", "24:00"]]),
        ("Mo-Fr,PH 09:00-17:00", OFFICE),
        # Sundays are closed, and so are holidays on Sundays: the order makes no difference.
        ("Mo-Fr 09:00-17:00; PH off; Su off", []),
    ],
)
def test_holidays(text: str, hours: object) -> None:
    assert read(text) == {
        "weekly": dict.fromkeys(WORKDAYS, OFFICE),
        "holidays": {"country": "LT", "subdivision": None, "hours": hours},
    }


def test_holidays_need_a_country_and_without_ph_there_are_none() -> None:
    assert refused("Mo 09:00-17:00; PH off", country=None) == ("column 17", "osm_country")
    assert read_opening_hours("Mo 09:00-17:00", "UTC", "LT").holidays is None


@pytest.mark.parametrize(
    ("text", "exceptions"),
    [
        ("2026 Dec 24 off", [{"date": "2026-12-24", "hours": []}]),
        ("2026 Dec 24", [{"date": "2026-12-24", "hours": [["00:00", "24:00"]]}]),
        (
            '2026 Dec 24 09:00-17:00 "Christmas  Eve"',
            [{"date": "2026-12-24", "hours": OFFICE, "name": "Christmas Eve"}],
        ),
        ("2026 Dec 24-26 closed", [{"from": "2026-12-24", "to": "2026-12-26", "hours": []}]),
        ("2026 Aug 01-Sep 15 off", [{"from": "2026-08-01", "to": "2026-09-15", "hours": []}]),
        ("2026 Dec 31-2027 Jan 02 off", [{"from": "2026-12-31", "to": "2027-01-02", "hours": []}]),
        ("2024 Feb off", [{"from": "2024-02-01", "to": "2024-02-29", "hours": []}]),
        ("2026 Jul-Aug off", [{"from": "2026-07-01", "to": "2026-08-31", "hours": []}]),
        (
            "2026 Dec 24,26,2027 Jan 01 off",
            [{"date": day, "hours": []} for day in ("2026-12-24", "2026-12-26", "2027-01-01")],
        ),
    ],
)
def test_dates_are_exceptions(text: str, exceptions: object) -> None:
    assert read(f"Mo 09:00-17:00; {text}") == {"weekly": {"mon": OFFICE}, "exceptions": exceptions}


def test_dated_hours_that_are_off_are_closures() -> None:
    text = (
        '24/7; 2026 Dec 24 18:00-24:00 off "Move"; 2026 Dec 25-27 00:00-24:00 off "Move"; '
        "2026 Dec 30 10:00-11:00 off"
    )
    assert read(text)["closures"] == [
        {"from": "2026-12-24T18:00", "to": "2026-12-28T00:00", "name": "Move"},
        {"from": "2026-12-30T10:00", "to": "2026-12-30T11:00"},
    ]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", "column 1", "osm_empty"),
        ("   ", "column 4", "osm_empty"),
        ("Mo-Fr 09:00-17:00;; Sa off", "column 19", "osm_unexpected"),
        ("Mo-Fr 09:00-17:00,", "column 19", "osm_end"),
        ("Mo-", "column 4", "osm_end"),
        ("Mo 09:00", "column 9", "osm_end"),
        ("Mo 09:00-", "column 10", "osm_end"),
        ("Monday 09:00-17:00", "column 1", "osm_unexpected"),
        ("Mo 09.00-17.00", "column 4", "osm_time"),
        ("Mo 9-17", "column 4", "osm_time"),
        ("Mo 09:00-17:60", "column 10", "osm_time"),
        ("Mo 09:00-48:01", "column 10", "osm_time"),
        ("Mo 09:00-09:00", "column 4", "interval_empty"),
        ("Mo 09:00-33:00", "column 4", "interval_long"),
        ("Mo 24:00-26:00", "column 4", "interval_start"),
        ("Mo-Fr 09:00-17:00; Dec 25 off", "column 20", "osm_yearly"),
        ("easter off", "column 1", "osm_yearly"),
        ("2026 Dec 24,Jan 02 off", "column 13", "osm_yearly"),
        ("Apr-Oct Mo-Fr 09:00-17:00", "column 1", "osm_yearly"),
        ("2026 Aug Mo-Fr 09:00-17:00", "column 10", "osm_month_days"),
        ("2026 Feb 30 off", "column 10", "osm_date"),
        ("2026 Feb 0 off", "column 10", "osm_date"),
        ("2026 off", "column 6", "osm_date"),
        ("2026-2027 off", "column 5", "osm_date"),
        ("0000 Jan 01 off", "column 1", "osm_date"),
        ("9999 Dec 31 23:00-24:00 off", "column 1", "osm_date"),
        ("2026 Dec 24-20 off", "column 1", "osm_range"),
        ("2026 Dec 24-Jan 02 off", "column 1", "osm_range"),
        ("2026 Dec 24+ off", "column 12", "osm_open_end"),
        ("SH off", "column 1", "osm_school"),
        ("Mo-Fr sunrise-sunset", "column 7", "osm_sun"),
        ("Mo-Fr 08:00-sunset", "column 13", "osm_sun"),
        ("(sunrise+01:00)-18:00", "column 1", "osm_sun"),
        ("week 1-26 Mo 09:00-17:00", "column 1", "osm_weeks"),
        ("Mo[1] 09:00-17:00", "column 3", "osm_nth"),
        ("PH +1 day off", "column 4", "osm_offset"),
        ("PH -1 day off", "column 4", "osm_offset"),
        ("Mo 18:00+", "column 9", "osm_open_end"),
        ("Mo 18:00-20:00+", "column 15", "osm_open_end"),
        ('Mo 09:00-17:00 || "by appointment"', "column 16", "osm_fallback"),
        ("Mo 09:00-17:00 unknown", "column 16", "osm_unknown"),
        ('Mo 09:00-17:00 "ring twice"', "column 16", "osm_comment"),
        ('PH off "closed"', "column 8", "osm_comment"),
        ('2026 Dec 24 off "Eve', "column 17", "osm_quote"),
        (f'2026 Dec 24 off "{"x" * 201}"', "column 17", "name"),
        ('2026 Dec 24 off "a\x00b"', "column 17", "name"),
        ("PH Mo 09:00-17:00", "column 4", "osm_day_twice"),
        ("Mo PH 09:00-17:00", "column 4", "osm_day_twice"),
        ("PH off; Mo 09:00-17:00", "column 9", "osm_order"),
        ("2026 Dec 24 off; PH off", "column 18", "osm_order"),
        ("2026 Dec 24 off; Mo 09:00-17:00", "column 18", "osm_order"),
        ("2026 Dec 24 10:00-12:00 off; 2026 Dec 24 off", "column 30", "osm_order"),
        ("Mo 09:00-17:00, PH off", "column 17", "osm_additional"),
        ("Mo 09:00-17:00, 2026 Dec 24 off", "column 17", "osm_additional"),
        ("PH 12:00-13:00 off", "column 1", "osm_holiday_cut"),
        ("Su 22:00-06:00; Mo 00:00-02:00 off", "column 17", "osm_cut"),
        # What is left would start on Saturday.
        ("Fr 20:00-04:00; Fr 22:00-24:00 off", "column 17", "osm_cut"),
        ("Mo-Tu 00:00-24:00; Mo 22:00-02:00 off", "column 20", "osm_cut"),
        ("24/7x", "column 5", "osm_unexpected"),
        ("Mo 09:00-17:00/00:30", "column 15", "osm_unexpected"),
        ("Mo 09:00-17:00;\n  Tu 9", "line 2, column 6", "osm_time"),
        ("0001 Jan 01-9999 Dec 30 12:00-13:00 off", "column 1", "osm_too_many"),
    ],
)
def test_what_can_t_be_kept_is_refused_where_it_stands(text: str, place: str, code: str) -> None:
    assert refused(text) == (place, code)


def test_a_schedule_as_text() -> None:
    schedule = parse_schedule(
        {
            "timezone": "Europe/Vilnius",
            "weekly": {**dict.fromkeys(WORKDAYS, SPLIT), "sun": [["10:00", "14:00"]]},
            "holidays": {"country": "LT"},
            "exceptions": [
                {"date": "2026-12-24", "hours": [["09:00", "12:00"]], "name": "Christmas Eve"},
                {"from": "2026-12-31", "to": "2027-01-02", "hours": []},
            ],
            "closures": [{"from": "2026-08-03T18:00", "to": "2026-08-06T08:00", "name": "Move"}],
        }
    )
    assert write_opening_hours(schedule).split("; ") == [
        "Mo-Fr 09:00-12:00,13:00-17:00",
        "Su 10:00-14:00",
        "PH off",
        '2026 Dec 24 09:00-12:00 "Christmas Eve"',
        "2026 Dec 31-2027 Jan 02 off",
        '2026 Aug 03 18:00-24:00 off "Move"',
        '2026 Aug 04-05 00:00-24:00 off "Move"',
        '2026 Aug 06 00:00-08:00 off "Move"',
    ]


def test_night_shifts_are_joined_by_commas() -> None:
    """After a semicolon, some programs let Saturday's rule end the night of Friday."""
    weekly = ((), (), (), (), (Hours(1320, 1800),), (Hours(600, 720),), ())
    assert write_opening_hours(Schedule("UTC", weekly)) == "Fr 22:00-06:00, Sa 10:00-12:00"


def test_a_name_that_can_t_be_written() -> None:
    day = date(2026, 12, 24)
    schedule = Schedule("UTC", exceptions=(DatedHours(day, day, (), '"Eve"'),))
    with pytest.raises(ScheduleError) as caught:
        write_opening_hours(schedule)
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("exceptions[0].name", "osm_name_quote")
    ]


def test_a_holiday_with_hours_of_its_own_can_t_be_written() -> None:
    days = (HolidayDay("Christmas Day", hours=()), HolidayDay("Epiphany", is_open=True))
    with pytest.raises(ScheduleError) as caught:
        write_opening_hours(Schedule("UTC", holidays=HolidayRule("LT", days=days)))
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("holidays.days[0]", "osm_holiday_day"),
        ("holidays.days[1]", "osm_holiday_day"),
    ]


def joined(closures: tuple[Closure, ...]) -> list[Closure]:
    """As one what goes on under the same name."""
    result: list[Closure] = []
    for one in closures:
        if result and (result[-1].end, result[-1].name) == (one.start, one.name):
            one = Closure(result.pop().start, one.end, one.name)
        result.append(one)
    return result


def spaced(name: str | None) -> str | None:
    """Comments keep single spaces only."""
    return name and " ".join(name.split())


def near(schedule: Schedule) -> bool:
    """Closures of a few years: they are written day by day."""
    return all((one.end - one.start).days < 2000 for one in schedule.closures)


def single(schedule: Schedule) -> bool:
    """Some holiday has hours of its own, which the text can't say."""
    return schedule.holidays is not None and bool(schedule.holidays.days)


@given(schedules.filter(near).filter(lambda schedule: not single(schedule)))
def test_what_is_written_is_read_as_the_same(schedule: Schedule) -> None:
    rule = schedule.holidays
    again = read_opening_hours(
        write_opening_hours(schedule),
        schedule.timezone,
        rule.country if rule else None,
        rule.subdivision if rule else None,
    )
    closures = tuple(joined(tuple(replace(one, name=spaced(one.name)) for one in schedule.closures)))
    exceptions = tuple(replace(one, name=spaced(one.name)) for one in schedule.exceptions)
    assert again == replace(schedule, exceptions=exceptions, closures=closures)


WORDS = 'Mo Fr Su PH SH - , ; 09:00 17:00 24:00 2026 Dec Feb 24 30 off open 24/7 "x" " + [1] || : 9'
words = st.sampled_from([*WORDS.split(), "\n"])


@given(st.one_of(st.text(), st.lists(words, max_size=15).map(" ".join)))
def test_whatever_text_comes_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        schedule = read_opening_hours(text, "UTC", "LT")
    except ScheduleError as error:
        codes = [(problem.code, problem.place) for problem in error.problems]
    else:
        codes = []
        assert parse_schedule(format_schedule(schedule)) == schedule
    assert all(code in TABLE and place for code, place in codes)
