"""Looking into a data directory without opening it: a server may be running on it and notices nothing.

SQLite lets others read while one process writes; nothing here takes the lock that `schema.hold` takes.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from appliance.domain.people import Agent
from appliance.domain.regions import Availability, KeptRegion
from appliance.storage.regions import SETTING, kept_region
from appliance.storage.schema import FILE, DataRefused, migrations

_REGIONS = "SELECT body, version, changed_at, changed_by FROM region ORDER BY position, id"
_SETTING = "SELECT value FROM setting WHERE name = ?"
_AGENTS = (
    "SELECT id, email, name, avatar, language, time_zone, role, active, created_at, spoken, capacity, "
    "availability FROM agent ORDER BY created_at"
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What was there at one moment. Agents come without their passwords' hashes."""

    regions: Sequence[KeptRegion]
    settings: Mapping[str, Any]
    agents: Sequence[Agent]


class SeenRegions:
    """`services.ports.RegionBook` of what was seen; nothing can be changed."""

    def __init__(self, regions: Sequence[KeptRegion], settings: Mapping[str, Any]) -> None:
        self._regions = regions
        self._settings = settings

    async def regions(self) -> list[KeptRegion]:
        return list(self._regions)

    async def settings(self) -> Mapping[str, Any]:
        return self._settings

    async def write(
        self,
        save: Sequence[KeptRegion],
        remove: Sequence[str],
        order: Sequence[str],
        settings: Mapping[str, Any],
    ) -> None:
        raise PermissionError("what is only looked at can't be changed")

    async def living(self, region_id: str) -> int:
        return 0


def look(directory: Path) -> Sight:
    """Raises `DataRefused` (`missing`, `older`, `newer`, `damaged`)."""
    path = directory / FILE
    if not path.exists():
        raise DataRefused("missing", f"There is no {FILE} in {directory}. Give the --data-dir of the server.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            _check(path, version)
            # One moment, however much is written meanwhile.
            connection.execute("BEGIN")
            setting = connection.execute(_SETTING, [SETTING]).fetchone()
            return Sight(
                [_region(row) for row in connection.execute(_REGIONS)],
                {} if setting is None else json.loads(setting[0]),
                [_agent(row) for row in connection.execute(_AGENTS)],
            )
    except sqlite3.DatabaseError as error:
        raise DataRefused("damaged", f"{path} can't be read ({error}).") from error


def _check(path: Path, version: int) -> None:
    current = migrations()[-1].version
    if version > current:
        raise DataRefused(
            "newer", f"{path} was written by a newer Dragoman (schema {version}; this one knows {current})."
        )
    if version < current:
        raise DataRefused(
            "older", f"{path} is of an older version. Start the server of this version on it once."
        )


def _region(row: tuple[Any, ...]) -> KeptRegion:
    body, version, changed_at, changed_by = row
    return kept_region(json.loads(body), version, _instant(changed_at), changed_by)


def _agent(row: tuple[Any, ...]) -> Agent:
    id_, email, name, avatar, language, zone, role, active, created_at, spoken, capacity, availability = row
    return Agent(
        id=id_,
        email=email,
        name=name,
        avatar=avatar,
        password_hash=None,
        language=language,
        time_zone=zone,
        role=role,
        active=bool(active),
        created_at=_instant(created_at),
        last_seen_at=None,
        spoken=tuple(json.loads(spoken)) if spoken else (),
        capacity=capacity,
        availability=cast(Availability, availability),
    )


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
