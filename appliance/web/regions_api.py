"""What the pages of regions ask of the server (docs/protocol.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain import zones
from appliance.domain.instants import format_instant
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.region_codec import region_to_json
from appliance.domain.regions import KeptRegion
from appliance.domain.schedule import Problem, ScheduleError
from appliance.domain.schedule_json import load_value, parse_schedule
from appliance.domain.schedule_notes import notes
from appliance.names import country_name
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.ports import Clock
from appliance.services.region_json import Known, RegionProblems, parse_region, region_notes
from appliance.services.region_presets import preset
from appliance.services.regions import Openings, RegionChanged, RegionInUse, RegionSettings
from appliance.services.team import Team
from appliance.web.fields import Fields, read_bounded
from appliance.web.pages import Pages
from appliance.web.regions_views import person_view, problem_view, region_view
from appliance.web.reply import error_body, json_response

MOST_BYTES = 2 * 2**20
"""Of a region with years of exceptions."""


@dataclass(frozen=True, slots=True)
class RegionsApi:
    """`locales`: in which regions are named. `agent_changed` is told the id of an agent whose languages or
    limit were changed."""

    settings: RegionSettings
    team: Team
    pages: Pages
    holidays: HolidayCalendar
    clock: Clock
    locales: tuple[str, ...]
    agent_changed: Callable[[str], None]

    async def regions(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/regions`."""
        return json_response(await self.overview(request))

    async def overview(self, request: Request) -> dict[str, Any]:
        openings = await self.settings.openings(self.pages.words(request).locale)
        views = await self._views(request, openings, await self.settings.kept())
        return {
            "regions": views,
            "default": openings.regions.default,
            "zone_rules": zones.VERSION,
            "now": format_instant(self.clock()),
        }

    async def region(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/regions/{region}`."""
        return json_response(await self._view(request, await self._kept(request)))

    async def add(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions`."""
        return await self._save(request, agent, await self._body(request), None)

    async def save(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/{region}`."""
        body = await self._body(request)
        region = body.get("region")
        if isinstance(region, dict):
            body["region"] = {**region, "id": request.path_params["region"]}
        return await self._save(request, agent, body, _whole(body, "expected"))

    async def usage(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/regions/{region}/usage`."""
        used = await self.settings.usage(request.path_params["region"])
        return json_response({"uses": None if used is None else self._uses(request, used)})

    async def remove(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/{region}/remove`."""
        body = await self._body(request)
        move_to = body.get("move_to")
        if move_to is not None and not isinstance(move_to, str):
            raise Refused("bad_field", field="move_to")
        try:
            removed = await self.settings.remove(
                request.path_params["region"], _whole(body, "expected"), agent, move_to
            )
        except RegionInUse as used:
            words = self.pages.words(request)
            return json_response(error_body(used, words, uses=self._uses(request, used)), status=409)
        except RegionChanged as changed:
            return await self._conflict(request, changed)
        return json_response({"removed": region_to_json(removed)})

    async def restore(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/{region}/restore`."""
        await self.settings.restore(request.path_params["region"], agent)
        return json_response(await self.overview(request))

    async def set_default(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/{region}/default`."""
        await self.settings.set_default(request.path_params["region"])
        return json_response(await self.overview(request))

    async def order(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/order`."""
        ids = (await self._body(request)).get("ids")
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            raise Refused("bad_field", field="ids")
        await self.settings.order(ids)
        return json_response(await self.overview(request))

    async def presets(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/regions/presets?country=LT`."""
        taken = [region.id for region in (await self.settings.read()).all]
        country = request.query_params.get("country", "")
        try:
            found = preset(country, self.locales, self.holidays, self.clock(), taken)
        except KeyError:
            raise Refused("bad_field", field="country") from None
        words = self.pages.words(request)
        return json_response(
            {
                "country": country,
                "name": country_name(country, words.locale),
                "region": region_to_json(found.region),
                "zones": found.zones,
                "first_day": found.first_day,
                "weekend": found.weekend,
            }
        )

    async def check(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/check`: a region or only a schedule; nothing is stored."""
        body = await self._body(request)
        words = self.pages.words(request)
        problems: list[Problem] = []
        told: list[Problem] = []
        if "region" in body:
            try:
                region = parse_region(body["region"], await self._known())
            except RegionProblems as error:
                problems = list(error.problems)
            else:
                told = region_notes(region, await self.settings.read())
        else:
            try:
                told = notes(parse_schedule(body.get("schedule"), self.holidays))
            except ScheduleError as error:
                problems = list(error.problems)
        return json_response(
            {
                "problems": [problem_view(problem, words) for problem in problems],
                "notes": [problem_view(note, words) for note in told],
            }
        )

    async def people(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/regions/people`."""
        regions = await self.settings.read()
        return json_response(
            {"agents": [person_view(person, regions) for person in await self.team.agents()]}
        )

    async def change_person(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/regions/people/{agent}`."""
        body = await self._body(request)
        capacity = _whole(body, "capacity")
        if capacity is None:
            raise Refused("bad_field", field="capacity")
        changed = await self.team.change_skills(
            request.path_params["agent"], spoken=body.get("spoken"), capacity=capacity
        )
        self.agent_changed(changed.id)
        return json_response(person_view(changed, await self.settings.read()))

    async def _save(
        self, request: Request, agent: Agent, body: dict[str, Any], expected: int | None
    ) -> Response:
        words = self.pages.words(request)
        try:
            region = parse_region(body.get("region"), await self._known())
        except RegionProblems as error:
            problems = [problem_view(problem, words) for problem in error.problems]
            refusal = Refused("region_invalid")
            return json_response(error_body(refusal, words, problems=problems), status=422)
        try:
            saved = await self.settings.save(region, expected, agent)
        except RegionChanged as changed:
            return await self._conflict(request, changed)
        kept = next(one for one in await self.settings.kept() if one.region.id == saved.id)
        return json_response(await self._view(request, kept), status=201 if expected is None else 200)

    async def _conflict(self, request: Request, changed: RegionChanged) -> Response:
        """Who else has saved it, and as what."""
        theirs = None if changed.current is None else await self._view(request, changed.current)
        body = error_body(changed, self.pages.words(request), theirs=theirs)
        return json_response(body, status=409)

    async def _known(self) -> Known:
        regions = await self.settings.read()
        agents = await self.team.agents()
        by_any = {agent.id: agent.id for agent in agents} | {agent.email: agent.id for agent in agents}
        return Known(by_any, [region.id for region in regions.all], self.holidays)

    async def _view(self, request: Request, kept: KeptRegion) -> dict[str, Any]:
        """Raises `Refused("not_found")`: it has been removed meanwhile."""
        openings = await self.settings.openings(self.pages.words(request).locale)
        for view in await self._views(request, openings, [kept]):
            return view
        raise Refused("not_found")

    async def _views(
        self, request: Request, openings: Openings, kept: Sequence[KeptRegion]
    ) -> list[dict[str, Any]]:
        """Of those that are still there."""
        words, now = self.pages.words(request), self.clock()
        names = {agent.id: agent.name for agent in await self.team.agents()}
        return [
            region_view(one, openings.regions, openings.status(one.region.id, now), names, words)
            for one in kept
            if openings.regions.get(one.region.id) is not None
        ]

    async def _kept(self, request: Request) -> KeptRegion:
        wanted = request.path_params["region"]
        for kept in await self.settings.kept():
            if kept.region.id == wanted:
                return kept
        raise Refused("not_found")

    def _uses(self, request: Request, used: RegionInUse) -> dict[str, Any]:
        locale = self.pages.words(request).locale
        return {
            "default": used.is_default,
            "overflowing": [{"id": one.id, "name": one.name(locale)} for one in used.overflowing],
            "living": used.living,
        }

    async def _body(self, request: Request) -> dict[str, Any]:
        try:
            value = load_value(await read_bounded(request, MOST_BYTES))
        except ScheduleError as error:
            raise Refused("bad_json") from error
        if not isinstance(value, dict):
            raise Refused("bad_json")
        return value


def _whole(body: dict[str, Any], name: str) -> int | None:
    """Numbers come as floats, as schedules are read."""
    value = body.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None else Fields({name: value}).seq(name)
