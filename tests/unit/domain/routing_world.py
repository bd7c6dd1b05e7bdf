"""A small company for the tests of routing: six regions, nine agents, and who speaks what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from appliance.domain.desk import Desk, after, assign
from appliance.domain.regions import Region, Regions, Waiting
from appliance.domain.routing import Decision, Seat, Visit
from appliance.domain.schedule import Schedule, Status

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVENING = NOON + timedelta(hours=6)
TOMORROW = NOON + timedelta(hours=20)
LATER = NOON + timedelta(hours=23)


def region(id_: str, countries: str, languages: str, agents: str, overflow: str = "", **more: Any) -> Region:
    return Region(
        id_,
        {"en": id_.title()},
        Schedule("UTC"),
        tuple(countries.split()),
        tuple(languages.split()),
        tuple(agents.split()),
        tuple(overflow.split()),
        **more,
    )


REGIONS = (
    region("vilnius", "LT", "lt en", "ona jonas", "lisbon istanbul"),
    region("istanbul", "TR", "tr", "ece", "vilnius"),
    region("tehran", "IR", "fa", "ali"),
    region("lisbon", "PT BR", "pt", "rui ana", "newyork"),
    region("saopaulo", "BR", "pt-BR", "bia", "lisbon saopaulo"),
    region("newyork", "US", "en es", "joe kim", "saopaulo"),
)
SEATS = (
    Seat("ona", "Ona", ("lt", "en")),
    Seat("jonas", "Jonas", ("lt",)),
    Seat("ece", "Ece", ("tr",)),
    Seat("ali", "Ali", ("fa",)),
    Seat("rui", "Rui", ("pt-PT",)),
    Seat("ana", "Ana", ("en", "pt")),
    Seat("bia", "Bia", ("pt-BR",)),
    Seat("joe", "Joe", ("en",)),
    Seat("kim", "Kim", ("en", "es")),
)
NO_PATH = frozenset({"eu", "ka"})
"""Languages that nothing translates from."""


@dataclass
class Openings:
    """All are open until the evening but those in `shut`, until an instant or for good."""

    shut: Mapping[str, datetime | None] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def status(self, region_id: str, at: datetime) -> Status:
        if region_id in self.shut:
            opens_at = self.shut[region_id]
            if opens_at is None or at < opens_at:
                return Status(False, opens_at, None, "outside_hours", self.names.get(region_id))
            return Status(True, None, opens_at + timedelta(hours=9))
        if at < EVENING:
            return Status(True, None, EVENING)
        return Status(False, TOMORROW, None, "outside_hours") if at < TOMORROW else Status(True)


def reaches(source: str, target: str) -> bool:
    return source.partition("-")[0] not in NO_PATH


def desk(
    *,
    shut: Mapping[str, datetime | None] | None = None,
    names: Mapping[str, str] | None = None,
    seats: Mapping[str, Mapping[str, Any]] | None = None,
    regions: Mapping[str, Mapping[str, Any]] | None = None,
    default: str = "newyork",
    moved: Mapping[str, str] | None = None,
    pace: Mapping[str, timedelta] | None = None,
) -> Desk:
    """The company, with fields of some agents and regions changed."""
    return Desk(
        Regions(
            tuple(replace(one, **dict((regions or {}).get(one.id, {}))) for one in REGIONS),
            default,
            moved or {},
        ),
        Openings(shut or {}, names or {}),
        {one.agent: replace(one, **dict((seats or {}).get(one.agent, {}))) for one in SEATS},
        reaches,
        pace or {},
    )


def visit(id_: str = "v", minutes: float = 0, **more: Any) -> Visit:
    """Somebody who has written in English; `minutes` after noon."""
    return Visit(id_, NOON + timedelta(minutes=minutes), **{"language": "en", **more})


def settle(visits: Sequence[Visit], at_desk: Desk, at: datetime = NOON) -> list[Visit]:
    """The visits when everything that was decided has been recorded."""
    decided = dict(assign(visits, at_desk, at))
    return [after(one, decided[one.conversation]) if one.conversation in decided else one for one in visits]


def reasons(decision: Decision) -> dict[str, str]:
    return {candidate.id: candidate.reason for candidate in decision.candidates}


def limited(**limits: Any) -> Mapping[str, Waiting]:
    return {"waiting": Waiting(**limits)}
