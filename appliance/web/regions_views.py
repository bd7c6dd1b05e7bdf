"""Regions as their pages see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from appliance.domain.instants import format_instant
from appliance.domain.people import Agent
from appliance.domain.region_codec import region_to_json
from appliance.domain.regions import KeptRegion, Regions
from appliance.domain.schedule import Problem, Status
from appliance.i18n import Catalogue
from appliance.names import country_name
from appliance.region_wordings import wording
from appliance.services.region_json import region_notes


def region_view(
    kept: KeptRegion,
    regions: Regions,
    status: Status,
    names: Mapping[str, str],
    words: Catalogue,
) -> dict[str, Any]:
    """`names`: of agents by id. The notes come in the reader's language."""
    region = kept.region
    value = region_to_json(region)
    if kept.unread is not None:
        value["schedule"] = dict(kept.unread)
    return {
        "region": value,
        "version": region.version,
        "name": region.name(words.locale),
        "default": region.id == regions.default,
        "changed_at": format_instant(kept.changed_at),
        "changed_by": None if kept.changed_by is None else names.get(kept.changed_by),
        "zone_rules": kept.zone_rules,
        "status": status_view(status),
        "notes": [
            problem_view(_named(note, regions, words), words) for note in region_notes(region, regions, kept)
        ],
    }


def status_view(status: Status) -> dict[str, Any]:
    return {
        "open": status.open,
        "opens_at": _instant(status.opens_at),
        "closes_at": _instant(status.closes_at),
        "reason": status.reason,
        "name": status.name,
    }


def problem_view(problem: Problem, words: Catalogue) -> dict[str, str]:
    return {"place": problem.place, "code": problem.code, "message": wording(problem, words)}


def person_view(agent: Agent, regions: Regions) -> dict[str, Any]:
    return {
        "id": agent.id,
        "name": agent.name,
        "email": agent.email,
        "avatar": agent.avatar,
        "active": agent.active,
        "language": agent.language,
        "spoken": list(agent.spoken),
        "capacity": agent.capacity,
        "availability": agent.availability,
        "regions": [region.id for region in regions.all if region.has(agent.id)],
    }


def country_views(codes: Sequence[str] | frozenset[str], words: Catalogue) -> list[dict[str, str]]:
    named = [{"code": code, "name": country_name(code, words.locale)} for code in codes]
    return sorted(named, key=lambda country: country["name"].casefold())


def _named(note: Problem, regions: Regions, words: Catalogue) -> Problem:
    """Ids in a note become names."""
    params = dict(note.params)
    if note.code == "note_overflow_circle":
        ids = str(params["regions"]).split(" → ")
        params["regions"] = _in_turn([_name(one, regions, words) for one in ids], words)
    elif note.code == "note_country_taken":
        params["country"] = country_name(str(params["country"]), words.locale)
        params["region"] = _name(str(params["region"]), regions, words)
    return Problem(note.place, note.code, params)


def _in_turn(names: Sequence[str], words: Catalogue) -> str:
    """Names with arrows between them, in the direction of reading, whatever letters they are in."""
    named = [words.isolated(name) for name in names]
    if words.direction == "ltr":
        return " → ".join(named)
    # Nothing but isolated names would be laid out from the left where this is isolated itself.
    return "\u2067" + " ← ".join(named) + "\u2069"


def _name(region_id: str, regions: Regions, words: Catalogue) -> str:
    region = regions.get(region_id)
    return region_id if region is None else region.name(words.locale)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)
