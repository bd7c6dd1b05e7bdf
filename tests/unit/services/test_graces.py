"""Graces: called back in order, when the clock says so, whatever one of them does."""

import asyncio
from datetime import timedelta

from appliance.services.graces import Graces
from tests.conftest import Clock
from tests.unit.services.routing_house import SetAlarm


async def test_each_is_called_back_after_its_grace(clock: Clock) -> None:
    alarm = SetAlarm(clock)
    graces = Graces(timedelta(seconds=8), clock, alarm)
    called: list[str] = []
    done = asyncio.Event()

    def fails() -> None:
        called.append("fails")
        raise RuntimeError("on purpose")

    running = asyncio.create_task(graces.run())
    start = clock()
    graces.later(fails)
    await alarm.asked_for(start + timedelta(seconds=8))
    clock.advance(seconds=3)
    graces.later(lambda: called.append("second"))
    graces.later(done.set)
    alarm.advance(seconds=5)
    await alarm.asked_for(start + timedelta(seconds=11))
    assert called == ["fails"]
    alarm.advance(seconds=3)
    async with asyncio.timeout(10):
        await done.wait()
    assert called == ["fails", "second"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
