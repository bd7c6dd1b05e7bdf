"""The translator's end of one worker process."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from subprocess import DEVNULL, PIPE
from typing import Self, cast

from .engines import THREADS
from .protocol import Answer, BadFrameError, Batch, Incoming, frame, parse_answer

# All a worker may know of our environment: where libraries are and how the machine is set up, no secrets.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")

LAST_BREATH = 1.0
"""Seconds a worker has to end by itself after its pipe has closed."""

IN, OUT = 0, 1


def command(memory_mb: int) -> tuple[str, ...]:
    """How a worker is started. Not in whatever directory we happen to be in (-P)."""
    return (sys.executable, "-P", "-m", "translation.worker", str(memory_mb))


def environment(threads: int = 1) -> dict[str, str]:
    """The variables a worker gets that may compute so many batches at a time."""
    variables = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    # The worker must find the modules we find.
    variables["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    # Else glibc gives each thread a heap of its own, where what one has freed is of no use to another.
    variables["MALLOC_ARENA_MAX"] = "1"
    variables[THREADS] = str(threads)
    # Each batch is computed on one core: with sentences as short as those of chats, threads that share one
    # batch wait for each other more than they compute. NumPy, which comes along, computes nothing.
    variables["OMP_NUM_THREADS"] = variables["OPENBLAS_NUM_THREADS"] = "1"
    return variables


class WorkerGoneError(Exception):
    """The worker ended, hung or broke the protocol; it has been killed. The message says which."""


@dataclass(eq=False, slots=True)
class _UnderWay:
    batch: Batch
    answered: Callable[[Answer], None]


class WorkerProcess(asyncio.SubprocessProtocol):
    """One running worker. Use `start`; every call is from the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.SubprocessTransport | None = None
        self._incoming = Incoming()
        self._under_way: deque[_UnderWay] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._killed = ""
        self._gone = asyncio.Event()

    @classmethod
    async def start(cls, memory_mb: int, threads: int = 1) -> Self:
        """Start a worker; it loads nothing yet. Raises WorkerGoneError if the system does not allow it."""
        try:
            _, worker = await asyncio.get_running_loop().subprocess_exec(
                cls,
                *command(memory_mb),
                stdin=PIPE,
                stdout=PIPE,
                # A native engine's panic message may quote the text; nothing a customer wrote goes to a log.
                stderr=DEVNULL,
                env=environment(threads),
                # Ctrl-C in a terminal is for the server, which then closes its workers in order.
                start_new_session=True,
            )
        except OSError as reason:
            raise WorkerGoneError(f"cannot start: {reason}") from reason
        return worker

    @property
    def pid(self) -> int:
        return (self._transport and self._transport.get_pid()) or 0

    @property
    def alive(self) -> bool:
        """Whether it takes batches, as far as is known here."""
        return not self._killed and self._transport is not None and self._transport.get_returncode() is None

    def send(self, batch: Batch, answered: Callable[[Answer], None]) -> None:
        """Have a batch translated, after those sent before; `answered` gets the answer unless the worker ends
        first.

        The batch's limit counts from when the worker comes to it. Raises BadFrameError if it is too large.
        """
        data = frame(batch)
        pipe = self._transport and self._transport.get_pipe_transport(IN)
        if pipe is None or pipe.is_closing():
            # It is ending, which `gone` will tell.
            return
        self._under_way.append(_UnderWay(batch, answered))
        if len(self._under_way) == 1:
            self._watch()
        cast(asyncio.WriteTransport, pipe).write(data)

    def end(self, reason: str) -> None:
        """Kill the process; `gone` tells when it has ended."""
        self._killed = self._killed or reason
        self._stop_watching()
        if self._transport is not None:
            with suppress(ProcessLookupError):  # it may have ended by itself a moment ago
                self._transport.kill()
        self._close_pipes()

    async def gone(self) -> str:
        """Wait until the process has ended and its pipes are closed; says why."""
        await self._gone.wait()
        status = self._transport.get_returncode() if self._transport is not None else None
        return self._killed or f"ended with status {status}"

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes | str) -> None:
        if self._killed or not isinstance(data, bytes):
            return
        try:
            for body in self._incoming.feed(data):
                self._answer(body)
        except BadFrameError as reason:
            self.end(f"broke the protocol: {reason}")

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == OUT:
            # It is ending by itself, and reports its true status if it is let.
            self._stop_watching()
            self._timer = self._loop.call_later(LAST_BREATH, self.end, "closed its pipe without ending")

    def process_exited(self) -> None:
        # What it has said last may still be on its way; a process that it has left behind may hold the pipe.
        self._stop_watching()
        self._timer = self._loop.call_later(LAST_BREATH, self._close_pipes)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        if self._transport is not None:
            self._transport.close()
        self._gone.set()

    def _answer(self, body: bytes) -> None:
        if not self._under_way:
            raise BadFrameError("an answer to nothing")
        answer = parse_answer(body, len(self._under_way[0].batch.sentences))
        oldest = self._under_way.popleft()
        self._stop_watching()
        if self._under_way:
            self._watch()
        oldest.answered(answer)

    def _close_pipes(self) -> None:
        for descriptor in (IN, OUT):
            pipe = self._transport and self._transport.get_pipe_transport(descriptor)
            if pipe is not None:
                pipe.close()

    def _watch(self) -> None:
        limit = self._under_way[0].batch.limit
        self._timer = self._loop.call_later(limit, self.end, f"no answer within {limit:g} s")

    def _stop_watching(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
