"""What is decided about where a visitor goes and who is asked to answer, with every reason.

Only the values are here: `placing` finds the region, `choosing` the agent, `desk` does both for all who wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from appliance.domain.regions import DEFAULT_CAPACITY, Availability

Via = Literal["transfer", "choice", "site", "country", "language", "default"]
"""By what a visitor's region was found."""

Cause = Literal[
    "arrived",
    "declined",
    "missed",
    "released",
    "transferred",
    "agents_changed",
    "region_opened",
    "region_closed",
    "waited",
    "regions_changed",
]
"""Why it was decided at all."""

Outcome = Literal["offered", "queued", "closed"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of somebody who waits for an answer.

    `arrived_at`: since when. `choice`: the region chosen in the widget; `site`: the one the site names;
    `country`: by the browser's time zone or a GeoIP file; `region`: where it is now, None at first.
    `transfer`: an agent or a region that it was transferred to. `former`: the agent who had it last.
    `passed`: agents who declined or missed it since it waits, the last one last. `offered`: who is being
    asked, until when.

    Of the last decision: `outcome`, `opens_at`, and `decided_at`, when it was made; None before the first.
    `cause`: why it is to be decided anew, where whoever asks knows it (`declined`, `missed`).
    """

    conversation: str
    arrived_at: datetime
    language: str
    choice: str | None = None
    site: str | None = None
    country: str | None = None
    region: str | None = None
    to_agent: str | None = None
    to_region: str | None = None
    former: str | None = None
    passed: tuple[str, ...] = ()
    offered: str | None = None
    offered_until: datetime | None = None
    outcome: Outcome | None = None
    opens_at: datetime | None = None
    decided_at: datetime | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """An agent as routing sees them. `languages`: spoken, the one of the console first. `present`: connected.
    `load`: conversations they have; `asked`: those they are being asked about, which `desk` counts itself.
    `offered_at`: when they were last asked about any; None: not that anybody knows."""

    agent: str
    name: str
    languages: tuple[str, ...]
    availability: Availability = "online"
    present: bool = True
    load: int = 0
    capacity: int = DEFAULT_CAPACITY
    asked: int = 0
    offered_at: datetime | None = None

    @property
    def takes_part(self) -> bool:
        return self.present and self.availability == "online"

    @property
    def is_free(self) -> bool:
        """Whether they can be asked about one more."""
        return self.takes_part and self.load + self.asked < self.capacity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region or an agent that was looked at, in order. `reason` is a key of `routing_wordings.TABLE`, whose
    placeholders `params` fill (instants in ISO 8601). `name`: an agent's, as it was; a region's is looked
    up."""

    kind: Literal["region", "agent"]
    id: str
    chosen: bool
    reason: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a conversation is now and who is asked. `opens_at`: with `closed`, the soonest that somebody will
    be there; None: not within a year."""

    at: datetime
    cause: Cause
    outcome: Outcome
    region: str
    via: Via
    agent: str | None = None
    until: datetime | None = None
    opens_at: datetime | None = None
    candidates: tuple[Candidate, ...] = ()
