"""What the editor of business hours asks of the server (docs/protocol.md). Nothing is stored here."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from starlette.requests import Request
from starlette.responses import Response

from appliance.domain import zones
from appliance.domain.instants import BadInstant, format_instant, parse_instant
from appliance.domain.opening_hours_osm import read_opening_hours
from appliance.domain.opening_hours_osm_writing import write_opening_hours
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.schedule import Problem, Schedule, ScheduleError
from appliance.domain.schedule_format import dump_schedule, format_schedule
from appliance.domain.schedule_json import load_schedule, parse_schedule
from appliance.domain.schedule_notes import MAX_NOTES, notes
from appliance.i18n import Catalogue
from appliance.names import country_name
from appliance.schedule_wordings import wording
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.hours_preview import FIRST_YEAR, LAST_YEAR, preview, shifts_changed
from appliance.services.ports import Clock
from appliance.web.fields import Fields, read_bounded
from appliance.web.hours_words import change_text, shift_note, shift_text
from appliance.web.pages import Pages
from appliance.web.reply import json_response

MAX_BODY = 2**20
"""Of a request, in bytes; a busy schedule has some ten thousand."""

_CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class HoursApi:
    pages: Pages
    clock: Clock

    async def choices(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/hours/choices`: zones, and countries whose holidays are known."""
        words = self.pages.words(request)

        def found() -> dict[str, Any]:
            countries = [
                {"code": code, "name": country_name(code, words.locale)}
                for code in HolidayCalendar(words.locale).countries()
                # Another code for a country that is listed already has no name of its own.
                if country_name(code, words.locale) != code
            ]
            return {
                "countries": sorted(countries, key=lambda one: one["name"].casefold()),
                "zones": sorted(zones.names()),
            }

        return json_response(await asyncio.to_thread(found))

    async def holidays(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/hours/holidays?country&subdivision&year`."""
        query = request.query_params
        country, subdivision = query.get("country", ""), query.get("subdivision") or None
        year = query.get("year", "")
        if not (year.isascii() and year.isdigit() and len(year) <= 4 and int(year)):
            raise Refused("bad_field", field="year")
        calendar = HolidayCalendar(self.pages.words(request).locale)

        def found() -> dict[str, Any]:
            parts = calendar.subdivisions(country[:_CODE_LENGTH])
            if parts is None:
                raise Refused("bad_field", field="country")
            if subdivision is not None and subdivision not in parts:
                raise Refused("bad_field", field="subdivision")
            english = calendar.english(country, subdivision, int(year))
            return {
                "days": [
                    {"date": day.isoformat(), "name": name, "holidays": list(english.get(day, ()))}
                    for day, name in sorted(calendar.days(country, subdivision, int(year)).items())
                ],
                "subdivisions": list(parts),
                "weekend": _weekend(country),
            }

        return json_response(await asyncio.to_thread(found))

    async def check(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/hours/check`: what is wrong with a schedule, and what is hardly meant."""
        value = (await _body(request)).raw("schedule")
        words = self.pages.words(request)
        calendar = HolidayCalendar(words.locale)

        def found() -> dict[str, Any]:
            try:
                schedule = parse_schedule(value, calendar)
            except ScheduleError as error:
                return {"problems": problem_views(error.problems, words), "notes": []}
            told = problem_views(notes(schedule, calendar), words)
            for one in shifts_changed(schedule, calendar, self.clock()):
                if len(told) >= MAX_NOTES:
                    break
                told.append({"place": one.place, "text": shift_note(one, words)})
            return {"problems": [], "notes": told}

        return json_response(await asyncio.to_thread(found))

    async def preview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/hours/preview`: the next four weeks, and the next two changes of clocks."""
        fields = await _body(request)
        at = _instant(fields.raw("at")) if fields.raw("at") is not None else self.clock()
        words = self.pages.words(request)
        return await self._read(request, fields.raw("schedule"), lambda one: _preview(one, at, words))

    async def take(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/hours/import`: a schedule from JSON, or from OpenStreetMap's text."""
        fields = await _body(request)
        text = fields.raw("text")
        if not isinstance(text, str):
            raise Refused("bad_field", field="text")
        timezone = fields.line("timezone", zones.MAX_NAME_LENGTH) or "UTC"
        country, part = fields.line("country", _CODE_LENGTH), fields.line("subdivision", _CODE_LENGTH)
        words = self.pages.words(request)
        calendar = HolidayCalendar(words.locale)

        def found() -> dict[str, Any]:
            try:
                if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
                    schedule = load_schedule(text.encode("utf-8", "replace"), calendar)
                else:
                    read = read_opening_hours(text, timezone, country or None, part or None)
                    # The zone and the country are checked as those of a file are.
                    schedule = parse_schedule(format_schedule(read), calendar)
            except ScheduleError as error:
                return {"schedule": None, "problems": problem_views(error.problems, words)}
            return {"schedule": format_schedule(schedule), "problems": []}

        return json_response(await asyncio.to_thread(found))

    async def export(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/hours/export`: a schedule as JSON, and as OpenStreetMap's text where that can say it."""
        fields = await _body(request)
        words = self.pages.words(request)

        def written(schedule: Schedule) -> dict[str, Any]:
            try:
                osm, problems = write_opening_hours(schedule), []
            except ScheduleError as error:
                osm, problems = None, problem_views(error.problems, words)
            return {"json": dump_schedule(schedule), "osm": osm, "osm_problems": problems, "problems": []}

        return await self._read(request, fields.raw("schedule"), written)

    async def _read(
        self, request: Request, value: object, make: Callable[[Schedule], dict[str, Any]]
    ) -> Response:
        """What is made of a schedule; the problems of one that can't be read."""
        words = self.pages.words(request)

        def found() -> dict[str, Any]:
            try:
                schedule = parse_schedule(value, HolidayCalendar(words.locale))
            except ScheduleError as error:
                return {"problems": problem_views(error.problems, words)}
            return make(schedule)

        return json_response(await asyncio.to_thread(found))


def problem_views(problems: Sequence[Problem], words: Catalogue) -> list[dict[str, Any]]:
    """`near`: what was probably meant instead, where that is known."""
    return [
        {"place": one.place, "text": wording(one, words), "near": one.params.get("near")} for one in problems
    ]


def _preview(schedule: Schedule, at: datetime, words: Catalogue) -> dict[str, Any]:
    found = preview(schedule, HolidayCalendar(words.locale), at)
    status = found.status
    return {
        "problems": [],
        "now": found.now.isoformat(timespec="minutes"),
        "rules": zones.VERSION,
        "status": {
            "open": status.open,
            "until": _wall(status.closes_at if status.open else status.opens_at, schedule.timezone),
            "reason": status.reason,
            "name": status.name,
        },
        "days": [
            {
                "date": one.day.isoformat(),
                "open": one.open,
                "minutes": one.minutes,
                "by": one.by,
                "name": one.name,
                "closures": one.closures,
            }
            for one in found.days
        ],
        "changes": [
            {
                "at": format_instant(one.change.at),
                "date": one.change.before.date().isoformat(),
                "text": change_text(one.change, words),
                "shifts": [shift_text(shift, words) for shift in one.shifts],
            }
            for one in found.changes
        ],
    }


def _wall(at: datetime | None, timezone: str) -> str | None:
    if at is None:
        return None
    return at.astimezone(zones.zone(timezone)).replace(tzinfo=None).isoformat(timespec="minutes")


def _weekend(country: str) -> list[int]:
    """The days that are no working days there by CLDR, Monday 0."""
    try:
        week = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        week = Locale("en", "001")
    start, end = week.weekend_start, week.weekend_end
    return [(start + number) % 7 for number in range((end - start) % 7 + 1)]


def _instant(value: object) -> datetime:
    if isinstance(value, str):
        try:
            at = parse_instant(value)
        except BadInstant:
            pass
        else:
            if FIRST_YEAR <= at.year <= LAST_YEAR:
                return at
    raise Refused("bad_field", field="at")


async def _body(request: Request) -> Fields:
    content = await read_bounded(request, MAX_BODY)
    try:
        value = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if not isinstance(value, dict):
        raise Refused("bad_json")
    return Fields(value)
