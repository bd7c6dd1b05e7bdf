"""The page of texts, and the chat in its frame. What is on the page comes from `/api/wordings`."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.people import Agent, Session
from appliance.services.texts import LONGEST_SHORTCUT, MOST
from appliance.services.workspace import WorkspaceSettings
from appliance.web.assets import Assets
from appliance.web.pages import Pages
from appliance.web.texts_words import purpose_views


@dataclass(frozen=True, slots=True)
class TextsPages:
    workspace: WorkspaceSettings
    pages: Pages
    assets: Assets

    async def page(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/texts`."""
        words = self.pages.words(request)
        config = {
            "strings": self.assets.strings("messages").get(words.locale),
            "language": agent.language,
            "locale": words.locale,
            "workspace": (await self.workspace.read()).name,
            "agent": agent.name,
            "purposes": purpose_views(),
            "most": dict(MOST),
            "shortcut": LONGEST_SHORTCUT,
        }
        return await self.pages.render(request, "texts.html", config=config)

    async def panel(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/texts/panel?lang=…`: the chat or a mail with a text in it, which the page says."""
        return await self.pages.panel(request, "texts_panel.html")
