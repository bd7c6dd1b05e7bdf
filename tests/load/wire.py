"""A WebSocket client as cheap as Python can make one, so that it isn't what is measured.

Only what the benchmark needs: whole text frames, no extensions. It masks with a key of zeros, which is a
valid key and leaves the payload as it is; for the server every key costs the same.
"""

import asyncio
from collections.abc import Callable
from typing import cast

_UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Origin: http://127.0.0.1:{port}\r\n{headers}\r\n"
)
_TEXT, _CLOSE, _PING = 0x81, 0x88, 0x89
_NO_MASK = b"\0\0\0\0"


class Wire(asyncio.Protocol):
    """One connection. `on_text` gets each text frame's payload, and must be quick."""

    def __init__(self, path: str, port: int, headers: str, on_text: Callable[[bytes], None]) -> None:
        self._upgrade = _UPGRADE.format(path=path, port=port, headers=headers).encode()
        self._on_text = on_text
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[int] = loop.create_future()
        """The code the server closed with; 1006 without one."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._upgrade)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("refused"))
        self._closed(1006)

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, end, rest = buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = buffer
                return
            if b" 101 " not in head[:20]:
                self.ready.set_exception(ConnectionError(head[:80].decode("latin-1")))
                return
            self._upgraded = True
            self.ready.set_result(None)
            buffer = rest
        position, end_of_data = 0, len(buffer)
        while end_of_data - position >= 2:
            length, start = buffer[position + 1], position + 2
            if length == 126:
                start += 2
                length = int.from_bytes(buffer[position + 2 : start], "big")
            elif length == 127:
                start += 8
                length = int.from_bytes(buffer[position + 2 : start], "big")
            if end_of_data < start + length:
                break
            self._frame(buffer[position], buffer[start : start + length])
            position = start + length
        self._buffer = buffer[position:]

    def send(self, payload: bytes, opcode: int = _TEXT) -> None:
        assert self._transport is not None
        size = len(payload)
        if size < 126:
            head = bytes((opcode, 0x80 | size))
        elif size < 2**16:
            head = bytes((opcode, 0xFE)) + size.to_bytes(2, "big")
        else:
            raise ValueError("longer than anything a benchmark sends")
        self._transport.write(head + _NO_MASK + payload)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == _TEXT:
            self._on_text(payload)
        elif opcode == _PING:
            self.send(payload, 0x8A)
        elif opcode == _CLOSE:
            self._closed(int.from_bytes(payload[:2], "big") or 1005)

    def _closed(self, code: int) -> None:
        if not self.closed.done():
            self.closed.set_result(code)


async def connect(port: int, path: str, on_text: Callable[[bytes], None], headers: str = "") -> Wire:
    """A connection that is through its handshake. Raises ConnectionError, TimeoutError."""
    wire = Wire(path, port, headers, on_text)
    async with asyncio.timeout(30):
        await asyncio.get_running_loop().create_connection(lambda: wire, "127.0.0.1", port)
        await wire.ready
    return wire
