"""The agents: who they are, how they sign in, who may join."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from appliance.domain.languages import normalize_tag
from appliance.domain.people import Agent, Link, Role, Session
from appliance.domain.refusal import Refused, suppress_when_full
from appliance.domain.regions import Availability
from appliance.domain.text import clean_field
from appliance.services.passwords import MAX_LENGTH, MIN_LENGTH, Passwords
from appliance.services.ports import Clock, Staff
from appliance.services.sign_in_limits import SignInLimits
from appliance.services.tokens import new_token, token_hash

SESSION_LENGTH = timedelta(days=14)
"""An agent stays signed in this long after the last request."""

LINK_LENGTH: Mapping[str, timedelta] = {
    "setup": timedelta(days=7),
    "invite": timedelta(days=7),
    "sign_in": timedelta(hours=24),
}

MOST_SPOKEN = 20
MOST_CONVERSATIONS = 50
"""That an agent can have at a time."""

_TOUCH_EVERY = timedelta(minutes=10)
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,185}")
_AVATARS = ("#3157d5", "#0f766e", "#b4232c", "#7c3aed", "#a2410b", "#0369a1", "#4d7c0f", "#be185d")


class Team:
    def __init__(self, staff: Staff, passwords: Passwords, clock: Clock) -> None:
        self._staff = staff
        self._passwords = passwords
        self._clock = clock
        self._limits = SignInLimits(clock)
        self._readers: Mapping[str, str] | None = None
        self.on_change: list[Callable[[], None]] = []
        """Called when agents have come, gone or changed."""

    async def readers(self) -> Mapping[str, str]:
        """The active agents' languages by their ids."""
        if self._readers is None:
            self._readers = {agent.id: agent.language for agent in await self._staff.agents() if agent.active}
        return self._readers

    async def agents(self) -> list[Agent]:
        return await self._staff.agents()

    async def sign_in(self, email: str, password: str, *, address: str, user_agent: str | None) -> str:
        """A new session's token. Raises `Refused`: `bad_field` for a wrong pair, `too_fast` after too many
        tries."""
        email = email.strip().lower()
        self._limits.count(email, address)
        agent = await self._staff.by_email(email) if _EMAIL.fullmatch(email) else None
        usable = agent if agent is not None and agent.active else None
        if not await self._passwords.verify(
            usable.password_hash if usable else None, password[: MAX_LENGTH + 1]
        ):
            raise Refused("bad_field", field="password")
        assert usable is not None
        self._limits.succeeded(email, address)
        return await self.begin_session(usable, user_agent)

    async def begin_session(self, agent: Agent, user_agent: str | None) -> str:
        token = new_token("s1")
        now = self._clock()
        session = Session(token_hash(token), agent.id, now, now, now + SESSION_LENGTH, user_agent)
        await self._staff.add_session(session)
        await self._staff.note_seen(agent.id, now)
        return token

    async def signed_in(self, token: str) -> tuple[Agent, Session] | None:
        """Who has this session, if it is still good."""
        session = await self._staff.session(token_hash(token))
        now = self._clock()
        if session is None or session.expires_at <= now:
            return None
        agent = await self._staff.agent(session.agent_id)
        if agent is None or not agent.active:
            return None
        if now - session.last_seen_at > _TOUCH_EVERY:
            # Without room on the disk the inbox can still be read.
            with suppress_when_full():
                await self._staff.touch_session(session.token_hash, now, now + SESSION_LENGTH)
                await self._staff.note_seen(agent.id, now)
        return agent, session

    async def sessions(self, agent: Agent) -> list[Session]:
        now = self._clock()
        return [session for session in await self._staff.sessions(agent.id) if session.expires_at > now]

    async def sign_out(self, session: Session) -> None:
        await self._staff.end_session(session.token_hash)

    async def sign_out_everywhere(self, agent: Agent) -> None:
        await self._staff.end_sessions(agent.id)

    async def make_link(
        self,
        purpose: Literal["setup", "invite", "sign_in"],
        *,
        agent_id: str | None = None,
        email: str | None = None,
        name: str | None = None,
        role: Role | None = None,
    ) -> str:
        """A one-time link's token. It ends earlier links for the same purpose and person."""
        token = new_token("l1")
        expires_at = self._clock() + LINK_LENGTH[purpose]
        link = Link(token_hash(token), purpose, expires_at, agent_id, email, name, role)
        await self._staff.add_link(link)
        return token

    async def link(self, token: str, purpose: str) -> Link | None:
        """The link, if it is for this and can still be used."""
        link = await self._staff.link(token_hash(token), self._clock())
        return link if link is not None and link.purpose == purpose else None

    async def use_link(self, link: Link) -> None:
        """Raises `Refused("not_found")` if somebody was faster."""
        if not await self._staff.use_link(link.token_hash, self._clock()):
            raise Refused("not_found")

    async def invite(self, email: str, name: str, role: str) -> str:
        """An invitation's token. Raises `Refused("bad_field")` naming `email`, `name` or `role`."""
        email = checked_email(email)
        if await self._staff.by_email(email) is not None:
            raise Refused("bad_field", field="email")
        if role not in ("agent", "admin"):
            raise Refused("bad_field", field="role")
        chosen: Role = "admin" if role == "admin" else "agent"
        return await self.make_link("invite", email=email, name=clean_field(name, "name", 80), role=chosen)

    async def invitations(self) -> list[Link]:
        """Those that can still be accepted."""
        return await self._staff.invitations(self._clock())

    async def withdraw(self, invitation: str) -> None:
        """Ends the invitation with this hash."""
        await self._staff.end_link(invitation)

    async def add(
        self, *, email: str, name: str, password: str | None, language: str, time_zone: str, role: Role
    ) -> Agent:
        """A new agent. Raises `Refused("bad_field")` naming what is wrong."""
        agent = await self._new_agent(email, name, password, language, time_zone, role)
        await self._save(agent)
        return agent

    async def accept(
        self, link: Link, *, email: str, name: str, password: str, language: str, time_zone: str, role: Role
    ) -> Agent:
        """A new agent, by a link that is used up with it. Raises as `add`, and `Refused("not_found")` if
        somebody was faster."""
        agent = await self._new_agent(email, name, password, language, time_zone, role)
        if not await self._staff.join(agent, link.token_hash, self._clock()):
            raise Refused("not_found")
        self._changed()
        return agent

    async def change_profile(
        self, agent: Agent, *, name: str, language: str, time_zone: str, spoken: Sequence[str] | None = None
    ) -> Agent:
        """`spoken`: languages besides that of the console; None leaves them as they are."""
        shown = clean_field(name, "name", 80, required=True)
        assert shown is not None
        languages = checked_spoken(agent.spoken if spoken is None else spoken, language)
        return await self._change(
            agent.id, name=shown, language=language, time_zone=time_zone, spoken=languages
        )

    async def change_skills(self, agent_id: str, *, spoken: object, capacity: int) -> Agent:
        """`spoken`: the tags of languages besides that of the console. Raises `Refused`: `not_found`, and
        `bad_field` naming `spoken` or `capacity`."""
        agent = await self._staff.agent(agent_id)
        if agent is None:
            raise Refused("not_found")
        if not 1 <= capacity <= MOST_CONVERSATIONS:
            raise Refused("bad_field", field="capacity")
        return await self._change(agent_id, spoken=checked_spoken(spoken, agent.language), capacity=capacity)

    async def choose_availability(self, agent_id: str, availability: Availability) -> None:
        """What the agent is from now on, until they choose another. Raises `Refused`: `not_found`,
        `storage_full`."""
        await self._change(agent_id, availability=availability)

    async def change_password(self, agent: Agent, current: str, new: str, *, address: str) -> None:
        """Changes it and signs out everywhere. Raises `Refused("bad_field")` naming `current` or `new`."""
        if agent.password_hash is not None:
            self._limits.count(agent.email, address)
            if not await self._passwords.verify(agent.password_hash, current[: MAX_LENGTH + 1]):
                raise Refused("bad_field", field="current")
        password_hash = await self._passwords.hash(checked_password(new, "new"))
        await self._change(agent.id, password_hash=password_hash)
        await self._staff.end_sessions(agent.id)

    async def forget_password(self, agent: Agent) -> str:
        """For someone who lost theirs: the password is gone, all sessions end, and the token of a one-time
        link is the way back in."""
        await self._change(agent.id, password_hash=None)
        await self._staff.end_sessions(agent.id)
        return await self.make_link("sign_in", agent_id=agent.id)

    async def set_active(self, agent_id: str, active: bool, by: Agent) -> None:
        """Raises `Refused`: `not_found`; `forbidden` when an admin would shut themselves out."""
        agent = await self._staff.agent(agent_id)
        if agent is None:
            raise Refused("not_found")
        if agent.id == by.id:
            raise Refused("forbidden")
        await self._change(agent_id, active=active)
        if not active:
            await self._staff.end_sessions(agent.id)

    async def prune(self) -> None:
        """Forgets sessions and links that have ended."""
        await self._staff.prune(self._clock())

    async def _new_agent(
        self, email: str, name: str, password: str | None, language: str, time_zone: str, role: Role
    ) -> Agent:
        email = checked_email(email)
        shown = clean_field(name, "name", 80, required=True)
        assert shown is not None
        password_hash = None if password is None else await self._passwords.hash(checked_password(password))
        known = await self._staff.agents()
        if any(agent.email == email for agent in known):
            raise Refused("bad_field", field="email")
        return Agent(
            id=str(uuid.uuid4()),
            email=email,
            name=shown,
            avatar=_AVATARS[len(known) % len(_AVATARS)],
            password_hash=password_hash,
            language=language,
            time_zone=time_zone,
            role=role,
            active=True,
            created_at=self._clock(),
            last_seen_at=None,
        )

    async def _save(self, agent: Agent) -> None:
        await self._staff.save(agent)
        self._changed()

    async def _change(self, agent_id: str, **changes: Any) -> Agent:
        """Writes these fields alone: the copy at hand may be older than what somebody else has just saved of
        the others. Raises `Refused`: `not_found`, `storage_full`."""
        changed = await self._staff.change(agent_id, changes)
        if changed is None:
            raise Refused("not_found")
        self._changed()
        return changed

    def _changed(self) -> None:
        self._readers = None
        for told in self.on_change:
            told()


def checked_spoken(raw: object, language: str) -> tuple[str, ...]:
    """Tags in canonical form, each once, without the console's own."""
    if not isinstance(raw, list | tuple) or len(raw) > MOST_SPOKEN:
        raise Refused("bad_field", field="spoken")
    try:
        tags = [normalize_tag(tag if isinstance(tag, str) else "") for tag in raw]
    except ValueError:
        raise Refused("bad_field", field="spoken") from None
    return tuple(tag for tag in dict.fromkeys(tags) if tag != language)


def checked_email(raw: str) -> str:
    email = (clean_field(raw, "email", 254, required=True) or "").lower()
    if not _EMAIL.fullmatch(email):
        raise Refused("bad_field", field="email")
    return email


def checked_password(raw: str, field: str = "password") -> str:
    if not MIN_LENGTH <= len(raw) <= MAX_LENGTH:
        raise Refused("bad_field", field=field)
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("bad_field", field=field) from None
    return raw
