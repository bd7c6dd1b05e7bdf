"""The memory of what people said about translations, on real SQLite."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.services.memory import Memory
from appliance.storage.database import open_database
from appliance.storage.memory import MemoryBook
from appliance.storage.schema import hold

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a minute at each look."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[MemoryBook]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield MemoryBook()


@pytest.fixture
def memory(book: MemoryBook) -> Memory:
    return Memory(book, Ticking())


async def found(memory: Memory, text: str, source: str = "en", target: str = "pt") -> str | None:
    remembered = await memory.find(text, source, target)
    return None if remembered is None else remembered.translation


async def test_a_wording_is_there_at_once_and_after_a_restart(book: MemoryBook) -> None:
    first = Memory(book, Ticking())
    assert await found(first, "Where is my order?") is None
    await first.approve("Where is my order?", "en", "pt", "Cadê o meu pedido?", "emma")
    for memory in (first, Memory(book, Ticking())):
        remembered = await memory.find("Where is my order?", "en", "pt")
        assert remembered is not None
        assert (remembered.translation, remembered.by) == ("Cadê o meu pedido?", "emma")
        assert remembered.approved_at == NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("thank you", "obrigado"),
        ("Thank  you !!", "Obrigado!!"),
        ("THANK YOU.", "Obrigado."),
        ("Thank you?", None),
        ("Thank you 2", None),
    ],
)
async def test_a_text_that_is_nearly_the_same_finds_it(
    memory: Memory, text: str, translation: str | None
) -> None:
    await memory.approve("thank you!", "en", "pt", "obrigado!", "emma")
    assert await found(memory, text) == translation


async def test_the_newest_wording_for_a_text_is_the_only_one(memory: Memory, book: MemoryBook) -> None:
    await memory.approve("Hello", "en", "pt", "Alô", "emma")
    await memory.approve("Hello", "en", "pt", "Olá", "joao")
    assert await found(memory, "Hello") == "Olá"
    assert await book.count() == 1


async def test_what_was_rejected_is_known_by_its_wording(memory: Memory) -> None:
    await memory.approve("Hello", "en", "pt", "Alô", "emma")
    await memory.reject("Hello", "en", "pt", "Alô", "joao")
    assert await found(memory, "Hello") is None
    assert await memory.is_rejected("hello!", "en", "pt", "alô!")
    assert not await memory.is_rejected("Hello", "en", "pt", "Olá")
    await memory.approve("Hello", "en", "pt", "Alô", "emma")
    assert await found(memory, "Hello") == "Alô"
    assert not await memory.is_rejected("Hello", "en", "pt", "Alô")


async def test_languages_are_told_apart_and_their_regions_are_not(memory: Memory) -> None:
    await memory.approve("Autocarro", "pt", "en", "Bus", "emma")
    await memory.approve("Hello", "en", "pt-BR", "Oi", "emma")
    await memory.approve("Hello", "en", "pt-PT", "Olá", "emma")
    await memory.approve("Hello", "en", "zh-Hans", "您好，简体", "emma")
    assert await found(memory, "Autocarro", "pt-PT", "en-GB") == "Bus"
    assert await found(memory, "Hello", "en-US", "pt-BR") == "Oi"
    assert await found(memory, "Hello", "en", "pt-PT") == "Olá"
    assert await found(memory, "Hello", "en", "zh-TW") is None
    assert await found(memory, "Hello", "pt", "en") is None


async def test_nothing_personal_is_stored(memory: Memory, book: MemoryBook) -> None:
    stored = await memory.approve(
        "Ana, is order #A-17 for ana@shop.example?",
        "en",
        "pt",
        "O pedido #A-17 é de ana@shop.example?",
        "emma",
    )
    assert stored
    (judgement,) = await book.everything()
    assert "ana@shop.example" not in judgement.text + judgement.translation
    assert "A-17" not in judgement.text + judgement.translation
    assert (
        await found(memory, "Ana, is order #B-99 for eva@mail.example?")
        == "O pedido #B-99 é de eva@mail.example?"
    )


async def test_a_wording_that_lost_a_piece_is_not_for_others(memory: Memory, book: MemoryBook) -> None:
    assert not await memory.approve("Write to a@b.example", "en", "pt", "Escreva para nós", "emma")
    assert not await memory.approve("Write to us", "en", "pt", "Escreva para a@b.example", "emma")
    assert await book.count() == 0


async def test_beyond_the_limit_the_oldest_make_room(book: MemoryBook) -> None:
    memory = Memory(book, Ticking(), most=3)
    for number in "abcde":
        await memory.approve(f"Text {number}", "en", "pt", f"Texto {number}", "emma")
    assert [await found(memory, f"Text {number}") for number in "abcde"] == [
        None,
        None,
        "Texto c",
        "Texto d",
        "Texto e",
    ]
