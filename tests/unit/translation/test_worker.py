"""What a worker does with a batch, in this process."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from translation.protocol import Batch, Incoming, Model, Result, frame, parse_answer
from translation.worker import Engines, answer, serve

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


def load(files: dict[str, Path]) -> Shouting:
    LOADED.append(files["model"].name)
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
    outgoing = io.BytesIO()
    incoming = b"".join(frame(Batch(model("a", 1), (text,), 5)) for text in ("one", "two"))
    serve(io.BytesIO(incoming), outgoing, Engines(10))
    answers = [parse_answer(body, 1) for body in Incoming().feed(outgoing.getvalue())]
    assert [given.results for given in answers] == [(Result("ONE"),), (Result("TWO"),)]


def test_what_was_sent_after_a_panic_is_left_to_another_worker() -> None:
    outgoing = io.BytesIO()
    incoming = b"".join(frame(Batch(model("a", 1), (text,), 5)) for text in ("panic", "two"))
    serve(io.BytesIO(incoming), outgoing, Engines(10))
    assert len(list(Incoming().feed(outgoing.getvalue()))) == 1
