"""What routing keeps in mind of the conversations: those that wait, and who has how many."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.domain.conversation import Conversation, Event, Passed, Routed, Transferred
from appliance.domain.desk import visit_of
from appliance.domain.routing import Cause, Visit

_LASTED = 20
"""Of a region's conversations, so many of the latest say how long one takes."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """Who has a conversation, since when; None: since before this server was started."""

    agent: str
    since: datetime | None


class DeskState:
    """Conversations go in as they are stored; what routing asks about them comes out without looking.

    `visits` are all that wait. `touched` collects the ids of those whose waiting has changed, until whoever
    tells their visitors takes them out.
    """

    def __init__(self) -> None:
        self.visits: dict[str, Visit] = {}
        self.touched: set[str] = set()
        self.offered_at: dict[str, datetime] = {}
        """When each agent was last asked."""
        self._waiting: dict[str, Conversation] = {}
        self._taken: dict[str, _Taken] = {}
        self._loads: Counter[str] = Counter()
        self._lasted: dict[str, deque[timedelta]] = {}

    def load(self, agent_id: str) -> int:
        """How many conversations an agent has."""
        return self._loads[agent_id]

    def waiting(self, conversation_id: str) -> Conversation | None:
        """As it waits; None if it doesn't."""
        return self._waiting.get(conversation_id)

    def lasted(self) -> Mapping[str, Sequence[timedelta]]:
        """By region: how long its latest conversations took, from being taken to being closed."""
        return self._lasted

    def ended(self, at: datetime) -> Iterable[Conversation]:
        """Those whose offer has run out."""
        return [
            self._waiting[visit.conversation]
            for visit in self.visits.values()
            if visit.offered_until is not None and visit.offered_until <= at
        ]

    def knows(self, conversation_id: str) -> bool:
        return conversation_id in self._waiting or conversation_id in self._taken

    def take(self, conversation: Conversation, events: Sequence[Event] = ()) -> bool:
        """Takes a conversation as it is now, after `events`. Says whether routing has to look: most of what
        happens in a conversation is no business of its."""
        taken = self._taken.get(conversation.id)
        if conversation.state == "assigned" and conversation.agent is not None:
            if taken is not None and taken.agent == conversation.agent.id:
                return False
            self._forget(conversation.id)
            since = conversation.updated_at if events else None
            self._taken[conversation.id] = _Taken(conversation.agent.id, since)
            self._loads[conversation.agent.id] += 1
            return True
        if conversation.state == "closed":
            if taken is not None and taken.since is not None and conversation.region is not None:
                lasted = self._lasted.setdefault(conversation.region, deque(maxlen=_LASTED))
                lasted.append(conversation.updated_at - taken.since)
            return self._forget(conversation.id)
        before = self._waiting.get(conversation.id)
        if before is not None and _waits_as(before) == _waits_as(conversation):
            return False
        if before is None:
            self._forget(conversation.id)
        self._waiting[conversation.id] = conversation
        self.visits[conversation.id] = visit_of(conversation, self._cause(conversation, events))
        self.touched.add(conversation.id)
        if conversation.offer is not None and conversation.decision is not None:
            self._note_offer(conversation.offer.agent.id, conversation.decision.at)
        # What routing has decided itself it need not look at again.
        return not (events and all(isinstance(event.what, Routed) for event in events))

    def _cause(self, conversation: Conversation, events: Sequence[Event]) -> Cause | None:
        for event in reversed(events):
            if isinstance(event.what, Passed):
                return event.what.how
            if isinstance(event.what, Transferred):
                return "transferred"
            if isinstance(event.what, Routed):
                return None
        known = self.visits.get(conversation.id)
        return None if known is None else known.cause

    def _note_offer(self, agent_id: str, at: datetime) -> None:
        self.offered_at[agent_id] = max(at, self.offered_at.get(agent_id, at))

    def _forget(self, conversation_id: str) -> bool:
        """Whether it was known at all."""
        taken = self._taken.pop(conversation_id, None)
        if taken is not None:
            self._loads[taken.agent] -= 1
            if not self._loads[taken.agent]:
                del self._loads[taken.agent]
        waiting = self._waiting.pop(conversation_id, None)
        if waiting is not None:
            del self.visits[conversation_id]
            self.touched.add(conversation_id)
        return taken is not None or waiting is not None


def _waits_as(conversation: Conversation) -> tuple[object, ...]:
    """What routing sees of a conversation that waits."""
    return (
        conversation.visitor,
        conversation.queued_at,
        conversation.region,
        conversation.offer,
        conversation.passed,
        conversation.to_agent,
        conversation.to_region,
        conversation.former,
        conversation.decision,
    )
