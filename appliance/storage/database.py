"""The open database: Tortoise on one SQLite file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tortoise.context import TortoiseContext

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
        yield context
