"""Frames carry what they were given and refuse what they were not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.protocol import (
    HEADER,
    MAX_FRAME,
    Answer,
    BadFrameError,
    Batch,
    Model,
    Result,
    body_length,
    frame,
    parse_answer,
    parse_batch,
)

MODEL = Model("stub/1", "stub_engine:load", (("model", "/m/ü.bin"),), 5)


@given(st.lists(st.text(), max_size=5))
def test_a_batch_comes_back_as_it_was(texts: list[str]) -> None:
    batch = Batch((MODEL,), tuple((0, text) for text in texts), 2.5)
    data = frame(batch)
    assert body_length(data[: HEADER.size]) == len(data) - HEADER.size
    assert parse_batch(data[HEADER.size :]) == batch


def test_an_answer_comes_back_as_it_was() -> None:
    answer = Answer((Result("olá \ud800"), Result(None, "engine_failed", "why")), 1024, True, ("stub/1",))
    assert parse_answer(frame(answer)[HEADER.size :], 2) == answer


def test_too_long_a_frame_is_neither_written_nor_read() -> None:
    with pytest.raises(BadFrameError):
        frame(Batch((MODEL,), ((0, "a" * MAX_FRAME),), 1))
    with pytest.raises(BadFrameError):
        body_length(HEADER.pack(MAX_FRAME + 1))


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"models":[],"units":[[0,"a"]],"limit":1}'])
def test_what_is_no_batch_is_refused(body: bytes) -> None:
    with pytest.raises(BadFrameError):
        parse_batch(body)


@pytest.mark.parametrize("body", [b"", b"null", b'{"results":[],"memory":1,"spent":false}'])
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(BadFrameError):
        parse_answer(body, 1)
