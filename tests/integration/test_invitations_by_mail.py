"""Teammates get the link to join by mail, in their language, though mail servers may refuse."""

import re
from pathlib import Path

from tests.integration.people import get, join, post
from tests.integration.test_answers_by_mail import CATALOGUES, house
from tests.load.free_port import free_port
from tests.support.clients import sign_in
from tests.support.clocked import ClockedServer
from tests.support.server import serving
from tests.support.smtp_server import Delivery, mail_server

ANA = "ana@lumina.example"


async def invite(url: str, cookie: str, email: str = ANA, **more: str) -> str:
    """The page that follows."""
    form = {"email": email, "name": "Ana", "role": "agent", **more}
    answer = await post(f"{url}/console/team/invite", cookie=cookie, **form)
    assert answer.status_code == 200, answer.text
    return answer.text


def link_on(page: str) -> str:
    found = re.search(r'value="(http://\S+/console/invite/[^"]+)"', page)
    assert found is not None
    return found[1]


def parts(one: Delivery) -> tuple[str, str]:
    plain, html = one.message.get_body(("plain",)), one.message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


async def test_the_link_comes_in_the_language_that_was_chosen_and_lets_in(tmp_path: Path) -> None:
    async with mail_server() as mail:
        with house(tmp_path / "data", mail.port, free_port()) as server:
            page = await invite(server.url, await sign_in(server.link), language="fa")
            assert f"The link has been sent to {ANA}, in Persian." in page
            (one,) = await mail.delivered(1)
            plain, html = parts(one)
            assert (one.sender, one.recipient) == ("chat@lumina.example", ANA)
            assert one.message["Content-Language"] == "fa"
            assert '<html lang="fa" dir="rtl">' in html
            words = CATALOGUES.for_locale("fa", "mails")
            assert words.t("Join the team") in plain
            # The same link that the page shows; it speaks Persian from the first word on.
            link = link_on(page)
            assert link in plain
            assert link in html
            assert '<html lang="fa" dir="rtl"' in (await get(link)).text
            assert (await join(link, "Ana", "fa")).status_code == 303


async def test_without_a_choice_it_is_in_the_inviting_admins(tmp_path: Path) -> None:
    async with mail_server() as mail:
        with house(tmp_path / "data", mail.port, free_port()) as server:
            cookie = await sign_in(server.link)
            form = {"name": "Emma", "language": "lt", "time_zone": "Europe/Vilnius"}
            await post(f"{server.url}/console/profile", cookie=cookie, **form)
            await invite(server.url, cookie)
            (one,) = await mail.delivered(1)
            assert one.message["Content-Language"] == "lt"


async def test_what_can_not_be_sent_is_said_and_the_link_is_there(tmp_path: Path) -> None:
    async with mail_server() as mail:
        mail.answers["RCPT"] = "550 5.1.1 no such user"
        with house(tmp_path / "data", mail.port, free_port()) as server:
            cookie = await sign_in(server.link)
            page = await invite(server.url, cookie)
            assert "The link could not be sent by mail." in page
            assert (await get(link_on(page))).status_code == 200
            mail.answers["RCPT"] = "451 4.2.2 mailbox full"
            page = await invite(server.url, cookie, "rui@lumina.example")
            assert "The mail with the link has not gone out yet, and is tried again." in page
            assert (await get(link_on(page))).status_code == 200


async def test_a_link_that_has_ended_is_not_sent_any_more(tmp_path: Path) -> None:
    async with mail_server() as mail:
        mail.answers["RCPT"] = "451 4.2.2 mailbox full"
        with house(tmp_path / "data", mail.port, free_port()) as server:
            cookie = await sign_in(server.link)
            await invite(server.url, cookie, "withdrawn@lumina.example")
            await withdraw_all(server, cookie)
            await invite(server.url, cookie, "again@lumina.example")
            # The second link ends the first.
            last = link_on(await invite(server.url, cookie, "again@lumina.example"))
            mail.answers.clear()
            server.advance(minutes=2)
            (one,) = await mail.delivered(1)
            assert last in parts(one)[0]
            server.advance(minutes=30)
            await invite(server.url, cookie, "new@lumina.example")
            two = await mail.delivered(2)
            assert [one.recipient for one in two] == ["again@lumina.example", "new@lumina.example"]


async def withdraw_all(server: ClockedServer, cookie: str) -> None:
    page = (await get(f"{server.url}/console/team", cookie=cookie)).text
    for path in re.findall(r'action="(/console/team/invitations/[^"]+/withdraw)"', page):
        assert (await post(server.url + path, cookie=cookie)).status_code == 303


async def test_where_no_mail_is_sent_the_page_asks_to_pass_the_link_on(tmp_path: Path) -> None:
    with serving("demo", tmp_path / "data") as server:
        page = await invite(server.url, await sign_in(server.link), language="pt-BR")
        assert "Send this link yourself." in page
        assert link_on(page).endswith("?lang=pt-BR")


async def test_bad_choices_invite_nobody(tmp_path: Path) -> None:
    async with mail_server() as mail:
        with house(tmp_path / "data", mail.port, free_port()) as server:
            cookie = await sign_in(server.link)
            for wrong in ({"language": "../../etc"}, {"role": "owner"}, {"email": "ana@@lumina"}):
                form = {"email": ANA, "name": "Ana", "role": "agent", "language": "en", **wrong}
                answer = await post(f"{server.url}/console/team/invite", cookie=cookie, **form)
                assert answer.status_code == 400
                assert "Nobody has been invited yet." in answer.text
            page = (await get(f"{server.url}/console/team", cookie=cookie)).text
            assert ANA not in page
            assert mail.deliveries == []
