"""Visitors: beginning a session, coming back, choosing a language."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from appliance.domain.commands import MeetVisitor
from appliance.domain.entries import Entry
from appliance.domain.mail_address import ascii_address
from appliance.domain.people import Visitor
from appliance.domain.refusal import Refused, suppress_when_full
from appliance.services.countries import Countries
from appliance.services.journal import Journal
from appliance.services.ports import Clock, VisitorBook
from appliance.services.tokens import new_token, token_hash

SESSION_LENGTH = timedelta(days=180)
"""A visitor's token works this long after its last use."""

_SEEN_EVERY = timedelta(hours=1)


class Visitors:
    def __init__(
        self, book: VisitorBook, journal: Journal, clock: Clock, countries: Countries | None = None
    ) -> None:
        self._book = book
        self._journal = journal
        self._clock = clock
        self._countries = countries or Countries()

    async def begin(
        self,
        *,
        language: str,
        name: str | None = None,
        time_zone: str | None = None,
        page: str | None = None,
        user_agent: str | None = None,
        region: str | None = None,
        site: str | None = None,
        address: str | None = None,
    ) -> tuple[Visitor, str]:
        """A new visitor and their token, which is not kept here. `region` is the one chosen, `site` the one
        that the page names; of `address`, the network's, nothing but the country is kept."""
        token = new_token("v1")
        now = self._clock()
        visitor = Visitor(
            id=str(uuid.uuid4()),
            number=0,
            conversation_id=str(uuid.uuid4()),
            language=language,
            name=name,
            time_zone=time_zone,
            page=page,
            user_agent=user_agent,
            first_seen_at=now,
            last_seen_at=now,
            country=self._countries.country(time_zone, address),
            region=region,
            site=site,
        )
        return await self._book.add(visitor, token_hash(token)), token

    async def recognise(self, token: str) -> Visitor:
        """The visitor whose token it is. Raises `Refused("token_invalid")`: forged, or too long unused."""
        visitor = await self._book.by_token(token_hash(token))
        now = self._clock()
        if visitor is None or now - visitor.last_seen_at > SESSION_LENGTH:
            raise Refused("token_invalid")
        if now - visitor.last_seen_at > _SEEN_EVERY:
            with suppress_when_full():
                return await self._book.change(visitor.id, {"last_seen_at": now}) or visitor
        return visitor

    async def meet(
        self,
        visitor: Visitor,
        *,
        language: str | None = None,
        time_zone: str | None = None,
        page: str | None = None,
        region: str | None = None,
        site: str | None = None,
        address: str | None = None,
    ) -> Visitor:
        """Notes where the visitor is now and what they read; their conversation, if there is one, shows
        it. What is None stays as it was."""
        told: dict[str, Any] = {
            "language": language,
            "time_zone": time_zone,
            "page": page,
            "region": region,
            "site": site,
        }
        if visitor.country is None or time_zone not in (None, visitor.time_zone):
            told["country"] = self._countries.country(time_zone or visitor.time_zone, address)
        changes = {name: new for name, new in told.items() if new is not None}
        return visitor if replace(visitor, **changes) == visitor else await self._note(visitor, changes)

    async def choose_region(self, visitor: Visitor, region: str | None) -> Visitor:
        """None: as if they had never chosen."""
        return await self._note(visitor, {"region": region})

    async def give_email(self, visitor: Visitor, email: object) -> Visitor:
        """Where answers may be sent; None takes it back. Raises `Refused("bad_field")`."""
        address = None
        if email is not None:
            address = ascii_address(email) if isinstance(email, str) else None
            if address is None:
                raise Refused("bad_field", field="email")
        return await self._note(visitor, {"email": address})

    async def _note(self, visitor: Visitor, changes: dict[str, Any]) -> Visitor:
        """Notes the changes alone: `visitor` may be older than what was told in another of their tabs, or
        taken back by a link in a mail."""
        met = await self._book.change(visitor.id, {**changes, "last_seen_at": self._clock()})
        if met is None:
            raise Refused("token_invalid")
        try:
            await self._journal.submit(Entry(met.conversation_id, MeetVisitor(met.card, self._clock())))
        except Refused as refusal:
            if refusal.code != "not_found":
                raise
        return met

    async def prune(self) -> None:
        """Forgets visitors whose token has expired and who never wrote."""
        await self._book.prune(self._clock() - SESSION_LENGTH)

    async def get(self, visitor_id: str) -> Visitor | None:
        return await self._book.get(visitor_id)
