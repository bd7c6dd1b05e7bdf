"""The sending side of a socket: frames in order, conversations in order of their numbers.

For a conversation only the last number sent is kept, never the events themselves: however slow the reader,
what waits for it is a mark. Of frames that take each other's place only the newest waits. A reader so slow
that even its other frames pile up, or that takes nothing for `STALL` seconds, is cut off and may resume.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from appliance.domain.conversation import Event
from appliance.realtime.hub import Hub
from appliance.services.inbox import PAGE

_log = logging.getLogger(__name__)

STALL = 20.0
_LIMIT = 512
_TURN = 32
"""Frames that one socket may send before others get their turn."""

Render = Callable[[str, Event], dict[str, Any]]
"""An event of a conversation as a frame for this reader."""


def encode(frame: dict[str, Any]) -> str:
    """A frame as text. It holds no lone surrogates: whatever comes in is cleaned of them."""
    return orjson.dumps(frame).decode()


class Outgoing:
    """A task exists only while there is something to send: most of a chat's sockets are silent most of the
    time."""

    def __init__(self, websocket: WebSocket, hub: Hub, render: Render) -> None:
        self._websocket = websocket
        self._hub = hub
        self._render = render
        self._frames: deque[dict[str, Any]] = deque()
        self._sent: dict[str, int] = {}
        self._marked: dict[str, None] = {}
        self._newest: dict[str, Callable[[], str]] = {}
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def push(self, frame: dict[str, Any]) -> None:
        """Sends a frame when its turn comes."""
        if self._closed:
            return
        self._frames.append(frame)
        self._wake()

    def supersede(self, key: str, make: Callable[[], str]) -> None:
        """Sends what `make` gives when its turn comes, unless another with the same key has taken its
        place."""
        if not self._closed:
            self._newest[key] = make
            self._wake()

    def follow(self, conversation_id: str, seq: int) -> None:
        """From now on, sends the events of a watched conversation after `seq`."""
        self._sent[conversation_id] = seq
        self.mark(conversation_id)

    def last_sent(self, conversation_id: str) -> int:
        """The number up to which the reader has been sent a conversation; 0 when it is not followed."""
        return self._sent.get(conversation_id, 0)

    def take_over(self, conversation_id: str, seq: int) -> bool:
        """Whether this number is the next to be sent of a conversation; if so, the caller's frame brings
        it."""
        is_next = self._sent.get(conversation_id) == seq - 1
        if is_next:
            self._sent[conversation_id] = seq
        return is_next

    def unfollow(self, conversation_id: str) -> None:
        self._sent.pop(conversation_id, None)
        self._marked.pop(conversation_id, None)

    def mark(self, conversation_id: str, last_seq: int | None = None) -> None:
        """There may be more to send of a conversation; with `last_seq`, only if that has not been sent."""
        sent = self._sent.get(conversation_id)
        if sent is None or self._closed or (last_seq is not None and last_seq <= sent):
            return
        self._marked[conversation_id] = None
        self._wake()

    def mark_all(self) -> None:
        for conversation_id in self._sent:
            self.mark(conversation_id)

    async def close(self) -> None:
        """Stops sending."""
        self._closed = True
        task = self._task
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _wake(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._pump())

    async def _pump(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(STALL) as limit:
                begun, turns = loop.time(), 0
                while not self._closed and await self._send_next():
                    turns += 1
                    if turns % _TURN == 0:
                        await asyncio.sleep(0)
                    if loop.time() - begun > 1:
                        begun = loop.time()
                        limit.reschedule(begun + STALL)
        except TimeoutError:
            await self._cut_off()
        except (WebSocketDisconnect, RuntimeError):
            # Gone; the receiving side notices and cleans up.
            self._closed = True
        except Exception:
            # A reader that is cut off comes back and catches up; one left in silence would not know.
            _log.exception("A socket could not be served")
            await self._cut_off()
        finally:
            self._task = None

    async def _send_next(self) -> bool:
        """False when there is nothing to send."""
        if len(self._frames) > _LIMIT:
            await self._cut_off()
        elif self._frames:
            await self._send(encode(self._frames.popleft()))
        elif self._marked:
            conversation_id = next(iter(self._marked))
            del self._marked[conversation_id]
            await self._catch_up(conversation_id)
        elif self._newest:
            await self._send(self._newest.pop(next(iter(self._newest)))())
        else:
            return False
        return True

    async def _catch_up(self, conversation_id: str) -> None:
        events = await self._hub.events_after(conversation_id, self._sent[conversation_id])
        for event in events:
            if self._sent.get(conversation_id) != event.seq - 1:
                # Left meanwhile, or opened anew at another place.
                break
            self._sent[conversation_id] = event.seq
            await self._send(encode(self._render(conversation_id, event)))
        if len(events) >= PAGE:
            self.mark(conversation_id)

    async def _send(self, text: str) -> None:
        await self._websocket.send({"type": "websocket.send", "text": text})

    async def _cut_off(self) -> None:
        self._closed = True
        self._frames.clear()
        self._newest.clear()
        if self._websocket.application_state is WebSocketState.CONNECTED:
            try:
                async with asyncio.timeout(1):
                    await self._websocket.close(1013)
            except (TimeoutError, RuntimeError, WebSocketDisconnect):
                # Gone, or its buffers are full: then the server's own ping timeout ends it.
                return
