"""The simulator as JSON (docs/coverage-and-simulator.md), its page, and the chat its visitor would see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain import zones
from appliance.domain.languages import negotiate, normalize_tag
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.regions import Region, Regions
from appliance.i18n import Catalogue, direction, mark
from appliance.names import country_name, first_weekday
from appliance.routing_wordings import explain, name_of, summary
from appliance.services.countries import country_of_zone
from appliance.services.languages import Languages
from appliance.services.ports import Clock
from appliance.services.region_presets import countries
from appliance.services.regions import RegionSettings
from appliance.services.simulator import Simulation, Simulator, Situation, Who, Year
from appliance.services.team import Team
from appliance.services.visitor_texts import ReaderTexts, VisitorTexts
from appliance.web.assets import Assets
from appliance.web.coverage_api import shown_in
from appliance.web.pages import Pages
from appliance.web.reply import json_response, refused_response
from appliance.web.routing_views import said_in
from appliance.web.situation_fields import NotUnderstood, SituationFields
from appliance.web.views import instant

Json = dict[str, Any]

PAGE = 20
"""Transitions told at once."""

_LANGUAGE = mark("“{value}” is not a language. Use a tag such as lt or pt-BR.")
_WHO = mark("“{value}” is not known here. Possible: {known}.")
_AGENT = mark("There is no agent “{value}” who is active. Choose another one.")


@dataclass(frozen=True, slots=True)
class SimulatorApi:
    simulator: Simulator
    settings: RegionSettings
    team: Team
    languages: Languages
    visitor_texts: VisitorTexts
    pages: Pages
    assets: Assets
    clock: Clock

    async def page(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/simulator`. What is on it comes from `/api/simulator`."""
        words = self.pages.words(request)
        named = [{"code": code, "name": country_name(code, words.locale)} for code in countries()]
        config = {
            "strings": self.assets.strings("messages").get(words.locale),
            "time_zone": agent.time_zone,
            "first_day": first_weekday(words.locale),
            "now": instant(self.clock()),
            "language": agent.language,
            "languages": [
                {"tag": offer["tag"], "name": words.language_name(offer["tag"])}
                for offer in await self.languages.offered()
            ],
            "countries": sorted(named, key=lambda one: one["name"].casefold()),
            "regions": [
                {"id": region.id, "name": region.name(words.locale), "languages": list(region.languages)}
                for region in (await self.settings.read()).all
            ],
            "agents": [
                {"id": one.id, "name": one.name, "languages": list(one.languages)}
                for one in await self._agents()
            ],
        }
        return await self.pages.render(request, "simulator.html", config=config)

    async def panel(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/simulator/panel?lang=…`: the chat's own panel, filled in by the simulator's page."""
        return await self.pages.panel(request, "simulator_panel.html")

    async def decide(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/simulator`: `at`, `zone` (of the reader), `visitor_zone`, `country`, `language`, `site`,
        `choice`, `former`, `who`, `agent` (as often as wanted)."""
        words = self.pages.words(request)
        fields = SituationFields(request.query_params, words)
        query = request.query_params
        regions = await self.settings.read()
        agents = await self._agents()
        ids = frozenset(region.id for region in regions.all)
        active = frozenset(one.id for one in agents)
        try:
            zone = fields.zone("zone", agent.time_zone)
            at = fields.instant("at", self.clock())
            visitor_zone = fields.zone("visitor_zone", zone)
            country = fields.country("country")
            if country is not None and country not in countries():
                fields.refuse("country", mark("No country has the code {value}."))
            language = _language(fields, agent.language)
            who = _who(fields)
            situation = Situation(
                at,
                language,
                country or country_of_zone(visitor_zone),
                fields.region("site", query["site"], ids) if query.get("site") else None,
                fields.region("choice", query["choice"], ids) if query.get("choice") else None,
                _agent(fields, "former", query["former"], active) if query.get("former") else None,
                who,
                {_agent(fields, "agent", one, active) for one in query.getlist("agent")[:1000]},
            )
        except NotUnderstood as refused:
            return refused_response(words, refused.message, refused.field)
        found = await self.simulator.decide(situation)
        shown = _Shown(words, regions, zone)
        locale = negotiate([language], self.assets.locales("widget") or ["en"])
        return json_response(
            {
                "at": shown.at(at),
                "now": shown.at(self.clock()),
                "zone": zone,
                "country": situation.country,
                "decision": shown.decision(found),
                "visitor": {
                    "language": language,
                    "locale": locale,
                    "direction": direction(locale),
                    "zone": visitor_zone,
                    "time": shown_in(zones.zone(visitor_zone))(at),
                    "translated": any(
                        self.languages.understood(language, seat.languages[0]) for seat in found.present
                    )
                    or any(self.languages.understood(language, one.language) for one in agents),
                    "state": _panel_state(found, agents, at, await self.visitor_texts.for_reader(language)),
                },
            }
        )

    async def year(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/simulator/year`: `region`, `at`, `offset` into the transitions."""
        words = self.pages.words(request)
        fields = SituationFields(request.query_params, words)
        regions = await self.settings.read()
        ids = frozenset(region.id for region in regions.all)
        try:
            region = regions.get(fields.region("region", request.query_params.get("region", ""), ids))
            at = fields.instant("at", self.clock())
        except NotUnderstood as refused:
            return refused_response(words, refused.message, refused.field)
        assert region is not None
        offset = request.query_params.get("offset", "0")
        if not offset.isascii() or not offset.isdigit() or len(offset) > 9:
            raise Refused("bad_field", field="offset")
        found = await self.simulator.year(region, at, words.locale)
        return json_response(year_view(found, int(offset), words.locale))

    async def _agents(self) -> Sequence[Agent]:
        return [one for one in await self.team.agents() if one.active]


class _Shown:
    """A simulation in the words of its reader, whose zone is `zone`."""

    def __init__(self, words: Catalogue, regions: Regions, zone: str) -> None:
        self._words = words
        self._regions = regions
        self._zone = zones.zone(zone)
        self.at = shown_in(self._zone)

    def decision(self, found: Simulation) -> Json:
        decision = found.decision
        status = found.status
        return {
            "outcome": decision.outcome,
            "summary": summary(decision, self._words, self._regions, self._zone),
            "region": self._region(found.region),
            "own": self._region(found.own),
            "agent": decision.agent,
            "open": decision.outcome != "closed",
            "closes_at": None if status.closes_at is None else self.at(status.closes_at),
            "opens_at": None if decision.opens_at is None else self.at(decision.opens_at),
            "candidates": [
                {
                    "kind": one.kind,
                    "id": one.id,
                    "name": name_of(one, self._words, self._regions),
                    "chosen": one.chosen,
                    "text": explain(one, self._words, self._regions, self._zone),
                }
                for one in decision.candidates
            ],
        }

    def _region(self, region: Region) -> Json:
        return {
            "id": region.id,
            "name": region.name(self._words.locale),
            "zone": region.schedule.timezone,
        }


def _panel_state(found: Simulation, agents: Sequence[Agent], at: datetime, texts: ReaderTexts) -> Json:
    """What the chat would be told (docs/protocol.md, `waiting` and `presence`) in the language of `texts`."""
    decision = found.decision
    is_open = decision.outcome != "closed"
    avatars = {one.id: one.avatar for one in agents}
    opens_at = None if decision.opens_at is None else instant(decision.opens_at)
    region = {"id": found.region.id, "name": found.region.name(texts.language)}
    return {
        "now": instant(at),
        "greeting": said_in(texts.greeting),
        "agents": [{"name": seat.name, "avatar": avatars.get(seat.agent)} for seat in found.present[:3]],
        "available": bool(found.present),
        "hours": {"open": is_open, "opens_at": opens_at, "closes_at": None, "region": region},
        "waiting": {
            "region": region,
            "position": found.position,
            "estimate_seconds": None,
            "open": is_open,
            "opens_at": opens_at,
            "promise": None,
            "queue_text": said_in(texts.queue) if is_open else None,
            "offline_text": None if is_open else said_in(texts.while_closed(found.region)),
            "ask_email": not is_open,
        },
    }


def year_view(found: Year, offset: int, language: str) -> Json:
    """Instants and days are those of the region's zone."""
    show = shown_in(zones.zone(found.region.schedule.timezone))
    shown = found.transitions[offset : offset + PAGE]
    return {
        "region": {"id": found.region.id, "name": found.region.name(language)},
        "zone": found.region.schedule.timezone,
        "days": [
            {
                "date": day.date.isoformat(),
                "minutes": day.minutes,
                "by": day.by,
                "name": day.name,
                "change": None
                if day.change is None
                else {
                    "at": show(day.change.at),
                    "before": day.change.offsets[0],
                    "after": day.change.offsets[1],
                },
            }
            for day in found.days
        ],
        "open": found.status.open,
        "transitions": [
            {
                "at": show(one.at),
                "open": one.open,
                "until": None if one.until is None else show(one.until),
                "names": list(one.names),
            }
            for one in shown
        ],
        "total": len(found.transitions),
        "offset": offset,
        "page": PAGE,
    }


def _language(fields: SituationFields, default: str) -> str:
    text = fields.query.get("language") or default
    try:
        return normalize_tag(text[:64])
    except ValueError:
        fields.refuse("language", _LANGUAGE)


def _who(fields: SituationFields) -> Who:
    text = fields.query.get("who", "now")
    if text not in get_args(Who):
        fields.refuse("who", _WHO, known="now, duty, chosen")
    return cast(Who, text)


def _agent(fields: SituationFields, field: str, value: str, known: frozenset[str]) -> str:
    if value not in known:
        fields.refuse_value(field, value, _AGENT)
    return value
