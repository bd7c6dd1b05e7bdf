"""What a worker does with a batch, in this process."""

import io
from pathlib import Path

import pytest

from translation.protocol import HEADER, Answer, Batch, Model, Result, frame, parse_answer
from translation.worker import Engines, answer, serve

LOADED: list[str] = []


class Panic(BaseException):
    """As native engines raise it."""


class Shouting:
    """Says what it was given at once, in capitals."""

    def __init__(self, together: int) -> None:
        self.together = together
        self.given: list[list[str]] = []

    def translate(self, sentences: list[str]) -> list[str]:
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
    batch = Batch((model("a", 1),), ((0, "one"), (0, "panic"), (0, "two")), 5)
    given = answer(batch, Engines(10))
    assert given.results == (Result("ONE"), Result(None, "engine_failed", "Panic"), Result("TWO"))
    assert given.spent


def test_sentences_of_a_model_that_batches_go_together_and_fail_together() -> None:
    models = (model("batch", 1), model("single", 1))
    texts = [(0, "a"), (1, "b"), (0, "c"), (0, "d"), (1, "panic"), (0, "e"), (0, "f"), (1, "g"), (0, "panic")]
    engines = Engines(10)
    given = answer(Batch(models, tuple(texts), 5), engines)
    lost = Result(None, "engine_failed", "Panic")
    assert given.results == (
        *(Result("A"), Result("B"), Result("C"), Result("D"), lost),
        *(Result("E"), lost, Result("G"), lost),
    )
    batching = engines.get(models[0])
    assert isinstance(batching, Shouting)
    assert batching.given == [["a", "c", "d", "e"], ["f", "panic"]]


def test_batches_are_answered_until_the_input_ends() -> None:
    batch = Batch((model("a", 1),), ((0, "one"),), 5)
    outgoing = io.BytesIO()
    serve(io.BytesIO(frame(batch) * 2), outgoing, Engines(10))
    body = outgoing.getvalue()[HEADER.size :]
    first: Answer = parse_answer(body[: len(body) // 2 - HEADER.size // 2], 1)
    assert first.results == (Result("ONE"),)
    assert outgoing.getvalue().count(b"ONE") == 2
