"""What visitors can know before anybody answers: whether somebody is there, when, and how they wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.domain.conversation import Person
from appliance.domain.people import Visitor
from appliance.domain.placing import place
from appliance.domain.regions import Region
from appliance.domain.routing import Visit
from appliance.services.ports import Clock
from appliance.services.presence import Presence
from appliance.services.router import Router


@dataclass(frozen=True, slots=True)
class Reception:
    """How a visitor finds us. `region` looks after them now. While it is not `open`, `opens_at` is when
    somebody will be there; None: not within a year, or open. `agents`: those of the region who are there."""

    region: Region
    open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    agents: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a conversation waits in a region. While nobody can come, it is not `open`, and `opens_at` is what
    was promised: None where nothing can be. `position` counts from 1."""

    region: Region
    open: bool
    opens_at: datetime | None
    position: int | None
    estimate: timedelta | None


class Receptions:
    """Answers from what the router last saw; many visitors find the same, which is worked out once."""

    def __init__(self, router: Router, presence: Presence, clock: Clock) -> None:
        self._router = router
        self._presence = presence
        self._clock = clock
        self._known: dict[tuple[str | None, ...], Reception] = {}

    def changed(self) -> None:
        """The router has seen something else."""
        self._known.clear()

    def reception(self, visitor: Visitor) -> Reception:
        waiting = self._router.waiting(visitor.conversation_id)
        handed_to = None if waiting is None else waiting.to_region
        key = (handed_to, visitor.region, visitor.site, visitor.country, visitor.language)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._found(visitor, handed_to)
        return known

    def regions(self) -> Sequence[tuple[Region, bool]]:
        """All there are, and whether each is open."""
        return [(region, self._router.status(region.id).open) for region in self._router.desk.regions.all]

    def exists(self, region_id: str) -> bool:
        return self._router.desk.regions.get(region_id) is not None

    def waiting(self, conversation_id: str) -> Waiting | None:
        """None: it does not wait, or it has not been decided how."""
        conversation = self._router.waiting(conversation_id)
        if conversation is None or conversation.decision is None:
            return None
        decision, regions = conversation.decision, self._router.desk.regions
        region = regions.get(decision.region)
        if region is None:
            return None
        queued = self._router.queued(conversation_id)
        return Waiting(
            region,
            decision.outcome != "closed",
            decision.opens_at,
            None if queued is None else queued.position,
            None if queued is None else queued.estimate,
        )

    def _found(self, visitor: Visitor, handed_to: str | None) -> Reception:
        desk, now = self._router.desk, self._clock()
        visit = Visit(
            visitor.conversation_id,
            now,
            visitor.language,
            choice=visitor.region,
            site=visitor.site,
            country=visitor.country,
            to_region=handed_to,
        )
        found = place(visit, desk.regions, desk.openings, now, somebody=self._router.is_somebody_in)
        status = self._router.status(found.region.id)
        there = tuple(person for person in self._presence.agents() if found.region.has(person.id))
        return Reception(
            found.region,
            found.open,
            found.opens_at,
            status.closes_at if found.open else None,
            there if found.open else (),
        )


_REMEMBERED = 1000
