"""An engine for worker processes that crashes, hangs and waits when a sentence tells it to.

Its one file, `scratch`, is a directory: it keeps what must outlive the process there.
"""

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path


class Panic(BaseException):
    """As native engines raise it."""


class StubEngine:
    together = 1

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch

    def translate(self, sentences: Sequence[str]) -> list[str]:
        return [self._translate(sentence) for sentence in sentences]

    def _translate(self, sentence: str) -> str:
        with (self._scratch / "order").open("a") as order:
            order.write(sentence + "\n")
        command, _, once = sentence.partition(" ")
        if not (once == "once" and self._has_been_here(command)):
            if command == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            elif command == "hang":
                signal.pause()
            elif command == "panic":
                raise Panic
            elif command == "wait":
                # Opening a pipe waits for the other end: no sleeping on either side.
                (self._scratch / "busy").write_text(str(os.getpid()))
                (self._scratch / "go").read_text()
        return f"<{sentence}>"

    def _has_been_here(self, command: str) -> bool:
        mark = self._scratch / f"{command}.mark"
        here = mark.exists()
        mark.touch()
        return here


def load(files: Mapping[str, Path]) -> StubEngine:
    os.write(1, b"a native library greets its users on standard output")
    return StubEngine(files["scratch"])
