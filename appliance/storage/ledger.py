"""The conversations' ledger: many commands, one transaction.

1. Load the conversations named by the batch, and the events that already carry its client ids.
2. In order of arrival, let the domain decide; a repeated client id gets its first answer again.
3. Insert the events, write the conversations as they are now, note what is to be translated.
4. Commit. Only then does anybody hear of it.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from appliance.domain.codec import (
    happening_from_json,
    happening_to_json,
    last_message_from_json,
    last_message_to_json,
    person_from_json,
    person_to_json,
    translated_from_json,
    translated_to_json,
)
from appliance.domain.conversation import (
    PENDING,
    Conversation,
    Event,
    Message,
    Receipts,
    Translated,
    TranslationChanged,
    VisitorCard,
    Write,
    decide,
    evolve,
    open_conversation,
    settle,
)
from appliance.domain.entries import Appended, Entry, Outcome, PendingTranslation
from appliance.domain.refusal import Refused
from appliance.storage import models

_COLUMNS = (
    *("visitor_id", "state", "agent_id", "agent", "card", "updated_at", "waiting_since", "last_seq"),
    *("last_message", "unread", "visitor_delivered", "visitor_seen", "agent_delivered", "agent_seen"),
)
"""What of a conversation's row changes."""


class Ledger:
    """`services.ports.Ledger` on Tortoise."""

    async def append(self, entries: Sequence[Entry]) -> list[Outcome]:
        """An outcome per entry, in order; all of it is on disk when this returns.

        Raises `Refused("storage_full")` for the whole batch, having stored none of it.
        """
        try:
            async with in_transaction() as connection:
                return await _Batch(connection, entries).run()
        except IntegrityError:
            # One entry clashed with what is stored (which the checks should have seen). It must not take the
            # others along.
            if len(entries) == 1:
                raise
            return [(await self.append([entry]))[0] for entry in entries]
        except OperationalError as error:
            if _is_full(error):
                raise Refused("storage_full", retry_after=30) from error
            raise

    async def conversation(self, conversation_id: str) -> Conversation | None:
        row = await models.Conversation.get_or_none(id=conversation_id)
        return None if row is None else _conversation(row)

    async def inbox(self, closed: int) -> list[Conversation]:
        """Every conversation that is not closed, and the `closed` ones closed last."""
        living = await models.Conversation.filter(state__in=("queued", "assigned")).order_by("updated_at")
        ended = await models.Conversation.filter(state="closed").order_by("-updated_at").limit(closed)
        return [_conversation(row) for row in (*living, *ended)]

    async def events(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 100
    ) -> list[Event]:
        """A page in order: the first `limit` events after `after`, or the last `limit` before `before`."""
        query = models.Event.filter(conversation_id=conversation_id, seq__gt=after)
        if before is None:
            rows = await query.order_by("seq").limit(limit)
        else:
            rows = list(reversed(await query.filter(seq__lt=before).order_by("-seq").limit(limit)))
        messages = [row.seq for row in rows if row.kind == "message"]
        translations: dict[int, dict[str, Translated]] = {}
        if messages:
            for found in await models.Translation.filter(
                conversation_id=conversation_id, message__gte=messages[0], message__lte=messages[-1]
            ):
                translations.setdefault(found.message, {})[found.language] = translated_from_json(found.body)
        return [
            Event(row.seq, row.at, happening_from_json(row.kind, row.body), translations.get(row.seq, {}))
            for row in rows
        ]

    async def pending_translations(self, limit: int) -> list[PendingTranslation]:
        rows = await models.Translation.filter(status="pending").order_by("id").limit(limit)
        return [PendingTranslation(row.conversation_id, row.message, row.language) for row in rows]


class _Batch:
    """One transaction's work."""

    def __init__(self, connection: BaseDBAsyncClient, entries: Sequence[Entry]) -> None:
        self._connection = connection
        self._entries = entries
        self._conversations: dict[str, Conversation] = {}
        self._said: dict[tuple[str, str], Event] = {}
        self._changed: dict[str, None] = {}
        self._events: list[models.Event] = []
        self._translations: dict[tuple[str, int, str], Translated] = {}

    async def run(self) -> list[Outcome]:
        await self._load()
        outcomes = [self._apply(entry) for entry in self._entries]
        await self._save()
        return outcomes

    async def _load(self) -> None:
        ids = {entry.conversation_id for entry in self._entries}
        for row in await models.Conversation.filter(id__in=ids).using_db(self._connection):
            self._conversations[row.id] = _conversation(row)
        written = [
            (entry.conversation_id, entry.command.client_id)
            for entry in self._entries
            if isinstance(entry.command, Write) and entry.conversation_id in self._conversations
        ]
        if not written:
            return
        known = await models.Event.filter(
            Q(conversation_id__in={pair[0] for pair in written}), client_id__in={pair[1] for pair in written}
        ).using_db(self._connection)
        for found in known:
            event = Event(found.seq, found.at, happening_from_json(found.kind, found.body))
            self._said[found.conversation_id, found.client_id or ""] = event

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
                return Appended(now, (repeated,), True) if same else Refused("bad_field", field="client_id")
        try:
            happenings = decide(now, entry.command)
        except Refused as refusal:
            return refusal
        after = settle(now, entry.command)
        events = []
        for what in happenings:
            event = Event(after.last_seq + 1, entry.command.at, what, _pending(what))
            after = evolve(after, event)
            events.append(event)
            self._note(entry.conversation_id, event)
        if after != now:
            self._conversations[entry.conversation_id] = after
            self._changed[entry.conversation_id] = None
        return Appended(after, tuple(events), False)

    def _note(self, conversation_id: str, event: Event) -> None:
        client_id = None
        if isinstance(event.what, Message):
            client_id = event.what.client_id
            self._said[conversation_id, client_id] = event
            for language in event.what.targets:
                self._translations[conversation_id, event.seq, language] = PENDING
        elif isinstance(event.what, TranslationChanged):
            key = (conversation_id, event.what.message, event.what.language)
            self._translations[key] = event.what.translation
        self._events.append(
            models.Event(
                conversation_id=conversation_id,
                seq=event.seq,
                kind=event.what.kind,
                at=event.at,
                client_id=client_id,
                body=happening_to_json(event.what),
            )
        )

    async def _save(self) -> None:
        if self._events:
            await models.Event.bulk_create(self._events, using_db=self._connection)
        if self._changed:
            await models.Conversation.bulk_create(
                [_row(self._conversations[key]) for key in self._changed],
                on_conflict=["id"],
                update_fields=_COLUMNS,
                using_db=self._connection,
            )
        if self._translations:
            await models.Translation.bulk_create(
                _translation_rows(self._translations.items()),
                on_conflict=["conversation_id", "message", "language"],
                update_fields=["status", "body"],
                using_db=self._connection,
            )


def _pending(what: object) -> dict[str, Translated]:
    return dict.fromkeys(what.targets, PENDING) if isinstance(what, Message) else {}


def _translation_rows(
    items: Iterable[tuple[tuple[str, int, str], Translated]],
) -> list[models.Translation]:
    return [
        models.Translation(
            conversation_id=conversation_id,
            message=message,
            language=language,
            status=translated.status,
            body=translated_to_json(translated),
        )
        for (conversation_id, message, language), translated in items
    ]


def _row(conversation: Conversation) -> models.Conversation:
    visitor = conversation.visitor
    card: dict[str, Any] = {
        "id": visitor.id,
        "number": visitor.number,
        "language": visitor.language,
        "name": visitor.name,
        "time_zone": visitor.time_zone,
        "page": visitor.page,
    }
    return models.Conversation(
        id=conversation.id,
        visitor_id=visitor.id,
        state=conversation.state,
        agent_id=None if conversation.agent is None else conversation.agent.id,
        agent=person_to_json(conversation.agent),
        card=card,
        opened_at=conversation.opened_at,
        updated_at=conversation.updated_at,
        waiting_since=conversation.waiting_since,
        last_seq=conversation.last_seq,
        last_message=last_message_to_json(conversation.last_message),
        unread=conversation.unread,
        visitor_delivered=conversation.by_visitor.delivered,
        visitor_seen=conversation.by_visitor.seen,
        agent_delivered=conversation.by_agent.delivered,
        agent_seen=conversation.by_agent.seen,
    )


def _conversation(row: models.Conversation) -> Conversation:
    return Conversation(
        id=row.id,
        visitor=VisitorCard(**row.card),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        state=row.state,  # type: ignore[arg-type]
        agent=person_from_json(row.agent),
        last_seq=row.last_seq,
        waiting_since=row.waiting_since,
        last_message=last_message_from_json(row.last_message),
        unread=row.unread,
        by_visitor=Receipts(row.visitor_delivered, row.visitor_seen),
        by_agent=Receipts(row.agent_delivered, row.agent_seen),
    )


def _is_full(error: BaseException) -> bool:
    cause = error.__cause__ or (error.args[0] if error.args else None)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return False
