"""CTranslate2 models, read without loading them: whether a vocabulary belongs to a model.

CTranslate2 loads any vocabulary with any model. A word beyond the model's rows is then computed from
whatever lies behind them in memory.

`model.bin` (little-endian) is the version (u32); from version 2 the name and revision (u32) of the
specification; the number of variables (u32) and each as name, rank (u8), lengths (u32 each), then type (u8)
and bytes (u32), before version 4 the bytes of an item (u8) and the items (u32), and its content; from
version 3 the number of aliases (u32) and each as two names. A name is its length with the zero at its end
(u16), its bytes and the zero.
"""

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .problems import UnusableFolderError

_ROWS = {
    "source": ("encoder/embeddings/weight", "encoder/embeddings_0/weight"),
    "target": ("decoder/embeddings/weight",),
}
MOST_VARIABLES = 100_000


def check_vocabularies(model: Path, *needed: str) -> None:
    """Compare a model folder's vocabularies with the model; every word `needed` must be in the target's.

    Raises UnusableFolderError; OSError or ValueError for files that cannot be read.
    """
    lengths = _lengths(model / "model.bin")
    words: list[str] = []
    for side, names in _ROWS.items():
        words = _vocabulary(model, side)
        rows = next((lengths[name] for name in names if name in lengths), None)
        if rows is not None and len(words) > rows:
            raise UnusableFolderError(
                f"the {side} vocabulary has {len(words)} words, the model knows {rows}: "
                "they belong to different models"
            )
    missing = [word for word in needed if word not in words]
    if missing:
        raise UnusableFolderError(f"the model has no word {', '.join(missing)} to begin a translation with")


def _vocabulary(model: Path, side: str) -> list[str]:
    for name in ("shared_vocabulary", f"{side}_vocabulary", f"{side}_1_vocabulary"):
        if (model / f"{name}.json").is_file():
            words = json.loads((model / f"{name}.json").read_bytes())
            return words if isinstance(words, list) else []
        if (model / f"{name}.txt").is_file():
            # As CTranslate2 reads it: nothing but a line feed ends a word.
            return (model / f"{name}.txt").read_bytes().decode().removesuffix("\n").split("\n")
    return []


def _lengths(file: Path) -> dict[str, int]:
    """The first length of each variable, by all its names. Raises ValueError."""
    try:
        with file.open("rb") as content:
            version = _number(content, "I")
            if version >= 2:
                _name(content)
                _number(content, "I")
            lengths = dict(_variables(content, version))
            for _ in range(_number(content, "I") if version >= 3 else 0):
                alias, name = _name(content), _name(content)
                if name in lengths:
                    lengths[alias] = lengths[name]
            return lengths
    except (struct.error, UnicodeDecodeError) as reason:
        raise ValueError(f"{file.name} ends early or is no model: {reason}") from reason


def _variables(content: BinaryIO, version: int) -> Iterator[tuple[str, int]]:
    count = _number(content, "I")
    if count > MOST_VARIABLES:
        raise ValueError(f"{count} variables")
    for _ in range(count):
        name = _name(content)
        shape = [_number(content, "I") for _ in range(_number(content, "B"))]
        first = _number(content, "B")
        size = _number(content, "I") * (1 if version >= 4 else first)
        content.seek(size, 1)
        yield name, shape[0] if shape else 0


def _number(content: BinaryIO, kind: str) -> int:
    (number,) = struct.unpack(f"<{kind}", content.read(struct.calcsize(f"<{kind}")))
    return int(number)


def _name(content: BinaryIO) -> str:
    return content.read(_number(content, "H"))[:-1].decode()
