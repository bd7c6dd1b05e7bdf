"""How the C library's allocator deals with large blocks, where it is glibc's."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

# mallopt's parameters, from glibc's malloc.h.
_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3

LOADING = 1024 * 1024
WORKING = 16 * 1024 * 1024
"""Bytes from which on a block comes straight from the system and goes back to it when it is freed."""


@contextmanager
def loading() -> Iterator[None]:
    """What is needed only to read a model is given back; what computing needs again and again is kept.

    Left to itself glibc keeps the former (22 MB with both starter models). If the system were asked for every
    large block, an Argos model would take a fifth more time: the system clears each page before it gives it.
    """
    _set(LOADING)
    try:
        yield
    finally:
        _set(WORKING)


def give_back() -> None:
    """From now on large blocks go back to the system when freed: for a process that computes little. What
    small ones are cut from stays, so that a server in use does not ask for it again and again."""
    _set(LOADING, kept=WORKING)


def _set(threshold: int, kept: int | None = None) -> None:
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    mallopt(_MMAP_THRESHOLD, threshold)
    mallopt(_TRIM_THRESHOLD, threshold if kept is None else kept)
