"""Dragoman's whole server beside LibreTranslate's: the same model, the same messages, the same client.

`python -m tests.load.rivals` prints the rows by themselves.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx2

from tests.load import chats, libretranslate, wide
from tests.load.asking import Figures, Plan
from tests.load.messages import SOURCE, TARGET, messages
from tests.load.processes import family, resident_kb, shared_kb
from tests.support.phrase_models import package
from tests.support.server import Server, serving

CLIENTS = 32
_ROUNDS = 2
_WARM, _SINGLY, _TOGETHER = 32, 24, 192
_ROOT = Path(__file__).parents[2]
_PATIENCE = 300
_KEY = 'id="made-key" type="text" readonly dir="ltr" value="'


def measure(folder: Path) -> dict[str, Any]:
    """Medians over rounds in which the two take turns. Every message is new to both."""
    texts = messages(_WARM + _ROUNDS * (_SINGLY + _TOGETHER))
    data = folder / "rivals"
    shutil.copytree(wide.pack().folder or Path(), data / "models" / "en_lt")
    with serving("serve", data, api_requests_per_minute="10000000") as server:
        ours = Plan(server.port, [], SOURCE, TARGET, CLIENTS, _key(server))
        try:
            packages = [wide.package(), package("lt_en")]
            with (
                libretranslate.serving(packages, {}) as theirs,
                libretranslate.serving(packages, libretranslate.tuned()) as tuned,
            ):
                plans = {
                    "dragoman": (ours, server.process.pid),
                    "libretranslate": (Plan(theirs.port, [], SOURCE, TARGET, CLIENTS), theirs.pid),
                    "libretranslate_tuned": (Plan(tuned.port, [], SOURCE, TARGET, CLIENTS), tuned.pid),
                }
                results = _compare(plans, texts)
            for rival in ("libretranslate", "libretranslate_tuned"):
                results[rival] |= {
                    f"ratio_of_{figure}": results["dragoman"][figure] / results[rival][figure]
                    for figure in ("per_second", "p50_ms", "pss_mb")
                }
            results["note"] = libretranslate.NOTE
        except libretranslate.NotMeasuredError as reason:
            results = _compare({"dragoman": (ours, server.process.pid)}, texts)
            results["not_measured"] = str(reason)
    return results


def _compare(plans: dict[str, tuple[Plan, int]], texts: list[str]) -> dict[str, Any]:
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in plans}
    for plan, _ in plans.values():
        _ask(plan, texts[:_WARM], CLIENTS)
    for number in range(_ROUNDS):
        start = _WARM + number * (_SINGLY + _TOGETHER)
        for name, (plan, _) in plans.items():
            one = _ask(plan, texts[start : start + _SINGLY], 1)
            many = _ask(plan, texts[start + _SINGLY : start + _SINGLY + _TOGETHER], CLIENTS)
            rows[name].append(
                {
                    "single_per_second": one.per_second,
                    "single_p50_ms": one.p50_ms,
                    "per_second": many.per_second,
                    "p50_ms": many.p50_ms,
                    "p99_ms": many.p99_ms,
                }
            )
    results: dict[str, Any] = {}
    for name, (_, pid) in plans.items():
        processes = family(pid)
        results[name] = {key: statistics.median(row[key] for row in rows[name]) for key in rows[name][0]}
        results[name]["rss_mb"] = sum(map(resident_kb, processes)) / 1024
        results[name]["pss_mb"] = sum(map(shared_kb, processes)) / 1024
        results[name]["processes"] = len(processes)
    return results


def _ask(plan: Plan, texts: list[str], clients: int) -> Figures:
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.asking"],
        input=json.dumps(asdict(plan) | {"messages": texts, "clients": clients}),
        capture_output=True,
        text=True,
        cwd=_ROOT,
        timeout=_PATIENCE,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Figures(**json.loads(done.stdout))


def _key(server: Server) -> str:
    """A key to the translation API, as the first admin makes one on the page."""
    headers = {"cookie": chats.set_up(server), "origin": server.url}
    page = httpx2.post(
        f"{server.url}/console/api", data={"name": "Benchmark"}, headers=headers, trust_env=False
    )
    assert page.status_code == 200, page.text
    return page.text.partition(_KEY)[2].partition('"')[0]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=_ROOT) as folder:
        sys.stdout.write(json.dumps(measure(Path(folder)), indent=2) + "\n")


if __name__ == "__main__":
    main()
