"""Regions read from JSON that others wrote: an admin's page, a file. Every problem is named by its place.

The format is what `domain.region_codec` writes (docs/regions.md); the words for the codes are in
`appliance.region_wordings`.
"""

import difflib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from appliance.domain import zones
from appliance.domain.languages import normalize_tag
from appliance.domain.refusal import Refused
from appliance.domain.region_codec import FIELDS, region_to_json
from appliance.domain.regions import KeptRegion, Region, Regions, Waiting, WhenEmpty
from appliance.domain.schedule import HolidaySource, Problem, Schedule, ScheduleError
from appliance.domain.schedule_json import parse_schedule
from appliance.domain.schedule_notes import notes
from appliance.domain.text import clean_field, clean_text
from appliance.domain.texts import Kind, possible_placeholders, unknown_placeholders
from appliance.services.region_presets import countries

LONGEST_ID = 36
LONGEST_NAME = 80
LONGEST_OFFLINE_TEXT = 1000
MOST_TEXTS = 60
MOST_LISTED = 300
OFFER_SECONDS = (10, 600)
OVERFLOW_MINUTES = (1, 1440)
QUEUE_LIMIT = (1, 1000)
WHEN_EMPTY: tuple[str, ...] = get_args(WhenEmpty)

RESERVED_IDS = frozenset({"check", "new", "order", "people", "presets"})
"""Words that stand for something else in the addresses of the pages."""

_ID = re.compile("[a-z0-9-]{1,36}")
_COUNTRY = re.compile("[A-Z]{2}")
_SHOWN = 40


class RegionProblems(ValueError):
    """A region, or a file of them, can't be used. At least one problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.code}" for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Known:
    """What a region may name. `agents`: ids by id and by e-mail address. `regions`: ids to overflow to."""

    agents: Mapping[str, str] = field(default_factory=dict)
    regions: Collection[str] = ()
    holidays: HolidaySource | None = None


@dataclass(frozen=True, slots=True)
class RegionFile:
    """What was exported. `default` is the id of one of the regions, or of one that is there already."""

    regions: Sequence[Region]
    default: str | None = None


def parse_region(value: object, known: Known) -> Region:
    """The region in a value as `json` reads it. Raises RegionProblems with all there are."""
    reader = _Reader(known)
    region = reader.region(value)
    if reader.problems or region is None:
        raise RegionProblems(reader.problems)
    return region


def parse_regions(value: object, known: Known) -> RegionFile:
    """The regions of a file, which may overflow to each other. Raises RegionProblems."""
    listed = value.get("regions") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(listed, list):
        raise RegionProblems([Problem("", "regions_type")])
    problems = []
    ids = [one["id"] for one in listed if isinstance(one, dict) and isinstance(one.get("id"), str)]
    names = Known(known.agents, {*known.regions, *ids}, known.holidays)
    regions: list[Region] = []
    for index, one in enumerate(listed):
        place = f"regions[{index}]"
        try:
            region = parse_region(one, names)
        except RegionProblems as error:
            problems += [_inside(place, problem) for problem in error.problems]
        else:
            if any(region.id == other.id for other in regions):
                problems.append(Problem(f"{place}.id", "twice", {"value": region.id}))
            regions.append(region)
    default = value.get("default")
    if default is not None and default not in names.regions:
        problems.append(Problem("default", "default"))
    for key in value:
        if key not in ("regions", "default", "zone_rules"):
            params = {"value": _shown(key), "known": "regions, default, zone_rules"}
            problems.append(Problem(_shown(key), "field", params))
    if problems:
        raise RegionProblems(problems)
    return RegionFile(regions, default)


def regions_to_json(regions: Regions, emails: Mapping[str, str]) -> dict[str, Any]:
    """The file that `parse_regions` reads. Agents are written by e-mail address, `emails` by id, since their
    ids mean nothing elsewhere."""
    listed = []
    for region in regions.all:
        value = region_to_json(region)
        if region.agents is not None:
            value["agents"] = [emails[one] for one in region.agents if one in emails]
        listed.append(value)
    return {"regions": listed, "default": regions.default, "zone_rules": zones.VERSION}


def region_notes(region: Region, regions: Regions, kept: KeptRegion | None = None) -> list[Problem]:
    """What an admin should know of a region among the others, though it is allowed."""
    found = [_inside("schedule", note) for note in notes(region.schedule)]
    if kept is not None and kept.problems:
        found = [Problem("schedule", "note_unread"), *(_inside("schedule", one) for one in kept.problems)]
    elif kept is not None and kept.zone_rules > zones.VERSION:
        params = {"saved": kept.zone_rules, "now": zones.VERSION}
        found.append(Problem("schedule.timezone", "note_zone_rules", params))
    if region.agents == ():
        found.append(Problem("agents", "note_no_agents"))
    if region.when_empty == "overflow" and not region.overflow:
        found.append(Problem("when_empty", "note_overflow_nowhere"))
    circle = _circle(region, regions)
    if circle:
        found.append(Problem("overflow", "note_overflow_circle", {"regions": " → ".join(circle)}))
    for other in regions.all:
        if other.id == region.id:
            break
        for index, country in enumerate(region.countries):
            if country in other.countries:
                params = {"country": country, "region": other.id}
                found.append(Problem(f"countries[{index}]", "note_country_taken", params))
    return found


def _circle(region: Region, regions: Regions) -> list[str]:
    """The ids of a way of overflowing that leads back to the region, it first and last; empty: there is
    none."""
    overflow = {one.id: one.overflow for one in regions.all} | {region.id: region.overflow}
    came_from: dict[str, str] = {}
    waiting = [region.id]
    while waiting:
        here = waiting.pop(0)
        for there in overflow.get(here, ()):
            if there == region.id:
                way = [there]
                while here != region.id:
                    way.append(here)
                    here = came_from[here]
                return [region.id, *reversed(way)] if way else []
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return []


class _Reader:
    """Each method takes what is at a place, and gives it checked, or notes a problem and gives as much as
    there is."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.problems: list[Problem] = []

    def region(self, value: object) -> Region | None:
        if not isinstance(value, dict):
            self._note("", "region_type")
            return None
        self._fields(value, "", FIELDS)
        region_id = self._id(value)
        names = self._texts(value, "names", self._name)
        if isinstance(value.get("names", {}), dict) and not names and not self._has("names"):
            self._note("names", "names_missing")
        schedule = self._schedule(value)
        agents = value.get("agents")
        region = Region(
            id=region_id or "",
            names=names,
            schedule=schedule or Schedule("UTC"),
            countries=self._list(value, "countries", self._country),
            languages=self._list(value, "languages", self._language),
            agents=None if agents is None else self._list(value, "agents", self._agent),
            overflow=self._list(value, "overflow", lambda one, place: self._overflow(one, place, region_id)),
            offline=self._texts(value, "offline", self._offline_text),
            waiting=self._waiting(value.get("waiting", {})),
            when_empty=self._when_empty(value.get("when_empty", "wait")),
        )
        return None if self.problems else region

    def _id(self, value: Mapping[str, Any]) -> str | None:
        region_id = value.get("id")
        if "id" not in value:
            self._note("id", "missing", field="id")
        elif not isinstance(region_id, str) or not _ID.fullmatch(region_id):
            self._note("id", "id", limit=LONGEST_ID)
        elif region_id in RESERVED_IDS:
            self._note("id", "id_reserved", value=region_id)
        else:
            return region_id
        return None

    def _texts(
        self, value: Mapping[str, Any], key: str, read: Callable[[object, str], str | None]
    ) -> dict[str, str]:
        """By language; those that are empty are left out, as others stand in for them."""
        texts = value.get(key, {})
        if not isinstance(texts, dict):
            self._note(key, "texts_type", example='{"en": "…", "lt": "…"}')
            return {}
        if len(texts) > MOST_TEXTS:
            self._note(key, "list_long", limit=MOST_TEXTS)
            return {}
        found: dict[str, str] = {}
        for tag, text in texts.items():
            place = f"{key}.{_shown(tag)}"
            language = self._language(tag, place)
            if language in found:
                self._note(place, "twice", value=_shown(tag))
            elif language is not None:
                cleaned = read(text, place)
                if cleaned:
                    found[language] = cleaned
        return found

    def _name(self, text: object, place: str) -> str | None:
        if text is not None and not isinstance(text, str):
            self._note(place, "text_type")
            return None
        try:
            name = clean_field(text, place, LONGEST_NAME)
        except Refused:
            self._note(place, "name", limit=LONGEST_NAME)
            return None
        return self._without_braces("region_name", name, place)

    def _offline_text(self, text: object, place: str) -> str | None:
        if text is not None and not isinstance(text, str):
            self._note(place, "text_type")
            return None
        try:
            cleaned = clean_text(text or "", LONGEST_OFFLINE_TEXT)
        except Refused as refusal:
            if refusal.code == "text_too_long":
                self._note(place, "text_long", limit=LONGEST_OFFLINE_TEXT)
            return None
        return self._without_braces("region_offline", cleaned, place)

    def _without_braces(self, kind: Kind, text: str | None, place: str) -> str | None:
        """A region's texts have no placeholders, here as on the page of texts."""
        for piece in unknown_placeholders(kind, text or ""):
            self._note(place, "wording_placeholder", name=piece, allowed=possible_placeholders(kind))
            return None
        return text

    def _schedule(self, value: Mapping[str, Any]) -> Schedule | None:
        if "schedule" not in value:
            self._note("schedule", "missing", field="schedule")
            return None
        try:
            return parse_schedule(value["schedule"], self._known.holidays)
        except ScheduleError as error:
            self.problems += [_inside("schedule", problem) for problem in error.problems]
            return None

    def _list(
        self, value: Mapping[str, Any], key: str, read: Callable[[object, str], str | None]
    ) -> tuple[str, ...]:
        items = value.get(key, [])
        if not isinstance(items, list):
            self._note(key, "list_type", field=key)
            return ()
        if len(items) > MOST_LISTED:
            self._note(key, "list_long", limit=MOST_LISTED)
            return ()
        found: dict[str, None] = {}
        for index, item in enumerate(items):
            place = f"{key}[{index}]"
            one = read(item, place)
            if one is not None and one in found:
                self._note(place, "twice", value=_shown(item))
            elif one is not None:
                found[one] = None
        return tuple(found)

    def _country(self, value: object, place: str) -> str | None:
        text = value if isinstance(value, str) else ""
        if text in countries():
            return text
        upper = text.strip().upper()
        if _COUNTRY.fullmatch(text):
            self._note(place, "country_code", value=text)
        elif upper in countries():
            self._note(place, "country_near", value=_shown(value), near=upper)
        else:
            self._note(place, "country", value=_shown(value))
        return None

    def _language(self, value: object, place: str) -> str | None:
        try:
            return normalize_tag(value if isinstance(value, str) else "")
        except ValueError:
            self._note(place, "language", value=_shown(value))
            return None

    def _agent(self, value: object, place: str) -> str | None:
        found = None
        if isinstance(value, str):
            found = self._known.agents.get(value) or self._known.agents.get(value.strip().lower())
        if found is None:
            self._note(place, "agent", value=_shown(value))
        return found

    def _overflow(self, value: object, place: str, region_id: str | None) -> str | None:
        if region_id is not None and value == region_id:
            self._note(place, "overflow_self")
        elif not isinstance(value, str) or value not in self._known.regions:
            self._note(place, "overflow_unknown", value=_shown(value))
        else:
            return value
        return None

    def _waiting(self, value: object) -> Waiting:
        usual = Waiting()
        if not isinstance(value, dict):
            self._note("waiting", "waiting_type", example='{"offer_seconds": 45}')
            return usual
        self._fields(value, "waiting", ("offer_seconds", "overflow_minutes", "queue_limit"))
        return Waiting(
            self._number(value, "offer_seconds", OFFER_SECONDS) or usual.offer_seconds,
            self._number(value, "overflow_minutes", OVERFLOW_MINUTES),
            self._number(value, "queue_limit", QUEUE_LIMIT),
        )

    def _number(self, value: Mapping[str, Any], key: str, limits: tuple[int, int]) -> int | None:
        number = value.get(key)
        if number is None:
            return None
        least, most = limits
        whole = isinstance(number, int | float) and not isinstance(number, bool)
        if not whole or not least <= number <= most or number != int(number):
            self._note(f"waiting.{key}", "whole_number", least=least, most=most)
            return None
        return int(number)

    def _when_empty(self, value: object) -> WhenEmpty:
        if value in WHEN_EMPTY:
            return value  # type: ignore[return-value]
        self._note("when_empty", "when_empty", value=_shown(value), known=", ".join(WHEN_EMPTY))
        return "wait"

    def _fields(self, value: Mapping[str, Any], place: str, known: Sequence[str]) -> None:
        inside = f"{place}." if place else ""
        for key in value:
            if key not in known:
                near = difflib.get_close_matches(key[:_SHOWN].casefold(), known, n=1, cutoff=0.6)
                if near:
                    self._note(f"{inside}{_shown(key)}", "field_near", value=_shown(key), near=near[0])
                else:
                    self._note(f"{inside}{_shown(key)}", "field", value=_shown(key), known=", ".join(known))
        for key in getattr(value, "doubled", ()):
            self._note(f"{inside}{_shown(key)}", "field_twice", field=_shown(key))

    def _has(self, place: str) -> bool:
        return any(problem.place.startswith(place) for problem in self.problems)

    def _note(self, place: str, code: str, **params: str | int) -> None:
        self.problems.append(Problem(place, code, params))


def _inside(place: str, problem: Problem) -> Problem:
    return Problem(f"{place}.{problem.place}" if problem.place else place, problem.code, problem.params)


def _shown(value: object) -> str:
    """A wrong value as its author wrote it, but short, on one line and printable."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "".join(one if one.isprintable() else "\ufffd" for one in str(value)[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
