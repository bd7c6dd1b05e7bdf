"""The conversations' ledger: many commands, one transaction.

1. Load the conversations named by the batch, the events that already carry its client ids, and the
   translations it is about.
2. In order of arrival, let the domain decide; a repeated client id gets its first answer again.
3. Insert the events, write the conversations as they are now, note what is to be translated and how a
visitor rates.
4. Commit. Only then does anybody hear of it.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from appliance.domain.commands import Amendment, Write
from appliance.domain.conversation import (
    PENDING,
    Conversation,
    Event,
    Message,
    Rated,
    Translated,
    TranslationChanged,
)
from appliance.domain.decisions import decide, evolve, open_conversation, settle
from appliance.domain.entries import (
    Appended,
    Entry,
    FailedTranslation,
    Listing,
    Outcome,
    PendingTranslation,
)
from appliance.domain.refusal import Refused
from appliance.storage import rows
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

_TURN = 50
"""Conversations read before others get their turn."""

_AT_HAND = 2000
"""Conversations kept in memory as they were last stored."""

_log = logging.getLogger(__name__)


class Ledger:
    """`services.ports.Ledger` on Tortoise's connections and transactions.

    What it has just stored it does not read again: whoever holds the directory is the only writer
    (`schema.hold`), and of the writers in this process the journal is the only one.
    """

    def __init__(self) -> None:
        self._at_hand: OrderedDict[str, Conversation] = OrderedDict()

    @refused_when_full
    async def append(self, entries: Sequence[Entry]) -> list[Outcome]:
        """An outcome per entry, in order; all of it is on disk when this returns.

        Raises `Refused("storage_full")` for the whole batch, having stored none of it. An entry that clashes
        with what is stored is refused alone.
        """
        try:
            return await self._write(entries)
        except IntegrityError:
            # One entry clashed with what is stored (which the checks should have seen). It must not take the
            # others along.
            if len(entries) == 1:
                _log.exception("An entry clashes with what is stored")
                return [Refused("internal", retry_after=5)]
            return [await self._append_one(entry) for entry in entries]

    async def _write(self, entries: Sequence[Entry]) -> list[Outcome]:
        try:
            async with transaction() as connection:
                batch = _Batch(connection, entries, self._at_hand)
                outcomes = await batch.run()
        except BaseException:
            # Who knows what of it is stored.
            self._at_hand.clear()
            raise
        for conversation in batch.conversations():
            self._at_hand[conversation.id] = conversation
            self._at_hand.move_to_end(conversation.id)
        while len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)
        return outcomes

    async def _append_one(self, entry: Entry) -> Outcome:
        """Whatever happens to it, those before it are stored and keep their outcomes."""
        try:
            return (await self.append([entry]))[0]
        except Refused as refusal:
            return refusal
        except Exception:
            _log.exception("An entry could not be written")
            return Refused("internal", retry_after=5)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        found = await _fetch(rows.CONVERSATION, [conversation_id])
        return rows.conversation_of(found[0]) if found else None

    async def inbox(self, agent_id: str, *, living: int, closed: int) -> Listing:
        """At most `living` conversations that are not closed, the agent's own first, then those that wait
        longest; and the `closed` ones closed last."""
        found = await _fetch(rows.LIVING_CONVERSATIONS, [agent_id, living])
        count = len(found)
        if count == living:
            ((count,),) = await _fetch(rows.COUNT_OF_LIVING, [])
        found += await _fetch(rows.CLOSED_CONVERSATIONS, [closed])
        conversations: list[Conversation] = []
        for start in range(0, len(found), _TURN):
            conversations += map(rows.conversation_of, found[start : start + _TURN])
            await asyncio.sleep(0)
        return Listing(conversations, count)

    async def assigned_to(self, agent_id: str) -> list[Conversation]:
        found = await _fetch(rows.ASSIGNED_CONVERSATIONS, [agent_id])
        return [rows.conversation_of(row) for row in found]

    async def events(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 100
    ) -> list[Event]:
        """A page in order: the first `limit` events after `after`, or the last `limit` before `before`."""
        if before is None:
            found = await _fetch(rows.EVENTS_AFTER, [conversation_id, after, limit])
        else:
            found = await _fetch(rows.EVENTS_BEFORE, [conversation_id, after, before, limit])
            found = found[::-1]
        if not found:
            return []
        events = [rows.event_of(row) for row in found]
        states = await _fetch(rows.TRANSLATIONS_OF, [conversation_id, events[0].seq, events[-1].seq])
        translations = rows.translations_of(states)
        return [event.as_known(translations.get(event.seq, {})) for event in events]

    async def pending_translations(self, limit: int) -> list[PendingTranslation]:
        return [PendingTranslation(*row) for row in await _fetch(rows.PENDING_TRANSLATIONS, [limit])]

    async def failed_translations(self, *, after: int, limit: int) -> list[FailedTranslation]:
        """The first `limit` whose row follows on `after`, in conversations that are not closed."""
        found = await _fetch(rows.FAILED_TRANSLATIONS, [after, limit])
        return [
            FailedTranslation(number, conversation_id, message, language, rows.reason_of(body))
            for number, conversation_id, message, language, body in found
        ]


async def _fetch(statement: str, values: list[Any], using: BaseDBAsyncClient | None = None) -> list[rows.Row]:
    connection = using or get_connection("default")
    return [tuple(row) for row in (await connection.execute_query(statement, values))[1]]


class _Batch:
    """One transaction's work. `at_hand`: conversations that need not be read."""

    def __init__(
        self, connection: BaseDBAsyncClient, entries: Sequence[Entry], at_hand: Mapping[str, Conversation]
    ) -> None:
        self._connection = connection
        self._entries = entries
        ids = {entry.conversation_id for entry in entries}
        self._conversations = {id_: at_hand[id_] for id_ in ids if id_ in at_hand}
        self._missing = sorted(ids - self._conversations.keys())
        self._said: dict[tuple[str, str], Event] = {}
        self._changed: dict[str, None] = {}
        self._events: list[rows.Row] = []
        self._translations: dict[tuple[str, int, str], Translated] = {}
        self._known: dict[tuple[str, int, str], Translated] = {}
        self._ratings: dict[tuple[str, int], rows.Row] = {}

    async def run(self) -> list[Outcome]:
        await self._load()
        outcomes = [self._apply(entry) for entry in self._entries]
        await self._save()
        return outcomes

    def conversations(self) -> Collection[Conversation]:
        """Those of the batch, as they are stored once it is committed."""
        return self._conversations.values()

    async def _load(self) -> None:
        if self._missing:
            found = await _fetch(rows.conversations_of(self._missing), self._missing, self._connection)
            for conversation in map(rows.conversation_of, found):
                self._conversations[conversation.id] = conversation
        written = [
            (entry.conversation_id, entry.command.client_id)
            for entry in self._entries
            if isinstance(entry.command, Write) and entry.conversation_id in self._conversations
        ]
        if written:
            values = [value for pair in written for value in pair]
            for row in await _fetch(rows.events_written(len(written)), values, self._connection):
                self._said[row[0], row[4]] = rows.event_of(row)
        asked = [key for key in map(_translation_key, self._entries) if key is not None]
        if asked:
            parts = [part for key in asked for part in key]
            states = await _fetch(rows.translations_known(len(asked)), parts, self._connection)
            self._known = dict(map(rows.translation_of, states))

    def _apply(self, entry: Entry) -> Outcome:
        now = self._conversations.get(entry.conversation_id)
        if now is None:
            if entry.opening is None or not isinstance(entry.command, Write):
                return Refused("not_found")
            now = open_conversation(entry.conversation_id, entry.opening, entry.command.at)
        if isinstance(entry.command, Write):
            repeated = self._said.get((entry.conversation_id, entry.command.client_id))
            if repeated is not None:
                same = (
                    isinstance(repeated.what, Message) and repeated.what.author.id == entry.command.author.id
                )
                if not same:
                    return Refused("bad_field", field="client_id")
                return Appended(now, (repeated,), True, changed=False)
        key = _translation_key(entry)
        known = None if key is None else self._translations.get(key) or self._known.get(key)
        try:
            happenings = decide(now, entry.command, known)
        except Refused as refusal:
            return refusal
        after = settle(now, entry.command)
        events = []
        for what in happenings:
            event = Event(after.last_seq + 1, entry.command.at, what, _stated(what))
            after = evolve(after, event)
            events.append(event)
            self._note(after, event)
        changed = after != now
        if changed:
            self._conversations[entry.conversation_id] = after
            self._changed[entry.conversation_id] = None
        return Appended(after, tuple(events), False, changed)

    def _note(self, conversation: Conversation, event: Event) -> None:
        conversation_id = conversation.id
        if isinstance(event.what, Message):
            self._said[conversation_id, event.what.client_id] = event
            for language in event.what.targets:
                self._translations[conversation_id, event.seq, language] = PENDING
            for language, ready in event.what.ready.items():
                self._translations[conversation_id, event.seq, language] = ready
        elif isinstance(event.what, TranslationChanged):
            key = (conversation_id, event.what.message, event.what.language)
            self._translations[key] = event.what.translation
        elif isinstance(event.what, Rated):
            row = rows.rating_row(conversation, event.what, event.at)
            self._ratings[conversation_id, conversation.began] = row
        self._events.append(rows.event_row(conversation_id, event))

    async def _save(self) -> None:
        changed = [rows.conversation_row(self._conversations[key]) for key in self._changed]
        states = [rows.translation_row(*key, state) for key, state in self._translations.items()]
        for statement, values in (
            (rows.INSERT_EVENT, self._events),
            (rows.SAVE_CONVERSATION, changed),
            (rows.SAVE_TRANSLATION, states),
            (rows.SAVE_RATING, list(self._ratings.values())),
        ):
            if values:
                await self._connection.execute_many(statement, [list(row) for row in values])


def _translation_key(entry: Entry) -> tuple[str, int, str] | None:
    """The conversation, message and language that an entry is about, if it is about a translation."""
    command = entry.command
    if isinstance(command, Amendment):
        return (entry.conversation_id, command.message, command.language)
    return None


def _stated(what: object) -> dict[str, Translated]:
    """Of a new message: its translations, waiting or ready."""
    return dict.fromkeys(what.targets, PENDING) | dict(what.ready) if isinstance(what, Message) else {}
