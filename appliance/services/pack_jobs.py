"""Installing and checking language packs in the background: a list of jobs that every admin sees.

A job runs in a thread of its own, which ends with the process: what an installation leaves behind is swept up
by the store, so nobody has to wait for a download to stop the server.
"""

import asyncio
import logging
import secrets
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

from appliance.domain.refusal import Refused
from appliance.services.ports import Clock
from translation import Pair, same_language
from translation.store import Installed, Progress, Report, StoreError
from translation.store.trial import Trial

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

AT_ONCE = 2
"""So that a check does not wait for a long download; the models of more would share too little memory."""

WAITING_AT_MOST = 100
KEPT = 20
"""Ended jobs that are remembered, until somebody has read and dismissed them."""

_PATIENCE = 3.0
"""Seconds that a thread gets to notice that it is no longer wanted."""

Kind = Literal["install", "verify"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]
Result = Installed | Trial
Work = Callable[[Report], Result]
"""Blocks. May raise StoreError, and whatever the report it is given raises."""


class CancelledByAdminError(Exception):
    """Raised into the work of a job that is not wanted any more."""


@dataclass(eq=False)
class Job:
    """One installation or check, while it is under way and after it."""

    id: str
    kind: Kind
    name: str
    """What is installed or checked, as its admin would call it: a file's name, an address, a model."""
    by: str
    at: datetime
    pair: Pair | None
    state: State = "waiting"
    progress: Progress | None = None
    speed: float | None = None
    """Bytes a second, since the stage began."""
    ended_at: datetime | None = None
    result: Result | None = None
    error: StoreError | None = None
    wanted: threading.Event = field(default_factory=threading.Event)
    """Set until somebody cancels it."""
    _since: tuple[str, float, int] = ("", 0.0, 0)

    def __post_init__(self) -> None:
        self.wanted.set()

    @property
    def ended(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

    def note(self, progress: Progress, now: float) -> None:
        """How far it is, at a monotonic time."""
        stage, since, first = self._since
        if progress.stage != stage:
            self._since = (progress.stage, now, progress.done)
            self.speed = None
        elif now > since and progress.done > first:
            self.speed = (progress.done - first) / (now - since)
        self.progress = progress


class PackJobs:
    """`monotonic`: a clock of seconds for speeds. `done` is awaited after a success, before it is said."""

    def __init__(
        self,
        clock: Clock,
        monotonic: Callable[[], float],
        done: Callable[[Job], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._done = done
        self._jobs: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._claims = threading.Lock()
        self._closed = False

    def all(self) -> list[Job]:
        """Oldest first."""
        return list(self._jobs.values())

    def check_free(self, pair: Pair | None) -> None:
        """Raises `Refused("pack_busy")` while a pack of the same languages is being installed."""
        if self._claimed(pair) is not None:
            raise Refused("pack_busy")

    def check_room(self, more: int) -> None:
        """Raises `Refused("busy")` with too many in line for so many more."""
        if self._closed or sum(not job.ended for job in self._jobs.values()) + more > WAITING_AT_MOST:
            raise Refused("busy", retry_after=5)

    def start(self, kind: Kind, name: str, by: str, pair: Pair | None, work: Work) -> Job:
        """Raises `Refused`: `pack_busy`, and `busy` with too many in line."""
        if kind == "install":
            self.check_free(pair)
        self.check_room(1)
        job = Job(secrets.token_hex(8), kind, name, by, self._clock(), pair)
        self._jobs[job.id] = job
        self._tasks[job.id] = asyncio.create_task(self._run(job, work), name=f"{kind} {name}")
        return job

    def cancel(self, job_id: str) -> Job:
        """Asks a job to end; one that tries its sentence ends after that. Raises `Refused("not_found")`."""
        job = self._get(job_id)
        job.wanted.clear()
        if job.state == "waiting":
            self._end(job, "cancelled")
        return job

    def dismiss(self, job_id: str) -> None:
        """Forgets a job that has ended. Raises `Refused`: `not_found`, `busy` while it runs."""
        job = self._get(job_id)
        if not job.ended:
            raise Refused("busy", retry_after=5)
        del self._jobs[job_id]

    async def close(self) -> None:
        """Cancels what runs, and waits a moment for it."""
        self._closed = True
        for job in self._jobs.values():
            job.wanted.clear()
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=_PATIENCE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job: Job, work: Work) -> None:
        try:
            async with self._turns:
                if job.ended:
                    return
                job.state = "running"
                job.result = await in_thread(lambda: work(self._reporter(job)))
                await self._done(job)
                self._end(job, "done")
        except CancelledByAdminError:
            self._end(job, "cancelled")
        except StoreError as error:
            job.error = error
            self._end(job, "failed")
        except asyncio.CancelledError:
            raise
        except Exception:
            _log.exception("A language pack could not be handled")
            self._end(job, "failed")
        finally:
            self._tasks.pop(job.id, None)

    def _reporter(self, job: Job) -> Report:
        """What the thread tells how far it is. Raises what ends it."""

        def report(progress: Progress) -> None:
            # What is done is in place: it is said so, however late somebody changed their mind.
            if not job.wanted.is_set() and progress.stage != "done":
                raise CancelledByAdminError
            if progress.pair is not None and job.pair is None:
                with self._claims:
                    if self._claimed(progress.pair, but=job) is not None:
                        raise StoreError("busy", f"{progress.pair} is being installed already")
                    job.pair = progress.pair
            job.note(progress, self._monotonic())

        return report

    def _claimed(self, pair: Pair | None, but: Job | None = None) -> Job | None:
        """The job that is installing a pack of these languages."""
        if pair is None:
            return None
        for job in list(self._jobs.values()):
            if job.kind == "install" and not job.ended and job is not but and job.pair is not None:
                same = same_language(job.pair.source, pair.source) and same_language(
                    job.pair.target, pair.target
                )
                if same:
                    return job
        return None

    def _end(self, job: Job, state: State) -> None:
        job.state = state
        job.ended_at = self._clock()
        ended = [known for known in self._jobs.values() if known.ended]
        for old in ended[:-KEPT]:
            del self._jobs[old.id]

    def _get(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise Refused("not_found", field="job")
        return self._jobs[job_id]


async def in_thread(work: Callable[[], _T]) -> _T:
    """Awaits what blocks. If nobody waits any more, the thread ends unheard, or with the process."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_T] = loop.create_future()

    def tell(result: _T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        try:
            outcome: tuple[_T | None, BaseException | None] = (work(), None)
        except BaseException as error:
            outcome = (None, error)
        try:
            loop.call_soon_threadsafe(tell, *outcome)
        except RuntimeError:
            # The loop is closed: the server has stopped.
            return

    threading.Thread(target=run, name="language pack", daemon=True).start()
    return await future
