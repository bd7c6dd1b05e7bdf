"""What people said about translations."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from appliance.domain.memory import Judgement, Verdict
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

# A file can bring a hundred thousand rows: plain statements take a tenth of the time the ORM's rows do.
_COLUMNS = "verdict, source, target, text, translation, likeness, agent_id, at"
_READ = f"SELECT id, {_COLUMNS} FROM judgement ORDER BY at, id"  # noqa: S608
_INSERT = f"INSERT INTO judgement ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_DELETE = "DELETE FROM judgement WHERE id = ?"
_COUNT = "SELECT count(*) FROM judgement"
_OLDEST = "SELECT id, likeness FROM judgement ORDER BY at, id LIMIT ?"


class MemoryBook:
    """`services.ports.MemoryBook` on Tortoise."""

    async def likenesses(self) -> set[int]:
        """Of all judgements, both verdicts."""
        rows = await get_connection("default").execute_query("SELECT DISTINCT likeness FROM judgement")
        return {row[0] for row in rows[1]}

    async def alike(self, likeness: int) -> list[Judgement]:
        """The newest first."""
        rows = await models.Judgement.filter(likeness=likeness).order_by("-at", "-id")
        return [_judgement(row) for row in rows]

    async def get(self, ids: Sequence[int]) -> list[Judgement]:
        return [_judgement(row) for row in await models.Judgement.filter(id__in=list(ids))]

    @refused_when_full
    async def change(self, add: Sequence[Judgement], remove: Sequence[int], limit: int) -> list[int]:
        """Adds and removes at once, or does nothing. Beyond `limit` rows the oldest go; returns their
        likenesses."""
        values = await asyncio.to_thread(lambda: [_values(judgement) for judgement in add])
        async with transaction() as connection:
            if remove:
                await connection.execute_many(_DELETE, [[number] for number in remove])
            if add:
                await connection.execute_many(_INSERT, values)
            _, rows = await connection.execute_query(_COUNT)
            excess = int(rows[0][0]) - limit
            if excess <= 0:
                return []
            _, oldest = await connection.execute_query(_OLDEST, [excess])
            await connection.execute_many(_DELETE, [[row[0]] for row in oldest])
            return [row[1] for row in oldest]

    async def page(
        self, *, search: str, verdict: Verdict | None, pair: tuple[str, str] | None, offset: int, limit: int
    ) -> tuple[list[Judgement], int]:
        """A page of what matches, the newest first, and how many match in all."""
        found = _matching(search, verdict, pair)
        rows = await found.order_by("-at", "-id").offset(offset).limit(limit)
        return [_judgement(row) for row in rows], await found.count()

    async def everything(self) -> list[Judgement]:
        """In the order they were stored."""
        _, rows = await get_connection("default").execute_query(_READ)
        return await asyncio.to_thread(lambda: [_stored(row) for row in rows])

    async def count(self) -> int:
        return await models.Judgement.all().count()

    async def pairs(self) -> list[tuple[str, str]]:
        """The directions there is something for, sorted."""
        rows = await models.Judgement.all().distinct().values_list("source", "target")
        return sorted((str(source), str(target)) for source, target in rows)


def _matching(
    search: str, verdict: Verdict | None, pair: tuple[str, str] | None
) -> QuerySet[models.Judgement]:
    found = models.Judgement.all()
    if search:
        found = found.filter(Q(text__icontains=search) | Q(translation__icontains=search))
    if verdict is not None:
        found = found.filter(verdict=verdict)
    if pair is not None:
        found = found.filter(source=pair[0], target=pair[1])
    return found


def _stored(row: Any) -> Judgement:
    return Judgement(
        row["id"],
        row["verdict"],
        row["source"],
        row["target"],
        row["text"],
        row["translation"],
        row["likeness"],
        row["agent_id"],
        datetime.fromisoformat(row["at"]),
    )


def _values(judgement: Judgement) -> list[Any]:
    return [
        judgement.verdict,
        judgement.source,
        judgement.target,
        judgement.text,
        judgement.translation,
        judgement.likeness,
        judgement.by,
        judgement.at.astimezone(UTC).isoformat(" "),
    ]


def _judgement(row: models.Judgement) -> Judgement:
    return Judgement(
        row.id,
        row.verdict,  # type: ignore[arg-type]
        row.source,
        row.target,
        row.text,
        row.translation,
        row.likeness,
        row.agent_id,
        row.at,
    )
