"""The page of promises: who was told what while nobody was there, and whether it came true."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.people import Agent, Session
from appliance.domain.promises import Promise, Standing
from appliance.domain.regions import Regions
from appliance.services.csv_tables import MOST_ROWS, write_table
from appliance.services.ports import Clock
from appliance.services.promises import PAGE, Promises
from appliance.web.pages import Pages
from appliance.web.tables import file_response
from appliance.web.views import instant

PATH = "/console/promises"
EXPORT = "/api/promises/export"

_FARTHEST = 1_000_000
"""The last page that is looked for."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the filters are set to. What can't be is as if nothing was chosen."""

    standing: Standing | None
    region: str | None

    def address(self, path: str, page: int = 1) -> str:
        fields = {"standing": self.standing, "region": self.region, "page": page if page > 1 else None}
        query = urlencode({name: value for name, value in fields.items() if value is not None})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class PromisesPages:
    promises: Promises
    read_regions: Callable[[], Awaitable[Regions]]
    pages: Pages
    clock: Clock

    async def page(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/promises`: `standing`, `region` and `page` choose."""
        words, now = self.pages.words(request), self.clock()
        names = await self._names(agent.language)
        choice = _choice(request, names)
        number = page_number(request.query_params.get("page", ""))
        found, count = await self.promises.page(choice.standing, choice.region, number)
        last = max(1, -(-count // PAGE))
        if number > last:
            number = last
            found, count = await self.promises.page(choice.standing, choice.region, number)
        record = await self.promises.record()
        return await self.pages.render(
            request,
            "promises.html",
            rows=[
                {
                    "made_at": one.made_at,
                    "region": names.get(one.region_id, one.region_id),
                    "promised_at": one.promised_at,
                    "answered_at": one.answered_at,
                    "standing": one.standing(now),
                    "conversation": f"/console#/c/{quote(one.conversation_id, safe='')}",
                }
                for one in found
            ],
            count=count,
            record=record,
            share=None if record.share is None else words.percent(record.share),
            number=words.number,
            zone=agent.time_zone.replace("_", " "),
            choice=choice,
            filtered=choice != _Choice(None, None),
            regions=sorted(names.items(), key=lambda pair: pair[1]),
            export=choice.address(EXPORT),
            page_number=number,
            last_page=last,
            newer=choice.address(PATH, number - 1) if number > 1 else None,
            older=choice.address(PATH, number + 1) if number < last else None,
        )

    async def export(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/promises/export`: a CSV file of what the same filters choose, for programs: names of
        columns and instants are the same in every language."""
        choice = _choice(request, await self._names(agent.language))
        found = await self.promises.every(choice.standing, choice.region, MOST_ROWS)
        now = self.clock()
        header = ("conversation", "region", "made_at", "promised_at", "answered_at", "standing")
        return file_response(write_table([header, *(_cells(one, now) for one in found)]), "promises.csv")

    async def _names(self, language: str) -> dict[str, str]:
        """The regions there are and those that once promised something, by id."""
        regions = await self.read_regions()
        names = {region.id: region.name(language) for region in regions.all}
        for region_id in await self.promises.regions():
            known = regions.get(region_id)
            names.setdefault(region_id, region_id if known is None else known.name(language))
        return names


def _choice(request: Request, regions: dict[str, str]) -> _Choice:
    standing = request.query_params.get("standing", "")
    region = request.query_params.get("region", "")
    return _Choice(
        next((one for one in get_args(Standing) if one == standing), None),
        region if region in regions else None,
    )


def page_number(raw: str) -> int:
    """The number of a page, from 1; 1 for what is none."""
    return (
        min(int(raw), _FARTHEST) if raw.isascii() and raw.isdigit() and 0 < len(raw) <= 9 and int(raw) else 1
    )


def _cells(promise: Promise, now: datetime) -> list[str]:
    instants = (promise.made_at, promise.promised_at, promise.answered_at)
    return [
        promise.conversation_id,
        promise.region_id,
        *("" if at is None else instant(at.astimezone(ZoneInfo("UTC"))) for at in instants),
        promise.standing(now),
    ]
