"""In what order and in what company sentences leave for a worker."""

from collections.abc import AsyncIterator

import pytest

from translation import Pack, Pair
from translation.waiting import Lane, Unit, Waiting, ask


def pack(name: str = "a", *, batch: int = 4, side_by_side: bool = False) -> Pack:
    pair = Pair("en", "pt")
    return Pack(pair, "stub", name, "stub:load", (), 1, batch=batch, side_by_side=side_by_side)


@pytest.fixture
async def waiting() -> AsyncIterator[Waiting]:
    waiting = Waiting()
    yield waiting
    for unit in waiting.drain():
        unit.question.done.cancel()


def put(waiting: Waiting, which: Pack, *sentences: str, lane: Lane | None = None) -> list[Unit]:
    _, units = ask(which, sentences)
    waiting.put(lane or Lane(), units)
    return units


def texts(units: list[Unit]) -> list[str]:
    return [unit.text for unit in units]


async def test_a_batch_has_one_sentence_of_each_text_in_turn(waiting: Waiting) -> None:
    long = put(waiting, pack(), *(f"long {number}" for number in range(9)))
    put(waiting, pack(), "short")
    put(waiting, pack(), "two 0", "two 1")
    assert texts(waiting.batch()) == ["long 0", "short", "two 0", "long 1"]
    assert texts(waiting.batch()) == ["two 1", "long 2", "long 3", "long 4"]
    assert texts(waiting.batch()) == texts(long[5:])
    assert waiting.batch() == []
    assert not waiting


async def test_a_batch_is_for_one_model_and_models_take_turns(waiting: Waiting) -> None:
    put(waiting, pack("a"), *"abcdef")
    put(waiting, pack("b"), *"123456")
    assert [texts(waiting.batch()) for _ in range(4)] == [[*"abcd"], [*"1234"], [*"ef"], [*"56"]]


async def test_long_sentences_count_as_several(waiting: Waiting) -> None:
    put(waiting, pack(), "x" * 160, "y" * 160, "z")
    assert texts(waiting.batch()) == ["x" * 160, "y" * 160]


async def test_a_sentence_longer_than_a_batch_still_goes(waiting: Waiting) -> None:
    put(waiting, pack(), "x" * 4000, "y")
    assert texts(waiting.batch()) == ["x" * 4000]


async def test_takers_share_what_is_computed_side_by_side(waiting: Waiting) -> None:
    put(waiting, pack(batch=8, side_by_side=True), *"abcdef")
    assert texts(waiting.batch(takers=2)) == [*"abc"]
    assert texts(waiting.batch(takers=1)) == [*"def"]


async def test_takers_get_full_batches_where_there_is_enough(waiting: Waiting) -> None:
    put(waiting, pack(batch=2, side_by_side=True), *"abcdef")
    assert [texts(waiting.batch(takers)) for takers in (2, 1)] == [[*"ab"], [*"cd"]]


async def test_others_are_not_split_up(waiting: Waiting) -> None:
    put(waiting, pack(batch=8), *"abcdef")
    assert texts(waiting.batch(takers=2)) == [*"abcdef"]


async def test_what_is_not_wanted_any_more_is_left_out(waiting: Waiting) -> None:
    cancelled = put(waiting, pack(), "a", "b")
    put(waiting, pack(), "c")
    cancelled[0].question.done.cancel()
    assert texts(waiting.batch()) == ["c"]
    assert not waiting


async def test_a_sentence_that_failed_travels_alone_and_first(waiting: Waiting) -> None:
    put(waiting, pack(), "a", "b", "c")
    first, second = waiting.batch()[:2]
    put(waiting, pack(), "d")
    waiting.again(second)
    waiting.again(first)
    assert [texts(waiting.batch()) for _ in range(3)] == [["a"], ["b"], ["d"]]


async def test_what_was_not_begun_goes_first_in_its_old_order(waiting: Waiting) -> None:
    put(waiting, pack(), "a", "b")
    taken = waiting.batch()
    put(waiting, pack("other"), "x")
    put(waiting, pack(), "c")
    waiting.give_back(taken)
    assert [texts(waiting.batch()) for _ in range(2)] == [["a", "b", "c"], ["x"]]


async def test_whether_the_next_batches_are_as_large_as_batches_get(waiting: Waiting) -> None:
    put(waiting, pack("a"), "a", "b", "c")
    put(waiting, pack("b"), *"12345678")
    assert not waiting.fills(1)
    waiting.batch()
    assert waiting.fills(2)
    assert not waiting.fills(3)
    assert len(waiting) == 8
