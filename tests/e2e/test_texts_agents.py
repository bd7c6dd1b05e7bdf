"""What agents do with the texts that admins write, and where they read what visitors said of them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_right_to_left import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

REFUND = {
    "en": "Hello {visitor}, this is {agent} of {workspace}. Your refund takes five days.",
    "pt-BR": "Olá, {visitor}! Aqui é {agent}, da {workspace}: o reembolso demora cinco dias.",
}


def add_canned(page: Page, url: str, shortcut: str, wordings: dict[str, str]) -> None:
    body = {"kind": "canned", "id": None, "expected": None, "shortcut": shortcut, "wordings": wordings}
    answer = page.request.post(f"{url}/api/wordings/save", data=body, headers={"origin": url})
    assert answer.status == 200, answer.text()


@pytest.fixture
def sides(demo: Server, new_context: ContextMaker) -> tuple[AgentSide, VisitorSide]:
    """An English agent who has opened the conversation of a Portuguese visitor, with responses to insert."""
    agent = AgentSide(
        new_context(
            locale="en", timezone_id="Europe/Vilnius", viewport={"width": 1280, "height": 800}
        ).new_page()
    )
    visitor = VisitorSide(new_context(locale="pt-BR").new_page())
    agent.sign_in(demo.link)
    add_canned(agent.page, demo.url, "money-back", REFUND)
    add_canned(agent.page, demo.url, "sao-paulo", {"en": "Our shop in São Paulo opens at nine."})
    add_canned(agent.page, demo.url, "only-persian", {"fa": "به زودی پاسخ می‌دهیم."})
    visitor.open(demo.url)
    visitor.write("Onde está o meu pedido 48213?")
    agent.open_first()
    agent.expect_text("where is my order")
    return agent, visitor


def test_a_slash_finds_a_response_and_the_visitor_reads_the_approved_wording(
    sides: tuple[AgentSide, VisitorSide], picture: Callable[[Page, str], None]
) -> None:
    agent, visitor = sides
    page = agent.page
    box, listbox = page.locator("#reply"), page.get_by_role("listbox", name="Canned responses")
    page.keyboard.press("r")
    page.keyboard.type("/")
    expect(listbox.get_by_role("option").filter(has_text="/money-back")).to_contain_text("this is Emma of")
    assert_accessible(page)
    picture(page, "canned")
    page.keyboard.type("money")
    option = listbox.get_by_role("option")
    expect(option).to_have_count(1)
    expect(option).to_contain_text("Approved in Brazilian Portuguese")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(listbox).to_be_hidden()
    expect(box).to_have_value(
        re.compile(r"^Hello \{visitor\}, this is Emma of .+\. Your refund takes five days\.$")
    )

    # Sent with an open placeholder it is asked about; the name goes where the cursor already is.
    page.keyboard.press("Enter")
    expect(page.locator("#composer-error")).to_contain_text("{visitor} still stands in the message")
    page.keyboard.type("Ana")
    expect(page.locator("#composer-error")).to_be_hidden()
    expect(page.locator("#composer-hint")).to_have_text(
        "Goes out in the approved wording in Brazilian Portuguese."
    )
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#wording")).to_have_value(re.compile("Olá, Ana! Aqui é Emma, da .+: o reembolso"))
    expect(page.locator("#wording-label")).to_contain_text("in the approved wording")
    assert_accessible(page)
    picture(page, "canned-approved")
    box.press("Enter")
    visitor.expect_text("Olá, Ana! Aqui é Emma, da .+: o reembolso demora cinco dias")


def test_what_is_edited_is_translated_like_anything_else(sides: tuple[AgentSide, VisitorSide]) -> None:
    agent, visitor = sides
    page = agent.page
    page.keyboard.press("r")
    page.keyboard.type("/money-back")
    expect(page.get_by_role("listbox", name="Canned responses").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.type("Ana")
    expect(page.locator("#composer-hint")).to_contain_text("approved wording")
    page.locator("#reply").fill("Your order arrives on Friday.")
    expect(page.locator("#composer-hint")).to_contain_text("Write in your language.")
    page.keyboard.press("Enter")
    visitor.expect_text("sexta")


def test_escape_enter_and_input_methods_do_what_people_expect(
    sides: tuple[AgentSide, VisitorSide],
) -> None:
    agent, visitor = sides
    page = agent.page
    box, listbox = page.locator("#reply"), page.get_by_role("listbox", name="Canned responses")
    # By key from anywhere; Escape takes the slash away again.
    page.keyboard.press("c")
    expect(listbox).to_be_visible()
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    # One's own slash stays, and the list stays away while that line is written.
    page.keyboard.type("/")
    expect(listbox).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("money")
    expect(listbox).to_be_hidden()
    # What is no response is a message.
    box.fill("")
    page.keyboard.type("/etc/hosts")
    expect(listbox).to_be_hidden()
    page.keyboard.press("Enter")
    visitor.expect_text("/etc/hosts")
    # In the middle of a message it goes where the cursor is, accents or not; arrows go round.
    page.keyboard.type("Hello!")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("/SAO shop")
    expect(listbox.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    # While an input method composes, Enter belongs to it.
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True, "bubbles": True})
    expect(listbox).to_be_visible()
    page.keyboard.press("Enter")
    expect(box).to_have_value("Hello!\nOur shop in São Paulo opens at nine.")
    # The browser's own undo takes it back.
    page.keyboard.press("Control+z")
    expect(box).to_have_value(re.compile(r"^Hello!\n/SAO shop"))


def test_a_response_in_another_language_says_so(sides: tuple[AgentSide, VisitorSide]) -> None:
    agent, _ = sides
    page = agent.page
    page.locator("#canned-button").click()
    page.keyboard.type("persian")
    option = page.get_by_role("listbox", name="Canned responses").get_by_role("option")
    expect(option).to_contain_text("Persian")
    text = option.locator("[lang=fa]")
    expect(text).to_have_attribute("dir", "rtl")
    option.click()
    expect(page.locator("#reply")).to_be_focused()
    expect(page.locator("#composer-hint")).to_contain_text("This wording is in Persian.")


def test_what_a_visitor_says_afterwards_is_read_in_the_console_and_on_its_page(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    agent = AgentSide(new_context(locale="en", viewport={"width": 1280, "height": 800}).new_page())
    visitor = VisitorSide(new_context(locale="pt-BR").new_page())
    page = agent.page
    agent.sign_in(demo.link)
    page.goto(f"{demo.url}/console/ratings")
    expect(page.get_by_role("link", name="Write the question")).to_have_attribute("href", "/console/texts")
    body = {"kind": "survey", "id": None, "expected": None, "wordings": {"en": "How was it with {agent}?"}}
    answer = page.request.post(f"{demo.url}/api/wordings/save", data=body, headers={"origin": demo.url})
    assert answer.status == 200, answer.text()

    page.goto(f"{demo.url}/console")
    visitor.open(demo.url)
    visitor.write("Onde está o meu pedido 48213?")
    agent.open_first()
    agent.write("It arrives on Friday.")
    visitor.expect_text("sexta")
    page.locator("#close").click()
    visitor.chat.locator(".scores label").nth(1).click()
    visitor.chat.locator("#comment").fill("Onde está o <b>gerente</b>?")
    visitor.chat.locator("form:has(.scores) button[type=submit]").click()

    line = page.locator("#messages .line", has_text="The visitor rated this conversation: Bad")
    expect(line).to_be_visible()
    expect(line.locator(".marks .full")).to_have_count(2)
    comment = line.locator("[lang='pt-BR']")
    expect(comment).to_have_text("Onde está o <b>gerente</b>?")
    assert_accessible(page)
    line.get_by_role("button", name="Translate").click()
    expect(line.locator("[lang=en]")).to_contain_text("Where is the")
    line.get_by_role("button", name="Show original").click()
    expect(comment).to_have_text("Onde está o <b>gerente</b>?")
    picture(page, "rated")

    page.goto(f"{demo.url}/console/ratings")
    row = page.get_by_role("listitem").filter(has_text="gerente")
    expect(row).to_contain_text("Emma")
    expect(page.get_by_role("row", name="Bad 1 100%")).to_be_visible()
    row.get_by_role("button", name="Translate").click()
    expect(row.locator("blockquote")).to_have_attribute("lang", "en")
    expect(row.locator("blockquote")).to_contain_text("Where is the")
    assert_accessible(page)
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 800})
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        assert wide == width
    row.get_by_role("link", name=re.compile("Open the conversation")).click()
    expect(page.locator("#messages")).to_contain_text("The visitor rated this conversation: Bad")
