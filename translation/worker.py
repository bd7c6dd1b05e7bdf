"""A worker process: `python -m translation.worker MEMORY_MB`.

Reads batches from standard input, writes answers to standard output, in order, and ends when standard input
ends. One thread does everything, since fxtranslate's objects belong to the thread that made them; an engine
with threads of its own may have several batches under way (`ParallelEngine`).
"""

import importlib
import os
import resource
import select
import signal
import sys
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from .allocator import loading
from .engines import DamagedPackError, Engine, Loader, ParallelEngine, Pending
from .errors import ENGINE_FAILED, PACK_DAMAGED
from .protocol import Answer, Batch, Incoming, Model, Result, frame, parse_batch

CHUNK = 65536

GRACE = 1.0
"""Seconds after a batch's limit when a hung worker whose parent is gone is ended by the system."""


class Engines:
    """The loaded engines, least recently used first, within a budget of bytes of model files.

    The one in use stays even where it alone is over the budget.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._loaded: OrderedDict[str, tuple[Engine, int]] = OrderedDict()

    def get(self, model: Model) -> Engine:
        """The engine of a model, loaded now if need be. Raises DamagedPackError."""
        if model.name not in self._loaded:
            while self._loaded and self._size() + model.bytes > self._budget:
                self._loaded.popitem(last=False)
            self._loaded[model.name] = (_load(model), model.bytes)
        self._loaded.move_to_end(model.name)
        return self._loaded[model.name][0]

    def drop(self, names: Iterable[str]) -> None:
        """Unload models by name; those that are not loaded are none the wiser."""
        for name in names:
            self._loaded.pop(name, None)

    def loaded(self) -> tuple[str, ...]:
        """The names of the models that are loaded now."""
        return tuple(self._loaded)

    def _size(self) -> int:
        return sum(size for _, size in self._loaded.values())


def _load(model: Model) -> Engine:
    module, _, function = model.loader.partition(":")
    loader: Loader = getattr(importlib.import_module(module), function)
    with loading():
        return loader(model.paths())


def resident_bytes() -> int:
    """Memory of this process that is in RAM now (its peak, where the system does not tell)."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


@dataclass(eq=False)
class UnderWay:
    """A batch that is being translated, or has been: `results` has something for each sentence then."""

    batch: Batch
    results: list[Result] = field(default_factory=list)
    spent: bool = False
    pending: Pending | None = None
    ready: bool = True
    """Whether `finish` need not wait. Set by the thread that waits (`Bell`)."""


def begin(batch: Batch, engines: Engines) -> UnderWay:
    """Translate a batch, its sentences together if the engine takes them so; or only begin to, if it can.

    Where sentences are computed together they fail together; the pool then sends each by itself. A panic of
    a native engine arrives as a BaseException and may leave the engine broken: the answer is marked spent,
    and the worker is replaced by a fresh one.
    """
    engines.drop(batch.drop)
    under_way = UnderWay(batch)
    if batch.model is None or not batch.sentences:
        return under_way
    try:
        engine = engines.get(batch.model)
        if isinstance(engine, ParallelEngine):
            under_way.pending = engine.begin(batch.sentences)
            under_way.ready = False
        else:
            under_way.results, under_way.spent = _translate(engine, batch.sentences)
    except DamagedPackError as reason:
        under_way.results = [Result(None, PACK_DAMAGED, str(reason))] * len(batch.sentences)
    except BaseException as reason:
        under_way.results, under_way.spent = [_failed(reason)] * len(batch.sentences), True
    return under_way


def finish(under_way: UnderWay, engines: Engines) -> Answer:
    """The answer to a batch that was begun; waits for it if need be."""
    if under_way.pending is not None:
        sentences = under_way.batch.sentences
        try:
            answers = under_way.pending.result()
            under_way.results = [Result(text) for text, _ in zip(answers, sentences, strict=True)]
        except BaseException as reason:
            under_way.results, under_way.spent = [_failed(reason)] * len(sentences), True
    return Answer(tuple(under_way.results), resident_bytes(), under_way.spent, engines.loaded())


def _translate(engine: Engine, sentences: Sequence[str]) -> tuple[list[Result], bool]:
    """A result for each sentence, and whether the engine panicked over any."""
    results: list[Result] = []
    spent = False
    for start in range(0, len(sentences), engine.together):
        group = sentences[start : start + engine.together]
        try:
            answers = engine.translate(group)
            results += [Result(text) for text, _ in zip(answers, group, strict=True)]
        except BaseException as reason:
            results += [_failed(reason)] * len(group)
            spent = True
    return results, spent


def _failed(reason: BaseException) -> Result:
    # A panic is no Exception. Its type alone is told: its text may quote what was translated.
    return Result(None, ENGINE_FAILED, type(reason).__name__)


class Bell:
    """A thread that waits for batches, in order, and rings after each: `descriptor` can be read then."""

    def __init__(self) -> None:
        self.descriptor, self._far_end = os.pipe()
        self._waiting: SimpleQueue[UnderWay] = SimpleQueue()
        self._thread: Thread | None = None

    def watch(self, under_way: UnderWay) -> None:
        """Ring when a batch is ready."""
        if self._thread is None:
            self._thread = Thread(target=self._ring, name="waiting for batches", daemon=True)
            self._thread.start()
        self._waiting.put(under_way)

    def heard(self) -> None:
        os.read(self.descriptor, CHUNK)

    def _ring(self) -> None:
        while True:
            under_way = self._waiting.get()
            if under_way.pending is not None:
                under_way.pending.wait()
            under_way.ready = True
            os.write(self._far_end, b".")


def serve(incoming: int, outgoing: BinaryIO, engines: Engines) -> None:
    """Answer the batches that come in at a descriptor until it ends or an engine has panicked."""
    frames, bell = Incoming(), Bell()
    asked: deque[Batch] = deque()
    under_way: deque[UnderWay] = deque()
    listening = True
    while listening or asked or under_way:
        if under_way and under_way[0].ready:
            reply = finish(under_way.popleft(), engines)
            _limit(under_way)
            outgoing.write(frame(reply))
            outgoing.flush()
            if reply.spent:
                return
        elif asked:
            batch = asked.popleft()
            if not under_way:
                _alarm(batch.limit)
            under_way.append(begin(batch, engines))
            if not under_way[-1].ready:
                bell.watch(under_way[-1])
        else:
            ready, _, _ = select.select([bell.descriptor, *([incoming] if listening else [])], [], [])
            if bell.descriptor in ready:
                bell.heard()
            if incoming in ready:
                data = os.read(incoming, CHUNK)
                listening = bool(data)
                asked += map(parse_batch, frames.feed(data))


def _limit(under_way: deque[UnderWay]) -> None:
    """The oldest batch's time begins when it has become the oldest."""
    if under_way:
        _alarm(under_way[0].batch.limit)
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _alarm(limit: float) -> None:
    # A native call holds the interpreter: only the system's own alarm can end it if nobody kills us.
    signal.setitimer(signal.ITIMER_REAL, limit + GRACE)


def main() -> None:
    """Keep the real standard output for frames; whatever prints goes to standard error."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as outgoing:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin.fileno(), outgoing, Engines(int(sys.argv[1]) * 1024 * 1024))


if __name__ == "__main__":
    main()
