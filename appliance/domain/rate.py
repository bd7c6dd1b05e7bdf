"""A token bucket whose time is an argument."""

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """Admits `rate` a second on average and `burst` at once.

    `wait(now)` takes one token and says how many seconds its taker must wait for it (0: none). The caller
    either waits or, if that is too long, gives it back with `give_back` and refuses.
    """

    rate: float
    burst: float
    tokens: float
    at: float
    late_since: float | None = None
    """Since when every taker had to wait; None when the last one had not."""

    @classmethod
    def full(cls, rate: float, burst: float, now: float) -> "Bucket":
        return cls(rate, burst, burst, now)

    def wait(self, now: float) -> float:
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate) - 1
        self.at = now
        if self.tokens >= 0:
            self.late_since = None
            return 0.0
        if self.late_since is None:
            self.late_since = now
        return -self.tokens / self.rate

    def give_back(self) -> None:
        self.tokens += 1
