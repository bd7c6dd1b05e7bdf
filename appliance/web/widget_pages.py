"""What a customer's site embeds: the loader, the frame with the chat, and the demo shop."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.languages import negotiate
from appliance.services.languages import Languages
from appliance.services.visitor_texts import ReaderTexts, VisitorTexts
from appliance.services.workspace import WorkspaceSettings
from appliance.web.assets import Assets
from appliance.web.fields import checked_language
from appliance.web.guard import Guard
from appliance.web.loader import Loader
from appliance.web.pages import Pages, wishes
from appliance.web.reply import json_response
from appliance.web.routing_views import said_in
from appliance.web.views import Json


@dataclass(frozen=True, slots=True)
class WidgetPages:
    script: Loader
    assets: Assets
    languages: Languages
    workspace: WorkspaceSettings
    visitor_texts: VisitorTexts
    guard: Guard
    pages: Pages

    async def loader(self, request: Request) -> Response:
        """`GET /widget.js`: the same for everybody, so that any cache may keep it for a while."""
        workspace = await self.workspace.read()
        plain, gzipped = self.script.script(self.guard.origin(request), workspace)
        headers = {
            "cache-control": "public, max-age=300",
            "vary": "accept-encoding, host",
            # Sites that isolate themselves (COEP) may load it too.
            "cross-origin-resource-policy": "cross-origin",
        }
        script = plain
        if "gzip" in request.headers.get("accept-encoding", ""):
            script = gzipped
            headers["content-encoding"] = "gzip"
        return Response(script, headers=headers, media_type="text/javascript; charset=utf-8")

    async def frame(self, request: Request) -> Response:
        """`GET /widget/frame`: the chat, for the sites that may show it."""
        workspace = await self.workspace.read()
        wanted, offered, strings = (
            wishes(request),
            await self.languages.offered(),
            self.assets.strings("widget"),
        )
        tags = [str(offer["tag"]) for offer in offered]
        # In whose words the chat speaks to the readers of each language.
        locales = {tag: negotiate([tag, *wanted], list(strings)) for tag in tags}
        language = negotiate(wanted, tags, "en")
        ui = locales.get(language, "en")
        texts = await self.visitor_texts.for_reader(language)
        config = {
            "language": language,
            "locales": {tag: locale for tag, locale in locales.items() if tag != locale},
            # Of the English words; others lie beside them.
            "strings": self.assets.url("strings/widget.en.json"),
            "languages": tags,
            "translated": [offer["tag"] for offer in offered if offer["translated"]],
            # Browsers know what the languages of the chat's own words are called.
            "names": {offer["tag"]: offer["name"] for offer in offered if not offer["interface"]},
            "workspace": {"name": workspace.name, "accent": workspace.accent},
            "accentText": workspace.accent_text,
            # The chat asks for other languages only where there is something to be told.
            "texts": texts_view(texts) if texts.greeting or texts.survey or texts.questions else None,
            "session": "/api/visitor/session",
            "socket": "/api/visitor/socket",
        }
        return await self.pages.render(
            request,
            "frame.html",
            locale=ui,
            domain="widget",
            frame_ancestors=(self.guard.origin(request), *await self.workspace.sites()),
            config=config,
        )

    async def demo(self, request: Request) -> Response:
        """`GET /` of a demo workspace: a shop that embeds the chat as a customer would."""
        locale = self.pages.negotiated(request)
        offered = {offer["tag"]: offer for offer in await self.languages.offered() if offer["interface"]}
        return await self.pages.render(
            request,
            "demo.html",
            locale=locale,
            languages=offered.values(),
            translated=offered.get(locale, {}).get("translated", False),
            chosen="lang" in request.query_params,
        )

    async def offered_languages(self, request: Request) -> Response:
        """`GET /api/languages`."""
        return json_response({"languages": await self.languages.offered()})

    async def texts(self, request: Request) -> Response:
        """`GET /api/texts?language=…`."""
        language = checked_language(request.query_params.get("language"), "language")
        return json_response(texts_view(await self.visitor_texts.for_reader(language)))


def texts_view(texts: ReaderTexts) -> Json:
    return {
        "language": texts.language,
        "greeting": said_in(texts.greeting),
        "survey": said_in(texts.survey),
        "questions": [
            {
                "id": question.id,
                "label": said_in(question.label),
                "answer": question.answer,
                "required": question.required,
            }
            for question in texts.questions
        ],
    }
