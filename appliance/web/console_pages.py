"""The console and the pages around it: signing in, joining, the profile, the team, installing the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import available_timezones

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.domain.people import Agent, Link, Session
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.errors import TABLE
from appliance.i18n import Catalogue, mark
from appliance.realtime.bus import Bus
from appliance.realtime.hub import signed_out_message
from appliance.services.languages import Languages
from appliance.services.passwords import MIN_LENGTH
from appliance.services.team import Team, checked_email, checked_password
from appliance.services.workspace import WorkspaceSettings, parse_sites
from appliance.web.assets import Assets
from appliance.web.fields import checked_language, read_bounded
from appliance.web.guard import Guard
from appliance.web.pages import Pages

_PROBLEMS = {
    "email": mark("Enter an e-mail address that is not used here yet, such as ana@example.com."),
    "password": mark("Choose a password of at least {n} characters."),
    "new": mark("Choose a password of at least {n} characters."),
    "current": mark("This is not your current password."),
    "name": mark("Enter a name of at most 80 characters."),
    "workspace": mark("Enter a name of at most 80 characters."),
    "language": mark("Choose a language from the list."),
    "time_zone": mark("Choose a time zone from the list."),
    "role": mark("Choose a role from the list."),
    "sites": mark("Enter addresses such as https://www.example.com, one a line."),
    "accent": mark("Choose a colour."),
}
_SIGN_IN_FAILED = mark("The address and the password don’t belong together. Check both and try again.")


@dataclass(frozen=True, slots=True)
class ConsolePages:
    team: Team
    workspace: WorkspaceSettings
    languages: Languages
    guard: Guard
    pages: Pages
    assets: Assets
    bus: Bus
    is_demo: bool

    async def console(self, request: Request, agent: Agent, session: Session) -> Response:
        locale = self.pages.words(request).locale
        offered = await self.languages.offered()
        config = {
            "agent": {
                "id": agent.id,
                "name": agent.name,
                "avatar": agent.avatar,
                "language": agent.language,
                "role": agent.role,
                "time_zone": agent.time_zone,
            },
            "strings": self.assets.strings("messages")[locale],
            "languages": [{key: offer[key] for key in ("tag", "name", "direction")} for offer in offered],
            "socket": "/api/agent/socket",
            "workspace": {"name": (await self.workspace.read()).name},
            "demo": "/" if self.is_demo else None,
        }
        return await self.pages.render(request, "console.html", config=config)

    async def sign_in_page(self, request: Request) -> Response:
        if await self.guard.agent_of(request) is not None:
            return RedirectResponse("/console", 303)
        wanted = request.query_params.get("next", "")
        return await self.pages.render(request, "sign_in.html", error=None, email="", next=_own_path(wanted))

    async def sign_in(self, request: Request) -> Response:
        form = await _form(request)
        wanted = _own_path(form.get("next", ""))
        email = form.get("email", "")
        try:
            token = await self.team.sign_in(
                email,
                form.get("password", ""),
                address=request.client.host if request.client else "",
                user_agent=_user_agent(request),
            )
        except Refused as refusal:
            words = self.pages.words(request)
            slow = refusal.code == "too_fast"
            error = words.t(TABLE["too_fast"].message if slow else _SIGN_IN_FAILED)
            return await self.pages.render(
                request,
                "sign_in.html",
                status=429 if slow else 403,
                error=error,
                email=email[:254],
                next=wanted,
            )
        return self._signed_in(request, token, wanted or "/console")

    async def sign_out(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.team.sign_out(session)
        self.bus.publish(signed_out_message(agent.id, session.token_hash))
        return self._signed_out(request)

    async def sign_out_everywhere(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.team.sign_out_everywhere(agent)
        self.bus.publish(signed_out_message(agent.id, None))
        return self._signed_out(request)

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
        token = await self.team.begin_session(agent, _user_agent(request))
        return self._signed_in(request, token, "/console")

    async def setup_page(self, request: Request) -> Response:
        link = await self._link(request, "setup")
        if link is None:
            return await self.pages.render(request, "setup.html", status=410, expired=True)
        return await self._setup_form(request, {}, {})

    async def setup(self, request: Request) -> Response:
        link = await self._link(request, "setup")
        if link is None:
            return await self.pages.render(request, "setup.html", status=410, expired=True)
        form = await _form(request)
        checks = {
            "workspace": lambda: clean_field(form.get("workspace"), "workspace", 80, required=True),
            "name": lambda: clean_field(form.get("name"), "name", 80, required=True),
            "email": lambda: checked_email(form.get("email", "")),
            "password": lambda: checked_password(form.get("password", "")),
            "language": lambda: checked_language(form.get("language"), "language"),
            "sites": lambda: parse_sites(form.get("sites", "")),
        }
        errors = self._problems(request, checks)
        if errors:
            return await self._setup_form(request, form, errors)
        await self.team.use_link(link)
        agent = await self.team.add(
            email=form["email"],
            name=form["name"],
            password=form["password"],
            language=checked_language(form.get("language"), "language"),
            time_zone=_zone(form.get("time_zone")) or "UTC",
            role="admin",
        )
        await self.workspace.change(name=form["workspace"], sites=form.get("sites", ""))
        token = await self.team.begin_session(agent, _user_agent(request))
        return self._signed_in(request, token, "/console/install")

    async def invite_page(self, request: Request) -> Response:
        link = await self._link(request, "invite")
        if link is None:
            return await self.pages.render(request, "invite.html", status=410, expired=True)
        return await self._invite_form(request, link, {"name": link.name or ""}, {})

    async def accept_invitation(self, request: Request) -> Response:
        link = await self._link(request, "invite")
        if link is None:
            return await self.pages.render(request, "invite.html", status=410, expired=True)
        form = await _form(request)
        checks = {
            "name": lambda: clean_field(form.get("name"), "name", 80, required=True),
            "password": lambda: checked_password(form.get("password", "")),
            "language": lambda: checked_language(form.get("language"), "language"),
            "time_zone": lambda: _checked_zone(form.get("time_zone")),
            "email": lambda: checked_email(link.email or ""),
        }
        errors = self._problems(request, checks)
        if errors:
            return await self._invite_form(request, link, form, errors)
        await self.team.use_link(link)
        agent = await self.team.add(
            email=link.email or "",
            name=form["name"],
            password=form["password"],
            language=checked_language(form.get("language"), "language"),
            time_zone=_checked_zone(form.get("time_zone")),
            role=link.role or "agent",
        )
        token = await self.team.begin_session(agent, _user_agent(request))
        return self._signed_in(request, token, "/console")

    async def profile_page(self, request: Request, agent: Agent, session: Session) -> Response:
        saved = "saved" in request.query_params
        return await self._profile_form(request, agent, session, {}, {}, saved=saved)

    async def change_profile(self, request: Request, agent: Agent, session: Session) -> Response:
        form = await _form(request)
        checks = {
            "name": lambda: clean_field(form.get("name"), "name", 80, required=True),
            "language": lambda: checked_language(form.get("language"), "language"),
            "time_zone": lambda: _checked_zone(form.get("time_zone")),
        }
        errors = self._problems(request, checks)
        if errors:
            return await self._profile_form(request, agent, session, form, errors)
        await self.team.change_profile(
            agent,
            name=form["name"],
            language=checked_language(form["language"], "language"),
            time_zone=form["time_zone"],
        )
        return RedirectResponse("/console/profile?saved", 303)

    async def change_password(self, request: Request, agent: Agent, session: Session) -> Response:
        form = await _form(request)
        try:
            await self.team.change_password(agent, form.get("current", ""), form.get("new", ""))
        except Refused as refusal:
            words = self.pages.words(request)
            errors = {refusal.field or "form": _problem(words, refusal)}
            return await self._profile_form(request, agent, session, {}, errors)
        self.bus.publish(signed_out_message(agent.id, None))
        token = await self.team.begin_session(agent, _user_agent(request))
        return self._signed_in(request, token, "/console/profile?saved")

    async def team_page(self, request: Request, agent: Agent, session: Session) -> Response:
        return await self._team_form(request)

    async def invite(self, request: Request, agent: Agent, session: Session) -> Response:
        form = await _form(request)
        try:
            token = await self.team.invite(form.get("email", ""), form.get("name", ""), form.get("role", ""))
        except Refused as refusal:
            errors = {refusal.field or "form": _problem(self.pages.words(request), refusal)}
            return await self._team_form(request, values=form, errors=errors)
        url = f"{self.guard.origin(request)}/console/invite/{token}"
        return await self._team_form(request, invitation={"email": form["email"], "url": url})

    async def deactivate(self, request: Request, agent: Agent, session: Session) -> Response:
        agent_id = request.path_params["agent"]
        await self.team.set_active(agent_id, False, by=agent)
        self.bus.publish(signed_out_message(agent_id, None))
        return RedirectResponse("/console/team", 303)

    async def activate(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.team.set_active(request.path_params["agent"], True, by=agent)
        return RedirectResponse("/console/team", 303)

    async def install_page(self, request: Request, agent: Agent, session: Session) -> Response:
        workspace = await self.workspace.read()
        values = {
            "workspace": workspace.name,
            "sites": "\n".join(workspace.sites),
            "accent": workspace.accent,
        }
        return await self._install_form(request, values, {}, saved="saved" in request.query_params)

    async def install(self, request: Request, agent: Agent, session: Session) -> Response:
        form = await _form(request)
        try:
            await self.workspace.change(
                name=form.get("workspace", ""), sites=form.get("sites", ""), accent=form.get("accent", "")
            )
        except Refused as refusal:
            errors = {refusal.field or "form": _problem(self.pages.words(request), refusal)}
            return await self._install_form(request, form, errors)
        return RedirectResponse("/console/install?saved", 303)

    def _signed_in(self, request: Request, token: str, where: str) -> Response:
        response = RedirectResponse(where, 303)
        self.guard.remember(request, response, token)
        return response

    def _signed_out(self, request: Request) -> Response:
        response = RedirectResponse("/console/sign-in", 303)
        self.guard.forget(request, response)
        return response

    async def _link(self, request: Request, purpose: str) -> Link | None:
        return await self.team.link(request.path_params["token"][:200], purpose)

    async def _linked_agent(self, request: Request) -> tuple[Link, Agent] | None:
        link = await self._link(request, "sign_in")
        agents = {agent.id: agent for agent in await self.team.agents()} if link else {}
        agent = agents.get(link.agent_id or "") if link else None
        return (link, agent) if link and agent and agent.active else None

    def _problems(self, request: Request, checks: Mapping[str, Any]) -> dict[str, str]:
        """A text for each field whose check refuses it."""
        words = self.pages.words(request)
        errors = {}
        for field, check in checks.items():
            try:
                check()
            except Refused as refusal:
                errors[field] = _problem(words, refusal)
        return errors

    async def _choices(self) -> dict[str, Any]:
        return {"languages": await self.languages.offered(), "time_zones": sorted(available_timezones())}

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
            **await self._choices(),
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
            **await self._choices(),
        )

    async def _profile_form(
        self,
        request: Request,
        agent: Agent,
        session: Session,
        values: Mapping[str, str],
        errors: Mapping[str, str],
        *,
        saved: bool = False,
    ) -> Response:
        sessions = [
            {
                "created_at": entry.created_at,
                "last_seen_at": entry.last_seen_at,
                "user_agent": entry.user_agent,
                "current": entry.token_hash == session.token_hash,
            }
            for entry in await self.team.sessions(agent)
        ]
        return await self.pages.render(
            request,
            "profile.html",
            status=400 if errors else 200,
            values=values,
            errors=errors,
            saved=saved,
            sessions=sessions,
            **await self._choices(),
        )

    async def _team_form(self, request: Request, **context: Any) -> Response:
        filled = {"invitation": None, "values": {}, "errors": {}, **context}
        status = 400 if filled["errors"] else 200
        return await self.pages.render(
            request, "team.html", status=status, agents=await self.team.agents(), **filled
        )

    async def _install_form(
        self, request: Request, values: Mapping[str, str], errors: Mapping[str, str], *, saved: bool = False
    ) -> Response:
        origin = self.guard.origin(request)
        return await self.pages.render(
            request,
            "install.html",
            status=400 if errors else 200,
            values=values,
            errors=errors,
            saved=saved,
            snippet=f'<script async src="{origin}/widget.js"></script>',
        )


async def _form(request: Request) -> dict[str, str]:
    """The fields of a plain form, each once."""
    body = (await read_bounded(request)).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        raise Refused("bad_field", field="form") from None


def _problem(words: Catalogue, refusal: Refused) -> str:
    if refusal.code == "bad_field" and refusal.field in _PROBLEMS:
        return words.t(_PROBLEMS[refusal.field], n=MIN_LENGTH)
    return words.t(TABLE[refusal.code].message, field=refusal.field or "", **refusal.params)


def _checked_zone(name: str | None) -> str:
    zone = _zone(name)
    if zone is None:
        raise Refused("bad_field", field="time_zone")
    return zone


def _zone(name: str | None) -> str | None:
    return name if name in available_timezones() else None


def _own_path(wanted: str) -> str:
    """A page of this console to go on to; anything that could lead elsewhere is dropped."""
    try:
        parts = urlsplit(wanted[:500])
    except ValueError:
        return ""
    plain = not parts.scheme and not parts.netloc and "\\" not in wanted
    return parts.path if plain and parts.path.startswith("/console") else ""


def _user_agent(request: Request) -> str | None:
    return clean_field(request.headers.get("user-agent", "")[:400], "user-agent", 400)
