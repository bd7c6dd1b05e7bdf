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
    Incoming,
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
    batch = Batch(MODEL, tuple(texts), 2.5, ("gone",))
    data = frame(batch)
    assert body_length(data[: HEADER.size]) == len(data) - HEADER.size
    assert parse_batch(data[HEADER.size :]) == batch


def test_an_answer_comes_back_as_it_was() -> None:
    answer = Answer((Result("olá \ud800"), Result(None, "engine_failed", "why")), 1024, True, ("stub/1",))
    assert parse_answer(frame(answer)[HEADER.size :], 2) == answer


def test_too_long_a_frame_is_neither_written_nor_read() -> None:
    with pytest.raises(BadFrameError):
        frame(Batch(MODEL, ("a" * MAX_FRAME,), 1))
    with pytest.raises(BadFrameError):
        body_length(HEADER.pack(MAX_FRAME + 1))


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"{}", b'{"model":null,"sentences":["a"],"limit":1,"drop":[]}']
)
def test_what_is_no_batch_is_refused(body: bytes) -> None:
    with pytest.raises(BadFrameError):
        parse_batch(body)


@pytest.mark.parametrize("body", [b"", b"null", b'{"results":[],"memory":1,"spent":false}'])
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(BadFrameError):
        parse_answer(body, 1)


@given(st.lists(st.lists(st.text(max_size=20), max_size=3), max_size=4), st.integers(1, 60))
def test_frames_come_out_whole_however_they_come_in(batches: list[list[str]], size: int) -> None:
    stream = b"".join(frame(Batch(MODEL, tuple(texts), 1)) for texts in batches)
    incoming = Incoming()
    bodies = [
        body for start in range(0, len(stream), size) for body in incoming.feed(stream[start : start + size])
    ]
    assert [list(parse_batch(body).sentences) for body in bodies] == batches


def test_a_stream_out_of_step_is_refused() -> None:
    with pytest.raises(BadFrameError):
        list(Incoming().feed(b"a library prints this"))
