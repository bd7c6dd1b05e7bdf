"""What visitors were told who came while nobody was there, and whether it came true."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Standing = Literal["open", "kept", "broken"]

GRACE = timedelta(hours=1)
"""After the promised time an agent has so long to answer: "somebody will be there at nine" is not "you are
the first at nine", and whoever comes at nine finds a queue."""


@dataclass(frozen=True, slots=True)
class Promise:
    """`promised_at` is None where no time could be named. `answered_at`: when an agent wrote first after the
    promise was made."""

    id: int
    conversation_id: str
    region_id: str
    made_at: datetime
    promised_at: datetime | None
    answered_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """`kept`: answered before the promised time or within an hour of it. `broken`: not by then. Without a
        time nothing can be broken, so an answer keeps it."""
        due_at = self.due_at
        if self.answered_at is None:
            return "open" if due_at is None or now <= due_at else "broken"
        return "kept" if due_at is None or self.answered_at <= due_at else "broken"

    @property
    def due_at(self) -> datetime | None:
        """Until when an answer keeps it."""
        return None if self.promised_at is None else self.promised_at + GRACE
