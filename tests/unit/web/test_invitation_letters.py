"""What somebody reads who is invited to the team, and that nothing in it does harm."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.domain.mail import Letter, Mail
from appliance.domain.people import Agent
from appliance.i18n import Catalogues
from appliance.services.mail_message import one_line, to_bytes
from appliance.services.smtp_address import MailFrom
from appliance.services.workspace import WorkspaceSettings
from appliance.web.invitation_letters import Invitation, InvitationLetters
from tests.unit.web.test_answer_letters import Book

ROOT = Path(__file__).parents[3]
CATALOGUES = Catalogues(ROOT / "locales")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://chat.lumina.example/console/invite/l1.secret?lang=fa"


def boss(name: str = "Boss") -> Agent:
    return Agent(
        id="a1",
        name=name,
        email="boss@lumina.example",
        avatar="",
        language="en",
        role="admin",
        time_zone="Europe/Vilnius",
        password_hash=None,
        active=True,
        created_at=NOON,
        last_seen_at=None,
    )


async def letter(language: str, name: str = "Boss", workspace: str = "Lumina") -> Letter:
    letters = InvitationLetters(ROOT, CATALOGUES, WorkspaceSettings(Book(workspace)), "lumina.example")
    return await letters.write(Invitation("h1", boss(name), language, URL, NOON))


def parsed(of: Letter) -> EmailMessage:
    mail = Mail(1, None, "ana@example.com", of, "queued", 0, NOON, NOON)
    message = email.message_from_bytes(
        to_bytes(mail, of, MailFrom("chat@lumina.example"), NOON), policy=email.policy.default
    )
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def parts(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content_charset() == html.get_content_charset() == "utf-8"
    return plain.get_content(), html.get_content()


@pytest.mark.parametrize(
    ("language", "locale", "direction"),
    [
        ("en", "en", "ltr"),
        ("lt", "lt", "ltr"),
        ("fa", "fa", "rtl"),
        ("pt", "pt-BR", "ltr"),
        ("xx", "en", "ltr"),
    ],
)
async def test_it_is_in_the_language_of_who_is_invited(language: str, locale: str, direction: str) -> None:
    written = await letter(language)
    message = parsed(written)
    plain, html = parts(message)
    words = CATALOGUES.for_locale(locale, "mails")
    title = words.t("{name} invites you to the team of {workspace}", name="Boss", workspace="Lumina")
    assert message["Subject"] == one_line(title)
    assert message["Content-Language"] == locale
    assert f'<html lang="{locale}" dir="{direction}">' in html
    for part in (plain, html):
        assert title in part
        assert URL in part
        assert words.t("Join the team") in part
        # Until two in the afternoon where the inviting admin is.
        assert words.datetime(NOON, ZoneInfo("Europe/Vilnius")) in part
        assert "Europe/Vilnius" in part


async def test_nothing_about_it_is_a_list_to_leave() -> None:
    message = parsed(await letter("en"))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Lumina <chat@lumina.example>"
    for header in ("List-Unsubscribe", "List-Unsubscribe-Post", "Precedence", "References"):
        assert message[header] is None


@pytest.mark.parametrize("name", ["Eve\r\nBcc: all@example.com", "<script>alert(1)</script>", "\u202eevE"])
async def test_names_add_neither_headers_nor_markup(name: str) -> None:
    message = parsed(await letter("en", name, name))
    assert message["Bcc"] is None
    assert not set("\u202e\r\n") & set(message["Subject"])
    assert "<script>alert" not in parts(message)[1]
