"""The bus on a real Redis: messages cross, and a Redis that is lost is noticed and healed."""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from appliance.realtime.bus import Bus

REDIS = shutil.which("redis-server")
if REDIS is None and os.environ.get("CI") != "true":
    pytest.skip("no redis-server here: sudo apt-get install redis-server", allow_module_level=True)


class Redis:
    """A Redis of this test's own, on a free port that it keeps when it is started again."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        assert REDIS is not None, "redis-server is not installed"
        self._process = subprocess.Popen(
            [REDIS, "--bind", "127.0.0.1", "--port", str(self._port), "--save", "", "--appendonly", "no"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self._directory,
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "ready to accept connections" in line.lower():
                return
        raise AssertionError("redis-server ended")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    redis = Redis(tmp_path)
    redis.start()
    yield redis
    redis.kill()


class Server:
    """A server as the bus knows it: what it heard from the others and from itself, and its gaps."""

    def __init__(self, url: str, workspace: str = "lumina") -> None:
        self._workspace = workspace
        self.heard: list[dict[str, Any]] = []
        self.gaps = 0
        self._news = asyncio.Event()
        self.bus = Bus(url, on_message=self._hear, on_gap=self._gap, beat_seconds=0.3)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Server"]:
        task = asyncio.create_task(self.bus.run(self._workspace))
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not test():
                self._news.clear()
                await self._news.wait()

    def _hear(self, message: dict[str, Any]) -> None:
        self.heard.append({key: value for key, value in message.items() if key != "from"})
        self._news.set()

    def _gap(self) -> None:
        self.gaps += 1
        self._news.set()


@asynccontextmanager
async def two(redis: Redis) -> AsyncIterator[tuple[Server, Server]]:
    async with Server(redis.url).running() as one, Server(redis.url).running() as other:
        await one.until(lambda: one.bus.is_up)
        await other.until(lambda: other.bus.is_up)
        yield one, other


def message(number: int) -> dict[str, Any]:
    return {"kind": "n", "n": number, "text": "Olá 👋"}


async def test_messages_cross_both_ways_once_and_in_order(redis: Redis) -> None:
    async with two(redis) as (one, other):
        for number in range(200):
            one.bus.publish(message(number))
        await other.until(lambda: len(other.heard) >= 200)
        assert other.heard == [message(number) for number in range(200)]
        other.bus.publish(message(200))
        await one.until(lambda: len(one.heard) >= 201)
        assert one.heard == [message(number) for number in range(201)]


async def test_workspaces_on_the_same_redis_do_not_hear_each_other(redis: Redis) -> None:
    async with two(redis) as (one, other), Server(redis.url, "another shop").running() as stranger:
        await stranger.until(lambda: stranger.bus.is_up)
        gaps = stranger.gaps
        stranger.bus.publish(message(0))
        for number in range(1, 50):
            one.bus.publish(message(number))
        await other.until(lambda: message(49) in other.heard)
        stranger.bus.publish(message(50))
        other.bus.publish(message(51))
        await one.until(lambda: message(51) in one.heard)
        assert stranger.heard == [message(0), message(50)]
        assert message(0) not in other.heard
        assert stranger.gaps == gaps


async def test_what_is_only_for_others_is_not_heard_here(redis: Redis) -> None:
    async with two(redis) as (one, other):
        one.bus.tell_others(lambda: message(1))
        one.bus.publish(message(2))
        await other.until(lambda: len(other.heard) >= 2)
        assert (one.heard, other.heard) == ([message(2)], [message(1), message(2)])


async def test_more_than_can_be_sent_is_a_gap_for_the_others(redis: Redis) -> None:
    async with two(redis) as (one, other):
        one.bus.tell_others(lambda: message(-1))
        await other.until(lambda: message(-1) in other.heard)
        other.heard.clear()
        before = other.gaps
        for number in range(10_001):
            one.bus.tell_others(lambda number=number: message(number))  # type: ignore[misc]
        await other.until(lambda: message(10_000) in other.heard)
        assert other.heard == [message(10_000)]
        assert other.gaps == before + 1


async def test_a_redis_that_dies_is_noticed_and_heals(redis: Redis) -> None:
    async with two(redis) as (one, other):
        redis.kill()
        for server in (one, other):
            await server.until(lambda server=server: not server.bus.is_up)  # type: ignore[misc]
            assert server.bus.down.is_set()
        one.bus.publish(message(1))
        assert one.heard == [message(1)]
        assert other.heard == []

        gaps = other.gaps
        redis.start()
        for server in (one, other):
            await server.until(lambda server=server: server.bus.is_up)  # type: ignore[misc]
            assert not server.bus.down.is_set()
        await other.until(lambda: other.gaps > gaps)
        one.bus.publish(message(2))
        await other.until(lambda: len(other.heard) >= 1)
        assert other.heard == [message(2)]


async def test_a_redis_that_comes_later_is_found(tmp_path: Path) -> None:
    redis = Redis(tmp_path)
    async with Server(redis.url).running() as server:
        await server.until(lambda: server.gaps >= 1)
        assert not server.bus.is_up
        redis.start()
        try:
            await server.until(lambda: server.bus.is_up)
        finally:
            redis.kill()
            await server.until(lambda: not server.bus.is_up)
