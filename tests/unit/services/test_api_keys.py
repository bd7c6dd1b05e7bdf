"""Keys of the translation API: what ends one holds, whatever else is being written."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from appliance.domain.api_keys import ApiKey
from appliance.services.api_keys import ApiKeys
from tests.conftest import Clock


class SlowBook:
    """Writes in the order asked for, and only when it is let."""

    def __init__(self) -> None:
        self.rows: dict[str, ApiKey] = {}
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()
        self._order = asyncio.Lock()

    async def all(self) -> list[ApiKey]:
        return list(self.rows.values())

    async def save(self, keys: Sequence[ApiKey]) -> None:
        async with self._turn():
            self.rows.update({key.id: key for key in keys})

    async def delete(self, key_id: str) -> None:
        async with self._turn():
            self.rows.pop(key_id, None)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        self.asked.set()
        async with self._order:
            await self.open.wait()
            yield


@pytest.mark.parametrize("ending", ["revoke", "delete"])
async def test_a_key_that_is_ended_while_its_uses_are_noted_stays_ended(ending: str, clock: Clock) -> None:
    book = SlowBook()
    keys = ApiKeys(book, clock)
    key, token = await keys.create("Intranet")
    await keys.note_use(key)
    book.open.clear()
    book.asked.clear()
    async with asyncio.TaskGroup() as group:
        group.create_task(getattr(keys, ending)(key.id))
        await book.asked.wait()
        group.create_task(keys.save())
        await asyncio.sleep(0)
        book.open.set()
    assert await keys.find(token) is None
    after_a_restart = ApiKeys(book, clock)
    assert await after_a_restart.find(token) is None
