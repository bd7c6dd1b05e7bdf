"""Which errors of SQLite mean that there is no room."""

import sqlite3

import pytest
from tortoise.exceptions import OperationalError

from appliance.domain.refusal import Refused
from appliance.storage.full_disk import refused_when_full


def failing(code: int | None) -> OperationalError:
    cause = sqlite3.OperationalError("as SQLite says it")
    if code is not None:
        cause.sqlite_errorcode = code
    return OperationalError(cause)


@refused_when_full
async def write(error: Exception | None) -> str:
    if error is not None:
        raise error
    return "written"


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE]
)
async def test_no_room_is_refused_so_that_the_sender_can_be_told(code: int) -> None:
    with pytest.raises(Refused) as refused:
        await write(failing(code))
    assert (refused.value.code, refused.value.retry_after) == ("storage_full", 30)


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_CORRUPT, None]
)
async def test_another_error_stays_what_it_is(code: int | None) -> None:
    with pytest.raises(OperationalError):
        await write(failing(code))


async def test_what_is_written_is_written() -> None:
    assert await write(None) == "written"
