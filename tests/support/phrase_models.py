"""The phrase models of `tests/models/packages`, as files, unpacked and with other contents."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.models.packing import archive

PACKAGES = Path(__file__).parents[1] / "models" / "packages"


def package(pair: str, version: str = "0.1") -> Path:
    """The package of a pair as its file names it: `package("lt_en")`."""
    return PACKAGES / f"translate-{pair}-{version.replace('.', '_')}.argosmodel"


def unpacked(file: Path, models: Path) -> Path:
    """A package as an operator would unpack it into a folder of models; gives its own folder there."""
    with zipfile.ZipFile(file) as packed:
        packed.extractall(models)
        return models / packed.namelist()[0].partition("/")[0]


def edited(file: Path, to: Path, edit: Callable[[dict[str, bytes]], object]) -> Path:
    """A copy of a package in a folder, its files (names without the folder) changed by `edit`."""
    with zipfile.ZipFile(file) as packed:
        files = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    edit(files)
    to.mkdir(parents=True, exist_ok=True)
    archive(to / file.name, file.stem, files)
    return to / file.name


def saying(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    """For `edited`: other values in the metadata."""

    def edit(files: dict[str, bytes]) -> None:
        values = {**json.loads(files["metadata.json"]), **changes}
        files["metadata.json"] = json.dumps(values).encode()

    return edit
