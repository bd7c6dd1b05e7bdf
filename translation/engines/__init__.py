"""What a translation engine is.

Nothing here imports an engine: a worker process imports the one module that a pack's loader names, so that an
engine's memory and crashes stay in the worker.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Engine(Protocol):
    """A loaded model for one direct pair. Used from one thread only."""

    @property
    def together(self) -> int:
        """Sentences it computes side by side, and which fail together: 1 if it takes them one by one."""
        ...

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """One translation for each sentence, in order."""
        ...


Loader = Callable[[Mapping[str, Path]], Engine]
"""Loads a model from its files by role. Raises DamagedPackError if they cannot be used."""


class DamagedPackError(Exception):
    """A pack's files cannot be loaded; the message says which and why."""
