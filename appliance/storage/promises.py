"""What visitors were promised, and when they were answered."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet

from appliance.domain.promises import Promise, Standing
from appliance.storage import models
from appliance.storage.full_disk import refused_when_full


class PromiseBook:
    """`services.promises.PromiseBook` on Tortoise."""

    @refused_when_full
    async def add(self, promise: Promise) -> None:
        await models.Promise.create(
            conversation_id=promise.conversation_id,
            region_id=promise.region_id,
            made_at=promise.made_at,
            promised_at=promise.promised_at,
            due_at=promise.due_at,
        )

    async def unanswered(self) -> list[Promise]:
        return [_promise(row) for row in await models.Promise.filter(answered_at=None).order_by("id")]

    @refused_when_full
    async def answer(self, conversation_id: str, at: datetime) -> None:
        """An agent has answered whatever was promised in a conversation before."""
        waiting = models.Promise.filter(
            conversation_id=conversation_id, answered_at=None, made_at__lte=at.astimezone(UTC)
        )
        await waiting.update(answered_at=at)

    async def page(
        self, standing: Standing | None, region: str | None, now: datetime, *, offset: int, limit: int
    ) -> tuple[list[Promise], int]:
        """The newest first, and how many there are in all."""
        wanted = _wanted(standing, region, now)
        rows = await wanted.order_by("-made_at", "-id").offset(offset).limit(limit)
        return [_promise(row) for row in rows], await wanted.count()

    async def count(self, standing: Standing, since: datetime, now: datetime) -> int:
        """Of those for a time since an instant."""
        return await _wanted(standing, None, now).filter(promised_at__gte=since.astimezone(UTC)).count()

    async def regions(self) -> list[str]:
        """Those for which something was ever promised."""
        rows: Sequence[object] = (
            await models.Promise.all().distinct().order_by("region_id").values_list("region_id", flat=True)
        )
        return [str(row) for row in rows]

    @refused_when_full
    async def prune(self, before: datetime) -> None:
        """Forgets what was promised before an instant."""
        await models.Promise.filter(made_at__lt=before.astimezone(UTC)).delete()


def _wanted(standing: Standing | None, region: str | None, now: datetime) -> QuerySet[models.Promise]:
    found = models.Promise.all() if region is None else models.Promise.filter(region_id=region)
    now = now.astimezone(UTC)
    match standing:
        case "open":
            return found.filter(Q(due_at=None) | Q(due_at__gte=now), answered_at=None)
        case "kept":
            return found.filter(
                Q(due_at=None) | Q(answered_at__lte=F("due_at")), answered_at__not_isnull=True
            )
        case "broken":
            return found.filter(
                Q(answered_at=None, due_at__lt=now) | Q(answered_at__gt=F("due_at")), due_at__not_isnull=True
            )
        case _:
            return found


def _promise(row: models.Promise) -> Promise:
    return Promise(row.id, row.conversation_id, row.region_id, row.made_at, row.promised_at, row.answered_at)
