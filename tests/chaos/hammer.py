"""Visitors who write without pause, and an agent who reads along, while the server comes and goes."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx2
import websockets

from tests.support.clients import Frame

AHEAD = 3
"""Messages a visitor on a socket sends before the first of them is acknowledged."""

_LOST = (OSError, websockets.WebSocketException, httpx2.TransportError, EOFError)


class Weather:
    """Whether the server is up; `acked` counts acknowledgements of all visitors."""

    def __init__(self) -> None:
        self.up = asyncio.Event()
        self.acked = 0
        self.enough = False
        """Nobody begins another message; what is under way is brought to its end."""
        self._news = asyncio.Condition()

    async def note_ack(self) -> None:
        async with self._news:
            self.acked += 1
            self._news.notify_all()

    async def until_acked(self, count: int) -> None:
        async with self._news:
            await self._news.wait_for(lambda: self.acked >= count)


class Log:
    """The events of a conversation as a reader gets them: each once, none missing."""

    def __init__(self) -> None:
        self.events: list[Frame] = []

    @property
    def last_seq(self) -> int:
        return self.events[-1]["seq"] if self.events else 0

    def take(self, event: Frame) -> None:
        assert event["seq"] == self.last_seq + 1, f"{event['seq']} came after {self.last_seq}"
        self.events.append(event)


class Writer:
    """A visitor. Messages are numbered: number 7 has the client id `m7`; `acks` gives the `seq` of each."""

    def __init__(self, url: str, session: Frame, weather: Weather) -> None:
        self.url = url
        self.token = session["token"]
        self.conversation = session["conversation"]
        self.weather = weather
        self.acks: dict[str, int] = {}
        self.sent = 0
        """The highest number that has ever been sent."""
        self.sent_again = 0

    @property
    def client_ids(self) -> list[str]:
        return [f"m{number}" for number in range(1, self.sent + 1)]

    def unacked(self) -> list[str]:
        return [client_id for client_id in self.client_ids if client_id not in self.acks]

    def next(self) -> str:
        self.sent += 1
        return f"m{self.sent}"

    async def note(self, ack: Frame) -> None:
        """An acknowledged message is never acknowledged as something else."""
        assert self.acks.setdefault(ack["client_id"], ack["seq"]) == ack["seq"]
        await self.weather.note_ack()

    async def write(self) -> None:
        """Until it is enough, over as many connections as it takes."""
        while not self.weather.enough or self.unacked():
            await self.weather.up.wait()
            with suppress(*_LOST):
                await self.connected()

    async def connected(self) -> None:
        raise NotImplementedError


class SocketWriter(Writer):
    """Over a socket, several messages ahead; after a break it sends again what was not acknowledged."""

    def __init__(self, url: str, session: Frame, weather: Weather) -> None:
        super().__init__(url, session, weather)
        self.log = Log()

    async def connected(self) -> None:
        address = self.url.replace("http", "ws", 1) + "/api/visitor/socket"
        async with websockets.connect(address, proxy=None, close_timeout=1) as socket:
            hello = {"type": "hello", "token": self.token, "after": self.log.last_seq}
            await socket.send(json.dumps(hello))
            for client_id in self.unacked():
                self.sent_again += 1
                await self._send(socket, client_id)
            while not self.weather.enough or self.unacked():
                while not self.weather.enough and len(self.unacked()) < AHEAD:
                    await self._send(socket, self.next())
                await self._take(json.loads(await socket.recv()))

    async def _send(self, socket: websockets.ClientConnection, client_id: str) -> None:
        frame = {"type": "send", "client_id": client_id, "text": f"Message {client_id}"}
        await socket.send(json.dumps(frame))

    async def _take(self, frame: Frame) -> None:
        match frame["type"]:
            case "welcome":
                assert not frame["reset"] or not self.log.events, "a resumed socket starts anew"
                for event in frame["events"]:
                    self.log.take(event)
            case "event":
                self.log.take(frame["event"])
            case "ack":
                if frame["event"] is not None:
                    self.log.take(frame["event"])
                await self.note(frame)
            case "error":
                raise AssertionError(frame)


class HttpWriter(Writer):
    """Over HTTP, one message at a time; without an answer it sends the same again."""

    async def connected(self) -> None:
        headers = {"authorization": f"Bearer {self.token}"}
        path = f"/api/conversations/{self.conversation}/messages"
        async with httpx2.AsyncClient(base_url=self.url, headers=headers, trust_env=False) as http:
            while not self.weather.enough or self.unacked():
                waiting = self.unacked()
                self.sent_again += len(waiting)
                client_id = waiting[0] if waiting else self.next()
                body = {"client_id": client_id, "text": f"Message {client_id}"}
                answer = await http.post(path, json=body)
                assert answer.status_code in (200, 201), answer.text
                await self.note(answer.json())


class Reader:
    """An agent with all conversations open, who resumes each after the last event received."""

    def __init__(self, url: str, cookie: str, conversations: list[str], weather: Weather) -> None:
        self.url = url
        self.cookie = cookie
        self.weather = weather
        self.logs = {conversation: Log() for conversation in conversations}
        self.opened: set[str] = set()
        """What is open on the connection of now."""
        self._news = asyncio.Condition()

    async def until_all_open(self) -> None:
        async with self._news:
            await self._news.wait_for(lambda: len(self.opened) == len(self.logs))

    async def until_read(self, last: Mapping[str, int]) -> None:
        """Returns when each conversation has been read up to its number in `last`."""
        async with self._news:
            await self._news.wait_for(
                lambda: all(self.logs[conversation].last_seq >= seq for conversation, seq in last.items())
            )

    async def read(self) -> None:
        """Until cancelled, over as many connections as it takes."""
        while True:
            await self.weather.up.wait()
            with suppress(*_LOST):
                await self._connected()

    async def _connected(self) -> None:
        address = self.url.replace("http", "ws", 1) + "/api/agent/socket"
        options: dict[str, Any] = {"origin": self.url, "additional_headers": {"cookie": self.cookie}}
        async with websockets.connect(address, proxy=None, close_timeout=1, **options) as socket:
            await socket.send(json.dumps({"type": "hello"}))
            for conversation, log in self.logs.items():
                frame = {"type": "open", "conversation": conversation, "after": log.last_seq}
                await socket.send(json.dumps(frame))
            while True:
                self._take(json.loads(await socket.recv()))
                async with self._news:
                    self._news.notify_all()

    def _take(self, frame: Frame) -> None:
        match frame["type"]:
            case "opened":
                log = self.logs[frame["conversation"]]
                self.opened.add(frame["conversation"])
                assert not frame["reset"] or not log.events, "a resumed conversation starts anew"
                for event in frame["events"]:
                    log.take(event)
            case "event":
                self.logs[frame["conversation"]].take(frame["event"])
            case "error":
                raise AssertionError(frame)
