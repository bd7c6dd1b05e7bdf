"""The life of a conversation: commands go in, numbered events come out.

`decide` says what a command does to a conversation (or refuses it), `evolve` applies an event. Both are
pure; the ledger calls them inside one transaction, so what they say is what is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal

from appliance.domain.languages import same_language
from appliance.domain.refusal import Refused
from appliance.domain.text import preview

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


@dataclass(frozen=True, slots=True)
class VisitorCard:
    """What an agent sees of a visitor in a list. `number` counts visitors; `page` is where the chat was
    opened."""

    id: str
    number: int
    language: str
    name: str | None = None
    time_zone: str | None = None
    page: str | None = None


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
class Conversation:
    """A conversation as it is after `last_seq` events.

    `waiting_since`: the first visitor's message that no agent has answered. `unread`: visitor's messages
    since an agent last saw the end.
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

    @property
    def language(self) -> str:
        """The language the visitor reads and writes."""
        return self.visitor.language


@dataclass(frozen=True, slots=True)
class Translated:
    """The state of one message in one language.

    `reason` explains `failed` (see docs/protocol.md). `doubtful`: the gate took it for noise, so that the
    original is the better reading.
    """

    status: TranslationStatus
    text: str | None = None
    engine: str | None = None
    path: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reason: str | None = None
    doubtful: bool = False


PENDING = Translated("pending")


@dataclass(frozen=True, slots=True)
class Message:
    author: Person
    client_id: str
    text: str
    language: str
    targets: tuple[str, ...] = ()
    """The languages it is being translated into."""

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


Happening = Message | TranslationChanged | Assigned | StateChanged | LanguageChanged


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with its place in the conversation (1, 2, 3, … without gaps)."""

    seq: int
    at: datetime
    what: Happening
    translations: Mapping[str, Translated] = field(default_factory=dict)
    """Of a message: its state per language at the time of reading."""


@dataclass(frozen=True, slots=True)
class Write:
    """Somebody writes. From a visitor it opens the conversation, or queues it again after it was closed.

    `readers` maps the agents who may answer to the languages they read; `translatable` is false for a text
    that says the same in every language (an order number, a smile).
    """

    author: Person
    client_id: str
    text: str
    language: str
    readers: Mapping[str, str]
    translatable: bool
    at: datetime


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
    """Records how the translation of a message into a language stands."""

    message: int
    by: Party
    language: str
    translation: Translated
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A party has been delivered, or has seen, everything up to a number."""

    party: Party
    delivered: int
    seen: int
    at: datetime


Command = Write | Take | Release | Close | Reopen | MeetVisitor | Translate | Acknowledge


def open_conversation(conversation_id: str, visitor: VisitorCard, at: datetime) -> Conversation:
    """A conversation before its first message."""
    return Conversation(id=conversation_id, visitor=visitor, opened_at=at, updated_at=at)


def decide(now: Conversation, command: Command) -> tuple[Happening, ...]:
    """What happens in answer to a command, in order. Nothing: the command changes no more than receipts or
    the card.

    Raises `Refused`: `already_taken` (with the agent's name), `conversation_closed`.
    """
    match command:
        case Write(author=author):
            message = Message(
                author, command.client_id, command.text, command.language, _targets(now, command)
            )
            if author.kind == "visitor":
                reopened = (StateChanged("queued", author),) if now.state == "closed" else ()
                return (*reopened, message)
            if now.state == "closed":
                raise Refused("conversation_closed")
            taken = _assign(author) if now.state == "queued" else ()
            return (*taken, message)
        case Take(agent=agent):
            if now.state == "closed":
                raise Refused("conversation_closed")
            if now.agent is not None and now.agent.id == agent.id:
                return ()
            if now.agent is not None and not command.force:
                raise Refused("already_taken", name=now.agent.name or "")
            return _assign(agent) if now.state == "queued" else (Assigned(agent),)
        case Release(agent=agent):
            if now.agent is None:
                return ()
            if now.agent.id != agent.id:
                raise Refused("already_taken", name=now.agent.name or "")
            return (Assigned(None), StateChanged("queued", agent))
        case Close(agent=agent):
            return () if now.state == "closed" else (StateChanged("closed", agent),)
        case Reopen(agent=agent):
            if now.state != "closed":
                return ()
            return _assign(agent)
        case MeetVisitor(visitor=visitor):
            return (LanguageChanged(visitor.language),) if visitor.language != now.language else ()
        case Translate():
            return (TranslationChanged(command.message, command.by, command.language, command.translation),)
        case Acknowledge():
            return ()


def _targets(now: Conversation, write: Write) -> tuple[str, ...]:
    """The languages a new message is needed in: the visitor's, the agent's, or those of all who may become
    it."""
    if not write.translatable:
        return ()
    if write.author.kind == "agent":
        wanted = {now.language}
    elif now.agent is not None and now.agent.id in write.readers:
        wanted = {write.readers[now.agent.id]}
    else:
        wanted = set(write.readers.values())
    return tuple(sorted(language for language in wanted if not same_language(language, write.language)))


def _assign(agent: Person) -> tuple[Happening, ...]:
    return (Assigned(agent), StateChanged("assigned", agent))


def settle(now: Conversation, command: Command) -> Conversation:
    """What a command changes without an event: receipts and the visitor's card."""
    match command:
        case Acknowledge(party=party):
            # A reader can't have seen what does not exist; what was seen was delivered.
            seen = min(command.seen, now.last_seq)
            delivered = max(min(command.delivered, now.last_seq), seen)
            before = now.by_visitor if party == "visitor" else now.by_agent
            after = Receipts(max(before.delivered, delivered), max(before.seen, seen))
            if party == "visitor":
                return replace(now, by_visitor=after)
            end = now.last_message.seq if now.last_message else 0
            return replace(now, by_agent=after, unread=0 if after.seen >= end else now.unread)
        case MeetVisitor(visitor=visitor):
            return replace(now, visitor=visitor)
        case _:
            return now


def evolve(now: Conversation, event: Event) -> Conversation:
    """The conversation after an event. The event's number must be the next one."""
    assert event.seq == now.last_seq + 1, "events are applied in order"
    after = partial(replace, now, last_seq=event.seq, updated_at=event.at)
    match event.what:
        case Message() as message:
            last = LastMessage(
                event.seq, event.at, message.author.kind, preview(message.text), message.language
            )
            if message.author.kind == "visitor":
                waiting = now.waiting_since or event.at
                return after(last_message=last, unread=now.unread + 1, waiting_since=waiting)
            return after(last_message=last, waiting_since=None)
        case TranslationChanged(
            message=seq, language=language, translation=Translated(status="done", text=text, doubtful=False)
        ):
            last_message = now.last_message
            if last_message is None or last_message.seq != seq or text is None:
                return after()
            shown = {**last_message.translations, language: preview(text)}
            return after(last_message=replace(last_message, translations=shown))
        case Assigned(agent=agent):
            return after(agent=agent)
        case StateChanged(state="closed"):
            return after(state="closed", agent=None, waiting_since=None, unread=0)
        case StateChanged(state=state):
            return after(state=state)
        case LanguageChanged(language=language):
            return after(visitor=replace(now.visitor, language=language))
        case _:
            return after()
