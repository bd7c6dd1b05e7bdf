"""A Dragoman of a test's own: a real process on a free port."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


class Server:
    """A running `dragoman`. `lines` is what it printed so far."""

    program: tuple[str, ...] = (sys.executable, "-m", "appliance")

    def __init__(self, command: str, data_dir: Path, *, port: int = 0, **settings: str) -> None:
        self.data_dir = data_dir
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
        environment |= {f"DRAGOMAN_{name.upper()}": value for name, value in settings.items()}
        self.process = subprocess.Popen(
            [*self.program, command, "--port", str(port), "--data-dir", str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=data_dir.parent,
        )
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def url(self) -> str:
        """Its address, once it is serving."""
        return self.wait_for(r"(http://127\.0\.0\.1:\d+)/?")

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def link(self) -> str:
        """The one-time link it printed."""
        return self.wait_for(r"(http://\S+/console/(?:link|setup)/\S+)")

    def wait_for(self, pattern: str) -> str:
        """The first group of the first printed line that has the pattern."""
        with self._news:
            found: list[str] = []

            def seen() -> bool:
                found[:] = [match[1] for line in self.lines if (match := re.search(pattern, line))]
                return bool(found) or self._ended

            self._news.wait_for(seen, START_SECONDS)
        assert found, f"{pattern!r} was not printed:\n" + "".join(self.lines)
        return found[0]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self._gone()

    def stop(self) -> int:
        """As Ctrl-C would; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self._gone()

    def _gone(self) -> int:
        code = self.process.wait(START_SECONDS)
        self._reader.join(START_SECONDS)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.lines.append(line)
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()


@contextmanager
def serving(command: str, data_dir: Path, *, port: int = 0, **settings: str) -> Iterator[Server]:
    """A server that is up on entry and gone after; `settings` become `DRAGOMAN_…` variables."""
    server = Server(command, data_dir, port=port, **settings)
    try:
        assert server.url
        yield server
    finally:
        server.stop()
