"""The conversations' use cases: what visitors and agents do in them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeGuard

from appliance.domain.commands import Acknowledge, Close, Command, Release, Reopen, Take, Write
from appliance.domain.conversation import Conversation, Event, Message, Party
from appliance.domain.entries import Appended, Entry, Listing
from appliance.domain.people import Agent, Visitor
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text
from appliance.services.deliveries import Deliveries
from appliance.services.journal import Journal
from appliance.services.ports import Clock, Ledger
from appliance.services.translations import Translations
from appliance.services.wordings import Wording, Wordings
from translation import needs_translation

PAGE = 100
"""Events in a page of history."""

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Readers = Callable[[], Awaitable[Mapping[str, str]]]
"""The agents who may answer, and the language each reads."""


class Inbox:
    def __init__(
        self,
        journal: Journal,
        ledger: Ledger,
        translations: Translations,
        wordings: Wordings,
        readers: Readers,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._ledger = ledger
        self._translations = translations
        self._wordings = wordings
        self._readers = readers
        self._clock = clock
        self._deliveries = Deliveries(
            lambda conversation_id, seq: self.acknowledge("agent", conversation_id, delivered=seq)
        )

    async def visitor_writes(self, visitor: Visitor, client_id: object, text: object) -> Appended:
        """Stores a visitor's message; the first one opens the conversation.

        Raises `Refused`: `bad_field`, `text_empty`, `text_too_long`, `busy`, `storage_full`.
        """
        clean = clean_text(text)
        write = Write(
            author=visitor.person,
            client_id=_checked(client_id),
            text=clean,
            language=visitor.language,
            readers=await self._readers(),
            translatable=needs_translation(clean),
            at=self._clock(),
        )
        return await self._journal.submit(Entry(visitor.conversation_id, write, opening=visitor.card))

    async def agent_writes(
        self,
        agent: Agent,
        conversation_id: str,
        client_id: object,
        text: object,
        wording: Wording | None = None,
    ) -> Appended:
        """Stores an agent's message, taking the conversation if it was queued. `wording`: the agent's own
        translation of it; the machine is asked for none into that language.

        Raises as `visitor_writes`, and `not_found`, `conversation_closed`, `translation_empty`,
        `translation_too_long`.
        """
        clean = clean_text(text)
        write = Write(
            author=agent.person,
            client_id=_checked(client_id),
            text=clean,
            language=agent.language,
            readers={},
            translatable=needs_translation(clean),
            at=self._clock(),
            ready={} if wording is None else wording.checked(agent),
        )
        appended = await self._submit(conversation_id, write)
        await self._wordings.learn(appended)
        return appended

    async def take(self, agent: Agent, conversation_id: str, *, force: bool = False) -> None:
        """Raises `Refused`: `already_taken`, `conversation_closed`, `not_found`."""
        await self._submit(conversation_id, Take(agent.person, self._clock(), force))

    async def release(self, agent: Agent, conversation_id: str) -> None:
        await self._submit(conversation_id, Release(agent.person, self._clock()))

    async def release_all(self, agent_id: str) -> None:
        """Gives back to the queue whatever the agent has. Raises `Refused`: `busy`, `storage_full`."""
        for conversation in await self._ledger.assigned_to(agent_id):
            if conversation.agent is None:
                continue
            try:
                await self._submit(conversation.id, Release(conversation.agent, self._clock()))
            except Refused as refusal:
                # Somebody took it over meanwhile.
                if refusal.code != "already_taken":
                    raise

    async def close(self, agent: Agent, conversation_id: str) -> None:
        await self._submit(conversation_id, Close(agent.person, self._clock()))

    async def reopen(self, agent: Agent, conversation_id: str) -> None:
        await self._submit(conversation_id, Reopen(agent.person, self._clock()))

    async def acknowledge(
        self, party: Party, conversation_id: str, *, delivered: int = 0, seen: int = 0
    ) -> None:
        """Notes what a party has received and read. Raises `Refused`: `not_found`, `busy`, `storage_full`."""
        await self._submit(conversation_id, Acknowledge(party, delivered, seen, self._clock()))

    def shown(self, conversation: Conversation) -> None:
        """An agent's socket shows this conversation; what the visitor wrote in it is delivered."""
        self._deliveries.note(conversation)

    async def retranslate(self, conversation_id: str, seq: int, language: str) -> None:
        await self._translations.retry(conversation_id, seq, language)

    async def translate_for(self, conversation_id: str, events: list[Event], language: str) -> None:
        """Sees to it that a reader of `language` will be able to read these messages."""
        await self._translations.want(conversation_id, events, language)

    async def translate_replies(self, conversation_id: str, language: str, limit: int = 30) -> None:
        """After a visitor has chosen another language: the newest messages of agents in it."""
        events = await self._ledger.events(conversation_id, before=2**31 - 1, limit=limit)
        theirs = [
            event
            for event in events
            if isinstance(event.what, Message) and event.what.author.kind != "visitor"
        ]
        await self._translations.want(conversation_id, theirs, language)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        return await self._ledger.conversation(conversation_id)

    async def listing(self, agent: Agent, *, living: int, closed: int) -> Listing:
        """At most so many living conversations, the agent's own first, then those that wait longest; and the
        ones closed last."""
        return await self._ledger.inbox(agent.id, living=living, closed=closed)

    async def page(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = PAGE
    ) -> list[Event]:
        """A page of events in order: the first after `after`, or the last before `before`."""
        return await self._ledger.events(conversation_id, after=after, before=before, limit=limit)

    async def _submit(self, conversation_id: str, command: Command) -> Appended:
        return await self._journal.submit(Entry(conversation_id, command))


def is_client_id(value: object) -> TypeGuard[str]:
    """Whether it is an id as senders may choose them."""
    return isinstance(value, str) and _CLIENT_ID.fullmatch(value) is not None


def _checked(client_id: object) -> str:
    if not is_client_id(client_id):
        raise Refused("bad_field", field="client_id")
    return client_id
