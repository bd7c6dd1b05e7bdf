"""A visitor writes another language than the one chosen: both sides are told, nothing switches by itself."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.support.server import serving

pytestmark = pytest.mark.browser

PORTUGUESE = ("Onde está o meu pedido?", "Estou à espera há duas semanas, por favor")


def test_accepting_switches_and_makes_what_was_written_understood(
    tmp_path: Path, new_context: ContextMaker
) -> None:
    with serving("demo", tmp_path / "data") as server:
        visitor = VisitorSide(new_context(locale="en").new_page())
        agent = AgentSide(new_context(locale="en").new_page())
        agent.sign_in(server.link)
        visitor.open(server.url)
        offer, send = visitor.chat.locator("#offer"), visitor.chat.locator("#send")
        visitor.write(PORTUGUESE[0])
        agent.open_first()
        agent.expect_text("Onde está o meu pedido")
        expect(offer).to_be_hidden()
        visitor.write(PORTUGUESE[1])
        expect(offer).to_be_visible()
        assert offer.get_attribute("lang") == "pt-BR"
        hint = agent.page.locator("#writes")
        expect(hint).to_contain_text("Portuguese")
        expect(hint).to_contain_text("English")
        # Nothing has switched, and the visitor can go on as before.
        expect(send).to_have_attribute("aria-label", "Send")

        offer.get_by_role("button").first.press("Enter")
        expect(offer).to_be_hidden()
        expect(visitor.box).to_be_focused()
        expect(send).to_have_attribute("aria-label", "Enviar")
        expect(hint).to_be_hidden()
        agent.expect_text("Where is my")
        agent.expect_text("two weeks")


def test_dismissing_is_remembered_for_the_conversation(tmp_path: Path, new_context: ContextMaker) -> None:
    with serving("demo", tmp_path / "data") as server:
        visitor = VisitorSide(new_context(locale="en").new_page())
        visitor.open(server.url)
        offer = visitor.chat.locator("#offer")
        for text in PORTUGUESE:
            visitor.write(text)
        expect(offer).to_be_visible()
        offer.get_by_role("button").last.click()
        expect(offer).to_be_hidden()
        visitor.write("Ninguém me responde, o que devo fazer?")
        visitor.expect_text("Ninguém me responde")
        visitor.page.reload()
        visitor.come_back()
        visitor.expect_text("Ninguém me responde")
        expect(offer).to_be_hidden()
