"""A Dragoman of a test's own in which it is as late as the test says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.server import Server

_PROGRAM = Path(__file__).parent / "clocked_process.py"


class ClockedServer(Server):
    """A running `dragoman` whose clock stands still until it is moved.

    Whatever waits for an instant that has come wakes at once, and sees the clock as it was set: who wants
    two things to happen one after the other moves it twice, and waits for the first between.
    """

    program = (sys.executable, str(_PROGRAM))

    def __init__(
        self, command: str, data_dir: Path, *, at: datetime | str, port: int = 0, **settings: str
    ) -> None:
        self.now = instant(at)
        self._moves = 0
        super().__init__(command, data_dir, port=port, test_clock=self.now.isoformat(), **settings)

    def set(self, at: datetime | str) -> None:
        """From now on it is this late: an instant, or as `2026-03-29T00:30Z`."""
        self.now = instant(at)
        self._moves += 1
        assert self.process.stdin is not None
        self.process.stdin.write(f"{self._moves} {self.now.isoformat()}\n")
        self.process.stdin.flush()
        self.wait_for(f"^clock ({self._moves})$")

    def advance(self, **amount: float) -> None:
        """Later by so much: `seconds=45`, `hours=3`."""
        self.set(self.now + timedelta(**amount))


def instant(at: datetime | str) -> datetime:
    """In UTC. A text needs its offset or `Z`."""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    assert found.tzinfo is not None, "an instant has an offset"
    return found.astimezone(UTC)


@contextmanager
def clocked(
    command: str, data_dir: Path, *, at: datetime | str, port: int = 0, **settings: str
) -> Iterator[ClockedServer]:
    """A server that is up on entry and gone after; `settings` become `DRAGOMAN_…` variables."""
    server = ClockedServer(command, data_dir, at=at, port=port, **settings)
    try:
        assert server.url
        yield server
    finally:
        server.stop()
