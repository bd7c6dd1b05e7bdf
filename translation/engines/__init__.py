"""What a translation engine is.

Nothing here imports an engine: a worker process imports the one module that a pack's loader names, so that an
engine's memory and crashes stay in the worker.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

THREADS = "TRANSLATION_THREADS"
"""The environment variable that says how many batches a worker's engines may compute at a time."""


class Engine(Protocol):
    """A loaded model for one direct pair. Used from one thread only."""

    @property
    def together(self) -> int:
        """Sentences it computes side by side, and which fail together: 1 if it takes them one by one."""
        ...

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """One translation for each sentence, in order."""
        ...


class Pending(Protocol):
    """Sentences that are being translated."""

    def wait(self) -> None:
        """Return when they are, or have failed. May be called from another thread."""
        ...

    def result(self) -> list[str]:
        """One translation for each sentence, in order. Raises what went wrong."""
        ...


@runtime_checkable
class ParallelEngine(Engine, Protocol):
    """An engine that computes several batches at a time, in threads of its own."""

    def begin(self, sentences: Sequence[str]) -> Pending:
        """Begin to translate, and return at once."""
        ...


Loader = Callable[[Mapping[str, Path]], Engine]
"""Loads a model from its files by role. Raises DamagedPackError if they cannot be used."""


class DamagedPackError(Exception):
    """A pack's files cannot be loaded; the message says which and why."""
