"""Regions, each in a row of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tortoise.connection import get_connection

from appliance.domain.region_codec import region_from_json, region_to_json
from appliance.domain.regions import KeptRegion
from appliance.domain.schedule import Schedule, ScheduleError
from appliance.domain.schedule_json import parse_schedule
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

SETTING = "regions"
_LIVING = (
    "SELECT COUNT(*) FROM conversation WHERE state IN ('queued', 'assigned') "
    "AND json_extract(routing, '$.region') = ?"
)


class RegionBook:
    """`services.ports.RegionBook` on Tortoise."""

    async def regions(self) -> list[KeptRegion]:
        """In the order admins gave them."""
        return [_kept(row) for row in await models.Region.all().order_by("position", "id")]

    async def settings(self) -> dict[str, Any]:
        """What is kept of all regions together, as it was last written."""
        row = await models.Setting.get_or_none(name=SETTING)
        return {} if row is None else dict(row.value)

    @refused_when_full
    async def write(
        self,
        save: Sequence[KeptRegion],
        remove: Sequence[str],
        order: Sequence[str],
        settings: Mapping[str, Any],
    ) -> None:
        """Adds or replaces regions, removes others, puts all into an order (the ids of all that are left),
        and keeps the settings of them all: all of it or nothing."""
        async with transaction() as connection:
            if remove:
                await models.Region.filter(id__in=list(remove)).using_db(connection).delete()
            for kept in save:
                known = models.Region.filter(id=kept.region.id).using_db(connection)
                if not await known.update(**_columns(kept)):
                    await models.Region.create(
                        using_db=connection, id=kept.region.id, position=0, **_columns(kept)
                    )
            for position, region_id in enumerate(order):
                await models.Region.filter(id=region_id).using_db(connection).update(position=position)
            await models.Setting.bulk_create(
                [models.Setting(name=SETTING, value=dict(settings))],
                on_conflict=["name"],
                update_fields=["value"],
                using_db=connection,
            )

    async def living(self, region_id: str) -> int:
        """How many conversations that are not closed the region looks after."""
        _, rows = await get_connection("default").execute_query(_LIVING, [region_id])
        return int(rows[0][0])


def _columns(kept: KeptRegion) -> dict[str, Any]:
    body = {**region_to_json(kept.region), "zone_rules": kept.zone_rules}
    if kept.unread is not None:
        body["schedule"] = dict(kept.unread)
    return {
        "version": kept.region.version,
        "body": body,
        "changed_at": kept.changed_at,
        "changed_by": kept.changed_by,
    }


def _kept(row: models.Region) -> KeptRegion:
    return kept_region(row.body, row.version, row.changed_at, row.changed_by)


def kept_region(
    body: Mapping[str, Any], version: int, changed_at: datetime, changed_by: str | None
) -> KeptRegion:
    """A region from what its row holds."""
    rules = body["zone_rules"]
    try:
        schedule = parse_schedule(body["schedule"])
    except ScheduleError as error:
        # Written by a program that knew more zones. Closed is what does no harm until somebody has looked.
        region = region_from_json(body, Schedule("UTC"), version)
        return KeptRegion(region, changed_at, changed_by, rules, body["schedule"], error.problems)
    return KeptRegion(region_from_json(body, schedule, version), changed_at, changed_by, rules)
