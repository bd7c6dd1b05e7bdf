"""Reading lines from a descriptor without standing in the way of the event loop or of its end."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from contextlib import suppress

CHUNK = 65536


async def read_lines(descriptor: int) -> AsyncIterator[str]:
    """The lines that come in, without their ends, each as soon as it is there; bad UTF-8 becomes U+FFFD.

    A read in progress cannot be cancelled. It is left to a daemon thread that holds no lock of `sys.stdin`,
    so that Ctrl-C or an error ends the program at once, whatever the other end of the pipe does.
    """
    loop = asyncio.get_running_loop()
    incoming: asyncio.Queue[list[bytes] | None] = asyncio.Queue(1)

    def hand_over(lines: list[bytes] | None) -> None:
        asyncio.run_coroutine_threadsafe(incoming.put(lines), loop).result()

    def pump() -> None:
        # The loop may close meanwhile: nobody wants the lines then.
        with suppress(RuntimeError, CancelledError):
            started: list[bytes] = []
            while chunk := os.read(descriptor, CHUNK):
                first, *others = chunk.split(b"\n")
                started.append(first)
                if others:
                    hand_over([b"".join(started), *others[:-1]])
                    started = [others[-1]]
            hand_over([last] if (last := b"".join(started)) else [])
            hand_over(None)

    threading.Thread(target=pump, name="reading lines", daemon=True).start()
    while (lines := await incoming.get()) is not None:
        for line in lines:
            yield line.decode("utf-8", "replace").removesuffix("\r")
