"""Handing mail over: encrypted or not, signed in or not, and every way it can go wrong."""

import asyncio

import pytest

from appliance.services.smtp import NotSent, SmtpCarrier
from appliance.services.smtp_address import MailFrom, parse_smtp_url
from tests.load.free_port import free_port
from tests.support.smtp_server import MailServer, client_context, mail_server

FROM = MailFrom("chat@lumina.example")
MESSAGE = b"Subject: Hello\r\n\r\nA line\r\n.\r\nafter a dot\r\n"
USERS = {"ona@lumina": "p@ss:wörd"}


def carrier(url: str, **how: float) -> SmtpCarrier:
    return SmtpCarrier(parse_smtp_url(url), FROM, tls_context=client_context(), **how)  # type: ignore[arg-type]


async def problem(url: str, **how: float) -> NotSent:
    with pytest.raises(NotSent) as refusal:
        await carrier(url, **how).carry(MESSAGE, "visitor@example.com")
    return refusal.value


async def test_a_message_arrives_as_it_was() -> None:
    async with mail_server() as server:
        await carrier(f"smtp://127.0.0.1:{server.port}").carry(MESSAGE, "visitor@example.com")
    (one,) = server.deliveries
    assert one.content == MESSAGE
    assert (one.sender, one.recipient, one.encrypted, one.user) == (
        "chat@lumina.example",
        "visitor@example.com",
        False,
        None,
    )


@pytest.mark.parametrize("query", ["", "?tls=starttls"])
async def test_a_password_goes_over_an_encrypted_connection(query: str) -> None:
    async with mail_server(starttls=True, users=USERS) as server:
        url = f"smtp://ona%40lumina:p%40ss%3Aw%C3%B6rd@127.0.0.1:{server.port}{query}"
        await carrier(url).carry(MESSAGE, "visitor@example.com")
    (one,) = server.deliveries
    assert (one.encrypted, one.user) == (True, "ona@lumina")
    assert server.commands.index("STARTTLS") < server.commands.index("AUTH")


async def test_a_connection_may_be_encrypted_from_the_first_byte() -> None:
    async with mail_server(tls_at_once=True) as server:
        await carrier(f"smtps://localhost:{server.port}").carry(MESSAGE, "visitor@example.com")
    assert server.deliveries[0].encrypted


async def test_what_is_offered_is_taken() -> None:
    async with mail_server(starttls=True) as server:
        await carrier(f"smtp://127.0.0.1:{server.port}").carry(MESSAGE, "visitor@example.com")
        await carrier(f"smtp://127.0.0.1:{server.port}?tls=none").carry(MESSAGE, "visitor@example.com")
    assert [delivery.encrypted for delivery in server.deliveries] == [True, False]


async def test_a_server_without_encryption_gets_no_password() -> None:
    async with mail_server(users=USERS) as server:
        found = await problem(f"smtp://ona%40lumina:secret@127.0.0.1:{server.port}")
    assert (found.server, found.final) == (True, False)
    assert "AUTH" not in server.commands


async def test_a_certificate_nobody_knows_is_not_believed() -> None:
    async with mail_server(starttls=True) as server:
        unknown = SmtpCarrier(parse_smtp_url(f"smtp://127.0.0.1:{server.port}?tls=starttls"), FROM)
        with pytest.raises(NotSent) as refusal:
            await unknown.carry(MESSAGE, "visitor@example.com")
    assert refusal.value.server
    assert "certificate" in refusal.value.problem.lower()
    assert "MAIL" not in server.commands


async def test_a_wrong_password_is_the_operators_to_put_right() -> None:
    async with mail_server(starttls=True, users=USERS) as server:
        found = await problem(f"smtp://ona%40lumina:secret@127.0.0.1:{server.port}")
    assert (found.server, found.final) == (True, False)
    assert found.problem.startswith("535 ")
    assert "secret" not in found.problem


@pytest.mark.parametrize(
    ("command", "answer", "server_wide", "final"),
    [
        ("RCPT", "550 5.1.1 no such user", False, True),
        ("RCPT", "450 4.2.0 try later", False, False),
        ("DATA", "554 5.7.1 looks like spam", False, True),
        ("DATA", "452 4.3.1 no room", False, False),
        ("MAIL", "553 5.7.1 who are you", True, False),
        ("MAIL", "421 4.3.2 closing", True, False),
        ("EHLO", "554 5.7.1 go away", True, False),
    ],
)
async def test_what_a_server_says_decides_whether_it_is_tried_again(
    command: str, answer: str, server_wide: bool, final: bool
) -> None:
    async with mail_server(answers={command: answer, "HELO": "554 no"}) as server:
        found = await problem(f"smtp://127.0.0.1:{server.port}?tls=none")
    assert (found.server, found.final) == (server_wide, final)
    assert not server.deliveries


@pytest.mark.parametrize("command", ["EHLO", "RCPT", "DATA"])
async def test_a_server_that_says_nothing_is_not_waited_for_longer_than_set(command: str) -> None:
    async with mail_server(silent={command}) as server:
        found = await problem(f"smtp://127.0.0.1:{server.port}?tls=none", step_seconds=0.2)
    assert (found.server, found.final) == (True, False)


async def test_nobody_there() -> None:
    found = await problem(f"smtp://127.0.0.1:{free_port()}")
    assert (found.server, found.final) == (True, False)


async def test_who_stops_waiting_leaves_no_connection_behind() -> None:
    async with mail_server(silent={"DATA"}) as server:
        url = f"smtp://127.0.0.1:{server.port}?tls=none"
        task = asyncio.create_task(carrier(url).carry(MESSAGE, "visitor@example.com"))
        await server.heard("DATA")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert isinstance(server, MailServer)
    assert not server.deliveries
