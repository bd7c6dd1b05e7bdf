"""How fast one client may be: first slowed down, then told."""

import asyncio
import math
from collections.abc import Awaitable, Callable

from appliance.domain.rate import Buckets
from appliance.domain.refusal import Refused

Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """`rate` a second and `burst` at once per key.

    Whoever is faster waits in line. They are refused, with the time to wait, when the line is longer than
    `patience` seconds, or when they have been faster for that long: a socket asks for one at a time and
    would never see a long line.
    """

    def __init__(
        self,
        rate: float,
        burst: float,
        *,
        patience: float,
        monotonic: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._buckets = Buckets(rate, burst)
        self._patience = patience
        self._monotonic = monotonic
        self._sleep = sleep

    async def admit(self, key: str) -> None:
        """Returns when `key` may go on. Raises `Refused("too_fast")`."""
        now = self._monotonic()
        bucket = self._buckets.of(key, now)
        wait = bucket.wait(now)
        late = 0.0 if bucket.late_since is None else now - bucket.late_since
        if wait > 0 and max(wait, late) > self._patience:
            bucket.give_back()
            raise Refused("too_fast", retry_after=math.ceil(wait * 10) / 10)
        if wait > 0:
            await self._sleep(wait)
