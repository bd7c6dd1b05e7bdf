"""Noticing that a visitor writes in another language than chosen: when, when not, and what follows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from appliance.domain.commands import MeetVisitor, Write
from appliance.domain.conversation import LanguageChanged, Message, Person, VisitorCard
from appliance.domain.entries import Entry
from appliance.services.detection import Suggestions
from tests.unit.services.fakes import MemoryLedger
from tests.unit.services.test_translations import NOON, Office

OFFERED = ("en", "lt", "tr", "zh-Hans", "fa", "ja", "pt-BR")
LONG = "Laba diena, kur yra mano siunta, laukiu jau dvi savaites ir niekas neatsako"


class Desk:
    """A conversation with somebody who has chosen English, and whoever hears of suggestions."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.language = "en"
        self.told: list[str | None] = []
        self.suggestions: Suggestions
        self._count = 0

    def tell(self, conversation_id: str, language: str | None) -> None:
        assert conversation_id == "c"
        self.told.append(language)

    async def says(self, *texts: str) -> None:
        for text in texts:
            self._count += 1
            write = Write(
                Person("visitor", "ana"), f"m{self._count}", text, self.language, {"emma": "en"}, True, NOON
            )
            card = VisitorCard("ana", 1, self.language)
            await self.office.journal.submit(Entry("c", write, opening=card))
        await self.looked()

    async def chooses(self, language: str) -> None:
        self.language = language
        card = VisitorCard("ana", 1, language)
        await self.office.journal.submit(Entry("c", MeetVisitor(card, NOON)))
        await self.suggestions.review("c", language)

    async def looked(self) -> None:
        """Until all that was written has been looked at."""
        async with asyncio.timeout(20):
            await self.suggestions.idle.wait()

    async def languages(self) -> list[str]:
        events = await self.office.ledger.events("c")
        return [event.what.language for event in events if isinstance(event.what, Message)]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    office = Office(MemoryLedger())
    desk = Desk(office)

    async def offered() -> tuple[str, ...]:
        return OFFERED

    async def readers() -> dict[str, str]:
        return {"emma": "en"}

    async with office.open(), office.translating() as translations:
        desk.suggestions = Suggestions(offered, readers, office.ledger, translations, desk.tell, pause=0)
        office.journal.observe(desk.suggestions.observe)
        task = asyncio.create_task(desk.suggestions.run())
        try:
            yield desk
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def test_two_messages_in_another_language_are_enough(desk: Desk) -> None:
    await desk.says("Laba diena, kur mano siunta")
    assert desk.told == []
    await desk.says("Laukiu jau dvi savaites")
    assert desk.told == ["lt"]
    assert desk.suggestions.current("c") == "lt"


async def test_one_long_message_is_enough(desk: Desk) -> None:
    await desk.says(LONG)
    assert desk.told == ["lt"]


@pytest.mark.parametrize(
    "texts",
    [
        ("Where is my order?", "I have been waiting for two weeks now", "Can anybody help me please"),
        ("Ačiū!", "Labas", "Gerai"),
        ("Vilnius", "Anna Petrova", "Kaunas Lietuva"),
        ("LT-4711", "+370 600 12345", "https://shop.example/kur-mano-siunta-labas"),
        ("😀", "12:30", "ok"),
        ("hvor er min ordre henne", "jeg har ventet i to uger nu", "kan nogen hjælpe mig med pakken"),
        ("gdzie jest moje zamówienie", "czekam już dwa tygodnie na paczkę"),
    ],
    ids=[
        "as chosen",
        "single words",
        "names",
        "codes",
        "signs",
        "Danish, not offered",
        "Polish, not offered",
    ],
)
async def test_nothing_is_suggested(desk: Desk, texts: tuple[str, ...]) -> None:
    await desk.says(*texts)
    assert desk.told == []


async def test_it_is_told_once_and_taken_back_when_they_write_as_chosen(desk: Desk) -> None:
    await desk.says(LONG, LONG, "Ar galite man padėti su siunta")
    assert desk.told == ["lt"]
    english = "I am sorry, I will write in English from now on, where is my parcel"
    await desk.says(english, english, english, english)
    assert desk.told == ["lt", None]


async def test_one_stray_message_among_many_is_none(desk: Desk) -> None:
    await desk.says(*["I have been waiting for my order for two weeks now"] * 5)
    await desk.says(LONG)
    assert desk.told == []


async def test_choosing_ends_the_suggestion_and_translates_anew_what_was_taken_for_another(
    desk: Desk,
) -> None:
    await desk.says("Hello, is anybody there today?", "Laba diena, kur mano siunta", LONG, "ačiū")
    await desk.chooses("lt")
    assert desk.told == ["lt", None]
    assert desk.suggestions.current("c") is None
    assert await desk.languages() == ["en", "lt", "lt", "lt"]
    engine, states = desk.office.engine, desk.office.ledger.states
    await desk.office.until(lambda: len(engine.asked) == 3)
    assert {(source, target) for _, source, target in engine.asked} == {("lt", "en")}
    await desk.office.until(lambda: states["c", 3, "en"].status == "done")
    assert states["c", 3, "en"].text == f"[en] {LONG}"


async def test_choosing_another_language_for_reading_leaves_what_was_right(desk: Desk) -> None:
    await desk.says("Where is my order, please?", "Still waiting for an answer")
    await desk.chooses("tr")
    assert await desk.languages() == ["en", "en"]
    events = await desk.office.ledger.events("c")
    assert [type(event.what) for event in events] == [Message, Message, LanguageChanged]


async def test_choosing_before_writing_anything(desk: Desk) -> None:
    await desk.suggestions.review("c", "lt")
    assert desk.told == []


async def test_a_language_that_is_not_offered_to_others_is_judged_too(desk: Desk) -> None:
    desk.language = "pl"
    await desk.says("gdzie jest moje zamówienie", "czekam już dwa tygodnie na paczkę", "czy ktoś mi pomoże")
    assert desk.told == []
    await desk.says(LONG, LONG, LONG)
    assert desk.told == ["lt"]
