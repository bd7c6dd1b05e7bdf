"""Visitors: beginning a session, coming back, choosing a language."""

import uuid
from dataclasses import replace
from datetime import timedelta

from appliance.domain.conversation import MeetVisitor
from appliance.domain.entries import Entry
from appliance.domain.people import Visitor
from appliance.domain.refusal import Refused, suppress_when_full
from appliance.services.journal import Journal
from appliance.services.ports import Clock, VisitorBook
from appliance.services.tokens import new_token, token_hash

SESSION_LENGTH = timedelta(days=180)
"""A visitor's token works this long after its last use."""

_SEEN_EVERY = timedelta(hours=1)


class Visitors:
    def __init__(self, book: VisitorBook, journal: Journal, clock: Clock) -> None:
        self._book = book
        self._journal = journal
        self._clock = clock

    async def begin(
        self,
        *,
        language: str,
        name: str | None = None,
        time_zone: str | None = None,
        page: str | None = None,
        user_agent: str | None = None,
    ) -> tuple[Visitor, str]:
        """A new visitor and their token, which is not kept here."""
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
        )
        return await self._book.add(visitor, token_hash(token)), token

    async def recognise(self, token: str) -> Visitor:
        """The visitor whose token it is. Raises `Refused("token_invalid")`: forged, or too long unused."""
        visitor = await self._book.by_token(token_hash(token))
        now = self._clock()
        if visitor is None or now - visitor.last_seen_at > SESSION_LENGTH:
            raise Refused("token_invalid")
        if now - visitor.last_seen_at > _SEEN_EVERY:
            visitor = replace(visitor, last_seen_at=now)
            with suppress_when_full():
                await self._book.update(visitor)
        return visitor

    async def meet(
        self,
        visitor: Visitor,
        *,
        language: str | None = None,
        time_zone: str | None = None,
        page: str | None = None,
    ) -> Visitor:
        """Notes where the visitor is now and what they read; their conversation, if there is one, shows
        it."""
        met = replace(
            visitor,
            language=language or visitor.language,
            time_zone=time_zone or visitor.time_zone,
            page=page or visitor.page,
        )
        if met == visitor:
            return visitor
        met = replace(met, last_seen_at=self._clock())
        await self._book.update(met)
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
