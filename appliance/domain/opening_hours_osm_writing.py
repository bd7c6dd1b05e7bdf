"""A schedule as OpenStreetMap's `opening_hours` text, which `opening_hours_osm` reads."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from appliance.domain.opening_hours_osm import MONTHS, WEEKDAYS
from appliance.domain.schedule import DAY_MINUTES, Closure, Hours, Problem, Schedule, ScheduleError
from appliance.domain.schedule_times import clock

_ALWAYS = (Hours(0, DAY_MINUTES),)


def write_opening_hours(schedule: Schedule) -> str:
    """The text; the zone, and the country whose holidays are meant, have no place in it.

    Raises ScheduleError for names with a quotation mark.
    """
    names = {f"exceptions[{index}].name": one.name for index, one in enumerate(schedule.exceptions)}
    names |= {f"closures[{index}].name": one.name for index, one in enumerate(schedule.closures)}
    problems = [Problem(place, "osm_name_quote") for place, name in names.items() if name and '"' in name]
    if schedule.holidays is not None:
        days = range(len(schedule.holidays.days))
        problems += [Problem(f"holidays.days[{index}]", "osm_holiday_day") for index in days]
    if problems:
        raise ScheduleError(problems)
    rules = [_weekly(schedule.weekly)]
    if schedule.holidays is not None:
        rules.append(f"PH {_hours(schedule.holidays.hours)}")
    for one in schedule.exceptions:
        rules.append(f"{_dates(one.first, one.last)} {_hours(one.hours)}{_comment(one.name)}")
    for closure in schedule.closures:
        rules += _closed(closure)
    return "; ".join(rules)


def _weekly(weekly: Sequence[tuple[Hours, ...]]) -> str:
    if all(hours == _ALWAYS for hours in weekly):
        return "24/7"
    alike: dict[tuple[Hours, ...], list[int]] = {}
    for day, hours in enumerate(weekly):
        if hours:
            alike.setdefault(hours, []).append(day)
    rules = [f"{_days(days)} {_hours(hours)}" for hours, days in alike.items()]
    # Some readers let the rule of a day end the night shift of the day before. After a comma it can't.
    is_overnight = any(one.end > DAY_MINUTES for hours in weekly for one in hours)
    return (", " if is_overnight else "; ").join(rules) or "off"


def _days(days: Sequence[int]) -> str:
    """`Mo-Fr,Su`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" if len(run) > 2 else ",".join(WEEKDAYS[day] for day in run)
        for run in runs
    )


def _hours(hours: Iterable[Hours]) -> str:
    return ",".join(f"{clock(one.start)}-{clock(one.end)}" for one in hours) or "off"


def _closed(closure: Closure) -> Iterator[str]:
    """The rest of its first day, the days between, and the beginning of its last."""
    day, end = closure.start.date(), closure.end
    since = _minute(closure.start)
    name = _comment(closure.name)
    if since and day < end.date():
        yield f"{_dates(day, day)} {clock(since)}-24:00 off{name}"
        day, since = day + timedelta(days=1), 0
    if day < end.date():
        yield f"{_dates(day, end.date() - timedelta(days=1))} 00:00-24:00 off{name}"
        day = end.date()
    if _minute(end) > since:
        yield f"{_dates(day, day)} {clock(since)}-{clock(_minute(end))} off{name}"


def _dates(first: date, last: date) -> str:
    """`2026 Dec 24`, `2026 Dec 24-26` or `2026 Dec 24-2027 Jan 02`."""
    if first == last:
        return _date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_date(first)}-{last.day:02}"
    return f"{_date(first)}-{_date(last)}"


def _date(day: date) -> str:
    return f"{day.year:04} {MONTHS[day.month - 1]} {day.day:02}"


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _comment(name: str | None) -> str:
    return f' "{name}"' if name else ""
