"""Group commit: whatever arrives while one transaction is being written goes into the next one together.

1. `submit` puts an entry in a bounded queue and waits.
2. The writer takes all that is there (at most `batch` entries) to the ledger: one transaction, one sync to
disk.
3. After the commit each sender gets its own outcome, and the observers hear of what was stored.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable

from appliance.domain.entries import Appended, Entry, Outcome
from appliance.domain.refusal import Refused
from appliance.services.ports import Ledger

Observer = Callable[[Appended], None]

_log = logging.getLogger(__name__)


class Journal:
    """The only way into the ledger. One per process; `run` must be running for `submit` to return."""

    def __init__(self, ledger: Ledger, *, batch: int = 256, backlog: int = 4096) -> None:
        self._ledger = ledger
        self._batch = batch
        self._backlog = backlog
        self._queue: deque[tuple[Entry, asyncio.Future[Outcome]]] = deque()
        self._filled = asyncio.Event()
        self._observers: list[Observer] = []
        self._stopping = False

    def observe(self, observer: Observer) -> None:
        """`observer` is called, in order of numbers, with everything that is stored from now on. It must
        not wait. Of what changes nothing it is not told."""
        self._observers.append(observer)

    async def submit(self, entry: Entry) -> Appended:
        """What the entry came to, once it is on disk. Raises `Refused`."""
        if self._stopping or len(self._queue) >= self._backlog:
            raise Refused("busy", retry_after=2)
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.append((entry, future))
        self._filled.set()
        outcome = await future
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def run(self) -> None:
        """Writes until `stop`, then what is left."""
        while True:
            if not self._queue:
                if self._stopping:
                    return
                self._filled.clear()
                await self._filled.wait()
                continue
            batch = [self._queue.popleft() for _ in range(min(self._batch, len(self._queue)))]
            await self._write(batch)

    def stop(self) -> None:
        """Takes no more entries; `run` returns when the queue is written."""
        self._stopping = True
        self._filled.set()

    async def _write(self, batch: list[tuple[Entry, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._ledger.append([entry for entry, _ in batch])
        except Refused as refusal:
            outcomes = [refusal] * len(batch)
        except Exception:
            _log.exception("A batch of %d entries could not be written", len(batch))
            outcomes = [Refused("internal", retry_after=5)] * len(batch)
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            # The sender may have gone away meanwhile; what it sent is stored all the same.
            with contextlib.suppress(asyncio.InvalidStateError):
                future.set_result(outcome)
            if isinstance(outcome, Appended) and outcome.changed:
                self._tell(outcome)

    def _tell(self, appended: Appended) -> None:
        for observer in self._observers:
            try:
                observer(appended)
            except Exception:
                _log.exception("An observer of the journal failed")
