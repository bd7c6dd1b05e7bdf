"""Messages first: others hold back while one is with the engine, and go on when it is done."""

import asyncio

import pytest

from appliance.services.turns import Turns
from tests.unit.services.fakes import Interpreter


async def settle() -> None:
    """Lets every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)


class Users:
    """Tasks that hold a turn until they are let go."""

    def __init__(self, turns: Turns, count: int) -> None:
        self.holding: list[int] = []
        self.release = asyncio.Event()
        self.tasks = [asyncio.create_task(self._use(turns, number)) for number in range(count)]

    async def _use(self, turns: Turns, number: int) -> None:
        async with turns.turn():
            self.holding.append(number)
            await self.release.wait()
            self.holding.remove(number)

    async def end(self) -> None:
        self.release.set()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def test_so_many_at_once_in_order_of_asking() -> None:
    users = Users(Turns(at_ease=3, beside_chats=1), 5)
    await settle()
    assert users.holding == [0, 1, 2]
    await users.end()
    assert users.holding == []


async def test_fewer_while_a_message_is_with_the_engine_and_all_again_after_it() -> None:
    turns, engine = Turns(at_ease=4, beside_chats=1), Interpreter()
    engine.hold = asyncio.Event()
    message = asyncio.create_task(turns.for_chats(engine).translate("Olá", "pt", "en"))
    await settle()
    users = Users(turns, 4)
    await settle()
    assert users.holding == [0]
    engine.hold.set()
    assert (await message).translation == "[en] Olá"
    await settle()
    assert users.holding == [0, 1, 2, 3]
    await users.end()


async def test_a_message_never_waits_for_the_others() -> None:
    turns, engine = Turns(at_ease=1, beside_chats=1), Interpreter()
    users = Users(turns, 3)
    await settle()
    result = await turns.for_chats(engine).translate("Olá", "pt", "en")
    assert result.translation == "[en] Olá"
    await users.end()


async def test_a_message_that_fails_gives_the_others_their_room_back() -> None:
    turns, engine = Turns(at_ease=2, beside_chats=1), Interpreter()
    engine.errors["Olá"] = "engine_failed"
    with pytest.raises(Exception, match="as the test wants it"):
        await turns.for_chats(engine).translate("Olá", "pt", "en")
    users = Users(turns, 2)
    await settle()
    assert users.holding == [0, 1]
    await users.end()


async def test_whoever_gives_up_waiting_takes_no_turn() -> None:
    turns = Turns(at_ease=1, beside_chats=1)
    users = Users(turns, 3)
    await settle()
    # The first has it; both leave before the third gets one.
    users.tasks[1].cancel()
    users.tasks[0].cancel()
    await settle()
    assert users.holding[-1] == 2
    await users.end()
    again = Users(turns, 1)
    await settle()
    assert again.holding == [0]
    await again.end()
