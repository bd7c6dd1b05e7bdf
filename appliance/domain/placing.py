"""Which region a visit goes to, and why not to the others that were looked at.

The visitor's own region is found first: by a transfer, the choice in the widget, the site's setting, the
country, the language, or it is the default. If nobody can answer there, the regions it overflows to are
asked, then those that these overflow to; a loop ends where it began.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from appliance.domain.languages import same_language
from appliance.domain.regions import Region, Regions
from appliance.domain.routing import Candidate, Via, Visit
from appliance.domain.schedule import Status


class Openings(Protocol):
    """When regions are open."""

    def status(self, region_id: str, at: datetime) -> Status:
        """Of a region that exists."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit belongs at an instant.

    `region`: who looks after it; where nobody can, the visitor's own, and `open` is false. `opens_at`: then
    the soonest that one of those looked at opens; None: not within a year, or nobody knows.
    `own`: the visitor's own region, found by `via`. `candidates`: all that were looked at, in order.
    """

    region: Region
    own: Region
    via: Via
    open: bool
    opens_at: datetime | None
    candidates: tuple[Candidate, ...]


def place(
    visit: Visit,
    regions: Regions,
    openings: Openings,
    at: datetime,
    *,
    somebody: Callable[[Region], bool],
    full: Callable[[Region], bool] = lambda _: False,
) -> Place:
    """`somebody`: whether an agent of the region is there to answer, however busy. `full`: whether its queue
    is too long for one more."""
    own, via, candidates = _own(visit, regions, openings, at)
    soonest: list[datetime] = []
    seen = {own.id}
    ahead = deque([(own, _found(visit, own, via))])
    while ahead:
        region, if_taken = ahead.popleft()
        status = openings.status(region.id, at)
        why_not = _why_not(region, status, somebody, full)
        if why_not is None:
            return Place(region, own, via, True, None, _each_once(candidates, if_taken))
        candidates.append(why_not)
        opens_at = status.opens_at
        if status.open and status.closes_at is not None:
            # It is open, but not for this one: what can be promised is its next opening.
            opens_at = openings.status(region.id, status.closes_at).opens_at
        if opens_at is not None:
            soonest.append(opens_at)
        if status.open and region.when_empty == "closed" and why_not.reason == "empty":
            continue
        for id_ in region.overflow:
            helper = regions.get(id_)
            if helper is None:
                candidates.append(_gone(id_))
            elif helper.id not in seen:
                seen.add(helper.id)
                taken = Candidate("region", helper.id, True, "overflow", {"region": region.id})
                ahead.append((helper, taken))
    return Place(own, own, via, False, min(soonest, default=None), _each_once(candidates))


def helpers(region: Region, regions: Regions) -> Iterator[Region]:
    """The regions that it overflows to, nearest first, each once and never itself."""
    seen = {region.id}
    ahead = deque(region.overflow)
    while ahead:
        found = regions.get(ahead.popleft())
        if found is not None and found.id not in seen:
            seen.add(found.id)
            yield found
            ahead.extend(found.overflow)


def speaks(languages: tuple[str, ...], language: str) -> bool:
    """Whether one of them needs no translation for somebody who writes in `language`."""
    return any(language == one or _same(language, one) for one in languages)


def closed(region_id: str, status: Status) -> Candidate:
    """A region that is closed, until when and why."""
    params: dict[str, str | int] = {}
    if status.opens_at is not None:
        params["opens_at"] = status.opens_at.isoformat()
    if status.name:
        params["name"] = status.name
    match status.opens_at, status.name:
        case None, _:
            reason = "closed_long"
        case _, None | "":
            reason = "closed"
        case _:
            reason = "closed_for"
    return Candidate("region", region_id, False, reason, params)


def _own(
    visit: Visit, regions: Regions, openings: Openings, at: datetime
) -> tuple[Region, Via, list[Candidate]]:
    """The visitor's own region, by what it was found, and what was passed over for it."""
    passed_over: list[Candidate] = []
    if visit.region is not None and regions.get(visit.region) is None:
        passed_over.append(_gone(visit.region))
    named: tuple[tuple[Via, str | None], ...] = (
        ("transfer", visit.to_region),
        ("choice", visit.choice),
        ("site", visit.site),
    )
    for via, id_ in named:
        if id_ is None:
            continue
        region = regions.get(id_)
        if region is not None:
            return region, via, passed_over
        passed_over.append(_gone(id_))
    if visit.country is not None:
        serving = [region for region in regions.all if visit.country in region.countries]
        if serving:
            return _preferred(visit, serving, "country", openings, at, passed_over)
    exact = [region for region in regions.all if visit.language in region.languages]
    serving = exact or [region for region in regions.all if speaks(region.languages, visit.language)]
    if serving:
        return _preferred(visit, serving, "language", openings, at, passed_over)
    return regions.get(regions.default) or regions.all[0], "default", passed_over


def _preferred(
    visit: Visit,
    serving: list[Region],
    via: Via,
    openings: Openings,
    at: datetime,
    passed_over: list[Candidate],
) -> tuple[Region, Via, list[Candidate]]:
    """Of several for the same visitors: one in their language, then one that is open, then the first."""
    if len(serving) == 1:
        return serving[0], via, passed_over
    fits = {region.id: speaks(region.languages, visit.language) for region in serving}
    statuses = {region.id: openings.status(region.id, at) for region in serving}
    best = min(serving, key=lambda region: (not fits[region.id], not statuses[region.id].open))
    for region in serving:
        if region is best:
            continue
        if fits[best.id] and not fits[region.id]:
            passed_over.append(Candidate("region", region.id, False, "other_languages"))
        elif not statuses[region.id].open and statuses[best.id].open:
            passed_over.append(closed(region.id, statuses[region.id]))
        else:
            passed_over.append(Candidate("region", region.id, False, "listed_later"))
    return best, via, passed_over


def _found(visit: Visit, own: Region, via: Via) -> Candidate:
    params: dict[str, str | int] = {}
    if via == "country" and visit.country is not None:
        params["country"] = visit.country
    elif via == "language":
        params["language"] = visit.language
    return Candidate("region", own.id, True, f"by_{via}", params)


def _why_not(
    region: Region, status: Status, somebody: Callable[[Region], bool], full: Callable[[Region], bool]
) -> Candidate | None:
    """Why nobody can go there; None: they can."""
    if not status.open:
        return closed(region.id, status)
    if region.when_empty != "wait" and not somebody(region):
        return Candidate("region", region.id, False, "empty")
    if region.waiting.queue_limit is not None and full(region):
        return Candidate("region", region.id, False, "full_queue", {"limit": region.waiting.queue_limit})
    return None


def _gone(region_id: str) -> Candidate:
    return Candidate("region", region_id, False, "gone")


def _each_once(looked_at: list[Candidate], *taken: Candidate) -> tuple[Candidate, ...]:
    """Each region once, in the order of being looked at, with what was found out last."""
    return tuple({candidate.id: candidate for candidate in (*looked_at, *taken)}.values())


def _same(language: str, other: str) -> bool:
    try:
        return same_language(language, other)
    except ValueError:
        return False
