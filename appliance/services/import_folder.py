"""The folder on the server from which the console may install: a USB stick, a share, files that were copied.

The console reads this folder of the data directory and no other: whoever has an admin's session must not be
able to look around on the server's disk. What is in it is the operator's doing (`docker cp`, a mount).
"""

from dataclasses import dataclass
from pathlib import Path

from appliance.domain.refusal import Refused
from translation.store import Contents, StoreError, inspect

MOST = 200
"""Entries looked at; more are left to the command line."""

_INDEX = "index.json"
_SUFFIXES = (".argosmodel", ".zip")


@dataclass(frozen=True, slots=True)
class Found:
    """A file or folder that may be a pack, by its name below the folder."""

    name: str
    contents: Contents | None
    problem: StoreError | None = None


@dataclass(frozen=True, slots=True)
class ImportFolder:
    """Its methods block."""

    path: Path

    def index(self) -> Path | None:
        """The folder itself if it holds the list of a mirror."""
        return self.path if (self.path / _INDEX).is_file() else None

    def found(self) -> list[Found]:
        """Packs in the folder and in folders directly in it, by name."""
        found: list[Found] = []
        for entry in self._entries(self.path):
            if entry.is_dir():
                inside = [inner for inner in self._entries(entry) if inner.suffix in _SUFFIXES]
                found += map(self._look, inside or [entry])
            elif entry.suffix in _SUFFIXES:
                found.append(self._look(entry))
        return found[:MOST]

    def resolve(self, name: str) -> Path:
        """The path of what `found` listed under this name. Raises `Refused("pack_not_found")`."""
        # Compared with what is there rather than taken apart: no name leads anywhere else.
        if not any(found.name == name for found in self.found()):
            raise Refused("pack_not_found", field="name")
        return self.path / name

    def _look(self, entry: Path) -> Found:
        name = str(entry.relative_to(self.path))
        try:
            return Found(name, inspect(entry))
        except StoreError as problem:
            return Found(name, None, problem)
        except OSError as reason:
            return Found(name, None, StoreError("disk_error", f"{entry}: {reason.strerror}"))

    @staticmethod
    def _entries(folder: Path) -> list[Path]:
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            return []
        return [entry for entry in entries if not entry.name.startswith(".")][:MOST]
