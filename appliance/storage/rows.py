"""Conversations, events and translations as rows, and the statements that move them.

The one path where every message passes: a Tortoise model for each row would cost more than everything else
that is done for the message (docs/benchmarks.md). The statements keep to what SQLite and PostgreSQL have in
common; instants are written as Tortoise writes them.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from appliance.domain.codec import (
    happening_from_json,
    happening_to_json,
    last_message_from_json,
    last_message_to_json,
    person_from_json,
    person_to_json,
    routing_from_json,
    routing_to_json,
    translated_from_json,
    translated_to_json,
)
from appliance.domain.conversation import (
    Conversation,
    Event,
    Message,
    Rated,
    Receipts,
    Translated,
    VisitorCard,
)

Row = tuple[Any, ...]

_CONVERSATION = (
    *("id", "visitor_id", "state", "agent_id", "agent", "card", "opened_at", "updated_at", "waiting_since"),
    *("last_seq", "last_message", "unread"),
    *("visitor_delivered", "visitor_seen", "agent_delivered", "agent_seen", "routing"),
)
_EVENT = ("conversation_id", "seq", "kind", "at", "client_id", "body")
_TRANSLATION = ("conversation_id", "message", "language", "status", "body")
_RATING = ("conversation_id", "began", "score", "comment", "language", "agent_id", "region", "at")


def _insert(table: str, columns: Sequence[str], key: Sequence[str] = ()) -> str:
    """With `key`, a row that is there already is brought up to date."""
    holes = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({holes})"  # noqa: S608
    if not key:
        return statement
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    return f"{statement} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


INSERT_EVENT = _insert("event", _EVENT)
SAVE_CONVERSATION = _insert("conversation", _CONVERSATION, ("id",))
SAVE_TRANSLATION = _insert("translation", _TRANSLATION, ("conversation_id", "message", "language"))
SAVE_RATING = _insert("rating", _RATING, ("conversation_id", "began"))

_SELECT_CONVERSATIONS = f"SELECT {', '.join(_CONVERSATION)} FROM conversation "  # noqa: S608
CONVERSATION = f"{_SELECT_CONVERSATIONS}WHERE id = ?"
LIVING_CONVERSATIONS = (
    f"{_SELECT_CONVERSATIONS}WHERE state IN ('queued', 'assigned') "
    "ORDER BY CASE WHEN agent_id = ? THEN 0 ELSE 1 END, "
    # Where SQLite and PostgreSQL put what is null differs.
    "CASE WHEN waiting_since IS NULL THEN 1 ELSE 0 END, waiting_since, updated_at DESC LIMIT ?"
)
COUNT_OF_LIVING = "SELECT COUNT(*) FROM conversation WHERE state IN ('queued', 'assigned')"
ASSIGNED_CONVERSATIONS = f"{_SELECT_CONVERSATIONS}WHERE state = 'assigned' AND agent_id = ?"
CLOSED_CONVERSATIONS = f"{_SELECT_CONVERSATIONS}WHERE state = 'closed' ORDER BY updated_at DESC LIMIT ?"

_SELECT_EVENTS = f"SELECT {', '.join(_EVENT)} FROM event "  # noqa: S608
EVENTS_AFTER = f"{_SELECT_EVENTS}WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?"
EVENTS_BEFORE = f"{_SELECT_EVENTS}WHERE conversation_id = ? AND seq > ? AND seq < ? ORDER BY seq DESC LIMIT ?"
TRANSLATIONS_OF = (
    "SELECT message, language, body FROM translation WHERE conversation_id = ? AND message BETWEEN ? AND ?"
)
PENDING_TRANSLATIONS = (
    "SELECT conversation_id, message, language FROM translation WHERE status = 'pending' ORDER BY id LIMIT ?"
)

FAILED_TRANSLATIONS = (
    "SELECT translation.id, conversation_id, message, language, body FROM translation "
    "JOIN conversation ON conversation.id = conversation_id "
    "WHERE status = 'failed' AND state IN ('queued', 'assigned') AND translation.id > ? "
    "ORDER BY translation.id LIMIT ?"
)


def conversations_of(ids: Collection[str]) -> str:
    """The statement for so many conversations by their ids."""
    return f"{_SELECT_CONVERSATIONS}WHERE id IN ({', '.join('?' * len(ids))})"


def events_written(count: int) -> str:
    """The statement for events by so many pairs of conversation and client id."""
    pairs = ", ".join(["(?, ?)"] * count)
    # As a join each pair is looked up in the index; `IN (VALUES …)` would read the whole table.
    return (
        f"WITH written (of_conversation, by_client) AS (VALUES {pairs}) "  # noqa: S608
        f"SELECT {', '.join(_EVENT)} FROM written "
        "JOIN event ON conversation_id = of_conversation AND client_id = by_client"
    )


def translations_known(count: int) -> str:
    """The statement for the states of so many translations by conversation, message and language."""
    asked = ", ".join(["(?, CAST(? AS INTEGER), ?)"] * count)
    return (
        f"WITH asked (of_conversation, of_message, in_language) AS (VALUES {asked}) "  # noqa: S608
        "SELECT conversation_id, message, language, body FROM asked JOIN translation "
        "ON conversation_id = of_conversation AND message = of_message AND language = in_language"
    )


def conversation_row(conversation: Conversation) -> Row:
    return (
        conversation.id,
        conversation.visitor.id,
        conversation.state,
        None if conversation.agent is None else conversation.agent.id,
        _json(person_to_json(conversation.agent)),
        _card_text(conversation.visitor),
        _instant(conversation.opened_at),
        _instant(conversation.updated_at),
        None if conversation.waiting_since is None else _instant(conversation.waiting_since),
        conversation.last_seq,
        _json(last_message_to_json(conversation.last_message)),
        conversation.unread,
        conversation.by_visitor.delivered,
        conversation.by_visitor.seen,
        conversation.by_agent.delivered,
        conversation.by_agent.seen,
        _json(routing_to_json(conversation)),
    )


def conversation_of(row: Row) -> Conversation:
    id_, _, state, _, agent, card, opened_at, updated_at, waiting_since = row[:9]
    last_seq, last_message, unread, visitor_delivered, visitor_seen, agent_delivered, agent_seen = row[9:16]
    routing = row[16]
    return Conversation(
        id=id_,
        visitor=_card(card),
        opened_at=datetime.fromisoformat(opened_at),
        updated_at=datetime.fromisoformat(updated_at),
        state=state,
        agent=None if agent is None else person_from_json(orjson.loads(agent)),
        last_seq=last_seq,
        waiting_since=None if waiting_since is None else datetime.fromisoformat(waiting_since),
        last_message=None if last_message is None else last_message_from_json(orjson.loads(last_message)),
        unread=unread,
        by_visitor=Receipts(visitor_delivered, visitor_seen),
        by_agent=Receipts(agent_delivered, agent_seen),
        **routing_from_json(None if routing is None else orjson.loads(routing)),
    )


def event_row(conversation_id: str, event: Event) -> Row:
    client_id = event.what.client_id if isinstance(event.what, Message) else None
    body = _encode(happening_to_json(event.what))
    return (conversation_id, event.seq, event.what.kind, _instant(event.at), client_id, body)


def event_of(row: Row) -> Event:
    """The event without the translations of it, which are rows of their own."""
    _, seq, kind, at, _, body = row
    return Event(seq, datetime.fromisoformat(at), happening_from_json(kind, orjson.loads(body)))


def rating_row(conversation: Conversation, rated: Rated, at: datetime) -> Row:
    answered_by = conversation.answered_by
    agent_id = None if answered_by is None else answered_by.id
    said = (rated.score, rated.comment, rated.language)
    return (conversation.id, conversation.began, *said, agent_id, conversation.region, _instant(at))


def translation_row(conversation_id: str, message: int, language: str, translated: Translated) -> Row:
    body = _encode(translated_to_json(translated))
    return (conversation_id, message, language, translated.status, body)


def translation_of(row: Row) -> tuple[tuple[str, int, str], Translated]:
    """Of which conversation, message and language, and how it stands."""
    conversation_id, message, language, body = row
    return (conversation_id, message, language), translated_from_json(orjson.loads(body))


def reason_of(body: str) -> str | None:
    """Why a translation failed."""
    return translated_from_json(orjson.loads(body)).reason


def translations_of(rows: Sequence[Row]) -> dict[int, dict[str, Translated]]:
    """By message and language."""
    found: dict[int, dict[str, Translated]] = {}
    for message, language, body in rows:
        found.setdefault(message, {})[language] = translated_from_json(orjson.loads(body))
    return found


def _encode(value: Any) -> str:
    return orjson.dumps(value).decode()


# Of one message the same instants, and of one conversation the same card, are written again and again.


@lru_cache(maxsize=1024)
def _card_text(visitor: VisitorCard) -> str:
    return _encode(asdict(visitor))


@lru_cache(maxsize=1024)
def _card(text: str) -> VisitorCard:
    return VisitorCard(**orjson.loads(text))


def _json(value: Any) -> str | None:
    return None if value is None else _encode(value)


@lru_cache(maxsize=4096)
def _instant(at: datetime) -> str:
    return at.isoformat(" ")
