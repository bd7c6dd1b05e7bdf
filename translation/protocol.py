"""The frames between the translator and a worker process.

A frame is its length as four bytes, big end first, and that many bytes of JSON in UTF-8.

1. The translator writes a `Batch`, and perhaps another before the first is answered.
2. The worker takes them one by one, in order, and writes an `Answer` to each, with a `Result` for each of the
   batch's sentences, in order.
3. When its standard input ends, the worker ends.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .packs import Pack

MAX_FRAME = 4 * 1024 * 1024
"""Bytes. Far above any batch; a longer frame means that the stream is out of step."""

HEADER = struct.Struct(">I")


class BadFrameError(Exception):
    """Bytes that are not a frame of this protocol."""


@dataclass(frozen=True)
class Model:
    """A model a batch needs: enough to load it."""

    name: str
    loader: str
    files: tuple[tuple[str, str], ...]
    bytes: int

    @classmethod
    def of(cls, pack: Pack) -> "Model":
        files = tuple((role, str(file)) for role, file in pack.files)
        return cls(name=pack.key, loader=pack.loader, files=files, bytes=pack.bytes)

    def paths(self) -> dict[str, Path]:
        return {role: Path(file) for role, file in self.files}


@dataclass(frozen=True)
class Batch:
    """Sentences to translate with one model (none, where there are no sentences). `limit` is seconds for all
    of it.

    `drop` names models that nobody will ask for again, to be unloaded first.
    """

    model: Model | None
    sentences: tuple[str, ...]
    limit: float
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of one sentence: a translation, or the code and text of an error."""

    text: str | None
    error: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Answer:
    """A worker's answer to a batch. `memory` is its resident bytes; `spent`: it ends itself after this
    one; `loaded` names the models it holds now."""

    results: tuple[Result, ...]
    memory: int
    spent: bool
    loaded: tuple[str, ...] = ()


def frame(message: Batch | Answer) -> bytes:
    """A message as bytes for the pipe. Raises BadFrameError if it is too long."""
    if isinstance(message, Batch):
        model = message.model
        value: dict[str, Any] = {
            "model": [model.name, model.loader, model.files, model.bytes] if model else None,
            "sentences": message.sentences,
            "limit": message.limit,
            "drop": message.drop,
        }
    else:
        results = [[result.text, result.error, result.detail] for result in message.results]
        value = {
            "results": results,
            "memory": message.memory,
            "spent": message.spent,
            "loaded": message.loaded,
        }
    # ASCII escapes carry any string Python can hold, lone surrogates too.
    body = json.dumps(value, separators=(",", ":")).encode("ascii")
    if len(body) > MAX_FRAME:
        raise BadFrameError(f"{len(body)} bytes are more than {MAX_FRAME}")
    return HEADER.pack(len(body)) + body


def body_length(header: bytes | bytearray) -> int:
    """The length a frame's header announces. Raises BadFrameError if it cannot be."""
    (length,) = HEADER.unpack_from(header)
    if length > MAX_FRAME:
        raise BadFrameError(f"{length} bytes announced, more than {MAX_FRAME}")
    return int(length)


class Incoming:
    """Puts frames together from bytes as they come."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The bodies of the frames that are complete now. Raises BadFrameError."""
        self._bytes += data
        while len(self._bytes) >= HEADER.size:
            end = HEADER.size + body_length(self._bytes)
            if len(self._bytes) < end:
                return
            body = bytes(self._bytes[HEADER.size : end])
            del self._bytes[:end]
            yield body


def parse_batch(body: bytes) -> Batch:
    """A batch from a frame's body. Raises BadFrameError."""
    try:
        value = json.loads(body)
        sentences = tuple(str(sentence) for sentence in value["sentences"])
        batch = Batch(
            _model(value["model"]),
            sentences,
            float(value["limit"]),
            tuple(str(name) for name in value["drop"]),
        )
    except (ValueError, TypeError, KeyError) as reason:
        raise BadFrameError(f"not a batch: {reason}") from reason
    if sentences and batch.model is None:
        raise BadFrameError("a batch of sentences names no model")
    return batch


def _model(value: Any) -> Model | None:
    if value is None:
        return None
    name, loader, files, size = value
    return Model(str(name), str(loader), tuple((str(role), str(file)) for role, file in files), int(size))


def parse_answer(body: bytes, sentences: int) -> Answer:
    """The answer to a batch of so many sentences from a frame's body. Raises BadFrameError."""
    try:
        value = json.loads(body)
        results = tuple(
            Result(None if text is None else str(text), str(error), str(detail))
            for text, error, detail in value["results"]
        )
        loaded = tuple(str(name) for name in value["loaded"])
        answer = Answer(results, int(value["memory"]), bool(value["spent"]), loaded)
    except (ValueError, TypeError, KeyError) as reason:
        raise BadFrameError(f"not an answer: {reason}") from reason
    if len(results) != sentences:
        raise BadFrameError(f"{len(results)} results for {sentences} sentences")
    return answer
