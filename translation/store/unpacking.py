"""Getting files out of an archive, or out of a folder, that may mean harm."""

import errno
import gzip
import re
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Protocol

from ..manifest import MANIFEST, REMOVED
from .errors import DAMAGED, NO_ROOM, NOT_A_PACK, TOO_LARGE, UNSAFE, StoreError
from .progress import Progress, Report
from .progress import nobody as _quiet
from .room import free_bytes

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGEST = 4 * 1024**3
"""Bytes a pack may have on disk. The largest known ones have 600 MB."""
MOST_FILES = 1000
HIGHEST_RATIO = 100
"""Models hardly get smaller in an archive; text gets ten times smaller at most."""
SMALL = 16 * 1024**2
"""Up to here no ratio is too high."""
_CHUNK = 1024 * 1024

_COMPRESSED = frozenset({".zst", ".gz"})

_UNUSED = frozenset({"stanza", "minisbd", "spacy"})
"""Folders of Argos packages with sentence splitters, which are not used here and often the larger part."""

_NAME = re.compile(r"[^\x00-\x1f\x7f\\:/]{1,200}")

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, zstd.ZstdError, gzip.BadGzipFile, EOFError),
    *(struct.error, NotImplementedError, RuntimeError, ValueError, OverflowError),
)
"""What the readers of archives raise at damaged ones."""


def unpack_zip(archive: Path, into: Path, report: Report) -> None:
    """Unpack a zip file into an empty folder. Raises StoreError; never writes outside `into`."""
    with archived(archive) as (packed, entries):
        total = sum(entry.file_size for entry, _ in entries)
        if total > free_bytes(into):
            raise StoreError(
                NO_ROOM, f"{archive.name} needs {total} bytes, {into} has {free_bytes(into)} free"
            )
        done = 0
        for entry, name in entries:
            file = into / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(entry) as source, file.open("xb") as target:
                for size in _copy(source, target, entry.file_size):
                    done += size
                    report(Progress("unpack", done, total))


Entries = list[tuple[zipfile.ZipInfo, PurePosixPath]]


@contextmanager
def archived(archive: Path) -> Iterator[tuple[zipfile.ZipFile, Entries]]:
    """A zip file and its files of use, with names that stay inside and sizes that can be believed.

    Raises StoreError, also for what turns out to be damaged while it is read.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = list(_checked(packed.infolist(), archive))
            _check_size(sum(entry.file_size for entry, _ in entries), archive.stat().st_size, archive.name)
            yield packed, entries
    except (*_BROKEN, OSError) as reason:
        # A damaged directory may name a place before the beginning of the file: an invalid argument.
        if isinstance(reason, OSError) and reason.errno != errno.EINVAL:
            raise
        raise StoreError(DAMAGED, f"{archive.name} is damaged or no zip archive: {reason}") from reason


def _checked(
    entries: list[zipfile.ZipInfo], archive: Path
) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files of use, with names that stay inside. Raises StoreError for any entry that means harm."""
    if len(entries) > MOST_FILES:
        raise StoreError(UNSAFE, f"{archive.name} holds {len(entries)} entries; {MOST_FILES} are the most")
    seen: set[str] = set()
    folders: set[str] = set()
    for entry in entries:
        name = PurePosixPath(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if name.is_absolute() or not name.parts or not all(_is_plain(part) for part in name.parts):
            raise StoreError(
                UNSAFE, f"{archive.name} holds a name that leads elsewhere: {entry.filename!r:.100}"
            )
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise StoreError(UNSAFE, f"{archive.name} holds a link or device: {entry.filename!r:.100}")
        if entry.flag_bits & 1:
            raise StoreError(DAMAGED, f"{archive.name} is encrypted")
        if entry.is_dir():
            continue
        key = str(name).casefold()
        above = {str(folder).casefold() for folder in name.parents}
        if key in seen or key in folders or above & seen:
            raise StoreError(UNSAFE, f"{archive.name} holds two files of one name: {entry.filename!r:.100}")
        seen.add(key)
        folders |= above
        if not _UNUSED & set(name.parts[:-1]):
            yield entry, name


def _is_plain(part: str) -> bool:
    return part not in (".", "..") and _NAME.fullmatch(part) is not None


def _check_size(unpacked: int, packed: int, name: str) -> None:
    if unpacked > LARGEST:
        raise StoreError(TOO_LARGE, f"{name} unpacks to {unpacked} bytes; {LARGEST} are the most")
    if unpacked > SMALL and unpacked > HIGHEST_RATIO * packed:
        raise StoreError(
            UNSAFE, f"{name} would grow {unpacked // max(packed, 1)}-fold, as no language pack does"
        )


def _copy(source: IO[bytes], target: IO[bytes], expected: int) -> Iterator[int]:
    """Copy piece by piece, telling each piece's size. Raises EOFError if it is not as long as announced."""
    copied = 0
    while chunk := source.read(_CHUNK):
        copied += len(chunk)
        if copied > expected:
            raise EOFError("longer than announced")
        target.write(chunk)
        yield len(chunk)
    if copied != expected:
        raise EOFError("shorter than announced")


def copy_folder(source: Path, target: Path, report: Report) -> None:
    """Copy what a pack needs from a folder, compressed single files unpacked. Raises StoreError."""
    files = [
        file
        for file in sorted(source.rglob("*"))
        if file.is_file() and not _is_unused(file.relative_to(source))
    ]
    if len(files) > MOST_FILES:
        raise StoreError(NOT_A_PACK, f"{source} holds {len(files)} files, as no language pack does")
    total = sum(file.stat().st_size for file in files)
    if total > LARGEST:
        raise StoreError(TOO_LARGE, f"{source} has {total} bytes; {LARGEST} are the most a language pack has")
    if total > free_bytes(target):
        raise StoreError(
            NO_ROOM, f"{source} has {total} bytes, {target.parent} has {free_bytes(target)} free"
        )
    target.mkdir()
    done = 0
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        compressed = file.suffix in _COMPRESSED
        copy_file(file, copy.with_suffix("") if compressed else copy, _quiet, compressed=compressed)
        done += file.stat().st_size
        report(Progress("unpack", done, total))


def _is_unused(name: PurePath) -> bool:
    return bool(_UNUSED & set(name.parts)) or name.parts[0] in (MANIFEST, REMOVED)


def copy_file(source: Path, target: Path, report: Report, *, compressed: bool) -> None:
    """Copy a file, unpacked if it is `compressed` (zstd or gzip). Raises StoreError."""
    packed = source.stat().st_size
    done = 0
    try:
        with _opened(source, compressed) as reader, target.open("xb") as writer:
            while chunk := reader.read(_CHUNK):
                done += len(chunk)
                _check_size(done, packed, source.name)
                writer.write(chunk)
                report(Progress("unpack", done))
    except _BROKEN as reason:
        raise StoreError(DAMAGED, f"{source.name} is damaged: {reason}") from reason


class _Reader(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def _opened(file: Path, compressed: bool) -> AbstractContextManager[_Reader]:
    if not compressed:
        return file.open("rb")
    with file.open("rb") as start:
        is_gzip = start.read(2) == b"\x1f\x8b"
    return gzip.open(file, "rb") if is_gzip else zstd.open(file, "rb")
