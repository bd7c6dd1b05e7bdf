"""Firefox Translations models: a folder with a model, its vocabularies and perhaps a shortlist."""

import re
from pathlib import Path

from ..manifest import Manifest
from ..packs import Pack, fingerprint
from ..quality import quality_of
from ..tags import Pair, UnknownLanguageError, from_code
from .problems import UnusableFolderError

ENGINE = "firefox"

_NUMBERED = re.compile(r"(?P<source>[a-z]{2})(?P<target>[a-z]{2})(?:-(?P<version>[\w.]+))?", re.ASCII)
_DASHED = re.compile(
    r"(?P<source>[a-z]{2,3}(?:_[a-z]{2,4})?)-(?P<target>[a-z]{2,3}(?:_[a-z]{2,4})?)(?:-(?P<version>[\w.]+))?",
    re.ASCII | re.IGNORECASE,
)


def looks_like(folder: Path) -> bool:
    """Whether there is a `model*.bin` directly in the folder."""
    return any(folder.glob("model*.bin"))


def read(folder: Path, manifest: Manifest | None = None) -> Pack:
    """The pack in a Firefox model folder, named `enpt`, `enpt-1693087644` or `en-pt` if it has no manifest.

    It holds `model*.bin`; `vocab*.spm`, or `srcvocab*.spm` with `trgvocab*.spm`; and perhaps a shortlist
    `lex*.bin`. Raises UnusableFolderError if not.
    """
    pair, version = (manifest.pair, manifest.version) if manifest else (pair_of(folder.name), folder.name)
    files = {"model": _only(folder, "model*.bin"), "shortlist": _only(folder, "lex*.bin")}
    shared = _only(folder, "vocab*.spm")
    files["source_vocabulary"] = _only(folder, "srcvocab*.spm") or shared
    files["target_vocabulary"] = _only(folder, "trgvocab*.spm") or shared
    missing = [role for role, file in files.items() if file is None and role != "shortlist"]
    if missing:
        raise UnusableFolderError(f"no file for: {', '.join(missing)}")
    present = {role: file for role, file in files.items() if file is not None}
    sizes = {file: file.stat().st_size for file in present.values()}
    empty = [file.name for file, size in sizes.items() if size == 0]
    if empty:
        raise UnusableFolderError(f"empty: {', '.join(empty)}")
    return Pack(
        pair=pair,
        engine=ENGINE,
        version=version,
        loader="translation.engines.firefox:load",
        files=tuple(present.items()),
        bytes=sum(sizes.values()),
        quality=quality_of(ENGINE, pair, manifest),
        folder=folder,
        fingerprint=fingerprint(present),
    )


def says(folder: Path) -> Pair | None:
    """The languages that a folder's name says, or that of the model in it; None if neither does."""
    names = [file.name.removeprefix("model.").partition(".")[0] for file in folder.glob("model.*.bin")]
    for name in (folder.name, *names):
        try:
            return pair_of(name)
        except UnusableFolderError:
            continue
    return None


def pair_of(name: str) -> Pair:
    """The languages in a folder's name. Raises UnusableFolderError."""
    found = _NUMBERED.fullmatch(name) or _DASHED.fullmatch(name)
    if found is None:
        raise UnusableFolderError(f"the folder's name does not say its languages, as en-pt would: {name}")
    try:
        return Pair(from_code(found["source"]), from_code(found["target"]))
    except UnknownLanguageError as reason:
        raise UnusableFolderError(f"the folder's name: {reason}") from reason


def _only(folder: Path, pattern: str) -> Path | None:
    found = sorted(folder.glob(pattern))
    if len(found) > 1:
        raise UnusableFolderError(f"more than one {pattern}: {', '.join(file.name for file in found)}")
    return found[0] if found else None
