"""How far an installation has come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..tags import Pair

Stage = Literal["download", "unpack", "verify", "trial", "done"]


@dataclass(frozen=True)
class Progress:
    """`done` of `total` bytes of a stage; `total` is None where nobody knows it."""

    stage: Stage
    done: int = 0
    total: int | None = None
    pair: Pair | None = None
    """From the trial on: the languages, which may be known only now."""


Report = Callable[[Progress], None]
"""Is told of every piece done. What it raises ends the installation, and nothing is left of it but what was
downloaded; at the stage `done` all is in place, and it must raise nothing."""


def nobody(progress: Progress) -> None:
    """A report that nobody reads."""
