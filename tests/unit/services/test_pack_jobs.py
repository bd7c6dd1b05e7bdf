"""Installations in the background: turns, progress, cancelling, one at a time for a pair, and the end."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from appliance.domain.refusal import Refused
from appliance.services.pack_jobs import AT_ONCE, KEPT, WAITING_AT_MOST, Job, PackJobs
from translation import Pair
from translation.store import Progress, Report, StoreError
from translation.store.trial import Trial

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LT_EN = Pair("lt", "en")
TRIED = Trial("Kur mano užsakymas?", "Where is my order?", 0.1, 5)


class Work:
    """Blocks in a thread as an installation does, until the test lets it go on."""

    def __init__(self, *, pair: Pair | None = None) -> None:
        self.pair = pair
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.error: Exception | None = None
        self.stopped: BaseException | None = None

    def __call__(self, report: Report) -> Trial:
        try:
            report(Progress("download", 0, 100))
            self.begun.set()
            self.go_on.wait(10)
            report(Progress("trial", pair=self.pair))
            if self.error is not None:
                raise self.error
        except BaseException as reason:
            self.stopped = reason
            raise
        return TRIED


class Yard:
    """Jobs under a clock that the test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.lived: list[Job] = []
        self.jobs = PackJobs(lambda: NOON, lambda: self.seconds, self._live)

    async def _live(self, job: Job) -> None:
        self.lived.append(job)

    def start(self, work: Work, pair: Pair | None = LT_EN, name: str = "a") -> Job:
        return self.jobs.start("install", name, "Emma", pair, work)


@pytest.fixture
async def yard() -> AsyncIterator[Yard]:
    yard = Yard()
    yield yard
    await yard.jobs.close()


async def until(test: Callable[[], bool]) -> None:
    """Other tasks and threads get their turn until it is so."""
    async with asyncio.timeout(10):
        while not test():
            await asyncio.to_thread(lambda: None)


@asynccontextmanager
async def under_way(yard: Yard, pair: Pair | None = LT_EN) -> AsyncIterator[tuple[Job, Work]]:
    work = Work()
    job = yard.start(work, pair)
    await until(work.begun.is_set)
    yield job, work
    work.go_on.set()
    await until(lambda: job.ended)


async def test_a_job_goes_from_its_beginning_to_being_live(yard: Yard) -> None:
    async with under_way(yard) as (job, _):
        assert (job.state, job.progress, job.by) == ("running", Progress("download", 0, 100), "Emma")
        assert yard.lived == []
    assert (job.state, job.result, job.error, job.ended_at) == ("done", TRIED, None, NOON)
    assert yard.lived == [job]


async def test_the_speed_is_that_of_the_stage(yard: Yard) -> None:
    async with under_way(yard) as (job, _):
        job.note(Progress("download", 1000, 9000), 10.0)
        job.note(Progress("download", 3000, 9000), 14.0)
        # What was there at the beginning of the stage took no time.
        assert job.speed == pytest.approx(3000 / 14)
        job.note(Progress("unpack", 0, 50), 15.0)
        assert job.speed is None


async def test_a_failure_keeps_its_reason(yard: Yard) -> None:
    work = Work()
    work.error = StoreError("damaged", "no zip archive")
    work.go_on.set()
    job = yard.start(work)
    await until(lambda: job.ended)
    assert (job.state, job.error, yard.lived) == ("failed", work.error, [])


async def test_a_mistake_of_ours_ends_the_job_and_is_logged(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work()
    work.error = RuntimeError("oops")
    work.go_on.set()
    job = yard.start(work)
    await until(lambda: job.ended)
    assert (job.state, job.error) == ("failed", None)
    assert "oops" in caplog.text


@pytest.mark.parametrize("pair", [LT_EN, Pair("lt", "en-GB")])
async def test_a_second_installation_of_a_pair_is_refused(yard: Yard, pair: Pair) -> None:
    async with under_way(yard):
        with pytest.raises(Refused) as refused:
            yard.start(Work(), pair)
        assert refused.value.code == "pack_busy"
        async with under_way(yard, Pair("en", "lt")) as (other, _):
            assert other.state == "running"
    async with under_way(yard, pair):
        assert len(yard.jobs.all()) == 3


async def test_a_pair_that_is_known_late_is_refused_late(yard: Yard) -> None:
    """Of an address nobody knows what is behind it before it has come."""
    async with under_way(yard):
        late = Work(pair=LT_EN)
        late.go_on.set()
        job = yard.start(late, pair=None)
        await until(lambda: job.ended)
        assert (job.state, job.error and job.error.code) == ("failed", "busy")


async def test_a_pair_that_is_known_late_is_shown_and_kept(yard: Yard) -> None:
    work = Work(pair=LT_EN)
    work.go_on.set()
    job = yard.start(work, pair=None)
    await until(lambda: job.ended)
    assert (job.state, job.pair) == ("done", LT_EN)


async def test_cancelling_ends_the_work_at_its_next_step(yard: Yard) -> None:
    async with under_way(yard) as (job, work):
        yard.jobs.cancel(job.id)
        assert not job.ended
    assert job.state == "cancelled"
    assert work.stopped is not None
    assert yard.lived == []


async def test_what_is_in_place_is_not_called_cancelled(yard: Yard) -> None:
    """Somebody changes their mind while the last step is being done."""
    placing, go_on = threading.Event(), threading.Event()

    def work(report: Report) -> Trial:
        placing.set()
        go_on.wait(10)
        report(Progress("done"))
        return TRIED

    job = yard.jobs.start("install", "a", "Emma", LT_EN, work)
    await until(placing.is_set)
    yard.jobs.cancel(job.id)
    go_on.set()
    await until(lambda: job.ended)
    assert (job.state, job.result) == ("done", TRIED)


async def test_so_many_run_and_the_others_wait_and_can_be_cancelled_at_once(yard: Yard) -> None:
    works = [Work() for _ in range(AT_ONCE + 2)]
    jobs = [yard.start(work, None, str(number)) for number, work in enumerate(works)]
    await until(lambda: all(work.begun.is_set() for work in works[:AT_ONCE]))
    assert [job.state for job in jobs] == ["running"] * AT_ONCE + ["waiting"] * 2
    yard.jobs.cancel(jobs[-1].id)
    assert jobs[-1].state == "cancelled"
    for work in works:
        work.go_on.set()
    await until(lambda: all(job.ended for job in jobs))
    assert [job.state for job in jobs] == ["done"] * (AT_ONCE + 1) + ["cancelled"]
    assert not works[-1].begun.is_set()


async def test_there_is_an_end_to_what_may_wait(yard: Yard) -> None:
    works = [Work() for _ in range(WAITING_AT_MOST)]
    for work in works:
        yard.start(work, None)
    with pytest.raises(Refused) as refused:
        yard.start(Work(), None)
    assert refused.value.code == "busy"
    for work in works:
        work.go_on.set()


async def test_what_has_ended_is_kept_for_a_while_until_it_is_dismissed(yard: Yard) -> None:
    for number in range(KEPT + 3):
        work = Work()
        work.go_on.set()
        job = yard.start(work, name=str(number))
        await until(lambda job=job: job.ended)  # type: ignore[misc]
    assert [job.name for job in yard.jobs.all()] == [str(number) for number in range(3, KEPT + 3)]
    yard.jobs.dismiss(yard.jobs.all()[0].id)
    assert len(yard.jobs.all()) == KEPT - 1


async def test_only_what_has_ended_can_be_dismissed(yard: Yard) -> None:
    async with under_way(yard) as (job, _):
        with pytest.raises(Refused) as refused:
            yard.jobs.dismiss(job.id)
        assert refused.value.code == "busy"
    for action in (yard.jobs.dismiss, yard.jobs.cancel):
        with pytest.raises(Refused) as refused:
            action("nobody")
        assert (refused.value.code, refused.value.field) == ("not_found", "job")


async def test_room_is_asked_for_all_before_any_is_begun(yard: Yard) -> None:
    async with under_way(yard):
        yard.jobs.check_room(WAITING_AT_MOST - 1)
        with pytest.raises(Refused) as refused:
            yard.jobs.check_room(WAITING_AT_MOST)
        assert refused.value.code == "busy"


async def test_the_end_of_the_server_ends_what_runs_and_begins_nothing(yard: Yard) -> None:
    async with under_way(yard) as (job, work):
        waiting = [yard.start(Work(), None) for _ in range(AT_ONCE)]
        work.go_on.set()
        await yard.jobs.close()
        assert job.state == "cancelled"
        assert not any(other.state == "done" for other in waiting)
        with pytest.raises(Refused):
            yard.start(Work(), None)
        for other in waiting:
            other.state = "cancelled"
