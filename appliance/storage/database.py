"""The open database: Tortoise on one SQLite file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tortoise.context import TortoiseContext

from appliance.storage.schema import prepare


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[TortoiseContext]:
    """Prepares the file and opens it for this process.

    `synchronous=FULL` with WAL syncs at every commit, which is what an acknowledgement promises. The global fallback
    is needed because Starlette serves requests in other contexts than its lifespan's; it is this module's secret.
    """
    prepare(path)
    context = TortoiseContext()
    credentials = {
        "file_path": str(path),
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "busy_timeout": 5000,
        "foreign_keys": "ON",
        "cache_size": -8192,
    }
    await context.init(
        config={
            "connections": {"default": {"engine": "tortoise.backends.sqlite", "credentials": credentials}},
            "apps": {
                "models": {"models": ["appliance.storage.models"], "default_connection": "default"},
            },
        },
        _enable_global_fallback=True,
    )
    try:
        yield context
    finally:
        await context.close_connections()
