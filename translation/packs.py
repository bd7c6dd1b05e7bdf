"""What an installed language pack is."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from .tags import Pair

UNKNOWN_QUALITY = 0.5


@dataclass(frozen=True)
class Pack:
    """One installed model for one direct pair."""

    pair: Pair
    engine: str
    """The engine's name as shown to people: `argos`, `firefox`."""
    version: str
    """What tells two models of one pair apart: `enpt-1693087644`, `en_pt-1.9`."""
    loader: str
    """What a worker calls to load it: `module:function`, given `files`, returning an `Engine`."""
    files: tuple[tuple[str, Path], ...]
    """(role, file): the roles are the loader's."""
    bytes: int
    """Size of the files on disk; stands for the memory it takes."""
    quality: float = UNKNOWN_QUALITY
    """0 to 1, higher is better: decides between routes of equal length."""
    batch: int = 4
    """Short sentences that are worth asking at once."""
    side_by_side: bool = False
    """Whether its engine computes the sentences of a batch side by side, so that more take hardly longer."""
    folder: Path | None = None
    """Where it lies, if it is a folder of its own."""
    fingerprint: str = ""
    """Changes when the files do: two installations of one version are two packs."""

    @property
    def model(self) -> str:
        """Engine and version, `firefox/enpt-1693087644`."""
        return f"{self.engine}/{self.version}"

    @property
    def key(self) -> str:
        """What tells it from every other pack on this machine, earlier ones in its place included."""
        return f"{self.model}@{self.fingerprint}"


@dataclass(frozen=True)
class Problem:
    """A folder that looks like a pack and cannot be used, and why (for the operator, in English)."""

    folder: Path
    reason: str


@dataclass(frozen=True)
class Packs:
    """What was found: usable packs, and folders that are not."""

    packs: tuple[Pack, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Pack]:
        return iter(self.packs)

    def __len__(self) -> int:
        return len(self.packs)

    def __add__(self, other: "Packs") -> "Packs":
        return Packs(self.packs + other.packs, self.problems + other.problems)


def fingerprint(files: dict[str, Path]) -> str:
    """A short hash of where files are, how large they are and when they were written."""
    digest = blake2b(digest_size=8)
    for file in files.values():
        state = file.stat()
        digest.update(f"{file}\0{state.st_size}\0{state.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
