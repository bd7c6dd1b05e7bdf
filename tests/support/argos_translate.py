"""Asking Argos Translate itself."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from translation.engines.argos import BEAM

ORACLE = Path(__file__).parent / "argos_oracle.py"


def by_argos_translate(packages: Mapping[Path, Sequence[str]], home: Path) -> dict[Path, dict[str, Any]]:
    """Its own `codes` and `answers` for sentences by package, with everything it writes in `home`."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "ARGOS_BEAM_SIZE": str(BEAM),
    }
    done = subprocess.run(
        [sys.executable, ORACLE],
        input=json.dumps({str(package): list(sentences) for package, sentences in packages.items()}),
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return {Path(name): told for name, told in json.loads(done.stdout).items()}
