"""Schedules written as JSON, as `schedule_json` reads them."""

import json
from collections.abc import Iterable
from typing import Any

from appliance.domain.schedule import DAYS, DatedHours, HolidayDay, Hours, Schedule
from appliance.domain.schedule_times import clock, moment_text


def format_schedule(schedule: Schedule) -> dict[str, Any]:
    """What `parse_schedule` reads the same schedule from; what is empty is left out."""
    value: dict[str, Any] = {
        "timezone": schedule.timezone,
        "weekly": {day: _pairs(hours) for day, hours in zip(DAYS, schedule.weekly, strict=True) if hours},
    }
    rule = schedule.holidays
    if rule is not None:
        value["holidays"] = {
            "country": rule.country,
            "subdivision": rule.subdivision,
            "hours": _pairs(rule.hours),
        }
        if rule.days:
            value["holidays"]["days"] = [_format_holiday(one) for one in rule.days]
    if schedule.exceptions:
        value["exceptions"] = [_format_exception(one) for one in schedule.exceptions]
    if schedule.closures:
        value["closures"] = [
            {"from": moment_text(one.start), "to": moment_text(one.end), **_named(one.name)}
            for one in schedule.closures
        ]
    return value


def dump_schedule(schedule: Schedule) -> str:
    """A file that people can read and compare: a line for each day, exception and closure."""
    parts = []
    for key, value in format_schedule(schedule).items():
        if key == "weekly" and value:
            lines = (f"    {_text(day)}: {_text(hours)}" for day, hours in value.items())
            text = "{\n" + ",\n".join(lines) + "\n  }"
        elif isinstance(value, list):
            text = "[\n" + ",\n".join(f"    {_text(one)}" for one in value) + "\n  ]"
        else:
            text = _text(value)
        parts.append(f"  {_text(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _pairs(hours: Iterable[Hours]) -> list[list[str]]:
    return [[clock(one.start), clock(one.end)] for one in hours]


def _format_exception(one: DatedHours) -> dict[str, Any]:
    days = {"date": one.first.isoformat()}
    if one.last != one.first:
        days = {"from": one.first.isoformat(), "to": one.last.isoformat()}
    return {**days, "hours": _pairs(one.hours), **_named(one.name)}


def _format_holiday(one: HolidayDay) -> dict[str, Any]:
    value: dict[str, Any] = {"holiday": one.holiday, **_named(one.name)}
    if one.hours is not None:
        value["hours"] = _pairs(one.hours)
    if one.is_open:
        value["open"] = True
    return value


def _named(name: str | None) -> dict[str, str]:
    return {} if name is None else {"name": name}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
