"""The frames between the translator and a worker process.

A frame is its length as four bytes, big end first, and that many bytes of JSON in UTF-8.

1. The translator writes a `Batch`; one is under way at a time.
2. The worker writes one `Answer` with a `Result` for each of the batch's units, in order.
3. When its standard input ends, the worker ends.
"""

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def paths(self) -> dict[str, Path]:
        return {role: Path(file) for role, file in self.files}


@dataclass(frozen=True)
class Batch:
    """Sentences to translate: (index into `models`, sentence). `limit` is seconds for all of it.

    `drop` names models that nobody will ask for again, to be unloaded first.
    """

    models: tuple[Model, ...]
    units: tuple[tuple[int, str], ...]
    limit: float
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of one unit: a translation, or the code and text of an error."""

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
        models = [[model.name, model.loader, model.files, model.bytes] for model in message.models]
        value: dict[str, Any] = {
            "models": models,
            "units": message.units,
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


def body_length(header: bytes) -> int:
    """The length a frame's header announces. Raises BadFrameError if it cannot be."""
    (length,) = HEADER.unpack(header)
    if length > MAX_FRAME:
        raise BadFrameError(f"{length} bytes announced, more than {MAX_FRAME}")
    return int(length)


def parse_batch(body: bytes) -> Batch:
    """A batch from a frame's body. Raises BadFrameError."""
    try:
        value = json.loads(body)
        models = tuple(
            Model(str(name), str(loader), tuple((str(role), str(file)) for role, file in files), int(size))
            for name, loader, files, size in value["models"]
        )
        units = tuple((int(index), str(text)) for index, text in value["units"])
        limit = float(value["limit"])
        drop = tuple(str(name) for name in value["drop"])
    except (ValueError, TypeError, KeyError) as reason:
        raise BadFrameError(f"not a batch: {reason}") from reason
    if not all(0 <= index < len(models) for index, _ in units):
        raise BadFrameError("a unit names a model that is not there")
    return Batch(models, units, limit, drop)


def parse_answer(body: bytes, units: int) -> Answer:
    """The answer to a batch of so many units from a frame's body. Raises BadFrameError."""
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
    if len(results) != units:
        raise BadFrameError(f"{len(results)} results for {units} units")
    return answer
