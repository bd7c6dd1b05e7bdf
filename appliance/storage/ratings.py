"""What visitors said of conversations; the ledger writes the rows."""

from datetime import UTC, datetime

from tortoise.functions import Count

from appliance.domain.ratings import SCORES, Figures, Rating
from appliance.storage import models


class RatingBook:
    """`services.ratings.RatingBook` on Tortoise."""

    async def page(
        self, *, offset: int, limit: int, score: int | None, region: str | None
    ) -> tuple[list[Rating], int]:
        wanted = models.Rating.all()
        if score is not None:
            wanted = wanted.filter(score=score)
        if region is not None:
            wanted = wanted.filter(region=region)
        rows = await wanted.order_by("-at", "id").offset(offset).limit(limit)
        return [_rating(row) for row in rows], await wanted.count()

    async def figures(self, since: datetime) -> Figures:
        counted = (
            await models.Rating.filter(at__gte=since.astimezone(UTC))
            .annotate(n=Count("id"))
            .group_by("score")
            .values_list("score", "n")
        )
        by_score = dict(counted)
        one, two, three, four, five = (by_score.get(score, 0) for score in SCORES)
        return Figures((one, two, three, four, five))


def _rating(row: models.Rating) -> Rating:
    return Rating(row.conversation_id, row.score, row.comment, row.language, row.agent_id, row.region, row.at)
