"""Files that come in pieces, as a browser sends them, and are gone on with after any break."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..manifest import file_state
from .errors import NO_ROOM, NOT_FOUND, TOO_LARGE, WRONG_CHECKSUM, StoreError, writing
from .locks import locked
from .room import KEPT_FREE, free_bytes
from .unpacking import LARGEST

RECEIVED = ".received"
"""The folder, among those of the packs."""

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_KNOWN = ".json"
_COMING = ".part"
_WHOLE = ".whole"


@dataclass(frozen=True)
class Incoming:
    """A file that is being received, or has come and waits."""

    id: str
    """Follows from what the file is: the same file again goes on with the same id."""
    name: str
    """What its sender calls it; never used as a path."""
    bytes: int
    sha256: str
    by: str = ""
    """Who sends it, for people."""
    received: int = 0
    """How many bytes are here; what comes next begins at this offset."""
    whole: bool = False
    """All of it is here, and its SHA-256 is the one that was announced."""


class Reception:
    """The files of a folder that come in pieces. Blocks; several threads may use it at once.

    1. `begin` says what will come: a name, a size, a SHA-256. The same file again is the same one, with
       what has come of it.
    2. `add` takes the piece that follows on from what is here, and tells how much that is. Any other piece
       changes nothing, so a sender that is in doubt sends on from where the answer says.
    3. With the last piece the SHA-256 is compared. A file that differs is deleted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, name: str, size: int, sha256: str, by: str = "") -> Incoming:
        """Raises StoreError: `wrong_checksum` for what is no SHA-256, `too_large`, `no_room`."""
        digest = sha256.lower()
        if not _SHA256.fullmatch(digest):
            raise StoreError(WRONG_CHECKSUM, "a SHA-256 has 64 digits from 0 to f")
        if not 0 < size <= LARGEST:
            raise StoreError(TOO_LARGE, f"{size} bytes; a language pack has 1 to {LARGEST}")
        incoming = Incoming(digest[:32], name, size, digest, by)
        with writing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._held():
                known = self._read(incoming.id)
                if known is not None and (known.bytes, known.sha256) == (size, digest):
                    return known
                self._delete(incoming.id)
                need = room_for(size)
                if need > free_bytes(self._folder):
                    raise StoreError(
                        NO_ROOM,
                        f"{name} needs {need} bytes while it is installed; "
                        f"{self._folder} has {free_bytes(self._folder)} free",
                    )
                self._file(incoming.id, _COMING).touch()
                self._write(incoming)
        return incoming

    def add(self, file_id: str, offset: int, content: bytes) -> Incoming:
        """Take a piece; the file as it is then. Raises StoreError: `not_found`, `wrong_checksum`,
        `too_large` for more than was announced, `no_room`."""
        self.get(file_id)
        with writing(self._folder), self._held():
            known = self._known(file_id)
            if known.whole or offset != known.received:
                return known
            if offset + len(content) > known.bytes:
                raise StoreError(TOO_LARGE, f"{known.name} was said to have {known.bytes} bytes")
            free = free_bytes(self._folder)
            if len(content) + KEPT_FREE > free:
                # There was room when it began; something else has taken it since.
                raise StoreError(NO_ROOM, f"{self._folder} has {free} bytes free, and messages need them")
            part = self._file(file_id, _COMING)
            with part.open("ab") as file:
                try:
                    file.write(content)
                    file.flush()
                except OSError:
                    # What came in part of the piece must not be taken for the whole of it.
                    file.truncate(offset)
                    raise
            known = replace(known, received=offset + len(content))
            return self._completed(known, part) if known.received == known.bytes else known

    def _completed(self, known: Incoming, part: Path) -> Incoming:
        if file_state(part, lambda _: None).sha256 != known.sha256:
            self._delete(known.id)
            raise StoreError(WRONG_CHECKSUM, f"{known.name} did not arrive as it was sent; send it again")
        part.rename(self._file(known.id, _WHOLE))
        return replace(known, whole=True)

    def get(self, file_id: str) -> Incoming:
        """Raises StoreError `not_found`."""
        return self._known(file_id)

    def all(self) -> tuple[Incoming, ...]:
        """What is here, oldest first."""
        try:
            files = [(file.stat().st_mtime, file.stem) for file in self._folder.glob(f"*{_KNOWN}")]
        except OSError:
            return ()
        found = (self._read(name) for _, name in sorted(files))
        return tuple(incoming for incoming in found if incoming is not None)

    def path(self, file_id: str) -> Path:
        """Where a whole file lies. Raises StoreError `not_found`."""
        known = self._known(file_id)
        if not known.whole:
            raise StoreError(NOT_FOUND, f"{known.name} has not come in full yet")
        return self._file(file_id, _WHOLE)

    def discard(self, file_id: str) -> None:
        """Raises StoreError `not_found`."""
        self._known(file_id)
        with writing(self._folder), self._held():
            self._delete(file_id)

    def sweep(self, older_than: float) -> int:
        """Delete what nobody has added to for so many seconds; how many files that were."""
        swept = 0
        for incoming in self.all():
            with writing(self._folder), self._held():
                suffix = _WHOLE if incoming.whole else _COMING
                try:
                    age = time.time() - self._file(incoming.id, suffix).stat().st_mtime
                except FileNotFoundError:
                    continue
                if age > older_than:
                    self._delete(incoming.id)
                    swept += 1
        return swept

    def _known(self, file_id: str) -> Incoming:
        found = self._read(file_id) if _ID.fullmatch(file_id) else None
        if found is None:
            raise StoreError(NOT_FOUND, f"no file {file_id[:40]} is being received")
        return found

    def _read(self, file_id: str) -> Incoming | None:
        try:
            value: Any = json.loads(self._file(file_id, _KNOWN).read_text("utf-8"))
            known = Incoming(
                file_id, str(value["name"]), int(value["bytes"]), str(value["sha256"]), str(value["by"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if self._file(file_id, _WHOLE).is_file():
            return replace(known, received=known.bytes, whole=True)
        try:
            return replace(known, received=self._file(file_id, _COMING).stat().st_size)
        except OSError:
            return None

    def _write(self, incoming: Incoming) -> None:
        text = json.dumps({key: asdict(incoming)[key] for key in ("name", "bytes", "sha256", "by")})
        self._file(incoming.id, _KNOWN).write_text(text, "utf-8")

    def _delete(self, file_id: str) -> None:
        for suffix in (_KNOWN, _COMING, _WHOLE):
            self._file(file_id, suffix).unlink(missing_ok=True)

    def _file(self, file_id: str, suffix: str) -> Path:
        return self._folder / f"{file_id}{suffix}"

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One change at a time. One lock for all: pieces are small and written in milliseconds."""
        with locked(self._folder):
            yield


def room_for(size: int) -> int:
    """Bytes that must be free to receive and unpack a file of so many, with some left for everything else."""
    return 2 * size + KEPT_FREE
