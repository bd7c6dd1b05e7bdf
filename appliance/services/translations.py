"""Fills in, for each language a reader needs, what was written. Messages never wait for it."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from appliance.domain.commands import Translate
from appliance.domain.conversation import (
    NO_ENGINE,
    PENDING,
    Event,
    Message,
    Party,
    Translated,
    TranslationChanged,
    found_in,
    party_of,
)
from appliance.domain.entries import Appended, Entry, FailedTranslation
from appliance.domain.languages import same_language
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from appliance.services.ports import Clock, Ledger, TranslationEngine
from translation import TranslationError, needs_translation

_log = logging.getLogger(__name__)

REASONS = frozenset({"no_route", "engine_failed", "too_long", "busy"})
"""Why a translation can have failed, as docs/protocol.md lists it."""

AT_ONCE = 2
"""Texts of one conversation under way: nobody's long ones keep the workers from anybody else's short one."""

_AT_A_TIME = 100
"""Failed translations looked at together."""

_Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Job:
    conversation_id: str
    message: int
    by: Party
    text: str
    source: str
    target: str
    found: str | None = None
    """The source again, where the message was taken for another language at first."""

    @property
    def key(self) -> _Key:
        return (self.conversation_id, self.message, self.target)


class _Lines:
    """The jobs that wait, up to `room`: a line for each conversation, and the lines take turns."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._size = 0
        self._lines: dict[str, deque[Job]] = {}
        self._under_way: Counter[str] = Counter()
        # The conversations that wait and have fewer than AT_ONCE under way, each once, in order.
        self._turns: asyncio.Queue[str] = asyncio.Queue()
        self._in_turn: set[str] = set()

    def __len__(self) -> int:
        return self._size

    def put(self, job: Job) -> Job | None:
        """Puts a job at the end of its line. Returns the one there is no room for: the last of the longest
        line."""
        self._lines.setdefault(job.conversation_id, deque()).append(job)
        self._size += 1
        excess = self._excess(job) if self._size > self._room else None
        self._line_up(job.conversation_id)
        return excess

    async def get(self) -> Job:
        """The next job; its conversation gets room for another with `done`."""
        conversation = await self._turns.get()
        self._in_turn.remove(conversation)
        job = self._lines[conversation].popleft()
        self._size -= 1
        self._under_way[conversation] += 1
        self._line_up(conversation)
        return job

    def done(self, job: Job) -> None:
        conversation = job.conversation_id
        self._under_way[conversation] -= 1
        self._line_up(conversation)

    def _excess(self, newcomer: Job) -> Job:
        own = self._lines[newcomer.conversation_id]
        longest = max(self._lines.values(), key=len)
        self._size -= 1
        # A line that has its turn is not emptied: of lines as long, the newcomer's own is cut.
        return longest.pop() if len(longest) > len(own) else own.pop()

    def _line_up(self, conversation: str) -> None:
        """Gives a conversation its turn if it may have one, and forgets it if there is nothing of it left."""
        if not self._lines.get(conversation):
            self._lines.pop(conversation, None)
            if not self._under_way[conversation]:
                del self._under_way[conversation]
        elif conversation not in self._in_turn and self._under_way[conversation] < AT_ONCE:
            self._in_turn.add(conversation)
            self._turns.put_nowait(conversation)


class Translations:
    """Takes every message that waits for a translation to the engine and records the result.

    What waits is a `pending` row in the ledger; the queue in memory is only the part at hand, so a restart
    or an overflow forgets nothing.
    """

    def __init__(
        self,
        engine: TranslationEngine,
        journal: Journal,
        ledger: Ledger,
        clock: Clock,
        *,
        concurrency: int = 32,
        backlog: int = 1000,
        again_seconds: float = 30.0,
    ) -> None:
        self._engine = engine
        self._journal = journal
        self._ledger = ledger
        self._clock = clock
        self._concurrency = concurrency
        self._backlog = backlog
        self._again_seconds = again_seconds
        self._lines = _Lines(backlog)
        self._held: set[_Key] = set()
        # Rows left by an earlier run are looked for at the start.
        self._more_on_disk = True
        self._idle = asyncio.Event()
        self._idle.set()

    def observe(self, appended: Appended) -> None:
        """Takes note of the messages and retries among what was just stored."""
        for event in appended.events:
            if isinstance(event.what, Message):
                for target in event.what.targets:
                    self._hold(_job(appended.conversation.id, event, event.what, target))
            elif isinstance(event.what, TranslationChanged) and event.what.translation.status == "pending":
                # The text is not at hand; the loader reads it.
                self._look_again()

    async def want(self, conversation_id: str, events: Iterable[Event], language: str) -> None:
        """Asks for translations into a reader's language of those messages that have none yet."""
        for event in events:
            if (
                isinstance(event.what, Message)
                and not any(
                    same_language(known, language)
                    for known in (*event.what.targets, *event.what.ready, *event.translations)
                )
                and _needed(event.what, language)
            ):
                await self._record(conversation_id, event, language, PENDING)

    async def retry(self, conversation_id: str, message: int, language: str) -> None:
        """Puts a failed or doubtful translation back in line. Raises `Refused("not_found")` if there is no
        such message; does nothing where none is needed."""
        events = await self._ledger.events(conversation_id, after=message - 1, limit=1)
        if not events or events[0].seq != message or not isinstance(events[0].what, Message):
            raise Refused("not_found", field="seq")
        state = events[0].translations.get(language)
        open_to_it = state is None or state.status == "failed" or state.doubtful
        if open_to_it and _needed(events[0].what, language):
            await self._record(conversation_id, events[0], language, _again(state))

    async def found_in(
        self, conversation_id: str, event: Event, language: str, readers: Iterable[str]
    ) -> None:
        """Records that a message is in another language than it was taken for, and has it translated from
        that one for its readers. What a person has said about a translation stands."""
        message = cast(Message, event.what)
        await self._record(conversation_id, event, language, found_in(language))
        for target in dict.fromkeys((*message.targets, *event.translations, *readers)):
            if not same_language(target, language):
                await self._record(conversation_id, event, target, replace(PENDING, source=language))
            elif target != language:
                await self._record(conversation_id, event, target, found_in(language))

    async def take_up(self, leads: Callable[[str, str], bool]) -> int:
        """Puts back in line what no language pack could translate and one can now, in conversations that are
        not closed; how many that were. `leads` says whether one language can be translated into another."""
        taken = after = 0
        while failed := await self._ledger.failed_translations(after=after, limit=_AT_A_TIME):
            after = failed[-1].row
            ways = [one for one in failed if one.reason == "no_route"]
            taken += sum(await asyncio.gather(*(self._second_chance(one, leads) for one in ways)))
        return taken

    async def _second_chance(self, failed: FailedTranslation, leads: Callable[[str, str], bool]) -> bool:
        events = await self._ledger.events(failed.conversation_id, after=failed.message - 1, limit=1)
        if not events or not isinstance(events[0].what, Message):
            return False
        # Somebody may have asked for it again meanwhile.
        state = events[0].translations.get(failed.language)
        if state is None or state.status != "failed" or not leads(events[0].what.language, failed.language):
            return False
        await self._record(failed.conversation_id, events[0], failed.language, _again(state))
        return True

    async def run(self) -> None:
        """Works until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._load_from_disk())
            for _ in range(self._concurrency):
                group.create_task(self._work())

    async def _load_from_disk(self) -> None:
        while True:
            await self._idle.wait()
            self._idle.clear()
            if not self._more_on_disk:
                continue
            try:
                await self._load()
            except Exception:
                _log.exception("What waits for a translation could not be read")
                self._look_again_later()

    async def _load(self) -> None:
        rows = await self._ledger.pending_translations(self._backlog)
        self._more_on_disk = len(rows) == self._backlog
        for row in rows:
            key = (row.conversation_id, row.message, row.language)
            if key in self._held:
                continue
            events = await self._ledger.events(row.conversation_id, after=row.message - 1, limit=1)
            # It may have been translated since the rows were read.
            state = events[0].translations.get(row.language) if events else None
            if state is not None and state.status == "pending":
                message = cast(Message, events[0].what)
                self._hold(_job(row.conversation_id, events[0], message, row.language, state.source))

    def _look_again(self) -> None:
        self._more_on_disk = True
        self._idle.set()

    def _look_again_later(self) -> None:
        """The row is still pending, and what keeps it from being written may pass (a full disk)."""
        asyncio.get_running_loop().call_later(self._again_seconds, self._look_again)

    def _hold(self, job: Job) -> None:
        if job.key in self._held:
            return
        self._held.add(job.key)
        excess = self._lines.put(job)
        if excess is not None:
            self._held.discard(excess.key)
            self._more_on_disk = True

    async def _work(self) -> None:
        while True:
            job = await self._lines.get()
            try:
                await self._do(job)
            except Exception:
                _log.exception("A translation could not be recorded")
                self._look_again_later()
            finally:
                self._held.discard(job.key)
                self._lines.done(job)
                if self._more_on_disk and len(self._lines) <= self._backlog // 2:
                    self._idle.set()

    async def _do(self, job: Job) -> None:
        try:
            result = await self._engine.translate(job.text, job.source, job.target)
            translated = Translated(
                "done",
                # The text itself is no translation: whoever asks is shown the original.
                None if result.engine == NO_ENGINE else result.translation,
                result.engine,
                result.path,
                result.flags,
                doubtful=result.doubtful,
                model=result.model or None,
                source=job.found,
            )
        except TranslationError as error:
            if error.code == "closed":
                # The server is stopping. The row stays pending and is taken up at the next start.
                return
            reason = error.code if error.code in REASONS else "engine_failed"
            translated = Translated("failed", reason=reason, source=job.found)
        entry = Translate(job.message, job.by, job.target, translated, self._clock())
        if not (await self._journal.submit(Entry(job.conversation_id, entry))).events:
            # It came too late to count; what counts now may have been passed over while this was under way.
            self._more_on_disk = True

    async def _record(self, conversation_id: str, event: Event, language: str, state: Translated) -> None:
        message = cast(Message, event.what)
        command = Translate(event.seq, party_of(message.author), language, state, self._clock())
        await self._journal.submit(Entry(conversation_id, command))


def _job(conversation_id: str, event: Event, message: Message, target: str, found: str | None = None) -> Job:
    source = found or message.language
    return Job(conversation_id, event.seq, party_of(message.author), message.text, source, target, found)


def _again(state: Translated | None) -> Translated:
    return PENDING if state is None else replace(PENDING, source=state.source)


def _needed(message: Message, language: str) -> bool:
    return not same_language(message.language, language) and needs_translation(message.text)
