"""A whole application in this process, without a network: what requests and sockets meet."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
from starlette.applications import Starlette

from appliance.app import create_app
from appliance.domain.people import Agent
from appliance.parts import Parts
from appliance.settings import Settings
from appliance.storage.schema import hold
from tests.conftest import Clock

ORIGIN = "http://chat.test"
COOKIE = "dragoman-80"
PATIENCE = 20

Frame = dict[str, Any]


class AsgiSocket:
    """A socket into the application; keeps what came and waits for what is to come."""

    def __init__(self, app: Starlette, path: str, headers: dict[str, str]) -> None:
        self.frames: list[Frame] = []
        self.close_code: int | None = None
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._news = asyncio.Condition()
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws",
            "server": ("chat.test", 80),
            "client": ("127.0.0.1", 4711),
            "root_path": "",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [
                (b"host", b"chat.test"),
                *((name.encode(), value.encode()) for name, value in headers.items()),
            ],
            "subprotocols": [],
            "state": {},
        }
        self._incoming.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(app(scope, self._incoming.get, self._take))

    async def send(self, **frame: Any) -> None:
        self.send_text(json.dumps(frame))

    def send_text(self, text: str) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "text": text})

    def send_bytes(self, content: bytes) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "bytes": content})

    async def expect(self, kind: str, test: Callable[[Frame], bool] = lambda frame: True) -> Frame:
        """The first frame of this type that passes the test, got already or still to come."""
        return await self.any_of((kind,), test)

    async def any_of(self, kinds: Sequence[str], test: Callable[[Frame], bool]) -> Frame:
        """The first frame of one of these types that passes the test."""

        def found() -> Frame | None:
            return next((frame for frame in self.frames if frame["type"] in kinds and test(frame)), None)

        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: found() is not None or self.close_code is not None)
        frame = found()
        assert frame is not None, f"closed with {self.close_code}, none of {kinds} among {self.frames}"
        return frame

    async def event(self, test: Callable[[Frame], bool]) -> Frame:
        frame = await self.expect("event", lambda frame: test(frame["event"]))
        return dict(frame["event"])

    async def closed(self) -> int:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: self.close_code is not None)
        assert self.close_code is not None
        return self.close_code

    async def leave(self) -> None:
        self._incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self._task

    async def _take(self, message: dict[str, Any]) -> None:
        async with self._news:
            if message["type"] == "websocket.send":
                text: str = message["text"]
                text.encode("utf-8")
                frame = json.loads(text)
                self.frames.append(frame)
                if frame["type"] == "ack" and frame["event"] is not None:
                    self.frames.append({"type": "event", "event": frame["event"]})
            elif message["type"] == "websocket.close":
                self.close_code = message["code"]
                self._incoming.put_nowait({"type": "websocket.disconnect", "code": message["code"]})
            self._news.notify_all()


@dataclass
class House:
    """The application with a client, its parts, and who has signed in."""

    app: Starlette
    http: httpx2.AsyncClient
    parts: Parts
    clock: Clock
    agents: dict[str, Agent] = field(default_factory=dict)

    async def agent(self, name: str = "Emma", role: str = "agent", language: str = "en") -> str:
        """An agent, new if need be; gives the Cookie header of a session."""
        if name not in self.agents:
            self.agents[name] = await self.parts.team.add(
                email=f"{name.lower()}@lumina.example",
                name=name,
                password=None,
                language=language,
                time_zone="Europe/Vilnius",
                role=role,  # type: ignore[arg-type]
            )
        return f"{COOKIE}={await self.parts.team.begin_session(self.agents[name], 'Firefox')}"

    async def visitor(self, **session: Any) -> Frame:
        answer = await self.http.post("/api/visitor/session", json=session)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    @asynccontextmanager
    async def socket(self, path: str, **headers: str) -> AsyncIterator[AsgiSocket]:
        client = AsgiSocket(self.app, path, headers)
        try:
            yield client
        finally:
            await client.leave()

    @asynccontextmanager
    async def visitor_socket(self, session: Frame, **hello: Any) -> AsyncIterator[AsgiSocket]:
        async with self.socket("/api/visitor/socket") as client:
            await client.send(type="hello", token=session["token"], **hello)
            await client.expect("welcome")
            yield client

    @asynccontextmanager
    async def agent_socket(self, cookie: str) -> AsyncIterator[AsgiSocket]:
        async with self.socket("/api/agent/socket", origin=ORIGIN, cookie=cookie) as client:
            await client.send(type="hello")
            await client.expect("welcome")
            yield client


@asynccontextmanager
async def open_house(
    directory: Path, clock: Clock, *, demo: bool = False, gallery: bool = False, **settings: Any
) -> AsyncIterator[House]:
    """The application, started, on a directory of its own."""
    found: list[Parts] = []

    async def remember(parts: Parts) -> None:
        found.append(parts)

    chosen = replace(Settings(data_dir=directory), **settings)
    with hold(directory):
        app = create_app(chosen, demo=demo, gallery=gallery, clock=clock, on_start=remember)
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url=ORIGIN) as http,
        ):
            yield House(app, http, found[0], clock)
