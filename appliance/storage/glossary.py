"""The glossary's entries."""

from collections.abc import Sequence

from appliance.domain.glossary import GlossaryEntry
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

_AT_ONCE = 500
"""Rows in one statement: SQLite takes 32,766 values at most."""


class GlossaryBook:
    """`services.ports.GlossaryBook` on Tortoise."""

    async def entries(self) -> list[GlossaryEntry]:
        """All of them, the oldest first."""
        return [_entry(row) for row in await models.Term.all().order_by("id")]

    @refused_when_full
    async def change(
        self, add: Sequence[GlossaryEntry], update: Sequence[GlossaryEntry], remove: Sequence[int]
    ) -> None:
        """All of it or nothing. What is added gets new ids."""
        async with transaction() as connection:
            for start in range(0, len(remove), _AT_ONCE):
                some = list(remove[start : start + _AT_ONCE])
                await models.Term.filter(id__in=some).using_db(connection).delete()
            if update:
                await models.Term.bulk_update(
                    [_row(entry) for entry in update],
                    fields=["keep", "wordings", "note"],
                    batch_size=_AT_ONCE // 5,
                    using_db=connection,
                )
            await models.Term.bulk_create(
                [_row(entry) for entry in add], batch_size=_AT_ONCE, using_db=connection
            )


def _row(entry: GlossaryEntry) -> models.Term:
    wordings = {tag: list(wordings) for tag, wordings in entry.wordings.items()}
    row = models.Term(keep=entry.keep, wordings=wordings, note=entry.note)
    if entry.id:
        row.id = entry.id
    return row


def _entry(row: models.Term) -> GlossaryEntry:
    wordings = {tag: tuple(wordings) for tag, wordings in row.wordings.items()}
    return GlossaryEntry(row.id, row.keep, wordings, row.note)
