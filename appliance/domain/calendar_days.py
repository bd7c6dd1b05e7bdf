"""Days and weeks of a zone as instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


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
