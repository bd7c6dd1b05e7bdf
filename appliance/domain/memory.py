"""What people said about translations, as records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A person's own wording, fitted to the text that was asked for.

    `by`: the agent's id, None for what came from a file.
    """

    text: str
    translation: str
    approved_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict as it is stored. In both texts addresses and numbers of persons are slots (`{email}`).

    `id` is 0 before it is stored; `likeness` (64 bits, signed) is the same for texts taken for one; `by` is
    the agent's id, None for what came from a file.
    """

    id: int
    verdict: Verdict
    source: str
    target: str
    text: str
    translation: str
    likeness: int
    by: str | None
    at: datetime
