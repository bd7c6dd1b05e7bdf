"""Dragoman's translator beside the bare engine, on an Argos model of the usual size.

`python -m tests.load.engines` prints the rows by themselves; `--memory 50000` adds the memory after so many
translations.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
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
SINGLY = 24
_ROUNDS = 3
_MESSAGES = 256
SMOKE = 2_000
"""Translations after which memory is looked at, in `make bench`."""
_ROOT = Path(__file__).parents[2]


async def measure() -> dict[str, Any]:
    """Medians over rounds in which the bare engine and the service take turns. The service remembers nothing,
    but for the repeated message."""
    pack, texts = wide.pack(), messages(_MESSAGES)
    rounds: list[dict[str, float]] = []
    beams = {beam: await asyncio.to_thread(_bare, texts, beam, len(texts)) for beam in BEAMS}
    async with Translator([pack], cache_size=0) as translator:
        await through(translator, texts[:CLIENTS], CLIENTS)
        for _ in range(_ROUNDS):
            floor = await asyncio.to_thread(_bare, texts, BEAM, CLIENTS, SINGLY)
            times = await through(translator, texts, CLIENTS)
            singles = await through(translator, texts[:SINGLY], 1)
            rounds.append(
                {
                    "bare_per_second": floor.per_second,
                    "bare_single_ms": floor.single_ms,
                    "service_per_second": len(texts) / times.seconds,
                    "service_p50_ms": times.p50_ms,
                    "service_single_ms": singles.p50_ms,
                    "ratio": len(texts) / times.seconds / floor.per_second,
                    "single_extra_ms": singles.p50_ms - floor.single_ms,
                }
            )
    async with Translator([pack]) as translator:
        await through(translator, texts[:1], 1)
        repeated = await through(translator, texts[:1] * 200, 1)
    return {
        "model": wide.description(),
        "beam": BEAM,
        "beams": {str(beam): figures.per_second for beam, figures in beams.items()},
        **{name: statistics.median(one[name] for one in rounds) for name in rounds[0]},
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


def _bare(texts: list[str], beam: int, at_once: int, singly: int = 0) -> bare.Figures:
    folder = wide.pack().folder
    plan = bare.Plan(str(folder), texts, beam, at_once, singly)
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.bare"],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        cwd=_ROOT,
        check=True,
        # As workers are started: the system may share its time out by sessions.
        start_new_session=True,
    )
    return bare.Figures(**json.loads(done.stdout))


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
