"""The workspace's settings."""

from collections.abc import Mapping
from typing import Any

from appliance.storage import models
from appliance.storage.full_disk import refused_when_full


class SettingsBook:
    """`services.ports.SettingsBook` on Tortoise."""

    async def read(self) -> dict[str, Any]:
        return {row.name: row.value for row in await models.Setting.all()}

    @refused_when_full
    async def write(self, values: Mapping[str, Any]) -> None:
        """Stores all of `values` or none."""
        await models.Setting.bulk_create(
            [models.Setting(name=name, value=value) for name, value in values.items()],
            on_conflict=["name"],
            update_fields=["value"],
        )
