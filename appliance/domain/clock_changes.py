"""The instants at which the clocks of a zone are changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.domain.zones import zone

_SECOND = timedelta(seconds=1)
# Two changes have never been nearer to each other, but for Morocco's weeks around Ramadan, which are longer.
_STEP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """At this instant (UTC) clocks show `after` instead of `before`: wall-clock times, both naive."""

    at: datetime
    before: datetime
    after: datetime

    @property
    def forward(self) -> timedelta:
        """By how much; negative when they go back."""
        return self.after - self.before

    @property
    def offsets(self) -> tuple[float, float]:
        """How far the clocks are ahead of UTC before and after it, in minutes."""
        utc, minute = self.at.replace(tzinfo=None), timedelta(minutes=1)
        return (self.before - utc) / minute, (self.after - utc) / minute


def clock_changes(timezone: str, start: datetime, end: datetime) -> Iterator[ClockChange]:
    """Those after `start` and up to `end`, instants in UTC, in order. Raises UnknownZone."""
    rules = zone(timezone)

    def offset(at: datetime) -> timedelta:
        found = at.astimezone(rules).utcoffset()
        assert found is not None
        return found

    def wall(at: datetime, by: timedelta) -> datetime:
        return at.replace(tzinfo=None) + by

    while start < end:
        until = min(start + _STEP, end)
        before, after = offset(start), offset(until)
        if before != after:
            same, other = start, until
            while other - same > _SECOND:
                middle = same + (other - same) // _SECOND // 2 * _SECOND
                if offset(middle) == before:
                    same = middle
                else:
                    other = middle
            yield ClockChange(other, wall(other, before), wall(other, after))
        start = until
