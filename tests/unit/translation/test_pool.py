"""What a pool sends to its workers and when; the workers are played here."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import pytest

from translation import Pack, Pair, TranslationError
from translation import pool as pools
from translation.pool import Pool
from translation.process import WorkerGoneError
from translation.protocol import Answer, Batch, Result
from translation.waiting import Lane

ONE_BY_ONE = Pack(Pair("en", "pt"), "stub", "1", "stub:load", (), 1, batch=2)
SIDE_BY_SIDE = Pack(Pair("en", "lt"), "stub", "2", "stub:load", (), 1, batch=8, side_by_side=True)


class Played:
    """A worker that answers when it is told to, except to the batch without sentences that greets it."""

    pid = 1

    def __init__(self) -> None:
        self.alive = True
        self.sent: list[list[str]] = []
        self.dropped: list[str] = []
        self._open: list[tuple[Batch, Callable[[Answer], None]]] = []
        self._gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._third = asyncio.Event()

    def send(self, batch: Batch, answered: Callable[[Answer], None]) -> None:
        self.dropped += batch.drop
        if not batch.sentences:
            asyncio.get_running_loop().call_soon(answered, Answer((), 1, False))
            return
        self.sent.append(list(batch.sentences))
        self._open.append((batch, answered))
        if len(self.sent) == 3:
            self._third.set()

    async def third(self) -> None:
        """Wait until it has been sent three batches."""
        await asyncio.wait_for(self._third.wait(), 5)

    def end(self, reason: str) -> None:
        self.alive = False
        if not self._gone.done():
            self._gone.set_result(reason)

    async def gone(self) -> str:
        return await asyncio.shield(self._gone)

    def answer(self, *, spent: bool = False, memory: int = 1) -> None:
        """The oldest batch, in capitals."""
        batch, answered = self._open.pop(0)
        answered(Answer(tuple(Result(text.upper()) for text in batch.sentences), memory, spent))


@dataclass
class Stage:
    """The workers a pool has started."""

    workers: list[Played] = field(default_factory=list)
    tasks: list[asyncio.Task[list[str]]] = field(default_factory=list)
    refuse: int = 0
    """How many of the next starts fail."""

    async def start(self, memory_mb: int, threads: int) -> Played:
        if self.refuse:
            self.refuse -= 1
            raise WorkerGoneError("cannot start: no processes left")
        self.workers.append(Played())
        return self.workers[-1]

    @property
    def worker(self) -> Played:
        return self.workers[-1]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(pools, "FIRST_PAUSE", 0.0)
    return Stage()


@pytest.fixture
async def pool(stage: Stage) -> AsyncIterator[Pool]:
    """With a worker that listens."""
    pool = make_pool(stage)
    await warmed(pool, stage)
    yield pool
    await closed(pool, stage)


async def warmed(pool: Pool, stage: Stage) -> None:
    task = asyncio.create_task(pool.ask(Lane(), ONE_BY_ONE, ["warm"]))
    await settled()
    stage.worker.answer()
    await task
    stage.worker.sent.clear()


async def closed(pool: Pool, stage: Stage) -> None:
    await pool.close()
    await asyncio.gather(*stage.tasks, return_exceptions=True)


def make_pool(stage: Stage, *, workers: int = 1, cores: int = 2) -> Pool:
    return Pool(workers=workers, timeout=5, models_mb=10, worker_mb=1, cores=cores, start=stage.start)


async def settled() -> None:
    """Let everything happen that needs no answer."""
    for _ in range(30):
        await asyncio.sleep(0)


async def asked(
    stage: Stage, pool: Pool, *sentences: str, pack: Pack = ONE_BY_ONE
) -> asyncio.Task[list[str]]:
    stage.tasks.append(asyncio.create_task(pool.ask(Lane(), pack, sentences)))
    await asyncio.sleep(0)
    return stage.tasks[-1]


async def all_of(tasks: Sequence[asyncio.Task[list[str]]]) -> list[list[str]]:
    return await asyncio.wait_for(asyncio.gather(*tasks), 5)


async def test_texts_that_come_in_together_are_translated_together(pool: Pool, stage: Stage) -> None:
    tasks = [asyncio.create_task(pool.ask(Lane(), SIDE_BY_SIDE, [text])) for text in "abcdefgh" * 2]
    await settled()
    assert stage.worker.sent == [[*"abcdefgh"], [*"abcdefgh"]]
    stage.worker.answer()
    stage.worker.answer()
    assert await all_of(tasks) == [[text] for text in "ABCDEFGH" * 2]


async def test_a_few_texts_are_shared_by_the_cores(pool: Pool, stage: Stage) -> None:
    for text in "abcd":
        await asked(stage, pool, text, pack=SIDE_BY_SIDE)
    await settled()
    assert stage.worker.sent == [["a", "b"], ["c", "d"]]


async def test_with_all_cores_at_work_the_rest_waits_for_an_answer(pool: Pool, stage: Stage) -> None:
    for text in "abcdefghijklmnopqrst":
        await asked(stage, pool, text, pack=SIDE_BY_SIDE)
    await settled()
    assert [len(batch) for batch in stage.worker.sent] == [8, 8]
    assert pool.stats().queued == 4
    stage.worker.answer()
    await stage.worker.third()
    assert stage.worker.sent[2:] == [[*"qrst"]]


async def test_a_second_batch_is_sent_before_the_first_is_answered(pool: Pool, stage: Stage) -> None:
    task = await asked(stage, pool, *"abcdef")
    await settled()
    assert stage.worker.sent == [["a", "b"], ["c", "d"]]
    stage.worker.answer()
    assert stage.worker.sent[2:] == [["e", "f"]]
    stage.worker.answer()
    stage.worker.answer()
    assert await all_of([task]) == [[*"ABCDEF"]]


async def test_nothing_is_sent_ahead_that_could_still_grow(pool: Pool, stage: Stage) -> None:
    await asked(stage, pool, "a", "b", "c")
    await settled()
    assert stage.worker.sent == [["a", "b"]]
    assert pool.stats().queued == 1


async def test_a_short_text_is_in_the_next_batch_that_is_made_up(pool: Pool, stage: Stage) -> None:
    await asked(stage, pool, *(f"long {number}" for number in range(20)))
    await settled()
    short = await asked(stage, pool, "short")
    for _ in range(4):
        stage.worker.answer()
    assert "short" in stage.worker.sent[2]
    assert await all_of([short]) == [["SHORT"]]


async def test_a_worker_that_dies_over_the_first_of_two_batches(pool: Pool, stage: Stage) -> None:
    """What it was at is tried once more, each by itself; what was sent ahead is as new."""
    tasks = [await asked(stage, pool, text) for text in "abcd"]
    await settled()
    first = stage.worker
    assert first.sent == [["a", "b"], ["c", "d"]]
    first.end("killed")
    await settled()
    assert stage.worker is not first
    for _ in range(3):
        stage.worker.answer()
        await settled()
    assert stage.worker.sent == [["a"], ["b"], ["c", "d"]]
    assert await all_of(tasks) == [["A"], ["B"], ["C"], ["D"]]


async def test_a_sentence_fails_with_the_second_worker_that_it_kills(pool: Pool, stage: Stage) -> None:
    bad, good = await asked(stage, pool, "bad"), await asked(stage, pool, "good")
    for _ in range(2):
        await settled()
        stage.worker.end("killed")
    await settled()
    while not good.done():
        stage.worker.answer()
        await settled()
    with pytest.raises(TranslationError, match="killed"):
        await bad
    assert await good == ["GOOD"]
    assert all(worker.sent[0] != ["bad"] for worker in stage.workers[2:])


async def test_batches_that_were_computed_at_the_same_time_may_both_have_killed(
    pool: Pool, stage: Stage
) -> None:
    for text in "abcd":
        await asked(stage, pool, text, pack=SIDE_BY_SIDE)
    await settled()
    stage.worker.end("killed")
    await settled()
    assert stage.worker.sent == [["a"]]


async def test_a_spent_worker_is_replaced_and_what_was_sent_ahead_goes_to_the_next(
    pool: Pool, stage: Stage
) -> None:
    task = await asked(stage, pool, *"abcd")
    await settled()
    stage.worker.answer(spent=True)
    await settled()
    assert [worker.sent for worker in stage.workers] == [[["a", "b"], ["c", "d"]], [["c", "d"]]]
    stage.worker.answer()
    assert await all_of([task]) == [[*"ABCD"]]
    assert pool.stats().restarts == 1


async def test_an_outgrown_worker_is_replaced_when_there_is_something_to_do(pool: Pool, stage: Stage) -> None:
    task = await asked(stage, pool, "a")
    await settled()
    stage.worker.answer(memory=2 * 1024 * 1024)
    assert await all_of([task]) == [["A"]]
    await settled()
    assert (len(stage.workers), pool.stats().workers) == (1, 0)
    await asked(stage, pool, "b")
    await settled()
    assert stage.worker.sent == [["b"]]
    assert len(stage.workers) == 2


async def test_where_no_worker_can_be_started_the_text_fails(stage: Stage) -> None:
    pool = make_pool(stage)
    stage.refuse = 2
    task = await asked(stage, pool, "a")
    with pytest.raises(TranslationError, match="no processes left"):
        await asyncio.wait_for(task, 5)
    again = await asked(stage, pool, "b")
    await settled()
    stage.worker.answer()
    assert await again == ["B"]
    await closed(pool, stage)


async def test_workers_that_end_before_they_listen_do_not_go_on_for_ever(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Played, "send", lambda self, batch, answered: self.end("no such module"))
    pool = make_pool(stage)
    task = await asked(stage, pool, "a")
    with pytest.raises(TranslationError, match="no such module"):
        await asyncio.wait_for(task, 5)
    await settled()
    assert len(stage.workers) == 2
    await closed(pool, stage)


async def test_other_workers_come_before_batches_ahead(stage: Stage) -> None:
    pool = make_pool(stage, workers=2)
    await asked(stage, pool, *"abcdefgh")
    await settled()
    assert [worker.sent[0] for worker in stage.workers] == [["a", "b"], ["c", "d"]]
    ahead = [batch for worker in stage.workers for batch in worker.sent[1:]]
    assert sorted(ahead) == [["e", "f"], ["g", "h"]]
    await closed(pool, stage)


async def test_an_idle_worker_unloads_at_once_and_a_busy_one_with_its_next_batch(
    pool: Pool, stage: Stage
) -> None:
    task = await asked(stage, pool, "a")
    await settled()
    await pool.unload(["old"])
    assert stage.worker.dropped == []
    stage.worker.answer()
    await task
    await pool.unload(["older"])
    assert stage.worker.dropped == ["old", "older"]


async def test_nobody_is_started_after_the_end(stage: Stage) -> None:
    """Texts that were asked for in the very moment of closing fail, and leave no process behind."""
    pool = make_pool(stage)
    task = asyncio.create_task(pool.ask(Lane(), ONE_BY_ONE, ["a"]))
    await asyncio.sleep(0)
    await pool.close()
    await settled()
    with pytest.raises(TranslationError, match="closed"):
        await task
    with pytest.raises(TranslationError, match="closed"):
        await pool.ask(Lane(), ONE_BY_ONE, ["b"])
    await settled()
    assert stage.workers == []
    assert pool.pids() == ()


async def test_a_cancelled_text_is_not_sent(pool: Pool, stage: Stage) -> None:
    held = await asked(stage, pool, "held")
    await settled()
    cancelled = await asked(stage, pool, "never")
    cancelled.cancel()
    await settled()
    stage.worker.answer()
    await held
    await settled()
    assert stage.worker.sent == [["held"]]
    assert pool.stats().queued == 0
