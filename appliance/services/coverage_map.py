"""A week of all regions: when each is open, who covers it meanwhile, and when nobody is there."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from appliance.domain import zones
from appliance.domain.calendar_days import days_from, week_begin
from appliance.domain.clock_changes import ClockChange, clock_changes
from appliance.domain.coverage import Coverage, coverage
from appliance.domain.placing import helpers
from appliance.domain.regions import Region, Regions
from appliance.services.regions import RegionSettings

FIRST_YEAR, LAST_YEAR = 2, 9997
"""Weeks and years around an instant must lie on the calendar, in every zone."""

_MARKS = (6, 12, 18)


@dataclass(frozen=True, slots=True)
class Day:
    """A local date, its first instant and that of the next. `marks`: 6:00, 12:00 and 18:00 on it."""

    date: date
    start: datetime
    end: datetime
    marks: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """The clocks of a zone are changed; it is that of `regions`, none: only the one that is looked from."""

    zone: str
    change: ClockChange
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """`shown`: the regions that it is about, in order; `regions` are all."""

    days: tuple[Day, ...]
    regions: Regions
    shown: tuple[Region, ...]
    coverage: Coverage
    changes: tuple[ZoneChange, ...]

    @property
    def is_always_open(self) -> bool:
        """There is one region only, and it never closes in this week."""
        return len(self.regions.all) == 1 and not self.coverage.gaps


class CoverageMap:
    def __init__(self, settings: RegionSettings) -> None:
        self._settings = settings

    async def week(
        self,
        at: datetime,
        time_zone: str,
        first_day: int,
        chosen: Callable[[Region], bool] = lambda region: True,
    ) -> Week:
        """The week in which `at` lies (of the years 2 to 9997), from `first_day` (0 is Monday) in a zone that
        there is, of the regions that are chosen."""
        regions = await self._settings.read()
        openings = await self._settings.openings()
        zone = zones.zone(time_zone)
        first = week_begin(at, zone, first_day)
        edges = days_from(first, 7, zone)
        days = tuple(
            Day(
                first + timedelta(days=number),
                edges[number],
                edges[number + 1],
                tuple(
                    datetime.combine(first + timedelta(days=number), time(hour), tzinfo=zone).astimezone(UTC)
                    for hour in _MARKS
                ),
            )
            for number in range(7)
        )
        start, end = edges[0], edges[-1]
        shown = tuple(region for region in regions.all if chosen(region))
        asked = {one.id for region in shown for one in (region, *helpers(region, regions))}
        opened = {one: openings.timetable(one).intervals(start, end) for one in asked}
        # Hundreds of regions that all help one another take seconds.
        found = await asyncio.to_thread(coverage, shown, regions, opened, start, end)
        return Week(days, regions, shown, found, _changes(shown, time_zone, start, end))


def _changes(
    regions: Sequence[Region], time_zone: str, start: datetime, end: datetime
) -> tuple[ZoneChange, ...]:
    names = dict.fromkeys([time_zone, *(region.schedule.timezone for region in regions)])
    found = [
        ZoneChange(name, change, tuple(region.id for region in regions if region.schedule.timezone == name))
        for name in names
        # A change at midnight is of the day that begins with it.
        for change in clock_changes(name, start - timedelta(seconds=1), end)
        if change.at < end
    ]
    return tuple(sorted(found, key=lambda one: one.change.at))
