"""Keys to the translation API."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key: never the key itself. `requests` counts those of the day `used_on` (UTC)."""

    id: str
    name: str
    token_hash: str
    created_at: datetime
    last_used_at: datetime | None = None
    used_on: date | None = None
    requests: int = 0
    revoked_at: datetime | None = None

    def requests_on(self, day: date) -> int:
        return self.requests if self.used_on == day else 0
