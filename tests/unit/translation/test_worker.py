"""What a worker does with a batch, in this process."""

import io
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from translation.protocol import Answer, Batch, Incoming, Model, Result, frame, parse_answer
from translation.worker import Engines, begin, finish, serve

LOADED: list[str] = []


class Panic(BaseException):
    """As native engines raise it."""


class Shouting:
    """Says what it was given at once, in capitals."""

    def __init__(self, together: int) -> None:
        self.together = together
        self.given: list[Sequence[str]] = []

    def translate(self, sentences: Sequence[str]) -> list[str]:
        self.given.append(sentences)
        if "panic" in sentences:
            raise Panic
        return [sentence.upper() for sentence in sentences]


class Talking:
    """Shouts in a thread of its own."""

    def __init__(self, shout: Shouting, second: threading.Event, sentences: Sequence[str]) -> None:
        self._shout, self._second, self._sentences = shout, second, sentences
        if "second" in sentences:
            second.set()

    def wait(self) -> None:
        if "wait for the second" in self._sentences:
            assert self._second.wait(10)

    def result(self) -> list[str]:
        return self._shout.translate(self._sentences)


class Parallel(Shouting):
    def __init__(self) -> None:
        super().__init__(4)
        self._second = threading.Event()

    def begin(self, sentences: Sequence[str]) -> Talking:
        return Talking(self, self._second, sentences)


def answer(batch: Batch, engines: Engines) -> Answer:
    return finish(begin(batch, engines), engines)


def served(*texts: tuple[str, ...], name: str = "a") -> list[tuple[Result, ...]]:
    """What a worker answers to batches that are there at once."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as incoming:
        incoming.write(b"".join(frame(Batch(model(name, 1), batch, 20)) for batch in texts))
    outgoing = io.BytesIO()
    try:
        serve(reading, outgoing, Engines(10))
    finally:
        os.close(reading)
    bodies = Incoming().feed(outgoing.getvalue())
    return [parse_answer(body, len(batch)).results for body, batch in zip(bodies, texts, strict=False)]


def load(files: dict[str, Path]) -> Shouting:
    LOADED.append(files["model"].name)
    if files["model"].name == "parallel":
        return Parallel()
    return Shouting(4 if files["model"].name.startswith("batch") else 1)


@pytest.fixture(autouse=True)
def nothing_loaded() -> None:
    LOADED.clear()


def model(name: str, size: int) -> Model:
    return Model(name, f"{__name__}:load", (("model", f"/models/{name}"),), size)


def test_the_least_recently_used_model_makes_room() -> None:
    engines = Engines(budget=10)
    for name in ("a", "b", "a", "c", "a", "b"):
        engines.get(model(name, 5))
    assert LOADED == ["a", "b", "c", "b"]


def test_a_model_over_the_budget_is_used_alone() -> None:
    engines = Engines(budget=10)
    for name in ("a", "a"):
        engines.get(model(name, 50))
    assert LOADED == ["a"]


def test_a_panic_fails_its_sentence_and_ends_the_worker() -> None:
    batch = Batch(model("a", 1), ("one", "panic", "two"), 5)
    given = answer(batch, Engines(10))
    assert given.results == (Result("ONE"), Result(None, "engine_failed", "Panic"), Result("TWO"))
    assert given.spent


def test_sentences_of_a_model_that_batches_go_together_and_fail_together() -> None:
    texts = ("a", "c", "d", "e", "f", "panic")
    engines = Engines(10)
    given = answer(Batch(model("batch", 1), texts, 5), engines)
    lost = Result(None, "engine_failed", "Panic")
    assert given.results == (Result("A"), Result("C"), Result("D"), Result("E"), lost, lost)
    batching = engines.get(model("batch", 1))
    assert isinstance(batching, Shouting)
    assert batching.given == [("a", "c", "d", "e"), ("f", "panic")]


def test_a_batch_without_sentences_only_unloads() -> None:
    engines = Engines(10)
    engines.get(model("a", 1))
    engines.get(model("b", 1))
    given = answer(Batch(None, (), 5, ("a",)), engines)
    assert (given.results, given.loaded, given.spent) == ((), ("b",), False)


def test_batches_are_answered_until_the_input_ends() -> None:
    assert served(("one",), ("two", "three")) == [(Result("ONE"),), (Result("TWO"), Result("THREE"))]


def test_what_was_sent_after_a_panic_is_left_to_another_worker() -> None:
    assert served(("panic",), ("two",)) == [(Result(None, "engine_failed", "Panic"),)]


def test_an_engine_with_threads_of_its_own_has_several_batches_under_way() -> None:
    """The first is answered only after the second has begun, and yet first."""
    texts = ("wait for the second",), ("second",)
    assert served(*texts, name="parallel") == [(Result("WAIT FOR THE SECOND"),), (Result("SECOND"),)]


def test_a_batch_that_fails_beside_others_fails_alone() -> None:
    said = served(("a",), ("panic", "b"), name="parallel")
    lost = Result(None, "engine_failed", "Panic")
    assert said == [(Result("A"),), (lost, lost)]
