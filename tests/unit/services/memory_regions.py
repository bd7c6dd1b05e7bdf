"""Regions that are kept in memory, for services that ask about them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from appliance.domain.regions import KeptRegion, Region
from appliance.services.regions import RegionSettings


class MemoryRegionBook:
    """`services.ports.RegionBook` that forgets at the end of the test."""

    def __init__(self) -> None:
        self.kept: dict[str, KeptRegion] = {}
        self.stored: Mapping[str, Any] = {}

    async def regions(self) -> list[KeptRegion]:
        return list(self.kept.values())

    async def settings(self) -> Mapping[str, Any]:
        return self.stored

    async def write(
        self,
        save: Sequence[KeptRegion],
        remove: Sequence[str],
        order: Sequence[str],
        settings: Mapping[str, Any],
    ) -> None:
        changed = {**self.kept, **{one.region.id: one for one in save}}
        self.kept = {region_id: changed[region_id] for region_id in order}
        self.stored = dict(settings)

    async def living(self, region_id: str) -> int:
        return 0


async def settings_of(*regions: Region) -> RegionSettings:
    """Of a workspace with these regions alone, the first is the default; without any: as it is at first."""
    settings = RegionSettings(MemoryRegionBook(), lambda: datetime(2026, 11, 25, tzinfo=UTC))
    if regions:
        await settings.take(regions, regions[0].id, None)
        for known in (await settings.read()).all:
            if known.id not in {region.id for region in regions}:
                await settings.remove(known.id, None, None)
    return settings
