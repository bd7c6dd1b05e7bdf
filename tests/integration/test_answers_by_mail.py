"""Visitors who have gone get their answers by mail: real servers, and a clock that is set."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from appliance.i18n import Catalogues
from tests.integration.people import get, post
from tests.load.free_port import free_port
from tests.support.clients import Socket, agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.clocked import ClockedServer, clocked
from tests.support.smtp_server import mail_server

CATALOGUES = Catalogues(Path(__file__).parents[2] / "locales")
START = "2026-03-02T09:00Z"
ADDRESS = "ona@kavine.example"


def house(data: Path, smtp_port: int, port: int) -> Any:
    return clocked(
        "demo",
        data,
        at=START,
        port=port,
        smtp_url=f"smtp://127.0.0.1:{smtp_port}?tls=none",
        mail_from="chat@lumina.example",
        public_url=f"http://127.0.0.1:{port}",
    )


async def come(server: ClockedServer, language: str, text: str, address: str = ADDRESS, **given: str) -> Any:
    """A visitor writes, leaves an address and goes."""
    session = await begin_visitor(server.url, language=language, **given)
    async with visitor_socket(server.url, session["token"]) as visitor:
        await visitor.send(type="send", client_id="v-1", text=text)
        await visitor.expect("ack")
        await visitor.send(type="email", email=address)
        await visitor.expect("presence", lambda frame: frame.get("email") is True)
    server.advance(seconds=20)
    return session


async def answer(agent: Socket, session: Any, client_id: str, text: str) -> None:
    await agent.send(type="send", conversation=session["conversation"], client_id=client_id, text=text)
    await agent.expect("ack", lambda frame: frame["client_id"] == client_id)


async def translated(agent: Socket, language: str) -> None:
    await agent.event(
        lambda event: (
            event["kind"] == "translation"
            and event["language"] == language
            and event["translation"]["status"] != "pending"
        )
    )


@asynccontextmanager
async def desk(server: ClockedServer) -> AsyncIterator[Socket]:
    async with agent_socket(server.url, await sign_in(server.link)) as agent:
        yield agent


async def test_what_a_visitor_has_not_seen_comes_as_one_mail_in_their_language(tmp_path: Path) -> None:
    async with mail_server() as mail:
        port = free_port()
        with house(tmp_path / "data", mail.port, port) as server:
            session = await come(
                server, "pt-BR", "Onde está o meu pedido?", page=f"http://127.0.0.1:{port}/?from=news"
            )
            async with desk(server) as agent:
                await agent.send(type="open", conversation=session["conversation"])
                await agent.expect("opened")
                await answer(agent, session, "a-1", "Your order arrives tomorrow.")
                await translated(agent, "pt-BR")
                server.advance(seconds=30)
                await answer(agent, session, "a-2", "48213")
                # A minute after the first, but not after the second.
                server.advance(seconds=40)
                server.advance(seconds=30)
                (one,) = await mail.delivered(1)
        words = CATALOGUES.for_locale("pt-BR", "mails")
        message = one.message
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
        assert plain is not None
        assert html is not None
        text = plain.get_content()
        assert "amanhã" in text
        assert "> Your order arrives tomorrow." in text
        assert "48213" in text
        assert words.t("Continue the conversation") in text
        assert f"http://127.0.0.1:{port}/?from=news" in text
        assert 'lang="pt-BR" dir="ltr"' in html.get_content()
        assert "amanhã" in html.get_content()
        assert (one.sender, one.recipient) == ("chat@lumina.example", ADDRESS)
        assert message["Auto-Submitted"] == "auto-generated"


async def test_a_visitor_who_reads_it_in_the_chat_gets_no_mail(tmp_path: Path) -> None:
    async with mail_server() as mail:
        with house(tmp_path / "data", mail.port, free_port()) as server:
            reader = await come(server, "en", "Hello")
            gone = await come(server, "en", "Hello too", "gone@example.com")
            async with desk(server) as agent:
                await answer(agent, reader, "a-1", "Hello back")
                async with visitor_socket(server.url, reader["token"]) as visitor:
                    welcome = await visitor.expect("welcome")
                    assert welcome["events"][-1]["text"] == "Hello back"
                    await visitor.send(type="seen", seq=welcome["events"][-1]["seq"])
                    await visitor.send(type="ping")
                    await visitor.expect("pong")
                server.advance(seconds=1)
                await answer(agent, gone, "a-2", "Hello to you")
                server.advance(seconds=61)
                # Theirs was due first, so it is not coming any more.
                (one,) = await mail.delivered(1)
                assert one.recipient == "gone@example.com"


async def test_mail_that_could_not_go_out_is_sent_after_a_restart(tmp_path: Path) -> None:
    smtp_port, port = free_port(), free_port()
    with house(tmp_path / "data", smtp_port, port) as server:
        session = await come(server, "fa", "سلام")
        async with desk(server) as agent:
            await answer(agent, session, "a-1", "One moment, please.")
            server.advance(seconds=61)
            server.wait_for("(The mail server takes no mail)")
        assert not [line for line in server.lines if ADDRESS in line]
    async with mail_server(port=smtp_port) as mail:
        with house(tmp_path / "data", smtp_port, port):
            (one,) = await mail.delivered(1)
    html = one.message.get_body(("html",))
    assert html is not None
    assert '<html lang="fa" dir="rtl">' in html.get_content()
    assert '<div lang="en" dir="ltr"' in html.get_content()


async def test_an_ended_server_leaves_no_answer_behind_that_was_not_yet_due(tmp_path: Path) -> None:
    async with mail_server() as mail:
        port = free_port()
        with house(tmp_path / "data", mail.port, port) as server:
            session = await come(server, "ja", "こんにちは")
            async with desk(server) as agent:
                await answer(agent, session, "a-1", "Good morning")
            server.kill()
        with house(tmp_path / "data", mail.port, port) as server:
            server.set("2026-03-02T09:10Z")
            (one,) = await mail.delivered(1)
        html = one.message.get_body(("html",))
        assert html is not None
        assert '<html lang="ja" dir="ltr">' in html.get_content()


@pytest.mark.parametrize("button", ["page", "mail program"])
async def test_the_link_in_a_mail_has_the_address_forgotten(tmp_path: Path, button: str) -> None:
    async with mail_server() as mail:
        with house(tmp_path / "data", mail.port, free_port()) as server:
            session = await come(server, "en", "Hello")
            async with desk(server) as agent:
                await answer(agent, session, "a-1", "Hello back")
                server.advance(seconds=61)
                (one,) = await mail.delivered(1)
                link = re.fullmatch(r"<(http\S+)>", one.message["List-Unsubscribe"])
                assert link is not None
                # Looking changes nothing: programs open links as well.
                asked = await get(link[1])
                assert asked.status_code == 200
                assert "Forget your address?" in asked.text
                if button == "page":
                    done = await post(link[1])
                else:
                    done = await post(link[1], **{"List-Unsubscribe": "One-Click"})
                assert "Your address is forgotten" in done.text
                assert (await get(link[1])).status_code == 410
                await answer(agent, session, "a-2", "One more thing")
                other = await come(server, "en", "Hi", "other@example.com")
                await answer(agent, other, "a-3", "Hi there")
                server.advance(seconds=70)
                two = await mail.delivered(2)
                assert [delivery.recipient for delivery in two] == [ADDRESS, "other@example.com"]


async def test_without_a_mail_server_no_address_is_asked_for(tmp_path: Path) -> None:
    with clocked("demo", tmp_path / "data", at=START) as server:
        session = await begin_visitor(server.url, language="en")
        async with visitor_socket(server.url, session["token"]) as visitor:
            await visitor.send(type="send", client_id="v-1", text="Hello")
            waiting = await visitor.expect("waiting", lambda frame: frame["region"] is not None)
            assert waiting["ask_email"] is False


async def test_below_an_answer_stands_what_admins_have_approved_for_its_reader(tmp_path: Path) -> None:
    async with mail_server() as mail:
        with house(tmp_path / "data", mail.port, free_port()) as server:
            cookie = await sign_in(server.link)
            wordings = {"en": "{agent}, {workspace}", "fa": "با احترام، {agent} از {workspace}"}
            async with httpx2.AsyncClient(trust_env=False) as http:
                saved = await http.post(
                    f"{server.url}/api/wordings/save",
                    json={"kind": "signature", "id": None, "expected": None, "wordings": wordings},
                    headers={"cookie": cookie},
                )
            assert saved.status_code == 200, saved.text
            persian = await come(server, "fa", "سلام")
            japanese = await come(server, "ja", "こんにちは", "yuki@example.com")
            async with agent_socket(server.url, cookie) as agent:
                await answer(agent, persian, "a-1", "Hello")
                await answer(agent, japanese, "a-2", "Hello to you")
                server.advance(minutes=6)
                mails = {one.recipient: one.message for one in await mail.delivered(2)}
            for recipient, signature, tag in [
                # Names in letters of the other direction keep their places.
                (ADDRESS, "با احترام، \u2068Emma\u2069 از \u2068Lumina\u2069", 'lang="fa" dir="rtl"'),
                # Nobody has written one in Japanese.
                ("yuki@example.com", "Emma, Lumina", 'lang="en" dir="ltr"'),
            ]:
                plain = mails[recipient].get_body(("plain",))
                html = mails[recipient].get_body(("html",))
                assert plain is not None
                assert html is not None
                assert f"\n-- \n{signature}\n" in plain.get_content().replace("\r\n", "\n")
                assert f'<div class="signature" {tag}' in html.get_content()
