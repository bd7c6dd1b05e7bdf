"""The model of these benchmarks: one of our phrase models in the size of a usual Argos model.

`tests/models/widen.py` makes it, which takes seconds; it is kept in a folder that git ignores.
"""

import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from tests.models import widen
from translation import Pack, discover

CACHE = Path(__file__).parents[2] / ".bench-cache"


def package() -> Path:
    """The `.argosmodel`, English to Lithuanian."""
    made_from = (widen.PACKAGE, Path(widen.__file__))
    digest = sha256(b"".join(file.read_bytes() for file in made_from)).hexdigest()[:12]
    file = CACHE / f"wide-{digest}" / "translate-en_lt-0_9.argosmodel"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        widen.widen(widen.PACKAGE, part, widen.Size())
        part.rename(file)
    return file


def pack() -> Pack:
    """The same, unpacked, as the translator takes it."""
    file = package()
    folder = file.parent / "unpacked"
    if not folder.exists():
        part = Path(tempfile.mkdtemp(dir=file.parent))
        with zipfile.ZipFile(file) as packed:
            packed.extractall(part)
        part.rename(folder)
    (found,) = discover(folder, starter=False)
    return found


def description() -> str:
    """What it is, for those who read the figures."""
    size = sum(file.stat().st_size for _, file in pack().files) / 1e6
    return (
        f"model: {widen.PACKAGE.name} enlarged to the size of a usual Argos model ({size:.0f} MB, "
        f"{widen.Size().layers} + {widen.Size().layers} layers; tests/models/widen.py), kept in {CACHE.name}/"
    )
