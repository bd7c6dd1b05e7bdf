"""The glossary's entries."""

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson
from tortoise.connection import get_connection

from appliance.domain.glossary import GlossaryEntry
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

# The rows can be fifty thousand: plain statements take a tenth of the time the ORM's rows do.
_READ = "SELECT id, keep, wordings, note FROM term ORDER BY id"
_LAST = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'term'"
_INSERT = "INSERT INTO term (id, keep, wordings, note) VALUES (?, ?, ?, ?)"
_UPDATE = "UPDATE term SET keep = ?, wordings = ?, note = ? WHERE id = ?"
_DELETE = "DELETE FROM term WHERE id = ?"


class GlossaryBook:
    """`services.ports.GlossaryBook` on Tortoise's connections and transactions."""

    async def entries(self) -> list[GlossaryEntry]:
        """All of them, the oldest first."""
        _, rows = await get_connection("default").execute_query(_READ)
        return await asyncio.to_thread(lambda: [_entry(row) for row in rows])

    @refused_when_full
    async def change(
        self, add: Sequence[GlossaryEntry], update: Sequence[GlossaryEntry], remove: Sequence[int]
    ) -> list[int]:
        """All of it or nothing. Returns the ids of what was added, in order; no id is given twice."""
        changed = await asyncio.to_thread(lambda: [[*_values(entry), entry.id] for entry in update])
        added = await asyncio.to_thread(lambda: [_values(entry) for entry in add])
        async with transaction() as connection:
            if remove:
                await connection.execute_many(_DELETE, [[number] for number in remove])
            if update:
                await connection.execute_many(_UPDATE, changed)
            _, rows = await connection.execute_query(_LAST)
            first = int(rows[0][0]) + 1
            ids = list(range(first, first + len(add)))
            if add:
                await connection.execute_many(
                    _INSERT, [[number, *values] for number, values in zip(ids, added, strict=True)]
                )
            return ids


def _entry(row: Any) -> GlossaryEntry:
    wordings = {tag: tuple(forms) for tag, forms in orjson.loads(row["wordings"]).items()}
    return GlossaryEntry(row["id"], row["keep"], wordings, row["note"])


def _values(entry: GlossaryEntry) -> list[Any]:
    return [entry.keep, orjson.dumps(dict(entry.wordings)).decode(), entry.note]
