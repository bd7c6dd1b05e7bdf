"""Regions: who looks after which visitors, when, and who helps out (elsewhere: departments)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from appliance.domain.schedule import Schedule

WhenEmpty = Literal["wait", "overflow", "closed"]
"""What becomes of those who come to an open region where nobody is: they wait, go where the region
overflows to, or are told that it is closed."""

Availability = Literal["online", "away", "break", "invisible"]
"""What an agent has chosen. Only who is online is offered conversations; who is invisible works unseen."""

DEFAULT_CAPACITY = 4
"""Conversations an agent has at a time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`offer_seconds`: how long an agent has to accept. `overflow_minutes`: after so long in the queue also
    the agents of the regions that it overflows to are asked; None: never. `queue_limit`: nobody joins a
    longer queue, as if it were closed; None: no limit."""

    offer_seconds: int = 45
    overflow_minutes: int | None = None
    queue_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """`id` is chosen once, `[a-z0-9-]`, since sites name it. `names` and `offline` (what visitors read while
    it is closed) are by locale, each with an English or a first text that the others fall back to.

    `countries` are ISO 3166-1, `languages` BCP 47. `agents`: ids; None: everybody, who comes later too.
    `overflow`: ids of other regions, the first is asked first. `version` counts changes.
    """

    id: str
    names: Mapping[str, str]
    schedule: Schedule
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    agents: tuple[str, ...] | None = None
    overflow: tuple[str, ...] = ()
    offline: Mapping[str, str] = field(default_factory=dict)
    waiting: Waiting = Waiting()
    when_empty: WhenEmpty = "wait"
    version: int = 1

    def has(self, agent_id: str) -> bool:
        return self.agents is None or agent_id in self.agents


@dataclass(frozen=True, slots=True)
class Regions:
    """All of a workspace, in the order admins gave them; at least one. `default` looks after whoever no other
    is for."""

    all: tuple[Region, ...]
    default: str

    def get(self, region_id: str) -> Region | None:
        return next((region for region in self.all if region.id == region_id), None)
