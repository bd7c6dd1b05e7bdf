"""Messages a second and times of arrival: Dragoman's durable path beside the floor."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx2

from tests.load.generator import Figures, Plan
from tests.support.server import Server

CONNECTIONS = (1, 100, 1000)
UNLIMITED = {"messages_per_second": "100000", "sessions_per_minute": "1000000"}

_ROOT = Path(__file__).parents[2]
_PATIENCE = 120


def measure(server: Server, cookie: str) -> list[dict[str, Any]]:
    """A row for each number of connections. The floor is measured before and after the product, so that a
    machine that is slower for a while is slower for both."""
    rows = []
    with _floor() as (port, pid):
        for connections in CONNECTIONS:
            floor_plan = Plan("echo", port, connections, seconds=2, warm_up=0.5, server=pid)
            plan = Plan("chat", server.port, connections, 6, 1, cookie, server.process.pid)
            before = generate(floor_plan)
            product = generate(plan)
            after = generate(floor_plan)
            per_second = (before.messages_per_second + after.messages_per_second) / 2
            rows.append(
                {
                    "connections": connections,
                    "floor": asdict(before) | {"messages_per_second": per_second},
                    "durable": asdict(product),
                    "ratio": product.messages_per_second / per_second,
                    "floor_cpu_us": 1e6 * (before.server_busy + after.server_busy) / 2 / per_second,
                    "durable_cpu_us": 1e6 * product.server_busy / product.messages_per_second,
                }
            )
    return rows


def set_up(server: Server) -> str:
    """The first admin, who reads English as the visitors do; gives the cookie of the session."""
    form = {
        "workspace": "Load",
        "name": "Emma",
        "email": "emma@example.com",
        "password": "as long as it must be",
        "language": "en",
        "time_zone": "UTC",
        "sites": "",
    }
    answer = httpx2.post(server.link, data=form, trust_env=False)
    assert answer.status_code == 303, answer.text
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


def generate(plan: Plan) -> Figures:
    """Runs the load in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.generator"],
        input=json.dumps(asdict(plan)) + "\n",
        capture_output=True,
        text=True,
        cwd=_ROOT,
        timeout=_PATIENCE,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Figures(**json.loads(done.stdout))


@contextmanager
def holding_idle(server: Server, connections: int) -> Iterator[None]:
    """Visitors' sockets that are open and silent."""
    plan = Plan("idle", server.port, connections)
    holder = subprocess.Popen(
        [sys.executable, "-m", "tests.load.generator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        holder.stdin.write(json.dumps(asdict(plan)) + "\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "\n", "the sockets could not be opened"
        yield
    finally:
        holder.communicate(timeout=_PATIENCE)


@contextmanager
def _floor() -> Iterator[tuple[int, int]]:
    floor = subprocess.Popen(
        [sys.executable, "-m", "tests.load.floor"], stdout=subprocess.PIPE, text=True, cwd=_ROOT
    )
    assert floor.stdout is not None
    try:
        yield int(floor.stdout.readline()), floor.pid
    finally:
        floor.terminate()
        floor.communicate(timeout=_PATIENCE)
