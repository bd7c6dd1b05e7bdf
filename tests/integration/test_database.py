"""Opening and leaving the database."""

import threading
from pathlib import Path

from appliance.storage.database import open_database
from appliance.storage.schema import hold


async def test_nothing_is_left_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with hold(tmp_path):
        async with open_database(tmp_path):
            pass
        async with open_database(tmp_path):
            assert set(threading.enumerate()) - before
        left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(10)
    assert not set(threading.enumerate()) - before
    assert names(tmp_path) == ["dragoman.db", "dragoman.lock"]


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())
