"""How a translation came about: each model with its quality, as far as it is known."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from appliance.domain.commands import Reword, Translate
from appliance.domain.conversation import Translated, worded
from appliance.domain.entries import Entry
from appliance.domain.refusal import Refused
from appliance.services.origins import Hop, Origins
from tests.conftest import Clock
from tests.unit.services.packs import pack
from tests.unit.services.test_inbox import House
from translation import Pack, Routes

PT_EN = replace(pack("pt", "en"), engine="firefox", version="pten-1", quality=0.478)
EN_JA = replace(pack("en", "ja"), engine="argos", version="en_ja-1.1", quality=0.223)
OVER_A_PIVOT = Translated(
    "done", "どこ？", "firefox+argos", ("pt", "en", "ja"), model="firefox/pten-1+argos/en_ja-1.1"
)


class Archive(House):
    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.packs: list[Pack] = [PT_EN, EN_JA]
        self.origins = Origins(self.ledger, lambda: Routes(self.packs))
        self.clock = clock


@pytest.fixture
async def archive(clock: Clock) -> AsyncIterator[Archive]:
    archive = Archive(clock)
    writer = asyncio.create_task(archive.journal.run())
    await archive.inbox.visitor_writes(archive.ana, "m", "Onde?")
    await archive.journal.submit(Entry("c", Translate(1, "visitor", "ja", OVER_A_PIVOT, clock())))
    yield archive
    archive.journal.stop()
    await writer


HOPS = [Hop("pt", "en", "firefox", "pten-1", 48), Hop("en", "ja", "argos", "en_ja-1.1", 22)]


async def test_each_model_of_the_way_is_told_with_its_quality(archive: Archive) -> None:
    assert await archive.origins.of("c", 1, "ja") == HOPS
    assert await archive.origins.of("c", 1, "ja-JP") == HOPS


async def test_of_a_model_that_is_gone_nothing_is_guessed(archive: Archive) -> None:
    archive.packs = [replace(PT_EN, version="pten-2"), EN_JA]
    assert [hop.quality for hop in await archive.origins.of("c", 1, "ja")] == [None, 22]


async def test_a_guessed_quality_is_not_told(archive: Archive) -> None:
    archive.packs = [replace(PT_EN, quality=0.4), EN_JA]
    assert (await archive.origins.of("c", 1, "ja"))[0].quality == 40, "its origin said so"
    unmeasured = Translated("done", "Onde?", "argos", ("en", "lt"), model="argos/en_lt-1")
    await archive.journal.submit(Entry("c", Translate(1, "visitor", "lt", unmeasured, archive.clock())))
    archive.packs = [replace(pack("en", "lt"), engine="argos", version="en_lt-1", quality=0.27)]
    assert await archive.origins.of("c", 1, "lt") == [Hop("en", "lt", "argos", "en_lt-1", None)]


async def test_of_a_persons_wording_it_is_what_stood_there_before(archive: Archive) -> None:
    wording = worded("どこですか。", "pt-BR", "ja", archive.emma.person)
    await archive.journal.submit(Entry("c", Reword(1, "visitor", "ja", wording, archive.clock())))
    assert await archive.origins.of("c", 1, "ja") == HOPS


async def test_where_no_machine_had_a_part_there_is_nothing(archive: Archive) -> None:
    assert await archive.origins.of("c", 1, "en") == []


@pytest.mark.parametrize(("seq", "language"), [(1, "fa"), (2, "ja"), (0, "ja")])
async def test_what_is_not_there_has_no_origin(archive: Archive, seq: int, language: str) -> None:
    with pytest.raises(Refused) as refused:
        await archive.origins.of("c", seq, language)
    assert refused.value.code == "not_found"
