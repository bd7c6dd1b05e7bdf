"""The pages of the glossary and of the memory. What is on them comes from `/api/glossary` and
`/api/memory`."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.people import Agent, Session
from appliance.i18n import direction
from appliance.services.glossary import PAGE, WorkspaceGlossary
from appliance.services.glossary_entries import (
    LONGEST_NOTE,
    LONGEST_WORDING,
    MOST_ENTRIES,
    MOST_FORMS,
    MOST_LANGUAGES,
)
from appliance.services.memory import MOST
from appliance.services.team import Team
from appliance.web.assets import Assets
from appliance.web.pages import Pages
from translation import Routes, same_language


@dataclass(frozen=True, slots=True)
class GlossaryPages:
    glossary: WorkspaceGlossary
    team: Team
    pages: Pages
    assets: Assets
    routes: Callable[[], Routes]

    async def terms(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/glossary`."""
        return await self._page(request, agent, "glossary.html")

    async def memory(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/glossary/memory`."""
        return await self._page(request, agent, "memory.html")

    async def _page(self, request: Request, agent: Agent, template: str) -> Response:
        words = self.pages.words(request)
        spoken = (await self.team.readers()).values()
        installed = self.routes().languages()
        # Of a language's variants one is enough to start with.
        usual: list[str] = []
        for tag in (*installed, *sorted(spoken)):
            if not any(same_language(tag, known) for known in usual):
                usual.append(tag)
        tags = {*installed, *spoken, *(await self.glossary.page()).languages}
        languages = [
            {"tag": tag, "name": words.language_name(tag), "direction": direction(tag)} for tag in tags
        ]
        config = {
            "strings": self.assets.strings("messages").get(words.locale),
            "time_zone": agent.time_zone,
            "language": agent.language,
            "languages": sorted(languages, key=lambda language: language["name"].casefold()),
            "usual": sorted(usual, key=lambda tag: words.language_name(tag).casefold()),
            "page": PAGE,
        }
        limits = {
            "entries": MOST_ENTRIES,
            "wording": LONGEST_WORDING,
            "forms": MOST_FORMS,
            "languages": MOST_LANGUAGES,
            "note": LONGEST_NOTE,
            "memory": MOST,
        }
        return await self.pages.render(request, template, config=config, limits=limits)
