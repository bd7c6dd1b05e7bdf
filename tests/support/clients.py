"""Small clients of the protocol (docs/protocol.md), for tests and benchmarks."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import websockets

Frame = dict[str, Any]

PATIENCE = 20.0


class Socket:
    """A socket that keeps every frame it got, and waits for the one a test asks for."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection
        self.frames: list[Frame] = []
        self._arrived = asyncio.Condition()
        self._task = asyncio.create_task(self._read())
        self.close_code: int | None = None

    async def send(self, **frame: Any) -> None:
        await self.connection.send(json.dumps(frame))

    async def expect(self, kind: str, test: Callable[[Frame], bool] = lambda frame: True) -> Frame:
        """The first frame of this type, got already or still to come, that passes the test."""

        def found() -> Frame | None:
            return next((frame for frame in self.frames if frame["type"] == kind and test(frame)), None)

        async with asyncio.timeout(PATIENCE), self._arrived:
            await self._arrived.wait_for(lambda: found() is not None or self.close_code is not None)
        frame = found()
        assert frame is not None, f"closed with {self.close_code}, no such {kind} among {self.frames}"
        return frame

    async def event(self, test: Callable[[Frame], bool]) -> Frame:
        """The first event that passes the test."""
        frame = await self.expect("event", lambda frame: test(frame["event"]))
        return dict(frame["event"])

    async def closed(self) -> int:
        """The code the server closed with."""
        async with asyncio.timeout(PATIENCE), self._arrived:
            await self._arrived.wait_for(lambda: self.close_code is not None)
        assert self.close_code is not None
        return self.close_code

    async def close(self) -> None:
        await self.connection.close()
        await self._task

    async def _read(self) -> None:
        try:
            async for raw in self.connection:
                frame = json.loads(raw)
                async with self._arrived:
                    self.frames.append(frame)
                    if frame["type"] == "ack" and frame["event"] is not None:
                        self.frames.append({"type": "event", "event": frame["event"]})
                    self._arrived.notify_all()
        except websockets.ConnectionClosed:
            pass
        finally:
            async with self._arrived:
                self.close_code = self.connection.close_code or 1006
                self._arrived.notify_all()


@asynccontextmanager
async def socket(url: str, path: str, **options: Any) -> AsyncIterator[Socket]:
    async with websockets.connect(
        url.replace("http", "ws", 1) + path, max_size=2**22, proxy=None, **options
    ) as connection:
        client = Socket(connection)
        try:
            yield client
        finally:
            await client.close()


async def begin_visitor(url: str, **session: Any) -> Frame:
    """A new visitor's session: token, visitor, conversation."""
    async with httpx2.AsyncClient(base_url=url, trust_env=False) as http:
        answer = await http.post("/api/visitor/session", json=session)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@asynccontextmanager
async def visitor_socket(url: str, token: str, **hello: Any) -> AsyncIterator[Socket]:
    """A visitor's socket that has said hello and been welcomed."""
    async with socket(url, "/api/visitor/socket") as client:
        await client.send(type="hello", token=token, **{"after": 0, **hello})
        await client.expect("welcome")
        yield client


async def sign_in(link: str) -> str:
    """Uses a one-time sign-in link; gives the Cookie header of the session."""
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.post(link)
    assert answer.status_code == 303, answer.text
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


@asynccontextmanager
async def agent_socket(url: str, cookie: str) -> AsyncIterator[Socket]:
    """An agent's socket that has said hello and been welcomed."""
    async with socket(url, "/api/agent/socket", origin=url, additional_headers={"cookie": cookie}) as client:
        await client.send(type="hello")
        await client.expect("welcome")
        yield client
