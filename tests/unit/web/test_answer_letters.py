"""What a visitor reads in a mail: in their language and direction, with nothing in it that does harm."""

import email
import email.policy
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from appliance.domain.mail import Letter, Mail
from appliance.domain.people import Visitor
from appliance.domain.texts import Said, said
from appliance.i18n import Catalogues
from appliance.services.answers_by_mail import Answer, Line
from appliance.services.mail_message import one_line, to_bytes
from appliance.services.smtp_address import MailFrom
from appliance.services.workspace import WorkspaceSettings
from appliance.web.answer_letters import AnswerLetters

ROOT = Path(__file__).parents[3]
CATALOGUES = Catalogues(ROOT / "locales")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FORGET = "https://chat.lumina.example/mail/forget/f1.v1.signed"


class Book:
    """Settings of a workspace."""

    def __init__(self, name: str) -> None:
        self.workspace = {"name": name, "sites": ["https://shop.example"]}

    async def read(self) -> dict[str, Any]:
        return {"workspace": self.workspace}

    async def write(self, values: object) -> None:
        raise AssertionError("nothing is to be written")


def visitor(language: str, page: str | None = "https://shop.example/lamps?x=1") -> Visitor:
    return Visitor("v1", 1, "c1", language, "Ona", None, page, None, NOON, NOON, email="ona@example.com")


async def letter_of(
    answer: Answer, workspace: str = "Lumina", signature: Mapping[str, str] | None = None
) -> Letter:
    """`signature`: what admins have approved, by locale."""

    async def token(of: Visitor) -> str:
        return "f1.v1.signed"

    async def signed(language: str) -> Said | None:
        return said(signature or {}, language)

    letters = AnswerLetters(
        ROOT,
        CATALOGUES,
        WorkspaceSettings(Book(workspace)),
        token,
        signed,
        "https://chat.lumina.example",
        "lumina.example",
    )
    return await letters.write(answer)


def parsed(letter: Letter, sender: MailFrom | None = None) -> EmailMessage:
    mail = Mail(1, "c1", "ona@example.com", letter, "queued", 0, NOON, NOON)
    raw = to_bytes(mail, letter, sender or MailFrom("chat@lumina.example"), NOON)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def parts(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content_charset() == html.get_content_charset() == "utf-8"
    return plain.get_content(), html.get_content()


TRANSLATED = {
    "en": ("Your order arrives tomorrow.", "Sua encomenda chega amanhã.", "pt"),
    "lt": ("Jūsų užsakymas atvyks rytoj.", "Your order arrives tomorrow.", "en"),
    "fa": ("سفارش شما فردا می‌رسد.", "Your order arrives tomorrow.", "en"),
    "ja": ("ご注文の品は明日届きます。", "Your order arrives tomorrow.", "en"),
}


@pytest.mark.parametrize(
    ("locale", "direction"), [("en", "ltr"), ("lt", "ltr"), ("fa", "rtl"), ("ja", "ltr")]
)
async def test_it_speaks_the_visitors_language(locale: str, direction: str) -> None:
    text, original, source = TRANSLATED[locale]
    answer = Answer(visitor(locale), [Line("Emma", text, locale, original, source)], 2, 7)
    letter = await letter_of(answer)
    message = parsed(letter)
    plain, html = parts(message)
    words = CATALOGUES.for_locale(locale, "mails")
    title = words.t("{name} of {workspace} has answered you", name="Emma", workspace="Lumina")
    assert message["Subject"] == one_line(title)
    assert message["Content-Language"] == locale
    for part in (plain, html):
        assert title in part
        assert text in part
        assert words.t("Translated from {language}", language=words.language_name(source)) in part
        assert words.t("Forget my address") in part
        assert (
            words.tn("{n} earlier message is in the chat.", "{n} earlier messages are in the chat.", 2)
            in part
        )
        assert "https://shop.example/lamps?x=1" in part
        assert FORGET in part
    assert f"> {original}" in plain
    assert f'<html lang="{locale}" dir="{direction}">' in html
    assert f'<div lang="{locale}" dir="{direction}"' in html
    assert f'lang="{source}" dir="ltr"' in html
    assert original in html


async def test_it_is_plain_that_a_program_sent_it_and_how_to_stop_it() -> None:
    letter = await letter_of(Answer(visitor("en"), [Line("Emma", "Hello", "en")], 0, 7))
    message = parsed(letter)
    assert message["From"] == "Lumina <chat@lumina.example>"
    assert message["To"] == "ona@example.com"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["List-Unsubscribe"] == f"<{FORGET}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@lumina.example>")
    assert message["References"] == "<c1@lumina.example>"
    assert message["Date"].datetime == NOON


async def test_who_wrote_stands_before_each_message_where_there_are_several() -> None:
    lines = [Line("Emma", "Hello", "en"), Line("Ana", "Hello from me too", "en")]
    plain, html = parts(parsed(await letter_of(Answer(visitor("en"), lines, 0, 7))))
    assert "Lumina has answered you" in plain
    assert "Emma:\nHello" in plain
    assert "Ana:\nHello from me too" in plain
    assert "<bdi>Ana</bdi>" in html


@pytest.mark.parametrize(
    "page",
    [
        None,
        "https://evil.example/",
        "https://shop.example.evil.example/",
        "https://shop.example@evil.example/",
        "http://shop.example/",
        "javascript:alert(1)",
        "https://[::1",
    ],
)
async def test_it_leads_to_pages_of_the_workspaces_sites_alone(page: str | None) -> None:
    letter = await letter_of(Answer(visitor("en", page), [Line("Emma", "Hello", "en")], 0, 7))
    for part in (letter.text, letter.html):
        assert "Continue the conversation" not in part
        assert "evil" not in part
        assert "javascript" not in part


async def test_an_address_of_a_page_can_not_leave_its_place() -> None:
    page = 'https://u:p@shop.example/"><script>?a="&b=\u202e#frag'
    letter = await letter_of(Answer(visitor("en", page), [Line("Emma", "Hello", "en")], 0, 7))
    assert "<script" not in letter.html
    assert "https://shop.example/%22%3E%3Cscript%3E?a=%22&b=%E2%80%AE" in letter.text


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: all@example.com\r\n\r\n<b>body</b>",
        "Eve\x00\x0b\x85\u2028Bcc: all@example.com",
        "\u202eevE\u2066 \ufeff",
        'Eve" <eve@evil.example>, "',
        "=?utf-8?q?Bcc?=",
        "名" * 400,
        "<script>alert(1)</script>",
    ],
)
async def test_names_can_neither_add_headers_nor_markup(name: str) -> None:
    letter = await letter_of(Answer(visitor("en"), [Line(name, "Hello", "en")], 0, 7), workspace=name)
    message = parsed(letter)
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["From"].addresses] == ["chat@lumina.example"]
    assert [address.addr_spec for address in message["To"].addresses] == ["ona@example.com"]
    assert len(message["Subject"]) <= 200
    assert not set("\u202e\u2066\u2028\x00\r\n") & set(message["Subject"])
    _, html = parts(message)
    assert "<script>alert" not in html
    assert "<b>body" not in html


async def test_huge_and_strange_texts_arrive_whole() -> None:
    text = "\u202e.gnorts\nA line that ends\n.\n" + "長" * 5000 + "&<>\"'</div>"
    lines = [Line("Emma", text, "ja")] * 20
    plain, html = parts(parsed(await letter_of(Answer(visitor("ja"), lines, 80, 7))))
    assert plain.count(text) == 20
    assert "&lt;/div&gt;" in html
    assert html.count("長" * 5000) == 20


async def test_a_name_set_for_mail_comes_before_the_workspaces() -> None:
    letter = await letter_of(Answer(visitor("en"), [Line("Emma", "Hello", "en")], 0, 7))
    sender = MailFrom("chat@lumina.example", 'Kavinė "Ąžuolas", UAB')
    (address,) = parsed(letter, sender)["From"].addresses
    assert address.display_name == 'Kavinė "Ąžuolas", UAB'


SIGNATURES = {
    "en": "{agent}, {workspace}\nEvery day from 9 to 5",
    "lt": "{agent} iš „{workspace}“",
    "fa": "{agent} از {workspace}",
}


@pytest.mark.parametrize(
    ("language", "locale", "direction", "text"),
    [
        ("en", "en", "ltr", "Ana, Lumina\nEvery day from 9 to 5"),
        ("lt", "lt", "ltr", "Ana iš „Lumina“"),
        # Names in letters of the other direction are isolated, so that they keep their places.
        ("fa", "fa", "rtl", "\u2068Ana\u2069 از \u2068Lumina\u2069"),
        # Nobody has written one in Japanese.
        ("ja", "en", "ltr", "Ana, Lumina\nEvery day from 9 to 5"),
    ],
)
async def test_what_admins_wrote_stands_below_in_a_language_of_its_own(
    language: str, locale: str, direction: str, text: str
) -> None:
    lines = [Line("Emma", "Hello", "en"), Line("Ana", "Hello from me too", "en")]
    answer = Answer(visitor(language), lines, 0, 7)
    plain, html = parts(parsed(await letter_of(answer, signature=SIGNATURES)))
    assert f'<html lang="{language}"' in html
    assert f'<div class="signature" lang="{locale}" dir="{direction}"' in html
    assert f">{text}</div>" in html
    # One rule, and below it the signature before the notes.
    assert plain.count("\n-- \n") == 1
    words = CATALOGUES.for_locale(language, "mails")
    unread = words.t("Nobody reads answers to this mail. Write in the chat instead.")
    assert f"\n-- \n{text}\n\n{unread}\n" in plain


async def test_a_signature_is_text_whatever_stands_in_it() -> None:
    lines = [Line("<b>Emma</b>", "Hello", "en")]
    signature = {"en": "<script>alert(1)</script> {agent} {visitor} &amp;"}
    letter = await letter_of(Answer(visitor("en"), lines, 0, 7), "{agent}", signature)
    plain, html = parts(parsed(letter))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;Emma&lt;/b&gt; {visitor} &amp;amp;" in html
    assert "<script>alert(1)</script> <b>Emma</b> {visitor} &amp;" in plain


async def test_whoever_has_no_name_signs_as_the_workspace() -> None:
    letter = await letter_of(
        Answer(visitor("en"), [Line(None, "Hello", "en")], 0, 7), signature={"en": "Yours, {agent}"}
    )
    assert "\n-- \nYours, Lumina\n" in letter.text


async def test_without_a_signature_there_is_none() -> None:
    letter = await letter_of(Answer(visitor("en"), [Line("Emma", "Hello", "en")], 0, 7))
    assert 'class="signature"' not in letter.html
    assert "\n-- \nNobody reads answers to this mail." in letter.text
