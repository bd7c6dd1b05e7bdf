"""The memory of what people said about translations, on real SQLite."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.domain.refusal import Refused
from appliance.services.memory import Memory
from appliance.services.memory_csv import RowRefused
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


async def test_a_page_has_what_is_looked_for_the_newest_first(memory: Memory) -> None:
    for text, target in (("One", "pt"), ("Two", "pt"), ("Three", "lt"), ("Twenty", "pt")):
        await memory.approve(text, "en", target, f"{text} there", "emma")
    await memory.reject("Two", "en", "pt", "wrong", "emma")

    async def texts(**asked: object) -> list[tuple[str, str]]:
        page = await memory.page(**asked)  # type: ignore[arg-type]
        assert page.matching == len(page.judgements) + asked.get("offset", 0)  # type: ignore[operator]
        assert (page.total, page.pairs) == (5, [("en", "lt"), ("en", "pt")])
        return [(known.text, known.verdict) for known in page.judgements]

    assert await texts(search="tw") == [("Two", "rejected"), ("Twenty", "approved"), ("Two", "approved")]
    assert await texts(search="tw", verdict="approved") == [("Twenty", "approved"), ("Two", "approved")]
    assert await texts(pair=("en", "lt")) == [("Three", "approved")]
    assert await texts(search="%") == []
    assert [text for text, _ in await texts(offset=3)] == ["Two", "One"]


async def test_an_admins_change_counts_at_once_and_its_removal_can_be_taken_back(memory: Memory) -> None:
    saved = await memory.save(None, "approved", "en", "pt-BR", "Order {code}?", "Pedido {code}?", "emma")
    assert await found(memory, "Order A-17?") == "Pedido A-17?"
    changed = await memory.save(
        saved.id, "approved", "en", "pt", "Order {code}?", "Encomenda {code}?", "emma"
    )
    assert await found(memory, "Order A-17?") == "Encomenda A-17?"
    assert (await memory.page()).total == 1
    await memory.remove(changed.id)
    assert await found(memory, "Order A-17?") is None
    await memory.restore(changed.id)
    assert await found(memory, "order B-1?") == "Encomenda B-1?"
    restored = (await memory.page()).judgements[0]
    assert (restored.at, restored.by) == (changed.at, "emma")


async def test_a_removal_that_could_not_be_taken_back_can_be_when_there_is_room_again(
    book: MemoryBook, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = await memory.save(None, "approved", "en", "pt", "Where?", "Onde?", "emma")
    await memory.remove(saved.id)

    async def full(*_: object) -> list[int]:
        raise Refused("storage_full")

    with monkeypatch.context() as patch:
        patch.setattr(book, "change", full)
        with pytest.raises(Refused):
            await memory.restore(saved.id)
    await memory.restore(saved.id)
    assert await found(memory, "Where?") == "Onde?"


async def test_what_is_gone_cannot_be_changed(memory: Memory) -> None:
    for act in (
        memory.remove(7),
        memory.restore(7),
        memory.save(7, "approved", "en", "pt", "a", "b", "emma"),
    ):
        with pytest.raises(Refused) as refused:
            await act
        assert refused.value.code == "not_found"


async def test_a_removal_is_not_taken_back_over_a_newer_wording(memory: Memory) -> None:
    saved = await memory.save(None, "approved", "en", "pt", "Hello", "Alô", "emma")
    await memory.remove(saved.id)
    await memory.approve("Hello", "en", "pt", "Olá", "joao")
    await memory.restore(saved.id)
    assert await found(memory, "Hello") == "Olá"
    assert (await memory.page()).total == 1


async def test_what_is_exported_is_imported_as_it_was(memory: Memory) -> None:
    await memory.approve("=Order A-17,\n“please”?", "en", "pt", "Pedido A-17;\r\n'por favor'?", "emma")
    await memory.approve("سلام", "fa", "ja", "こんにちは", "emma")
    await memory.reject("Hello", "en", "pt", "Alô", "emma")
    content = await memory.export()
    again = await memory.preview(content)
    assert (again.added, again.changed, again.refused, again.unchanged) == ([], [], [], 3)

    before = [
        (k.verdict, k.source, k.target, k.text, k.translation, k.at) for k in (await memory.page()).judgements
    ]
    for known in (await memory.page()).judgements:
        await memory.remove(known.id)
    taken = await memory.take(content, memory.version)
    assert (len(taken.added), taken.refused) == (3, [])
    after = [
        (k.verdict, k.source, k.target, k.text, k.translation, k.at) for k in (await memory.page()).judgements
    ]
    assert after == before
    assert await found(memory, "سلام!", "fa", "ja") == "こんにちは！"


async def test_a_file_says_what_it_would_change_and_where_it_is_wrong(memory: Memory) -> None:
    await memory.approve("Hello", "en", "pt", "Alô", "emma")
    content = (
        "source;target;text;translation;verdict;at\n"
        "en;pt;Hello;Olá;;\n"
        "en;pt;Hello;Oi;;\n"
        "en;pt;Bye;Tchau;rejected;2026-01-05T10:00:00Z\n"
        "english;pt;a;b;;\n"
        "en;en-GB;a;b;;\n"
        "en;pt;;b;;\n"
        "en;pt;Write to a@b.example;Escreva;;\n"
        "en;pt;a;b;maybe;\n"
        "en;pt;a;b;;yesterday\n"
        "en;pt;a;b;;;too much\n"
    ).encode()
    seen = await memory.preview(content)
    assert [(row.line, row.code, row.column) for row in seen.refused] == [
        (3, "duplicate_text", "text"),
        (5, "language", "source"),
        (6, "same_language", "target"),
        (7, "no_text", "text"),
        (8, "slots", "translation"),
        (9, "verdict", "verdict"),
        (10, "instant", "at"),
        (11, "cells", ""),
    ]
    assert [known.translation for known in seen.changed] == ["Olá"]
    assert await found(memory, "Hello") == "Alô", "a preview changes nothing"
    version = memory.version
    await memory.take(content, version)
    assert await found(memory, "Hello") == "Olá"
    assert await memory.is_rejected("bye!", "en", "pt", "tchau")
    with pytest.raises(Refused) as refused:
        await memory.take(content, version)
    assert refused.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    "header", ["text,translation", "source,target,text", "source,target,text,translation,who"]
)
async def test_a_file_without_the_right_columns_is_refused(memory: Memory, header: str) -> None:
    with pytest.raises(RowRefused) as refused:
        await memory.preview(f"{header}\na,b,c,d,e\n".encode())
    assert refused.value.code in ("no_memory_header", "unknown_column")


async def test_a_full_memory_takes_no_more_from_a_file(book: MemoryBook) -> None:
    memory = Memory(book, Ticking(), most=2)
    rows = "".join(f"en,pt,Text {letter},Texto {letter}\n" for letter in "abc")
    seen = await memory.take(f"source,target,text,translation\n{rows}".encode(), memory.version)
    assert [(row.line, row.code) for row in seen.refused] == [(4, "memory_full")]
    assert (await memory.page()).total == 2
