"""uvicorn's sockets, writing to the network once where they would write for every frame.

An acknowledgement and the event it is for, or an agent's fifty events, are ready within one turn of the event
loop. A system call for each is the largest part of what a message costs (docs/benchmarks.md).
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class GatheringSocket(WebSocketsSansIOProtocol):
    """For `uvicorn.Config(ws=…)`."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.BaseTransport, _Gathering(transport, self.loop)))


class _Gathering:
    """A transport that writes at the end of the loop's turn what was written in it."""

    __slots__ = ("_call_soon", "_pieces", "_transport")

    def __init__(self, transport: asyncio.BaseTransport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._call_soon = loop.call_soon
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._pieces:
            self._call_soon(self._flush)
        self._pieces.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._pieces:
            pieces, self._pieces = self._pieces, []
            self._transport.write(b"".join(pieces))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
