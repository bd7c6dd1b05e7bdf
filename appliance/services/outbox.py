"""What waits to be sent, one at a time, until the mail server has taken it.

1. The mail that is due first is looked at; nobody needs it any more → it is dropped.
2. It is handed over. Taken → `sent`; refused for good → `failed`, with the reason.
3. Anything else → it waits for its next attempt, longer each time, and is given up after three days.

A crash between the server's word and ours makes it go out again, with the same Message-ID.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from appliance.domain.mail import Letter, Mail, MailStatus
from appliance.domain.refusal import Refused
from appliance.services.mail_message import to_bytes
from appliance.services.ports import Alarm, Clock
from appliance.services.smtp import Carrier, NotSent
from appliance.services.smtp_address import MailFrom
from appliance.services.waking import wait_for

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
)
"""Between two attempts; the last one again and again."""

GIVEN_UP_AFTER = timedelta(days=3)
MOST = 10_000
"""Mails that wait. More are refused: the conversations are in the chat all the same."""

_KEPT = timedelta(days=30)
"""After so long it is forgotten that a mail was sent."""
_REST = timedelta(minutes=1)
"""After the server could not be reached, before anything else is tried."""
_PROBLEM = 500
_SWEEP = timedelta(hours=6)

_log = logging.getLogger(__name__)


class MailBook(Protocol):
    async def add(self, mail: Mail) -> None: ...
    async def next(self) -> Mail | None: ...
    async def queued(self) -> int: ...
    async def save(self, mail: Mail) -> None: ...
    async def hasten(self, now: datetime) -> None: ...
    async def remove(self, mail_id: int) -> None: ...
    async def prune(self, before: datetime) -> None: ...


class Outbox:
    """`wanted` says whether somebody still needs a mail. `run` must be running for anything to go out."""

    def __init__(
        self,
        book: MailBook,
        carrier: Carrier,
        mail_from: MailFrom,
        wanted: Callable[[Mail], Awaitable[bool]],
        clock: Clock,
        alarm: Alarm,
    ) -> None:
        self._book = book
        self._carrier = carrier
        self._from = mail_from
        self._wanted = wanted
        self._clock = clock
        self._alarm = alarm
        self._news = asyncio.Event()
        self._rests_until: datetime | None = None
        self._swept_at: datetime | None = None
        self._first_tries: dict[str, asyncio.Future[MailStatus]] = {}

    async def put(self, conversation_id: str | None, recipient: str, letter: Letter) -> None:
        """Stores a mail; it is tried at once. Raises `Refused`: `busy`, `storage_full`."""
        if await self._book.queued() >= MOST:
            raise Refused("busy", retry_after=60)
        now = self._clock()
        await self._book.add(Mail(0, conversation_id, recipient, letter, "queued", 0, now, now))
        self._news.set()

    async def put_and_see(self, recipient: str, letter: Letter, patience: float) -> MailStatus:
        """As `put`, for a mail of no conversation, and says what came of the first attempt; `queued` too when
        there was none within `patience` seconds."""
        tried: asyncio.Future[MailStatus] = asyncio.get_running_loop().create_future()
        self._first_tries[letter.message_id] = tried
        try:
            await self.put(None, recipient, letter)
            async with asyncio.timeout(patience):
                return await tried
        except TimeoutError:
            return "queued"
        finally:
            del self._first_tries[letter.message_id]

    async def run(self) -> None:
        """Sends until it is cancelled."""
        while True:
            self._news.clear()
            try:
                until = await self.attempt()
            except Exception as error:
                # A full disk, mostly. What was being sent is tried again.
                _log.error("The outbox could not go on, and tries again: %s", error)
                until = self._clock() + _REST
            if until is None:
                await self._news.wait()
            elif until > self._clock():
                await wait_for(self._news, self._alarm, until)

    async def attempt(self) -> datetime | None:
        """Tries the mail that is due first. Returns when to look again; None: when there is a new one."""
        now = self._clock()
        await self._sweep(now)
        if self._rests_until is not None and now < self._rests_until:
            return self._rests_until
        mail = await self._book.next()
        if mail is None:
            return None
        if mail.next_attempt_at is not None and mail.next_attempt_at > now:
            return mail.next_attempt_at
        letter = mail.letter
        if letter is None or not await self._wanted(mail):
            await self._book.remove(mail.id)
            return now
        try:
            await self._carrier.carry(to_bytes(mail, letter, self._from, now), mail.recipient)
        except NotSent as refusal:
            await self._not_sent(mail, refusal)
        except Exception as error:
            # What can't even be written down as a message will not be the next time either.
            _log.exception("Mail %d could not be made", mail.id)
            await self._not_sent(mail, NotSent(type(error).__name__, final=True))
        else:
            await self._sent(mail)
        return self._clock()

    async def _sent(self, mail: Mail) -> None:
        attempts = mail.attempts + 1
        await self._book.save(
            replace(mail, status="sent", attempts=attempts, next_attempt_at=None, problem=None)
        )
        self._tell(mail, "sent")
        _log.debug("Mail %d was sent", mail.id)
        if self._rests_until is not None:
            # The server is back: what waited for it needs to wait no longer.
            self._rests_until = None
            await self._book.hasten(self._clock())
            _log.info("The mail server takes mail again")

    async def _not_sent(self, mail: Mail, refusal: NotSent) -> None:
        now = self._clock()
        attempts = mail.attempts + 1
        over = refusal.final or now - mail.created_at >= GIVEN_UP_AFTER
        pause = PAUSES[min(attempts, len(PAUSES)) - 1]
        problem = refusal.problem[:_PROBLEM]
        if refusal.server:
            if self._rests_until is None:
                # Servers repeat addresses in what they say of a mail, but not in what they say of us.
                _log.warning("The mail server takes no mail: %s", problem)
            self._rests_until = now + _REST
        if over:
            _log.warning("Mail %d was given up after %d attempts", mail.id, attempts)
        await self._book.save(
            replace(
                mail,
                status="failed" if over else "queued",
                attempts=attempts,
                next_attempt_at=None if over else now + pause,
                problem=problem,
            )
        )
        self._tell(mail, "failed" if over else "queued")

    def _tell(self, mail: Mail, status: MailStatus) -> None:
        """Whoever waits to hear what became of a mail."""
        tried = self._first_tries.get(mail.letter.message_id) if mail.letter else None
        if tried is not None and not tried.done():
            tried.set_result(status)

    async def _sweep(self, now: datetime) -> None:
        if self._swept_at is None:
            # Whoever starts it anew may just have put the mail server's setting right.
            await self._book.hasten(now)
        if self._swept_at is None or now - self._swept_at >= _SWEEP:
            self._swept_at = now
            await self._book.prune(now - _KEPT)
