"""How an operator writes down a mail server and whom mail is from."""

import pytest

from appliance.services.smtp_address import (
    MAIL_FROM_EXAMPLE,
    SMTP_URL_EXAMPLE,
    MailFrom,
    SmtpServer,
    parse_mail_from,
    parse_smtp_url,
)


@pytest.mark.parametrize(
    ("raw", "server"),
    [
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25, "if offered")),
        ("smtp://mail.example.com/?tls=none", SmtpServer("mail.example.com", 25, "none")),
        ("smtp://mail.example.com?tls=starttls", SmtpServer("mail.example.com", 587, "starttls")),
        ("smtp://a:b@mail.example.com", SmtpServer("mail.example.com", 587, "starttls", "a", "b")),
        ("smtp://a:b@mail.example.com:25?tls=none", SmtpServer("mail.example.com", 25, "none", "a", "b")),
        ("smtps://a%40x:b%2Fc@[::1]:4650", SmtpServer("::1", 4650, "at once", "a@x", "b/c")),
        ("smtps://mail.example.com", SmtpServer("mail.example.com", 465, "at once")),
    ],
)
def test_a_server_is_read(raw: str, server: SmtpServer) -> None:
    assert parse_smtp_url(raw) == server


@pytest.mark.parametrize(
    "raw",
    [
        *("mail.example.com", "http://secret:secret@mail.example.com", "smtp://", "smtp://:secret@"),
        *("smtp://secret@mail.example.com", "smtp://a:secret@mail.example.com:0", "smtp://h:99999"),
        *("smtp://a:secret@host?tls=maybe", "smtps://a:secret@host?tls=none", "smtp://a:secret@host?x=1"),
        *("smtp://a:secret@host/path", "smtp://a:secret@host#x", "smtp://a:secret@ho st", "smtp://[::1"),
        "smtp://a:secret%FF@host",
    ],
)
def test_what_is_none_is_told_without_repeating_it(raw: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_smtp_url(raw)
    assert str(error.value) == SMTP_URL_EXAMPLE


def test_a_server_shows_no_password() -> None:
    assert "hunter2" not in repr(parse_smtp_url("smtp://ona:hunter2@mail.example.com"))


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        ("chat@example.com", MailFrom("chat@example.com")),
        ("Lumina <chat@example.com>", MailFrom("chat@example.com", "Lumina")),
        ('"Lumina, Inc." <chat@example.com>', MailFrom("chat@example.com", "Lumina, Inc.")),
        ("Kavinė „Ąžuolas“ <chat@example.com>", MailFrom("chat@example.com", "Kavinė „Ąžuolas“")),
    ],
)
def test_whom_mail_is_from_is_read(raw: str, sender: MailFrom) -> None:
    assert parse_mail_from(raw) == sender


@pytest.mark.parametrize(
    "raw",
    ["Lumina", "chat@", "@example.com", "a@b", "a b@example.com", "Lumina <a@example.com>\r\nBcc: x@y.z"],
)
def test_who_is_nobody_is_told(raw: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_mail_from(raw)
    assert str(error.value) == MAIL_FROM_EXAMPLE
