"""The workspace's regions, changed by several admins."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.regions import Region
from appliance.domain.schedule import HolidayRule, Hours, Problem, Schedule
from appliance.services.regions import RegionChanged, RegionInUse, RegionSettings
from tests.unit.services.memory_regions import MemoryRegionBook

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WEEK = ((Hours(540, 1050),),) * 5 + ((), ())


def agent(name: str) -> Agent:
    return Agent(name, f"{name}@x.example", name, "#3157d5", None, "en", "UTC", "admin", True, NOON, None)


def region(id_: str, **changes: Any) -> Region:
    return Region(**{"id": id_, "names": {"en": id_}, "schedule": Schedule("UTC", WEEK), **changes})


def made(book: MemoryRegionBook | None = None) -> RegionSettings:
    return RegionSettings(book or MemoryRegionBook(), lambda: NOON, {"en": "Everywhere", "lt": "Visur"})


async def with_regions(*regions: Region) -> tuple[MemoryRegionBook, RegionSettings]:
    book = MemoryRegionBook()
    settings = made(book)
    for one in regions:
        await settings.save(one, None, None)
    return book, settings


async def ids(settings: RegionSettings) -> list[str]:
    return [one.id for one in (await settings.read()).all]


async def test_a_fresh_workspace_has_one_region_that_is_always_open_and_has_everybody() -> None:
    settings = made()
    regions = await settings.read()
    (only,) = regions.all
    assert (only.id, regions.default, only.agents) == ("everywhere", "everywhere", None)
    assert only.name("lt") == "Visur"
    openings = await settings.openings()
    for hours in range(0, 24 * 8, 7):
        assert openings.status("everywhere", NOON + timedelta(hours=hours)).open


async def test_the_first_region_takes_nobody_s_visitors_away_also_after_a_restart() -> None:
    book, settings = await with_regions(region("lt"))
    assert (await ids(settings), (await settings.read()).default) == (["everywhere", "lt"], "everywhere")
    again = await made(book).read()
    assert ([one.id for one in again.all], again.default) == (["everywhere", "lt"], "everywhere")
    assert again.all[0].name("lt") == "Visur"


async def test_of_two_admins_who_save_the_second_is_told_what_the_first_made_of_it() -> None:
    book, settings = await with_regions(region("lt"))
    emma, jonas = agent("emma"), agent("jonas")
    first = await settings.save(region("lt", countries=("LT",)), 1, emma)
    assert first.version == 2
    with pytest.raises(RegionChanged) as caught:
        await settings.save(region("lt", languages=("lt",)), 1, jonas)
    current = caught.value.current
    assert caught.value.code == "changed_meanwhile"
    assert current is not None
    assert (current.region.countries, current.changed_by, current.changed_at) == (("LT",), "emma", NOON)
    assert (await settings.read()).get("lt") == first
    merged = await settings.save(region("lt", countries=("LT",), languages=("lt",)), 2, jonas)
    assert (merged.version, book.kept[1].changed_by) == (3, "jonas")


async def test_of_two_who_save_at_the_very_same_moment_one_is_refused() -> None:
    _, settings = await with_regions(region("lt"))
    saves = [settings.save(region("lt", countries=(country,)), 1, None) for country in ("LT", "LV")]
    done = await asyncio.gather(*saves, return_exceptions=True)
    assert [type(one) for one in done] == [Region, RegionChanged]


async def test_saving_what_was_removed_meanwhile_is_refused_and_says_so() -> None:
    _, settings = await with_regions(region("lt"))
    await settings.remove("lt", 1, None)
    with pytest.raises(RegionChanged) as caught:
        await settings.save(region("lt"), 1, None)
    assert caught.value.current is None


async def test_a_short_name_is_given_once() -> None:
    _, settings = await with_regions(region("lt"))
    for taken in ("lt", "everywhere"):
        with pytest.raises(Refused, match="region_exists"):
            await settings.save(region(taken), None, None)


async def test_the_default_stays() -> None:
    _, settings = await with_regions(region("lt"))
    with pytest.raises(RegionInUse) as caught:
        await settings.remove("everywhere", None, None, "lt")
    assert (caught.value.code, caught.value.is_default) == ("region_default", True)
    await settings.set_default("lt")
    await settings.remove("everywhere", None, None)
    assert (await ids(settings), (await settings.read()).default) == (["lt"], "lt")


async def test_what_uses_a_region_is_named_and_goes_to_the_one_that_takes_over() -> None:
    book, settings = await with_regions(region("lt"), region("ee"))
    await settings.save(region("lv", overflow=("lt", "ee")), None, None)
    await settings.save(region("ee", overflow=("lt", "lv")), 1, None)
    book.conversations["lt"] = 3
    with pytest.raises(RegionInUse) as caught:
        await settings.remove("lt", 1, None)
    used = caught.value
    assert (used.code, used.living) == ("region_in_use", 3)
    assert [one.id for one in used.overflowing] == ["ee", "lv"]
    assert "lt" in await ids(settings)

    await settings.remove("lt", 1, None, "ee")
    regions = await settings.read()
    left = {one.id: one.overflow for one in regions.all}
    # Where it already helped, it helps once; nobody helps themselves.
    assert left == {"everywhere": (), "ee": ("lv",), "lv": ("ee",)}
    stands_in = regions.get("lt")
    assert stands_in is not None
    assert stands_in.id == "ee"
    again = (await made(book).read()).get("lt")
    assert again is not None
    assert again.id == "ee"


async def test_who_took_over_can_be_taken_over_from() -> None:
    _, settings = await with_regions(region("a"), region("b"), region("c"))
    await settings.remove("a", 1, None, "b")
    await settings.remove("b", 1, None, "c")
    found = (await settings.read()).get("a")
    assert found is not None
    assert found.id == "c"


@pytest.mark.parametrize("move_to", ["lt", "atlantis"])
async def test_only_another_region_can_take_over(move_to: str) -> None:
    _, settings = await with_regions(region("lt"))
    with pytest.raises(Refused) as caught:
        await settings.remove("lt", 1, None, move_to)
    assert (caught.value.code, caught.value.field) == ("bad_field", "move_to")
    assert "lt" in await ids(settings)


async def test_a_removal_is_undone_with_its_place_and_whom_it_helped() -> None:
    _, settings = await with_regions(region("lt"), region("lv", overflow=("lt",)), region("ee"))
    await settings.remove("lt", 1, None, "ee")
    back = await settings.restore("lt", None)
    regions = await settings.read()
    assert await ids(settings) == ["everywhere", "lt", "lv", "ee"]
    latvia, lithuania = regions.get("lv"), regions.get("lt")
    assert latvia is not None
    assert latvia.overflow == ("lt",)
    assert lithuania == back
    assert back.version == 2
    with pytest.raises(Refused, match="not_found"):
        await settings.restore("lt", None)


async def test_undoing_a_removal_leaves_what_was_changed_since() -> None:
    _, settings = await with_regions(region("lt"), region("lv", overflow=("lt",)), region("ee"))
    await settings.remove("lt", 1, None, "ee")
    await settings.save(region("lv", overflow=("everywhere",)), 2, None)
    await settings.restore("lt", None)
    latvia = (await settings.read()).get("lv")
    assert latvia is not None
    assert latvia.overflow == ("everywhere",)


async def test_the_order_is_of_all_regions() -> None:
    book, settings = await with_regions(region("lt"), region("lv"))
    await settings.order(["lv", "everywhere", "lt"])
    assert await ids(settings) == ["lv", "everywhere", "lt"]
    assert await ids(made(book)) == ["lv", "everywhere", "lt"]
    for wrong in (["lv", "lt"], ["lv", "lv", "lt"], ["lv", "everywhere", "lt", "atlantis"]):
        with pytest.raises(Refused, match="changed_meanwhile"):
            await settings.order(wrong)


async def test_a_full_disk_changes_nothing() -> None:
    book, settings = await with_regions(region("lt"))
    told: list[str] = []
    settings.on_change.append(lambda: told.append("changed"))
    book.full = True
    with pytest.raises(Refused, match="storage_full"):
        await settings.save(region("lv"), None, None)
    with pytest.raises(Refused, match="storage_full"):
        await settings.remove("lt", 1, None)
    assert (await ids(settings), told) == (["everywhere", "lt"], [])


async def test_who_wants_to_know_is_told_of_each_change() -> None:
    settings = made()
    told: list[list[str]] = []
    settings.on_change.append(lambda: told.append([]))
    await settings.save(region("lt"), None, None)
    await settings.set_default("lt")
    await settings.remove("everywhere", None, None)
    await settings.restore("everywhere", None)
    await settings.order(["lt", "everywhere"])
    assert len(told) == 5


async def test_openings_follow_the_schedules_and_name_holidays_as_asked() -> None:
    rule = HolidayRule("LT")
    _, settings = await with_regions(region("lt", schedule=Schedule("Europe/Vilnius", WEEK, rule)))
    noon = datetime(2026, 2, 16, 10, tzinfo=UTC)
    assert (await settings.openings("lt")).status("lt", noon).name == "Lietuvos valstybės atkūrimo diena"
    english = await settings.openings("en")
    assert english.status("lt", noon).reason == "holiday"
    assert await settings.openings("en") is english
    await settings.save(region("lt", schedule=Schedule("Europe/Vilnius", WEEK)), 1, None)
    assert (await settings.openings("en")).status("lt", noon).open
    assert english.status("lt", noon).reason == "holiday"


async def test_hours_that_can_t_be_read_any_more_close_the_region_and_are_not_lost() -> None:
    book, settings = await with_regions(region("mars"))
    written = {"timezone": "Mars/Olympus", "weekly": {"mon": [["09:00", "17:00"]]}}
    problem = Problem("timezone", "timezone", {"value": "Mars/Olympus"})
    mars = replace(book.kept[1], unread=written, problems=(problem,))
    mars = replace(mars, region=replace(mars.region, schedule=Schedule("UTC")))
    book.kept[1] = mars
    settings = made(book)
    status = (await settings.openings()).status("mars", NOON)
    assert (status.open, status.opens_at) == (False, None)
    kept = await settings.kept()
    assert kept[1].unread == written
    await settings.set_default("mars")
    assert book.kept[1].unread == written
