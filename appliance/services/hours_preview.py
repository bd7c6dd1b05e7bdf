"""What a schedule comes to: its next days on the local clock, and the nights on which clocks are changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appliance.domain.clock_changes import ClockChange, clock_changes
from appliance.domain.schedule import DAY_MINUTES, DAYS, HolidaySource, Reason, Schedule, Status
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_notes import ChangedShift, changed_shifts
from appliance.domain.zones import zone

DAYS_AHEAD = 28
CHANGES_AHEAD = 2
FIRST_YEAR, LAST_YEAR = 2, 9995
"""What lies before and after an instant of these years is on the calendar, in every zone."""

_YEAR = timedelta(days=366)
# Some zones have a change but once in several years.
_CHANGES_WITHIN = timedelta(days=3 * 366)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DayView:
    """A local date: when it is open on it, in minutes of the local clock, and what set its hours.

    `minutes` is how long it is really open, which differs where clocks are changed.
    """

    day: date
    open: tuple[tuple[int, int], ...]
    minutes: int
    by: Reason
    name: str | None
    closures: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of clocks, and the shifts of that night that last longer or shorter than the clock says."""

    change: ClockChange
    shifts: tuple[ChangedShift, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    now: datetime
    """On the local clock, naive."""
    status: Status
    days: tuple[DayView, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class PlacedShift:
    """`place` is that of the hours in the schedule."""

    place: str
    change: ClockChange
    shift: ChangedShift


def preview(schedule: Schedule, holidays: HolidaySource | None, at: datetime) -> Preview:
    """The next four weeks from the local date of an instant (UTC, of the years 2 to 9995), and the next two
    changes of clocks."""
    timetable = Timetable(schedule, holidays)
    rules = zone(schedule.timezone)
    now = at.astimezone(rules)
    first = now.date()
    days = tuple(_day(timetable, first + number * _DAY) for number in range(DAYS_AHEAD))
    changes = []
    for change in clock_changes(schedule.timezone, at, at + _CHANGES_WITHIN):
        changes.append(ChangeView(change, tuple(_shifts(timetable, change))))
        if len(changes) == CHANGES_AHEAD:
            break
    return Preview(now.replace(tzinfo=None, fold=0), timetable.status(at), days, tuple(changes))


def shifts_changed(schedule: Schedule, holidays: HolidaySource | None, at: datetime) -> Iterator[PlacedShift]:
    """The shifts of the next year that a change of clocks makes longer or shorter, or takes away."""
    timetable = Timetable(schedule, holidays)
    for change in clock_changes(schedule.timezone, at, at + _YEAR):
        for shift in _shifts(timetable, change):
            yield PlacedShift(_place(timetable, shift), change, shift)


def _shifts(timetable: Timetable, change: ClockChange) -> Iterator[ChangedShift]:
    return changed_shifts(timetable, change.before.date() - _DAY, change.after.date())


def _place(timetable: Timetable, shift: ChangedShift) -> str:
    schedule, plan = timetable.schedule, timetable.plan(shift.day)
    if plan.by == "outside_hours":
        weekday = shift.day.weekday()
        return f"weekly.{DAYS[weekday]}[{schedule.weekly[weekday].index(shift.hours)}]"
    if plan.by == "exception":
        found = [i for i, one in enumerate(schedule.exceptions) if one.first <= shift.day <= one.last]
        return f"exceptions[{found[-1]}]"
    return "holidays.hours"


def _day(timetable: Timetable, day: date) -> DayView:
    schedule = timetable.schedule
    midnight = datetime(day.year, day.month, day.day)
    start, end = timetable.instant(midnight), timetable.instant(midnight + _DAY)
    plan = timetable.plan(day)
    closures = tuple(
        one.name for one in schedule.closures if one.start < midnight + _DAY and one.end > midnight
    )
    if start is None or end is None or end <= start:
        return DayView(day, (), 0, plan.by, plan.name, closures)
    intervals = timetable.intervals(start, end)
    rules = zone(schedule.timezone)

    def minute(at: datetime) -> int:
        if at == end:
            return DAY_MINUTES
        wall = at.astimezone(rules).replace(tzinfo=None)
        return min(max((wall - midnight) // _MINUTE, 0), DAY_MINUTES)

    shown = _forward([(minute(one.start), minute(one.end)) for one in intervals])
    minutes = sum((one.end - one.start) // _MINUTE for one in intervals)
    return DayView(day, shown, minutes, plan.by, plan.name, closures)


def _forward(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Where an hour comes twice, an interval may seem to end before it starts: it is shown as a minute."""
    return tuple((start, max(end, start + 1)) for start, end in spans)
