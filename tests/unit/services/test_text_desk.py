"""The admins' desk: a region's texts are written like the workspace's own, and stay the region's."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.domain.refusal import Refused
from appliance.domain.regions import KeptRegion, Region
from appliance.domain.schedule import Schedule
from appliance.domain.texts import MOST_LOCALES, Kind, Wording
from appliance.services.regions import RegionSettings
from appliance.services.text_desk import DeskTextChanged, TextDesk
from appliance.services.texts import Details, Texts
from tests.unit.services.fakes import Interpreter
from tests.unit.services.memory_regions import MemoryRegionBook
from tests.unit.services.memory_texts_book import MemoryTextBook
from translation import Translation

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NORTH = Region("north", {"en": "North"}, Schedule("UTC", ((),) * 7), offline={"en": "Gone fishing"})
NAME = "region_name:north"
CLOSED = "region_offline:north"


class SlowRegionBook(MemoryRegionBook):
    """`writing` is set once something is being written, which is done when `free` is."""

    def __init__(self) -> None:
        super().__init__()
        self.writing = asyncio.Event()
        self.free = asyncio.Event()
        self.free.set()

    async def write(
        self,
        save: Sequence[KeptRegion],
        remove: Sequence[str],
        order: Sequence[str],
        settings: Mapping[str, Any],
    ) -> None:
        self.writing.set()
        await self.free.wait()
        await super().write(save, remove, order, settings)


class SlowInterpreter(Interpreter):
    """`asking` is set once it has been asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asking = asyncio.Event()

    async def translate(self, text: str, source: str, target: str) -> Translation:
        self.asking.set()
        return await super().translate(text, source, target)


class Office:
    def __init__(self) -> None:
        self.book = SlowRegionBook()
        self.regions = RegionSettings(self.book, lambda: NOON)
        self.engine = SlowInterpreter()
        self.texts = Texts(MemoryTextBook(), self.engine, lambda: NOON)
        self.unreachable: set[str] = set()
        self.desk = TextDesk(self.texts, self.regions, lambda _, target: target not in self.unreachable)
        self.regions.on_added.append(self.desk.forget)

    async def region(self) -> Region:
        return (await self.regions.read()).all[0]


@pytest.fixture
async def office() -> Office:
    office = Office()
    await office.regions.take([NORTH], "north", None)
    await office.regions.remove("everywhere", None, None)
    return office


@pytest.fixture
async def south(office: Office) -> Region:
    """Another region, which can go."""
    return await office.regions.save(replace(NORTH, id="south", names={"en": "South"}), None, None)


async def test_all_kinds_have_their_place_though_nothing_is_written(office: Office) -> None:
    found = [one.text.id for one in await office.desk.all()]
    assert found == ["greeting", "queue", "offline", "survey", "signature", NAME, CLOSED]


async def test_a_regions_name_is_drafted_beside_it_and_approved_into_it(office: Office) -> None:
    await office.desk.draft(NAME, "lt", None)
    assert (await office.region()).names == {"en": "North"}
    drafted = await office.desk.get(NAME)
    assert drafted.text.wordings["lt"].draft
    await office.desk.approve(NAME, {"lt": "Šiaurė"}, None)
    assert (await office.region()).names == {"en": "North", "lt": "Šiaurė"}
    assert not (await office.desk.get(NAME)).text.wordings["lt"].draft


async def test_an_approved_name_is_outdated_when_the_region_is_renamed_on_its_own_page(
    office: Office,
) -> None:
    await office.desk.draft(NAME, "lt", None)
    await office.desk.approve(NAME, {"lt": "Šiaurė"}, None)
    region = await office.region()
    await office.regions.save(
        replace(region, names={**region.names, "en": "Far North"}), region.version, None
    )
    assert (await office.desk.get(NAME)).text.outdated("lt")
    region = await office.region()
    await office.regions.save(replace(region, names={**region.names, "lt": "Tolima"}), region.version, None)
    assert not (await office.desk.get(NAME)).text.outdated("lt"), "a person wrote it there"


async def test_what_is_written_on_the_regions_page_counts_more_than_a_draft(office: Office) -> None:
    await office.desk.draft(CLOSED, "lt", None)
    region = await office.region()
    offline = {**region.offline, "lt": "Žvejojame"}
    await office.regions.save(replace(region, offline=offline), region.version, None)
    wording = (await office.desk.get(CLOSED)).text.wordings["lt"]
    assert (wording.text, wording.draft) == ("Žvejojame", False)


async def test_saving_a_regions_text_is_saving_the_region(office: Office) -> None:
    before = await office.desk.get(CLOSED)
    await office.desk.draft(CLOSED, "tr", None)
    wordings = {"en": "Back soon", "lt": "Greitai grįšime"}
    version = before.text.version
    saved = await office.desk.save("region_offline", CLOSED, wordings, version, None, Details())
    assert (await office.region()).offline == wordings
    assert saved.text.version == (await office.region()).version == before.text.version + 1
    assert saved.text.wordings["tr"].draft
    with pytest.raises(DeskTextChanged) as changed:
        await office.desk.save("region_offline", CLOSED, {"en": "Hi"}, before.text.version, None, Details())
    assert changed.value.current is not None
    assert changed.value.current.text.approved == wordings
    assert (await office.region()).offline == wordings


async def test_a_region_keeps_a_name(office: Office) -> None:
    version = (await office.region()).version
    with pytest.raises(Refused) as refused:
        await office.desk.save("region_name", NAME, {}, version, None, Details())
    assert refused.value.code == "wording_empty"
    saved = await office.desk.save("region_offline", CLOSED, {}, version, None, Details())
    assert saved.text.wordings == {}


async def test_a_regions_drafts_are_discarded_and_it_is_left_alone(office: Office) -> None:
    version = (await office.region()).version
    await office.desk.draft(NAME, "lt", None)
    assert set((await office.desk.discard(NAME, ["lt", "en"], None)).text.wordings) == {"en"}
    assert (await office.region()).version == version
    with pytest.raises(Refused):
        await office.desk.discard(NAME, ["lt"], None)


async def test_a_text_of_a_region_that_is_gone_is_gone(office: Office) -> None:
    with pytest.raises(DeskTextChanged) as changed:
        await office.desk.save("region_name", "region_name:south", {"en": "South"}, 1, None, Details())
    assert changed.value.current is None
    with pytest.raises(Refused):
        await office.desk.draft("region_name:south", "lt", None)


async def test_a_draft_is_made_from_english_or_whatever_leads_there(office: Office) -> None:
    await office.desk.save("greeting", None, {"ja": "やあ", "en": "Hi"}, None, None, Details())
    await office.desk.draft("greeting", "lt", None)
    assert office.engine.asked == [("Hi", "en", "lt")]
    office.unreachable.add("fa")
    with pytest.raises(Refused) as refused:
        await office.desk.draft("greeting", "fa", None)
    assert refused.value.code == "draft_unreachable"


async def test_two_approve_different_wordings_of_a_regions_name(office: Office) -> None:
    await office.desk.draft(NAME, "lt", None)
    await office.desk.approve(NAME, {"lt": "Šiaurė"}, None)
    with pytest.raises(DeskTextChanged):
        await office.desk.approve(NAME, {"lt": "Šiauriai"}, None)
    assert (await office.region()).names["lt"] == "Šiaurė"


async def test_a_regions_texts_cannot_be_removed_here(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        await office.desk.remove(NAME, 1)
    assert refused.value.code == "not_found"


async def test_a_regions_drafts_cannot_be_removed_as_if_they_were_a_text(office: Office) -> None:
    drafted = await office.desk.draft(NAME, "lt", None)
    noted = next(one.text.version for one in await office.texts.kept() if one.text.id == NAME)
    with pytest.raises(Refused) as refused:
        await office.desk.remove(NAME, noted)
    assert refused.value.code == "not_found"
    assert (await office.desk.get(NAME)).text.wordings == drafted.text.wordings


@pytest.mark.parametrize(
    ("kind", "text_id"),
    [
        ("region_name", "greeting"),
        ("region_offline", "greeting"),
        ("region_name", CLOSED),
        ("region_offline", NAME),
    ],
)
@pytest.mark.parametrize("wordings", [{"en": "Hi"}, {"en": "Bye"}])
async def test_what_is_saved_as_another_kind_of_text_than_it_is_changes_nothing(
    office: Office, kind: Kind, text_id: str, wordings: dict[str, str]
) -> None:
    await office.desk.save("greeting", None, {"en": "Hi"}, None, None, Details())
    before = await office.desk.get(text_id)
    with pytest.raises(DeskTextChanged) as changed:
        await office.desk.save(kind, text_id, wordings, before.text.version, None, Details())
    assert changed.value.current is None
    assert (await office.desk.get(text_id)).text == before.text
    assert (await office.region()) == replace(NORTH, version=1)


async def test_many_texts_are_taken_in_at_once_drafts_as_drafts(office: Office) -> None:
    await office.desk.save("greeting", None, {"en": "Hi"}, None, None, Details())
    await office.desk.take(
        await office.desk.all(),
        {
            "greeting": {"lt": ("Labas", False), "tr": ("Selam", True)},
            NAME: {"lt": ("Šiaurė", False), "tr": ("Kuzey", True)},
            CLOSED: {"lt": ("Žvejojame", False)},
        },
        None,
    )
    region = await office.region()
    assert (region.names["lt"], region.offline["lt"]) == ("Šiaurė", "Žvejojame")
    assert "tr" not in region.names
    for text_id in ("greeting", NAME):
        wordings = (await office.desk.get(text_id)).text.wordings
        assert (wordings["lt"].draft, wordings["tr"].draft) == (False, True)


async def test_nothing_is_taken_in_when_one_of_the_texts_is_gone(office: Office) -> None:
    file = {"greeting": {"lt": ("Labas", False)}, "canned-x": {"en": ("x", False)}}
    with pytest.raises(Refused):
        await office.desk.take(await office.desk.all(), file, None)
    assert await office.texts.kept() == []


async def test_a_draft_that_comes_while_a_name_is_being_saved_is_kept(office: Office) -> None:
    version = (await office.region()).version
    office.book.writing.clear()
    office.book.free.clear()
    wordings = {"en": "Far North"}
    saving = asyncio.create_task(office.desk.save("region_name", NAME, wordings, version, None, Details()))
    await office.book.writing.wait()
    drafting = asyncio.create_task(office.desk.draft(NAME, "lt", None))
    office.book.free.set()
    await asyncio.gather(saving, drafting)
    found = (await office.desk.get(NAME)).text
    assert found.approved == wordings
    assert found.wordings["lt"].draft


async def test_a_draft_of_what_the_region_says_meanwhile_is_none_and_does_not_come_up_later(
    office: Office,
) -> None:
    office.engine.hold = asyncio.Event()
    drafting = asyncio.create_task(office.desk.draft(CLOSED, "lt", None))
    await office.engine.asking.wait()
    region = await office.region()
    written = await office.regions.save(
        replace(region, offline={**region.offline, "lt": "Žvejojame"}), region.version, None
    )
    office.engine.hold.set()
    assert (await drafting).text.wordings["lt"] == Wording("Žvejojame")
    await office.regions.save(replace(written, offline=region.offline), written.version, None)
    assert set((await office.desk.get(CLOSED)).text.wordings) == {"en"}


async def test_two_approve_names_in_different_languages_at_once(office: Office) -> None:
    for locale in ("lt", "tr"):
        await office.desk.draft(NAME, locale, None)
    await asyncio.gather(
        office.desk.approve(NAME, {"lt": "Šiaurė"}, None), office.desk.approve(NAME, {"tr": "Kuzey"}, None)
    )
    assert (await office.region()).names == {"en": "North", "lt": "Šiaurė", "tr": "Kuzey"}


async def test_a_new_region_has_no_drafts_of_another_that_had_its_id(office: Office, south: Region) -> None:
    await office.desk.draft("region_name:south", "lt", None)
    await office.regions.remove("south", None, None)
    assert all(one.region != "south" for one in await office.desk.all())
    await office.regions.save(south, None, None)
    assert set((await office.desk.get("region_name:south")).text.wordings) == {"en"}


async def test_a_region_that_comes_back_has_its_drafts(office: Office, south: Region) -> None:
    drafted = await office.desk.draft("region_name:south", "lt", None)
    await office.regions.remove(south.id, None, None)
    await office.regions.restore(south.id, None)
    assert (await office.desk.get("region_name:south")).text.wordings == drafted.text.wordings


async def test_a_region_that_is_removed_while_its_name_is_drafted_is_left_alone(
    office: Office, south: Region
) -> None:
    office.engine.hold = asyncio.Event()
    drafting = asyncio.create_task(office.desk.draft("region_name:south", "lt", None))
    await office.engine.asking.wait()
    await office.regions.remove("south", None, None)
    office.engine.hold.set()
    with pytest.raises(Refused) as refused:
        await drafting
    assert refused.value.code == "not_found"
    await office.regions.restore("south", None)
    assert set((await office.desk.get("region_name:south")).text.wordings) == {"en"}


async def test_approving_what_a_region_says_already_changes_nothing(office: Office) -> None:
    before = await office.desk.get(NAME)
    assert await office.desk.approve(NAME, {}, None) == before
    assert await office.desk.approve(NAME, {"en": "North"}, None) == before


async def test_a_regions_drafts_and_texts_are_so_many_together_and_none_is_half_saved(office: Office) -> None:
    version = (await office.region()).version
    drafts = {
        f"x{chr(97 + one // 26)}{chr(97 + one % 26)}": Wording("North", draft=True)
        for one in range(MOST_LOCALES)
    }
    saving = office.desk.save(
        "region_name", NAME, {"en": "Far North"}, version, None, Details(), drafts=drafts
    )
    with pytest.raises(Refused) as refused:
        await saving
    assert refused.value.code == "too_many_texts"
    assert (await office.region()).names == {"en": "North"}
    assert set((await office.desk.get(NAME)).text.wordings) == {"en"}


async def test_a_region_that_is_changed_while_a_file_is_taken_in_keeps_the_change(office: Office) -> None:
    region = await office.region()
    seen = await office.desk.all()
    office.book.writing.clear()
    office.book.free.clear()
    renamed = replace(region, names={"en": "Far North"})
    saving = asyncio.create_task(office.regions.save(renamed, region.version, None))
    await office.book.writing.wait()
    file = {"survey": {"en": ("Well?", False)}, NAME: {"lt": ("Šiaurė", False)}}
    taking = asyncio.create_task(office.desk.take(seen, file, None))
    office.book.free.set()
    results = await asyncio.gather(saving, taking, return_exceptions=True)
    assert isinstance(results[1], Refused)
    assert results[1].code == "changed_meanwhile"
    assert (await office.region()).names == {"en": "Far North"}
    assert await office.texts.of("survey") == [], "all or nothing"


async def test_a_file_that_was_made_of_other_texts_than_there_are_by_now_is_not_taken_in(
    office: Office,
) -> None:
    await office.desk.save("greeting", None, {"en": "Hi", "lt": "Labas"}, None, None, Details())
    seen = await office.desk.all()
    await office.desk.save("queue", None, {"en": "Soon"}, None, None, Details())
    with pytest.raises(Refused) as refused:
        await office.desk.take(seen, {"greeting": {"lt": ("Sveiki", False)}}, None)
    assert refused.value.code == "changed_meanwhile"
    assert (await office.desk.get("greeting")).text.approved == {"en": "Hi", "lt": "Labas"}
    await office.desk.take(await office.desk.all(), {"greeting": {"lt": ("Sveiki", False)}}, None)
    assert (await office.desk.get("greeting")).text.approved == {"en": "Hi", "lt": "Sveiki"}


async def test_what_is_too_much_in_a_file_leaves_regions_as_they_were_too(office: Office) -> None:
    many = {f"x{chr(97 + one // 26)}{chr(97 + one % 26)}": ("Hi", True) for one in range(MOST_LOCALES + 1)}
    file = {NAME: {"lt": ("Šiaurė", False)}, "greeting": many}
    with pytest.raises(Refused) as refused:
        await office.desk.take(await office.desk.all(), file, None)
    assert refused.value.code == "too_many_texts"
    assert (await office.region()).names == {"en": "North"}


async def test_a_draft_in_a_file_never_replaces_what_a_person_wrote(office: Office) -> None:
    await office.desk.save("greeting", None, {"en": "Hi", "lt": "Labas"}, None, None, Details())
    with pytest.raises(Refused) as refused:
        await office.desk.take(await office.desk.all(), {"greeting": {"lt": ("Sveiki", True)}}, None)
    assert refused.value.code == "changed_meanwhile"
    assert (await office.desk.get("greeting")).text.approved == {"en": "Hi", "lt": "Labas"}
