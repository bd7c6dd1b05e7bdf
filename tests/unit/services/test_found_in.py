"""A message that turns out to be in another language than it was taken for."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from appliance.domain.commands import Reword, Write
from appliance.domain.conversation import Message, Person, Translated, worded
from appliance.domain.entries import Entry
from tests.unit.services.fakes import MemoryLedger
from tests.unit.services.test_translations import ANA, NOON, Office, says

EMMA = Person("agent", "emma", "Emma")


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office(MemoryLedger())
    async with office.open():
        yield office


async def language_of(office: Office) -> str:
    (event,) = await office.ledger.events("c", limit=1)
    assert isinstance(event.what, Message)
    return event.what.language


async def test_it_is_translated_anew_for_every_reader_from_the_language_it_is_in(office: Office) -> None:
    async with office.translating() as translations:
        await office.journal.submit(says("Kur mano siunta"))
        await office.results_are(2)
        (event,) = await office.ledger.events("c", limit=1)
        await translations.found_in("c", event, "lt", [])
        # One tells what it is in, two are new.
        await office.results_are(5)
    assert sorted(office.engine.asked[2:]) == [
        ("Kur mano siunta", "lt", "en"),
        ("Kur mano siunta", "lt", "ja"),
    ]
    assert await language_of(office) == "lt"
    state = office.ledger.states["c", 1, "en"]
    assert (state.status, state.path, state.source) == ("done", ("lt", "en"), "lt")
    conversation = await office.ledger.conversation("c")
    assert conversation is not None
    assert conversation.last_message is not None
    assert conversation.last_message.language == "lt"


async def test_a_reader_of_its_true_language_needs_no_translation(office: Office) -> None:
    write = Write(Person("visitor", "ana"), "m", "Kur mano siunta", "pt-BR", {"ona": "lt"}, True, NOON)
    async with office.translating() as translations:
        await office.journal.submit(Entry("c", write, opening=ANA))
        await office.results_are(1)
        (event,) = await office.ledger.events("c", limit=1)
        await translations.found_in("c", event, "lt", ["lt"])
        await office.results_are(2)
    assert len(office.engine.asked) == 1
    assert office.ledger.states["c", 1, "lt"] == Translated("done", engine="none", source="lt")


async def test_a_reader_of_what_it_was_taken_for_gets_one(office: Office) -> None:
    write = Write(Person("visitor", "ana"), "m", "Kur mano siunta", "en", {"emma": "en"}, True, NOON)
    async with office.translating() as translations:
        await office.journal.submit(Entry("c", write, opening=ANA))
        (event,) = await office.ledger.events("c", limit=1)
        await translations.found_in("c", event, "lt", ["en"])
        await office.results_are(2)
    assert office.engine.asked == [("Kur mano siunta", "lt", "en")]


async def asked(office: Office, count: int) -> None:
    """Lets the tasks go on until the engine has been asked so often."""
    for _ in range(10_000):
        if len(office.engine.asked) >= count:
            return
        await asyncio.sleep(0)
    raise AssertionError(f"asked {len(office.engine.asked)} times")


async def test_what_comes_late_from_the_wrong_language_is_let_go(office: Office) -> None:
    held = asyncio.Event()
    office.engine.hold = held
    async with office.translating() as translations:
        await office.journal.submit(says("Kur mano siunta"))
        await asked(office, 2)
        (event,) = await office.ledger.events("c", limit=1)
        await translations.found_in("c", event, "lt", [])
        office.engine.hold = None
        held.set()
        await office.until(
            lambda: all(office.ledger.states["c", 1, tag].status == "done" for tag in ("en", "ja"))
        )
    assert {office.ledger.states["c", 1, tag].path for tag in ("en", "ja")} == {("lt", "en"), ("lt", "ja")}


async def test_what_a_person_has_said_stands(office: Office) -> None:
    async with office.translating() as translations:
        await office.journal.submit(says("Kur mano siunta"))
        await office.results_are(2)
        wording = worded("Where is my parcel", "pt-BR", "en", EMMA)
        await office.journal.submit(Entry("c", Reword(1, "visitor", "en", wording, NOON)))
        (event,) = await office.ledger.events("c", limit=1)
        await translations.found_in("c", event, "lt", [])
        await office.until(lambda: office.ledger.states["c", 1, "ja"].path == ("lt", "ja"))
    assert office.ledger.states["c", 1, "en"].text == "Where is my parcel"


async def test_a_failure_after_it_is_tried_again_from_the_same_language(office: Office) -> None:
    async with office.translating() as translations:
        await office.journal.submit(says("Kur mano siunta"))
        await office.results_are(2)
        (event,) = await office.ledger.events("c", limit=1)
        office.engine.errors = {"Kur mano siunta": "engine_failed"}
        await translations.found_in("c", event, "lt", [])
        await office.results_are(5)
        (failed,) = [tag for tag in ("en", "ja") if office.ledger.states["c", 1, tag].status == "failed"]
        await translations.retry("c", 1, failed)
        await office.until(lambda: office.ledger.states["c", 1, failed].status == "done")
    assert office.ledger.states["c", 1, failed].path == ("lt", failed)


async def test_said_again_it_changes_nothing_and_said_otherwise_it_does(office: Office) -> None:
    async with office.translating() as translations:
        await office.journal.submit(says("Kur mano siunta"))
        await office.results_are(2)
        (event,) = await office.ledger.events("c", limit=1)
        await translations.found_in("c", event, "lt", [])
        await office.results_are(5)
        (event,) = await office.ledger.events("c", limit=1)
        before = len(office.ledger.log["c"])
        await translations.found_in("c", event, "lt", [])
        assert len(office.ledger.log["c"]) == before
        await translations.found_in("c", event, "lv", [])
        await office.until(lambda: office.ledger.states["c", 1, "en"].path == ("lv", "en"))
    assert await language_of(office) == "lv"
