"""Dragoman's translator beside the bare engine, on an Argos model of the usual size.

`python -m tests.load.engines` prints the rows by themselves; `--memory 50000` adds the memory after so many
translations.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.load import bare, wide
from tests.load.messages import SOURCE, TARGET, messages
from tests.load.processes import resident_kb
from translation import Translator
from translation.engines.argos import BEAM

CLIENTS = 32
BEAMS = (1, 2, 4)
SINGLY = 64
_ROUNDS = 5
_PROCESSES = 3
_MESSAGES = 512
SMOKE = 2_000
"""Translations after which memory is looked at, in `make bench`."""
_ROOT = Path(__file__).parents[2]


async def measure() -> dict[str, Any]:
    """Medians over rounds in which the bare engine and the service take turns, each time in a fresh process.
    The service remembers nothing, but for the repeated message."""
    pack, texts = wide.pack(), messages(_MESSAGES)
    rounds: list[dict[str, float]] = []
    beams = {beam: await _bare(texts, beam, len(texts)) for beam in BEAMS}
    for _ in range(_ROUNDS):
        floor = await _bare(texts, BEAM, CLIENTS)
        async with Translator([pack], cache_size=0) as translator:
            await through(translator, texts[:CLIENTS], CLIENTS)
            times = await through(translator, texts, CLIENTS)
        rounds.append(
            {
                "bare_per_second": floor,
                "service_per_second": len(texts) / times.seconds,
                "service_p50_ms": times.p50_ms,
                "ratio": len(texts) / times.seconds / floor,
            }
        )
    async with Translator([pack]) as translator:
        await through(translator, texts[:1], 1)
        repeated = await through(translator, texts[:1] * 200, 1)
    return {
        "model": wide.description(),
        "beam": BEAM,
        "beams": {str(beam): per_second for beam, per_second in beams.items()},
        **{name: statistics.median(one[name] for one in rounds) for name in rounds[0]},
        **await _singly(texts[:SINGLY]),
        "repeated_ms": repeated.p50_ms,
    }


class Times:
    """How long texts took, seconds."""

    def __init__(self, each: Sequence[float], seconds: float) -> None:
        self.seconds = seconds
        self.p50_ms = 1000 * statistics.median(each)


async def through(translator: Translator, texts: Sequence[str], clients: int) -> Times:
    """Has texts translated for so many clients, each of whom asks again as soon as it is answered."""
    waiting = iter(texts)
    each: list[float] = []

    async def one_after_another() -> None:
        for text in waiting:
            begun = time.perf_counter()
            await translator.translate(text, SOURCE, TARGET)
            each.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(clients)))
    return Times(each, time.perf_counter() - begun)


async def memory(count: int) -> dict[str, Any]:
    """MB of RAM of the worker when it is warm, and after so many translations; and of this process."""
    texts = messages(1000)
    async with Translator([wide.pack()], cache_size=100) as translator:
        await through(translator, texts, CLIENTS)
        (worker,) = translator.worker_pids()
        before, own_before = resident_kb(worker), resident_kb(os.getpid())
        done = 0
        while done < count:
            part = texts[: count - done]
            await through(translator, part, CLIENTS)
            done += len(part)
        after, own_after = resident_kb(worker), resident_kb(os.getpid())
        restarts = translator.stats.restarts
    return {
        "translations": count,
        "before_mb": before / 1024,
        "after_mb": after / 1024,
        "own_before_mb": own_before / 1024,
        "own_after_mb": own_after / 1024,
        "restarts": restarts,
        "growth": after / before,
    }


async def _singly(texts: Sequence[str]) -> dict[str, float]:
    """One message at a time, by several processes of the bare engine and of the service, all in turns: what
    the machine does in a second changes more from minute to minute than the two differ, and of two processes
    of the very same program one can be a tenth slower for as long as it lives. So each message's time is the
    median of its kind's processes."""
    engines = [await _start(bare.Plan(str(wide.pack().folder), [], BEAM, 1)) for _ in range(_PROCESSES)]

    async def alone(engine: Process, text: str) -> float:
        assert engine.stdin is not None
        assert engine.stdout is not None
        engine.stdin.write(f"{text}\n".encode())
        return float(await engine.stdout.readline())

    async def served(translator: Translator, text: str) -> float:
        begun = time.perf_counter()
        await translator.translate(text, SOURCE, TARGET)
        return time.perf_counter() - begun

    floor, service = [], []
    async with AsyncExitStack() as stack:
        translators = [
            await stack.enter_async_context(Translator([wide.pack()], cache_size=0))
            for _ in range(_PROCESSES)
        ]
        # The first is to warm up.
        for text in (texts[0], *texts):
            times = [
                (await alone(engine, text), await served(translator, text))
                for engine, translator in zip(engines, translators, strict=True)
            ]
            floor.append(statistics.median(one for one, _ in times))
            service.append(statistics.median(one for _, one in times))
    for engine in engines:
        assert engine.stdin is not None
        engine.stdin.close()
        await engine.wait()
    extra = [mine - other for mine, other in zip(service[1:], floor[1:], strict=True)]
    return {
        "bare_single_ms": 1000 * statistics.median(floor[1:]),
        "service_single_ms": 1000 * statistics.median(service[1:]),
        "single_extra_ms": 1000 * statistics.median(extra),
    }


async def _bare(texts: list[str], beam: int, at_once: int) -> float:
    """Sentences a second of the bare engine."""
    process = await _start(bare.Plan(str(wide.pack().folder), texts, beam, at_once))
    said, _ = await process.communicate(b"")
    return float(said)


async def _start(plan: bare.Plan) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.load.bare",
        stdin=PIPE,
        stdout=PIPE,
        cwd=_ROOT,
        # As workers are started: the system may share its time out by sessions.
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(plan)).encode() + b"\n")
    return process


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--memory", type=int, default=SMOKE, metavar="N", help="translations (default: %(default)s)"
    )
    options = parser.parse_args()
    results = {"engines": asyncio.run(measure()), "growth": asyncio.run(memory(options.memory))}
    sys.stdout.write(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
