"""The bus without a network: everything arrives, and what may be missing is said."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from appliance.realtime.bus import Bus


class Listener:
    """A bus and what it said."""

    def __init__(self, url: str = "memory://") -> None:
        self.heard: list[Any] = []
        self.gaps = 0
        self.news = asyncio.Condition()
        self.bus = Bus(url, on_message=self._hear, on_gap=self._gap, beat_seconds=0.2)
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Listener"]:
        task = asyncio.create_task(self.bus.run("lumina"))
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await asyncio.gather(*self._tasks)

    async def until_up(self) -> None:
        await self.until(lambda: self.bus.is_up)

    async def until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(test)

    def _hear(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        self._tell()

    def _gap(self) -> None:
        self.gaps += 1
        self._tell()

    def _tell(self) -> None:
        async def tell() -> None:
            async with self.news:
                self.news.notify_all()

        task = asyncio.create_task(tell())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def test_what_this_server_publishes_its_own_readers_hear_at_once_and_once() -> None:
    async with Listener().running() as listener:
        await listener.until_up()
        sent = [{"kind": "n", "n": number, "text": "Olá 👋"} for number in range(500)]
        for message in sent:
            listener.bus.publish(message)
        assert listener.heard == sent
        listener.bus.publish({"kind": "last"})
        await asyncio.sleep(0)
        assert listener.heard == [*sent, {"kind": "last"}]


async def test_where_there_are_no_other_servers_nothing_is_written_for_them() -> None:
    def make() -> dict[str, Any]:
        raise AssertionError("nobody reads this")

    async with Listener().running() as listener:
        await listener.until_up()
        listener.bus.tell_others(make)
    assert listener.heard == []


async def test_coming_up_means_that_something_may_have_been_missed() -> None:
    async with Listener().running() as listener:
        assert listener.bus.down.is_set()
        await listener.until_up()
        assert listener.gaps == 1
        assert not listener.bus.down.is_set()


async def test_while_it_is_down_this_servers_own_readers_are_told_at_once() -> None:
    listener = Listener()
    listener.bus.publish({"kind": "n", "n": 1})
    assert listener.heard == [{"kind": "n", "n": 1}]


async def test_a_bus_that_cannot_be_reached_stays_down_and_says_so(caplog: Any) -> None:
    listener = Listener("redis://127.0.0.1:1")
    async with listener.running():
        await listener.until(lambda: listener.gaps >= 2)
        assert not listener.bus.is_up
        listener.bus.publish({"kind": "n", "n": 1})
        assert listener.heard == [{"kind": "n", "n": 1}]
    assert sum("The bus is down" in record.message for record in caplog.records) == 1
