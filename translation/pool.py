"""The worker processes and what each of them has under way."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from .cores import usable
from .errors import CLOSED, ENGINE_FAILED, PACK_DAMAGED, TranslationError
from .packs import Pack
from .process import WorkerGoneError, WorkerProcess
from .protocol import Answer, BadFrameError, Batch, Model, Result
from .waiting import Lane, Unit, Waiting
from .waiting import ask as question_to

logger = logging.getLogger(__name__)

ATTEMPTS = 2
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 10.0
"""Seconds before a worker that died is started again: doubles with each death in a row."""

QUIET_TURNS = 3
"""Turns of the event loop in which no sentence has come in, after which those that wait are handed out: texts
that arrive together take a different number of turns to get here."""

QUIET = 0.001
LONGEST_WAIT = 0.05
"""Seconds. A model that computes sentences side by side takes hardly longer for thirty than for ten, and who
has just been answered often asks again. So after a batch of several sentences such a model gets the next when
nobody has asked for so long, and no later than this."""

STARTING = 60.0
"""Seconds a fresh process has until it listens; a batch's own time counts from then."""

MOST_AT_A_TIME = 8
"""Batches that one worker computes at a time, with an engine that can: one on each of its cores."""

AHEAD = 2
"""Batches that a worker has at most of a model whose engine computes one after the other."""


class Worker(Protocol):
    """What a pool needs of a `WorkerProcess`."""

    @property
    def pid(self) -> int: ...

    @property
    def alive(self) -> bool: ...

    def send(self, batch: Batch, answered: Callable[[Answer], None]) -> None: ...

    def end(self, reason: str) -> None: ...

    async def gone(self) -> str: ...


Start = Callable[[int, int], Awaitable[Worker]]
"""Starts a worker, given MB for models and batches at a time. Raises WorkerGoneError."""


@dataclass(frozen=True)
class PoolStats:
    """`queued` sentences wait; `workers` processes live; `memory_mb` is what they take in RAM together;
    `loaded` are the keys of the packs that at least one of them has loaded."""

    queued: int
    workers: int
    restarts: int
    memory_mb: float
    loaded: frozenset[str]


@dataclass(eq=False)
class _Slot:
    """Room for one worker process, which comes and goes."""

    needed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there is something for a worker that is not there."""
    worker: Worker | None = None
    listens: bool = False
    """Whether its worker has answered anything yet."""
    under_way: deque[list[Unit]] = field(default_factory=deque)
    """Batches its worker has, oldest first."""
    memory: int = 0
    loaded: tuple[str, ...] = ()
    unwanted: set[str] = field(default_factory=set)
    """Models its worker may have loaded and shall unload."""
    deaths_in_a_row: int = 0

    @property
    def alive(self) -> bool:
        return self.worker is not None and self.worker.alive


class Pool:
    """Up to `workers` processes, started when there is something for them.

    1. `ask` lets sentences wait (`waiting`). They are handed out as soon as no more come in with each turn of
       the event loop, so that texts that arrive together are translated together.
    2. A worker that has nothing to do gets a batch. Slots are opened one by one while all are busy.
    3. A worker gets more than one batch where the engine computes several at a time, one on each core; or,
       with all slots open, where enough waits for a full batch, so that it need not wait for us in between.
    4. The worker answers; each question whose last sentence it was is answered.
    5. A worker that dies or hangs gives its sentences back: those it was at are tried once more, each by
       itself, so that one that kills workers takes no other with it; those sent ahead wait again as before.
    6. The slot pauses, longer with each death in a row, and starts a fresh worker.
    """

    def __init__(
        self,
        *,
        workers: int,
        timeout: float,
        models_mb: int,
        worker_mb: int,
        cores: int | None = None,
        start: Start = WorkerProcess.start,
    ) -> None:
        self._limit = workers
        self._at_a_time = max(1, min(MOST_AT_A_TIME, (cores or usable()) // max(1, workers)))
        self._start = start
        self._timeout = timeout
        self._models_mb = models_mb
        self._worker_bytes = worker_mb * 1024 * 1024
        self._waiting = Waiting()
        self._arrived = False
        """Whether sentences have come in since the event loop last came round."""
        self._gathering = False
        self._patient = False
        """Whether more sentences are worth waiting for (`LONGEST_WAIT`)."""
        self._slots: dict[_Slot, asyncio.Task[None]] = {}
        self._restarts = 0
        self._closed = False

    def stats(self) -> PoolStats:
        alive = [slot for slot in self._slots if slot.alive]
        return PoolStats(
            queued=len(self._waiting),
            workers=len(alive),
            restarts=self._restarts,
            memory_mb=round(sum(slot.memory for slot in alive) / 1024 / 1024, 1),
            loaded=frozenset(key for slot in alive for key in slot.loaded),
        )

    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers that live."""
        return tuple(slot.worker.pid for slot in self._slots if slot.worker is not None)

    async def ask(self, lane: Lane, pack: Pack, sentences: Sequence[str]) -> list[str]:
        """Translate sentences, in order. Raises TranslationError for the first that fails."""
        if self._closed:
            raise TranslationError(CLOSED, "the translator is closed")
        if not sentences:
            return []
        question, units = question_to(pack, sentences)
        self._waiting.put(lane, units)
        self._arrived = True
        self._gather()
        return await question.done

    async def unload(self, packs: Iterable[str]) -> None:
        """Have the workers unload packs, by key, that nobody will ask for again. Idle ones do so at once."""
        for slot in self._slots:
            slot.unwanted.update(packs)
        self._hand_out()

    async def close(self) -> None:
        """End all workers; what still waits fails with `closed`."""
        self._closed = True
        tasks = list(self._slots.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._slots.clear()
        for unit in self._waiting.drain():
            unit.fail(TranslationError(CLOSED, "the translator was closed"))

    def _gather(self) -> None:
        """Hand out what waits once no more comes in."""
        if not self._gathering:
            self._gathering = True
            self._arrived = True
            now = asyncio.get_running_loop().time()
            self._gather_on(now, now + LONGEST_WAIT if self._patient else now, 0)

    def _gather_on(self, expected: float, until: float, quiet: int) -> None:
        """Wait on if anything has come in, or the event loop was too busy (later than `expected`) to say.
        `quiet` is the turns in a row in which nothing has."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        patient = now < until
        busy = self._arrived or (patient and now > expected + QUIET)
        quiet = 0 if busy else quiet + 1
        self._arrived = False
        enough = self._waiting.fills(self._at_a_time if self._waiting.side_by_side else 1)
        if enough or quiet >= (1 if patient else QUIET_TURNS):
            self._gathering = False
            self._hand_out()
        elif patient:
            loop.call_later(QUIET, self._gather_on, now + QUIET, until, quiet)
        else:
            loop.call_soon(self._gather_on, now, until, quiet)

    def _hand_out(self) -> None:
        if self._closed:
            return
        for slot in self._slots:
            if slot.alive and not slot.under_way:
                self._give(slot, self._at_a_time)
        if not self._waiting:
            return
        for slot in self._slots:
            # One whose worker is gone starts another.
            slot.needed.set()
        if len(self._slots) < self._limit:
            self._open()
        for slot in self._slots:
            while slot.listens and slot.alive and (room := self._room(slot)) > 0:
                self._give(slot, room)

    def _give(self, slot: _Slot, takers: int) -> None:
        units = self._waiting.batch(takers)
        if units or slot.unwanted:
            self._send(slot, units, self._timeout)

    def _room(self, slot: _Slot) -> int:
        """How many batches more a worker may have, all of them as the next one is."""
        if not self._waiting:
            return 0
        if self._waiting.side_by_side:
            return self._at_a_time - len(slot.under_way)
        others_come = len(self._slots) < self._limit or not all(slot.listens for slot in self._slots)
        return 0 if others_come or not self._waiting.fills(1) else AHEAD - len(slot.under_way)

    def _open(self) -> None:
        slot = _Slot()
        slot.needed.set()
        self._slots[slot] = asyncio.create_task(self._run(slot), name="translation worker")

    async def _run(self, slot: _Slot) -> None:
        """Have a worker in a slot while there is something for it."""
        try:
            while True:
                await slot.needed.wait()
                slot.needed.clear()
                if not self._waiting:
                    continue
                try:
                    slot.worker = await self._start(self._models_mb, self._at_a_time)
                    self._send(slot, [], STARTING)
                    reason = await slot.worker.gone()
                except WorkerGoneError as gone:
                    reason = str(gone)
                except Exception as broken:
                    logger.exception("a translation worker could not be looked after")
                    reason = type(broken).__name__
                    await self._end(slot)
                await self._lost(slot, reason)
        finally:
            for unit in [unit for batch in slot.under_way for unit in batch]:
                unit.fail(TranslationError(CLOSED, "the translator was closed"))
            await self._end(slot)

    async def _end(self, slot: _Slot) -> None:
        worker, slot.worker = slot.worker, None
        if worker is not None:
            worker.end("not wanted any more")
            await worker.gone()

    def _send(self, slot: _Slot, units: list[Unit], limit: float) -> None:
        if slot.worker is None:
            return
        drop, slot.unwanted = slot.unwanted, set()
        try:
            slot.worker.send(_batch_of(units, limit, drop), partial(self._answered, slot))
        except BadFrameError as reason:
            for unit in units:
                unit.fail(TranslationError(ENGINE_FAILED, f"not sent to a worker: {reason}"))
        else:
            slot.under_way.append(units)

    def _answered(self, slot: _Slot, answer: Answer) -> None:
        units = slot.under_way.popleft()
        slot.listens = True
        if units:
            slot.deaths_in_a_row = 0
        slot.memory, slot.loaded = answer.memory, answer.loaded
        for unit, result in zip(units, answer.results, strict=True):
            self._settle(unit, result)
        outgrown = bool(units) and answer.memory > self._worker_bytes
        if slot.worker is not None and (answer.spent or outgrown):
            self._take_back(slot)
            slot.worker.end("replaced by a fresh one")
        self._patient = len(units) > 1 and units[0].pack.side_by_side
        if self._patient and self._waiting:
            self._gather()
        else:
            self._hand_out()

    def _settle(self, unit: Unit, result: Result) -> None:
        model = unit.pack.model
        if result.text is not None:
            unit.answer(result.text)
        elif result.error == PACK_DAMAGED:
            unit.fail(TranslationError(PACK_DAMAGED, f"{model}: {result.detail}"))
        else:
            self._retry(unit, f"{model} failed: {result.detail}")

    def _retry(self, unit: Unit, message: str) -> None:
        unit.failures += 1
        if unit.failures >= ATTEMPTS:
            unit.fail(TranslationError(ENGINE_FAILED, message))
        else:
            self._waiting.again(unit)

    def _take_back(self, slot: _Slot) -> None:
        """What was sent ahead and not begun."""
        while slot.under_way:
            self._waiting.give_back(slot.under_way.pop())

    async def _lost(self, slot: _Slot, reason: str) -> None:
        """A slot's worker has ended, or could not be started."""
        self._restarts += 1
        begun: list[Unit] = []
        while slot.under_way and (not begun or begun[0].pack.side_by_side):
            begun += slot.under_way.popleft()
        self._take_back(slot)
        if not slot.listens:
            # Whatever is wrong here, nobody shall wait for ever.
            begun = self._waiting.batch()
        slot.worker, slot.listens, slot.memory, slot.loaded = None, False, 0, ()
        for unit in reversed(begun):
            self._retry(unit, f"the worker was lost: {reason}")
        # Another slot may be free for what was given back.
        self._hand_out()
        if begun:
            logger.warning("translation worker lost: %s", reason)
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**slot.deaths_in_a_row)
            slot.deaths_in_a_row += 1
            await asyncio.sleep(pause)


def _batch_of(units: Sequence[Unit], limit: float, drop: Iterable[str]) -> Batch:
    return Batch(
        model=Model.of(units[0].pack) if units else None,
        sentences=tuple(unit.text for unit in units),
        limit=limit,
        drop=tuple(drop),
    )
