"""The bus between servers: broadcaster, kept alive.

broadcaster 0.3.1 loses its listener for good when Redis goes away, and says nothing. So every `BEAT`
seconds a beat is sent through the whole loop; when it does not come back, everything is torn down and built
anew, and whoever listens is told that something may have been missed (`on_gap`): what was said meanwhile is
in storage.
"""

import asyncio
import json
import logging
import secrets
from collections import deque
from collections.abc import Callable
from typing import Any

from broadcaster import Broadcast

_log = logging.getLogger(__name__)

_LIMIT = 10_000
_BEAT = 5.0
_RETRY = (0.2, 10.0)


class Bus:
    """`publish` and `tell_others` never wait and never fail. `on_message` gets what this server publishes at
    once, and what others publish once, or `on_gap` is called.

    `is_up` is false while messages can't travel; then nothing is queued, and readers look into storage
    instead. A bus in memory has this server alone on it, and carries nothing but its own beats.
    """

    def __init__(
        self,
        url: str,
        *,
        on_message: Callable[[dict[str, Any]], None],
        on_gap: Callable[[], None],
        beat_seconds: float = _BEAT,
    ) -> None:
        self._url = url
        self._is_alone = url.startswith("memory:")
        self._on_message = on_message
        self._on_gap = on_gap
        self._beat_seconds = beat_seconds
        self._outgoing: deque[str] = deque()
        self._filled = asyncio.Event()
        self._beaten = asyncio.Event()
        self._id = secrets.token_hex(8)
        self.is_up = False
        self.down = asyncio.Event()
        """Set while `is_up` is false."""
        self.down.set()

    def publish(self, message: dict[str, Any]) -> None:
        """Tells this server's readers and the others'."""
        self._on_message(message)
        self.tell_others(lambda: message)

    def tell_others(self, make: Callable[[], dict[str, Any]]) -> None:
        """Tells the readers of other servers; the message is made only if there may be any."""
        if self._is_alone or not self.is_up:
            return
        if len(self._outgoing) >= _LIMIT:
            self._outgoing.clear()
            self._queue({"kind": "gap"})
        self._queue(make())

    def _queue(self, message: dict[str, Any]) -> None:
        self._outgoing.append(json.dumps({**message, "from": self._id}, ensure_ascii=False))
        self._filled.set()

    async def run(self, workspace: str) -> None:
        """Keeps the bus alive until cancelled. Only servers of the same workspace (an id) hear each other,
        whoever else uses the same Redis."""
        channel = f"dragoman:{workspace}"
        shortest, longest = _RETRY
        delay = shortest
        while True:
            try:
                await self._serve(channel)
            except Exception as error:
                level = logging.WARNING if self.is_up or delay == shortest else logging.DEBUG
                _log.log(level, "The bus is down, trying again: %s", _innermost(error))
            if self.is_up:
                delay = shortest
            self.is_up = False
            self.down.set()
            self._outgoing.clear()
            self._on_gap()
            await asyncio.sleep(delay)
            delay = min(delay * 2, longest)

    async def _serve(self, channel: str) -> None:
        broadcast = Broadcast(self._url)
        await broadcast.connect()
        try:
            async with asyncio.timeout(self._beat_seconds):
                subscription = broadcast.subscribe(channel)
                subscriber = await subscription.__aenter__()
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._receive(subscriber.get))
                    group.create_task(self._beat(broadcast, channel))
                    group.create_task(self._send(broadcast, channel))
            finally:
                # Unsubscribing from a dead server would hang; the connection is dropped below in any case.
                async with asyncio.timeout(1):
                    await subscription.__aexit__(None, None, None)
        finally:
            async with asyncio.timeout(1):
                await broadcast.disconnect()

    async def _receive(self, get: Callable[[], Any]) -> None:
        while True:
            message = json.loads((await get()).message)
            match message["kind"]:
                case "beat" if message["from"] == self._id:
                    self._beaten.set()
                    if not self.is_up:
                        self.is_up = True
                        self.down.clear()
                        self._on_gap()
                        # What was stored here meanwhile, others may have missed without noticing.
                        self._queue({"kind": "gap"})
                case "gap" if message["from"] != self._id:
                    self._on_gap()
                case "beat" | "gap":
                    pass
                case _ if message["from"] != self._id:
                    self._on_message(message)

    async def _beat(self, broadcast: Broadcast, channel: str) -> None:
        beat = json.dumps({"kind": "beat", "from": self._id})
        while True:
            self._beaten.clear()
            async with asyncio.timeout(self._beat_seconds):
                await broadcast.publish(channel, beat)
                await self._beaten.wait()
            await asyncio.sleep(self._beat_seconds)

    async def _send(self, broadcast: Broadcast, channel: str) -> None:
        while True:
            if not self._outgoing:
                self._filled.clear()
                await self._filled.wait()
                continue
            await broadcast.publish(channel, self._outgoing.popleft())


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
