"""Events and conversations as plain JSON values and back: the one form that storage and the bus share."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from appliance.domain.conversation import (
    Assigned,
    Conversation,
    Event,
    Happening,
    LanguageChanged,
    LastMessage,
    Message,
    Offer,
    Passed,
    Person,
    Rated,
    Receipts,
    Routed,
    StateChanged,
    Transferred,
    Translated,
    TranslationChanged,
    VisitorCard,
)
from appliance.domain.routing import Candidate, Decision

Json = dict[str, Any]


def person_to_json(person: Person | None) -> Json | None:
    if person is None:
        return None
    shown: Json = {"kind": person.kind, "id": person.id, "name": person.name}
    if person.avatar is not None:
        shown["avatar"] = person.avatar
    return shown


def person_from_json(value: Mapping[str, Any] | None) -> Person | None:
    return None if value is None else _person(value)


def _person(value: Mapping[str, Any]) -> Person:
    return Person(value["kind"], value["id"], value["name"], value.get("avatar"))


def translated_to_json(translated: Translated) -> Json:
    shown: Json = {
        "status": translated.status,
        "text": translated.text,
        "engine": translated.engine,
        "path": list(translated.path),
        "flags": list(translated.flags),
        "reason": translated.reason,
        "doubtful": translated.doubtful,
    }
    if translated.model is not None:
        shown["model"] = translated.model
    if translated.by is not None:
        shown["by"] = person_to_json(translated.by)
    if translated.replaced is not None:
        shown["replaced"] = translated_to_json(translated.replaced)
    if translated.source is not None:
        shown["source"] = translated.source
    return shown


def translated_from_json(value: Mapping[str, Any]) -> Translated:
    replaced = value.get("replaced")
    return Translated(
        value["status"],
        value["text"],
        value["engine"],
        tuple(value["path"]),
        tuple(value["flags"]),
        value["reason"],
        value["doubtful"],
        # What was stored before these were known has none of them.
        value.get("model"),
        person_from_json(value.get("by")),
        None if replaced is None else translated_from_json(replaced),
        value.get("source"),
    )


def happening_to_json(what: Happening) -> Json:
    match what:
        case Message():
            message = {
                "author": person_to_json(what.author),
                "client_id": what.client_id,
                "text": what.text,
                "language": what.language,
                "targets": list(what.targets),
            }
            if what.ready:
                message["ready"] = {tag: translated_to_json(ready) for tag, ready in what.ready.items()}
            return message
        case TranslationChanged():
            return {
                "message": what.message,
                "by": what.by,
                "language": what.language,
                "translation": translated_to_json(what.translation),
            }
        case Assigned():
            return {"agent": person_to_json(what.agent)}
        case StateChanged():
            return {"state": what.state, "by": person_to_json(what.by)}
        case LanguageChanged():
            return {"language": what.language}
        case Routed():
            return {
                "decision": decision_to_json(what.decision),
                "offered": person_to_json(what.offered),
            }
        case Passed():
            return {"agent": person_to_json(what.agent), "how": what.how}
        case Transferred():
            return {
                "by": person_to_json(what.by),
                "to_agent": person_to_json(what.to_agent),
                "to_region": what.to_region,
                "note": what.note,
            }
        case Rated():
            return rated_to_json(what)


def rated_to_json(rated: Rated) -> Json:
    return {"score": rated.score, "comment": rated.comment, "language": rated.language}


def rated_from_json(value: Mapping[str, Any]) -> Rated:
    return Rated(value["score"], value["comment"], value["language"])


def happening_from_json(kind: str, body: Mapping[str, Any]) -> Happening:
    match kind:
        case "message":
            return Message(
                _person(body["author"]),
                body["client_id"],
                body["text"],
                body["language"],
                tuple(body["targets"]),
                {tag: translated_from_json(ready) for tag, ready in body.get("ready", {}).items()},
            )
        case "translation":
            return TranslationChanged(
                body["message"], body["by"], body["language"], translated_from_json(body["translation"])
            )
        case "assigned":
            return Assigned(person_from_json(body["agent"]))
        case "state":
            return StateChanged(body["state"], _person(body["by"]))
        case "language":
            return LanguageChanged(body["language"])
        case "routed":
            return Routed(decision_from_json(body["decision"]), person_from_json(body["offered"]))
        case "passed":
            return Passed(_person(body["agent"]), body["how"])
        case "transferred":
            to_agent = person_from_json(body["to_agent"])
            return Transferred(_person(body["by"]), to_agent, body["to_region"], body["note"])
        case "rated":
            return rated_from_json(body)
        case _:
            raise ValueError(f"an event of unknown kind {kind!r}")


def decision_to_json(decision: Decision) -> Json:
    return {
        "at": decision.at.isoformat(),
        "cause": decision.cause,
        "outcome": decision.outcome,
        "region": decision.region,
        "via": decision.via,
        "agent": decision.agent,
        "until": _instant_to_json(decision.until),
        "opens_at": _instant_to_json(decision.opens_at),
        "candidates": [
            {
                "kind": candidate.kind,
                "id": candidate.id,
                "chosen": candidate.chosen,
                "reason": candidate.reason,
                "params": dict(candidate.params),
                "name": candidate.name,
            }
            for candidate in decision.candidates
        ],
    }


def decision_from_json(value: Mapping[str, Any]) -> Decision:
    return Decision(
        datetime.fromisoformat(value["at"]),
        value["cause"],
        value["outcome"],
        value["region"],
        value["via"],
        value["agent"],
        _instant_from_json(value["until"]),
        _instant_from_json(value["opens_at"]),
        tuple(Candidate(**candidate) for candidate in value["candidates"]),
    )


def routing_to_json(conversation: Conversation) -> Json | None:
    """How a conversation stands with routing, and with who answered it; None: as at first."""
    known = {
        "region": conversation.region,
        "queued_at": _instant_to_json(conversation.queued_at),
        "offer": None
        if conversation.offer is None
        else [person_to_json(conversation.offer.agent), conversation.offer.until.isoformat()],
        "passed": list(conversation.passed),
        "to_agent": conversation.to_agent,
        "to_region": conversation.to_region,
        "former": conversation.former,
        "decision": None if conversation.decision is None else decision_to_json(conversation.decision),
        "began": conversation.began,
        "answered_by": person_to_json(conversation.answered_by),
        "rated": None if conversation.rated is None else rated_to_json(conversation.rated),
    }
    said = {name: value for name, value in known.items() if value}
    return said or None


def routing_from_json(value: Mapping[str, Any] | None) -> Json:
    """The fields of a `Conversation`."""
    if value is None:
        return {}
    offer, decision, rated = value.get("offer"), value.get("decision"), value.get("rated")
    return {
        "region": value.get("region"),
        "queued_at": _instant_from_json(value.get("queued_at")),
        "offer": None if offer is None else Offer(_person(offer[0]), datetime.fromisoformat(offer[1])),
        "passed": tuple(value.get("passed", ())),
        "to_agent": value.get("to_agent"),
        "to_region": value.get("to_region"),
        "former": value.get("former"),
        "decision": None if decision is None else decision_from_json(decision),
        "began": value.get("began", 0),
        "answered_by": person_from_json(value.get("answered_by")),
        "rated": None if rated is None else rated_from_json(rated),
    }


def _instant_to_json(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _instant_from_json(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def event_to_json(event: Event) -> Json:
    return {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "kind": event.what.kind,
        "body": happening_to_json(event.what),
    }


def event_from_json(value: Mapping[str, Any]) -> Event:
    return Event(
        value["seq"], datetime.fromisoformat(value["at"]), happening_from_json(value["kind"], value["body"])
    )


def last_message_to_json(last: LastMessage | None) -> Json | None:
    if last is None:
        return None
    return {
        "seq": last.seq,
        "at": last.at.isoformat(),
        "author": last.author,
        "text": last.text,
        "language": last.language,
        "translations": dict(last.translations),
    }


def last_message_from_json(value: Mapping[str, Any] | None) -> LastMessage | None:
    if value is None:
        return None
    at = datetime.fromisoformat(value["at"])
    return LastMessage(
        value["seq"], at, value["author"], value["text"], value["language"], value["translations"]
    )


def conversation_to_json(conversation: Conversation) -> Json:
    waiting = conversation.waiting_since
    return {
        "id": conversation.id,
        "visitor": asdict(conversation.visitor),
        "opened_at": conversation.opened_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "state": conversation.state,
        "agent": person_to_json(conversation.agent),
        "last_seq": conversation.last_seq,
        "waiting_since": None if waiting is None else waiting.isoformat(),
        "last_message": last_message_to_json(conversation.last_message),
        "unread": conversation.unread,
        "by_visitor": [conversation.by_visitor.delivered, conversation.by_visitor.seen],
        "by_agent": [conversation.by_agent.delivered, conversation.by_agent.seen],
        "routing": routing_to_json(conversation),
    }


def conversation_from_json(value: Mapping[str, Any]) -> Conversation:
    waiting = value["waiting_since"]
    return Conversation(
        id=value["id"],
        visitor=VisitorCard(**value["visitor"]),
        opened_at=datetime.fromisoformat(value["opened_at"]),
        updated_at=datetime.fromisoformat(value["updated_at"]),
        state=value["state"],
        agent=person_from_json(value["agent"]),
        last_seq=value["last_seq"],
        waiting_since=None if waiting is None else datetime.fromisoformat(waiting),
        last_message=last_message_from_json(value["last_message"]),
        unread=value["unread"],
        by_visitor=Receipts(*value["by_visitor"]),
        by_agent=Receipts(*value["by_agent"]),
        **routing_from_json(value["routing"]),
    )
