"""The `dragoman` command with a clock that stands still until it is set from outside.

`DRAGOMAN_TEST_CLOCK` has the first instant; each line `NUMBER INSTANT` on standard input sets the clock and
wakes whoever waits for an instant that has come by then, and `clock NUMBER` is printed.
`DRAGOMAN_TEST_ROOT` is where `widget/`, `admin/` and `locales/` are, if not where they always are.
"""

import asyncio
import os
import sys
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from appliance import cli
from appliance.app import create_app


class SetClock:
    """The time as it was last set, and the alarm that goes by it."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    async def alarm(self, at: datetime) -> None:
        self._loop = asyncio.get_running_loop()
        if at <= self._now:
            return
        future = self._loop.create_future()
        self._waiting.append((at, future))
        try:
            await future
        finally:
            self._waiting = [entry for entry in self._waiting if entry[1] is not future]

    def follow(self) -> None:
        """Takes what comes on standard input, in a thread of its own."""
        for line in sys.stdin:
            number, _, instant = line.strip().partition(" ")
            to = partial(self._set, number, datetime.fromisoformat(instant).astimezone(UTC))
            if self._loop is None:
                to()
            else:
                self._loop.call_soon_threadsafe(to)

    def _set(self, number: str, now: datetime) -> None:
        self._now = now
        for at, future in self._waiting:
            if at <= now and not future.done():
                future.set_result(None)
        print(f"clock {number}", flush=True)  # noqa: T201


def main() -> None:
    clock = SetClock(datetime.fromisoformat(os.environ.pop("DRAGOMAN_TEST_CLOCK")).astimezone(UTC))
    threading.Thread(target=clock.follow, daemon=True).start()
    root = os.environ.pop("DRAGOMAN_TEST_ROOT", "")
    cli.create_app = partial(  # type: ignore[assignment]
        create_app, clock=clock.now, alarm=clock.alarm, root=Path(root) if root else None
    )
    cli.main()


if __name__ == "__main__":
    main()
