"""Too fast: slowed down first, then told."""

import asyncio

import pytest

from appliance.domain.refusal import Refused
from appliance.web.pace import Pace


class Time:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def pace(time: Time, *, rate: float = 2, burst: float = 3, patience: float = 2) -> Pace:
    return Pace(rate, burst, patience=patience, monotonic=time, sleep=time.sleep)


async def test_a_burst_passes_at_once_and_the_next_are_slowed() -> None:
    time = Time()
    line = pace(time)
    for _ in range(5):
        await line.admit("ana")
    assert time.slept == [0.5, 0.5]


async def test_others_do_not_wait_in_the_same_line() -> None:
    time = Time()
    line = pace(time)
    for _ in range(3):
        await line.admit("ana")
    await line.admit("farhad")
    assert time.slept == []


async def test_a_line_longer_than_the_patience_is_refused_with_the_time_to_wait() -> None:
    time = Time()
    waiting: list[float] = []

    async def wait(seconds: float) -> None:
        waiting.append(seconds)

    line = Pace(2, 3, patience=2, monotonic=time, sleep=wait)
    results = await asyncio.gather(*(line.admit("ana") for _ in range(20)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, Refused)]
    assert waiting == [0.5, 1.0, 1.5, 2.0]
    assert {(refusal.code, refusal.retry_after) for refusal in refused} == {("too_fast", 2.5)}
    assert len(refused) == 13


async def test_one_who_asks_again_and_again_is_slowed_then_told() -> None:
    """A socket handles one frame after the other, so its line is never long."""
    time = Time()
    line = pace(time)
    admitted, refused = 0, []
    for _ in range(100):
        try:
            await line.admit("ana")
            admitted += 1
        except Refused as refusal:
            refused.append(refusal)
    assert sum(time.slept) == pytest.approx(2.5)
    assert admitted == 3 + 5
    assert {(refusal.code, refusal.retry_after) for refusal in refused} == {("too_fast", 0.5)}


async def test_whoever_waits_as_told_is_admitted() -> None:
    time = Time()
    line = pace(time)
    refusal = None
    while refusal is None:
        try:
            await line.admit("ana")
        except Refused as found:
            refusal = found
    assert refusal.retry_after is not None
    time.now += refusal.retry_after
    slept = len(time.slept)
    await line.admit("ana")
    assert len(time.slept) == slept


async def test_without_patience_whoever_is_too_fast_is_told_at_once() -> None:
    time = Time()
    line = pace(time, rate=1 / 60, burst=1, patience=0)
    await line.admit("10.0.0.1")
    with pytest.raises(Refused) as refused:
        await line.admit("10.0.0.1")
    assert refused.value.retry_after == 60
    time.now += 60
    await line.admit("10.0.0.1")


async def test_the_oldest_of_very_many_are_forgotten() -> None:
    time = Time()
    line = pace(time, rate=0.001, burst=1, patience=0)
    await line.admit("first")
    for number in range(20_000):
        await line.admit(str(number))
    await line.admit("first")
