"""Rendering pages: templates with the words of the reader and the headers that keep the page safe."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from appliance.domain.languages import negotiate, parse_accept_language
from appliance.domain.people import Agent
from appliance.i18n import Catalogue, Catalogues, language_name, native_name
from appliance.services.workspace import WorkspaceSettings
from appliance.web.assets import Assets

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)


class Pages:
    """`framed`: our own pages may show every page in a frame, as the gallery does."""

    def __init__(
        self,
        root: Path,
        assets: Assets,
        catalogues: Catalogues,
        workspace: WorkspaceSettings,
        *,
        framed: bool = False,
    ) -> None:
        self._assets = assets
        self._catalogues = catalogues
        self._workspace = workspace
        self._framed = framed
        self._environment = Environment(
            loader=FileSystemLoader([root / "admin" / "templates", root / "widget"]),
            autoescape=select_autoescape(),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["native_name"] = native_name

    def words(self, request: Request) -> Catalogue:
        """The texts for whoever sent this request: in the agent's language, else in the browser's."""
        agent: Agent | None = getattr(request.state, "agent", None)
        return self._catalogues.for_locale(agent.language if agent else self.negotiated(request))

    def negotiated(self, request: Request, domain: str = "messages") -> str:
        """The best locale for the browser, or for `?lang=` where a page offers it."""
        return negotiate(wishes(request), self._assets.locales(domain) or ["en"])

    async def panel(self, request: Request, template: str) -> Response:
        """The chat's own parts in a frame of one of our pages, which fills them in. In a visitor's language:
        `?lang=` says which."""
        locale = self.negotiated(request, "widget")
        workspace = await self._workspace.read()
        config = {
            "strings": self._assets.strings("widget").get(locale),
            "workspace": {"name": workspace.name, "accent": workspace.accent},
        }
        ours = ("'self'",)
        return await self.render(
            request, template, locale=locale, domain="widget", frame_ancestors=ours, config=config
        )

    async def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        locale: str | None = None,
        domain: str = "messages",
        frame_ancestors: Sequence[str] = (),
        config: Any = None,
        **context: Any,
    ) -> Response:
        """A page in the reader's language; `config` becomes its JSON block, `frame_ancestors` may show it."""
        agent: Agent | None = getattr(request.state, "agent", None)
        words = (
            self._catalogues.for_locale(locale or self.negotiated(request), domain)
            if agent is None or locale
            else self._catalogues.for_locale(agent.language, domain)
        )
        zone = ZoneInfo(agent.time_zone) if agent else ZoneInfo("UTC")

        def show_instant(value: datetime) -> str:
            return words.datetime(value, zone)

        def show_language(tag: str) -> str:
            return language_name(tag, words.locale)

        content = self._environment.get_template(template).render(
            t=words.t,
            tn=words.tn,
            tc=words.tc,
            lang=words.locale,
            dir=words.direction,
            asset=self._assets.url,
            workspace=await self._workspace.read(),
            config_json=_script_json(config),
            datetime=show_instant,
            language_name=show_language,
            **{"agent": agent, "status": status, **context},
        )
        framed = self._framed or bool(frame_ancestors)
        ancestors = " ".join(dict.fromkeys(("'self'", *frame_ancestors))) if framed else "'none'"
        headers = {
            "content-security-policy": f"{_POLICY}; frame-ancestors {ancestors}",
            "content-language": words.locale,
            "cache-control": "no-store",
            "cross-origin-opener-policy": "same-origin",
        }
        return HTMLResponse(content, status, headers)


def wishes(request: Request) -> list[str]:
    """The languages that a request asks for, best first: those of `?lang=` (one, or some with commas), then
    the browser's."""
    return [
        *parse_accept_language(request.query_params.get("lang", "")),
        *parse_accept_language(request.headers.get("accept-language", "")),
    ]


def _script_json(value: Any) -> Markup:
    """JSON for a `<script type="application/json">`: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(escaped)  # noqa: S704
