"""Opening hours against every minute of the nights on which clocks change, and of ordinary weeks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain import zones
from appliance.domain.schedule import DAYS, Interval
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_json import parse_schedule
from tests.unit.domain.schedule_oracle import Oracle, utc

NIGHTS = [
    # Half an hour, forward and back.
    ("Australia/Lord_Howe", "2025-04-05T15:00"),
    ("Australia/Lord_Howe", "2025-10-04T15:30"),
    # Its winter is what the data calls daylight saving.
    ("Europe/Dublin", "2025-03-30T01:00"),
    ("Europe/Dublin", "2025-10-26T01:00"),
    # Back for Ramadan, and forward again a month later.
    ("Africa/Casablanca", "2025-02-23T02:00"),
    ("Africa/Casablanca", "2025-04-06T02:00"),
    # At midnight: it does not exist, or comes after an hour that came before.
    ("Africa/Cairo", "2025-04-24T22:00"),
    ("Africa/Cairo", "2025-10-30T21:00"),
    ("America/Santiago", "2025-04-06T03:00"),
    ("America/Santiago", "2025-09-07T04:00"),
    ("America/Sao_Paulo", "2018-11-04T03:00"),
    ("America/Sao_Paulo", "2019-02-17T02:00"),
    ("Asia/Beirut", "2025-03-29T22:00"),
    ("America/Asuncion", "2024-03-24T03:00"),
    ("Asia/Tehran", "2021-03-21T20:30"),
    ("Asia/Tehran", "2022-09-21T19:30"),
    # One minute after midnight, back into the day before.
    ("America/St_Johns", "2006-04-02T03:31"),
    ("America/St_Johns", "2006-10-29T02:31"),
    # A date left out.
    ("Pacific/Apia", "2011-12-30T10:00"),
    ("Pacific/Kiritimati", "1994-12-31T10:00"),
    ("Pacific/Kwajalein", "1993-08-21T12:00"),
    # Two and three hours, quarters and halves of them, and for good.
    ("Antarctica/Troll", "2025-03-30T01:00"),
    ("Antarctica/Troll", "2025-10-26T01:00"),
    ("Antarctica/Casey", "2010-03-04T15:00"),
    ("Pacific/Chatham", "2025-04-05T14:00"),
    ("Pacific/Chatham", "2025-09-27T14:00"),
    ("Asia/Kathmandu", "1985-12-31T18:30"),
    ("America/Caracas", "2007-12-09T07:00"),
    ("Asia/Pyongyang", "2018-05-04T15:00"),
    ("Africa/Sao_Tome", "2018-01-01T01:00"),
    ("Europe/Volgograd", "2020-12-26T22:00"),
    # The usual ones.
    ("America/New_York", "2025-03-09T07:00"),
    ("America/New_York", "2025-11-02T06:00"),
    ("Europe/London", "2025-03-30T01:00"),
    ("Europe/Vilnius", "2025-10-26T01:00"),
    ("Australia/Sydney", "2025-04-05T16:00"),
    ("Asia/Gaza", "2024-04-20T00:00"),
    ("America/Nuuk", "2024-10-27T01:00"),
    # Far ahead, where the data is a rule instead of a list.
    ("Europe/Dublin", "2060-10-31T01:00"),
]
DAY = timedelta(days=1)
ALL_DAY = [["00:00", "24:00"]]


class Holidays:
    """The same days for every country."""

    def __init__(self, days: Mapping[date, str]) -> None:
        self._days = days

    def subdivisions(self, country: str) -> Sequence[str]:
        return ()

    def days(self, country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
        return {day: name for day, name in self._days.items() if day.year == year}

    def english(self, country: str, subdivision: str | None, year: int) -> Mapping[date, Sequence[str]]:
        return {day: name.split("; ") for day, name in self.days(country, subdivision, year).items()}

    def names(self, country: str, subdivision: str | None) -> Sequence[str]:
        return sorted({one for name in self._days.values() for one in name.split("; ")})


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


# What happens at night is more interesting than what happens by day.
minutes = st.one_of(
    st.sampled_from(range(0, 300, 15)), st.sampled_from(range(0, 1440, 30)), st.integers(0, 1439)
)
pairs = (
    st.tuples(minutes, st.one_of(minutes, st.just(1440)))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: [clock(pair[0]), clock(pair[1])])
)
hours = st.lists(pairs, max_size=3)
names = st.sampled_from([None, "Move", "Feast"])


def named(value: dict[str, Any], name: str | None) -> dict[str, Any]:
    return value if name is None else {**value, "name": name}


own_holidays = st.builds(
    lambda holiday, own, name: named({"holiday": holiday, **own}, name),
    st.sampled_from(["First", "Second", "Third"]),
    st.one_of(st.just({}), st.just({"open": True}), hours.map(lambda kept: {"hours": kept})),
    names,
)


@st.composite
def schedules(draw: st.DrawFn, zone: str, around: date) -> tuple[dict[str, Any], dict[date, str]]:
    """A schedule whose exceptions, closures and holidays lie within three days of a date."""
    near = st.integers(-3, 3).map(lambda days: around + days * DAY)
    moments = st.tuples(near, minutes).map(lambda at: f"{at[0]}T{clock(at[1])}")
    ranges = st.tuples(near, near).map(lambda ends: {"from": str(min(ends)), "to": str(max(ends))})
    exceptions = st.builds(
        lambda days, hours, name: named({**days, "hours": hours}, name),
        st.one_of(near.map(lambda day: {"date": str(day)}), ranges),
        st.one_of(st.just([]), hours),
        names,
    )
    closures = st.builds(
        lambda ends, name: named({"from": min(ends), "to": max(ends)}, name),
        st.tuples(moments, moments).filter(lambda ends: ends[0] != ends[1]),
        names,
    )
    value: dict[str, Any] = {
        "timezone": zone,
        "weekly": draw(st.dictionaries(st.sampled_from(DAYS), hours, min_size=3)),
        "exceptions": draw(st.lists(exceptions, max_size=3)),
        "closures": draw(st.lists(closures, max_size=2)),
    }
    if draw(st.booleans()):
        value["holidays"] = {"country": "XX", "hours": draw(st.one_of(st.just([]), hours))}
        if draw(st.booleans()):
            value["holidays"]["days"] = draw(st.lists(own_holidays, max_size=3))
    return value, draw(
        st.dictionaries(near, st.sampled_from(["First", "Second", "First; Second"]), max_size=3)
    )


def agrees(value: dict[str, Any], holidays: dict[date, str], first: datetime, minutes: int) -> None:
    """Every minute is open or closed as the oracle says, for its reason; and the next change is the same, as
    far as the oracle sees."""
    oracle = Oracle(value, holidays, first, minutes)
    timetable = Timetable(parse_schedule(value), Holidays(holidays))
    end = first + timedelta(minutes=minutes)
    open_minutes = [False] * minutes
    for interval in timetable.intervals(first, end):
        for minute in range((interval.start - first) // timedelta(minutes=1), minutes):
            if first + timedelta(minutes=minute) < interval.end:
                open_minutes[minute] = True
    assert open_minutes == oracle.open
    changes = [n for n in range(1, minutes) if oracle.open[n] != oracle.open[n - 1]]
    # Before and after every change, and here and there.
    for minute in sorted({0, *changes, *(n - 1 for n in changes), *range(0, minutes, 97)}):
        at = first + timedelta(minutes=minute)
        status = timetable.status(at)
        change = oracle.change_after(minute)
        assert status.open == oracle.open[minute], at
        found = status.closes_at if status.open else status.opens_at
        if change is not None:
            assert found == change, at
        else:
            assert found is None or found >= end, at
        if status.open:
            assert (status.opens_at, status.reason, status.name) == (None, None, None)
        else:
            assert status.closes_at is None
            assert (status.reason, status.name) == oracle.reason(minute), at


@pytest.mark.parametrize(("zone", "change"), NIGHTS)
def test_every_minute_of_a_night_on_which_clocks_change(zone: str, change: str) -> None:
    at = utc(change)
    rules = zones.zone(zone)
    before, after = at - timedelta(minutes=1), at
    assert before.astimezone(rules).utcoffset() != after.astimezone(rules).utcoffset(), "no change then"

    @settings(max_examples=4)
    @given(schedules(zone, at.astimezone(rules).date()))
    def check(drawn: tuple[dict[str, Any], dict[date, str]]) -> None:
        agrees(*drawn, at - 2 * DAY, 4 * 1440)

    check()


@settings(max_examples=15)
@given(st.data())
def test_every_minute_of_any_days_anywhere(data: st.DataObject) -> None:
    # Before 1973 some clocks were not set to a whole minute.
    first = data.draw(st.datetimes(datetime(1973, 1, 1), datetime(2060, 1, 1)))
    first = first.replace(second=0, microsecond=0, tzinfo=UTC)
    zone = data.draw(st.sampled_from(sorted(zones.names())))
    drawn = data.draw(schedules(zone, first.date() + DAY))
    agrees(*drawn, first, 3 * 1440)


def weekly(zone: str, **days: list[list[str]]) -> dict[str, Any]:
    return {"timezone": zone, "weekly": days}


def answer(value: dict[str, Any], at: str, holidays: Mapping[date, str] | None = None) -> tuple[Any, ...]:
    """Open, the next change, the reason and its name."""
    status = Timetable(parse_schedule(value), Holidays(holidays or {})).status(utc(at))
    return status.open, status.closes_at if status.open else status.opens_at, status.reason, status.name


CHRISTMAS = {date(2026, 12, 25): "First", date(2026, 12, 26): "Second", date(2026, 12, 27): "First; Second"}


@pytest.mark.parametrize(
    ("days", "at", "expected"),
    [
        # Friday: the hours of the holiday, and those of the others on Saturday.
        ([{"holiday": "First", "hours": [["10:00", "12:00"]]}], "2026-12-25T11:00", (True, None, None)),
        (
            [{"holiday": "First", "hours": [["10:00", "12:00"]]}],
            "2026-12-25T13:00",
            (False, "holiday", "First"),
        ),
        (
            [{"holiday": "First", "hours": [["10:00", "12:00"]]}],
            "2026-12-26T11:00",
            (False, "holiday", "Second"),
        ),
        # As if it were no holiday.
        ([{"holiday": "First", "open": True}], "2026-12-25T16:00", (True, None, None)),
        ([{"holiday": "First", "open": True}], "2026-12-25T18:00", (False, "outside_hours", None)),
        # Only another name.
        ([{"holiday": "Second", "name": "Boxing Day"}], "2026-12-26T12:00", (False, "holiday", "Boxing Day")),
        # Both on one date: the last in the list counts.
        (
            [{"holiday": "Second", "name": "A"}, {"holiday": "First", "name": "B"}],
            "2026-12-27T12:00",
            (False, "holiday", "B"),
        ),
        (
            [{"holiday": "First", "name": "B"}, {"holiday": "Second", "name": "A"}],
            "2026-12-27T12:00",
            (False, "holiday", "A"),
        ),
        ([{"holiday": "Third", "open": True}], "2026-12-25T12:00", (False, "holiday", "First")),
    ],
)
def test_one_holiday_has_hours_or_a_name_of_its_own(
    days: list[dict[str, Any]], at: str, expected: tuple[Any, ...]
) -> None:
    value = weekly("UTC", **{key: [["09:00", "17:00"]] for key in DAYS})
    value["holidays"] = {"country": "XX", "days": days}
    is_open, _, reason, name = answer(value, at, CHRISTMAS)
    assert (is_open, reason, name) == expected


def test_an_exception_still_replaces_a_holiday_that_is_kept_open() -> None:
    value = weekly("UTC", **{key: [["09:00", "17:00"]] for key in DAYS})
    value["holidays"] = {"country": "XX", "days": [{"holiday": "First", "open": True}]}
    value["exceptions"] = [{"date": "2026-12-25", "hours": [], "name": "Move"}]
    assert answer(value, "2026-12-25T12:00", CHRISTMAS)[2:] == ("exception", "Move")


@pytest.mark.parametrize("order", [1, -1])
def test_an_opening_is_looked_for_366_days_ahead(order: int) -> None:
    value = {"timezone": "UTC", "exceptions": [{"date": "2028-01-01", "hours": [["09:00", "10:00"]]}]}
    timetable = Timetable(parse_schedule(value))
    asked = ["2026-12-31T08:59:59", "2026-12-31T09:00:00", "2026-12-31T09:00:01"][::order]
    answers = {at: timetable.status(utc(at)).opens_at for at in asked}
    opening = utc("2028-01-01T09:00")
    assert [answers[at] for at in sorted(answers)] == [None, opening, opening]


@pytest.mark.parametrize("order", [1, -1])
def test_a_closing_is_looked_for_366_days_ahead(order: int) -> None:
    value = {
        **weekly("UTC", **dict.fromkeys(DAYS, ALL_DAY)),
        "closures": [{"from": "2028-01-01T09:00", "to": "2028-01-01T10:00"}],
    }
    timetable = Timetable(parse_schedule(value))
    asked = ["2026-12-31T08:59:59", "2026-12-31T09:00:00", "2026-12-31T09:00:01"][::order]
    answers = {at: timetable.status(utc(at)) for at in asked}
    assert all(status.open for status in answers.values())
    closing = utc("2028-01-01T09:00")
    assert [answers[at].closes_at for at in sorted(answers)] == [None, closing, closing]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Pacific/Kiritimati", "2026-01-01T00:00"),
        ("Pacific/Niue", "2026-01-01T00:00"),
        # The farthest that local time has ever been from UTC.
        ("Asia/Manila", "1800-01-01T00:00"),
        ("America/Juneau", "1800-01-01T00:00"),
    ],
)
def test_hours_of_nearly_a_day_each_day_leave_a_minute_each_day(zone: str, start: str) -> None:
    timetable = Timetable(parse_schedule(weekly(zone, **{day: [["20:00", "19:59"]] for day in DAYS})))
    found = timetable.intervals(utc(start), utc(start) + 100 * DAY)
    gaps = [(one.end, two.start) for one, two in pairwise(found)]
    assert len(gaps) in (99, 100)
    assert {two - one for one, two in gaps} == {timedelta(minutes=1)}
    assert {two[0] - one[0] for one, two in pairwise(gaps)} == {DAY}


def test_a_part_of_a_second_counts() -> None:
    timetable = Timetable(parse_schedule(weekly("UTC", mon=[["09:00", "17:00"]])))
    opening = utc("2026-03-02T09:00")
    assert not timetable.status(opening - timedelta(microseconds=1)).open
    assert timetable.status(opening).open
    assert timetable.status(utc("2026-03-02T17:00") - timedelta(microseconds=1)).open


def test_an_interval_that_the_change_leaves_nothing_of_is_dropped() -> None:
    """02:30 becomes 03:30, which is after the end."""
    value = weekly("America/New_York", sun=[["02:30", "03:15"]])
    assert answer(value, "2025-03-09T07:30:00") == (False, utc("2025-03-16T06:30"), "outside_hours", None)


def test_hours_of_a_date_that_was_left_out_are_kept_by_the_offset_before() -> None:
    """In Samoa Friday the 30th of December 2011 did not happen; by R3 its hours came a day later."""
    value = weekly("Pacific/Apia", fri=[["09:00", "17:00"]])
    timetable = Timetable(parse_schedule(value))
    found = timetable.intervals(utc("2011-12-29T00:00"), utc("2012-01-01T00:00"))
    assert found == [Interval(utc("2011-12-30T19:00"), utc("2011-12-31T03:00"))]


NIGHTS_OFF = {
    **weekly("UTC", **{day: [["22:00", "06:00"]] for day in DAYS}),
    "holidays": {"country": "XX", "hours": []},
}


@pytest.mark.parametrize(
    ("exceptions", "closures", "at", "reason"),
    [
        # An exception over a holiday, a closure over both, and of two the last.
        ([("2026-12-25", "Own")], [], "2026-12-25T12:00", ("exception", "Own")),
        ([("2026-12-25", "Own"), ("2026-12-25", "Last")], [], "2026-12-25T12:00", ("exception", "Last")),
        ([("2026-12-25", "Own")], [("2026-12-25T10:00", "2026-12-26T05:00", "Move")], "2026-12-25T12:00",
         ("closure", "Move")),
        ([], [("2026-12-25T10:00", "2026-12-25T20:00", "A"), ("2026-12-25T11:00", "2026-12-25T13:00", "B")],
         "2026-12-25T12:00", ("closure", "B")),
        ([], [("2026-12-25T10:00", "2026-12-25T20:00", "A"), ("2026-12-25T11:00", "2026-12-25T13:00", "B")],
         "2026-12-25T13:00", ("closure", "A")),
        ([], [], "2026-12-25T12:00", ("holiday", "Christmas")),
        # The night that would have begun on the day before, until it would have ended.
        ([], [], "2026-12-26T05:59", ("holiday", "Christmas")),
        ([], [], "2026-12-26T06:00", ("outside_hours", None)),
        ([("2026-12-27", None)], [], "2026-12-28T03:00", ("exception", None)),
    ],
)  # fmt: skip
def test_the_reason(exceptions: Any, closures: Any, at: str, reason: tuple[str, str | None]) -> None:
    value = {
        **NIGHTS_OFF,
        "exceptions": [{"date": day, "hours": [], "name": name} for day, name in exceptions],
        "closures": [{"from": start, "to": end, "name": name} for start, end, name in closures],
    }
    assert answer(value, at, {date(2026, 12, 25): "Christmas"})[2:] == reason


def test_an_exception_that_takes_away_the_night_of_a_holiday() -> None:
    value = {
        **weekly("UTC"),
        "holidays": {"country": "XX", "hours": [["22:00", "06:00"]]},
        "exceptions": [{"date": "2026-12-25", "hours": [], "name": "Own"}],
    }
    days = {date(2026, 12, 25): "Christmas"}
    assert answer(value, "2026-12-26T03:00", days)[2:] == ("exception", "Own")
    assert answer(value, "2026-12-26T06:00", days)[2:] == ("outside_hours", None)


def test_the_reason_goes_back_with_the_clock_to_the_day_before() -> None:
    """In Newfoundland clocks were put back at one minute after midnight."""
    value = {
        **weekly("America/St_Johns", mon=[["09:00", "17:00"]]),
        "exceptions": [{"date": "2006-10-28", "hours": [], "name": "Saturday"}],
    }
    timetable = Timetable(parse_schedule(value))
    reasons = [
        (at, timetable.status(utc(at)).name)
        for at in ("2006-10-29T02:29", "2006-10-29T02:30", "2006-10-29T02:31", "2006-10-29T03:30")
    ]
    assert reasons == [
        ("2006-10-29T02:29", "Saturday"),
        ("2006-10-29T02:30", None),
        ("2006-10-29T02:31", "Saturday"),
        ("2006-10-29T03:30", None),
    ]


@settings(max_examples=15)
@given(st.data())
def test_answers_do_not_depend_on_what_was_asked_before(data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(["Europe/Vilnius", "Pacific/Apia", "America/St_Johns"]))
    value, days = data.draw(schedules(zone, date(2011, 12, 30)))
    schedule = parse_schedule(value)
    start = utc("2011-12-20T00:00")
    asked = data.draw(st.lists(st.integers(0, 20 * 1440), min_size=20, max_size=40))
    old = Timetable(schedule, Holidays(days))
    for minutes in asked:
        at = start + timedelta(minutes=minutes)
        assert old.status(at) == Timetable(schedule, Holidays(days)).status(at)


def test_intervals_are_cut_off_at_both_ends() -> None:
    timetable = Timetable(parse_schedule(weekly("Asia/Tokyo", **dict.fromkeys(DAYS, ALL_DAY))))
    start, end = utc("2026-01-01T12:34:56"), utc("2027-06-01T00:00:01")
    assert timetable.intervals(start, end) == [Interval(start, end)]
    assert timetable.intervals(end, start) == []


def test_very_many_exceptions_and_closures() -> None:
    first, last = date(1, 1, 1), date(9999, 12, 31)
    everything = {"from": str(first), "to": str(last), "hours": []}
    value = {
        **weekly("UTC", **{day: [["09:00", "17:00"]] for day in DAYS}),
        "exceptions": [everything] * 99_999 + [{"date": "2026-03-02", "hours": [["10:00", "11:00"]]}],
        "closures": [
            {"from": f"{year:04}-03-02T10:30", "to": f"{year:04}-03-02T10:45"} for year in range(1, 9999)
        ]
        * 2,
    }
    timetable = Timetable(parse_schedule(value))
    assert timetable.intervals(utc("2026-01-01T00:00"), utc("2027-01-01T00:00")) == [
        Interval(utc("2026-03-02T10:00"), utc("2026-03-02T10:30")),
        Interval(utc("2026-03-02T10:45"), utc("2026-03-02T11:00")),
    ]


def test_instants_need_a_zone_and_wall_clocks_none() -> None:
    timetable = Timetable(parse_schedule(weekly("UTC")))
    with pytest.raises(TypeError):
        timetable.status(datetime(2026, 1, 1))
    with pytest.raises(TypeError):
        timetable.instant(datetime(2026, 1, 1, tzinfo=UTC))


def test_holidays_need_a_source() -> None:
    with pytest.raises(ValueError, match="holidays"):
        Timetable(parse_schedule(NIGHTS_OFF))
