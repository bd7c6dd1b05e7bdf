"""The pages of regions: the list, and one region to edit. What is on them comes from `/api/regions`."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain import zones
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.services.languages import Languages
from appliance.services.region_json import (
    LONGEST_ID,
    LONGEST_NAME,
    LONGEST_OFFLINE_TEXT,
    OFFER_SECONDS,
    OVERFLOW_MINUTES,
    QUEUE_LIMIT,
)
from appliance.services.region_presets import countries
from appliance.services.regions import RegionSettings
from appliance.web.assets import Assets
from appliance.web.pages import Pages
from appliance.web.regions_api import RegionsApi
from appliance.web.regions_views import country_views


@dataclass(frozen=True, slots=True)
class RegionsPages:
    settings: RegionSettings
    api: RegionsApi
    languages: Languages
    pages: Pages
    assets: Assets

    async def list(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/regions`."""
        config = await self._config(request, agent)
        return await self.pages.render(request, "regions.html", config=config)

    async def add(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/regions/new`: an empty region, or with `?country=LT` that country's usual one."""
        config = {**await self._config(request, agent), "region": None}
        return await self.pages.render(request, "region.html", config=config, known=False, name="")

    async def edit(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/regions/{region}`."""
        wanted = request.path_params["region"]
        region = next((one for one in (await self.settings.read()).all if one.id == wanted), None)
        if region is None:
            raise Refused("not_found")
        name = region.name(self.pages.words(request).locale)
        config = {**await self._config(request, agent), "region": wanted}
        return await self.pages.render(request, "region.html", config=config, known=True, name=name)

    async def _config(self, request: Request, agent: Agent) -> dict[str, Any]:
        words = self.pages.words(request)
        return {
            "strings": self.assets.strings("messages").get(words.locale),
            "time_zone": agent.time_zone,
            "language": agent.language,
            "countries": country_views(countries(), words),
            "languages": [offer["tag"] for offer in await self.languages.offered()],
            "locales": list(self.api.locales),
            "zones": sorted(name for name in zones.names() if "/" in name or name == "UTC"),
            "limits": {
                "id": LONGEST_ID,
                "name": LONGEST_NAME,
                "offline": LONGEST_OFFLINE_TEXT,
                "offer_seconds": OFFER_SECONDS,
                "overflow_minutes": OVERFLOW_MINUTES,
                "queue_limit": QUEUE_LIMIT,
            },
        }
