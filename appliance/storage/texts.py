"""Texts that admins write, each in a row of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from appliance.domain.texts import KeptText, Text, Wording
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full


class TextBook:
    """`services.ports.TextBook` on Tortoise."""

    async def texts(self) -> list[KeptText]:
        """In the order admins gave them."""
        return [_kept(row) for row in await models.Text.all().order_by("position", "id")]

    async def visitor_languages(self, newest: int) -> list[str]:
        """The languages of the visitors who came last, so many of them, each visitor's, the newest first."""
        visitors = models.Visitor.all().order_by("-number").limit(newest)
        return [str(tag) for tag in await visitors.values_list("language", flat=True)]

    @refused_when_full
    async def write(self, save: Sequence[KeptText], remove: Sequence[str], order: Sequence[str]) -> None:
        """Adds or replaces texts, removes others, puts all into an order (the ids of all that are left): all
        of it or nothing."""
        async with transaction() as connection:
            if remove:
                await models.Text.filter(id__in=list(remove)).using_db(connection).delete()
            for kept in save:
                known = models.Text.filter(id=kept.text.id).using_db(connection)
                if not await known.update(**_columns(kept)):
                    await models.Text.create(
                        using_db=connection, id=kept.text.id, position=0, **_columns(kept)
                    )
            rows = await models.Text.all().using_db(connection).values_list("id", "position")
            placed = {str(text_id): position for text_id, position in rows}
            for position, text_id in enumerate(order):
                if placed.get(text_id) == position:
                    continue
                await models.Text.filter(id=text_id).using_db(connection).update(position=position)


def _columns(kept: KeptText) -> dict[str, Any]:
    text = kept.text
    body = {
        "wordings": {locale: asdict(wording) for locale, wording in text.wordings.items()},
        "shortcut": text.shortcut,
        "answer": text.answer,
        "required": text.required,
    }
    return {
        "kind": text.kind,
        "version": text.version,
        "body": body,
        "changed_at": kept.changed_at,
        "changed_by": kept.changed_by,
    }


def _kept(row: models.Text) -> KeptText:
    body: Mapping[str, Any] = row.body
    wordings = {
        locale: Wording(**{**wording, "flags": tuple(wording.get("flags", ()))})
        for locale, wording in body["wordings"].items()
    }
    rest = {name: value for name, value in body.items() if name != "wordings"}
    text = Text(id=row.id, kind=row.kind, wordings=wordings, version=row.version, **rest)  # type: ignore[arg-type]
    return KeptText(text, row.changed_at, row.changed_by)
