"""Answers for visitors who have gone: by mail, to the address they left.

1. An agent writes; the conversation is noted.
2. A minute after the last message, and at most five after the first, it is looked at: whoever has seen it
   meanwhile needs no mail, and who is connected is waited for.
3. What they have not seen, and no mail has had, becomes one letter in the outbox, in their language.

What is noted is in memory only; what an ended server leaves is found in storage by the next.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from appliance.domain.conversation import Conversation, Event, Message, Translated
from appliance.domain.entries import Appended
from appliance.domain.languages import same_language
from appliance.domain.mail import Letter, Mail
from appliance.domain.mail_address import ascii_address
from appliance.domain.people import Visitor
from appliance.services.outbox import GIVEN_UP_AFTER
from appliance.services.ports import Alarm, Clock
from appliance.services.waking import wait_for

GRACE = timedelta(seconds=60)
"""After the last message, for more of them and for the visitor to come back."""

AT_MOST = timedelta(minutes=5)
"""After the first, however many more come."""

_TRANSLATION = timedelta(seconds=15)
_AGAIN = timedelta(seconds=60)
_MOST_NOTED = 10_000
_MOST_MESSAGES = 20
"""In one mail. The others are in the chat."""
_READ = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the visitor reads it, and as it was written where that is something else."""

    author: str | None
    text: str
    language: str
    original: str | None = None
    original_language: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a visitor has not seen. `left_out`: earlier messages there was no room for. `through`: the number
    of the last."""

    visitor: Visitor
    lines: Sequence[Line]
    left_out: int
    through: int


class MailBook(Protocol):
    async def through(self, conversation_id: str) -> int: ...
    async def unseen(self, since: datetime, limit: int) -> list[str]: ...
    async def forget(self, conversation_id: str) -> None: ...


class Conversations(Protocol):
    async def conversation(self, conversation_id: str) -> Conversation | None: ...
    async def events(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 100
    ) -> list[Event]: ...


Write = Callable[[Answer], Awaitable[Letter]]
"""Makes a letter of an answer, in the visitor's language."""

Put = Callable[[str, str, Letter], Awaitable[None]]
"""Stores a letter for a conversation and an address in the outbox. May raise `Refused`."""


@dataclass(slots=True)
class _Noted:
    first_at: datetime
    due: datetime


class AnswersByMail:
    """`is_online`: whether a visitor is connected. `run` must be running for anything to happen."""

    def __init__(
        self,
        ledger: Conversations,
        book: MailBook,
        find: Callable[[str], Awaitable[Visitor | None]],
        is_online: Callable[[str], bool],
        write: Write,
        put: Put,
        clock: Clock,
        alarm: Alarm,
    ) -> None:
        self._ledger = ledger
        self._book = book
        self._find = find
        self._is_online = is_online
        self._write = write
        self._put = put
        self._clock = clock
        self._alarm = alarm
        self._noted: dict[str, _Noted] = {}
        self._news = asyncio.Event()

    def observe(self, appended: Appended) -> None:
        """Notes conversations in which an agent has just written."""
        for event in appended.events:
            if isinstance(event.what, Message) and event.what.author.kind == "agent":
                self._note(appended.conversation.id, event.at)

    async def wanted(self, mail: Mail) -> bool:
        """Whether the visitor still has the address and has not seen the end of what a mail says."""
        if mail.conversation_id is None or mail.letter is None:
            return False
        conversation = await self._ledger.conversation(mail.conversation_id)
        if conversation is None:
            return False
        visitor = await self._find(conversation.visitor.id)
        if visitor is None or visitor.email is None or ascii_address(visitor.email) != mail.recipient:
            return False
        return conversation.by_visitor.seen < mail.letter.through

    async def forget(self, visitor: Visitor) -> None:
        """No mail goes to this visitor any more. Raises `Refused("storage_full")`."""
        self._noted.pop(visitor.conversation_id, None)
        await self._book.forget(visitor.conversation_id)

    async def run(self) -> None:
        """Takes up what an earlier server has left, then whatever is noted, until it is cancelled."""
        await self._take_up()
        while True:
            self._news.clear()
            await self.look()
            due = min((noted.due for noted in self._noted.values()), default=None)
            if due is None:
                await self._news.wait()
            elif due > self._clock():
                await wait_for(self._news, self._alarm, due)

    async def look(self) -> None:
        """Looks at every conversation whose time has come."""
        for conversation_id, noted in list(self._noted.items()):
            now = self._clock()
            if noted.due > now:
                continue
            try:
                again = await self._consider(conversation_id, noted)
            except Exception as error:
                # A full disk, mostly. What is not stored is not lost: it is in the conversation.
                _log.error("An answer could not be put into the outbox, and is tried again: %s", error)
                again = now + _AGAIN
            if self._noted.get(conversation_id) is not noted or noted.due > now:
                # Forgotten, or written in again, meanwhile.
                continue
            if again is None or now - noted.first_at > GIVEN_UP_AFTER:
                del self._noted[conversation_id]
            else:
                noted.due = again

    def _note(self, conversation_id: str, at: datetime) -> None:
        noted = self._noted.get(conversation_id)
        if noted is not None:
            noted.due = max(noted.due, min(at + GRACE, noted.first_at + AT_MOST))
        elif len(self._noted) < _MOST_NOTED:
            self._noted[conversation_id] = _Noted(at, at + GRACE)
        else:
            _log.warning("So many visitors wait for answers by mail that no more are noted")
        self._news.set()

    async def _take_up(self) -> None:
        now = self._clock()
        try:
            left = await self._book.unseen(now - GIVEN_UP_AFTER, _MOST_NOTED)
        except Exception as error:
            _log.error("Answers of before this start could not be looked for: %s", error)
            return
        for conversation_id in left:
            self._note(conversation_id, now)

    async def _consider(self, conversation_id: str, noted: _Noted) -> datetime | None:
        """Puts a letter into the outbox, if one is needed. Returns when to look again, if at all."""
        now = self._clock()
        conversation = await self._ledger.conversation(conversation_id)
        if conversation is None:
            return None
        visitor = await self._find(conversation.visitor.id)
        recipient = None if visitor is None or visitor.email is None else ascii_address(visitor.email)
        if visitor is None or recipient is None:
            return None
        seen = max(conversation.by_visitor.seen, await self._book.through(conversation_id))
        unread = [
            event
            for event in await self._ledger.events(conversation_id, before=2**31 - 1, limit=_READ)
            if event.seq > seen and isinstance(event.what, Message) and event.what.author.kind == "agent"
        ]
        if not unread:
            return None
        if self._is_online(visitor.id):
            return now + _AGAIN
        pending = any(_state(event, visitor.language, "pending") for event in unread)
        if pending and now - noted.first_at < AT_MOST:
            return now + _TRANSLATION
        lines = [_line(event, visitor.language) for event in unread[-_MOST_MESSAGES:]]
        answer = Answer(visitor, lines, len(unread) - len(lines), unread[-1].seq)
        await self._put(conversation_id, recipient, await self._write(answer))
        return None


def _state(event: Event, language: str, status: str) -> Translated | None:
    return next(
        (
            state
            for tag, state in event.translations.items()
            if state.status == status and same_language(tag, language)
        ),
        None,
    )


def _line(event: Event, language: str) -> Line:
    """As the chat shows it: a translation that is doubtful is not shown, the original is."""
    message = event.what
    assert isinstance(message, Message)
    done = _state(event, language, "done")
    if done is None or done.text is None or done.doubtful or done.text == message.text:
        return Line(message.author.name, message.text, message.language)
    return Line(message.author.name, done.text, language, message.text, message.language)
