"""A full disk as an answer instead of an error."""

import sqlite3
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from tortoise.exceptions import OperationalError

from appliance.domain.refusal import Refused

_P = ParamSpec("_P")
_T = TypeVar("_T")

# SQLite says FULL where the disk has no space left, and only that it could not write where a quota or a
# limit of the process is used up.
_CODES = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})


def refused_when_full(write: Callable[_P, Coroutine[Any, Any, _T]]) -> Callable[_P, Coroutine[Any, Any, _T]]:
    """What this decorates raises `Refused("storage_full")` when there is no room; nothing is half stored."""

    @wraps(write)
    async def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return await write(*args, **kwargs)
        except OperationalError as error:
            if _is_full(error):
                raise Refused("storage_full", retry_after=30) from error
            raise

    return guarded


def _is_full(error: BaseException) -> bool:
    cause = error.__cause__ or (error.args[0] if error.args else None)
    return isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", None) in _CODES
