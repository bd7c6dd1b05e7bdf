"""`pack.json`: what was written down about a pack when it was installed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .tags import Pair, from_code

MANIFEST = "pack.json"
REMOVED = ".removed"
"""A file of this name in a pack's folder: it is not to be used any more, and goes when nobody uses it."""

_LONGEST = 1024 * 1024
_CHUNK = 1024 * 1024


class BadManifestError(Exception):
    """A `pack.json` that cannot be read; the message says why."""


@dataclass(frozen=True)
class FileState:
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """How a pack came here and what it consisted of."""

    engine: str
    pair: Pair
    version: str
    origin: str
    """The file, folder or address it came from."""
    installed_at: str
    """ISO 8601, in UTC; packs of one engine and pair supersede earlier ones."""
    files: dict[str, FileState]
    """By path below the pack's folder, with `/`."""
    quality: float | None = None
    """0 to 1, where the origin said so."""


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a pack's folder; None if it was put there by hand. Raises BadManifestError."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return _parse(json.loads(file.read(_LONGEST)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        raise BadManifestError(f"{MANIFEST} cannot be read: {reason}") from reason


def _parse(value: Any) -> Manifest:
    quality = value["quality"]
    return Manifest(
        engine=str(value["engine"]),
        pair=Pair(from_code(value["source"]), from_code(value["target"])),
        version=str(value["version"]),
        origin=str(value["origin"]),
        installed_at=str(value["installed_at"]),
        files={
            str(name): FileState(int(state["bytes"]), str(state["sha256"]))
            for name, state in value["files"].items()
        },
        quality=None if quality is None else min(1.0, max(0.0, float(quality))),
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it into a pack's folder, whole or not at all. Raises OSError."""
    value = {
        "engine": manifest.engine,
        "source": manifest.pair.source,
        "target": manifest.pair.target,
        "version": manifest.version,
        "origin": manifest.origin,
        "installed_at": manifest.installed_at,
        "quality": manifest.quality,
        "files": {
            name: {"bytes": state.bytes, "sha256": state.sha256} for name, state in manifest.files.items()
        },
    }
    text = json.dumps(value, ensure_ascii=False, indent=2)
    new = folder / f"{MANIFEST}.new"
    new.write_text(text + "\n", encoding="utf-8", errors="surrogateescape")
    new.replace(folder / MANIFEST)


def file_states(folder: Path, read: Callable[[int], None]) -> dict[str, FileState]:
    """Size and SHA-256 of every file of a pack, the manifest apart. `read` is told of bytes read."""
    return {
        str(file.relative_to(folder)): file_state(file, read)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in (MANIFEST, REMOVED)
    }


def file_state(file: Path, read: Callable[[int], None]) -> FileState:
    """Size and SHA-256 of a file. Raises OSError."""
    digest = hashlib.sha256()
    size = 0
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            read(len(chunk))
    return FileState(size, digest.hexdigest())
