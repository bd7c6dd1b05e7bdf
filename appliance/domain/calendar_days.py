"""Days and weeks of a zone as instants, and when its clocks are changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """`before` and `after`: how far the clocks are ahead of UTC, in minutes."""

    at: datetime
    before: float
    after: float


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local date, in UTC. Where midnight is skipped it is the first that there is; a
    date that a zone left out begins, and ends, when the next one does. Raises OverflowError."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def days_from(first: date, count: int, zone: ZoneInfo) -> list[datetime]:
    """The first instants of so many local dates, then the end of the last. Raises OverflowError."""
    return [day_start(first + timedelta(days=number), zone) for number in range(count + 1)]


def week_begin(at: datetime, zone: ZoneInfo, first_day: int) -> date:
    """The first date of the week in which an instant lies. `first_day`: 0 is Monday. Raises OverflowError."""
    today = at.astimezone(zone).date()
    return today - timedelta(days=(today.weekday() - first_day) % 7)


def clock_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[ClockChange]:
    """Every change of a zone's clocks after `start` and until before `end`, found where two days apart by
    24 hours differ; a change that is undone on the same day is not seen."""
    while start < end:
        until = min(start + _DAY, end)
        before, after = _ahead(zone, start), _ahead(zone, until)
        if before != after:
            same, other = start, until
            while other - same > _SECOND:
                middle = (same + (other - same) / 2).replace(microsecond=0)
                if middle <= same:
                    middle = same + _SECOND
                if _ahead(zone, middle) == before:
                    same = middle
                else:
                    other = middle
            if other < end:
                yield ClockChange(other, before, after)
        start = until


def offset_minutes(zone: ZoneInfo, at: datetime) -> float:
    """How far a zone's clocks are ahead of UTC; before there was standard time also in parts of minutes."""
    return _ahead(zone, at)


def _ahead(zone: ZoneInfo, at: datetime) -> float:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset / timedelta(minutes=1)
