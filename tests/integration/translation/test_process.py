"""A real worker process on both event loops: the plain one of the command line and the server's."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from translation.process import WorkerProcess
from translation.protocol import Answer, BadFrameError, Batch, Model

HERE = Path(__file__).parent


@pytest.fixture(
    params=[("asyncio", {"use_uvloop": False}), ("asyncio", {"use_uvloop": True})], ids=["asyncio", "uvloop"]
)
def anyio_backend(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
async def worker(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WorkerProcess]:
    monkeypatch.syspath_prepend(HERE)
    worker = await WorkerProcess.start(10, 1)
    yield worker
    worker.end("the test is over")
    await worker.gone()


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return Model("stub", "stub_engine:load", (("scratch", str(tmp_path)),), 1)


def ask(worker: WorkerProcess, model: Model | None, *texts: str, limit: float = 30) -> asyncio.Future[Answer]:
    future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    worker.send(Batch(model, texts, limit), future.set_result)
    return future


def said(answer: Answer) -> list[str | None]:
    return [result.text for result in answer.results]


async def test_batches_sent_one_after_the_other_are_answered_in_order(
    worker: WorkerProcess, model: Model
) -> None:
    answers = [ask(worker, model, "a"), ask(worker, None), ask(worker, model, "b", "ü")]
    given = await asyncio.wait_for(asyncio.gather(*answers), 30)
    assert [said(answer) for answer in given] == [["<a>"], [], ["<b>", "<ü>"]]
    assert given[1].loaded == ("stub",)
    assert worker.alive


async def test_one_that_is_killed_says_so(worker: WorkerProcess, model: Model) -> None:
    await ask(worker, model, "a")
    os.kill(worker.pid, signal.SIGKILL)
    assert "-9" in await asyncio.wait_for(worker.gone(), 30)
    assert not worker.alive


async def test_what_is_sent_to_one_that_is_gone_is_not_answered(worker: WorkerProcess, model: Model) -> None:
    os.kill(worker.pid, signal.SIGKILL)
    await asyncio.wait_for(worker.gone(), 30)
    assert not ask(worker, model, "a").done()


async def test_a_batch_has_its_time_from_when_its_turn_comes(worker: WorkerProcess, model: Model) -> None:
    """The second would be late if its time ran while the first one hangs."""
    await ask(worker, model, "a")
    hung, behind = ask(worker, model, "hang", limit=0.3), ask(worker, model, "b", limit=0.1)
    assert await asyncio.wait_for(worker.gone(), 30) == "no answer within 0.3 s"
    assert not hung.done()
    assert not behind.done()


async def test_one_that_does_not_keep_to_the_protocol_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    noisy = ("/bin/sh", "-c", "echo what a nice day; sleep 100")
    monkeypatch.setattr("translation.process.command", lambda memory: noisy)
    worker = await WorkerProcess.start(10, 1)
    assert (await asyncio.wait_for(worker.gone(), 30)).startswith("broke the protocol")


async def test_too_large_a_batch_is_refused_and_does_no_harm(worker: WorkerProcess, model: Model) -> None:
    with pytest.raises(BadFrameError):
        worker.send(Batch(model, ("x" * 5_000_000,), 30), lambda answer: None)
    assert said(await asyncio.wait_for(ask(worker, model, "a"), 30)) == ["<a>"]
