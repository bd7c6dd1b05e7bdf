"""Under which licence a pack may be used, as far as it says so."""

import json
import re
from pathlib import Path

from .packs import Pack

_FILES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING")
_DOCUMENTS = ("metadata.json", "model_info.json")
_LONGEST = 64 * 1024
_SHOWN = 120


def licence_of(pack: Pack) -> str | None:
    """What its metadata name, else the first line of a licence file in its folder; None without either."""
    return None if pack.folder is None else _named(pack.folder) or _titled(pack.folder)


def _named(folder: Path) -> str | None:
    for name in _DOCUMENTS:
        try:
            value = json.loads(_start(folder / name))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            for key in ("license", "licence"):
                if isinstance(value.get(key), str) and value[key].strip():
                    return _line(value[key])
    return None


def _titled(folder: Path) -> str | None:
    for name in _FILES:
        try:
            lines = _start(folder / name).splitlines()
        except OSError:
            continue
        for line in lines:
            if line.strip():
                return _line(line)
    return None


def _start(file: Path) -> str:
    with file.open("rb") as content:
        return content.read(_LONGEST).decode("utf-8", "replace")


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text.lstrip("# ").strip())[:_SHOWN]
