"""Visitors, agents, their sessions and one-time links."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tortoise.expressions import Q, Subquery

from appliance.domain.people import Agent, Link, Session, Visitor
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full


class VisitorBook:
    """`services.ports.VisitorBook` on Tortoise."""

    @refused_when_full
    async def add(self, visitor: Visitor, token_hash: str) -> Visitor:
        """Stores a new visitor and gives it its number."""
        row = await models.Visitor.create(
            id=visitor.id,
            token_hash=token_hash,
            conversation_id=visitor.conversation_id,
            language=visitor.language,
            name=visitor.name,
            time_zone=visitor.time_zone,
            page=visitor.page,
            user_agent=visitor.user_agent,
            first_seen_at=visitor.first_seen_at,
            last_seen_at=visitor.last_seen_at,
            country=visitor.country,
            region=visitor.region,
            site=visitor.site,
            email=visitor.email,
        )
        return _visitor(row)

    async def by_token(self, token_hash: str) -> Visitor | None:
        row = await models.Visitor.get_or_none(token_hash=token_hash)
        return None if row is None else _visitor(row)

    async def get(self, visitor_id: str) -> Visitor | None:
        row = await models.Visitor.get_or_none(id=visitor_id)
        return None if row is None else _visitor(row)

    @refused_when_full
    async def change(self, visitor_id: str, changes: Mapping[str, Any]) -> Visitor | None:
        """Only `changes` (by the names that `Visitor` has for them): whoever asks may hold an older copy of
        the rest. Gives the visitor as it is then; None if there is none such."""
        await models.Visitor.filter(id=visitor_id).update(**changes)
        return await self.get(visitor_id)

    @refused_when_full
    async def prune(self, before: datetime) -> None:
        """Forgets visitors who never wrote and were not seen since an instant."""
        silent = Q(conversation_id__not_in=Subquery(models.Conversation.all().values("id")))
        await models.Visitor.filter(silent, last_seen_at__lt=before.astimezone(UTC)).delete()


class Staff:
    """`services.ports.Staff` on Tortoise."""

    async def agents(self) -> list[Agent]:
        return [_agent(row) for row in await models.Agent.all().order_by("created_at")]

    async def agent(self, agent_id: str) -> Agent | None:
        row = await models.Agent.get_or_none(id=agent_id)
        return None if row is None else _agent(row)

    async def by_email(self, email: str) -> Agent | None:
        row = await models.Agent.get_or_none(email=email)
        return None if row is None else _agent(row)

    @refused_when_full
    async def save(self, agent: Agent) -> None:
        """Adds an agent, or changes the one with the same id."""
        async with transaction() as connection:
            known = models.Agent.filter(id=agent.id).using_db(connection)
            if not await known.update(**_columns(agent)):
                await models.Agent.create(using_db=connection, id=agent.id, **_columns(agent))

    @refused_when_full
    async def note_seen(self, agent_id: str, now: datetime) -> None:
        """Only that: whoever asks may hold an older copy of the rest."""
        await models.Agent.filter(id=agent_id).update(last_seen_at=now)

    @refused_when_full
    async def change(self, agent_id: str, changes: Mapping[str, Any]) -> Agent | None:
        """Only `changes` (by the names that `Agent` has for them), for the same reason. Gives the agent as
        they are then; None if there is none such."""
        columns = {name: list(one) if isinstance(one, tuple) else one for name, one in changes.items()}
        await models.Agent.filter(id=agent_id).update(**columns)
        return await self.agent(agent_id)

    @refused_when_full
    async def add_session(self, session: Session) -> None:
        await models.Session.create(
            token_hash=session.token_hash,
            agent_id=session.agent_id,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            expires_at=session.expires_at,
            user_agent=session.user_agent,
        )

    async def session(self, token_hash: str) -> Session | None:
        row = await models.Session.get_or_none(token_hash=token_hash)
        return None if row is None else _session(row)

    async def sessions(self, agent_id: str) -> list[Session]:
        rows = await models.Session.filter(agent_id=agent_id).order_by("-last_seen_at")
        return [_session(row) for row in rows]

    @refused_when_full
    async def touch_session(self, token_hash: str, now: datetime, expires_at: datetime) -> None:
        await models.Session.filter(token_hash=token_hash).update(last_seen_at=now, expires_at=expires_at)

    @refused_when_full
    async def end_session(self, token_hash: str) -> None:
        await models.Session.filter(token_hash=token_hash).delete()

    @refused_when_full
    async def end_sessions(self, agent_id: str) -> None:
        await models.Session.filter(agent_id=agent_id).delete()

    @refused_when_full
    async def add_link(self, link: Link) -> None:
        """Stores a link; unused ones for the same purpose and person stop working."""
        async with transaction() as connection:
            await (
                models.Link.filter(
                    purpose=link.purpose, agent_id=link.agent_id, email=link.email, used_at=None
                )
                .using_db(connection)
                .delete()
            )
            await models.Link.create(
                using_db=connection,
                token_hash=link.token_hash,
                purpose=link.purpose,
                agent_id=link.agent_id,
                email=link.email,
                name=link.name,
                role=link.role,
                expires_at=link.expires_at,
            )

    async def link(self, token_hash: str, now: datetime) -> Link | None:
        """The link, if it can still be used."""
        # SQLite compares instants as text, so both must be in one zone.
        row = await models.Link.get_or_none(
            token_hash=token_hash, used_at=None, expires_at__gt=now.astimezone(UTC)
        )
        return None if row is None else _link(row)

    async def invitations(self, now: datetime) -> list[Link]:
        """Those that can still be accepted, the newest last."""
        rows = models.Link.filter(purpose="invite", used_at=None, expires_at__gt=now.astimezone(UTC))
        return [_link(row) for row in await rows.order_by("expires_at")]

    @refused_when_full
    async def end_link(self, token_hash: str) -> None:
        await models.Link.filter(token_hash=token_hash).delete()

    @refused_when_full
    async def use_link(self, token_hash: str, now: datetime) -> bool:
        """Uses a link up. Of two who try at once, one gets True."""
        unused = models.Link.filter(token_hash=token_hash, used_at=None, expires_at__gt=now.astimezone(UTC))
        return await unused.update(used_at=now) == 1

    @refused_when_full
    async def join(self, agent: Agent, token_hash: str, now: datetime) -> bool:
        """Uses a link up and adds the agent, or does neither. False: the link can't be used any more."""
        async with transaction() as connection:
            unused = models.Link.filter(
                token_hash=token_hash, used_at=None, expires_at__gt=now.astimezone(UTC)
            )
            if await unused.using_db(connection).update(used_at=now) != 1:
                return False
            await models.Agent.create(using_db=connection, id=agent.id, **_columns(agent))
            return True

    @refused_when_full
    async def prune(self, before: datetime) -> None:
        """Forgets sessions and links that ended before an instant."""
        limit = before.astimezone(UTC)
        await models.Session.filter(expires_at__lt=limit).delete()
        await models.Link.filter(expires_at__lt=limit).delete()


def _columns(agent: Agent) -> dict[str, Any]:
    return {
        "email": agent.email,
        "name": agent.name,
        "avatar": agent.avatar,
        "password_hash": agent.password_hash,
        "language": agent.language,
        "time_zone": agent.time_zone,
        "role": agent.role,
        "active": agent.active,
        "created_at": agent.created_at,
        "last_seen_at": agent.last_seen_at,
        "spoken": list(agent.spoken),
        "capacity": agent.capacity,
        "availability": agent.availability,
    }


def _link(row: models.Link) -> Link:
    return Link(
        row.token_hash,
        row.purpose,  # type: ignore[arg-type]
        row.expires_at,
        row.agent_id,
        row.email,
        row.name,
        row.role,  # type: ignore[arg-type]
    )


def _visitor(row: models.Visitor) -> Visitor:
    return Visitor(
        row.id,
        row.number,
        row.conversation_id,
        row.language,
        row.name,
        row.time_zone,
        row.page,
        row.user_agent,
        row.first_seen_at,
        row.last_seen_at,
        row.country,
        row.region,
        row.site,
        row.email,
    )


def _agent(row: models.Agent) -> Agent:
    return Agent(
        row.id,
        row.email,
        row.name,
        row.avatar,
        row.password_hash,
        row.language,
        row.time_zone,
        row.role,  # type: ignore[arg-type]
        row.active,
        row.created_at,
        row.last_seen_at,
        tuple(row.spoken or ()),
        row.capacity,
        row.availability,  # type: ignore[arg-type]
    )


def _session(row: models.Session) -> Session:
    return Session(
        row.token_hash, row.agent_id, row.created_at, row.last_seen_at, row.expires_at, row.user_agent
    )
