"""A tree of assets in which the pages also speak two pseudo-locales (locales/cataloguing/pseudo.py)."""

import subprocess
import sys
from pathlib import Path

PSEUDO_LOCALES = ("en-XA", "ar-XB")
_ROOT = Path(__file__).parents[2]


def pseudo_root(directory: Path) -> Path:
    """Makes the tree in a directory: our own pages, and the catalogues with two more."""
    subprocess.run(
        [sys.executable, str(_ROOT / "locales" / "catalogues.py"), "pseudo", str(directory / "locales")],
        check=True,
        capture_output=True,
    )
    for name in ("widget", "admin"):
        (directory / name).symlink_to(_ROOT / name, target_is_directory=True)
    return directory
