"""What people said about translations."""

from collections.abc import Sequence
from typing import Any

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from appliance.domain.memory import Judgement, Verdict
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

_AT_ONCE = 500
"""Rows in one statement: SQLite takes 32,766 values at most."""


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
        """Adds and removes at once, or does nothing. Beyond `limit` rows the oldest go; returns the
        likenesses of all that went."""
        gone: list[int] = []
        async with transaction() as connection:
            for start in range(0, len(remove), _AT_ONCE):
                some = models.Judgement.filter(id__in=list(remove[start : start + _AT_ONCE]))
                gone += [row.likeness for row in await some.using_db(connection)]
                await some.using_db(connection).delete()
            rows = [_row(judgement) for judgement in add]
            await models.Judgement.bulk_create(rows, batch_size=_AT_ONCE, using_db=connection)
            excess = await models.Judgement.all().using_db(connection).count() - limit
            if excess > 0:
                oldest = await models.Judgement.all().using_db(connection).order_by("at", "id").limit(excess)
                gone += [row.likeness for row in oldest]
                for start in range(0, len(oldest), _AT_ONCE):
                    ids = [row.id for row in oldest[start : start + _AT_ONCE]]
                    await models.Judgement.filter(id__in=ids).using_db(connection).delete()
        return gone

    async def page(
        self, *, search: str, verdict: Verdict | None, pair: tuple[str, str] | None, offset: int, limit: int
    ) -> tuple[list[Judgement], int]:
        """A page of what matches, the newest first, and how many match in all."""
        found = _matching(search, verdict, pair)
        rows = await found.order_by("-at", "-id").offset(offset).limit(limit)
        return [_judgement(row) for row in rows], await found.count()

    async def everything(self) -> list[Judgement]:
        """In the order they were stored."""
        return [_judgement(row) for row in await models.Judgement.all().order_by("at", "id")]

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


def _row(judgement: Judgement) -> models.Judgement:
    columns: dict[str, Any] = {
        "verdict": judgement.verdict,
        "source": judgement.source,
        "target": judgement.target,
        "text": judgement.text,
        "translation": judgement.translation,
        "likeness": judgement.likeness,
        "agent_id": judgement.by,
        "at": judgement.at,
    }
    return models.Judgement(**columns)


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
