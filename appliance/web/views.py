"""Domain values in the protocol's form (docs/protocol.md)."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from appliance.domain.codec import decision_to_json
from appliance.domain.conversation import (
    PENDING,
    Assigned,
    Conversation,
    Event,
    LanguageChanged,
    Message,
    Party,
    Passed,
    Person,
    Rated,
    Routed,
    StateChanged,
    Transferred,
    Translated,
    TranslationChanged,
)
from appliance.domain.languages import same_language
from appliance.domain.people import Agent, Visitor
from appliance.domain.routing import Decision
from appliance.domain.text import MAX_TEXT
from appliance.services.inbox import PAGE
from appliance.services.origins import Hop
from appliance.services.previews import Preview

MAX_FRAME = 64 * 1024
"""The longest frame or body, in bytes of UTF-8."""

Json = dict[str, Any]

LIMITS: Json = {"text": MAX_TEXT, "frame": MAX_FRAME, "page": PAGE}


@lru_cache(maxsize=4096)
def instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_or_none(at: datetime | None) -> str | None:
    return None if at is None else instant(at)


def person(somebody: Person) -> Json:
    shown: Json = {"kind": somebody.kind, "id": somebody.id, "name": somebody.name}
    if somebody.avatar is not None:
        shown["avatar"] = somebody.avatar
    return shown


def face(somebody: Person) -> Json:
    return {"name": somebody.name, "avatar": somebody.avatar}


def assignee(agent: Person | None) -> Json | None:
    return None if agent is None else {"id": agent.id, **face(agent)}


def translation(translated: Translated, reader: Party) -> Json:
    """A doubtful translation is the agent's to judge; a visitor is better served with the original. What
    stood there before somebody changed it is for agents only."""
    if reader == "visitor" and translated.doubtful:
        translated = Translated("failed", reason="doubtful")
    machine = translated.machine if reader == "agent" and translated.by is not None else None
    return {
        "status": translated.status,
        "text": translated.text,
        "engine": translated.engine,
        "model": translated.model,
        "path": list(translated.path),
        "flags": list(translated.flags),
        "doubtful": translated.doubtful,
        "reason": translated.reason,
        "source": translated.source,
        "by": assignee(translated.by),
        "machine": None if machine is None else machine.text,
    }


def event(event: Event, reader: Party) -> Json:
    """An event for a reader. Visitors get translations of agents' messages only."""
    seq, what = event.seq, event.what
    shown: Json = {"seq": seq, "kind": what.kind, "at": instant(event.at)}
    match what:
        case Message():
            states: dict[str, Json] = {}
            if reader == "agent" or what.author.kind != "visitor":
                known = dict.fromkeys(what.targets, PENDING) | dict(what.ready) | dict(event.translations)
                # Without an engine there was nothing to translate, whatever was thought at first.
                states = {
                    language: translation(state, reader)
                    for language, state in known.items()
                    if state.engine != "none"
                }
            return {
                **shown,
                "author": person(what.author),
                "client_id": what.client_id,
                "text": what.text,
                "language": what.language,
                "translations": states,
            }
        case TranslationChanged():
            if reader == "visitor" and what.by == "visitor":
                return {"seq": seq, "kind": "none"}
            return {
                **shown,
                "message": what.message,
                "language": what.language,
                "translation": translation(what.translation, reader),
            }
        case Assigned():
            return {**shown, "agent": assignee(what.agent)}
        case StateChanged():
            return {**shown, "state": what.state, "by": person(what.by)}
        case LanguageChanged():
            return {**shown, "language": what.language}
        case Routed() | Passed() | Transferred() if reader == "visitor":
            return {"seq": seq, "kind": "none"}
        case Routed():
            return {**shown, "decision": decision_to_json(what.decision), "offered": assignee(what.offered)}
        case Passed():
            return {**shown, "agent": assignee(what.agent), "how": what.how}
        case Transferred():
            return {
                **shown,
                "by": person(what.by),
                "to_agent": assignee(what.to_agent),
                "to_region": what.to_region,
                "note": what.note,
            }
        case Rated():
            return {**shown, "score": what.score, "comment": what.comment, "language": what.language}


def summary(conversation: Conversation, language: str, *, online: bool) -> Json:
    """A conversation in an agent's list; `language` is what the agent reads."""
    last = conversation.last_message
    return {
        "id": conversation.id,
        "state": conversation.state,
        "last_seq": conversation.last_seq,
        "agent": assignee(conversation.agent),
        "visitor": visitor_in_list(conversation, online=online),
        "opened_at": instant(conversation.opened_at),
        "waiting_since": instant_or_none(conversation.waiting_since),
        "queued_at": instant_or_none(conversation.queued_at),
        "region": conversation.region,
        "offer": None
        if conversation.offer is None
        else {"agent": assignee(conversation.offer.agent), "until": instant(conversation.offer.until)},
        "decision": _standing(conversation.decision),
        "last_message": None
        if last is None
        else {
            "seq": last.seq,
            "at": instant(last.at),
            "author": last.author,
            "text": last.text,
            "language": last.language,
            "translation": next(
                (text for tag, text in last.translations.items() if same_language(tag, language)), None
            ),
        },
        "unread": conversation.unread,
        "receipts": {
            "delivered": conversation.by_visitor.delivered,
            "seen": conversation.by_visitor.seen,
        },
    }


def _standing(decision: Decision | None) -> Json | None:
    """A decision in short."""
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "cause": decision.cause,
        "region": decision.region,
        "agent": decision.agent,
        "opens_at": instant_or_none(decision.opens_at),
    }


def visitor_in_list(conversation: Conversation, *, online: bool) -> Json:
    card = conversation.visitor
    return {
        "id": card.id,
        "name": card.name,
        "number": card.number,
        "language": card.language,
        "time_zone": card.time_zone,
        "page": card.page,
        "country": card.country,
        "online": online,
    }


def visitor_in_full(conversation: Conversation, visitor: Visitor | None, *, online: bool) -> Json:
    shown = visitor_in_list(conversation, online=online)
    if visitor is not None:
        shown["first_seen_at"] = instant(visitor.first_seen_at)
        shown["user_agent"] = visitor.user_agent
    return shown


def own_visitor(visitor: Visitor) -> Json:
    return {"id": visitor.id, "language": visitor.language, "name": visitor.name}


def own_agent(agent: Agent) -> Json:
    return {
        "id": agent.id,
        "name": agent.name,
        "avatar": agent.avatar,
        "language": agent.language,
        "role": agent.role,
    }


def visitors_conversation(conversation_id: str, conversation: Conversation | None) -> Json:
    """The visitor's conversation in `welcome`; before the first message it is an empty one."""
    if conversation is None:
        return {
            "id": conversation_id,
            "state": "queued",
            "last_seq": 0,
            "agent": None,
            "receipts": {"delivered": 0, "seen": 0},
            "own_seen": 0,
        }
    return {
        "id": conversation_id,
        "state": conversation.state,
        "last_seq": conversation.last_seq,
        "agent": assignee(conversation.agent),
        "receipts": {"delivered": conversation.by_agent.delivered, "seen": conversation.by_agent.seen},
        "own_seen": conversation.by_visitor.seen,
    }


def ack(client_id: str, message: Event, ref: str | None, shown: Json | None = None) -> Json:
    """`shown`: the message as an event, where the ack is how it reaches its sender."""
    return {
        "type": "ack",
        "client_id": client_id,
        "seq": message.seq,
        "at": instant(message.at),
        "event": shown,
        "ref": ref,
    }


def preview(conversation_id: str, made: Preview, ref: str | None) -> Json:
    return {
        "type": "preview",
        "conversation": conversation_id,
        "ref": ref,
        "language": made.language,
        "translation": made.translation,
        "engine": made.engine,
        "model": made.model,
        "path": list(made.path),
        "flags": list(made.flags),
        "doubtful": made.doubtful,
        "reason": made.reason,
        "back": made.back,
        "back_reason": made.back_reason,
    }


def why(hops: Sequence[Hop], ref: str | None) -> Json:
    return {
        "type": "why",
        "ref": ref,
        "hops": [
            {
                "source": hop.source,
                "target": hop.target,
                "engine": hop.engine,
                "model": hop.model,
                "quality": hop.quality,
            }
            for hop in hops
        ],
    }
