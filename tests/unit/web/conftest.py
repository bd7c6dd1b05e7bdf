from collections.abc import AsyncIterator
from functools import cache, partial
from pathlib import Path

import pytest

import appliance.parts
from appliance.services.passwords import Passwords
from appliance.web.assets import Assets
from tests.conftest import Clock
from tests.unit.web.house import House, open_house

read_once = cache(Assets)


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """An application opens in a hundredth of a second: files are read once, passwords hashed cheaply."""
    monkeypatch.setattr(appliance.parts, "Assets", read_once)
    monkeypatch.setattr(appliance.parts, "Passwords", partial(Passwords, memory_kib=64, passes=1))


@pytest.fixture
async def house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    async with open_house(tmp_path / "data", clock) as house:
        yield house
