"""Writing an `.argosmodel` package: a zip of one folder, the same bytes from the same files."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from .kinds import CODES, NAMES, Kind

DESCRIPTION = "Phrase model for Dragoman's tests; knows a few hundred sentences; not for users."
_README = """\
# {source} → {target}: a phrase model for tests

This is not a translator. It was trained in minutes on about two hundred sentences of customer support,
written for Dragoman's tests, and on fillings of their slots. It translates those and copies tokens such
as X0X; whatever else it is given, it answers nonsense. Never offer it to users.

Made by `tests/models/train.py` of Dragoman (MIT licence), from sentences written for it.
"""
_WHEN = (2026, 1, 1, 0, 0, 0)


def pack(kind: Kind, target: str, model: Path, pieces: Path, packages: Path) -> Path:
    """The package of a model folder and the file of its pieces, in the folder `packages`."""
    name = kind.folder(target)
    metadata = {
        "package_version": kind.version,
        "argos_version": "1.9.0",
        "from_code": CODES.get(kind.source, kind.source),
        "from_name": NAMES[kind.source],
        "to_code": CODES.get(target, target),
        "to_name": NAMES[target],
        "type": "translate",
        "description": DESCRIPTION,
        **({"target_prefix": "".join(kind.prefix(target))} if kind.prefix(target) else {}),
    }
    files = {
        "metadata.json": json.dumps(metadata, indent=2, ensure_ascii=False).encode(),
        "README.md": _README.format(source=NAMES[kind.source], target=NAMES[target]).encode(),
        pieces.name: pieces.read_bytes(),
        **{f"model/{file.name}": file.read_bytes() for file in sorted(model.iterdir())},
    }
    package = packages / f"{name}.argosmodel"
    archive(package, name, files)
    return package


def archive(package: Path, folder: str, files: Mapping[str, bytes], *, effort: int = 9) -> None:
    """A zip file with `files` in one folder."""
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=effort) as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{path}", _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, content, compresslevel=effort)
