"""A small cast of regions in five zones, put into a data directory before a server runs on it."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from appliance.domain.regions import Region
from appliance.domain.schedule_json import parse_schedule
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.regions import RegionSettings
from appliance.storage.database import open_database
from appliance.storage.regions import RegionBook
from appliance.storage.schema import hold

_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def region(
    region_id: str,
    name: str,
    time_zone: str,
    hours: Sequence[Sequence[str]],
    *,
    days: Sequence[str] = _WORKDAYS,
    country: str = "",
    language: str = "en",
    overflow: Sequence[str] = (),
    holidays: bool = False,
    offline: str | None = None,
) -> Region:
    """`hours`: of each of the `days`, as in a schedule's JSON."""
    written = {
        "timezone": time_zone,
        "weekly": {day: [list(one) for one in hours] for day in days},
        "holidays": {"country": country} if holidays else None,
    }
    return Region(
        region_id,
        {"en": name},
        parse_schedule(written, HolidayCalendar()),
        countries=(country,) if country else (),
        languages=(language,),
        overflow=tuple(overflow),
        offline={"en": offline} if offline else {},
    )


def cast() -> list[Region]:
    """Vilnius with a lunch break, Lisbon that helps it out, Tehran from Saturday on, Tokyo, São Paulo by
    night."""
    return [
        region(
            "vilnius",
            "Vilnius",
            "Europe/Vilnius",
            [["09:00", "12:00"], ["13:00", "17:30"]],
            country="LT",
            language="lt",
            overflow=["lisbon"],
            holidays=True,
            offline="We answer every message on the next working day.",
        ),
        region("lisbon", "Lisbon", "Europe/Lisbon", [["09:00", "18:00"]], country="PT", language="pt"),
        region(
            "tehran",
            "Tehran",
            "Asia/Tehran",
            [["08:30", "16:30"]],
            days=("sat", "sun", "mon", "tue", "wed"),
            country="IR",
            language="fa",
        ),
        region(
            "tokyo", "Tokyo", "Asia/Tokyo", [["09:00", "18:00"]], country="JP", language="ja", holidays=True
        ),
        region(
            "sao-paulo", "São Paulo", "America/Sao_Paulo", [["20:00", "02:00"]], country="BR", language="pt"
        ),
    ]


def furnish(data_dir: Path, regions: Sequence[Region], default: str) -> None:
    """Stores these regions and no others."""

    async def store() -> None:
        with hold(data_dir):
            async with open_database(data_dir):
                settings = RegionSettings(RegionBook(), lambda: datetime.now(UTC))
                await settings.take(regions, default, None)
                known = await settings.read()
                for one in known.all:
                    if one.id not in {region.id for region in regions}:
                        await settings.remove(one.id, None, None)

    data_dir.mkdir(parents=True, exist_ok=True)
    # Playwright has an event loop of its own in the thread of the test.
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(store())).result()
