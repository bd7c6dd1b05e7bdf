"""What goes into the ledger and what comes out."""

from dataclasses import dataclass

from appliance.domain.commands import Command
from appliance.domain.conversation import Conversation, Event, VisitorCard
from appliance.domain.refusal import Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """A command for a conversation. `opening` allows a visitor's first message to begin it."""

    conversation_id: str
    command: Command
    opening: VisitorCard | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """What a command came to: the conversation afterwards and the events it made.

    `repeated`: the client id had been seen before; `events` holds the event stored then, and nothing was
    stored now. `changed`: something was stored.
    """

    conversation: Conversation
    events: tuple[Event, ...]
    repeated: bool
    changed: bool = True


Outcome = Appended | Refused


@dataclass(frozen=True, slots=True)
class Listing:
    """The conversations that an agent is shown first. `living`: how many in all are not closed."""

    conversations: list[Conversation]
    living: int


@dataclass(frozen=True, slots=True)
class PendingTranslation:
    conversation_id: str
    message: int
    language: str


@dataclass(frozen=True, slots=True)
class FailedTranslation:
    """`row` orders them: the oldest have the lowest."""

    row: int
    conversation_id: str
    message: int
    language: str
    reason: str | None
