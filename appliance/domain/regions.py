"""Regions: who looks after which visitors, when, and who helps out (elsewhere: departments)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from appliance.domain.schedule import Problem, Schedule
from appliance.domain.texts import Said, said

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

    def name(self, language: str) -> str:
        """The name for a reader of a language (BCP 47), else the English one, else the first."""
        found = said(self.names, language)
        return self.id if found is None else found.text

    def offline_text(self, language: str) -> Said | None:
        """What a reader of a language is told while it is closed; None: nothing was written."""
        return said(self.offline, language)


@dataclass(frozen=True, slots=True)
class Regions:
    """All of a workspace, in the order admins gave them; at least one. `default` looks after whoever no other
    is for. `moved`: ids of regions that are gone, and of the ones that took over what was theirs."""

    all: tuple[Region, ...]
    default: str
    moved: Mapping[str, str] = field(default_factory=dict)
    _known: Mapping[str, Region] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {region.id: region for region in self.all})

    def get(self, region_id: str) -> Region | None:
        """The region, or the one that took over from it."""
        found = self._known.get(region_id)
        # It is asked for often, and hardly ever gone.
        for _ in self.moved if found is None else ():
            region_id = self.moved.get(region_id, region_id)
            found = found or self._known.get(region_id)
        return found


@dataclass(frozen=True, slots=True)
class KeptRegion:
    """A region as it is stored. `changed_by`: an agent's id. `zone_rules`: the version of the time zones'
    rules that its hours were last saved with.

    `unread` are hours that can't be read any more, as they were written, for instance where the rules are
    older and lack the zone; `region` is never open then, and `problems` tell why.
    """

    region: Region
    changed_at: datetime
    changed_by: str | None
    zone_rules: str
    unread: Mapping[str, object] | None = None
    problems: tuple[Problem, ...] = ()
