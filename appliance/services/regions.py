"""The workspace's regions: read once, kept at hand, changed by one admin at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from appliance.domain import zones
from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.regions import KeptRegion, Region, Regions
from appliance.domain.schedule import DAY_MINUTES, Hours, Schedule, Status
from appliance.domain.schedule_evaluation import Timetable
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.ports import Clock, RegionBook

EVERYWHERE = "everywhere"
MOST_REGIONS = 200
_LANGUAGES = 32
"""In so many the timetables are kept ready at once."""
_REMEMBERED = 20
"""Removals that can be undone, until the server ends."""

_log = logging.getLogger(__name__)


class RegionChanged(Refused):
    """Somebody else has saved the region meanwhile, as `current`; None: removed it."""

    def __init__(self, current: KeptRegion | None) -> None:
        super().__init__("changed_meanwhile")
        self.current = current


class RegionInUse(Refused):
    """A region can't go yet. `overflowing`: regions that overflow to it. `living`: conversations it looks
    after that are not closed. `is_default`: those whom no other region is for come to it."""

    def __init__(
        self, region: Region, *, is_default: bool, overflowing: Sequence[Region], living: int
    ) -> None:
        super().__init__("region_default" if is_default else "region_in_use", field="move_to")
        self.region = region
        self.is_default = is_default
        self.overflowing = tuple(overflowing)
        self.living = living


class Openings:
    """When the regions of a moment are open (`placing.Openings`), the names of holidays in one language."""

    def __init__(self, regions: Regions, holidays: HolidayCalendar) -> None:
        self.regions = regions
        self._holidays = holidays
        self._timetables: dict[str, Timetable] = {}

    def status(self, region_id: str, at: datetime) -> Status:
        return self.timetable(region_id).status(at)

    def timetable(self, region_id: str) -> Timetable:
        """Made when it is first asked for. KeyError: there is no such region."""
        known = self._timetables.get(region_id)
        if known is None:
            region = self.regions.get(region_id)
            if region is None:
                raise KeyError(region_id)
            known = self._timetables[region_id] = Timetable(region.schedule, self._holidays)
        return known

    def take_over(self, older: "Openings") -> None:
        """Keeps what was worked out for schedules that have not changed since."""
        for region in self.regions.all:
            known = older._timetables.get(region.id)
            if known is not None and known.schedule == region.schedule:
                self._timetables[region.id] = known


@dataclass(frozen=True, slots=True)
class _Removal:
    kept: KeptRegion
    order: tuple[str, ...]
    overflowing: Mapping[str, tuple[int, tuple[str, ...]]]
    """Of regions that overflowed to it: their version since, and where they overflowed to before."""


@dataclass(frozen=True, slots=True)
class _State:
    kept: Mapping[str, KeptRegion]
    """As stored, in order; none before an admin has saved anything."""
    regions: Regions


class RegionSettings:
    """Reads once, then answers from memory; this process is the only writer.

    A workspace without regions has one made here, `everywhere`: always open, with everybody. It is stored
    with the first change, as the default, so that a second region takes nobody's visitors away unasked.
    `on_change` are called after each change, `on_added` with the ids of regions that are new, which may have
    been those of others before.
    """

    def __init__(
        self,
        book: RegionBook,
        clock: Clock,
        everywhere_names: Mapping[str, str] | None = None,
    ) -> None:
        self._book = book
        self._clock = clock
        self._names = dict(everywhere_names or {"en": "Everywhere"})
        self._state: _State | None = None
        self._openings: dict[str, Openings] = {}
        self._writing = asyncio.Lock()
        self._removed: dict[str, _Removal] = {}
        self._warm: set[str] = set()
        self.on_change: list[Callable[[], None]] = []
        self.on_added: list[Callable[[Sequence[str]], Awaitable[None]]] = []

    async def read(self) -> Regions:
        return (await self._current()).regions

    async def kept(self) -> list[KeptRegion]:
        """All with who changed them when, in order."""
        state = await self._current()
        return list(state.kept.values()) or [self._everywhere()]

    async def openings(self, language: str = "en") -> Openings:
        """`language` (BCP 47) is that of the holidays' names."""
        regions = await self.read()
        known = self._openings.get(language)
        if known is not None and known.regions is regions:
            return known
        calendar = HolidayCalendar(language)
        await self._warm_up(regions, calendar)
        fresh = Openings(regions, calendar)
        if known is not None:
            fresh.take_over(known)
        self._openings.pop(language, None)
        while len(self._openings) >= _LANGUAGES:
            del self._openings[next(iter(self._openings))]
        self._openings[language] = fresh
        return fresh

    async def save(self, region: Region, expected: int | None, by: Agent | None) -> Region:
        """Adds a region (`expected` is None), or replaces the one whose version is `expected`.

        `region` has been checked (`region_json.parse_region`). Raises `RegionChanged`, and `Refused`
        (`region_exists`, `too_many_regions`).
        """
        async with self._writing:
            known = await self._writable()
            before = known.get(region.id)
            if expected is None:
                if before is not None:
                    raise Refused("region_exists", field="id")
                if len(known) >= MOST_REGIONS:
                    raise Refused("too_many_regions", limit=MOST_REGIONS)
            elif before is None or before.region.version != expected:
                raise RegionChanged(before)
            version = 1 if before is None else before.region.version + 1
            saved = replace(region, version=version)
            known[region.id] = self._changed(saved, by)
            await self._store(known, [known[region.id]])
            self._removed.pop(region.id, None)
        if before is None:
            await self._tell_added([region.id])
        return saved

    async def take(
        self,
        regions: Sequence[Region],
        default: str | None,
        by: Agent | None,
        expected: Mapping[str, int] | None = None,
    ) -> None:
        """Adds or replaces many at once, as an import does: all or none. Those in `expected` must have the
        version that is given there. Raises `RegionChanged`, `Refused("too_many_regions")`."""
        async with self._writing:
            known = await self._writable()
            for region_id, version in (expected or {}).items():
                there = known.get(region_id)
                if there is None or there.region.version != version:
                    raise RegionChanged(there)
            added = [region.id for region in regions if region.id not in known]
            for region in regions:
                before = known.get(region.id)
                version = 1 if before is None else before.region.version + 1
                known[region.id] = self._changed(replace(region, version=version), by)
            if len(known) > MOST_REGIONS:
                raise Refused("too_many_regions", limit=MOST_REGIONS)
            await self._store(known, [known[region.id] for region in regions], default=default)
        if added:
            await self._tell_added(added)

    async def usage(self, region_id: str) -> RegionInUse | None:
        """What keeps a region from being removed. Raises `Refused("not_found")`."""
        regions = await self.read()
        region = regions.get(region_id)
        if region is None or region.id != region_id:
            raise Refused("not_found")
        overflowing = [other for other in regions.all if region_id in other.overflow]
        living = await self._book.living(region_id)
        is_default = regions.default == region_id
        if not is_default and not overflowing and not living:
            return None
        return RegionInUse(region, is_default=is_default, overflowing=overflowing, living=living)

    async def remove(
        self, region_id: str, expected: int | None, by: Agent | None, move_to: str | None = None
    ) -> Region:
        """Removes a region. What uses it uses `move_to` from then on, and sites that name it get that one.

        Raises `RegionInUse` for the default, and where something uses it and `move_to` is not given;
        `RegionChanged`; `Refused` (`not_found`, `bad_field` for a `move_to` that is no other region).
        """
        async with self._writing:
            used = await self.usage(region_id)
            known = await self._writable()
            kept = known[region_id]
            if expected is not None and kept.region.version != expected:
                raise RegionChanged(kept)
            if move_to is not None and (move_to == region_id or move_to not in known):
                raise Refused("bad_field", field="move_to")
            if used is not None and (used.is_default or move_to is None):
                raise used
            order = tuple(known)
            del known[region_id]
            overflowing: dict[str, tuple[int, tuple[str, ...]]] = {}
            for other in used.overflowing if used else ():
                targets = [move_to if target == region_id else target for target in other.overflow]
                left = tuple(dict.fromkeys(target for target in targets if target and target != other.id))
                overflowing[other.id] = (other.version + 1, other.overflow)
                known[other.id] = self._changed(replace(other, overflow=left, version=other.version + 1), by)
            moved = {} if move_to is None else {region_id: move_to}
            await self._store(known, [known[one] for one in overflowing], remove=[region_id], moved=moved)
            self._removed[region_id] = _Removal(kept, order, overflowing)
            while len(self._removed) > _REMEMBERED:
                del self._removed[next(iter(self._removed))]
        return kept.region

    async def restore(self, region_id: str, by: Agent | None) -> Region:
        """Undoes a removal: the region is where it was, and others overflow to it again unless they were
        changed since. Raises `Refused`: `not_found`, `region_exists`."""
        async with self._writing:
            removal = self._removed.get(region_id)
            if removal is None:
                raise Refused("not_found")
            known = await self._writable()
            if region_id in known:
                raise Refused("region_exists", field="id")
            back = replace(removal.kept.region, version=removal.kept.region.version + 1)
            back = replace(back, overflow=tuple(target for target in back.overflow if target in known))
            known[region_id] = replace(
                self._changed(back, by), unread=removal.kept.unread, problems=removal.kept.problems
            )
            save = [region_id]
            for other_id, (version, overflow) in removal.overflowing.items():
                other = known.get(other_id)
                if other is None or other.region.version != version:
                    continue
                targets = tuple(target for target in overflow if target in known)
                changed = replace(other.region, overflow=targets, version=version + 1)
                known[other_id] = self._changed(changed, by)
                save.append(other_id)
            place = {one: number for number, one in enumerate(removal.order)}
            ids = sorted(known, key=lambda one: place.get(one, len(place)))
            ordered = {one: known[one] for one in ids}
            await self._store(ordered, [known[one] for one in save], returned=region_id)
            del self._removed[region_id]
        return back

    async def order(self, region_ids: Sequence[str]) -> None:
        """Raises `Refused("changed_meanwhile")` unless these are the ids of all regions, each once."""
        async with self._writing:
            known = await self._writable()
            if len(region_ids) != len(known) or set(region_ids) != set(known):
                raise Refused("changed_meanwhile")
            await self._store({one: known[one] for one in region_ids}, [])

    async def set_default(self, region_id: str) -> None:
        """Raises `Refused("not_found")`."""
        async with self._writing:
            known = await self._writable()
            if region_id not in known:
                raise Refused("not_found")
            await self._store(known, [], default=region_id)

    async def _current(self) -> _State:
        if self._state is None:
            stored = await self._book.regions()
            settings = await self._book.settings()
            # Somebody else may have read them meanwhile, and changed them since.
            if self._state is None:
                for one in stored:
                    if one.problems:
                        _log.error(
                            "The hours of the region %s can't be read, so it is closed: %s",
                            one.region.id,
                            "; ".join(f"{problem.place}: {problem.code}" for problem in one.problems),
                        )
                kept = {one.region.id: one for one in stored}
                self._state = _State(kept, self._arranged(kept, settings))
        return self._state

    def _arranged(self, kept: Mapping[str, KeptRegion], settings: Mapping[str, Any]) -> Regions:
        everything = tuple(one.region for one in kept.values()) or (self._everywhere().region,)
        ids = [region.id for region in everything]
        default = settings.get("default")
        if default not in ids:
            default = ids[0]
        return Regions(everything, default, settings.get("moved", {}))

    async def _writable(self) -> dict[str, KeptRegion]:
        """What is stored, or what is about to be with the first change."""
        kept = (await self._current()).kept
        return dict(kept) if kept else {EVERYWHERE: self._everywhere()}

    async def _store(
        self,
        known: Mapping[str, KeptRegion],
        save: Sequence[KeptRegion],
        *,
        remove: Sequence[str] = (),
        default: str | None = None,
        moved: Mapping[str, str] | None = None,
        returned: str | None = None,
    ) -> None:
        state = await self._current()
        if not state.kept and EVERYWHERE in known and not any(one.region.id == EVERYWHERE for one in save):
            save = [known[EVERYWHERE], *save]
        before = state.regions
        links = {**before.moved, **(moved or {})}
        gone = {old: new for old, new in links.items() if old not in known and old != returned}
        settings = {"default": default or before.default, "moved": gone}
        await self._book.write(save, remove, list(known), settings)
        self._state = _State(dict(known), self._arranged(known, settings))
        for told in self.on_change:
            told()

    async def _tell_added(self, region_ids: Sequence[str]) -> None:
        for told in self.on_added:
            await told(region_ids)

    def _changed(self, region: Region, by: Agent | None) -> KeptRegion:
        return KeptRegion(region, self._clock(), None if by is None else by.id, zones.VERSION)

    def _everywhere(self) -> KeptRegion:
        always = Schedule("UTC", ((Hours(0, DAY_MINUTES),),) * 7)
        return KeptRegion(Region(EVERYWHERE, self._names, always), self._clock(), None, zones.VERSION)

    async def _warm_up(self, regions: Regions, calendar: HolidayCalendar) -> None:
        """Loads the calendars outside of the event loop, which the first time takes tenths of a second."""
        countries = {region.schedule.holidays.country for region in regions.all if region.schedule.holidays}
        if countries - self._warm:
            await asyncio.to_thread(lambda: [calendar.subdivisions(country) for country in countries])
            self._warm |= countries
