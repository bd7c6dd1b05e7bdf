"""The page of ratings: how conversations were for visitors, in figures and in their own words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.languages import same_language
from appliance.domain.people import Agent, Session
from appliance.domain.ratings import MAX_COMMENT, SCORES, Figures, Rating
from appliance.domain.regions import Regions
from appliance.domain.text import clean_text
from appliance.i18n import Catalogue, direction
from appliance.services.csv_tables import MOST_ROWS, write_table
from appliance.services.ports import Clock
from appliance.services.previews import Previews
from appliance.services.ratings import Ratings
from appliance.services.team import Team
from appliance.services.texts import Texts
from appliance.web.assets import Assets
from appliance.web.fields import checked_language, parse_object, read_bounded
from appliance.web.pages import Pages
from appliance.web.promises_pages import page_number
from appliance.web.reply import json_response
from appliance.web.tables import file_response
from appliance.web.views import instant

PATH = "/console/ratings"
EXPORT = "/api/ratings/export"
PAGE = 50
PERIODS = (30, 90, 365)
"""Days that the figures can be of, the first one unless another is chosen."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the filters are set to. What can't be is as if nothing was chosen."""

    days: int = PERIODS[0]
    score: int | None = None
    region: str | None = None

    def address(self, path: str, page: int = 1) -> str:
        fields = {
            "days": None if self.days == PERIODS[0] else self.days,
            "score": self.score,
            "region": self.region,
            "page": page if page > 1 else None,
        }
        query = urlencode({name: value for name, value in fields.items() if value is not None})
        return f"{path}?{query}" if query else path

    @property
    def filtered(self) -> bool:
        return self.score is not None or self.region is not None


@dataclass(frozen=True, slots=True)
class RatingsPages:
    ratings: Ratings
    texts: Texts
    team: Team
    read_regions: Callable[[], Awaitable[Regions]]
    previews: Previews
    pages: Pages
    assets: Assets
    clock: Clock

    async def page(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/ratings`: `days`, `score`, `region` and `page` choose."""
        words = self.pages.words(request)
        regions = await self._regions(agent.language)
        agents = {one.id: one.name for one in await self.team.agents()}
        choice = _choice(request.query_params, regions)
        number = page_number(request.query_params.get("page", ""))
        found, count = await self._found(choice, number)
        last = max(1, -(-count // PAGE))
        if number > last:
            number = last
            found, count = await self._found(choice, number)
        figures = await self.ratings.figures(self.clock() - timedelta(days=choice.days))
        return await self.pages.render(
            request,
            "ratings.html",
            config={
                "strings": self.assets.strings("messages").get(words.locale),
                "language": agent.language,
            },
            rows=[_row(one, agent, agents, regions) for one in found],
            count=count,
            chart=_chart(words, figures),
            all_in_period=figures.count,
            average=None if figures.average is None else words.number(round(figures.average, 1)),
            five=words.number(SCORES[-1]),
            asks=any(text.approved for text in await self.texts.of("survey")),
            number=words.number,
            scores=[(score, score_name(words, score)) for score in reversed(SCORES)],
            score_names={score: score_name(words, score) for score in SCORES},
            choice=choice,
            periods=[(days, replace(choice, days=days).address(PATH)) for days in PERIODS],
            regions=sorted(regions.items(), key=lambda pair: pair[1]),
            everything=replace(choice, score=None, region=None).address(PATH),
            export=choice.address(EXPORT),
            page_number=number,
            last_page=last,
            newer=choice.address(PATH, number - 1) if number > 1 else None,
            older=choice.address(PATH, number + 1) if number < last else None,
        )

    async def export(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/ratings/export`: a CSV file of what the same filters choose, for programs: names of
        columns and instants are the same in every language."""
        choice = _choice(request.query_params, await self._regions(agent.language))
        found, _ = await self.ratings.page(0, MOST_ROWS, choice.score, choice.region)
        agents = {one.id: one.name for one in await self.team.agents()}
        header = ("conversation", "at", "score", "comment", "language", "agent", "region")
        return file_response(write_table([header, *(_cells(one, agents) for one in found)]), "ratings.csv")

    async def translate(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/agent/translation`: a visitor's comment in the agent's language; `reason` says why there
        is none."""
        fields = parse_object(await read_bounded(request))
        language = checked_language(fields.raw("language"), "language")
        text = clean_text(fields.raw("text"), MAX_COMMENT)
        reason: str | None = None
        made: str | None = text
        if not same_language(language, agent.language):
            made, reason = await self.previews.read(text, language, agent.language)
        return json_response({"language": agent.language, "text": made, "reason": reason})

    async def _found(self, choice: _Choice, number: int) -> tuple[list[Rating], int]:
        return await self.ratings.page((number - 1) * PAGE, PAGE, choice.score, choice.region)

    async def _regions(self, language: str) -> dict[str, str]:
        """Names by id."""
        return {region.id: region.name(language) for region in (await self.read_regions()).all}


def score_name(words: Catalogue, score: int) -> str:
    """A score from 1 to 5 in words."""
    match score:
        case 1:
            return words.tc("how it was", "Very bad")
        case 2:
            return words.tc("how it was", "Bad")
        case 3:
            return words.tc("how it was", "Okay")
        case 4:
            return words.tc("how it was", "Good")
        case _:
            return words.tc("how it was", "Very good")


def _chart(words: Catalogue, figures: Figures) -> list[dict[str, Any]]:
    """A bar for each score, the best first: `width` is in percents of the longest."""
    longest = max(figures.by_score)
    return [
        {
            "score": score,
            "name": score_name(words, score),
            "count": count,
            "width": round(100 * count / longest, 1) if longest else 0,
            "share": words.percent(count / figures.count) if figures.count else words.percent(0),
        }
        for score, count in reversed(list(zip(SCORES, figures.by_score, strict=True)))
    ]


def _row(one: Rating, reader: Agent, agents: Mapping[str, str], regions: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": one.at,
        "score": one.score,
        "comment": one.comment,
        "lang": one.language,
        "dir": direction(one.language),
        "foreign": one.comment is not None and not same_language(one.language, reader.language),
        # Who is gone from the team, and a region that was removed, have no name any more.
        "agent": agents.get(one.agent_id or ""),
        "region": None if one.region is None else regions.get(one.region, one.region),
        "conversation": f"/console#/c/{quote(one.conversation_id, safe='')}",
    }


def _choice(query: Mapping[str, str], regions: Mapping[str, str]) -> _Choice:
    score, region = query.get("score", ""), query.get("region", "")
    return _Choice(
        next((days for days in PERIODS if str(days) == query.get("days", "")), PERIODS[0]),
        next((known for known in SCORES if str(known) == score), None),
        region if region in regions else None,
    )


def _cells(one: Rating, agents: Mapping[str, str]) -> list[str]:
    at: datetime = one.at.astimezone(UTC)
    return [
        one.conversation_id,
        instant(at),
        str(one.score),
        one.comment or "",
        one.language,
        agents.get(one.agent_id or "", one.agent_id or ""),
        one.region or "",
    ]
