"""What a file or folder would install, found out without unpacking or loading any of it."""

import json
import re
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from ..formats import UnusableFolderError, firefox
from ..formats.argos import ENGINE as ARGOS
from ..formats.argos import LONGEST_METADATA, METADATA, parse_metadata, read_metadata
from ..formats.firefox import pair_of
from ..packs import Pack
from ..quality import published
from ..tags import Pair, UnknownLanguageError
from .errors import NOT_A_PACK, NOT_FOUND, StoreError, writing
from .unpacking import MOST_FILES, archived

_MODEL = re.compile(r"model(?:\.(?P<name>[^.]+))?(?:\.[^/]*)?\.bin(?:\.gz|\.zst)?", re.ASCII)


@dataclass(frozen=True)
class Contents:
    """What is in a file or folder, as far as it says so itself."""

    engine: str
    pair: Pair | None
    """None where it does not say; the installation has to be told."""
    version: str
    bytes: int
    """Unpacked."""


def inspect(source: Path) -> Contents:
    """What a `.argosmodel`, zip file or folder holds. Raises StoreError: `not_found`, `not_a_pack`,
    `damaged`, `unsafe`, `too_large`. Installing may find more that is wrong."""
    with writing(source):
        if source.is_dir():
            return _folder(source)
        if not source.is_file():
            raise StoreError(NOT_FOUND, f"{source} is no file or folder")
        return _archive(source)


def prospect(engine: str, pair: Pair, version: str, size: int, quality: float | None = None) -> Pack:
    """A pack as the routes would see it, if it were installed. It has no files and cannot be loaded."""
    worth = published(engine, pair) if quality is None else quality
    return Pack(pair, engine, version, loader="", files=(), bytes=size, quality=worth)


def _folder(folder: Path) -> Contents:
    models = [file.name for file in folder.iterdir() if _MODEL.fullmatch(file.name)]
    is_package = (folder / METADATA).is_file()
    if not models and not is_package:
        # Before all that is below is looked at: it may be somebody's whole disk.
        raise StoreError(
            NOT_A_PACK, f"{folder} is no language pack: neither {METADATA} with model/, nor model*.bin"
        )
    found = list(islice(folder.rglob("*"), 2 * MOST_FILES + 1))
    if len(found) > 2 * MOST_FILES:
        raise StoreError(NOT_A_PACK, f"{folder} holds more files than any language pack does")
    size = sum(file.stat().st_size for file in found if file.is_file())
    if is_package:
        try:
            metadata = read_metadata(folder)
            code = f"{metadata.from_code}_{metadata.to_code}-{metadata.version}"
            return Contents(ARGOS, metadata.pair, code, size)
        except (UnusableFolderError, UnknownLanguageError) as reason:
            raise StoreError(NOT_A_PACK, f"{folder}: {reason}") from reason
    return Contents(firefox.ENGINE, _named(folder.resolve().name, models[0]), folder.name, size)


def _archive(file: Path) -> Contents:
    with archived(file) as (packed, entries):
        size = sum(entry.file_size for entry, _ in entries)
        for entry, name in entries:
            if name.name == METADATA and len(name.parts) <= 2:
                return _package(file, packed, entry, size)
        for _, name in entries:
            if len(name.parts) <= 2 and _MODEL.fullmatch(name.name):
                folder = PurePosixPath(name).parent.name or file.stem
                return Contents(firefox.ENGINE, _named(folder, name.name), folder, size)
    raise StoreError(
        NOT_A_PACK, f"{file.name} holds no language pack: neither {METADATA} with model/, nor model*.bin"
    )


def _package(file: Path, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> Contents:
    if entry.file_size > LONGEST_METADATA:
        raise StoreError(NOT_A_PACK, f"{file.name}: {METADATA} is longer than {LONGEST_METADATA} bytes")
    try:
        metadata = parse_metadata(json.loads(packed.read(entry)))
        code = f"{metadata.from_code}_{metadata.to_code}-{metadata.version}"
        return Contents(ARGOS, metadata.pair, code, size)
    except (UnusableFolderError, UnknownLanguageError, json.JSONDecodeError, RecursionError) as reason:
        raise StoreError(NOT_A_PACK, f"{file.name}: {METADATA}: {reason}") from reason


def _named(folder: str, model: str) -> Pair | None:
    """The languages that a folder's name says, or that of the model in it."""
    found = _MODEL.fullmatch(model)
    for name in (folder, (found and found["name"]) or ""):
        try:
            return pair_of(name)
        except UnusableFolderError:
            continue
    return None
