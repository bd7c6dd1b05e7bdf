"""Who is connected to this server now."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from appliance.domain.conversation import Person
from appliance.domain.people import Visitor


class Presence:
    """Counts connections; a person with several is there once.

    Leaving counts after a grace period, so that a reload is not a departure: `later(callback)` runs the
    callback after it. `on_agents` and `on_visitor` are called when somebody comes or has gone.
    """

    def __init__(self, later: Callable[[Callable[[], None]], object]) -> None:
        self._later = later
        self._agents: Counter[str] = Counter()
        self._people: dict[str, Person] = {}
        self._visitors: Counter[str] = Counter()
        self.on_agents: Callable[[], None] = lambda: None
        self.on_visitor: Callable[[str], None] = lambda conversation_id: None

    def agents(self) -> list[Person]:
        return list(self._people.values())

    def is_online(self, visitor_id: str) -> bool:
        return self._visitors[visitor_id] > 0

    @contextmanager
    def agent(self, person: Person) -> Iterator[None]:
        self._agents[person.id] += 1
        changed = self._people.get(person.id) != person
        self._people[person.id] = person
        if changed:
            self.on_agents()
        try:
            yield
        finally:
            self._later(lambda: self._agent_left(person.id))

    def rename(self, person: Person) -> None:
        """An agent who is here has another name now."""
        if self._people.get(person.id, person) != person:
            self._people[person.id] = person
            self.on_agents()

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

    def _agent_left(self, agent_id: str) -> None:
        self._agents[agent_id] -= 1
        if self._agents[agent_id] <= 0:
            del self._agents[agent_id]
            self._people.pop(agent_id, None)
            self.on_agents()

    def _visitor_left(self, visitor: Visitor, has_written: bool) -> None:
        self._visitors[visitor.id] -= 1
        if self._visitors[visitor.id] <= 0:
            del self._visitors[visitor.id]
            if has_written:
                self.on_visitor(visitor.conversation_id)
