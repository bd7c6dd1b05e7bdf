"""What agents say about translations: recorded in the conversation, told to the memory."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from appliance.domain.commands import Translate
from appliance.domain.conversation import PENDING, Message, Translated
from appliance.domain.entries import Entry
from appliance.domain.refusal import Refused
from appliance.services.wordings import Wording, Wordings
from tests.conftest import Clock
from tests.unit.services.test_inbox import House

MACHINE = Translated("done", "Where is my request?", "firefox", ("pt", "en"), model="firefox/pten-1")
TEXT = "Onde está o meu pedido?"
SAID = (TEXT, "pt-BR", "en")


class Office(House):
    """Ana has written; her message is translated by the machine."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.wordings = Wordings(self.journal, self.ledger, self.memory, clock)
        self.clock = clock
        self.joao = replace(self.emma, id="joao", name="João")

    async def open(self, result: Translated = MACHINE) -> None:
        await self.inbox.visitor_writes(self.ana, "m", TEXT)
        await self.journal.submit(Entry("c", Translate(1, "visitor", "en", result, self.clock())))

    def now(self, language: str = "en", message: int = 1) -> Translated:
        return self.ledger.states["c", message, language]


@pytest.fixture
async def office(clock: Clock) -> AsyncIterator[Office]:
    office = Office(clock)
    writer = asyncio.create_task(office.journal.run())
    await office.open()
    yield office
    office.journal.stop()
    await writer


async def test_a_better_wording_takes_the_place_of_the_machines_and_is_remembered(office: Office) -> None:
    await office.wordings.correct(office.emma, "c", 1, "en", " Where is my order?\r\n")
    now = office.now()
    assert (now.text, now.engine, now.by, now.replaced) == (
        "Where is my order?",
        "person",
        office.emma.person,
        MACHINE,
    )
    assert office.memory.approved == {SAID: ("Where is my order?", "emma")}


async def test_a_reader_of_another_region_corrects_the_same_translation(office: Office) -> None:
    await office.wordings.correct(office.emma, "c", 1, "en-GB", "Where is my order?")
    assert office.now().text == "Where is my order?"
    assert ("c", 1, "en-GB") not in office.ledger.states


async def test_a_wrong_translation_is_remembered_as_wrong(office: Office) -> None:
    await office.wordings.reject(office.emma, "c", 1, "en")
    assert office.now().doubtful
    assert office.memory.rejected == {(*SAID, MACHINE.text)}
    await office.wordings.restore(office.emma, "c", 1, "en")
    assert office.now() == MACHINE
    assert office.memory.rejected == set()


async def test_taking_back_a_wording_lets_the_memory_forget_it(office: Office) -> None:
    await office.wordings.correct(office.emma, "c", 1, "en", "Where is my order?")
    await office.wordings.correct(office.joao, "c", 1, "en", "Where’s my order?")
    await office.wordings.restore(office.joao, "c", 1, "en")
    assert office.memory.approved == {SAID: ("Where is my order?", "emma")}, "Emma's counts again"
    await office.wordings.restore(office.emma, "c", 1, "en")
    assert (office.memory.approved, office.now()) == ({}, MACHINE)


async def test_a_wording_from_the_memory_that_was_called_wrong_by_mistake_is_back_in_it(
    office: Office,
) -> None:
    remembered = Translated("done", "Where is my order?", "memory", ("pt-BR", "en"), ("memory",))
    office.ledger.states["c", 1, "en"] = remembered
    await office.memory.approve(*SAID, "Where is my order?", "joao")
    await office.wordings.reject(office.emma, "c", 1, "en")
    assert office.memory.approved == {}
    await office.wordings.restore(office.emma, "c", 1, "en")
    assert office.memory.approved == {SAID: ("Where is my order?", "emma")}


async def test_where_nothing_was_said_there_is_nothing_to_take_back(office: Office) -> None:
    await office.memory.approve(*SAID, str(MACHINE.text), "joao")
    await office.wordings.restore(office.emma, "c", 1, "en")
    assert office.now() == MACHINE
    assert office.memory.approved == {SAID: (MACHINE.text, "joao")}


@pytest.mark.parametrize(
    ("seq", "language", "text", "code", "field"),
    [
        (1, "en", " \u200b", "translation_empty", "text"),
        (1, "en", "x" * 5_001, "translation_too_long", "text"),
        (1, "en", 7, "bad_field", "text"),
        (1, "pt-PT", "Olá", "bad_field", "language"),
        (2, "en", "Hello", "not_found", "seq"),
        (0, "en", "Hello", "not_found", "seq"),
    ],
    ids=lambda value: ascii(value)[:20],
)
async def test_a_wording_that_cannot_be_is_refused_and_changes_nothing(
    office: Office, seq: int, language: str, text: object, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        await office.wordings.correct(office.emma, "c", seq, language, text)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (office.now(), office.memory.approved) == (MACHINE, {})


async def test_what_has_no_translation_cannot_be_wrong(office: Office) -> None:
    for seq, language, field in ((1, "ja", "language"), (7, "en", "seq")):
        with pytest.raises(Refused) as refused:
            await office.wordings.reject(office.emma, "c", seq, language)
        assert (refused.value.code, refused.value.field) == ("not_found", field)
    assert office.memory.rejected == set()


async def test_a_memory_out_of_order_undoes_nothing(office: Office) -> None:
    for error in (Refused("storage_full"), OSError("on purpose")):
        office.memory.error = error
        await office.wordings.correct(office.emma, "c", 1, "en", f"Where? {error}")
        assert office.now().text == f"Where? {error}"


async def sent(office: Office, wording: Wording, client_id: str = "a") -> Message:
    appended = await office.inbox.agent_writes(office.emma, "c", client_id, "On Friday.", wording)
    what = next(event.what for event in appended.events if isinstance(event.what, Message))
    return what


async def test_an_answer_goes_with_the_agents_own_translation(office: Office) -> None:
    message = await sent(office, Wording("pt-BR", " Na sexta. "))
    assert (message.targets, message.ready["pt-BR"].text) == ((), "Na sexta.")
    seq = office.ledger.log["c"][-1].seq
    assert office.now("pt-BR", seq).by == office.emma.person
    assert office.memory.approved == {("On Friday.", "en", "pt-BR"): ("Na sexta.", "emma")}


async def test_sent_twice_it_is_stored_once_and_what_was_stored_is_remembered(office: Office) -> None:
    office.memory.error = OSError("gone before it was remembered")
    await sent(office, Wording("pt-BR", "Na sexta."))
    office.memory.error = None
    again = await sent(office, Wording("pt-BR", "Outra coisa."))
    assert again.ready["pt-BR"].text == "Na sexta."
    assert office.memory.approved == {("On Friday.", "en", "pt-BR"): ("Na sexta.", "emma")}
    assert sum(isinstance(event.what, Message) for event in office.ledger.log["c"]) == 2


async def test_a_translation_for_the_language_before_is_kept_and_the_new_one_asked_for(
    office: Office,
) -> None:
    message = await sent(office, Wording("fa", "جمعه."))
    assert (message.targets, list(message.ready)) == (("pt-BR",), ["fa"])
    assert office.now("pt-BR", office.ledger.log["c"][-1].seq) == PENDING


@pytest.mark.parametrize(
    ("wording", "code", "field"),
    [
        (Wording("pt-BR", ""), "translation_empty", "translation.text"),
        (Wording("pt-BR", None), "bad_field", "translation.text"),
        (Wording("pt-BR", "x" * 5_001), "translation_too_long", "translation.text"),
        (Wording("en-GB", "On Friday."), "bad_field", "translation.language"),
    ],
    ids=repr,
)
async def test_an_answer_whose_translation_cannot_be_is_not_sent(
    office: Office, wording: Wording, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        await sent(office, wording)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert len(office.ledger.log["c"]) == 2
