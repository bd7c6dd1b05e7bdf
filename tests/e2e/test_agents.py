"""Agents: the first start, signing in and out, two of them at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.support.server import Server, serving

pytestmark = pytest.mark.browser

PASSWORD = "three unrelated words"


def test_from_the_first_start_to_a_second_agent(
    tmp_path: Path, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    with serving("serve", tmp_path / "data") as server:
        admin = new_context(locale="en", timezone_id="Europe/Vilnius").new_page()
        admin.goto(server.link)
        picture(admin, "setup")
        admin.locator("[name=workspace]").fill("Acme")
        admin.locator("[name=name]").fill("Ana")
        admin.locator("[name=email]").fill("ana@acme.example")
        admin.locator("[name=password]").fill("short")
        # The browser checks the length itself; the server must too.
        admin.evaluate("document.querySelector('form').noValidate = true")
        admin.locator("main button[type=submit]").click()
        expect(admin.get_by_text("Choose a password of at least 10 characters.")).to_be_visible()
        expect(admin.locator("[name=name]")).to_have_value("Ana")
        admin.locator("[name=password]").fill(PASSWORD)
        admin.locator("main button[type=submit]").click()
        admin.wait_for_url("**/console/install")
        expect(admin.locator("#snippet")).to_have_value(
            f'<script async src="{server.url}/widget.js"></script>'
        )

        # The link is used up.
        other = new_context(locale="en").new_page()
        answer = other.goto(server.link)
        assert answer is not None
        assert answer.status == 410

        admin.goto(f"{server.url}/console/team")
        admin.locator("form[action$=invite] [name=email]").fill("rui@acme.example")
        admin.locator("form[action$=invite] [name=name]").fill("Rui")
        admin.locator("form[action$=invite] button").click()
        invitation = admin.locator("#invitation-url").input_value()
        picture(admin, "team-invitation")

        other.goto(invitation)
        other.locator("[name=password]").fill(PASSWORD)
        other.locator("[name=language]").select_option("pt-BR")
        other.locator("[name=time_zone]").select_option("America/Sao_Paulo")
        other.locator("main button[type=submit]").click()
        other.wait_for_url("**/console")
        expect(other.locator("html")).to_have_attribute("lang", "pt-BR")

        # Out, and in again with the password.
        other.goto(f"{server.url}/console/profile")
        other.locator("form[action='/console/sign-out-everywhere'] button").click()
        other.wait_for_url("**/console/sign-in")
        other.goto(f"{server.url}/console")
        other.wait_for_url("**/console/sign-in**")
        other.locator("[name=email]").fill("rui@acme.example")
        other.locator("[name=password]").fill("not the password")
        other.locator("main button[type=submit]").click()
        expect(other.locator("[role=alert]")).to_be_visible()
        other.locator("[name=password]").fill(PASSWORD)
        other.locator("main button[type=submit]").click()
        other.wait_for_url("**/console")


def second_agent(demo: Server, new_context: ContextMaker, admin: Page) -> AgentSide:
    """Joins by invitation; in English too."""
    admin.goto(f"{demo.url}/console/team")
    admin.locator("form[action$=invite] [name=email]").fill("liam@lumina.example")
    admin.locator("form[action$=invite] [name=name]").fill("Liam")
    admin.locator("form[action$=invite] button").click()
    page = new_context(locale="en").new_page()
    page.goto(admin.locator("#invitation-url").input_value())
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=language]").select_option("en")
    page.locator("[name=time_zone]").select_option("Europe/London")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/console")
    return AgentSide(page)


def test_two_agents_see_the_same_and_one_takes_it(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    emma = AgentSide(new_context(locale="en").new_page())
    emma.sign_in(demo.link)
    liam = second_agent(demo, new_context, emma.page)
    emma.page.goto(f"{demo.url}/console")
    visitor = VisitorSide(new_context(locale="pt-BR").new_page())
    visitor.open(demo.url)
    visitor.write("Preciso de ajuda com a devolução.")
    emma.open_first()
    liam.open_first()
    emma.expect_text("return")
    liam.expect_text("return")
    emma.page.keyboard.press("a")
    expect(emma.page.locator("#release")).to_be_visible()
    # Liam is told at once, and can't take it by accident.
    expect(liam.page.locator("#owner")).to_contain_text("Emma")
    emma.write("I can help you with that.")
    liam.expect_text("I can help you with that.")
    # What they read is no longer unread for anybody; closing it moves it for both.
    emma.page.keyboard.press("Escape")
    emma.page.locator("#close").click()
    expect(liam.page.locator("#closed-bar")).to_be_visible()
    picture(liam.page, "second-agent-closed")
    # A new message of the visitor brings it back to the queue.
    visitor.write("Mais uma pergunta, por favor.")
    liam.expect_text("question")
    expect(liam.page.locator("#take")).to_be_visible()


def test_what_waits_is_in_the_title(demo: Server, new_context: ContextMaker) -> None:
    agent = AgentSide(new_context(locale="en").new_page())
    agent.sign_in(demo.link)
    title = agent.page.title()
    # Not looked at: another tab is in front.
    front = agent.page.context.new_page()
    front.goto("about:blank")
    front.bring_to_front()
    agent.page.evaluate(
        """() => {
            Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
            Object.defineProperty(document, 'hidden', { value: true, configurable: true });
            document.hasFocus = () => false;
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    visitor = VisitorSide(new_context(locale="en").new_page())
    visitor.open(demo.url)
    visitor.write("Anybody there?")
    expect(agent.page).to_have_title(re.compile(r"^\(1\) "))
    assert not title.startswith("(")


def test_a_language_that_nothing_translates_is_said_once(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    """Nothing translates Lithuanian here: the originals stand, and nothing is promised. Trying again says so
    again."""
    agent = AgentSide(new_context(locale="en").new_page())
    agent.sign_in(demo.link)
    visitor = VisitorSide(new_context(locale="lt").new_page())
    visitor.open(demo.url)
    visitor.write("Kur mano užsakymas?")
    visitor.write("Jau savaitė.")
    agent.open_first()
    agent.expect_text("Kur mano užsakymas")
    page = agent.page
    expect(page.locator("#without-route")).to_contain_text("between Lithuanian and English")
    expect(page.locator("#messages").get_by_text("Not translated", exact=True)).to_have_count(2)
    again = page.locator("#messages").get_by_role("button", name="Try again")
    expect(again).to_have_count(2)
    again.first.click()
    expect(page.locator("#messages").get_by_text("Trying again…")).to_have_count(0)
    expect(again).to_have_count(2)
    expect(page.locator("#composer-hint")).to_have_text(
        "Not translated into Lithuanian: the visitor reads what you write."
    )
    picture(page, "translation-failed")
    agent.write("Hello, it is on its way.")
    visitor.expect_text("it is on its way")
