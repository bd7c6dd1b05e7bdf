"""Token buckets whose time is an argument."""

import ipaddress
from collections import OrderedDict
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


class Buckets:
    """A bucket for each key; of more than `kept` keys the longest unused is forgotten, and so begins full."""

    def __init__(self, rate: float, burst: float, *, kept: int = 20_000) -> None:
        self._rate = rate
        self._burst = burst
        self._kept = kept
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def of(self, key: str, now: float) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket.full(self._rate, self._burst, now)
            if len(self._buckets) > self._kept:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        return bucket

    def forget(self, key: str) -> None:
        self._buckets.pop(key, None)


def network_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that an IPv6 client has to itself (RFC 6177)."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
