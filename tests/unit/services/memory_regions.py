"""Regions that are kept in memory, for services that ask about them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from appliance.domain.refusal import Refused
from appliance.domain.regions import KeptRegion, Region
from appliance.services.regions import RegionSettings


class MemoryRegionBook:
    """`services.ports.RegionBook` that forgets at the end of the test: all of a change is kept or nothing.

    `conversations`: how many are not closed, by region. `full`: there is no room for anything more.
    """

    def __init__(self) -> None:
        self.kept: list[KeptRegion] = []
        self.said: Mapping[str, Any] = {}
        self.conversations: dict[str, int] = {}
        self.full = False

    async def regions(self) -> list[KeptRegion]:
        return list(self.kept)

    async def settings(self) -> Mapping[str, Any]:
        return self.said

    async def write(
        self,
        save: Sequence[KeptRegion],
        remove: Sequence[str],
        order: Sequence[str],
        settings: Mapping[str, Any],
    ) -> None:
        if self.full:
            raise Refused("storage_full")
        known = {one.region.id: one for one in self.kept} | {one.region.id: one for one in save}
        self.kept = [known[one] for one in order if one not in remove]
        self.said = settings

    async def living(self, region_id: str) -> int:
        return self.conversations.get(region_id, 0)


async def settings_of(*regions: Region) -> RegionSettings:
    """Of a workspace with these regions alone, the first is the default; without any: as it is at first."""
    settings = RegionSettings(MemoryRegionBook(), lambda: datetime(2026, 11, 25, tzinfo=UTC))
    if regions:
        await settings.take(regions, regions[0].id, None)
        for known in (await settings.read()).all:
            if known.id not in {region.id for region in regions}:
                await settings.remove(known.id, None, None)
    return settings
