"""The alarm looks at the clock again and again: machines sleep, clocks are set."""

import asyncio
from datetime import timedelta

import pytest

from appliance.alarm import STEP, alarm_by
from tests.conftest import Clock


@pytest.fixture
def sleeps(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept each time; the clock goes on meanwhile."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.advance(seconds=seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return slept


async def test_it_wakes_when_the_instant_has_come(clock: Clock, sleeps: list[float]) -> None:
    at = clock() + timedelta(seconds=70)
    await alarm_by(clock)(at)
    assert sleeps == [30.0, 30.0, 10.0]
    assert clock() == at
    assert timedelta(seconds=30) == STEP


async def test_what_has_come_is_not_waited_for(clock: Clock, sleeps: list[float]) -> None:
    await alarm_by(clock)(clock())
    await alarm_by(clock)(clock() - timedelta(days=1))
    assert sleeps == []


async def test_a_machine_that_slept_wakes_it_within_a_step(
    clock: Clock, sleeps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def suspended(seconds: float) -> None:
        sleeps.append(seconds)
        clock.advance(hours=8)

    monkeypatch.setattr(asyncio, "sleep", suspended)
    await alarm_by(clock)(clock() + timedelta(hours=7))
    assert sleeps == [30.0]
