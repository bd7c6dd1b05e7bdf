"""What a conversation is, and what happens in it (numbered events)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from appliance.domain.routing import Decision

State = Literal["queued", "assigned", "closed"]
Party = Literal["visitor", "agent"]
TranslationStatus = Literal["pending", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever did something, by the name they had then. `avatar` is a colour, `#rrggbb`."""

    kind: Literal["visitor", "agent", "system"]
    id: str
    name: str | None = None
    avatar: str | None = None


def party_of(author: Person) -> Party:
    return "visitor" if author.kind == "visitor" else "agent"


@dataclass(frozen=True, slots=True)
class VisitorCard:
    """What an agent sees of a visitor in a list. `number` counts visitors; `page` is where the chat was
    opened. `country`: where they seem to be (ISO 3166-1). `region`: the one they chose, `site` the one that
    the site they came from names."""

    id: str
    number: int
    language: str
    name: str | None = None
    time_zone: str | None = None
    page: str | None = None
    country: str | None = None
    region: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class LastMessage:
    """The newest message in short. `translations` maps a language to the start of its translation."""

    seq: int
    at: datetime
    author: str
    text: str
    language: str
    translations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipts:
    """The highest numbers that a party has been delivered and has seen."""

    delivered: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """An agent is being asked to take a conversation."""

    agent: Person
    until: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is after `last_seq` events.

    `waiting_since`: the first visitor's message that no agent has answered. `unread`: visitor's messages
    since an agent last saw the end.

    Of routing: `region` looks after it. While it waits, `queued_at` is since when, `offer` who is being
    asked, `passed` who declined or missed it, `decision` how it stands; `to_agent` and `to_region` where it
    was transferred. `former` had it last.

    `began`: the number of the event with which the visitor began it again, 0 where they never did.
    `answered_by`: the agent who has written last since; `rated`: what the visitor has said of that.
    """

    id: str
    visitor: VisitorCard
    opened_at: datetime
    updated_at: datetime
    state: State = "queued"
    agent: Person | None = None
    last_seq: int = 0
    waiting_since: datetime | None = None
    last_message: LastMessage | None = None
    unread: int = 0
    by_visitor: Receipts = Receipts()
    by_agent: Receipts = Receipts()
    region: str | None = None
    queued_at: datetime | None = None
    offer: Offer | None = None
    passed: tuple[str, ...] = ()
    to_agent: str | None = None
    to_region: str | None = None
    former: str | None = None
    decision: Decision | None = None
    began: int = 0
    answered_by: Person | None = None
    rated: "Rated | None" = None

    @property
    def language(self) -> str:
        """The language the visitor reads and writes."""
        return self.visitor.language


PERSON = "person"
"""The engine of a translation that somebody has written."""

REJECTED = "rejected"
"""The flag of a translation of which somebody has said that it is wrong (`translation.Flag`)."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The state of one message in one language.

    `reason` explains `failed` (see docs/protocol.md). `doubtful`: the gate or a person took it for noise, so
    that the original is the better reading. `by`: who has written or rejected it, for `replaced`, which stood
    there before; None where it is the machine's. `source`: the language the message turned out to be in,
    where it had been taken for another.
    """

    status: TranslationStatus
    text: str | None = None
    engine: str | None = None
    path: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reason: str | None = None
    doubtful: bool = False
    model: str | None = None
    by: Person | None = None
    replaced: "Translated | None" = None
    source: str | None = None

    @property
    def machine(self) -> "Translated | None":
        """As the machine left it; None where it has not been asked."""
        if self.by is None:
            return self
        return None if self.replaced is None else self.replaced.machine


PENDING = Translated("pending")

NO_ENGINE = "none"
"""The engine of a result that says: there was nothing to translate."""


def found_in(language: str) -> Translated:
    """How a message stands in a language that it turned out to be written in."""
    return Translated("done", engine=NO_ENGINE, source=language)


def worded(text: str, source: str, language: str, agent: Person) -> Translated:
    """An agent's own translation of a text in `source`."""
    return Translated("done", text, PERSON, (source, language), by=agent)


@dataclass(frozen=True, slots=True)
class Message:
    author: Person
    client_id: str
    text: str
    language: str
    targets: tuple[str, ...] = ()
    """The languages it is being translated into."""
    ready: Mapping[str, Translated] = field(default_factory=dict)
    """The languages it came with."""

    kind = "message"


@dataclass(frozen=True, slots=True)
class TranslationChanged:
    message: int
    by: Party
    """Whose message it is."""
    language: str
    translation: Translated

    kind = "translation"


@dataclass(frozen=True, slots=True)
class Assigned:
    agent: Person | None

    kind = "assigned"


@dataclass(frozen=True, slots=True)
class StateChanged:
    state: State
    by: Person

    kind = "state"


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    language: str

    kind = "language"


@dataclass(frozen=True, slots=True)
class Routed:
    """It was decided where the conversation goes. `offered` is the agent whom the decision asks."""

    decision: Decision
    offered: Person | None = None

    kind = "routed"


@dataclass(frozen=True, slots=True)
class Passed:
    """An agent who was asked has declined, or has not answered in time."""

    agent: Person
    how: Literal["declined", "missed"]

    kind = "passed"


@dataclass(frozen=True, slots=True)
class Transferred:
    """An agent hands the conversation on, to another or to a region. The note is for agents only."""

    by: Person
    to_agent: Person | None
    to_region: str | None
    note: str | None

    kind = "transferred"


@dataclass(frozen=True, slots=True)
class Rated:
    """The visitor has said how it was, from 1 (very bad) to 5 (very good). The last word counts. `language`:
    the visitor's."""

    score: int
    comment: str | None
    language: str

    kind = "rated"


Happening = (
    Message
    | TranslationChanged
    | Assigned
    | StateChanged
    | LanguageChanged
    | Routed
    | Passed
    | Transferred
    | Rated
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with its place in the conversation (1, 2, 3, … without gaps)."""

    seq: int
    at: datetime
    what: Happening
    translations: Mapping[str, Translated] = field(default_factory=dict)
    """Of a message: its state per language at the time of reading."""

    def as_known(self, translations: Mapping[str, Translated]) -> "Event":
        """A message with its translations, and in the language that it turned out to be in."""
        if not translations or not isinstance(self.what, Message):
            return self
        found = next((tag for tag, state in translations.items() if state.source == tag), None)
        what = self.what if found is None else replace(self.what, language=found)
        return replace(self, what=what, translations=translations)
