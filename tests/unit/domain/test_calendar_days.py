"""Days and weeks in zones that have them in their own way."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from appliance.domain.calendar_days import days_from, week_begin
from appliance.domain.zones import zone


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "where", "first_day", "begin"),
    [
        ("2026-11-22T12:00", "Europe/Vilnius", 0, date(2026, 11, 16)),
        ("2026-11-22T12:00", "Europe/Vilnius", 6, date(2026, 11, 22)),
        ("2026-11-22T12:00", "Asia/Tehran", 5, date(2026, 11, 21)),
        # Already Monday in Tokyo, still Sunday in Los Angeles.
        ("2026-11-22T15:00", "Asia/Tokyo", 0, date(2026, 11, 23)),
        ("2026-11-23T07:59", "America/Los_Angeles", 0, date(2026, 11, 16)),
    ],
)
def test_a_week_begins_on_the_readers_first_day(at: str, where: str, first_day: int, begin: date) -> None:
    assert week_begin(utc(at), zone(where), first_day) == begin


def test_days_are_as_long_as_the_clocks_make_them() -> None:
    edges = days_from(date(2026, 10, 23), 4, zone("Europe/Vilnius"))
    assert edges[0] == utc("2026-10-22T21:00")
    lengths = [(two - one) / timedelta(hours=1) for one, two in pairwise(edges)]
    assert lengths == [24, 24, 25, 24]


def test_a_day_that_was_left_out_has_no_length() -> None:
    edges = days_from(date(2011, 12, 29), 3, zone("Pacific/Apia"))
    assert [two - one for one, two in pairwise(edges)] == [
        timedelta(days=1),
        timedelta(0),
        timedelta(days=1),
    ]


def test_a_day_without_midnight_begins_when_it_begins() -> None:
    assert days_from(date(2025, 4, 25), 0, zone("Africa/Cairo")) == [utc("2025-04-24T22:00")]


@pytest.mark.parametrize(("day", "count"), [(date(1, 1, 1), 1), (date(9999, 12, 31), 1)])
def test_where_the_calendar_ends_there_are_no_days(day: date, count: int) -> None:
    with pytest.raises(OverflowError):
        days_from(day, count, zone("Asia/Tokyo"))
