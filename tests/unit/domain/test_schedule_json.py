import json
import re
import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.domain.schedule import (
    DAYS,
    Closure,
    DatedHours,
    HolidayDay,
    HolidayRule,
    Hours,
    Schedule,
    ScheduleError,
)
from appliance.domain.schedule_format import dump_schedule, format_schedule
from appliance.domain.schedule_json import MAX_PROBLEMS, load_schedule, parse_schedule
from appliance.domain.schedule_times import interval
from appliance.i18n import Catalogue
from appliance.schedule_wordings import TABLE, wording

TEXT = """
{"timezone": "America/New_York",
 "weekly": {"mon": [["09:00","12:00"],["13:00","17:30"]], "sat": [["22:00","06:00"]]},
 "holidays": {"country": "US", "subdivision": null, "hours": []},
 "exceptions": [{"date": "2026-12-24", "hours": [["09:00","12:00"]], "name": "Christmas Eve"},
                {"from": "2026-12-31", "to": "2027-01-02", "hours": [], "name": "Year's end"}],
 "closures": [{"from": "2026-12-24T18:00", "to": "2026-12-28T08:00", "name": "Office move"}]}
"""
SCHEDULE = Schedule(
    "America/New_York",
    ((Hours(540, 720), Hours(780, 1050)), (), (), (), (), (Hours(1320, 1800),), ()),
    HolidayRule("US"),
    (
        DatedHours(date(2026, 12, 24), date(2026, 12, 24), (Hours(540, 720),), "Christmas Eve"),
        DatedHours(date(2026, 12, 31), date(2027, 1, 2), (), "Year's end"),
    ),
    (Closure(datetime(2026, 12, 24, 18), datetime(2026, 12, 28, 8), "Office move"),),
)

pairs = st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda pair: pair[0] != pair[1])
hours = st.lists(pairs.map(lambda pair: interval(*pair)), max_size=4).map(tuple)
names = st.one_of(
    st.none(),
    st.text(string.ascii_letters + " 'ąčę中فا", min_size=1, max_size=30)
    .map(str.strip)
    .map(lambda name: name or None),
)
dates = st.dates(date(1, 1, 1), date(9999, 12, 31))
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
own_holidays = st.one_of(
    st.builds(HolidayDay, st.sampled_from(["Epiphany", "Christmas Day"]), names, st.none() | hours),
    st.builds(HolidayDay, st.just("Labor Day"), names, st.none(), st.just(True)),
)
schedules = st.builds(
    Schedule,
    timezone=st.sampled_from(["UTC", "Asia/Tehran", "America/Argentina/Buenos_Aires"]),
    weekly=st.tuples(*[hours] * 7),
    holidays=st.one_of(
        st.none(),
        st.builds(
            HolidayRule,
            st.sampled_from(["DE", "LT"]),
            st.sampled_from([None, "BY"]),
            hours,
            st.lists(own_holidays, max_size=3).map(tuple),
        ),
    ),
    exceptions=st.lists(
        st.builds(
            lambda ends, hours, name: DatedHours(min(ends), max(ends), hours, name),
            st.tuples(dates, dates),
            hours,
            names,
        ),
        max_size=4,
    ).map(tuple),
    closures=st.lists(
        st.builds(
            lambda ends, name: Closure(min(ends), max(ends), name),
            st.tuples(moments, moments).filter(lambda ends: ends[0] != ends[1]),
            names,
        ),
        max_size=3,
    ).map(tuple),
)


class Countries:
    """Germany with one part, Lithuania with none."""

    def subdivisions(self, country: str) -> Sequence[str] | None:
        return {"DE": ("BE", "BY"), "LT": ()}.get(country)

    def days(self, country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
        return {}


def problems(value: object) -> dict[str, str]:
    """The codes by their places."""
    with pytest.raises(ScheduleError) as caught:
        parse_schedule(value, Countries())
    texts = [wording(problem, Catalogue("en", {})) for problem in caught.value.problems]
    assert not [text for text in texts if re.search(r"\{[a-z]+\}", text)], "a value is missing"
    return {problem.place: problem.code for problem in caught.value.problems}


def test_what_a_schedule_says() -> None:
    assert load_schedule(TEXT.encode()) == SCHEDULE
    assert load_schedule(b"\xef\xbb\xbf" + TEXT.encode()) == SCHEDULE


def test_it_is_written_as_it_was_read() -> None:
    assert format_schedule(SCHEDULE) == json.loads(TEXT)


@given(schedules)
def test_what_is_written_is_read_as_the_same(schedule: Schedule) -> None:
    assert parse_schedule(format_schedule(schedule)) == schedule
    assert load_schedule(dump_schedule(schedule).encode()) == schedule


def test_a_file_has_a_line_for_each_day_and_each_exception() -> None:
    lines = dump_schedule(SCHEDULE).splitlines()
    assert '    "mon": [["09:00", "12:00"], ["13:00", "17:30"]],' in lines
    assert '    {"date": "2026-12-24", "hours": [["09:00", "12:00"]], "name": "Christmas Eve"},' in lines


def test_only_the_zone_is_needed() -> None:
    assert parse_schedule({"timezone": "UTC"}) == Schedule("UTC")


def test_an_end_at_midnight_is_written_either_way() -> None:
    def weekly(end: str) -> tuple[tuple[Hours, ...], ...]:
        return parse_schedule({"timezone": "UTC", "weekly": {"tue": [["18:00", end]]}}).weekly

    assert weekly("24:00") == weekly("00:00")


@pytest.mark.parametrize(
    ("changed", "place", "code"),
    [
        ({"timezone": None}, "timezone", "timezone_type"),
        ({"timezone": ["UTC"]}, "timezone", "timezone_type"),
        ({"timezone": "Mars/Olympus"}, "timezone", "timezone"),
        ({"timezone": "Asia/Teheran"}, "timezone", "timezone_near"),
        ({"time_zone": "UTC"}, "time_zone", "field_near"),
        ({"phone": "112"}, "phone", "field"),
        ({"": 1}, "", "field"),
        ({"weekly": []}, "weekly", "weekly_type"),
        ({"weekly": None}, "weekly", "weekly_type"),
        ({"weekly": {"Mon": []}}, "weekly.Mon", "field_near"),
        ({"weekly": {"mon": {}}}, "weekly.mon", "hours_type"),
        ({"weekly": {"mon": None}}, "weekly.mon", "hours_type"),
        ({"weekly": {"mon": ["09:00", "17:00"]}}, "weekly.mon", "hours_type"),
        ({"weekly": {"mon": [["09:00", "12:00"], ["13:00"]]}}, "weekly.mon[1]", "interval_type"),
        ({"weekly": {"mon": ["9-5"]}}, "weekly.mon", "hours_type"),
        ({"weekly": {"mon": [["09:00", "24:30"]]}}, "weekly.mon[0][1]", "time"),
        ({"weekly": {"mon": [["9:00", "17:00"]]}}, "weekly.mon[0][0]", "time"),
        ({"weekly": {"mon": [["09:00", "17:60"]]}}, "weekly.mon[0][1]", "time"),
        ({"weekly": {"mon": [[9, "17:00"]]}}, "weekly.mon[0][0]", "time"),
        ({"weekly": {"mon": [["09:00", "17:00:00"]]}}, "weekly.mon[0][1]", "time"),
        ({"weekly": {"mon": [["09:00", "17:00\n"]]}}, "weekly.mon[0][1]", "time"),
        ({"weekly": {"mon": [["０9:00", "17:00"]]}}, "weekly.mon[0][0]", "time"),
        ({"weekly": {"mon": [["09:00", "09:00"]]}}, "weekly.mon[0]", "interval_empty"),
        ({"weekly": {"mon": [["24:00", "24:00"]]}}, "weekly.mon[0]", "interval_start"),
        ({"weekly": {"mon": [["24:00", "06:00"]]}}, "weekly.mon[0]", "interval_start"),
        ({"weekly": {"mon": [["09:00", "10:00"]] * 1441}}, "weekly.mon", "too_many_intervals"),
        ({"holidays": "LT"}, "holidays", "holidays_type"),
        ({"holidays": {}}, "holidays.country", "missing"),
        ({"holidays": {"country": None}}, "holidays.country", "country"),
        ({"holidays": {"country": "Lithuania"}}, "holidays.country", "country"),
        ({"holidays": {"country": "lt"}}, "holidays.country", "country_near"),
        ({"holidays": {"country": "XX"}}, "holidays.country", "country_unknown"),
        ({"holidays": {"country": "DE", "subdivision": "XX"}}, "holidays.subdivision", "subdivision"),
        ({"holidays": {"country": "LT", "subdivision": "VL"}}, "holidays.subdivision", "subdivision_none"),
        ({"holidays": {"country": "DE", "subdivision": 7}}, "holidays.subdivision", "subdivision_type"),
        ({"holidays": {"country": "DE", "subdivision": ""}}, "holidays.subdivision", "subdivision_type"),
        ({"holidays": {"country": "LT", "hours": [["x", "10:00"]]}}, "holidays.hours[0][0]", "time"),
        ({"holidays": {"country": "LT", "region": None}}, "holidays.region", "field"),
        ({"holidays": {"country": "LT", "days": {}}}, "holidays.days", "list_type"),
        ({"holidays": {"country": "LT", "days": ["Easter"]}}, "holidays.days[0]", "holiday_type"),
        ({"holidays": {"country": "LT", "days": [{"hours": []}]}}, "holidays.days[0].holiday", "missing"),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": " "}]}},
            "holidays.days[0].holiday",
            "holiday_name",
        ),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": 7}]}},
            "holidays.days[0].holiday",
            "holiday_name",
        ),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": "X", "open": "yes"}]}},
            "holidays.days[0].open",
            "holiday_open_type",
        ),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": "X", "open": True, "hours": []}]}},
            "holidays.days[0].open",
            "holiday_open",
        ),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": "X", "hours": [["10:00", "24:30"]]}]}},
            "holidays.days[0].hours[0][1]",
            "time",
        ),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": "X", "name": "a\nb"}]}},
            "holidays.days[0].name",
            "name",
        ),
        (
            {"holidays": {"country": "LT", "days": [{"holiday": "X", "horus": []}]}},
            "holidays.days[0].horus",
            "field_near",
        ),
        ({"exceptions": {}}, "exceptions", "list_type"),
        ({"exceptions": None}, "exceptions", "list_type"),
        ({"exceptions": ["2026-12-24"]}, "exceptions[0]", "exception_type"),
        ({"exceptions": [{"date": "2026-12-24"}]}, "exceptions[0].hours", "hours_missing"),
        ({"exceptions": [{"hours": []}]}, "exceptions[0]", "date_or_range"),
        ({"exceptions": [{"from": "2026-12-24", "hours": []}]}, "exceptions[0]", "date_or_range"),
        (
            {"exceptions": [{"date": "2026-12-24", "to": "2026-12-25", "hours": []}]},
            "exceptions[0]",
            "date_or_range",
        ),
        ({"exceptions": [{"date": "24.12.2026", "hours": []}]}, "exceptions[0].date", "date"),
        ({"exceptions": [{"date": "2025-02-29", "hours": []}]}, "exceptions[0].date", "date"),
        ({"exceptions": [{"date": "0000-01-01", "hours": []}]}, "exceptions[0].date", "date"),
        ({"exceptions": [{"date": "10000-01-01", "hours": []}]}, "exceptions[0].date", "date"),
        ({"exceptions": [{"date": 20261224, "hours": []}]}, "exceptions[0].date", "date"),
        (
            {"exceptions": [{"from": "2026-12-25", "to": "2026-12-24", "hours": []}]},
            "exceptions[0]",
            "range_order",
        ),
        ({"closures": [[]]}, "closures[0]", "closure_type"),
        ({"closures": [{"from": "2026-12-24T18:00"}]}, "closures[0].to", "missing"),
        ({"closures": [{"from": "2026-12-24", "to": "2026-12-25T00:00"}]}, "closures[0].from", "moment"),
        (
            {"closures": [{"from": "2026-12-24T18:00Z", "to": "2026-12-25T00:00"}]},
            "closures[0].from",
            "moment",
        ),
        (
            {"closures": [{"from": "2026-12-24T24:00", "to": "2026-12-25T10:00"}]},
            "closures[0].from",
            "moment_start",
        ),
        (
            {"closures": [{"from": "2026-12-24T18:00", "to": "9999-12-31T24:00"}]},
            "closures[0].to",
            "moment_last",
        ),
        (
            {"closures": [{"from": "2026-12-24T18:00", "to": "2026-12-24T18:00"}]},
            "closures[0]",
            "closure_order",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(changed: dict[str, Any], place: str, code: str) -> None:
    assert problems({"timezone": "UTC", "weekly": {}, **changed}) == {place: code}


@pytest.mark.parametrize("name", [1, "a\nb", "\x1b[2J", "\ud800", "x" * 201])
def test_a_name_is_a_short_line(name: object) -> None:
    exception = {"date": "2026-12-24", "hours": [], "name": name}
    assert problems({"timezone": "UTC", "exceptions": [exception]}) == {"exceptions[0].name": "name"}


def test_a_closure_may_end_at_24_00() -> None:
    value = {"timezone": "UTC", "closures": [{"from": "2026-12-24T18:00", "to": "2026-12-31T24:00"}]}
    assert parse_schedule(value).closures[0].end == datetime(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"timezone": "UTC", "timezone": "UTC"}', "timezone"),
        ('{"timezone": "UTC", "weekly": {"mon": [], "mon": [], "mon": []}}', "weekly.mon"),
        ('{"timezone": "UTC", "holidays": {"country": "LT", "country": "DE"}}', "holidays.country"),
        (
            '{"timezone": "UTC", "exceptions": [{"date": "2026-01-01", "date": "2026-01-02", "hours": []}]}',
            "exceptions[0].date",
        ),
    ],
)
def test_a_name_that_comes_twice(text: str, place: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        load_schedule(text.encode())
    assert [(one.place, one.code) for one in caught.value.problems] == [(place, "field_twice")]


def test_of_very_many_problems_some_are_told() -> None:
    value = {"timezone": "UTC", "exceptions": [{"date": "x", "hours": []}] * 100_000}
    with pytest.raises(ScheduleError) as caught:
        parse_schedule(value)
    assert [problem.place for problem in caught.value.problems] == [
        f"exceptions[{index}].date" for index in range(MAX_PROBLEMS)
    ]


def test_a_wrong_value_is_repeated_on_one_short_line() -> None:
    for wrong in ("\x1b[2J\n" + "x" * 100_000, "\ud800", {"a": list(range(1000))}, 1e300, float("nan"), True):
        value = {"timezone": "UTC", "weekly": {"mon": [[wrong, "10:00"]]}}
        with pytest.raises(ScheduleError) as caught:
            parse_schedule(value)
        (problem,) = caught.value.problems
        shown = str(problem.params["value"])
        assert len(shown) <= 41
        assert shown.isprintable()
        shown.encode()


FIELDS = [
    *("timezone", "weekly", "holidays", "exceptions", "closures"),
    *("country", "subdivision", "hours", "date", "from", "to", "name", "x"),
]
LEAVES = ["09:00", "24:00", "2026-12-24", "2026-12-24T18:00", "UTC", "LT", None, True, 7]
anything = st.recursive(
    st.one_of(st.sampled_from(LEAVES), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([*FIELDS, *DAYS]), inner, max_size=5),
    ),
    max_leaves=20,
)


def codes(value: object) -> list[str]:
    """Of all problems; none if it is a schedule, which is then written and read again."""
    try:
        schedule = parse_schedule(value, Countries())
    except ScheduleError as error:
        return [problem.code for problem in error.problems]
    assert parse_schedule(format_schedule(schedule)) == schedule
    return []


@given(anything)
def test_whatever_comes_is_a_schedule_or_told_to_be_none(value: object) -> None:
    assert set(codes(value)) <= TABLE.keys()


def test_what_is_wrong_is_said_with_its_values() -> None:
    with pytest.raises(ScheduleError) as caught:
        parse_schedule({"timezone": "Vilnius", "weekly": []})
    english = Catalogue("en", {})
    assert [wording(problem, english) for problem in caught.value.problems] == [
        "“Vilnius” is not a time zone. Did you mean Europe/Vilnius?",
        'The weekly hours must be an object such as {"mon": [["09:00", "17:00"]]}.',
    ]


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_whatever_is_in_a_file(content: bytes) -> None:
    with pytest.raises(ScheduleError) as caught:
        load_schedule(content)
    assert all(problem.code in TABLE for problem in caught.value.problems)
