"""What can go wrong with language packs."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

NOT_A_PACK: Final = "not_a_pack"
"""The file or folder holds no language pack."""
DAMAGED: Final = "damaged"
"""An archive or catalogue cannot be read to its end, or files are not what was written down about them."""
UNSAFE: Final = "unsafe"
"""An archive tries to write elsewhere, holds links or grows beyond measure."""
TOO_LARGE: Final = "too_large"
"""More bytes than any language pack has."""
WRONG_CHECKSUM: Final = "wrong_checksum"
"""What came is not what the catalogue promised, in size or SHA-256."""
UNKNOWN_LANGUAGE: Final = "unknown_language"
"""A code names no language."""
UNREACHABLE: Final = "unreachable"
"""The other side did not answer, or the connection was lost. What came is kept: the next attempt goes on."""
REFUSED: Final = "refused"
"""The other side answered that it will not give this."""
NOT_FOUND: Final = "not_found"
"""No such file, pack or offer."""
NO_ROOM: Final = "no_room"
"""The disk is full, or would be."""
NOT_WRITABLE: Final = "not_writable"
"""The models' folder may not be written to."""
DISK_ERROR: Final = "disk_error"
"""The disk, or the stick that was to be read, reports an error."""
BUSY: Final = "busy"
"""Another process is downloading the same."""
TRIAL_FAILED: Final = "trial_failed"
"""The pack is complete, and did not translate."""

CODES: Final = (
    *(NOT_A_PACK, DAMAGED, UNSAFE, TOO_LARGE, WRONG_CHECKSUM, UNKNOWN_LANGUAGE, UNREACHABLE, REFUSED),
    *(NOT_FOUND, NO_ROOM, NOT_WRITABLE, DISK_ERROR, BUSY, TRIAL_FAILED),
)
TEMPORARY: Final = frozenset({UNREACHABLE, BUSY, NO_ROOM})

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST})


class StoreError(Exception):
    """Nothing was installed or removed.

    `code` is one of `CODES` and stable; `permanent` says that trying again will not help. The message is for
    the operator, in English, and says what would be right.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.permanent = code not in TEMPORARY


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what the system says about the disk into a StoreError."""
    try:
        yield
    except OSError as reason:
        if reason.errno in _FULL:
            raise StoreError(
                NO_ROOM, f"no room left on the disk of {folder} ({reason.strerror}); nothing was installed"
            ) from reason
        if reason.errno in _FORBIDDEN:
            raise StoreError(NOT_WRITABLE, f"{folder} cannot be written to ({reason.strerror})") from reason
        raise StoreError(DISK_ERROR, f"reading or writing failed: {reason}") from reason
