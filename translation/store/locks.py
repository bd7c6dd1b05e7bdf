"""Locks between processes, which the system lets go of when a process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file (made if it is not there) or folder alone; waits for whoever holds it."""
    with _held(path, fcntl.LOCK_EX, os.O_CREAT):
        yield


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold a file (made if it is not there) together with others who hold it so."""
    with _held(path, fcntl.LOCK_SH, os.O_CREAT):
        yield


def is_free(path: Path) -> bool:
    """Whether nobody holds a file or folder. Nobody holds what is not there; asking does not make it."""
    try:
        with _held(path, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return True
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False


@contextmanager
def _held(path: Path, how: int, create: int = 0) -> Iterator[None]:
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | create
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
