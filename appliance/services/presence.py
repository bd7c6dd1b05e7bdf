"""Who is connected to this server now, and which of the agents can be asked to answer."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from appliance.domain.conversation import Person
from appliance.domain.people import Visitor
from appliance.domain.regions import Availability

MISSES = 2
"""Offers in a row that an agent lets run out before they count as away."""


@dataclass(eq=False, slots=True)
class Tab:
    """One connection of an agent. `idle`: nobody has touched it for a while."""

    agent: str
    idle: bool = False


@dataclass(slots=True)
class _Agent:
    """Somebody who is connected, or was a moment ago. `tabs` are the connections there are now."""

    person: Person
    chosen: Availability
    tabs: set[Tab] = field(default_factory=set)
    connections: int = 0
    """With those that are counted until their grace is over."""
    missed: int = 0

    @property
    def automatic(self) -> bool:
        """Whether they count as away though they have chosen to be online."""
        idle = bool(self.tabs) and all(tab.idle for tab in self.tabs)
        return self.chosen == "online" and (idle or self.missed >= MISSES)

    @property
    def availability(self) -> Availability:
        return "away" if self.automatic else self.chosen


class Presence:
    """Counts connections; a person with several is there once.

    Leaving counts after a grace period, so that a reload is not a departure: `later(callback)` runs the
    callback after it. `on_agents` is called when an agent comes, has gone, or is available in another way;
    `on_visitor` when a visitor comes or has gone.
    """

    def __init__(self, later: Callable[[Callable[[], None]], object]) -> None:
        self._later = later
        self._agents: dict[str, _Agent] = {}
        self._visitors: Counter[str] = Counter()
        self.on_agents: Callable[[], None] = lambda: None
        self.on_visitor: Callable[[str], None] = lambda conversation_id: None

    def agents(self) -> list[Person]:
        """Those who are there for visitors."""
        return [agent.person for agent in self._agents.values() if agent.availability == "online"]

    def availability(self, agent_id: str) -> Availability | None:
        """As it counts now; None for an agent who is not connected."""
        known = self._agents.get(agent_id)
        return None if known is None else known.availability

    def chosen(self, agent_id: str) -> tuple[Availability, bool]:
        """What a connected agent has chosen, and whether they count as away all the same."""
        known = self._agents.get(agent_id)
        return ("online", False) if known is None else (known.chosen, known.automatic)

    def is_online(self, visitor_id: str) -> bool:
        return self._visitors[visitor_id] > 0

    @contextmanager
    def agent(self, person: Person, chosen: Availability = "online") -> Iterator[Tab]:
        known = self._agents.get(person.id)
        changed = known is None or known.person != person
        if known is None:
            known = self._agents[person.id] = _Agent(person, chosen)
        before = known.availability
        tab = Tab(person.id)
        known.person = person
        known.connections += 1
        known.tabs.add(tab)
        if changed or known.availability != before:
            self.on_agents()
        try:
            yield tab
        finally:
            before = known.availability
            known.tabs.discard(tab)
            if known.availability != before:
                self.on_agents()
            self._later(lambda: self._agent_left(person.id))

    def rename(self, person: Person) -> None:
        """An agent who is here has another name now."""
        known = self._agents.get(person.id)
        if known is not None and known.person != person:
            known.person = person
            self.on_agents()

    def choose(self, agent_id: str, chosen: Availability) -> None:
        """What the agent wants to be from now on. It ends an automatic absence."""
        known = self._agents.get(agent_id)
        if known is not None:
            before = (known.chosen, known.automatic)
            known.chosen, known.missed = chosen, 0
            for tab in known.tabs:
                tab.idle = False
            self._tell(known, before)

    def touch(self, tab: Tab, *, idle: bool = False) -> None:
        """Somebody does something in a connection; `idle`: nobody has for a while."""
        known = self._agents.get(tab.agent)
        if known is None or (tab.idle == idle and not known.missed):
            return
        before = (known.chosen, known.automatic)
        tab.idle = idle
        if not idle:
            known.missed = 0
        self._tell(known, before)

    def missed(self, agent_id: str) -> None:
        """The agent has let an offer run out."""
        known = self._agents.get(agent_id)
        if known is not None:
            before = (known.chosen, known.automatic)
            known.missed += 1
            self._tell(known, before)

    @contextmanager
    def visitor(self, visitor: Visitor, has_written: Callable[[], bool]) -> Iterator[None]:
        """Nobody is told of visitors who have not written: there is no conversation to show them in."""
        self._visitors[visitor.id] += 1
        if self._visitors[visitor.id] == 1 and has_written():
            self.on_visitor(visitor.conversation_id)
        try:
            yield
        finally:
            self._later(lambda: self._visitor_left(visitor, has_written()))

    def _tell(self, agent: _Agent, before: tuple[Availability, bool]) -> None:
        if (agent.chosen, agent.automatic) != before:
            self.on_agents()

    def _agent_left(self, agent_id: str) -> None:
        known = self._agents[agent_id]
        known.connections -= 1
        if known.connections <= 0:
            del self._agents[agent_id]
            self.on_agents()

    def _visitor_left(self, visitor: Visitor, has_written: bool) -> None:
        self._visitors[visitor.id] -= 1
        if self._visitors[visitor.id] <= 0:
            del self._visitors[visitor.id]
            if has_written:
                self.on_visitor(visitor.conversation_id)
