"""`make bench`: every figure that Dragoman promises, measured on this machine in one run.

Prints a table and writes bench-results.json; docs/benchmarks.md explains both. `--check` exits with 1 when a
target is missed.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.load import (
    chats,
    engines,
    footprint,
    growth,
    hours,
    machine,
    quality,
    rivals,
    traffic,
    translating,
)
from tests.load.table import render
from tests.support.server import serving

_ROOT = Path(__file__).parents[2]
_RESULTS = _ROOT / "bench-results.json"


def measure(folder: Path, translations: int) -> dict[str, Any]:
    """All figures. `folder` is on the disk that is to be measured; `translations` is how many are made before
    memory is looked at again."""
    results: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds")}
    results["machine"] = machine.describe(folder)
    with serving("serve", folder / "chats", **chats.UNLIMITED) as server:
        cookie = chats.set_up(server)
        results["chats"] = chats.measure(server, cookie)
        results["weight"] = footprint.weight(server)
    results["translation"] = asyncio.run(translating.measure())
    results["engines"] = asyncio.run(engines.measure())
    results["engine_memory"] = asyncio.run(engines.memory(translations))
    results["rivals"] = rivals.measure(folder)
    results["quality"] = quality.measure()
    results["growth"] = growth.measure()
    results["hours"] = hours.measure()
    results["traffic"] = traffic.measure()
    results["memory"] = footprint.memory(folder)
    results["start_up"] = footprint.start_up(folder)
    return results


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=".bench-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--dir", type=Path, default=_ROOT, help="a folder on the disk to measure")
    parser.add_argument(
        "--translations",
        type=int,
        default=engines.SMOKE,
        help="how many to make before memory is looked at again (default: %(default)s; 50000 takes a while)",
    )
    options = parser.parse_args()
    begun = time.monotonic()
    with _scratch(options.dir) as folder:
        results = measure(folder, options.translations)
    results["seconds"] = round(time.monotonic() - begun, 1)
    text, missed = render(results)
    sys.stdout.write(text)
    results["missed"] = missed
    _RESULTS.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    if missed and options.check:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
