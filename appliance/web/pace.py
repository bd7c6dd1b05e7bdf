"""How fast one client may be: first slowed down, then told."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from appliance.domain.rate import Bucket
from appliance.domain.refusal import Refused

_KEPT = 20_000

Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """`rate` a second and `burst` at once per key; whoever is faster waits up to `patience` seconds in
    line, beyond that is refused with the time to wait."""

    def __init__(
        self,
        rate: float,
        burst: float,
        *,
        patience: float,
        monotonic: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._patience = patience
        self._monotonic = monotonic
        self._sleep = sleep
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def admit(self, key: str) -> None:
        """Returns when `key` may go on. Raises `Refused("too_fast")`."""
        now = self._monotonic()
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket.full(self._rate, self._burst, now)
            if len(self._buckets) > _KEPT:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        wait = bucket.wait(now)
        if wait > self._patience:
            bucket.give_back()
            raise Refused("too_fast", retry_after=round(wait, 1))
        if wait > 0:
            await self._sleep(wait)
