"""The ways into the console: signing in, one-time links, setting up, accepting an invitation."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.domain.people import Agent, Link
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.errors import TABLE
from appliance.i18n import mark
from appliance.services.languages import Languages
from appliance.services.team import Team, checked_email, checked_password
from appliance.services.workspace import WorkspaceSettings, parse_sites
from appliance.web.fields import checked_language
from appliance.web.forms import (
    address,
    checked_zone,
    choices,
    known_zone,
    problems,
    read_form,
    signed_in,
    user_agent,
)
from appliance.web.guard import Guard
from appliance.web.pages import Pages

_SIGN_IN_FAILED = mark("The address and the password don’t belong together. Check both and try again.")


@dataclass(frozen=True, slots=True)
class Entrance:
    team: Team
    workspace: WorkspaceSettings
    languages: Languages
    guard: Guard
    pages: Pages

    async def sign_in_page(self, request: Request) -> Response:
        if await self.guard.agent_of(request) is not None:
            return RedirectResponse("/console", 303)
        wanted = request.query_params.get("next", "")
        return await self._sign_in_form(request, next=_own_path(wanted))

    async def sign_in(self, request: Request) -> Response:
        form = await read_form(request)
        wanted = _own_path(form.get("next", ""))
        email = form.get("email", "")
        try:
            token = await self.team.sign_in(
                email,
                form.get("password", ""),
                address=address(request),
                user_agent=user_agent(request),
            )
        except Refused as refusal:
            if refusal.code not in ("bad_field", "too_fast"):
                raise
            words = self.pages.words(request)
            slow = refusal.code == "too_fast"
            error = words.t(TABLE["too_fast"].message if slow else _SIGN_IN_FAILED)
            return await self._sign_in_form(
                request, status=429 if slow else 403, error=error, email=email[:254], next=wanted
            )
        return signed_in(self.guard, request, token, wanted or "/console")

    async def link_page(self, request: Request) -> Response:
        """Shown first, used by its button: what fetches links ahead (mail scanners, chats) must not use one
        up."""
        found = await self._linked_agent(request)
        if found is None:
            return await self.pages.render(request, "link.html", status=410, expired=True)
        return await self.pages.render(request, "link.html", expired=False, agent=found[1])

    async def use_link(self, request: Request) -> Response:
        found = await self._linked_agent(request)
        if found is None:
            return await self.pages.render(request, "link.html", status=410, expired=True)
        link, agent = found
        await self.team.use_link(link)
        token = await self.team.begin_session(agent, user_agent(request))
        return signed_in(self.guard, request, token, "/console")

    async def setup_page(self, request: Request) -> Response:
        link = await self._link(request, "setup")
        if link is None:
            return await self.pages.render(request, "setup.html", status=410, expired=True)
        return await self._setup_form(request, {}, {})

    async def setup(self, request: Request) -> Response:
        link = await self._link(request, "setup")
        if link is None:
            return await self.pages.render(request, "setup.html", status=410, expired=True)
        form = await read_form(request)
        checks = {
            "workspace": lambda: clean_field(form.get("workspace"), "workspace", 80, required=True),
            "name": lambda: clean_field(form.get("name"), "name", 80, required=True),
            "email": lambda: checked_email(form.get("email", "")),
            "password": lambda: checked_password(form.get("password", "")),
            "language": lambda: checked_language(form.get("language"), "language"),
            "sites": lambda: parse_sites(form.get("sites", "")),
        }
        errors = problems(self.pages.words(request), checks)
        if errors:
            return await self._setup_form(request, form, errors)
        agent = await self.team.accept(
            link,
            email=form["email"],
            name=form["name"],
            password=form["password"],
            language=checked_language(form.get("language"), "language"),
            time_zone=known_zone(form.get("time_zone")) or "UTC",
            role="admin",
        )
        await self.workspace.change(name=form["workspace"], sites=form.get("sites", ""))
        token = await self.team.begin_session(agent, user_agent(request))
        return signed_in(self.guard, request, token, "/console/install")

    async def invite_page(self, request: Request) -> Response:
        link = await self._link(request, "invite")
        if link is None:
            return await self.pages.render(request, "invite.html", status=410, expired=True)
        return await self._invite_form(request, link, {"name": link.name or ""}, {})

    async def accept_invitation(self, request: Request) -> Response:
        link = await self._link(request, "invite")
        if link is None:
            return await self.pages.render(request, "invite.html", status=410, expired=True)
        form = await read_form(request)
        checks = {
            "name": lambda: clean_field(form.get("name"), "name", 80, required=True),
            "password": lambda: checked_password(form.get("password", "")),
            "language": lambda: checked_language(form.get("language"), "language"),
            "time_zone": lambda: checked_zone(form.get("time_zone")),
            "email": lambda: checked_email(link.email or ""),
        }
        errors = problems(self.pages.words(request), checks)
        if errors:
            return await self._invite_form(request, link, form, errors)
        agent = await self.team.accept(
            link,
            email=link.email or "",
            name=form["name"],
            password=form["password"],
            language=checked_language(form.get("language"), "language"),
            time_zone=checked_zone(form.get("time_zone")),
            role=link.role or "agent",
        )
        token = await self.team.begin_session(agent, user_agent(request))
        return signed_in(self.guard, request, token, "/console")

    async def _link(self, request: Request, purpose: str) -> Link | None:
        return await self.team.link(request.path_params["token"][:200], purpose)

    async def _linked_agent(self, request: Request) -> tuple[Link, Agent] | None:
        link = await self._link(request, "sign_in")
        agents = {agent.id: agent for agent in await self.team.agents()} if link else {}
        agent = agents.get(link.agent_id or "") if link else None
        return (link, agent) if link and agent and agent.active else None

    async def _sign_in_form(
        self,
        request: Request,
        *,
        next: str,
        status: int = 200,
        error: str | None = None,
        email: str = "",
    ) -> Response:
        return await self.pages.render(
            request,
            "sign_in.html",
            status=status,
            error=error,
            email=email,
            next=next,
            # A server that nobody has set up yet sends people to its log, not to a colleague.
            nobody=not await self.team.agents(),
        )

    async def _setup_form(
        self, request: Request, values: Mapping[str, str], errors: Mapping[str, str]
    ) -> Response:
        return await self.pages.render(
            request,
            "setup.html",
            status=400 if errors else 200,
            expired=False,
            values=values,
            errors=errors,
            **await choices(self.languages, self.pages.words(request)),
        )

    async def _invite_form(
        self, request: Request, link: Link, values: Mapping[str, str], errors: Mapping[str, str]
    ) -> Response:
        return await self.pages.render(
            request,
            "invite.html",
            status=400 if errors else 200,
            expired=False,
            email=link.email,
            values=values,
            errors=errors,
            **await choices(self.languages, self.pages.words(request)),
        )


def _own_path(wanted: str) -> str:
    """A page of this console to go on to; anything that could lead elsewhere is dropped."""
    try:
        parts = urlsplit(wanted[:500])
    except ValueError:
        return ""
    plain = not parts.scheme and not parts.netloc and "\\" not in wanted
    return parts.path if plain and parts.path.startswith("/console") else ""
