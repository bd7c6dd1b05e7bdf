"""Previews: what the visitor will read, what it says back, and that they never crowd anybody out."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.services.previews import Draft, Preview, PreviewDesk, Previews, checked_draft
from tests.conftest import Clock
from tests.unit.services.fakes import MemoryLedger
from tests.unit.services.test_inbox import House
from translation import Translation, TranslationError


class Engine:
    """Puts the language before the text, or takes it away where it stands already.

    `errors` holds a code to fail with for a target; `flags` those of what comes out; `begun` what was asked
    for; `hold` keeps everything under way until set.
    """

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}
        self.flags: tuple[str, ...] = ()
        self.hold: asyncio.Event | None = None
        self.begun: list[str] = []
        self.at_once = self.most_at_once = 0
        self.started, self.ended = asyncio.Event(), asyncio.Event()

    async def translate(self, text: str, source: str, target: str) -> Translation:
        self.begun.append(text)
        self.started.set()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.hold is not None:
                await self.hold.wait()
            if target in self.errors:
                raise TranslationError(self.errors[target], "as the test wants it")
        finally:
            self.at_once -= 1
            self.ended.set()
        translation = text.removeprefix(f"[{source}] ") if text.startswith("[") else f"[{target}] {text}"
        return Translation(text, translation, source, target, "fake", (source, target), self.flags, "fake/1")


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
async def ledger(clock: Clock) -> MemoryLedger:
    """With one conversation, whose visitor reads Portuguese."""
    house = House(clock)
    writer = asyncio.create_task(house.journal.run())
    await house.inbox.visitor_writes(house.ana, "m", "Olá")
    house.journal.stop()
    await writer
    return house.ledger


def draft(text: str = "Your order is here.", wording: str | None = None) -> Draft:
    return Draft("c", text, "en", wording)


async def test_it_shows_what_the_visitor_reads_and_what_that_says_back(
    engine: Engine, ledger: MemoryLedger
) -> None:
    made = await Previews(engine, ledger).make(draft())
    assert (made.language, made.translation, made.back) == (
        "pt-BR",
        "[pt-BR] Your order is here.",
        "Your order is here.",
    )
    assert (made.engine, made.model, made.path, made.reason) == ("fake", "fake/1", ("en", "pt-BR"), None)


async def test_a_doubt_is_told_with_its_flags_and_keeps_nothing_back(
    engine: Engine, ledger: MemoryLedger
) -> None:
    engine.flags = ("numbers",)
    made = await Previews(engine, ledger).make(draft())
    assert (made.doubtful, made.flags, made.translation) == (
        True,
        ("numbers",),
        "[pt-BR] Your order is here.",
    )


async def test_of_the_agents_own_wording_only_the_way_back_is_worked_out(
    engine: Engine, ledger: MemoryLedger
) -> None:
    made = await Previews(engine, ledger).make(draft(wording="Chegou."))
    assert engine.begun == ["Chegou."]
    assert (made.translation, made.engine, made.back) == ("Chegou.", "person", "[en] Chegou.")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("no_route", "no_route"),
        ("too_long", "too_long"),
        ("busy", "busy"),
        ("pack_damaged", "engine_failed"),
        ("closed", "engine_failed"),
    ],
)
async def test_why_there_is_none_is_told(
    engine: Engine, ledger: MemoryLedger, code: str, reason: str
) -> None:
    previews = Previews(engine, ledger)
    engine.errors = {"pt-BR": code}
    assert await previews.make(draft()) == Preview("pt-BR", reason=reason)
    engine.errors = {"en": code}
    one_way = await previews.make(draft())
    assert (one_way.translation, one_way.back, one_way.back_reason) == (
        "[pt-BR] Your order is here.",
        None,
        reason,
    )


async def test_a_visitor_who_reads_the_agents_language_reads_the_text(
    engine: Engine, ledger: MemoryLedger
) -> None:
    made = await Previews(engine, ledger).make(replace(draft("Oi"), source="pt-PT"))
    assert (made.translation, made.engine, engine.begun) == ("Oi", "none", [])


async def test_there_is_none_for_nobody(engine: Engine, ledger: MemoryLedger) -> None:
    with pytest.raises(Refused) as refused:
        await Previews(engine, ledger).make(replace(draft(), conversation_id="nobody"))
    assert (refused.value.code, refused.value.field) == ("not_found", "conversation")


@pytest.mark.parametrize(
    ("text", "wording", "code", "field"),
    [
        (" ", None, "text_empty", "text"),
        ("x" * 5_001, None, "text_too_long", "text"),
        (None, None, "bad_field", "text"),
        ("Hi", " ", "translation_empty", "translation"),
        ("Hi", "x" * 5_001, "translation_too_long", "translation"),
        ("Hi", 7, "bad_field", "translation"),
    ],
    ids=lambda value: ascii(value)[:12],
)
def test_a_draft_is_checked_as_a_message_is(
    clock: Clock, text: object, wording: object, code: str, field: str
) -> None:
    emma = Agent("emma", "e@x.example", "Emma", "#3157d5", None, "en", "UTC", "agent", True, clock(), None)
    with pytest.raises(Refused) as refused:
        checked_draft(emma, "c", text, wording)
    assert (refused.value.code, refused.value.field) == (code, field)


class Answers:
    """What a desk answered, by ref."""

    def __init__(self) -> None:
        self.by_ref: dict[str | None, Any] = {}
        self.news = asyncio.Event()

    def __call__(self, ref: str | None, draft: Draft, made: Any) -> None:
        self.by_ref[ref] = made
        self.news.set()

    async def all_of(self, *refs: str) -> None:
        async with asyncio.timeout(10):
            while not set(refs) <= self.by_ref.keys():
                self.news.clear()
                await self.news.wait()


async def test_one_is_made_at_a_time_and_of_those_that_wait_the_newest(
    engine: Engine, ledger: MemoryLedger
) -> None:
    engine.hold = asyncio.Event()
    answers = Answers()
    desk = PreviewDesk(Previews(engine, ledger), answers)
    refs = [str(number) for number in range(100)]
    for ref in refs:
        desk.ask(ref, draft(f"Text {ref}"))
        await asyncio.sleep(0)
    engine.hold.set()
    await answers.all_of(*refs)
    translated = {ref: made.translation for ref, made in answers.by_ref.items() if made.translation}
    assert translated == {"0": "[pt-BR] Text 0", "99": "[pt-BR] Text 99"}
    assert {made.reason for made in answers.by_ref.values() if not made.translation} == {"superseded"}
    assert engine.most_at_once == 1


async def test_every_question_is_answered_also_with_what_went_wrong(
    engine: Engine, ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers()
    desk = PreviewDesk(Previews(engine, ledger), answers)
    desk.ask("nobody", replace(draft(), conversation_id="nobody"))
    await answers.all_of("nobody")
    assert answers.by_ref["nobody"].code == "not_found"

    async def broken(*_: object) -> None:
        raise LookupError("on purpose")

    monkeypatch.setattr(ledger, "conversation", broken)
    desk.ask("broken", draft())
    await answers.all_of("broken")
    assert answers.by_ref["broken"].code == "internal"
    monkeypatch.undo()
    desk.ask("well", draft())
    await answers.all_of("well")
    assert answers.by_ref["well"].translation == "[pt-BR] Your order is here."


async def test_nobody_is_answered_who_has_gone(engine: Engine, ledger: MemoryLedger) -> None:
    engine.hold = asyncio.Event()
    answers = Answers()
    desk = PreviewDesk(Previews(engine, ledger), answers)
    desk.ask("1", draft())
    await engine.started.wait()
    desk.ask("2", draft())
    desk.close()
    engine.hold.set()
    await engine.ended.wait()
    assert answers.by_ref == {}
