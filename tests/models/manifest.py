"""`manifest.json`: for each package its size, its SHA-256, what it was trained with and what it reached."""

import fcntl
import hashlib
import json
from pathlib import Path
from typing import Any

NAME = "manifest.json"


def read(package: Path) -> dict[str, Any]:
    """What the manifest beside a package says of it."""
    entries = json.loads((package.parent / NAME).read_text("utf-8"))
    return dict(entries[package.name])


def record(package: Path, facts: dict[str, Any]) -> None:
    """Put a package into the manifest beside it, also while others are being put in."""
    content = package.read_bytes()
    entry = {**facts, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with (package.parent / NAME).open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        entries = json.loads(file.read() or "{}") | {package.name: entry}
        file.seek(0)
        file.truncate()
        file.write(json.dumps(dict(sorted(entries.items())), indent=2) + "\n")
