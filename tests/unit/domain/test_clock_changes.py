from datetime import UTC, datetime, timedelta

import pytest

from appliance.domain.clock_changes import clock_changes
from appliance.domain.zones import UnknownZone


def told(zone: str, start: str, end: str) -> list[tuple[str, str, str]]:
    first, last = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, end))
    return [
        (f"{one.at:%Y-%m-%dT%H:%M}", f"{one.before:%Y-%m-%dT%H:%M}", f"{one.after:%Y-%m-%dT%H:%M}")
        for one in clock_changes(zone, first, last)
    ]


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        (
            "Europe/Vilnius",
            [
                ("2025-03-30T01:00", "2025-03-30T03:00", "2025-03-30T04:00"),
                ("2025-10-26T01:00", "2025-10-26T04:00", "2025-10-26T03:00"),
            ],
        ),
        # Half an hour, on the other side of the year.
        (
            "Australia/Lord_Howe",
            [
                ("2025-04-05T15:00", "2025-04-06T02:00", "2025-04-06T01:30"),
                ("2025-10-04T15:30", "2025-10-05T02:00", "2025-10-05T02:30"),
            ],
        ),
        # Back for Ramadan, and forward five weeks later.
        (
            "Africa/Casablanca",
            [
                ("2025-02-23T02:00", "2025-02-23T03:00", "2025-02-23T02:00"),
                ("2025-04-06T02:00", "2025-04-06T02:00", "2025-04-06T03:00"),
            ],
        ),
        ("Asia/Tehran", []),
        ("UTC", []),
    ],
)
def test_the_changes_of_a_year(zone: str, changes: list[tuple[str, str, str]]) -> None:
    assert told(zone, "2025-01-01", "2026-01-01") == changes


def test_a_change_at_the_start_is_over_and_one_at_the_end_is_not() -> None:
    assert told("Europe/Vilnius", "2025-03-30T01:00", "2025-04-01") == []
    assert len(told("Europe/Vilnius", "2025-03-01", "2025-03-30T01:00")) == 1


def test_how_far_the_clocks_are_ahead() -> None:
    found = clock_changes(
        "Australia/Lord_Howe", datetime(2025, 1, 1, 3, 17, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert [one.offsets for one in found] == [(660, 630), (630, 660)]


def test_a_date_left_out() -> None:
    (change,) = clock_changes(
        "Pacific/Apia", datetime(2011, 12, 20, tzinfo=UTC), datetime(2012, 1, 5, tzinfo=UTC)
    )
    assert change.forward == timedelta(days=1)


def test_a_zone_that_is_not_known() -> None:
    with pytest.raises(UnknownZone):
        list(clock_changes("Vilnius", datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)))
