"""LibreTranslate from PyPI, beside which Dragoman is measured.

It gets a virtual environment of its own, made at first use in a folder that git ignores, with the versions
in requirements.txt. It is AGPL software: it is run, never imported and never part of what we ship.
"""

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.load.free_port import free_port
from tests.load.wide import CACHE
from translation.cores import usable

_HERE = Path(__file__).parent
REQUIREMENTS = _HERE / "requirements.txt"

INSTALL_SECONDS = 900
START_SECONDS = 120

NOTE = (
    "LibreTranslate: its own server with its own settings, in an environment of its own; only its sentence "
    "splitter, which would download a model, is replaced by one that takes each message for a sentence. "
    "Tuned: as many messages at a time as there are cores, each by one thread, which suits it best"
)


def tuned() -> Mapping[str, str]:
    """The settings with which it is fastest: left alone, the threads that share a message wait for each
    other."""
    return {"ARGOS_INTER_THREADS": str(usable()), "ARGOS_INTRA_THREADS": "1"}


class NotMeasuredError(Exception):
    """LibreTranslate cannot be run here; the message says why."""


@dataclass(frozen=True)
class Running:
    port: int
    pid: int


@contextmanager
def serving(packages: Sequence[Path], settings: Mapping[str, str]) -> Iterator[Running]:
    """LibreTranslate with these packages installed, which must be two at least: with fewer it looks for
    models on the network. `settings`: variables besides. Raises NotMeasuredError."""
    python = _environment()
    home = CACHE / f"libretranslate-home-{_digest(*packages)}"
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    arguments = [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--disable-files-translation",
        "--disable-web-ui",
    ]
    process = subprocess.Popen(
        [python, _HERE / "start.py", *packages, "--", *arguments],
        cwd=home,
        env=_variables(home) | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    said: list[str] = []
    reader = threading.Thread(target=_read, args=(process, said), daemon=True)
    reader.start()
    try:
        _wait_for(port, process, said)
        yield Running(port, process.pid)
    finally:
        process.kill()
        process.wait()
        reader.join(10)


def _variables(home: Path) -> dict[str, str]:
    variables = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    # Whatever it looks for out there, it shall find out at once that there is nothing.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
    return variables | folders | nowhere | {"HOME": str(home), "no_proxy": "127.0.0.1"}


def _environment() -> Path:
    """The interpreter of the environment, which is made if need be."""
    folder = CACHE / f"libretranslate-{_digest(REQUIREMENTS)}-{sys.version_info[0]}{sys.version_info[1]}"
    python = folder / "bin" / "python"
    if (folder / ".complete").exists():
        return python
    sys.stderr.write(f"Installing LibreTranslate into {folder.relative_to(CACHE.parent)} (about 1 GB) …\n")
    steps: list[list[str | Path]] = [
        [sys.executable, "-m", "venv", "--clear", folder],
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS],
    ]
    for step in steps:
        try:
            subprocess.run(step, capture_output=True, text=True, check=True, timeout=INSTALL_SECONDS)
        except subprocess.CalledProcessError as failed:
            last = (failed.stderr.strip().splitlines() or [f"status {failed.returncode}"])[-1]
            raise NotMeasuredError(f"it could not be installed: {last}") from failed
        except (OSError, subprocess.TimeoutExpired) as failed:
            raise NotMeasuredError(f"it could not be installed: {failed}") from failed
    (folder / ".complete").touch()
    return python


def _wait_for(port: int, process: subprocess.Popen[str], said: Sequence[str]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            last = said[-1].strip() if said else "it said nothing"
            raise NotMeasuredError(f"it ended with status {process.returncode}: {last}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/languages", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise NotMeasuredError(f"it did not answer within {START_SECONDS} s")


def _read(process: subprocess.Popen[str], said: list[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        del said[:-20]


def _digest(*files: Path) -> str:
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
