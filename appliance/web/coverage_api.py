"""The coverage map as JSON (docs/coverage-and-simulator.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain import zones
from appliance.domain.coverage import Stretch
from appliance.domain.people import Agent, Session
from appliance.domain.regions import Region
from appliance.names import first_weekday
from appliance.services.coverage_map import CoverageMap, Week
from appliance.services.ports import Clock
from appliance.services.regions import RegionSettings
from appliance.web.assets import Assets
from appliance.web.pages import Pages
from appliance.web.reply import json_response, refused_response
from appliance.web.situation_fields import NotUnderstood, SituationFields

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CoverageApi:
    coverage: CoverageMap
    settings: RegionSettings
    pages: Pages
    assets: Assets
    clock: Clock

    async def page(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/coverage`. What is on it comes from `/api/coverage`."""
        words = self.pages.words(request)
        config = {
            "strings": self.assets.strings("messages").get(words.locale),
            "time_zone": agent.time_zone,
            "first_day": first_weekday(words.locale),
        }
        return await self.pages.render(request, "coverage.html", config=config)

    async def week(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/coverage`: `at`, `zone`, `first`, `country`, `region` (as often as wanted)."""
        words = self.pages.words(request)
        fields = SituationFields(request.query_params, words)
        now = self.clock()
        regions = await self.settings.read()
        try:
            zone = fields.zone("zone", agent.time_zone)
            at = fields.instant("at", now)
            first = fields.first_day("first", first_weekday(words.locale) - 1)
            country = fields.country("country")
            ids = frozenset(region.id for region in regions.all)
            wanted = {
                fields.region("region", one, ids) for one in request.query_params.getlist("region")[:500]
            }
        except NotUnderstood as refused:
            return refused_response(words, refused.message, refused.field)

        def chosen(region: Region) -> bool:
            return (not wanted or region.id in wanted) and (country is None or country in region.countries)

        week = await self.coverage.week(at, zone, first, chosen)
        return json_response(week_view(week, zone, now, words.locale))


def week_view(week: Week, time_zone: str, now: datetime, language: str) -> Json:
    """Instants as the clocks of the zone show them, with their offset."""
    show = shown_in(zones.zone(time_zone))
    found = week.coverage

    def line(region: Region) -> Json:
        return {
            "id": region.id,
            "name": region.name(language),
            "zone": region.schedule.timezone,
            "countries": list(region.countries),
            "overflow": list(region.overflow),
            "stretches": [_stretch(one, show) for one in found.lines[region.id]],
            "minutes": {
                state: round(found.lasting(region.id, state).total_seconds() / 60)
                for state in ("open", "covered", "closed")
            },
        }

    return {
        "zone": time_zone,
        "now": show(now),
        "start": show(found.start),
        "end": show(found.end),
        "days": [
            {
                "date": day.date.isoformat(),
                "start": show(day.start),
                "end": show(day.end),
                "marks": [show(mark) for mark in day.marks],
            }
            for day in week.days
        ],
        "regions": [line(region) for region in week.shown],
        "all": [
            {"id": region.id, "name": region.name(language), "countries": list(region.countries)}
            for region in week.regions.all
        ],
        "present": [
            {"start": show(one.start), "end": show(one.end), "regions": list(one.regions)}
            for one in found.present
        ],
        "gaps": [{"start": show(one.start), "end": show(one.end)} for one in found.gaps],
        "changes": [
            {
                "at": show(one.change.at),
                "zone": one.zone,
                "before": one.change.offsets[0],
                "after": one.change.offsets[1],
                "regions": list(one.regions),
            }
            for one in week.changes
        ],
        "always_open": week.is_always_open,
    }


def shown_in(zone: ZoneInfo) -> Callable[[datetime], str]:
    """Writes instants as a zone's clocks show them, to the second: `2026-11-23T09:00:00+02:00`."""

    def show(at: datetime) -> str:
        local = at.astimezone(zone)
        # Before there was standard time, offsets had seconds, which browsers can't read.
        offset = local.utcoffset()
        text = local.isoformat(timespec="seconds")
        return text if offset is None or offset.seconds % 60 == 0 else text[:25]

    return show


def _stretch(stretch: Stretch, show: Callable[[datetime], str]) -> Json:
    return {
        "start": show(stretch.start),
        "end": show(stretch.end),
        "state": stretch.state,
        "by": stretch.by,
    }
