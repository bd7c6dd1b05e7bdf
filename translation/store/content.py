"""What was unpacked: finding the pack in it, reading it, naming it."""

import re
from hashlib import sha256
from pathlib import Path

from ..formats import Format, UnusableFolderError, format_of
from ..manifest import FileState, Manifest, file_states
from ..packs import Pack
from ..tags import Pair
from .errors import NOT_A_PACK, UNKNOWN_LANGUAGE, StoreError
from .progress import Progress, Report


def root_of(unpacked: Path, origin: str) -> Path:
    """The folder in an unpacked archive that is the pack. Raises StoreError."""
    folders = [unpacked, *(entry for entry in sorted(unpacked.iterdir()) if entry.is_dir())]
    found = [folder for folder in folders if format_of(folder) is not None]
    if len(found) > 1:
        raise StoreError(
            NOT_A_PACK, f"{origin} holds several packs; unpack it and install one folder at a time"
        )
    if not found:
        raise StoreError(
            NOT_A_PACK,
            f"{origin} holds no language pack: no folder with metadata.json and model/, or with model*.bin",
        )
    return found[0]


def said(root: Path, known: Format, origin: str) -> Pair:
    try:
        pair = known.says(root)
    except UnusableFolderError as reason:
        raise StoreError(NOT_A_PACK, f"{origin}: {reason}") from reason
    if pair is None:
        raise StoreError(UNKNOWN_LANGUAGE, f"{origin} does not say its languages; name them, as in en-pt")
    return pair


def read_pack(folder: Path, manifest: Manifest | None, origin: str) -> Pack:
    known = format_of(folder)
    try:
        if known is None:
            raise UnusableFolderError("no language pack")
        return known.read(folder, manifest)
    except UnusableFolderError as reason:
        raise StoreError(NOT_A_PACK, f"{origin}: {reason}") from reason


def states_of(folder: Path, report: Report) -> dict[str, FileState]:
    total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    done = 0

    def read(size: int) -> None:
        nonlocal done
        done += size
        report(Progress("verify", done, total))

    return file_states(folder, read)


def folder_name(manifest: Manifest) -> str:
    """A name for people to read, another one for other content."""
    content = sha256(str(manifest.pair).encode())
    for name, state in sorted(manifest.files.items()):
        content.update(f"{name}\0{state.sha256}\0".encode("utf-8", "surrogateescape"))
    version = re.sub(r"[^\w.-]", "_", manifest.version, flags=re.ASCII)[:40]
    return f"{manifest.engine}-{version}-{content.hexdigest()[:8]}"
