"""A worker process: `python -m translation.worker MEMORY_MB`.

Reads batches from standard input, writes answers to standard output, ends when standard input ends. One
thread does everything: fxtranslate's objects belong to the thread that made them.
"""

import importlib
import os
import resource
import signal
import sys
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from .engines import DamagedPackError, Engine, Loader
from .errors import ENGINE_FAILED, PACK_DAMAGED
from .protocol import HEADER, Answer, Batch, Model, Result, body_length, frame, parse_batch

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
    return loader(model.paths())


def resident_bytes() -> int:
    """Memory of this process that is in RAM now (its peak, where the system does not tell)."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def answer(batch: Batch, engines: Engines) -> Answer:
    """Translate a batch, its sentences together if the engine takes them so.

    Where sentences are computed together they fail together; the pool then sends each by itself. A panic of
    a native engine arrives as a BaseException and may leave the engine broken: the answer is marked spent,
    and the worker is replaced by a fresh one.
    """
    engines.drop(batch.drop)
    results: list[Result] = []
    spent = False
    if batch.model is not None and batch.sentences:
        try:
            engine = engines.get(batch.model)
        except DamagedPackError as reason:
            results = [Result(None, PACK_DAMAGED, str(reason))] * len(batch.sentences)
        except BaseException as reason:
            results = [_failed(reason)] * len(batch.sentences)
            spent = True
        else:
            results, spent = _translate(engine, batch.sentences)
    return Answer(tuple(results), resident_bytes(), spent, engines.loaded())


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


def serve(incoming: BinaryIO, outgoing: BinaryIO, engines: Engines) -> None:
    """Answer batches until the input ends or an engine has panicked."""
    while header := incoming.read(HEADER.size):
        batch = parse_batch(incoming.read(body_length(header)))
        # A native call holds the interpreter: only the system's own alarm can end it if nobody kills us.
        signal.setitimer(signal.ITIMER_REAL, batch.limit + GRACE)
        reply = answer(batch, engines)
        signal.setitimer(signal.ITIMER_REAL, 0)
        outgoing.write(frame(reply))
        outgoing.flush()
        if reply.spent:
            return


def main() -> None:
    """Keep the real standard output for frames; whatever prints goes to standard error."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as outgoing:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin.buffer, outgoing, Engines(int(sys.argv[1]) * 1024 * 1024))


if __name__ == "__main__":
    main()
