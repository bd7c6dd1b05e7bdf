"""Schedules read from JSON (docs/business-hours.md), with every problem named by its place.

Reading goes on after a problem, so that all of them can be told at once.
"""

import contextlib
import difflib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from appliance.domain.schedule import (
    DAY_MINUTES,
    DAYS,
    Closure,
    DatedHours,
    HolidayDay,
    HolidayRule,
    HolidaySource,
    Hours,
    Problem,
    Schedule,
    ScheduleError,
)
from appliance.domain.schedule_times import BadInterval, interval, minutes, moment_text
from appliance.domain.zones import UnknownZone, zone

MAX_BYTES = 16 * 2**20
MAX_INTERVALS = DAY_MINUTES
"""In one list of hours: one for each minute of a day."""
MAX_NAME = 200
MAX_PROBLEMS = 50
"""After these nothing more is looked at."""

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTRY = re.compile("[A-Z]{2}")
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SHOWN = 40
"""Characters of a wrong value that are repeated to its author."""


class _Object(dict[str, Any]):
    """An object of JSON that remembers the names that came more than once."""

    doubled: tuple[str, ...] = ()


class _TooMany(Exception):
    """There are as many problems as anybody wants to read."""


def text_of(content: bytes) -> str:
    """A file's text. Raises ScheduleError."""
    if len(content) > MAX_BYTES:
        raise ScheduleError([Problem("", "too_large", {"limit": MAX_BYTES // 2**20})])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScheduleError([Problem("", "not_utf8", {"position": str(error.start + 1)})]) from None


def load_schedule(content: bytes, holidays: HolidaySource | None = None) -> Schedule:
    """The schedule in a file. Raises ScheduleError."""
    return parse_schedule(load_value(content), holidays)


def load_value(content: bytes) -> object:
    """The JSON in a file, all numbers as floats; objects know which of their names came twice. Raises
    ScheduleError."""
    text = text_of(content)
    try:
        # Numbers are few and small, so none needs to be exact.
        return json.loads(text, object_pairs_hook=_object, parse_int=float)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ScheduleError(
            [Problem(place, "not_json", {"line": str(error.lineno), "column": str(error.colno)})]
        ) from None
    except RecursionError:
        raise ScheduleError([Problem("", "too_deep")]) from None


def parse_schedule(value: object, holidays: HolidaySource | None = None) -> Schedule:
    """The schedule in a value as `json` reads it. Countries are looked up in `holidays`, if it is given.

    Raises ScheduleError with at most 50 problems.
    """
    reader = _Reader(holidays)
    schedule = None
    with contextlib.suppress(_TooMany):
        schedule = reader.schedule(value)
    if reader.problems or schedule is None:
        raise ScheduleError(reader.problems)
    return schedule


class _Reader:
    """Each method takes a value and its place, and gives what is in it, or notes a problem and gives as much
    as there is."""

    def __init__(self, holidays: HolidaySource | None) -> None:
        self._holidays = holidays
        self.problems: list[Problem] = []

    def schedule(self, value: object) -> Schedule | None:
        if not isinstance(value, dict):
            self._note("", "schedule_type")
            return None
        self._fields(value, "", ("timezone", "weekly", "holidays", "exceptions", "closures"))
        timezone = self._timezone(value)
        weekly = self._weekly(value.get("weekly", {}))
        holidays = self._rule(value.get("holidays"))
        exceptions = self._list(value, "exceptions", self._dated)
        closures = self._list(value, "closures", self._closure)
        if timezone is None:
            return None
        return Schedule(timezone, weekly, holidays, tuple(exceptions), tuple(closures))

    def _timezone(self, value: Mapping[str, Any]) -> str | None:
        name = value.get("timezone")
        if "timezone" not in value:
            self._note("timezone", "missing", field="timezone")
        elif not isinstance(name, str):
            self._note("timezone", "timezone_type")
        else:
            try:
                zone(name)
            except UnknownZone as error:
                near = error.near[0] if error.near else ""
                self._note_near("timezone", "timezone", name, near)
            else:
                return name
        return None

    def _weekly(self, value: object) -> tuple[tuple[Hours, ...], ...]:
        if not isinstance(value, dict):
            self._note("weekly", "weekly_type", example='{"mon": [["09:00", "17:00"]]}')
            return ((),) * 7
        self._fields(value, "weekly", DAYS)
        return tuple(self._hours(value[day], f"weekly.{day}") if day in value else () for day in DAYS)

    def _rule(self, value: object) -> HolidayRule | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            self._note("holidays", "holidays_type", example='{"country": "LT", "hours": []}')
            return None
        self._fields(value, "holidays", ("country", "subdivision", "hours", "days"))
        hours = self._hours(value.get("hours", []), "holidays.hours")
        days = self._list(value, "days", self._holiday, "holidays.")
        country, subdivision = value.get("country"), value.get("subdivision")
        if "country" not in value:
            self._note("holidays.country", "missing", field="country")
            return None
        if not isinstance(country, str) or not _COUNTRY.fullmatch(country):
            near = country.strip().upper() if isinstance(country, str) else ""
            self._note_near("holidays.country", "country", country, near if _COUNTRY.fullmatch(near) else "")
            return None
        if subdivision is not None and (not isinstance(subdivision, str) or not subdivision):
            self._note("holidays.subdivision", "subdivision_type")
            return None
        if not self._is_known(country, subdivision):
            return None
        return HolidayRule(country, subdivision, hours, tuple(days))

    def _holiday(self, value: object, place: str) -> HolidayDay | None:
        if not isinstance(value, dict):
            self._note(place, "holiday_type", example='{"holiday": "Christmas Day", "hours": []}')
            return None
        self._fields(value, place, ("holiday", "name", "hours", "open"))
        name = self._name(value, place)
        hours = self._hours(value["hours"], f"{place}.hours") if "hours" in value else None
        is_open = value.get("open", False)
        if not isinstance(is_open, bool):
            self._note(f"{place}.open", "holiday_open_type")
            return None
        if is_open and hours is not None:
            self._note(f"{place}.open", "holiday_open")
            return None
        if "holiday" not in value:
            self._note(f"{place}.holiday", "missing", field="holiday")
            return None
        holiday = value["holiday"]
        if not _is_line(holiday) or not holiday.strip():
            self._note(f"{place}.holiday", "holiday_name")
            return None
        return HolidayDay(holiday.strip(), name, hours, is_open)

    def _is_known(self, country: str, subdivision: str | None) -> bool:
        if self._holidays is None:
            return True
        known = self._holidays.subdivisions(country)
        if known is None:
            self._note("holidays.country", "country_unknown", value=country)
        elif subdivision is None or subdivision in known:
            return True
        elif not known:
            self._note("holidays.subdivision", "subdivision_none", value=_shown(subdivision), country=country)
        else:
            listed = ", ".join(known)
            self._note(
                "holidays.subdivision",
                "subdivision",
                value=_shown(subdivision),
                country=country,
                known=listed,
            )
        return False

    def _list(self, value: Mapping[str, Any], key: str, read: Any, inside: str = "") -> list[Any]:
        items = value.get(key, [])
        if not isinstance(items, list):
            self._note(f"{inside}{key}", "list_type", field=key)
            return []
        found = (read(item, f"{inside}{key}[{index}]") for index, item in enumerate(items))
        return [one for one in found if one is not None]

    def _dated(self, value: object, place: str) -> DatedHours | None:
        if not isinstance(value, dict):
            self._note(place, "exception_type", example='{"date": "2026-12-24", "hours": []}')
            return None
        self._fields(value, place, ("date", "from", "to", "hours", "name"))
        name = self._name(value, place)
        hours: tuple[Hours, ...] = ()
        if "hours" in value:
            hours = self._hours(value["hours"], f"{place}.hours")
        else:
            self._note(f"{place}.hours", "hours_missing")
        if "date" in value and not ("from" in value or "to" in value):
            first = last = self._date(value["date"], f"{place}.date")
        elif "date" not in value and "from" in value and "to" in value:
            first = self._date(value["from"], f"{place}.from")
            last = self._date(value["to"], f"{place}.to")
        else:
            self._note(place, "date_or_range")
            return None
        if first is None or last is None:
            return None
        if last < first:
            self._note(place, "range_order", first=first.isoformat(), last=last.isoformat())
            return None
        return DatedHours(first, last, hours, name)

    def _closure(self, value: object, place: str) -> Closure | None:
        if not isinstance(value, dict):
            example = '{"from": "2026-12-24T18:00", "to": "2026-12-28T08:00"}'
            self._note(place, "closure_type", example=example)
            return None
        self._fields(value, place, ("from", "to", "name"))
        name = self._name(value, place)
        moments = []
        for key in ("from", "to"):
            if key in value:
                moments.append(self._wall(value[key], f"{place}.{key}", is_end=key == "to"))
            else:
                self._note(f"{place}.{key}", "missing", field=key)
                moments.append(None)
        start, end = moments
        if start is None or end is None:
            return None
        if end <= start:
            self._note(place, "closure_order", start=moment_text(start), end=moment_text(end))
            return None
        return Closure(start, end, name)

    def _hours(self, value: object, place: str) -> tuple[Hours, ...]:
        # One interval is often written without the list around it.
        if not isinstance(value, list) or (value and all(isinstance(item, str) for item in value)):
            self._note(place, "hours_type", example='[["09:00", "12:00"], ["13:00", "17:30"]]')
            return ()
        if len(value) > MAX_INTERVALS:
            self._note(place, "too_many_intervals", limit=MAX_INTERVALS)
            return ()
        found = (self._interval(item, f"{place}[{index}]") for index, item in enumerate(value))
        return tuple(one for one in found if one is not None)

    def _interval(self, value: object, place: str) -> Hours | None:
        if not isinstance(value, list) or len(value) != 2:
            self._note(place, "interval_type", example='["09:00", "17:30"]')
            return None
        times = [minutes(time) if isinstance(time, str) else None for time in value]
        for index, (time, found) in enumerate(zip(value, times, strict=True)):
            if found is None:
                self._note(f"{place}[{index}]", "time", value=_shown(time))
        start, end = times
        if start is None or end is None:
            return None
        try:
            return interval(start, end)
        except BadInterval as error:
            self._note(place, error.code)
            return None

    def _date(self, value: object, place: str) -> date | None:
        found = _read_date(value)
        if found is None:
            self._note(place, "date", value=_shown(value))
        return found

    def _wall(self, value: object, place: str, *, is_end: bool) -> datetime | None:
        day, separator, time = value.partition("T") if isinstance(value, str) else ("", "", "")
        found, total = _read_date(day), minutes(time)
        if found is None or total is None or not separator:
            self._note(place, "moment", value=_shown(value))
        elif total == DAY_MINUTES and not is_end:
            self._note(place, "moment_start", value=_shown(value))
        else:
            try:
                return datetime(found.year, found.month, found.day) + timedelta(minutes=total)
            except OverflowError:
                self._note(place, "moment_last", value=_shown(value))
        return None

    def _name(self, value: Mapping[str, Any], place: str) -> str | None:
        name = value.get("name")
        if name is None:
            return None
        if not _is_line(name):
            self._note(f"{place}.name", "name", limit=MAX_NAME)
            return None
        return str(name).strip() or None

    def _fields(self, value: Mapping[str, Any], place: str, known: Sequence[str]) -> None:
        inside = f"{place}." if place else ""
        for key in value:
            if key not in known:
                shown = _shown(key)
                near = difflib.get_close_matches(key[:_SHOWN].casefold(), known, n=1, cutoff=0.6)
                self._note_near(f"{inside}{shown}", "field", key, near[0] if near else "", ", ".join(known))
        for key in getattr(value, "doubled", ()):
            self._note(f"{inside}{_shown(key)}", "field_twice", field=_shown(key))

    def _note_near(self, place: str, code: str, value: object, near: str, known: str = "") -> None:
        """`code` or, where something like it is known, `code`_near."""
        if near:
            self._note(place, f"{code}_near", value=_shown(value), near=near)
        else:
            self._note(place, code, value=_shown(value), **({"known": known} if known else {}))

    def _note(self, place: str, code: str, **params: str | int) -> None:
        self.problems.append(Problem(place, code, params))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _TooMany


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    value = _Object(pairs)
    if len(value) < len(pairs):
        count = Counter(key for key, _ in pairs)
        value.doubled = tuple(key for key, times in count.items() if times > 1)
    return value


def _is_line(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_NAME and not _NOT_ONE_LINE.search(value)


def _read_date(value: object) -> date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _shown(value: object) -> str:
    """A wrong value as its author wrote it, but short, on one line and printable."""
    text = value if isinstance(value, str) else _json_word(value)
    text = _NOT_ONE_LINE.sub("\ufffd", text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _json_word(value: object) -> str:
    """Of lists and objects only that they are one, as they may hold a million things."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value)
