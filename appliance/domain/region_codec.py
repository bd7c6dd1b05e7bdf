"""Regions as JSON: as they are stored, exported and shown to their editors.

`services.region_json` reads what comes from outside; here everything is as `region_to_json` wrote it.
"""

from collections.abc import Mapping
from typing import Any

from appliance.domain.regions import Region, Waiting
from appliance.domain.schedule import Schedule
from appliance.domain.schedule_format import format_schedule

FIELDS = (
    "id",
    "names",
    "schedule",
    "countries",
    "languages",
    "agents",
    "overflow",
    "offline",
    "waiting",
    "when_empty",
)


def region_to_json(region: Region) -> dict[str, Any]:
    """All of it but the version."""
    waiting = region.waiting
    return {
        "id": region.id,
        "names": dict(region.names),
        "schedule": format_schedule(region.schedule),
        "countries": list(region.countries),
        "languages": list(region.languages),
        "agents": None if region.agents is None else list(region.agents),
        "overflow": list(region.overflow),
        "offline": dict(region.offline),
        "waiting": {
            "offer_seconds": waiting.offer_seconds,
            "overflow_minutes": waiting.overflow_minutes,
            "queue_limit": waiting.queue_limit,
        },
        "when_empty": region.when_empty,
    }


def region_from_json(value: Mapping[str, Any], schedule: Schedule, version: int) -> Region:
    """The region that `region_to_json` wrote, its schedule read already."""
    agents = value["agents"]
    return Region(
        id=value["id"],
        names=value["names"],
        schedule=schedule,
        countries=tuple(value["countries"]),
        languages=tuple(value["languages"]),
        agents=None if agents is None else tuple(agents),
        overflow=tuple(value["overflow"]),
        offline=value["offline"],
        waiting=Waiting(**value["waiting"]),
        when_empty=value["when_empty"],
        version=version,
    )
