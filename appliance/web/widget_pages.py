"""What a customer's site embeds: the loader, the frame with the chat, and the demo shop."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from appliance.i18n import Catalogues, mark
from appliance.services.languages import Languages
from appliance.services.workspace import WorkspaceSettings
from appliance.web.assets import Assets, compact
from appliance.web.guard import Guard
from appliance.web.pages import Pages
from appliance.web.reply import json_response

_OPEN = mark("Open chat")
_CLOSE = mark("Close chat")


@dataclass(frozen=True, slots=True)
class WidgetPages:
    root: Path
    assets: Assets
    catalogues: Catalogues
    languages: Languages
    workspace: WorkspaceSettings
    guard: Guard
    pages: Pages

    async def loader(self, request: Request) -> Response:
        """`GET /widget.js`: the same for everybody, so that any cache may keep it for a while."""
        workspace = await self.workspace.read()
        words = {locale: self.catalogues.for_locale(locale) for locale in self.catalogues.locales}
        config = {
            "origin": self.guard.origin(request),
            "accent": workspace.accent,
            "accentText": workspace.accent_text,
            "labels": {
                locale: {
                    "open": catalogue.t(_OPEN),
                    "close": catalogue.t(_CLOSE),
                    # Counted in the browser.
                    "unread": dict(catalogue.tn_forms("{n} unread message", "{n} unread messages")),
                }
                for locale, catalogue in words.items()
            },
            "direction": {
                locale: catalogue.direction
                for locale, catalogue in words.items()
                if catalogue.direction == "rtl"
            },
        }
        source = compact((self.root / "widget" / "loader.js").read_text("utf-8"), ".js")
        script = source.replace(
            "__CONFIG__", json.dumps(config, ensure_ascii=False, separators=(",", ":")), 1
        ).encode()
        headers = {
            "cache-control": "public, max-age=300",
            "vary": "accept-encoding, host",
            # Sites that isolate themselves (COEP) may load it too.
            "cross-origin-resource-policy": "cross-origin",
        }
        if "gzip" in request.headers.get("accept-encoding", ""):
            script = gzip.compress(script, 6, mtime=0)
            headers["content-encoding"] = "gzip"
        return Response(script, headers=headers, media_type="text/javascript; charset=utf-8")

    async def frame(self, request: Request) -> Response:
        """`GET /widget/frame`: the chat, for the sites that may show it."""
        workspace = await self.workspace.read()
        ui = self.pages.negotiated(request, "widget")
        config = {
            "ui": ui,
            "strings": self.assets.strings("widget"),
            "languages": await self.languages.offered(),
            "workspace": {"name": workspace.name, "accent": workspace.accent},
            "accentText": workspace.accent_text,
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
        return await self.pages.render(request, "demo.html", locale=self.pages.negotiated(request))

    async def offered_languages(self, request: Request) -> Response:
        """`GET /api/languages`."""
        return json_response({"languages": await self.languages.offered()})
