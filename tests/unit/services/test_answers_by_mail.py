"""When an answer becomes a mail, and what is in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from appliance.domain.conversation import (
    Conversation,
    Event,
    Message,
    Person,
    Receipts,
    Translated,
    VisitorCard,
)
from appliance.domain.entries import Appended
from appliance.domain.mail import Letter, Mail
from appliance.domain.people import Visitor
from appliance.domain.refusal import Refused
from appliance.services.answers_by_mail import Answer, AnswersByMail, Line
from tests.conftest import Clock

EMMA = Person("agent", "a1", "Emma")
ONA = Person("visitor", "v1", "Ona")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class House:
    """A conversation, its visitor, an outbox, and the part that is tried."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.visitor: Visitor | None = Visitor(
            "v1", 1, "c1", "lt", "Ona", None, None, None, START, START, email="ona@example.com"
        )
        card = VisitorCard("v1", 1, "lt", "Ona")
        self.now = Conversation("c1", card, START, START)
        self.log: list[Event] = []
        self.online = False
        self.mailed: list[tuple[str, Answer]] = []
        self.left: list[str] = []
        self.refusal: Refused | None = None
        self.answers = self.started_anew()

    def started_anew(self) -> AnswersByMail:
        self.answers = AnswersByMail(
            self,
            self,
            self.find,
            lambda visitor_id: self.online,
            self.write,
            self.put,
            self.clock,
            self.never,
        )
        return self.answers

    async def conversation(self, conversation_id: str) -> Conversation | None:
        return self.now

    async def events(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int = 100
    ) -> list[Event]:
        return self.log[-limit:]

    async def find(self, visitor_id: str) -> Visitor | None:
        return self.visitor

    async def through(self, conversation_id: str) -> int:
        return max((answer.through for _, answer in self.mailed), default=0)

    async def unseen(self, since: datetime, limit: int) -> list[str]:
        return self.left

    async def forget(self, conversation_id: str) -> None:
        assert self.visitor is not None
        self.visitor = replace(self.visitor, email=None)

    async def write(self, answer: Answer) -> Letter:
        self.answer = answer
        return Letter("<m>", "<t>", "Lumina", "s", "t", "h", "lt", "https://x", answer.through)

    async def put(self, conversation_id: str, recipient: str, letter: Letter) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.mailed.append((recipient, self.answer))

    async def never(self, at: datetime) -> None:
        raise AssertionError("nobody waits in these tests")

    def said(self, text: str, by: Person = EMMA, translations: Mapping[str, Translated] | None = None) -> int:
        """A message, noted as the journal tells it."""
        seq = len(self.log) + 1
        event = Event(seq, self.clock(), Message(by, f"m{seq}", text, "en"), translations or {})
        self.log.append(event)
        self.answers.observe(Appended(self.now, (event,), False))
        return seq

    def seen(self, seq: int) -> None:
        self.now = replace(self.now, by_visitor=Receipts(seq, seq))

    async def after(self, **amount: float) -> list[list[str]]:
        """What has been mailed when it is so much later: the texts of each mail."""
        self.clock.advance(**amount)
        await self.answers.look()
        return [[line.text for line in answer.lines] for _, answer in self.mailed]


@pytest.fixture
def house(clock: Clock) -> House:
    return House(clock)


def done(text: str | None, **how: object) -> dict[str, Translated]:
    return {"lt": Translated("done", text, **how)}  # type: ignore[arg-type]


async def test_several_messages_are_one_mail_a_minute_after_the_last(house: House) -> None:
    house.said("One")
    assert await house.after(seconds=59) == []
    house.said("Two")
    assert await house.after(seconds=59) == []
    assert await house.after(seconds=1) == [["One", "Two"]]
    assert await house.after(hours=1) == [["One", "Two"]]
    house.said("Three")
    assert await house.after(seconds=60) == [["One", "Two"], ["Three"]]


async def test_whoever_never_stops_writing_is_mailed_after_five_minutes(house: House) -> None:
    for _ in range(6):
        house.said("Wait")
        assert await house.after(seconds=49) == []
    house.said("Wait")
    assert await house.after(seconds=6) == [["Wait"] * 7]


async def test_what_has_been_seen_is_in_no_mail(house: House) -> None:
    house.seen(house.said("Seen"))
    house.said("Not seen")
    assert await house.after(seconds=60) == [["Not seen"]]
    house.seen(house.said("Seen as well"))
    assert await house.after(hours=1) == [["Not seen"]]


async def test_who_is_connected_is_waited_for(house: House) -> None:
    house.online = True
    house.said("Hello")
    for _ in range(30):
        assert await house.after(seconds=60) == []
    house.online = False
    assert await house.after(seconds=60) == [["Hello"]]


async def test_what_visitors_write_themselves_is_not_mailed(house: House) -> None:
    house.said("Hello?", ONA)
    assert await house.after(seconds=60) == []
    house.said("Hello!")
    assert await house.after(seconds=60) == [["Hello!"]]


@pytest.mark.parametrize("email", [None, "", "nobody", "ona@example.com\r\nBcc: all@example.com"])
async def test_without_an_address_there_is_no_mail(house: House, email: str | None) -> None:
    assert house.visitor is not None
    house.visitor = replace(house.visitor, email=email)
    house.said("Hello")
    assert await house.after(seconds=60) == []


@pytest.mark.parametrize(
    ("translations", "line"),
    [
        (done("Labas"), Line("Emma", "Labas", "lt", "Hello", "en")),
        ({"lt-LT": Translated("done", "Labas")}, Line("Emma", "Labas", "lt", "Hello", "en")),
        (done("Labas labas labas", doubtful=True), Line("Emma", "Hello", "en")),
        (done(None, engine="none"), Line("Emma", "Hello", "en")),
        (done("Hello"), Line("Emma", "Hello", "en")),
        ({"lt": Translated("failed", reason="no_route")}, Line("Emma", "Hello", "en")),
        ({"pt": Translated("done", "Olá")}, Line("Emma", "Hello", "en")),
    ],
)
async def test_a_message_reads_as_in_the_chat(
    house: House, translations: dict[str, Translated], line: Line
) -> None:
    house.said("Hello", translations=translations)
    await house.after(seconds=60)
    ((_, answer),) = house.mailed
    assert list(answer.lines) == [line]


async def test_a_translation_under_way_is_waited_for_but_not_for_ever(house: House) -> None:
    house.said("Hello", translations={"lt": Translated("pending")})
    assert await house.after(seconds=60) == []
    assert await house.after(seconds=15) == []
    house.log[0] = replace(house.log[0], translations=done("Labas"))
    assert await house.after(seconds=15) == [["Labas"]]
    house.said("Again", translations={"lt": Translated("pending")})
    assert await house.after(minutes=5) == [["Labas"], ["Again"]]


async def test_of_very_many_messages_the_last_are_in_it_and_the_others_counted(house: House) -> None:
    for number in range(30):
        house.said(str(number))
    assert await house.after(seconds=60) == [[str(number) for number in range(10, 30)]]
    ((_, answer),) = house.mailed
    assert (answer.left_out, answer.through) == (10, 30)


async def test_a_full_disk_delays_it(house: House) -> None:
    house.refusal = Refused("storage_full")
    house.said("Hello")
    assert await house.after(seconds=60) == []
    house.refusal = None
    assert await house.after(seconds=60) == [["Hello"]]


async def test_a_forgotten_address_gets_nothing_of_what_was_noted(house: House) -> None:
    house.said("Hello")
    assert house.visitor is not None
    await house.answers.forget(house.visitor)
    assert await house.after(minutes=10) == []


async def test_a_mail_that_waits_is_wanted_until_it_has_been_seen_or_the_address_changed(
    house: House,
) -> None:
    last = house.said("Hello")
    letter = await house.write(Answer(house.visitor, [], 0, last))  # type: ignore[arg-type]
    mail = Mail(1, "c1", "ona@example.com", letter, "queued", 1, START, START + timedelta(minutes=1))
    assert await house.answers.wanted(mail)
    assert not await house.answers.wanted(replace(mail, recipient="old@example.com"))
    house.seen(last)
    assert not await house.answers.wanted(mail)
