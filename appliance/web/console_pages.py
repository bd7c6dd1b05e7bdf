"""The console and the pages around it: the profile, the team, installing the chat."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.domain.languages import same_language
from appliance.domain.mail import MailStatus
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.regions import Regions
from appliance.domain.text import clean_field
from appliance.realtime.bus import Bus
from appliance.realtime.hub import agent_changed_message, signed_out_message
from appliance.services.inbox import Inbox
from appliance.services.languages import Languages
from appliance.services.team import Team
from appliance.services.workspace import WorkspaceSettings
from appliance.web.assets import Assets
from appliance.web.fields import checked_language
from appliance.web.forms import (
    address,
    checked_zone,
    choices,
    problem,
    problems,
    read_form,
    signed_in,
    user_agent,
)
from appliance.web.guard import Guard
from appliance.web.invitation_letters import Invitation
from appliance.web.pages import Pages
from appliance.web.reply import json_response

_SPEAKS = "speaks_"
"""Before the tag of each language that is ticked in the profile."""


@dataclass(frozen=True, slots=True)
class ConsolePages:
    team: Team
    workspace: WorkspaceSettings
    languages: Languages
    guard: Guard
    pages: Pages
    assets: Assets
    bus: Bus
    inbox: Inbox
    is_demo: bool
    regions: Callable[[], Awaitable[Regions]]
    send_invitation: Callable[[str, Invitation], Awaitable[MailStatus | None]]

    async def console(self, request: Request, agent: Agent, session: Session) -> Response:
        locale = self.pages.words(request).locale
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
            "languages": await self._languages_for(agent),
            "socket": "/api/agent/socket",
            "workspace": {"name": (await self.workspace.read()).name},
            "demo": "/" if self.is_demo else None,
        }
        return await self.pages.render(request, "console.html", config=config)

    async def own_languages(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/agent/languages`, for consoles that were open while language packs came or went."""
        return json_response({"languages": await self._languages_for(agent)})

    async def _languages_for(self, agent: Agent) -> list[dict[str, Any]]:
        return [
            {
                "tag": offer["tag"],
                "name": offer["name"],
                "direction": offer["direction"],
                "translated": self.languages.understood(offer["tag"], agent.language),
            }
            for offer in await self.languages.offered()
        ]

    async def sign_out(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.team.sign_out(session)
        self.bus.publish(signed_out_message(agent.id, session.token_hash))
        return self._signed_out(request)

    async def sign_out_everywhere(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.team.sign_out_everywhere(agent)
        self.bus.publish(signed_out_message(agent.id, None))
        return self._signed_out(request)

    async def profile_page(self, request: Request, agent: Agent, session: Session) -> Response:
        saved = "saved" in request.query_params
        return await self._profile_form(request, agent, session, {}, {}, saved=saved)

    async def change_profile(self, request: Request, agent: Agent, session: Session) -> Response:
        form = await read_form(request)
        checks = {
            "name": lambda: clean_field(form.get("name"), "name", 80, required=True),
            "language": lambda: checked_language(form.get("language"), "language"),
            "time_zone": lambda: checked_zone(form.get("time_zone")),
        }
        errors = problems(self.pages.words(request), checks)
        if errors:
            return await self._profile_form(request, agent, session, form, errors)
        spoken = [name.removeprefix(_SPEAKS) for name in form if name.startswith(_SPEAKS)]
        await self.team.change_profile(
            agent,
            name=form["name"],
            language=checked_language(form["language"], "language"),
            time_zone=form["time_zone"],
            # A form without the question has not said that there are none.
            spoken=spoken if "speaks" in form else None,
        )
        self.bus.publish(agent_changed_message(agent.id))
        return RedirectResponse("/console/profile?saved", 303)

    async def change_password(self, request: Request, agent: Agent, session: Session) -> Response:
        form = await read_form(request)
        try:
            await self.team.change_password(
                agent, form.get("current", ""), form.get("new", ""), address=address(request)
            )
        except Refused as refusal:
            words = self.pages.words(request)
            errors = {refusal.field or "form": problem(words, refusal)}
            return await self._profile_form(request, agent, session, {}, errors)
        self.bus.publish(signed_out_message(agent.id, None))
        token = await self.team.begin_session(agent, user_agent(request))
        return signed_in(self.guard, request, token, "/console/profile?saved")

    async def team_page(self, request: Request, agent: Agent, session: Session) -> Response:
        return await self._team_form(request, agent)

    async def invite(self, request: Request, agent: Agent, session: Session) -> Response:
        """Makes the link, and sends it where mail can be sent; it is shown in any case, and only now."""
        form = await read_form(request)
        try:
            # A form without the question leaves it to the language of whoever invites.
            language = checked_language(form.get("language") or agent.language, "language")
            token = await self.team.invite(form.get("email", ""), form.get("name", ""), form.get("role", ""))
        except Refused as refusal:
            errors = {refusal.field or "form": problem(self.pages.words(request), refusal)}
            return await self._team_form(request, agent, values=form, errors=errors)
        url = f"{self.guard.origin(request)}/console/invite/{token}?lang={language}"
        link = await self.team.link(token, "invite")
        sent: MailStatus | None = None
        if link is not None and link.email is not None:
            invitation = Invitation(link.token_hash, agent, language, url, link.expires_at)
            sent = await self.send_invitation(link.email, invitation)
        return await self._team_form(
            request,
            agent,
            invitation={"email": form["email"], "url": url, "sent": sent, "language": language},
        )

    async def withdraw(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.team.withdraw(request.path_params["invitation"])
        return RedirectResponse("/console/team", 303)

    async def deactivate(self, request: Request, agent: Agent, session: Session) -> Response:
        agent_id = request.path_params["agent"]
        await self._check_not_needed(request, agent_id)
        await self.team.set_active(agent_id, False, by=agent)
        self.bus.publish(signed_out_message(agent_id, None))
        await self.inbox.release_all(agent_id)
        return RedirectResponse("/console/team", 303)

    async def _check_not_needed(self, request: Request, agent_id: str) -> None:
        """No region is left with nobody by accident. Raises `Refused("agent_needed")`."""
        agents = await self.team.agents()
        active = {one.id for one in agents if one.active}
        left = active - {agent_id}
        alone = [
            region
            for region in (await self.regions()).all
            if region.agents is not None and agent_id in region.agents and left.isdisjoint(region.agents)
        ]
        if agent_id in active and alone:
            name = next(one.name for one in agents if one.id == agent_id)
            locale = self.pages.words(request).locale
            named = ", ".join(region.name(locale) for region in alone)
            raise Refused("agent_needed", name=name, regions=named)

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
        form = await read_form(request)
        try:
            await self.workspace.change(
                name=form.get("workspace", ""), sites=form.get("sites", ""), accent=form.get("accent", "")
            )
        except Refused as refusal:
            errors = {refusal.field or "form": problem(self.pages.words(request), refusal)}
            return await self._install_form(request, form, errors)
        return RedirectResponse("/console/install?saved", 303)

    def _signed_out(self, request: Request) -> Response:
        response = RedirectResponse("/console/sign-in", 303)
        self.guard.forget(request, response)
        return response

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
        locale = self.pages.words(request).locale
        return await self.pages.render(
            request,
            "profile.html",
            status=400 if errors else 200,
            # The nearest there is, where the console is not in the agent's language.
            nearest=None if same_language(locale, agent.language) else locale,
            values=values,
            errors=errors,
            saved=saved,
            sessions=sessions,
            **await choices(self.languages, self.pages.words(request)),
        )

    async def _team_form(self, request: Request, agent: Agent, **context: Any) -> Response:
        invitations = [
            {
                "id": link.token_hash,
                "email": link.email,
                "name": link.name,
                "role": link.role,
                "expires_at": link.expires_at,
            }
            for link in await self.team.invitations()
        ]
        filled = {"invitation": None, "invitations": invitations, "values": {}, "errors": {}, **context}
        status = 400 if filled["errors"] else 200
        return await self.pages.render(
            request,
            "team.html",
            status=status,
            agents=await self.team.agents(),
            own_language=agent.language,
            languages=await self.languages.offered(),
            **filled,
        )

    async def _install_form(
        self, request: Request, values: Mapping[str, str], errors: Mapping[str, str], *, saved: bool = False
    ) -> Response:
        origin = self.guard.origin(request)
        locale = self.pages.words(request).locale
        regions = [(region.id, region.name(locale)) for region in (await self.regions()).all]
        return await self.pages.render(
            request,
            "install.html",
            status=400 if errors else 200,
            values=values,
            errors=errors,
            saved=saved,
            regions=regions if len(regions) > 1 else [],
            snippet=f'<script async src="{origin}/widget.js"></script>',
        )
