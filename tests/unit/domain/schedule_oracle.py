"""A slow, obvious reading of the rules of opening hours, to compare the real one with.

It walks through every minute of UTC, looks at what clocks show there, and tries each rule on each minute. It
shares nothing with the code under test but the zone's data, reads schedules as the JSON they are written in,
and never converts from wall clock to UTC other than by looking the minute up.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from appliance.domain.schedule import DAYS
from appliance.domain.zones import zone

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# What starts outside of what is asked for still reaches into it.
MARGIN = 5 * 1440


class Clocks(NamedTuple):
    """What clocks show at each minute of UTC from `first` on, and at which of these minutes they first show
    a time, or would, had they not been put forward."""

    first: datetime
    shown: list[datetime]
    minute_of: dict[datetime, int]


@lru_cache(maxsize=4)
def clocks(name: str, first: datetime, minutes: int) -> Clocks:
    rules: tzinfo = zone(name)
    first -= MARGIN * MINUTE
    shown: list[datetime] = []
    minute_of: dict[datetime, int] = {}
    for minute in range(minutes + 2 * MARGIN):
        now = (first + minute * MINUTE).astimezone(rules).replace(tzinfo=None, fold=0)
        if shown:
            skipped, ahead = shown[-1] + MINUTE, minute
            while skipped < now:
                minute_of.setdefault(skipped, ahead)
                skipped, ahead = skipped + MINUTE, ahead + 1
        shown.append(now)
        minute_of.setdefault(now, minute)
    return Clocks(first, shown, minute_of)


class Oracle:
    """Answers for `minutes` minutes of UTC from `first` on."""

    def __init__(
        self, schedule: Mapping[str, Any], holidays: Mapping[date, str], first: datetime, minutes: int
    ) -> None:
        self.schedule = schedule
        self.holidays = holidays if schedule.get("holidays") else {}
        self.first = first
        self.clocks = clocks(schedule["timezone"], first, minutes)
        self._stretches: dict[date, list[tuple[int, int]]] = {}
        self._cuts = [
            (
                self._minute_of(self._wall(one["from"])),
                self._minute_of(self._wall(one["to"])),
                one.get("name"),
            )
            for one in schedule.get("closures", [])
        ]
        self.open = [self._is_open(MARGIN + minute) for minute in range(minutes)]

    def change_after(self, minute: int) -> datetime | None:
        """The first minute that differs from this one, within what is looked at."""
        later = range(minute + 1, len(self.open))
        found = next((one for one in later if self.open[one] != self.open[minute]), None)
        return None if found is None else self.first + found * MINUTE

    def reason(self, minute: int) -> tuple[str, str | None]:
        minute += MARGIN
        for start, end, name in reversed(self._cuts):
            if start <= minute < end:
                return "closure", name
        today = self.clocks.shown[minute].date()
        by, name, _ = self._plan(today)
        if by == "outside_hours":
            yesterday = today - DAY
            was_by, was_name, _ = self._plan(yesterday)
            beneath = list(self._weekly(yesterday))
            if was_by == "exception" and yesterday in self.holidays:
                beneath += (self._holiday(yesterday) or ("", None, []))[2]
            nights = self._worked_out(yesterday, [pair for pair in beneath if pair[1] <= pair[0]])
            if was_by != "outside_hours" and any(start <= minute < end for start, end in nights):
                return was_by, was_name
        return by, name

    def _is_open(self, minute: int) -> bool:
        if any(start <= minute < end for start, end, _ in self._cuts):
            return False
        today = self.clocks.shown[minute].date()
        for day in (today + days * DAY for days in range(-3, 3)):
            if day not in self._stretches:
                self._stretches[day] = self._worked_out(day, self._plan(day)[2])
            if any(start <= minute < end for start, end in self._stretches[day]):
                return True
        return False

    def _plan(self, day: date) -> tuple[str, str | None, list[list[str]]]:
        for exception in reversed(self.schedule.get("exceptions", [])):
            first = exception.get("date") or exception["from"]
            last = exception.get("date") or exception["to"]
            if first <= day.isoformat() <= last:
                return "exception", exception.get("name"), exception["hours"]
        if day in self.holidays:
            holiday = self._holiday(day)
            if holiday is not None:
                return holiday
        return "outside_hours", None, self._weekly(day)

    def _holiday(self, day: date) -> tuple[str, str | None, list[list[str]]] | None:
        """None where it is kept open. A date's holidays are named `A; B` here."""
        shown = self.holidays[day]
        rule = self.schedule["holidays"]
        for own in reversed(rule.get("days", [])):
            if own["holiday"] in shown.split("; "):
                if own.get("open"):
                    return None
                return "holiday", own.get("name") or shown, own.get("hours", rule.get("hours", []))
        return "holiday", shown, rule.get("hours", [])

    def _weekly(self, day: date) -> list[list[str]]:
        return self.schedule["weekly"].get(DAYS[day.weekday()], [])

    def _worked_out(self, day: date, hours: list[list[str]]) -> list[tuple[int, int]]:
        """The minutes on which a date's hours begin and end."""
        return [
            (
                self._minute_of(self._wall(f"{day}T{start}")),
                self._minute_of(self._wall(f"{day if end > start else day + DAY}T{end}")),
            )
            for start, end in hours
        ]

    def _minute_of(self, wall: datetime) -> int:
        """What lies before or after all that was looked at is far away."""
        found = self.clocks.minute_of.get(wall)
        if found is not None:
            return found
        return -1 if wall < self.clocks.shown[0] else len(self.clocks.shown)

    @staticmethod
    def _wall(text: str) -> datetime:
        if text.endswith("T24:00"):
            return datetime.fromisoformat(text[:10]) + DAY
        return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
