"""Agents and their translations: seen before sending, written by hand, called wrong."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_right_to_left import assert_accessible, left, right
from tests.support.server import Server

pytestmark = pytest.mark.browser

PREVIEW = "Control+Shift+Enter"


@pytest.fixture
def sides(demo: Server, new_context: ContextMaker) -> tuple[AgentSide, VisitorSide]:
    """An English agent who has opened the conversation of a Portuguese visitor."""
    agent = AgentSide(
        new_context(
            locale="en", timezone_id="Europe/Vilnius", viewport={"width": 1280, "height": 800}
        ).new_page()
    )
    visitor = VisitorSide(new_context(locale="pt-BR").new_page())
    agent.sign_in(demo.link)
    visitor.open(demo.url)
    visitor.write("Onde está o meu pedido 48213?")
    agent.open_first()
    agent.expect_text("where is my order")
    return agent, visitor


def test_the_visitor_reads_exactly_the_words_the_agent_put_there(
    sides: tuple[AgentSide, VisitorSide], picture: Callable[[Page, str], None]
) -> None:
    agent, visitor = sides
    page = agent.page
    page.locator("#reply").fill("Your order 48213 arrives on Friday.")
    page.keyboard.press(PREVIEW)
    wording = page.locator("#wording")
    expect(wording).to_have_value(re.compile(r"48213.*sexta"))
    assert wording.get_attribute("lang") == "pt-BR"
    back = page.locator("#preview-back-text")
    expect(back).to_contain_text("Friday")
    assert back.get_attribute("lang") == "en"
    assert_accessible(page)
    picture(page, "preview")

    # What is typed on is previewed anew.
    page.locator("#reply").fill("Your order 48213 arrives on Monday.")
    expect(back).to_contain_text("Monday")

    # The agent knows better, and sees what that says back.
    wording.fill("Seu pedido 48213 <b>chega</b> amanhã de manhã!")
    expect(page.locator("#preview-own")).to_be_visible()
    expect(back).to_contain_text("tomorrow")
    wording.press("Enter")
    expect(page.locator("#reply")).to_have_value("")
    visitor.expect_text(re.escape("Seu pedido 48213 <b>chega</b> amanhã de manhã!"))
    expect(visitor.chat.locator("#list").get_by_text("Emma").last).to_be_visible()
    # The agent's own words can still be read.
    visitor.chat.get_by_text("Ver original").click()
    visitor.expect_text(re.escape("Your order 48213 arrives on Monday."))
    expect(page.locator("#messages").get_by_text("Translated by you")).to_be_visible()


def test_a_doubtful_translation_is_marked_and_never_blocked(
    sides: tuple[AgentSide, VisitorSide], picture: Callable[[Page, str], None]
) -> None:
    agent, visitor = sides
    page = agent.page
    page.locator("#reply").fill("no no no no no no no no")
    page.locator("#preview-toggle").click()
    warnings = page.locator("#preview-warnings")
    expect(warnings).to_contain_text("looks doubtful")
    expect(warnings).to_contain_text("repeats words")
    assert_accessible(page)
    picture(page, "preview-doubtful")
    page.locator("#reply").press("Enter")
    visitor.expect_text("no no no no no no no no")
    expect(page.locator("#messages").get_by_text("The visitor reads your original")).to_be_visible()
    page.locator("#messages").get_by_role("button", name="Why?").click()
    expect(page.locator(".about")).to_contain_text("repeats words that the original does not repeat")


def test_a_wording_of_a_message_that_has_changed_is_asked_about(
    sides: tuple[AgentSide, VisitorSide],
) -> None:
    agent, visitor = sides
    page = agent.page
    box = page.locator("#reply")
    box.fill("It arrives on Friday.")
    page.keyboard.press(PREVIEW)
    expect(page.locator("#wording")).to_have_value(re.compile("sexta"))
    page.locator("#wording").fill("Chega na sexta.")
    page.locator("#preview-close").click()
    expect(page.locator("#composer-hint")).to_have_text("Your own translation goes along.")
    box.fill("It arrives on Monday.")
    box.press("Enter")
    expect(page.locator("#preview-warnings")).to_contain_text("Your message has changed")
    expect(box).to_have_value("It arrives on Monday.")
    page.locator("#preview-machine").click()
    expect(page.locator("#preview-back-text")).to_contain_text("Monday")
    box.press("Enter")
    visitor.expect_text("segunda")


def test_a_wrong_translation_shows_the_original_until_somebody_knows_better(
    sides: tuple[AgentSide, VisitorSide], picture: Callable[[Page, str], None]
) -> None:
    agent, visitor = sides
    page = agent.page
    messages = page.locator("#messages")
    page.locator("#log").focus()
    page.keyboard.press("w")
    agent.expect_text("Onde está o meu pedido 48213")
    expect(messages.get_by_text("Marked as wrong by you")).to_be_visible()
    expect(page.locator("#sections")).to_contain_text("Onde está o meu pedido")
    assert_accessible(page)
    picture(page, "translation-wrong")

    # A slip of the finger is undone by a key.
    page.locator("#log").focus()
    page.keyboard.press("z")
    agent.expect_text("where is my order")
    messages.get_by_role("button", name="Details").click()
    expect(page.locator(".about")).to_contain_text("Firefox Translations")
    messages.get_by_role("button", name="This translation is wrong").click()
    messages.get_by_role("button", name="Write a better one").click()
    editor = messages.get_by_label("A better translation into English")
    expect(editor).to_be_focused()
    editor.fill(" ")
    editor.press("Enter")
    expect(messages.locator(".wording-editor .error")).to_have_text(
        "The translation is empty. Write it, or cancel."
    )
    editor.fill("Where has my order 48213 got to?")
    assert_accessible(page)
    editor.press("Enter")
    agent.expect_text("Where has my order 48213 got to")
    expect(messages.get_by_text("Translated by you")).to_be_visible()
    expect(editor).to_have_count(0)

    # The next time the same is asked, that is what is read.
    visitor.write("Onde está o meu pedido 55555?")
    agent.expect_text("Where has my order 55555 got to")


def test_an_answer_that_was_sent_is_put_right_before_the_visitors_eyes(
    sides: tuple[AgentSide, VisitorSide],
) -> None:
    agent, visitor = sides
    page = agent.page
    agent.write("Please send it back.")
    visitor.expect_text("envi|devolv|mande")
    page.locator("#messages").get_by_role("button", name="Translation details").click()
    page.get_by_role("button", name="Edit the translation").click()
    editor = page.get_by_label(re.compile("What the visitor shall read"))
    editor.fill("Pode devolver, por favor?")
    page.get_by_role("button", name="Save the translation").click()
    visitor.expect_text(re.escape("Pode devolver, por favor?"))
    expect(visitor.chat.locator("#list .theirs")).to_have_count(1)
    page.get_by_role("button", name="Use the translator’s again").click()
    expect(visitor.chat.locator("#list")).not_to_contain_text("Pode devolver, por favor?")


def test_the_preview_from_right_to_left_and_on_a_narrow_screen(
    sides: tuple[AgentSide, VisitorSide], picture: Callable[[Page, str], None]
) -> None:
    agent, _visitor = sides
    page = agent.page
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.locator("#reply").fill("Your order arrives on Friday.")
    page.keyboard.press(PREVIEW)
    expect(page.locator("#preview-back-text")).to_contain_text("Friday")
    # What the visitor reads comes first: at the right. The text itself keeps its own direction.
    assert left(page.locator("#wording")) > right(page.locator("#preview-back-text")) - 1
    direction = page.locator("#wording").evaluate("node => getComputedStyle(node).direction")
    assert direction == "ltr"
    picture(page, "preview-right-to-left")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        expect(page.locator("#wording")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # There is still something to be seen of the conversation.
        box = page.locator("#log").bounding_box()
        assert box is not None
        assert box["height"] > 120
        picture(page, f"preview-right-to-left-{width}")
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_be_hidden()
    expect(page.locator("#reply")).to_be_focused()
