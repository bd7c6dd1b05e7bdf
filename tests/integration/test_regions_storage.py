"""Regions on real SQLite, and a data directory looked into while a server has it."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.domain.regions import KeptRegion, Region, Waiting
from appliance.domain.schedule import Closure, DatedHours, HolidayRule, Hours, Schedule
from appliance.services.regions import RegionSettings
from appliance.storage.database import open_database
from appliance.storage.looking import SeenRegions, look
from appliance.storage.regions import RegionBook
from appliance.storage.schema import FILE, DataRefused, hold

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
SCHEDULE = Schedule(
    "Europe/Vilnius",
    ((Hours(540, 720), Hours(780, 1050)), *((),) * 5, (Hours(1320, 1800),)),
    HolidayRule("DE", "BY", (Hours(600, 720),)),
    (DatedHours(datetime(2026, 12, 24).date(), datetime(2026, 12, 26).date(), (), "Šv. Kalėdos"),),
    (Closure(datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 10), "Move"),),
)
FULL = Region(
    "lt",
    {"en": "Lithuania", "fa": "لیتوانی"},
    SCHEDULE,
    ("LT", "LV"),
    ("lt", "pt-BR"),
    ("emma",),
    ("jp",),
    {"en": "Closed.\nWrite to us."},
    Waiting(30, 5, 7),
    "overflow",
    4,
)
BARE = Region("jp", {"en": "Japan"}, Schedule("Asia/Tokyo"))


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[RegionBook]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield RegionBook()


def kept(region: Region, by: str | None = None) -> KeptRegion:
    return KeptRegion(region, NOON, by, "2026a")


async def test_everything_about_a_region_is_there_again(book: RegionBook) -> None:
    both = [kept(BARE), kept(FULL, "emma")]
    await book.write([both[1], both[0]], [], ["jp", "lt"], {"default": "jp", "moved": {"old": "lt"}})
    assert await book.regions() == both
    assert await book.settings() == {"default": "jp", "moved": {"old": "lt"}}


async def test_a_change_replaces_and_removes_and_orders_at_once(book: RegionBook) -> None:
    await book.write([kept(BARE), kept(FULL)], [], ["jp", "lt"], {"default": "jp"})
    other = kept(Region("br", {"en": "Brazil"}, Schedule("America/Sao_Paulo")))
    changed = kept(replace(FULL, countries=(), version=5), "jonas")
    await book.write([changed, other], ["jp"], ["br", "lt"], {"default": "br"})
    assert await book.regions() == [other, changed]


async def test_a_change_that_fails_half_way_changes_nothing(book: RegionBook, tmp_path: Path) -> None:
    await book.write([kept(FULL)], [], ["lt"], {"default": "lt"})
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TRIGGER no BEFORE UPDATE ON setting BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        await book.write([kept(BARE)], ["lt"], ["jp"], {"default": "jp"})
    assert await book.regions() == [kept(FULL)]
    assert await book.settings() == {"default": "lt"}


async def test_a_zone_that_is_not_known_here_closes_the_region_and_keeps_its_hours(
    book: RegionBook, tmp_path: Path
) -> None:
    await book.write([kept(FULL), kept(BARE)], [], ["lt", "jp"], {"default": "lt"})
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute(
            "UPDATE region SET body = json_set(body, '$.schedule.timezone', 'Mars/Olympus') WHERE id = 'lt'"
        )
    settings = RegionSettings(book, lambda: NOON)
    assert not (await settings.openings()).status("lt", NOON).open
    lithuania, japan = await settings.kept()
    assert [problem.place for problem in lithuania.problems] == ["timezone"]
    assert lithuania.unread is not None
    assert lithuania.unread["weekly"] == {
        "mon": [["09:00", "12:00"], ["13:00", "17:30"]],
        "sun": [["22:00", "06:00"]],
    }
    assert japan == kept(BARE)
    # Another change stores it as it was written.
    await settings.order(["jp", "lt"])
    await settings.save(replace(BARE, countries=("JP",)), 1, None)
    assert (await book.regions())[1].unread == lithuania.unread


async def test_a_directory_in_use_can_be_looked_into(book: RegionBook, tmp_path: Path) -> None:
    await book.write([kept(FULL, "emma"), kept(BARE)], [], ["lt", "jp"], {"default": "lt"})
    sight = look(tmp_path)
    assert list(sight.regions) == [kept(FULL, "emma"), kept(BARE)]
    assert sight.settings == {"default": "lt"}
    seen = RegionSettings(SeenRegions(sight.regions, sight.settings), lambda: NOON)
    assert (await seen.read()).default == "lt"
    with pytest.raises(PermissionError):
        await seen.set_default("jp")
    # Whoever looks holds nothing.
    await book.write([], [], ["jp", "lt"], {"default": "jp"})
    assert look(tmp_path).settings == {"default": "jp"}


async def test_what_can_t_be_looked_into_is_said(tmp_path: Path) -> None:
    def code() -> str:
        with pytest.raises(DataRefused) as refused:
            look(tmp_path)
        return refused.value.code

    assert code() == "missing"
    with hold(tmp_path):
        pass
    sound = (tmp_path / FILE).read_bytes()
    for version, expected in ((1, "older"), (999, "newer")):
        with closing(sqlite3.connect(tmp_path / FILE)) as other:
            other.execute(f"PRAGMA user_version = {version}")
        assert code() == expected
    (tmp_path / FILE).write_bytes(sound[:100] + b"\xff" * (len(sound) - 100))
    assert code() == "damaged"
