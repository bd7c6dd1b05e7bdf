"""The load, in a process of its own: `python -m tests.load.generator`, a plan on standard input, figures out.

Floor and product get the same load from the same code: a closed loop in which each connection has one message
under way, and sends the next when that one has come to the end of its way.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx2
import uvloop

from tests.load.processes import cpu_seconds
from tests.load.wire import Wire, connect

OPEN_PER_AGENT = 50
"""Conversations one agent's socket may have open (docs/protocol.md)."""

_TEXT = "Hello, can you tell me when the lamp that I ordered on Monday will arrive?"


@dataclass(frozen=True, slots=True)
class Plan:
    """`mode`: `echo` (the floor), `chat` (Dragoman), `idle` (visitors' sockets that only stay open)."""

    mode: str
    port: int
    connections: int
    seconds: float = 0.0
    warm_up: float = 0.0
    cookie: str = ""
    """The agent's session, for `chat`."""
    server: int = 0
    """The server's process, to see how busy it is."""


@dataclass(slots=True)
class Figures:
    """`delivered` and `acked` are times from sending in milliseconds, `p50` and `p99` of each."""

    messages_per_second: float = 0.0
    delivered: dict[str, float] = field(default_factory=dict)
    acked: dict[str, float] = field(default_factory=dict)
    client_busy: float = 0.0
    """The share of one core that this process took."""
    server_busy: float = 0.0
    """The share of one core that the server took, all its threads together; up to 2 on two cores."""


class Tally:
    """What was measured between `begin` and `end`."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._delivered: list[float] = []
        self._acked: list[float] = []
        self._on = False
        self._from = self._to = 0.0
        self._cpu = (0.0, 0.0)
        self.problem = ""
        """What makes the figures worthless, if anything does."""

    def begin(self) -> None:
        self._on, self._from, self._cpu = True, time.perf_counter(), self._busy()

    def end(self) -> None:
        (client, server), (client_before, server_before) = self._busy(), self._cpu
        self._on, self._to, self._cpu = (
            False,
            time.perf_counter(),
            (client - client_before, server - server_before),
        )

    def delivered(self, seconds: float) -> None:
        if self._on:
            self._delivered.append(seconds)

    def acked(self, seconds: float) -> None:
        if self._on:
            self._acked.append(seconds)

    def figures(self) -> Figures:
        if self.problem or not self._delivered:
            raise RuntimeError(self.problem or "nothing arrived")
        seconds = self._to - self._from
        return Figures(
            len(self._delivered) / seconds,
            _percentiles(self._delivered),
            _percentiles(self._acked),
            self._cpu[0] / seconds,
            self._cpu[1] / seconds,
        )

    def _busy(self) -> tuple[float, float]:
        """Seconds of processor time: this process's, the server's."""
        return time.process_time(), cpu_seconds(self._server) if self._server else 0.0


class Visitor:
    """A visitor with one message under way: it has arrived when it is acknowledged and an agent has it."""

    def __init__(self, name: str, session: dict[str, Any], tally: Tally) -> None:
        self._name = name
        self.session = session
        self._tally = tally
        self._wire: Wire | None = None
        self._count = 0
        self._sent_at = 0.0
        self._missing = 0
        self._ends = 2
        self.running = False
        self._answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def connect(self, port: int) -> None:
        self._wire = await connect(port, "/api/visitor/socket", self._on_text)
        hello = {"type": "hello", "token": self.session["token"], "after": 0, "language": "en"}
        self._wire.send(json.dumps(hello).encode())
        await self._next_answer()

    async def open_conversation(self) -> None:
        """Writes the first message, which nobody can have opened the conversation for yet."""
        self._ends = 1
        self._send()
        await self._next_answer()
        self._ends = 2

    def start(self) -> None:
        self.running = True
        self._send()

    def arrived(self, client_id: str) -> None:
        """An agent's socket got the message of this id."""
        if client_id == f"{self._name}-{self._count}":
            self._tally.delivered(time.perf_counter() - self._sent_at)
            self._one_end()

    async def _next_answer(self) -> None:
        async with asyncio.timeout(30):
            await self._answered
        self._answered = asyncio.get_running_loop().create_future()

    def _send(self) -> None:
        assert self._wire is not None
        self._count += 1
        self._missing = self._ends
        self._sent_at = time.perf_counter()
        self._wire.send(
            f'{{"type":"send","client_id":"{self._name}-{self._count}","text":"{_TEXT}"}}'.encode()
        )

    def _on_text(self, payload: bytes) -> None:
        frame = json.loads(payload)
        kind = frame["type"]
        if kind == "ack":
            self._tally.acked(time.perf_counter() - self._sent_at)
            self._one_end()
        elif kind == "error":
            self._tally.problem = f"refused: {frame}"
        if kind in ("ack", "welcome") and not self._answered.done():
            self._answered.set_result(None)

    def _one_end(self) -> None:
        self._missing -= 1
        if not self._missing and self.running:
            self._send()


async def echo(plan: Plan) -> Figures:
    """Each connection sends what a visitor would, and again when it has come back."""
    tally = Tally(plan.server)
    payload = f'{{"type":"send","client_id":"0-1","text":"{_TEXT}"}}'.encode()
    wires: list[Wire] = []
    sent_at = [0.0] * plan.connections
    running = True

    def on_echo(index: int) -> Callable[[bytes], None]:
        def on_text(_payload: bytes) -> None:
            now = time.perf_counter()
            tally.delivered(now - sent_at[index])
            if running:
                sent_at[index] = time.perf_counter()
                wires[index].send(payload)

        return on_text

    for index in range(plan.connections):
        wires.append(await connect(plan.port, "/", on_echo(index)))
    for index, wire in enumerate(wires):
        sent_at[index] = time.perf_counter()
        wire.send(payload)
    await _measure(plan, tally)
    running = False
    return tally.figures()


async def chat(plan: Plan) -> Figures:
    """Visitors write; agents, each with up to 50 of their conversations open, receive."""
    tally = Tally(plan.server)
    sessions = await _sessions(plan)
    visitors = [Visitor(f"v{index}", session, tally) for index, session in enumerate(sessions)]
    for some in _groups(visitors, 50):
        await asyncio.gather(*(visitor.connect(plan.port) for visitor in some))
        await asyncio.gather(*(visitor.open_conversation() for visitor in some))
    by_conversation = {visitor.session["conversation"]: visitor for visitor in visitors}
    agents = [await _agent(plan, by_conversation, some, tally) for some in _groups(visitors, OPEN_PER_AGENT)]
    for visitor in visitors:
        visitor.start()
    await _measure(plan, tally)
    for visitor in visitors:
        visitor.running = False
    lost = [agent.closed.result() for agent in agents if agent.closed.done()]
    if lost:
        tally.problem = f"the server cut {len(lost)} of {len(agents)} agents' sockets off: {lost}"
    return tally.figures()


async def idle(plan: Plan) -> Figures:
    """Opens the sockets, says so with an empty line, and holds them until standard input ends."""
    tally = Tally(plan.server)
    visitors = [Visitor("", session, tally) for session in await _sessions(plan)]
    for some in _groups(visitors, 50):
        await asyncio.gather(*(visitor.connect(plan.port) for visitor in some))
    _say("")
    await asyncio.to_thread(sys.stdin.read)
    return Figures()


async def _agent(plan: Plan, visitors: dict[str, Visitor], some: list[Visitor], tally: Tally) -> Wire:
    opened = 0
    all_open: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def on_text(payload: bytes) -> None:
        nonlocal opened
        # Summaries of all conversations come to every agent; they are not part of what is measured here.
        if payload.startswith(b'{"type":"summary"'):
            return
        frame = json.loads(payload)
        match frame["type"]:
            case "event" if frame["event"]["kind"] == "message":
                visitors[frame["conversation"]].arrived(frame["event"]["client_id"])
            case "opened":
                opened += 1
                if opened == len(some):
                    all_open.set_result(None)
            case "error":
                tally.problem = f"refused: {frame}"

    wire = await connect(plan.port, "/api/agent/socket", on_text, f"Cookie: {plan.cookie}\r\n")
    wire.send(b'{"type":"hello"}')
    for visitor in some:
        frame = {"type": "open", "conversation": visitor.session["conversation"], "after": 0}
        wire.send(json.dumps(frame).encode())
    async with asyncio.timeout(30):
        await all_open
    return wire


async def _sessions(plan: Plan) -> list[dict[str, Any]]:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{plan.port}", trust_env=False) as http:
        sessions = []
        for _ in range(plan.connections):
            answer = await http.post("/api/visitor/session", json={"language": "en", "time_zone": "UTC"})
            answer.raise_for_status()
            sessions.append(answer.json())
    return sessions


async def _measure(plan: Plan, tally: Tally) -> None:
    await asyncio.sleep(plan.warm_up)
    tally.begin()
    await asyncio.sleep(plan.seconds)
    tally.end()


def _groups(visitors: list[Visitor], size: int) -> list[list[Visitor]]:
    return [visitors[start : start + size] for start in range(0, len(visitors), size)]


def _percentiles(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {}
    ordered = sorted(seconds)
    return {
        name: 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]
        for name, share in (("p50", 0.5), ("p99", 0.99))
    }


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    plan = Plan(**json.loads(sys.stdin.readline()))
    figures = uvloop.run({"echo": echo, "chat": chat, "idle": idle}[plan.mode](plan))
    _say(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main()
