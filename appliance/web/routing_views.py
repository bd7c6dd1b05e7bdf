"""Routing in the protocol's form: reasons, regions, colleagues, how visitors find us and wait."""

from collections.abc import Sequence
from datetime import tzinfo

from appliance.domain.people import Agent, Visitor
from appliance.domain.regions import Region, Regions
from appliance.domain.routing import Decision
from appliance.domain.schedule import Status
from appliance.domain.texts import Said
from appliance.i18n import Catalogue, direction
from appliance.routing_wordings import explain, name_of, summary
from appliance.services.reception import Reception, Waiting
from appliance.services.visitor_texts import ReaderTexts
from appliance.web.views import Json, face, instant_or_none

NOT_WAITING: Json = dict.fromkeys(
    (
        *("region", "position", "estimate_seconds", "open", "opens_at", "promise"),
        *("queue_text", "offline_text", "ask_email"),
    )
)


def explanation(decision: Decision, words: Catalogue, regions: Regions, zone: tzinfo) -> Json:
    """What belongs to a `routed` event in the words of who reads it."""
    return {
        "summary": summary(decision, words, regions, zone),
        "explanation": [
            {
                "kind": candidate.kind,
                "id": candidate.id,
                "name": name_of(candidate, words, regions),
                "chosen": candidate.chosen,
                "text": explain(candidate, words, regions, zone),
            }
            for candidate in decision.candidates
        ],
    }


def region_state(region: Region, status: Status, language: str) -> Json:
    return {
        **region_name(region, language),
        "open": status.open,
        "closes_at": instant_or_none(status.closes_at),
        "opens_at": instant_or_none(status.opens_at),
    }


def region_name(region: Region, language: str) -> Json:
    return {"id": region.id, "name": region.name(language)}


def colleague(agent: Agent, availability: str | None, load: int, regions: Regions) -> Json:
    """`availability`: None for who is not connected. Who is invisible is to colleagues as if not there."""
    return {
        "id": agent.id,
        "name": agent.name,
        "avatar": agent.avatar,
        "availability": "offline" if availability in (None, "invisible") else availability,
        "languages": list(agent.languages),
        "load": load,
        "capacity": agent.capacity,
        "regions": [region.id for region in regions.all if region.has(agent.id)],
    }


def presence(
    found: Reception, visitor: Visitor, regions: Sequence[tuple[Region, bool]], texts: ReaderTexts
) -> Json:
    """Who is there for a visitor, and when. `regions`: all there are, with whether they are open. `texts`: in
    the visitor's language."""
    language = visitor.language
    return {
        "available": bool(found.agents),
        "agents": [face(person) for person in found.agents[:5]],
        "hours": {
            "open": found.open,
            "opens_at": instant_or_none(found.opens_at),
            "closes_at": instant_or_none(found.closes_at),
            "region": region_name(found.region, language),
            "zone": found.region.schedule.timezone,
        },
        "offline_text": None if found.open else said_in(texts.while_closed(found.region)),
        "regions": [{**region_name(region, language), "open": is_open} for region, is_open in regions]
        if len(regions) > 1
        else [],
        "region": visitor.region,
        "email": visitor.email is not None,
    }


def said_in(found: Said | None) -> Json | None:
    """A text with the language it is in, which may be another than its reader's, and that one's direction."""
    if found is None:
        return None
    return {"text": found.text, "language": found.locale, "direction": direction(found.locale)}


def waiting(how: Waiting, visitor: Visitor, texts: ReaderTexts, *, mail: bool) -> Json:
    """`mail`: an answer can be sent, so it is worth asking where to."""
    opens_at = instant_or_none(how.opens_at)
    return {
        "region": region_name(how.region, visitor.language),
        "position": how.position,
        "estimate_seconds": None if how.estimate is None else round(how.estimate.total_seconds()),
        "open": how.open,
        "opens_at": opens_at,
        "promise": opens_at,
        "queue_text": said_in(texts.queue) if how.open else None,
        "offline_text": None if how.open else said_in(texts.while_closed(how.region)),
        "ask_email": mail and not how.open and visitor.email is None,
    }
