"""Worker processes crash, hang, outgrow their memory and are closed; texts come through or fail alone."""

import asyncio
import os
import select
import signal
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from translation import Pack, Pair, TranslationError, Translator, discover
from translation.pool import Pool
from translation.waiting import Lane

HERE = Path(__file__).parent


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pack:
    """The stub engine, with pipes to meet it at."""
    monkeypatch.syspath_prepend(HERE)
    os.mkfifo(tmp_path / "busy")
    os.mkfifo(tmp_path / "go")
    return Pack(Pair("en", "pt"), "stub", "1", "stub_engine:load", (("scratch", tmp_path),), 1)


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(workers=1, timeout=20, models_mb=10, worker_mb=1000)
    yield pool
    await pool.close()


async def busy_worker(pack: Pack) -> int:
    """Wait until the engine is at a `wait`; the process id of its worker."""
    return int(await asyncio.to_thread((dict(pack.files)["scratch"] / "busy").read_text))


async def let_go(pack: Pack) -> None:
    await asyncio.to_thread((dict(pack.files)["scratch"] / "go").write_text, "")


def order(pack: Pack) -> list[str]:
    """What the engine was given, in order."""
    return (dict(pack.files)["scratch"] / "order").read_text().splitlines()


async def has_ended(pid: int, seconds: float = 10) -> bool:
    """Whether a process that need not be our child ends in time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        ready, _, _ = await asyncio.to_thread(select.select, [handle], [], [], seconds)
        return bool(ready)
    finally:
        os.close(handle)


async def code_of(pool: Pool, pack: Pack, sentence: str) -> str:
    with pytest.raises(TranslationError) as raised:
        await pool.ask(Lane(), pack, [sentence])
    return raised.value.code


async def test_answers_come_in_order_and_noise_on_standard_output_is_no_answer(
    pool: Pool, pack: Pack
) -> None:
    assert await pool.ask(Lane(), pack, ["a", "b\n\0 é", "c"]) == ["<a>", "<b\n\0 é>", "<c>"]


async def test_a_worker_killed_over_a_request_is_replaced_and_the_request_succeeds(
    pool: Pool, pack: Pack
) -> None:
    request = asyncio.create_task(pool.ask(Lane(), pack, ["wait once"]))
    first = await busy_worker(pack)
    os.kill(first, signal.SIGKILL)
    assert await request == ["<wait once>"]
    assert first not in pool.pids()
    assert pool.stats().restarts == 1


async def test_a_sentence_that_kills_its_worker_takes_no_other_with_it(pool: Pool, pack: Pack) -> None:
    sentences = ["a", "die", "b", "panic", "c"]
    answers = await asyncio.gather(
        *(pool.ask(Lane(), pack, [sentence]) for sentence in sentences), return_exceptions=True
    )
    assert [answer.code if isinstance(answer, TranslationError) else answer for answer in answers] == [
        ["<a>"],
        "engine_failed",
        ["<b>"],
        "engine_failed",
        ["<c>"],
    ]


@pytest.mark.parametrize("sentence", ["die once", "panic once"])
async def test_what_fails_once_is_tried_again(pool: Pool, pack: Pack, sentence: str) -> None:
    assert await pool.ask(Lane(), pack, [sentence]) == [f"<{sentence}>"]


async def test_a_hung_worker_is_replaced(pack: Pack) -> None:
    pool = Pool(workers=1, timeout=1, models_mb=10, worker_mb=1000)
    try:
        assert await pool.ask(Lane(), pack, ["hang once"]) == ["<hang once>"]
        assert await code_of(pool, pack, "hang") == "engine_failed"
        assert await pool.ask(Lane(), pack, ["a"]) == ["<a>"]
    finally:
        await pool.close()


async def test_a_short_text_does_not_wait_for_a_long_one(pool: Pool, pack: Pack) -> None:
    long = asyncio.create_task(pool.ask(Lane(), pack, ["wait once", *(f"long {n}" for n in range(200))]))
    await busy_worker(pack)
    short = asyncio.create_task(pool.ask(Lane(), pack, ["short"]))
    await let_go(pack)
    assert await short == ["<short>"]
    assert not long.done()
    assert order(pack).index("short") <= 3 * pack.batch
    assert len(await long) == 201


async def test_two_workers_share_the_work(pack: Pack) -> None:
    pool = Pool(workers=2, timeout=20, models_mb=10, worker_mb=1000)
    try:
        held = asyncio.create_task(pool.ask(Lane(), pack, ["wait"]))
        await busy_worker(pack)
        assert await pool.ask(Lane(), pack, ["a"]) == ["<a>"]
        assert not held.done()
        assert pool.stats().workers == 2
        await let_go(pack)
        await held
    finally:
        await pool.close()


async def test_a_cancelled_text_leaves_the_queue(pool: Pool, pack: Pack) -> None:
    held = asyncio.create_task(pool.ask(Lane(), pack, ["wait"]))
    await busy_worker(pack)
    cancelled = asyncio.create_task(pool.ask(Lane(), pack, ["never"]))
    after = asyncio.create_task(pool.ask(Lane(), pack, ["after"]))
    await asyncio.wait([cancelled], timeout=0)
    cancelled.cancel()
    await let_go(pack)
    assert await held == ["<wait>"]
    assert await after == ["<after>"]
    assert order(pack) == ["wait", "after"]


async def test_a_worker_over_its_memory_is_replaced(pack: Pack) -> None:
    pool = Pool(workers=1, timeout=20, models_mb=10, worker_mb=1)
    try:
        for _ in range(2):
            assert await pool.ask(Lane(), pack, ["a"]) == ["<a>"]
        assert pool.stats().restarts >= 1
    finally:
        await pool.close()


async def test_a_loader_that_is_not_there_fails_and_does_not_stop_the_rest(pool: Pool, pack: Pack) -> None:
    missing = Pack(Pair("en", "lt"), "stub", "2", "no_such_module:load", (), 1)
    assert await code_of(pool, missing, "a") == "engine_failed"
    assert await pool.ask(Lane(), pack, ["a"]) == ["<a>"]


async def test_closing_ends_workers_and_fails_what_waits(pack: Pack) -> None:
    pool = Pool(workers=1, timeout=20, models_mb=10, worker_mb=1000)
    request = asyncio.create_task(pool.ask(Lane(), pack, ["wait"]))
    worker = await busy_worker(pack)
    waiting = asyncio.create_task(pool.ask(Lane(), pack, ["a"]))
    await asyncio.wait([waiting], timeout=0)
    await pool.close()
    for task in (request, waiting):
        with pytest.raises(TranslationError, match="closed"):
            await task
    assert await has_ended(worker)
    assert await code_of(pool, pack, "a") == "closed"


@pytest.mark.parametrize(("sentence", "timeout"), [("a", 20), ("hang", 0.5)])
async def test_workers_do_not_outlive_a_killed_parent(pack: Pack, sentence: str, timeout: float) -> None:
    program = textwrap.dedent(
        f"""
        import asyncio, sys
        from pathlib import Path
        from translation import Pack, Pair
        from translation.pool import Pool
        from translation.waiting import Lane

        async def main():
            pool = Pool(workers=1, timeout={timeout}, models_mb=10, worker_mb=1000)
            files = (("scratch", Path({str(dict(pack.files)["scratch"])!r})),)
            pack = Pack(Pair("en", "pt"), "stub", "1", "stub_engine:load", files, 1)
            await pool.ask(Lane(), pack, ["a"])
            task = asyncio.create_task(pool.ask(Lane(), pack, [{sentence!r}]))
            await asyncio.wait([task], timeout=0)
            print(*pool.pids(), flush=True)
            await asyncio.Event().wait()

        asyncio.run(main())
        """
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, env=environment
    )
    assert parent.stdout is not None
    worker = int(await parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    await parent.communicate()
    assert await has_ended(worker)


async def test_more_texts_than_the_limit_are_refused(pack: Pack) -> None:
    async with Translator([pack], queue_limit=1) as translator:
        assert translator.stats.workers == 0
        held = asyncio.create_task(translator.translate("wait", "en", "pt"))
        await asyncio.wait([held], timeout=0)
        with pytest.raises(TranslationError) as raised:
            await translator.translate("Hello", "en", "pt")
        assert (raised.value.code, raised.value.permanent) == ("busy", False)
        assert translator.stats.texts == 1
        await held
        assert (await translator.translate("Hello", "en", "pt")).engine == "stub"


async def test_a_damaged_pack_says_so_and_others_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "enlt-1"
    folder.mkdir()
    (folder / "model.enlt.bin").write_bytes(b"no model at all")
    (folder / "vocab.enlt.spm").write_bytes(b"no vocabulary")
    async with Translator(discover(tmp_path)) as translator:
        with pytest.raises(TranslationError) as raised:
            await translator.translate("Where is my order?", "en", "lt")
        assert (raised.value.code, raised.value.permanent) == ("pack_damaged", True)
        assert (await translator.translate("Where is my order?", "en", "pt")).engine == "firefox"


async def test_a_worker_killed_while_idle_is_not_noticed(pool: Pool, pack: Pack) -> None:
    await pool.ask(Lane(), pack, ["a"])
    (worker,) = pool.pids()
    os.kill(worker, signal.SIGKILL)
    assert await has_ended(worker)
    assert await pool.ask(Lane(), pack, ["b"]) == ["<b>"]
