"""What visitors said of conversations that had ended."""

from dataclasses import dataclass
from datetime import datetime

from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text

SCORES = (1, 2, 3, 4, 5)
"""From very bad to very good."""

MAX_COMMENT = 1000


@dataclass(frozen=True, slots=True)
class Rating:
    """The last word of a visitor about a conversation, as it was until they began it again. `agent_id` had
    answered it; `region` looked after it.
    `language`: the visitor's."""

    conversation_id: str
    score: int
    comment: str | None
    language: str
    agent_id: str | None
    region: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Ratings counted; `by_score` from 1 to 5. `average` is None without any."""

    by_score: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def count(self) -> int:
        return sum(self.by_score)

    @property
    def average(self) -> float | None:
        total = sum(score * count for score, count in zip(SCORES, self.by_score, strict=True))
        return total / self.count if self.count else None


def checked_score(raw: object) -> int:
    """Raises `Refused("bad_field")`."""
    if isinstance(raw, bool) or not isinstance(raw, int) or raw not in SCORES:
        raise Refused("bad_field", field="score")
    return raw


def checked_comment(raw: object) -> str | None:
    """A comment as it will be stored; None where there is nothing to be seen of one.

    Raises `Refused`, the field being `comment`: `bad_field`, `wording_too_long`.
    """
    if raw is None:
        return None
    try:
        return clean_text(raw, MAX_COMMENT)
    except Refused as refusal:
        match refusal.code:
            case "text_empty":
                return None
            case "text_too_long":
                raise Refused("wording_too_long", field="comment", limit=MAX_COMMENT) from None
            case _:
                raise Refused("bad_field", field="comment") from None
