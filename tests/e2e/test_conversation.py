"""The main job: two people who share no language talk to each other."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.support.server import Server

pytestmark = pytest.mark.browser

TURNS = [
    # who, what they write, what the other side must be able to read of it
    ("visitor", "Olá! Onde está o meu pedido 48213?", r"where is my order.*48213"),
    ("agent", "Hello! Your order left our warehouse on Tuesday.", r"pedido.*terça-feira"),
    ("visitor", "Comprei uma lâmpada na semana passada e ela chegou quebrada.", r"lamp.*week.*broke"),
    ("agent", "Could you send me a photo of the damaged lamp?", r"foto.*lâmpada"),
    ("visitor", "Prefiro receber o meu dinheiro de volta.", r"money"),
    ("agent", "We will refund you within 5 business days.", r"reembols.*5 dias"),
]


def stored_texts(data_dir: Path) -> list[str]:
    """The originals, in order, as the database has them."""
    with closing(sqlite3.connect(f"file:{data_dir / 'dragoman.db'}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT body FROM event WHERE kind = 'message' ORDER BY seq").fetchall()
    return [json.loads(body)["text"] for (body,) in rows]


def test_six_turns_in_two_languages(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    sockets: list[WebSocketRoute] = []

    def pass_on(route: WebSocketRoute) -> None:
        route.connect_to_server()
        sockets.append(route)

    visitor_context = new_context(locale="pt-BR", timezone_id="America/Sao_Paulo")
    agent_context = new_context(locale="en", timezone_id="Europe/Vilnius")
    visitor = VisitorSide(visitor_context.new_page())
    agent = AgentSide(agent_context.new_page())
    agent.page.route_web_socket(re.compile("/api/agent/socket"), pass_on)

    agent.sign_in(demo.link)
    visitor.open(demo.url)
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "pt-BR")

    for number, (who, text, readable) in enumerate(TURNS, 1):
        if who == "visitor":
            visitor.write(text)
            visitor.expect_text(re.escape(text))
            if number == 1:
                agent.open_first()
            agent.expect_text(readable)
        else:
            agent.write(text)
            visitor.expect_text(readable)
        if number == 2:
            # The visitor goes on to another page of the shop.
            visitor.page.reload()
            visitor.come_back()
            visitor.expect_text(TURNS[1][2])
            expect(visitor.chat.locator("#list").get_by_text(TURNS[0][1])).to_have_count(1)
        if number == 4:
            # The agent's connection breaks; the console finds its own way back.
            before = len(sockets)
            sockets[-1].close(code=1012)
            visitor.write("Um momento, por favor.")
            agent.expect_text(r"moment")
            assert len(sockets) > before, "the console opened another socket"
            expect(
                agent.page.locator("#messages").get_by_text(re.compile("moment", re.IGNORECASE))
            ).to_have_count(1)

    picture(visitor.page, "conversation-visitor-pt-BR")
    picture(agent.page, "conversation-agent-en")

    # The agent can read what was really written, and the visitor too.
    agent.page.locator("#originals").click()
    agent.expect_text(re.escape(TURNS[0][1]))
    expected = [text for _, text, _ in TURNS]
    expected.insert(4, "Um momento, por favor.")
    assert stored_texts(demo.data_dir) == expected


def test_the_visitor_sees_the_original_of_a_translated_answer(
    demo: Server, new_context: ContextMaker
) -> None:
    visitor = VisitorSide(new_context(locale="pt-BR").new_page())
    agent = AgentSide(new_context(locale="en").new_page())
    agent.sign_in(demo.link)
    visitor.open(demo.url)
    visitor.write("Quando vai chegar?")
    agent.open_first()
    agent.write("It arrives tomorrow.")
    translated = visitor.expect_text("amanhã")
    assert translated.evaluate("node => node.closest('[lang]').lang").startswith("pt")
    visitor.chat.get_by_text("Ver original").click()
    original = visitor.expect_text("It arrives tomorrow.")
    assert original.evaluate("node => node.closest('[lang]').lang") == "en"
