"""Who of all that wait is asked about by whom: the whole of routing at one instant.

Nothing is remembered here. Who wants to know what is to be done says how everything stands, and is told the
steps, those only that change something; once they have been taken, there are none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from appliance.domain.conversation import Conversation
from appliance.domain.deciding import Desk, Round, after
from appliance.domain.regions import Region
from appliance.domain.routing import Cause, Decision, Visit
from appliance.domain.waits import again_from, helped_from, turn

__all__ = [
    "Desk",
    "Queued",
    "Step",
    "after",
    "assign",
    "next_end",
    "next_look",
    "next_opening_or_closing",
    "pace_of",
    "queue",
    "visit_of",
]


class Step(NamedTuple):
    """A decision about a conversation, to be recorded."""

    conversation: str
    decision: Decision


class Queued(NamedTuple):
    """How somebody waits. `position`: 1 is the first. `estimate`: from now until an agent is free, None where
    not enough is known to say so honestly."""

    region: str
    position: int
    estimate: timedelta | None


def assign(visits: Sequence[Visit], desk: Desk, at: datetime) -> list[Step]:
    """What is to be done about `visits`, all that wait, those included who are being asked about.

    Who was transferred to an agent comes first, then who arrived first. An offer under way stands as long as
    its agent is there and has room for it; its end in time is not looked at here: whoever sees that it is
    over records that it was missed, and asks again.
    """
    if not visits:
        return []
    known = {visit.conversation: visit for visit in visits}
    steps: dict[str, Decision] = {}
    while True:
        one = Round(list(known.values()), desk, at)
        decided = one.decisions()
        for conversation, decision in decided.items():
            before = steps.get(conversation)
            steps[conversation] = decision if before is None else replace(decision, cause=before.cause)
            known[conversation] = after(known[conversation], decision)
        # Who found a queue too long may find a place that somebody after them has just left.
        if not decided or not one.found_full:
            return [Step(conversation, decision) for conversation, decision in steps.items()]


def visit_of(conversation: Conversation, cause: Cause | None = None) -> Visit:
    """A conversation that waits, as routing sees it. `cause`: why it is decided anew, where that is known."""
    visitor, decision, offer = conversation.visitor, conversation.decision, conversation.offer
    return Visit(
        conversation=conversation.id,
        arrived_at=conversation.queued_at or conversation.opened_at,
        language=visitor.language,
        choice=visitor.region,
        site=visitor.site,
        country=visitor.country,
        region=conversation.region,
        to_agent=conversation.to_agent,
        to_region=conversation.to_region,
        former=conversation.former,
        passed=conversation.passed,
        offered=None if offer is None else offer.agent.id,
        offered_until=None if offer is None else offer.until,
        outcome=None if decision is None else decision.outcome,
        opens_at=None if decision is None else decision.opens_at,
        decided_at=None if decision is None else decision.at,
        cause=cause,
    )


def queue(visits: Sequence[Visit], desk: Desk, at: datetime) -> dict[str, Queued]:
    """How those wait who are in the queue of a region, by conversation. Who is being asked about stands in
    it until somebody has said yes."""
    queued: dict[str, Queued] = {}
    lengths: Counter[str] = Counter()
    limits: dict[str, tuple[timedelta, datetime | None] | None] = {}
    for visit in sorted(visits, key=turn):
        region = None if visit.region is None else desk.regions.get(visit.region)
        if region is None or visit.outcome not in ("queued", "offered"):
            continue
        lengths[region.id] += 1
        if region.id not in limits:
            limits[region.id] = _pace(region, desk, at)
        estimate = None
        limit = limits[region.id]
        if limit is not None:
            pace, closes_at = limit
            estimate = pace * lengths[region.id]
            if closes_at is not None and at + estimate > closes_at:
                estimate = None
        queued[visit.conversation] = Queued(region.id, lengths[region.id], estimate)
    return queued


def pace_of(lasted: Sequence[timedelta], places: int) -> timedelta | None:
    """How long until one of a region's agents becomes free, where all of them are busy. `lasted`: how long
    its latest conversations took; `places`: how many its agents have at a time, all together. None: too few
    conversations to tell, or nobody there."""
    if len(lasted) < _ENOUGH or places < 1:
        return None
    return sum(lasted, timedelta()) / len(lasted) / places


_ENOUGH = 5


def next_look(visits: Sequence[Visit], desk: Desk, at: datetime) -> datetime | None:
    """The next instant at which something may change by time alone: an offer ends, somebody may be asked
    again, others help out, a region opens or closes. It is in the past for an offer that has ended."""
    ends = (next_end(visits, desk, at), next_opening_or_closing(desk, at))
    return min((end for end in ends if end is not None), default=None)


def next_opening_or_closing(desk: Desk, at: datetime) -> datetime | None:
    """The first of any region after `at`; None: not within a year."""
    statuses = (desk.openings.status(region.id, at) for region in desk.regions.all)
    changes = (status.closes_at if status.open else status.opens_at for status in statuses)
    return min((change for change in changes if change is not None), default=None)


def next_end(visits: Sequence[Visit], desk: Desk, at: datetime) -> datetime | None:
    """When the first offer ends, even if it has, or else changes who may be asked about a visit."""
    return min(_ends(visits, desk, at), default=None)


def _ends(visits: Sequence[Visit], desk: Desk, at: datetime) -> Iterator[datetime]:
    for visit in visits:
        if visit.offered_until is not None:
            yield visit.offered_until
        elif visit.outcome == "queued" and visit.region is not None:
            region = desk.regions.get(visit.region)
            if region is None:
                continue
            for later in (again_from(visit, region), helped_from(visit, region)):
                if later is not None and later > at:
                    yield later


def _pace(region: Region, desk: Desk, at: datetime) -> tuple[timedelta, datetime | None] | None:
    """With when it closes, after which nothing is known; None: nothing is known at all."""
    pace = desk.pace.get(region.id)
    status = desk.openings.status(region.id, at)
    is_somebody_there = any(seat.takes_part and region.has(seat.agent) for seat in desk.seats.values())
    return (pace, status.closes_at) if pace is not None and status.open and is_somebody_there else None
