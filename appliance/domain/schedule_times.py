"""Times of day and intervals of them as text, for every form that schedules are written in."""

import re
from datetime import datetime

from appliance.domain.schedule import DAY_MINUTES, Hours

_TIME = re.compile("([0-9]{2}):([0-9]{2})")


class BadInterval(ValueError):
    """`code` is that of a `Problem`: `interval_empty`, `interval_start` or `interval_long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def minutes(text: str) -> int | None:
    """Minutes after midnight of 00:00 to 24:00; None for anything else."""
    match = _TIME.fullmatch(text)
    if match is None or int(match[2]) > 59:
        return None
    total = int(match[1]) * 60 + int(match[2])
    return total if total <= DAY_MINUTES else None


def clock(total: int) -> str:
    """`09:30`; on the next day as on the first, but `24:00` for midnight at its beginning."""
    if total > DAY_MINUTES:
        total -= DAY_MINUTES
    return f"{total // 60:02}:{total % 60:02}"


def moment_text(moment: datetime) -> str:
    """`2026-12-24T18:00`, of a wall-clock time."""
    return moment.isoformat(timespec="minutes")


def interval(start: int, end: int) -> Hours:
    """R1: an end that is not after the start is on the next day. Raises BadInterval.

    An end above 24:00 says the same of itself.
    """
    if start >= DAY_MINUTES:
        raise BadInterval("interval_start")
    if start == end:
        raise BadInterval("interval_empty")
    if end < start:
        end += DAY_MINUTES
    if end > DAY_MINUTES and end - start >= DAY_MINUTES:
        raise BadInterval("interval_long")
    return Hours(start, end)
