"""CTranslate2's `model.bin`, version 6: arrays by name, read and written with numpy alone.

All numbers are little-endian. Version (u32), name of the specification, its revision (u32); the number of
variables (u32) and each as name, rank (u8), lengths (u32 each), type (u8), bytes (u32) and content; the
number of aliases (u32) and each as two names. A name is its length with the zero at its end (u16), its
bytes and the zero. As `ctranslate2.specs.model_spec` writes it.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
VERSION = 6
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
"""By the number that stands for them in the file."""


@dataclass
class Model:
    """What is in a `model.bin`."""

    specification: str
    revision: int
    variables: dict[str, Array]
    aliases: dict[str, str]
    """Names that stand for the variable of another name, and for its `_scale`."""


def read(file: Path) -> Model:
    """Raises ValueError if the file is of another version."""
    with file.open("rb") as content:
        version = _number(content, "I")
        if version != VERSION:
            raise ValueError(f"{file} is of version {version}, not {VERSION}")
        specification, revision = _name(content), _number(content, "I")
        variables = dict(_variable(content) for _ in range(_number(content, "I")))
        aliases = {_name(content): _name(content) for _ in range(_number(content, "I"))}
        return Model(specification, revision, variables, aliases)


def write(model: Model, file: Path) -> None:
    with file.open("wb") as content:
        _write(content, "I", VERSION)
        _write_name(content, model.specification)
        _write(content, "I", model.revision)
        _write(content, "I", len(model.variables))
        for name, value in model.variables.items():
            _write_name(content, name)
            _write(content, "B", value.ndim)
            for length in value.shape:
                _write(content, "I", length)
            _write(content, "B", _TYPES.index(value.dtype.type))
            _write(content, "I", value.nbytes)
            content.write(value.tobytes())
        _write(content, "I", len(model.aliases))
        for alias, name in model.aliases.items():
            _write_name(content, alias)
            _write_name(content, name)


def _variable(content: BinaryIO) -> tuple[str, Array]:
    name = _name(content)
    shape = [_number(content, "I") for _ in range(_number(content, "B"))]
    type_ = _TYPES[_number(content, "B")]
    return name, np.frombuffer(content.read(_number(content, "I")), type_).reshape(shape)


def _number(content: BinaryIO, kind: str) -> int:
    (number,) = struct.unpack(f"<{kind}", content.read(struct.calcsize(f"<{kind}")))
    return int(number)


def _name(content: BinaryIO) -> str:
    return content.read(_number(content, "H"))[:-1].decode()


def _write(content: BinaryIO, kind: str, number: int) -> None:
    content.write(struct.pack(f"<{kind}", number))


def _write_name(content: BinaryIO, name: str) -> None:
    encoded = name.encode() + b"\0"
    _write(content, "H", len(encoded))
    content.write(encoded)
