"""The queue of sentences and the worker processes that take from it."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .errors import CLOSED, ENGINE_FAILED, PACK_DAMAGED, TranslationError
from .packs import Pack
from .process import WorkerGoneError, WorkerProcess
from .protocol import Answer, Batch, Model, Result

logger = logging.getLogger(__name__)

SENTENCE_CHARACTERS = 75
"""A longer sentence counts as several in a batch (`Pack.batch`), since it takes as long."""

ATTEMPTS = 2
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 10.0
"""Seconds before a worker that died is started again: doubles with each death in a row."""


@dataclass(eq=False)
class _Unit:
    pack: Pack
    text: str
    done: asyncio.Future[str]
    failures: int = 0


@dataclass(eq=False)
class Lane:
    """The sentences of one text that wait. Workers take one sentence a lane in turn."""

    waiting: deque[_Unit] = field(default_factory=deque)


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

    worker: WorkerProcess | None = None
    memory: int = 0
    loaded: tuple[str, ...] = ()
    unwanted: set[str] = field(default_factory=set)
    """Models its worker may have loaded and shall unload."""
    deaths_in_a_row: int = 0


class Pool:
    """Up to `workers` processes, started when there is something for them.

    1. `ask` puts sentences into a text's lane and wakes a slot; slots are opened one by one while all are
       busy.
    2. A slot takes a batch of some 80 ms of work: one sentence from each lane in turn, so a short text never
       waits for a long one.
    3. The worker answers; each sentence's future is set.
    4. A worker that dies or hangs gives its sentences back, at the front, once. A sentence that has failed
       before travels alone, so that one that kills workers takes no other with it.
    5. The slot pauses, longer with each death in a row, and starts a fresh worker.
    """

    def __init__(self, *, workers: int, timeout: float, models_mb: int, worker_mb: int) -> None:
        self._limit = workers
        self._timeout = timeout
        self._models_mb = models_mb
        self._worker_bytes = worker_mb * 1024 * 1024
        self._lanes: deque[Lane] = deque()
        self._again: deque[_Unit] = deque()
        self._wake = asyncio.Condition()
        self._slots: dict[_Slot, asyncio.Task[None]] = {}
        self._idle = 0
        self._restarts = 0
        self._closed = False

    def stats(self) -> PoolStats:
        alive = [slot for slot in self._slots if slot.worker is not None and slot.worker.alive]
        return PoolStats(
            queued=sum(len(lane.waiting) for lane in self._lanes) + len(self._again),
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
        loop = asyncio.get_running_loop()
        units = [_Unit(pack, sentence, loop.create_future()) for sentence in sentences]
        if not lane.waiting:
            self._lanes.append(lane)
        lane.waiting.extend(units)
        await self._hands()
        try:
            return list(await asyncio.gather(*(unit.done for unit in units)))
        finally:
            # Cancelled, or one of them failed: nobody waits for the others any more.
            for unit in units:
                unit.done.cancel()

    async def unload(self, packs: Iterable[str]) -> None:
        """Have the workers unload packs, by key, that nobody will ask for again. Idle ones do so at once."""
        for slot in self._slots:
            slot.unwanted.update(packs)
        async with self._wake:
            self._wake.notify_all()

    async def close(self) -> None:
        """End all workers; what still waits fails with `closed`."""
        self._closed = True
        tasks = list(self._slots.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._slots.clear()
        for unit in [*self._again, *(unit for lane in self._lanes for unit in lane.waiting)]:
            _fail(unit, CLOSED, "the translator was closed")
        self._again.clear()
        self._lanes.clear()

    async def _hands(self) -> None:
        async with self._wake:
            self._wake.notify()
        if not self._idle and len(self._slots) < self._limit:
            slot = _Slot()
            self._slots[slot] = asyncio.create_task(self._run(slot), name="translation worker")

    async def _run(self, slot: _Slot) -> None:
        try:
            while True:
                await self._serve(slot, await self._take(slot))
        finally:
            if slot.worker is not None:
                await slot.worker.kill()
                slot.worker = None

    async def _take(self, slot: _Slot) -> list[_Unit]:
        """What to do next: sentences, or none where there is only something to unload."""
        async with self._wake:
            while not (batch := self._batch()) and not slot.unwanted:
                self._idle += 1
                try:
                    await self._wake.wait()
                finally:
                    self._idle -= 1
            return batch

    def _batch(self) -> list[_Unit]:
        while self._again:
            unit = self._again.popleft()
            if not unit.done.done():
                return [unit]
        batch: list[_Unit] = []
        full = 0.0
        while self._lanes and full < 1:
            lane = self._lanes.popleft()
            unit = lane.waiting.popleft()
            if lane.waiting:
                self._lanes.append(lane)
            if not unit.done.done():
                batch.append(unit)
                full += max(1, len(unit.text) / SENTENCE_CHARACTERS) / unit.pack.batch
        return batch

    async def _serve(self, slot: _Slot, units: list[_Unit]) -> None:
        try:
            if slot.worker is not None and not slot.worker.alive:
                # Ended while idle, and known to have: no fault of what it would have got now.
                slot.worker = None
                self._restarts += 1
            drop, slot.unwanted = slot.unwanted, set()
            if slot.worker is None:
                if not units:
                    return
                slot.worker = await WorkerProcess.start(self._models_mb)
                slot.memory, slot.loaded = 0, ()
            answer = await slot.worker.exchange(_batch_of(units, self._timeout, drop))
        except WorkerGoneError as reason:
            logger.warning("translation worker lost: %s", reason)
            slot.worker = None
            for unit in reversed(units):
                self._retry(unit, ENGINE_FAILED, f"the worker was lost: {reason}")
            await self._pause(slot)
        except asyncio.CancelledError:
            for unit in units:
                _fail(unit, CLOSED, "the translator was closed")
            raise
        except Exception:
            logger.exception("a translation batch could not be handled")
            for unit in units:
                _fail(unit, ENGINE_FAILED, "the batch could not be handled")
        else:
            slot.deaths_in_a_row = 0
            for unit, result in zip(units, answer.results, strict=True):
                self._settle(unit, result)
            await self._recycle(slot, answer)

    def _settle(self, unit: _Unit, result: Result) -> None:
        if result.text is not None:
            if not unit.done.done():
                unit.done.set_result(result.text)
        elif result.error == PACK_DAMAGED:
            _fail(unit, PACK_DAMAGED, f"{unit.pack.model}: {result.detail}")
        else:
            self._retry(unit, ENGINE_FAILED, f"{unit.pack.model} failed: {result.detail}")

    def _retry(self, unit: _Unit, code: str, message: str) -> None:
        unit.failures += 1
        if unit.failures >= ATTEMPTS:
            _fail(unit, code, message)
        else:
            self._again.appendleft(unit)

    async def _pause(self, slot: _Slot) -> None:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**slot.deaths_in_a_row)
        slot.deaths_in_a_row += 1
        self._restarts += 1
        # Another slot may be free for what was given back.
        async with self._wake:
            self._wake.notify()
        await asyncio.sleep(pause)

    async def _recycle(self, slot: _Slot, answer: Answer) -> None:
        slot.memory, slot.loaded = answer.memory, answer.loaded
        if slot.worker is not None and (answer.spent or answer.memory > self._worker_bytes):
            await slot.worker.kill()
            slot.worker = None
            self._restarts += 1


def _batch_of(units: Sequence[_Unit], limit: float, drop: Iterable[str]) -> Batch:
    models: dict[str, int] = {}
    for unit in units:
        models.setdefault(unit.pack.key, len(models))
    packs = {unit.pack.key: unit.pack for unit in units}
    return Batch(
        models=tuple(
            Model(
                name=name,
                loader=packs[name].loader,
                files=tuple((role, str(file)) for role, file in packs[name].files),
                bytes=packs[name].bytes,
            )
            for name in models
        ),
        units=tuple((models[unit.pack.key], unit.text) for unit in units),
        limit=limit,
        drop=tuple(drop),
    )


def _fail(unit: _Unit, code: str, message: str) -> None:
    if not unit.done.done():
        unit.done.set_exception(TranslationError(code, message))
