"""What can be done in a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from appliance.domain.conversation import Party, Person, Translated, VisitorCard
from appliance.domain.routing import Decision


@dataclass(frozen=True, slots=True)
class Write:
    """Somebody writes. From a visitor it opens the conversation, or queues it again after it was closed.

    `readers` maps the agents who may answer to the languages they read; `translatable` is false for a text
    that says the same in every language (an order number, a smile). `ready`: translations that its author
    gives along.
    """

    author: Person
    client_id: str
    text: str
    language: str
    readers: Mapping[str, str]
    translatable: bool
    at: datetime
    ready: Mapping[str, Translated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Take:
    agent: Person
    at: datetime
    force: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    agent: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Close:
    agent: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Reopen:
    agent: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetVisitor:
    """The visitor came back: on another page, in another time zone, or choosing another language."""

    visitor: VisitorCard
    at: datetime


@dataclass(frozen=True, slots=True)
class Translate:
    """Records how the machine's translation of a message into a language stands. `by`: whose message it is.

    What a person has said about it stands, and so does a result that is there already.
    """

    message: int
    by: Party
    language: str
    translation: Translated
    at: datetime


@dataclass(frozen=True, slots=True)
class Reword:
    """An agent puts their own wording, made with `worded`, in the place of a translation."""

    message: int
    by: Party
    language: str
    translation: Translated
    at: datetime


@dataclass(frozen=True, slots=True)
class Reject:
    """An agent says that a translation is wrong: the original is the better reading."""

    message: int
    by: Party
    language: str
    agent: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Restore:
    """Takes back what was done to a translation last by a person."""

    message: int
    by: Party
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A party has been delivered, or has seen, everything up to a number."""

    party: Party
    delivered: int
    seen: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Route:
    """Routing has decided about a conversation that waits. It changes nothing if somebody has it by now."""

    decision: Decision
    offered: Person | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Pass:
    """An agent declines the conversation they are asked to take, or has not answered in time."""

    agent: Person
    how: Literal["declined", "missed"]
    at: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """The agent who has it hands it on: to an agent or to a region, one of the two."""

    agent: Person
    to_agent: Person | None
    to_region: str | None
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """The visitor says how it was, or says it anew. Only of what an agent has answered and ended."""

    score: int
    comment: str | None
    at: datetime


Amendment = Translate | Reword | Reject | Restore
"""What is done to the translation of a message."""

Command = (
    Write
    | Take
    | Release
    | Close
    | Reopen
    | MeetVisitor
    | Amendment
    | Acknowledge
    | Route
    | Pass
    | Transfer
    | Rate
)
