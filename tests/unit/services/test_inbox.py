"""The inbox: what is checked before anything is stored, and whose message has reached an agent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from appliance.domain.conversation import Message
from appliance.domain.people import Agent, Visitor
from appliance.domain.refusal import Refused
from appliance.services.inbox import Inbox
from appliance.services.journal import Journal
from appliance.services.translations import Translations
from appliance.services.wordings import Wordings
from tests.conftest import Clock
from tests.unit.services.fakes import Interpreter, MemoryLedger, MemoryOfWordings


class House:
    """An inbox on a ledger in memory, with a visitor who writes Portuguese and agents who read others."""

    def __init__(self, clock: Clock) -> None:
        self.ledger = MemoryLedger()
        self.journal = Journal(self.ledger)
        self.translations = Translations(Interpreter(), self.journal, self.ledger, clock)
        self.memory = MemoryOfWordings()
        wordings = Wordings(self.journal, self.ledger, self.memory, clock)
        self.inbox = Inbox(self.journal, self.ledger, self.translations, wordings, self.readers, clock)
        now = clock()
        self.ana = Visitor("ana", 1, "c", "pt-BR", "Ana", None, None, None, now, now)
        self.emma = Agent(
            "emma", "e@x.example", "Emma", "#3157d5", None, "en", "UTC", "agent", True, now, None
        )

    async def readers(self) -> dict[str, str]:
        return {"emma": "en", "yuki": "ja"}


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[House]:
    house = House(clock)
    writer = asyncio.create_task(house.journal.run())
    yield house
    house.journal.stop()
    await writer


@pytest.mark.parametrize(
    ("client_id", "text", "code", "field"),
    [
        (None, "a", "bad_field", "client_id"),
        (7, "a", "bad_field", "client_id"),
        ("", "a", "bad_field", "client_id"),
        ("x" * 65, "a", "bad_field", "client_id"),
        ("a b", "a", "bad_field", "client_id"),
        ("é", "a", "bad_field", "client_id"),
        ("a\n", "a", "bad_field", "client_id"),
        ("\ud800", "a", "bad_field", "client_id"),
        ("m", None, "bad_field", "text"),
        ("m", " ", "text_empty", "text"),
        ("m", "x" * 5_001, "text_too_long", "text"),
    ],
    ids=lambda value: ascii(value)[:12],
)
async def test_a_message_that_cannot_be_never_reaches_the_ledger(
    house: House, client_id: object, text: object, code: str, field: str
) -> None:
    for write in (
        house.inbox.visitor_writes(house.ana, client_id, text),
        house.inbox.agent_writes(house.emma, "c", client_id, text),
    ):
        with pytest.raises(Refused) as refused:
            await write
        assert (refused.value.code, refused.value.field) == (code, field)
    assert house.ledger.batches == []


@pytest.mark.parametrize("client_id", ["m", "x" * 64, "AZaz09_-", "7b0e1c9a-52be-4f6c-8a3e-5a9f4f1d2c33"])
async def test_a_client_id_is_the_senders_to_choose(house: House, client_id: str) -> None:
    appended = await house.inbox.visitor_writes(house.ana, client_id, "Olá")
    assert appended.events[0].seq == 1


async def written(house: House, text: str) -> Message:
    what = (await house.inbox.visitor_writes(house.ana, "m", text)).events[0].what
    assert isinstance(what, Message)
    return what


async def test_a_message_is_wanted_in_the_languages_of_all_who_may_answer(house: House) -> None:
    assert (await written(house, "Onde está?")).targets == ("en", "ja")


@pytest.mark.parametrize("text", ["48213", "👍👍", "https://shop.example/lamps", "?!"])
async def test_what_has_no_words_is_not_translated(house: House, text: str) -> None:
    assert (await written(house, text)).targets == ()


async def test_an_answer_to_nobody_is_refused(house: House) -> None:
    with pytest.raises(Refused) as refused:
        await house.inbox.agent_writes(house.emma, "c", "m", "Hello?")
    assert refused.value.code == "not_found"


async def test_a_message_is_delivered_when_the_first_agent_has_it(house: House) -> None:
    noted = asyncio.Event()
    house.journal.observe(lambda appended: noted.set() if appended.conversation.by_agent.delivered else None)
    appended = await house.inbox.visitor_writes(house.ana, "m-1", "Olá")
    for _ in range(3):
        house.inbox.shown(appended.conversation)
    async with asyncio.timeout(10):
        await noted.wait()
    conversation = await house.inbox.conversation("c")
    assert conversation is not None
    assert conversation.by_agent.delivered == 1
    assert [len(batch) for batch in house.ledger.batches] == [1, 1]


async def test_after_another_language_the_newest_answers_are_wanted_in_it(house: House, clock: Clock) -> None:
    await house.inbox.visitor_writes(house.ana, "m-1", "Olá")
    for number in range(3):
        clock.now += timedelta(seconds=1)
        await house.inbox.agent_writes(house.emma, "c", f"a-{number}", f"Hello {'again ' * number}")
    await house.inbox.translate_replies("c", "fa", limit=2)
    asked = {key[1] for key in house.ledger.states if key[2] == "fa"}
    newest = [event.seq for event in house.ledger.log["c"] if event.what.kind == "message"][-2:]
    assert asked == set(newest)


async def test_what_an_agent_had_is_given_back_to_the_queue(house: House) -> None:
    yuki = replace(house.emma, id="yuki", name="雪")
    for name, agent in (("c", house.emma), ("d", house.emma), ("e", yuki), ("f", None)):
        visitor = replace(house.ana, conversation_id=name)
        await house.inbox.visitor_writes(visitor, "m-1", "Olá")
        if agent is not None:
            await house.inbox.take(agent, name)
    await house.inbox.close(house.emma, "d")
    await house.inbox.release_all("emma")
    states = {
        name: (now.state, now.agent and now.agent.id) for name, now in house.ledger.conversations.items()
    }
    assert states == {
        "c": ("queued", None),
        "d": ("closed", None),
        "e": ("assigned", "yuki"),
        "f": ("queued", None),
    }


async def test_what_an_agent_writes_is_in_their_language(house: House) -> None:
    await house.inbox.visitor_writes(house.ana, "m-1", "Olá")
    yuki = replace(house.emma, id="yuki", name="雪", language="ja")
    appended = await house.inbox.agent_writes(yuki, "c", "a-1", "こんにちは")
    message = appended.events[-1].what
    assert isinstance(message, Message)
    assert (message.language, message.targets) == ("ja", ("pt-BR",))
