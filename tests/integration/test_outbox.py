"""The outbox on real SQLite: tried again later and later, given up in the end, never twice to the eye."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from appliance.domain.mail import Letter, Mail
from appliance.domain.refusal import Refused
from appliance.services import outbox as outbox_module
from appliance.services.outbox import Outbox
from appliance.services.smtp import NotSent
from appliance.services.smtp_address import MailFrom
from appliance.storage import models
from appliance.storage.database import open_database
from appliance.storage.mail import MailBook
from appliance.storage.schema import hold
from tests.conftest import Clock

DOWN = NotSent("Connection refused", server=True)
FULL = NotSent("452 4.2.2 mailbox full")
NOBODY = NotSent("550 5.1.1 no such user", final=True)


@dataclass
class Carrier:
    """Takes what it gets, or refuses it as the test says."""

    refusal: NotSent | None = None
    tried: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)

    async def carry(self, message: bytes, recipient: str) -> None:
        self.tried.append(recipient)
        if self.refusal is not None:
            raise self.refusal
        self.taken.append(message)


class Desk:
    """An outbox with what is around it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.carrier = Carrier()
        self.unwanted: set[str] = set()
        self.outbox = self.started_anew()

    def started_anew(self) -> Outbox:
        self.outbox = Outbox(
            MailBook(),
            self.carrier,
            MailFrom("chat@lumina.example"),
            self.wanted,
            self.clock,
            self.never,
        )
        return self.outbox

    async def wanted(self, mail: Mail) -> bool:
        return mail.recipient not in self.unwanted

    async def never(self, at: datetime) -> None:
        raise AssertionError("nobody waits in these tests")

    async def put(self, name: str) -> None:
        await self.outbox.put(f"c-{name}", f"{name}@example.com", letter(name))

    async def work(self) -> None:
        """All that is due now."""
        while (until := await self.outbox.attempt()) is not None and until <= self.clock():
            pass

    async def until(self, end: datetime) -> list[datetime]:
        """Works on, moving the clock from one attempt to the next; gives the times of attempts."""
        times = []
        while True:
            before = len(self.carrier.tried)
            until = await self.outbox.attempt()
            times += [self.clock()] * (len(self.carrier.tried) - before)
            if until is None or until > end:
                return times
            self.clock.now = max(until, self.clock.now)


def letter(name: str) -> Letter:
    return Letter(
        message_id=f"<{name}@lumina.example>",
        thread=f"<c-{name}@lumina.example>",
        sender="Lumina",
        subject="Lumina has answered you",
        text="Hello",
        html="<p>Hello</p>",
        language="en",
        forget_url="https://chat.lumina.example/mail/forget/f1.x.y",
        through=3,
    )


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield Desk(clock)


async def standing(name: str) -> tuple[str, int, str | None]:
    row = await models.Mail.get(recipient=f"{name}@example.com")
    return row.status, row.attempts, row.problem


async def test_a_mail_is_sent_once_and_its_words_are_not_kept(desk: Desk) -> None:
    await desk.put("ona")
    await desk.work()
    desk.started_anew()
    await desk.work()
    assert desk.carrier.tried == ["ona@example.com"]
    assert await standing("ona") == ("sent", 1, None)
    row = await models.Mail.get(recipient="ona@example.com")
    assert row.body == {"through": 3}
    assert await MailBook().through("c-ona") == 3


async def test_a_full_mailbox_is_tried_again_later_and_later_for_three_days(desk: Desk, clock: Clock) -> None:
    desk.carrier.refusal = FULL
    start = clock()
    await desk.put("ona")
    times = await desk.until(start + timedelta(days=30))
    pauses = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert pauses[:6] == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=3),
        timedelta(hours=6),
    ]
    assert set(pauses[6:]) == {timedelta(hours=6)}
    assert timedelta(days=3) <= times[-1] - start < timedelta(days=3, hours=6)
    assert await standing("ona") == ("failed", len(times), "452 4.2.2 mailbox full")


async def test_an_address_that_is_none_is_not_tried_again_and_keeps_nobody_waiting(desk: Desk) -> None:
    desk.carrier.refusal = NOBODY
    await desk.put("nobody")
    await desk.work()
    desk.carrier.refusal = None
    await desk.put("ona")
    await desk.work()
    assert desk.carrier.tried == ["nobody@example.com", "ona@example.com"]
    assert await standing("nobody") == ("failed", 1, "550 5.1.1 no such user")
    assert (await standing("ona"))[0] == "sent"


async def test_while_the_server_is_down_one_mail_a_minute_is_tried_and_all_go_when_it_is_back(
    desk: Desk, clock: Clock
) -> None:
    desk.carrier.refusal = DOWN
    start = clock()
    for name in ("ona", "ali", "mei"):
        await desk.put(name)
    times = await desk.until(start + timedelta(hours=2))
    assert len({at.replace(second=0) for at in times}) == len(times)
    clock.now = start + timedelta(hours=12)
    desk.carrier.refusal = None
    await desk.work()
    assert len(desk.carrier.taken) == 3
    assert (await standing("mei"))[0] == "sent"


async def test_a_new_start_does_not_wait_for_the_pause_of_the_old_one(desk: Desk, clock: Clock) -> None:
    desk.carrier.refusal = DOWN
    await desk.put("ona")
    await desk.until(clock() + timedelta(hours=5))
    desk.carrier.refusal = None
    desk.started_anew()
    await desk.work()
    assert len(desk.carrier.taken) == 1


async def test_tries_again_with_the_same_message_id(desk: Desk, clock: Clock) -> None:
    await desk.put("ona")
    await desk.work()
    # As after a crash between the server's word and ours.
    await models.Mail.filter(recipient="ona@example.com").update(status="queued", body=asdict(letter("ona")))
    await desk.work()
    ids = {line for taken in desk.carrier.taken for line in taken.splitlines() if b"Message-ID" in line}
    assert ids == {b"Message-ID: <ona@lumina.example>"}


async def test_what_nobody_needs_any_more_is_dropped(desk: Desk) -> None:
    desk.carrier.refusal = DOWN
    await desk.put("ona")
    await desk.work()
    desk.unwanted.add("ona@example.com")
    desk.carrier.refusal = None
    desk.started_anew()
    await desk.work()
    assert desk.carrier.taken == []
    assert await models.Mail.all().count() == 0


async def test_a_forgotten_address_is_in_no_row(desk: Desk, clock: Clock) -> None:
    await desk.put("ona")
    await desk.work()
    await desk.put("ona")
    await MailBook().forget("c-ona")
    await desk.work()
    assert len(desk.carrier.taken) == 1
    assert await models.Mail.filter(recipient="ona@example.com").count() == 0
    assert await MailBook().through("c-ona") == 3


async def test_there_is_an_end_to_what_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "MOST", 2)
    await desk.put("ona")
    await desk.put("ali")
    with pytest.raises(Refused, match="busy"):
        await desk.put("mei")


async def test_no_address_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "appliance")
    for refusal in (None, FULL, DOWN, NOBODY):
        desk.carrier.refusal = refusal
        await desk.put("ona")
        desk.started_anew()
        await desk.work()
    assert "ona@" not in caplog.text


@pytest.mark.parametrize(
    ("refusal", "status"), [(None, "sent"), (FULL, "queued"), (DOWN, "queued"), (NOBODY, "failed")]
)
async def test_whoever_waits_hears_of_the_first_attempt(
    desk: Desk, refusal: NotSent | None, status: str
) -> None:
    desk.carrier.refusal = refusal
    alone = replace(letter("ana"), thread=None, forget_url=None, through=0, invitation="h1")
    async with asyncio.TaskGroup() as group:
        told = group.create_task(desk.outbox.put_and_see("ana@example.com", alone, 20))
        while not told.done():
            await asyncio.sleep(0)
            await desk.work()
    assert told.result() == status
    assert (await standing("ana"))[0] == status
    assert (await models.Mail.get(recipient="ana@example.com")).conversation_id is None


async def test_nobody_waits_longer_than_they_want_to(desk: Desk) -> None:
    assert await desk.outbox.put_and_see("ana@example.com", letter("ana"), 0) == "queued"
    await desk.work()
    assert await standing("ana") == ("sent", 1, None)
