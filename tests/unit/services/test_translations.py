"""Translations catch up with messages: results, failures, retries, overflow and restarts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

import pytest

from appliance.domain.commands import Close, Reword, Translate, Write
from appliance.domain.conversation import PENDING, Person, Translated, TranslationChanged, VisitorCard, worded
from appliance.domain.entries import Appended, Entry
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from appliance.services.translations import AT_ONCE, Translations
from appliance.web import views
from tests.unit.services.fakes import Interpreter, MemoryLedger
from translation import Translation

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = VisitorCard("ana", 1, "pt-BR")


def says(text: str, client_id: str | None = None) -> Entry:
    write = Write(
        Person("visitor", "ana"), client_id or text, text, "pt-BR", {"emma": "en", "yuki": "ja"}, True, NOON
    )
    return Entry("c", write, opening=ANA)


def answers(text: str) -> Entry:
    return Entry("c", Write(Person("agent", "emma", "Emma"), text, text, "en", {}, True, NOON))


class OneByOne(Interpreter):
    """Holds every text until it is let go, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: dict[str, asyncio.Event] = {}
        self.news = asyncio.Condition()

    @property
    def texts(self) -> list[str]:
        """All that were taken, in order."""
        return [text for text, _, _ in self.asked]

    async def translate(self, text: str, source: str, target: str) -> Translation:
        let_go = self.under_way[text] = asyncio.Event()
        translated = await super().translate(text, source, target)
        async with self.news:
            self.news.notify_all()
        await let_go.wait()
        return translated

    def release(self) -> None:
        text = next(iter(self.under_way))
        self.under_way.pop(text).set()

    async def has(self, count: int) -> None:
        """Waits until exactly so many are under way."""
        await self._until(lambda: len(self.under_way) == count)

    async def next_taken(self, count: int) -> None:
        """Lets go of one after the other, until so many more have been taken."""
        for _ in range(count):
            taken = len(self.asked) + 1
            self.release()
            await self._until(partial(self._has_taken, taken))

    def _has_taken(self, count: int) -> bool:
        return len(self.asked) >= count

    async def _until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(test)


class NothingToDo(Interpreter):
    """Finds that nothing needs a translation."""

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(text, text, source, target, "none", (), ("unchanged",), "")


class Office:
    """A journal at work, and translations that can be started and stopped."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self.ledger = ledger
        self.engine: Interpreter = Interpreter()
        self.journal = Journal(ledger)
        self.results: list[TranslationChanged] = []
        self._news = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self.journal.observe(self._note)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        writer = asyncio.create_task(self.journal.run())
        try:
            yield
        finally:
            self.journal.stop()
            await writer
            await asyncio.gather(*self._tasks)

    @asynccontextmanager
    async def translating(
        self, *, concurrency: int = 4, backlog: int = 1000, listening: bool = True
    ) -> AsyncIterator[Translations]:
        translations = Translations(
            self.engine,
            self.journal,
            self.ledger,
            lambda: NOON,
            concurrency=concurrency,
            backlog=backlog,
            again_seconds=0,
        )
        if listening:
            self.journal.observe(translations.observe)
        worker = asyncio.create_task(translations.run())
        try:
            yield translations
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    async def until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(test)

    async def results_are(self, count: int) -> list[TranslationChanged]:
        """That many results, done or failed."""
        await self.until(lambda: len(self.results) >= count)
        return self.results

    def _note(self, appended: Appended) -> None:
        for event in appended.events:
            if isinstance(event.what, TranslationChanged) and event.what.translation.status != "pending":
                self.results.append(event.what)
        task = asyncio.create_task(self._tell())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office(MemoryLedger())
    async with office.open():
        yield office


async def test_each_reader_gets_the_message_in_their_language(office: Office) -> None:
    async with office.translating():
        await office.journal.submit(says("Olá"))
        results = await office.results_are(2)
    assert {(what.message, what.by, what.language, what.translation.text) for what in results} == {
        (1, "visitor", "en", "[en] Olá"),
        (1, "visitor", "ja", "[ja] Olá"),
    }
    done = next(what.translation for what in results if what.language == "en")
    assert done == Translated("done", "[en] Olá", "fake", ("pt-BR", "en"), (), model="fake/1")


async def test_an_answer_is_translated_for_the_visitor(office: Office) -> None:
    async with office.translating():
        await office.journal.submit(says("Olá"))
        await office.journal.submit(answers("Hello"))
        results = await office.results_are(3)
    assert [what.translation.text for what in results if what.by == "agent"] == ["[pt-BR] Hello"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("no_route", "no_route"),
        ("engine_failed", "engine_failed"),
        ("too_long", "too_long"),
        ("busy", "busy"),
        ("pack_damaged", "engine_failed"),
    ],
)
async def test_a_failure_is_recorded_with_its_reason(office: Office, code: str, reason: str) -> None:
    office.engine.errors = {"Hello": code}
    await office.journal.submit(says("Olá"))
    async with office.translating():
        await office.journal.submit(answers("Hello"))
        results = await office.results_are(3)
    failed = [what.translation for what in results if what.by == "agent"]
    assert failed == [Translated("failed", reason=reason)]


async def test_a_failed_translation_is_tried_again_when_asked(office: Office) -> None:
    await office.journal.submit(says("Olá"))
    office.engine.errors = {"Hello": "engine_failed"}
    async with office.translating() as translations:
        answer = (await office.journal.submit(answers("Hello"))).events[-1].seq
        await office.until(lambda: any(what.translation.status == "failed" for what in office.results))
        await translations.retry("c", answer, "pt-BR")
        await office.until(lambda: any(what.translation.text == "[pt-BR] Hello" for what in office.results))
    assert office.ledger.states["c", answer, "pt-BR"].status == "done"


async def test_a_doubtful_translation_is_tried_again_when_asked(office: Office) -> None:
    await office.journal.submit(says("Olá"))
    office.ledger.states["c", 1, "en"] = Translated("done", "x x x", "fake", doubtful=True)
    async with office.translating() as translations:
        await translations.retry("c", 1, "en")
        await office.until(lambda: office.ledger.states["c", 1, "en"].text == "[en] Olá")


async def test_what_a_person_wrote_meanwhile_stands(office: Office) -> None:
    office.engine = engine = OneByOne()
    wording = worded("Hi there", "pt-BR", "en", Person("agent", "emma", "Emma"))
    write = Write(Person("visitor", "ana"), "m", "Olá", "pt-BR", {"emma": "en"}, True, NOON)
    async with office.translating():
        await office.journal.submit(Entry("c", write, opening=ANA))
        await engine.has(1)
        await office.journal.submit(Entry("c", Reword(1, "visitor", "en", wording, NOON)))
        engine.release()
        await office.ledger.writing(batches=3)
    assert office.ledger.states["c", 1, "en"].text == "Hi there"


async def test_what_is_done_or_under_way_is_not_done_again(office: Office) -> None:
    async with office.translating() as translations:
        await office.journal.submit(says("Olá"))
        await office.results_are(2)
        await translations.retry("c", 1, "en")
        await translations.want("c", await office.ledger.events("c"), "en-GB")
    assert len(office.engine.asked) == 2


async def failing(office: Office, reason: str = "no_route", count: int = 1) -> None:
    """Messages whose translation into English has failed; into Japanese it is done."""
    for number in range(count):
        seq = (await office.journal.submit(says(f"Olá {number}"))).events[-1].seq
        for language, state in (("en", Translated("failed", reason=reason)), ("ja", Translated("done", "…"))):
            await office.journal.submit(Entry("c", Translate(seq, "visitor", language, state, NOON)))


async def test_a_new_way_takes_up_what_had_none(office: Office) -> None:
    await failing(office, count=230)
    office.results.clear()
    async with office.translating() as translations:
        assert await translations.take_up(lambda source, target: (source, target) == ("pt-BR", "en")) == 230
        results = await office.results_are(230)
    assert {what.translation.text for what in results} == {f"[en] Olá {number}" for number in range(230)}
    assert {state.status for state in office.ledger.states.values()} == {"done"}


@pytest.mark.parametrize("reason", ["engine_failed", "too_long", "busy"])
async def test_what_failed_for_another_reason_is_left_to_people(office: Office, reason: str) -> None:
    await failing(office, reason)
    async with office.translating() as translations:
        assert await translations.take_up(lambda source, target: True) == 0
    assert office.engine.asked == []


async def test_what_still_has_no_way_is_not_tried(office: Office) -> None:
    await failing(office)
    async with office.translating() as translations:
        assert await translations.take_up(lambda source, target: target == "lt") == 0
    assert office.ledger.states["c", 1, "en"] == Translated("failed", reason="no_route")


async def test_closed_conversations_stay_as_they_are(office: Office) -> None:
    await failing(office)
    await office.journal.submit(Entry("c", Close(Person("agent", "emma", "Emma"), NOON)))
    async with office.translating() as translations:
        assert await translations.take_up(lambda source, target: True) == 0


@pytest.mark.parametrize("seq", [0, 2, 99])
async def test_only_a_message_can_be_translated_again(office: Office, seq: int) -> None:
    await office.journal.submit(says("Olá"))
    done = Translate(1, "visitor", "en", Translated("failed", reason="no_route"), NOON)
    await office.journal.submit(Entry("c", done))
    async with office.translating() as translations:
        with pytest.raises(Refused) as refused:
            await translations.retry("c", seq, "en")
    assert (refused.value.code, refused.value.field) == ("not_found", "seq")


async def test_whoever_looks_on_gets_what_has_words_and_is_not_theirs_already(office: Office) -> None:
    for text in ("Olá", "48213", "👍"):
        await office.journal.submit(says(text))
    await office.journal.submit(answers("Hello"))
    async with office.translating() as translations:
        await translations.want("c", await office.ledger.events("c"), "fa")
        await office.until(lambda: sum(what.language == "fa" for what in office.results) >= 2)
    assert {text for text, _, target in office.engine.asked if target == "fa"} == {"Olá", "Hello"}


async def test_an_overflow_is_read_again_from_disk(office: Office) -> None:
    office.engine.hold = asyncio.Event()
    async with office.translating(concurrency=1, backlog=4):
        for number in range(20):
            await office.journal.submit(says(f"Olá {number}"))
        office.engine.hold.set()
        results = await office.results_are(40)
    assert {(what.message, what.language) for what in results} == {
        (1 + number, language) for number in range(20) for language in ("en", "ja")
    }


async def test_what_waited_when_the_server_stopped_is_done_at_the_next_start(office: Office) -> None:
    await office.journal.submit(says("Olá"))
    assert await office.ledger.pending_translations(10)
    async with office.translating():
        await office.results_are(2)
    assert await office.ledger.pending_translations(10) == []


async def test_a_translation_cut_off_by_the_stop_is_left_for_the_next_start(office: Office) -> None:
    office.engine.errors = {"Hello": "closed"}
    await office.journal.submit(says("Olá"))
    async with office.translating():
        answer = (await office.journal.submit(answers("Hello"))).events[-1].seq
        await office.results_are(2)
        await office.until(lambda: "Hello" not in office.engine.errors)
    assert office.ledger.states["c", answer, "pt-BR"] == PENDING
    assert not [what for what in office.results if what.by == "agent"]


async def test_a_result_that_could_not_be_stored_is_not_lost(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.engine.hold = asyncio.Event()
    async with office.translating():
        await office.journal.submit(says("Olá"))
        office.ledger.error = Refused("storage_full", retry_after=30)
        office.engine.hold.set()
        await office.ledger.writing(2)
        office.ledger.error = None
        await office.results_are(2)
    assert {what.translation.text for what in office.results} == {"[en] Olá", "[ja] Olá"}
    assert "could not be recorded" in caplog.text


def line(conversation: str, count: int) -> list[Entry]:
    """That many messages of one visitor, for one reader."""
    card = VisitorCard(conversation, 1, "pt-BR")
    return [
        Entry(
            conversation,
            Write(
                Person("visitor", conversation),
                str(number),
                f"{conversation} {number}",
                "pt-BR",
                {"emma": "en"},
                True,
                NOON,
            ),
            opening=card,
        )
        for number in range(count)
    ]


async def test_a_short_message_does_not_wait_for_the_long_ones_of_others(office: Office) -> None:
    engine = office.engine = OneByOne()
    async with office.translating(concurrency=7):
        for visitor in ("bo", "cy", "di"):
            for entry in line(visitor, 25):
                await office.journal.submit(entry)
        await engine.has(6)
        await office.journal.submit(line("ana", 1)[0])
        await engine.has(7)
        assert sorted(text.split()[0] for text in engine.under_way) == [
            "ana",
            "bo",
            "bo",
            "cy",
            "cy",
            "di",
            "di",
        ]


async def test_conversations_take_turns(office: Office) -> None:
    engine = office.engine = OneByOne()
    async with office.translating(concurrency=2):
        for visitor in ("bo", "cy"):
            for entry in line(visitor, 25):
                await office.journal.submit(entry)
        await engine.has(2)
        await office.journal.submit(line("ana", 1)[0])
        await engine.next_taken(3)
        assert "ana 0" in engine.texts[-3:]


async def test_one_conversation_has_two_texts_under_way_at_most_and_all_come_in_order(office: Office) -> None:
    engine = office.engine = OneByOne()
    async with office.translating(concurrency=5):
        for entry in line("bo", 10):
            await office.journal.submit(entry)
        for number in range(10):
            await engine.has(min(2, 10 - number))
            assert len(engine.under_way) <= AT_ONCE
            engine.release()
        await office.results_are(10)
    assert engine.texts == [f"bo {number}" for number in range(10)]


async def test_a_flood_leaves_room_for_others(office: Office) -> None:
    engine = office.engine = OneByOne()
    async with office.translating(concurrency=1, backlog=6):
        for entry in line("bo", 40):
            await office.journal.submit(entry)
        await engine.has(1)
        await office.journal.submit(line("ana", 1)[0])
        await engine.next_taken(2)
        assert "ana 0" in engine.texts[-2:]
        await engine.next_taken(38)
        engine.release()
        await office.results_are(41)
    assert sorted(engine.texts) == sorted(["ana 0", *(f"bo {number}" for number in range(40))])


async def test_nothing_is_asked_for_where_no_translation_is_needed(office: Office) -> None:
    await office.journal.submit(says("48213"))
    await office.journal.submit(says("Olá"))
    await office.journal.submit(answers("Hello"))
    async with office.translating() as translations:
        await translations.retry("c", 1, "fa")
        await translations.retry("c", 2, "pt")
        await office.results_are(5)
    assert {target for _, _, target in office.engine.asked} == {"en", "ja", "pt-BR"}
    assert not {("c", 1, "fa"), ("c", 2, "pt")} & office.ledger.states.keys()


async def test_what_needed_no_engine_is_not_shown_as_a_translation(office: Office) -> None:
    office.engine = NothingToDo()
    async with office.translating():
        await office.journal.submit(says("Olá"))
        results = await office.results_are(2)
    assert [what.translation for what in results] == [
        Translated("done", None, "none", (), ("unchanged",))
    ] * 2
    last = office.ledger.conversations["c"].last_message
    assert last is not None
    assert last.translations == {}
    assert views.event((await office.ledger.events("c"))[0], "agent")["translations"] == {}
