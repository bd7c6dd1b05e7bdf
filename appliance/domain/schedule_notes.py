"""What is allowed in a schedule but hardly meant, and what clock changes do to its shifts."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appliance.domain.schedule import DAY_MINUTES, DAYS, HolidaySource, Hours, Problem, Schedule
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.spans import Layers

MAX_NOTES = 50


def notes(schedule: Schedule, holidays: HolidaySource | None = None) -> list[Problem]:
    """What its author should know, with places as in `schedule_json`; at most 50.

    With `holidays`, names of holidays are looked up too. A name that is not known is no error: the calendar
    may come to call a holiday by another, and the hours must go on being read.
    """
    found = []
    rule = schedule.holidays
    rule_hours = bool(rule and (rule.hours or any(one.hours for one in rule.days)))
    if not any(schedule.weekly) and not rule_hours and not any(one.hours for one in schedule.exceptions):
        found.append(Problem("", "note_never_open"))
    for problem in (*_overlaps(schedule), *_hidden(schedule), *_holidays(schedule, holidays)):
        if len(found) >= MAX_NOTES:
            break
        found.append(problem)
    return found


@dataclass(frozen=True, slots=True)
class ChangedShift:
    """Hours that last longer or shorter than the clock says, as it is changed meanwhile."""

    day: date
    """The local date on which they start."""
    hours: Hours
    minutes: int
    """How long they really last; 0 if they are left out."""


def changed_shifts(timetable: Timetable, first: date, last: date) -> Iterator[ChangedShift]:
    """Those that start from one local date to another, both included; closures are not looked at."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        for hours in timetable.plan(day).hours:
            midnight = datetime.combine(day, datetime.min.time())
            try:
                start, end = (
                    timetable.instant(midnight + timedelta(minutes=minute))
                    for minute in (hours.start, hours.end)
                )
            except OverflowError:
                continue
            if start is None or end is None:
                continue
            minutes = max(0, (end - start) // timedelta(minutes=1))
            if minutes != hours.end - hours.start:
                yield ChangedShift(day, hours, minutes)


def _overlaps(schedule: Schedule) -> Iterator[Problem]:
    week: list[tuple[int, int, str]] = []
    for day, hours in enumerate(schedule.weekly):
        week += _placed(hours, f"weekly.{DAYS[day]}", day * DAY_MINUTES)
    # The night of Sunday goes on on Monday.
    before = _placed(schedule.weekly[6], "weekly.sun", -DAY_MINUTES)
    yield from _overlapping([one for one in before if one[1] > 0] + week)
    if schedule.holidays is not None:
        yield from _overlapping(_placed(schedule.holidays.hours, "holidays.hours"))
        for index, holiday in enumerate(schedule.holidays.days):
            yield from _overlapping(_placed(holiday.hours or (), f"holidays.days[{index}].hours"))
    for index, exception in enumerate(schedule.exceptions):
        if len(exception.hours) > 1:
            yield from _overlapping(_placed(exception.hours, f"exceptions[{index}].hours"))


def _placed(hours: Sequence[Hours], place: str, offset: int = 0) -> list[tuple[int, int, str]]:
    return [(offset + one.start, offset + one.end, f"{place}[{index}]") for index, one in enumerate(hours)]


def _overlapping(intervals: list[tuple[int, int, str]]) -> Iterator[Problem]:
    """Each that begins before one before it has ended."""
    furthest, other = -DAY_MINUTES, ""
    for start, end, place in sorted(intervals, key=lambda one: one[:2]):
        if start < furthest:
            yield Problem(place, "note_overlap", {"other": other})
        if end > furthest:
            furthest, other = end, place


def _holidays(schedule: Schedule, holidays: HolidaySource | None) -> Iterator[Problem]:
    """What is said of holidays that don't exist, or is said again later."""
    rule = schedule.holidays
    if rule is None:
        return
    last = {one.holiday: index for index, one in enumerate(rule.days)}
    known = holidays.names(rule.country, rule.subdivision) if holidays is not None and rule.days else None
    for index, one in enumerate(rule.days):
        place = f"holidays.days[{index}]"
        if last[one.holiday] != index:
            yield Problem(place, "note_holiday_twice")
        elif known is not None and one.holiday not in known:
            near = difflib.get_close_matches(one.holiday, known, n=1)
            if near:
                yield Problem(place, "note_holiday_near", {"value": one.holiday, "near": near[0]})
            else:
                yield Problem(place, "note_holiday", {"value": one.holiday})


def _hidden(schedule: Schedule) -> Iterator[Problem]:
    """Exceptions that none of their days is left to."""
    spans = [(one.first.toordinal(), one.last.toordinal() + 1) for one in schedule.exceptions]
    visible = Layers(spans).visible()
    for index in range(len(spans)):
        if index not in visible:
            yield Problem(f"exceptions[{index}]", "note_hidden")
