"""What is done a little later, unless it has become unnecessary: departures that may be reloads."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from appliance.services.ports import Alarm, Clock

_log = logging.getLogger(__name__)


class Graces:
    """Calls back in the order of asking, each after the same time by the clock. `run` must be running."""

    def __init__(self, grace: timedelta, clock: Clock, alarm: Alarm) -> None:
        self._grace = grace
        self._clock = clock
        self._alarm = alarm
        self._waiting: deque[tuple[datetime, Callable[[], None]]] = deque()
        self._filled = asyncio.Event()

    def later(self, callback: Callable[[], None]) -> None:
        self._waiting.append((self._clock() + self._grace, callback))
        self._filled.set()

    async def run(self) -> None:
        while True:
            if not self._waiting:
                self._filled.clear()
                await self._filled.wait()
                continue
            await self._alarm(self._waiting[0][0])
            while self._waiting and self._waiting[0][0] <= self._clock():
                _, callback = self._waiting.popleft()
                try:
                    callback()
                except Exception:
                    _log.exception("A departure could not be noted")
