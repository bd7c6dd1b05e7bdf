"""The translator's end of one worker process."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

from .protocol import HEADER, Answer, BadFrameError, Batch, body_length, frame, parse_answer

# All a worker may know of our environment: where libraries are and how the machine is set up, no secrets.
_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "OMP_NUM_THREADS",
)


LAST_BREATH = 1.0
"""Seconds a worker has to end by itself after its pipe has closed."""


def command(memory_mb: int) -> tuple[str, ...]:
    """How a worker is started. Not in whatever directory we happen to be in (-P)."""
    return (sys.executable, "-P", "-m", "translation.worker", str(memory_mb))


def environment() -> dict[str, str]:
    """The variables a worker gets."""
    variables = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    # The worker must find the modules we find.
    variables["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    # glibc keeps the buffers a model is read into unless told so: 22 MB of 98 with both starter models.
    variables["MALLOC_MMAP_THRESHOLD_"] = "1048576"
    return variables


class WorkerGoneError(Exception):
    """The worker ended, hung or broke the protocol; it has been killed. The message says which."""


class WorkerProcess:
    """One running worker. Use `start`; one exchange at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, memory_mb: int) -> "WorkerProcess":
        """Start a worker; it loads nothing yet. Raises WorkerGoneError if the system does not allow it."""
        try:
            process = await asyncio.create_subprocess_exec(
                *command(memory_mb),
                stdin=PIPE,
                stdout=PIPE,
                # A native engine's panic message may quote the text; nothing a customer wrote goes to a log.
                stderr=DEVNULL,
                env=environment(),
                # Ctrl-C in a terminal is for the server, which then closes its workers in order.
                start_new_session=True,
            )
        except OSError as reason:
            raise WorkerGoneError(f"cannot start: {reason}") from reason
        return cls(process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended, as far as is known here."""
        return self._process.returncode is None

    async def exchange(self, batch: Batch) -> Answer:
        """Have a batch translated within its limit. Raises WorkerGoneError once the process has ended."""
        try:
            async with asyncio.timeout(batch.limit):
                return await self._exchange(batch)
        except TimeoutError:
            await self.kill()
            raise WorkerGoneError(f"no answer within {batch.limit:g} s") from None
        except (OSError, EOFError, BadFrameError) as reason:
            await self._let_end()
            status = self._process.returncode
            raise WorkerGoneError(f"ended with status {status}: {type(reason).__name__}") from reason
        except asyncio.CancelledError:
            await self.kill()
            raise

    async def _exchange(self, batch: Batch) -> Answer:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError
        stdin.write(frame(batch))
        await stdin.drain()
        header = await stdout.readexactly(HEADER.size)
        return parse_answer(await stdout.readexactly(body_length(header)), len(batch.units))

    async def _let_end(self) -> None:
        # A process whose pipe has closed is ending by itself, and reports its true status if it is let.
        try:
            async with asyncio.timeout(LAST_BREATH):
                await self._process.communicate()
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End the process now and wait until it is gone and its pipes are closed."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):  # it may have ended by itself a moment ago
                self._process.kill()
        await self._process.communicate()
