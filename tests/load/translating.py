"""Sentences a second of `translation.Translator` beside the bare engine, on the same sentences."""

import asyncio
import itertools
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from translation import Translator, discover
from translation.engines.firefox import load

CONCURRENT = 50
_ROUNDS = 5
_ROOT = Path(__file__).parents[2]

_THINGS = ("lamp", "table", "blue chair", "small mirror", "kitchen clock", "wool blanket")
_WHAT = (
    "I ordered a {} last week and it has not arrived yet.",
    "Can you tell me how much it costs to send the {} back?",
    "The {} that I received is broken, what can I do?",
    "Please change the address for the delivery of my {}.",
    "Do you still have the {} in other colours?",
    "Thank you, the {} is beautiful and came very fast.",
    "My neighbour would like to buy the same {}.",
    "How long is the guarantee of the {}?",
    "Someone told me that the {} is cheaper in your shop.",
    "I would like to talk to somebody about the {}.",
)


def sentences() -> list[str]:
    """Sixty of what visitors of a shop write, all different."""
    return [what.format(thing) for thing, what in itertools.product(_THINGS, _WHAT)]


async def measure() -> dict[str, Any]:
    """Medians over rounds in which engine and service take turns, English to Portuguese, one worker, which
    has the model loaded and remembers nothing."""
    pack = next(pack for pack in discover() if (pack.pair.source, pack.pair.target) == ("en", "pt"))
    texts = sentences()
    bare: list[float] = []
    single: list[float] = []
    loaded: list[float] = []
    async with Translator([pack], cache_size=0) as translator:
        await translator.translate(texts[0], "en", "pt")
        for _ in range(_ROUNDS):
            bare.append(await _bare())
            single.append(await _through(translator, texts, 1))
            loaded.append(await _through(translator, texts, CONCURRENT))
    return {
        "engine_per_second": statistics.median(bare),
        "one_by_one_per_second": statistics.median(single),
        "loaded_per_second": statistics.median(loaded),
        "one_by_one_ratio": statistics.median(a / b for a, b in zip(single, bare, strict=True)),
        "loaded_ratio": statistics.median(a / b for a, b in zip(loaded, bare, strict=True)),
    }


async def _through(translator: Translator, texts: Sequence[str], concurrent: int) -> float:
    """Sentences a second with so many under way at once."""
    waiting = iter(texts)

    async def one_after_another() -> None:
        for text in waiting:
            await translator.translate(text, "en", "pt")

    begun = time.perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(concurrent)))
    return len(texts) / (time.perf_counter() - begun)


async def _bare() -> float:
    """Sentences a second of the engine alone, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.load.translating",
        stdout=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        # As workers are started: the system may share its time out by sessions.
        start_new_session=True,
    )
    output, _ = await process.communicate()
    return float(output)


def main() -> None:
    """The bare engine: prints sentences a second, the loading of the model not counted."""
    pack = next(pack for pack in discover() if (pack.pair.source, pack.pair.target) == ("en", "pt"))
    engine = load(dict(pack.files))
    texts = sentences()
    engine.translate(texts[:1])
    begun = time.perf_counter()
    engine.translate(texts)
    sys.stdout.write(f"{len(texts) / (time.perf_counter() - begun)}\n")


if __name__ == "__main__":
    main()
