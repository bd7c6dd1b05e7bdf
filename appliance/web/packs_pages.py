"""The page of languages and language packs. What is on it comes from `/api/packs`."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.people import Agent, Session
from appliance.web.assets import Assets
from appliance.web.packs_api import CHUNK
from appliance.web.pages import Pages


@dataclass(frozen=True, slots=True)
class PacksPages:
    pages: Pages
    assets: Assets
    import_folder: str
    """As an operator knows it."""

    async def languages(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/languages`."""
        locale = self.pages.words(request).locale
        config = {
            "strings": self.assets.strings("messages").get(locale),
            "time_zone": agent.time_zone,
            "chunk": CHUNK,
        }
        return await self.pages.render(
            request, "languages.html", config=config, import_folder=self.import_folder
        )
