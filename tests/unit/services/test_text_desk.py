"""The admins' desk: a region's texts are written like the workspace's own, and stay the region's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance.domain.refusal import Refused
from appliance.domain.regions import Region
from appliance.domain.schedule import Schedule
from appliance.services.regions import RegionSettings
from appliance.services.text_desk import DeskTextChanged, TextDesk
from appliance.services.texts import Details, Texts
from tests.unit.services.fakes import Interpreter
from tests.unit.services.memory_regions import settings_of
from tests.unit.services.memory_texts_book import MemoryTextBook

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAME = "region_name:north"
CLOSED = "region_offline:north"


class Office:
    def __init__(self, regions: RegionSettings) -> None:
        self.regions = regions
        self.engine = Interpreter()
        self.texts = Texts(MemoryTextBook(), self.engine, lambda: NOON)
        self.unreachable: set[str] = set()
        self.desk = TextDesk(self.texts, regions, lambda _, target: target not in self.unreachable)

    async def region(self) -> Region:
        return (await self.regions.read()).all[0]


@pytest.fixture
async def office() -> Office:
    empty = Schedule("UTC", ((),) * 7)
    return Office(await settings_of(Region("north", {"en": "North"}, empty, offline={"en": "Gone fishing"})))


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


async def test_many_texts_are_taken_in_at_once_drafts_as_drafts(office: Office) -> None:
    await office.desk.save("greeting", None, {"en": "Hi"}, None, None, Details())
    await office.desk.take(
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
    with pytest.raises(Refused):
        await office.desk.take({"greeting": {"lt": ("Labas", False)}, "canned-x": {"en": ("x", False)}}, None)
    assert await office.texts.kept() == []
