"""The open database: Tortoise on one SQLite file."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from appliance.storage.schema import FILE


@asynccontextmanager
async def open_database(directory: Path) -> AsyncIterator[TortoiseContext]:
    """Opens the database of a directory that is held (`schema.hold`).

    `synchronous=FULL` with WAL syncs at every commit, which is what an acknowledgement promises. The global
    fallback is needed because Starlette serves requests in other contexts than its lifespan's; it is this
    module's secret.
    """
    credentials = {
        "file_path": str(directory / FILE),
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "busy_timeout": 5000,
        "foreign_keys": "ON",
        "cache_size": -8192,
        # The log keeps its file and is folded in less often: a file that grows costs every commit a second
        # write of its size.
        "journal_size_limit": 64 * 2**20,
        "wal_autocheckpoint": 4000,
    }
    async with TortoiseContext() as context:
        await context.init(
            config={
                "connections": {
                    "default": {"engine": "tortoise.backends.sqlite", "credentials": credentials}
                },
                "apps": {
                    "models": {"models": ["appliance.storage.models"], "default_connection": "default"},
                },
            },
            _enable_global_fallback=True,
        )
        # The ORM connects at the first query. Made here, the connection belongs to nobody who may be
        # cancelled half-way, which would leave its thread behind.
        await get_connection("default").execute_query("SELECT 1")
        yield context


@asynccontextmanager
async def transaction() -> AsyncIterator[TransactionalDBClient]:
    """All of it or nothing, also when the commit itself fails, as it does where the disk is full.

    Tortoise leaves such a transaction open, and the next one would take along what its senders were told was
    not stored.
    """
    async with in_transaction() as connection:
        yield connection
        try:
            await connection.commit()
        except sqlite3.Error as error:
            await connection.rollback()
            raise OperationalError(error) from error
