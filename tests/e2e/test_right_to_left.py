"""The same conversation in Persian: direction, layout, digits and calendar, and no serious finding of axe."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Locator, Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.support.server import Server

pytestmark = pytest.mark.browser

PERSIAN_DIGITS = re.compile("[۰-۹]")
EUROPEAN_DIGITS = re.compile("[0-9]")


def assert_accessible(where: Page | Frame) -> None:
    """No violation that axe calls serious or critical."""
    found = Axe().run(where).response["violations"]
    serious = [
        f"{violation['id']}: {violation['help']} — {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


def frame_of(page: Page) -> Frame:
    return next(
        frame for frame in page.frames if frame.url.endswith("/widget/frame") or "/frame" in frame.url
    )


def left(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["x"]


def right(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"]


def set_language(page: Page, server: Server, tag: str) -> None:
    page.goto(f"{server.url}/console/profile")
    page.locator("select[name=language]").select_option(tag)
    page.locator("form[action='/console/profile'] button[type=submit]").click()
    page.wait_for_url("**/console/profile?saved")


def test_a_conversation_in_persian(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    visitor = VisitorSide(
        new_context(
            locale="fa", timezone_id="Asia/Tehran", viewport={"width": 1280, "height": 800}
        ).new_page()
    )
    agent = AgentSide(
        new_context(
            locale="fa", timezone_id="Asia/Tehran", viewport={"width": 1440, "height": 900}
        ).new_page()
    )
    agent.sign_in(demo.link)
    set_language(agent.page, demo, "fa")
    expect(agent.page.locator("html")).to_have_attribute("dir", "rtl")
    assert_accessible(agent.page)
    agent.page.goto(f"{demo.url}/console")
    expect(agent.page.locator("#sections")).not_to_have_attribute("aria-busy", "true")

    visitor.open(demo.url)
    html = visitor.chat.locator("html")
    expect(html).to_have_attribute("lang", "fa")
    expect(html).to_have_attribute("dir", "rtl")
    visitor.write("سلام، سفارش 48213 من کجاست؟ https://lumina.example/order/48213")
    own = visitor.expect_text("کجاست")
    agent.open_first()
    agent.expect_text("سفارش")
    agent.write("سلام! سفارش شما فردا می‌رسد.")
    answer = visitor.expect_text("فردا")

    # The visitor's own messages begin at the left edge, the answers end at the right one, beside the face.
    chat = visitor.page.locator("iframe")
    assert left(own) - left(chat) < 40 < left(answer) - left(chat)
    assert right(chat) - right(answer) < 80
    # The button is at the inline end of the page's own direction, the list of conversations at the right.
    assert left(agent.page.locator("#sections")) > right(agent.page.locator("#thread")) - 1
    # The address in the middle of Persian text is a link of its own, in its own direction.
    link = visitor.chat.locator("#list a")
    expect(link).to_have_attribute("href", "https://lumina.example/order/48213")
    expect(link).to_have_text("https://lumina.example/order/48213")
    # Times are in Persian digits.
    times = visitor.chat.locator("#list time").all_inner_texts()
    assert times
    for text in times:
        assert PERSIAN_DIGITS.search(text), text
        assert not EUROPEAN_DIGITS.search(text), text
    clock = agent.page.locator("#clock-time").inner_text()
    assert PERSIAN_DIGITS.search(clock), clock
    assert not EUROPEAN_DIGITS.search(clock), clock

    assert_accessible(frame_of(visitor.page))
    assert_accessible(agent.page)
    picture(visitor.page, "persian-visitor")
    picture(agent.page, "persian-agent")
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    expect(visitor.box).to_be_visible()
    assert frame_of(visitor.page).evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(visitor.page, "persian-visitor-phone")


@pytest.mark.parametrize("locale", ["en", "fa"])
def test_no_page_has_a_serious_finding(
    locale: str,
    demo: Server,
    new_context: ContextMaker,
    picture: Callable[[Page, str], None],
) -> None:
    context = new_context(locale=locale, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in ("/", "/console/sign-in", "/console/setup/nothing", "/console/invite/nothing"):
        page.goto(demo.url + path)
        assert_accessible(page)
        assert page.locator("html").get_attribute("lang") == locale
    page.goto(demo.link)
    assert_accessible(page)
    AgentSide(page).sign_in(demo.link)
    if locale != "en":
        set_language(page, demo, locale)
    pages = ("/console", "/console/profile", "/console/team", "/console/install", "/console/api")
    for path in (*pages, "/nothing-here"):
        page.goto(demo.url + path)
        expect(page.locator("html")).to_have_attribute("lang", locale)
        assert_accessible(page)
        picture(page, f"page-{locale}{path.replace('/', '-')}")
    visitor = VisitorSide(context.new_page())
    visitor.open(demo.url)
    assert_accessible(frame_of(visitor.page))
    visitor.chat.locator("#language").click()
    expect(visitor.chat.locator("#search")).to_be_focused()
    assert_accessible(frame_of(visitor.page))
    picture(visitor.page, f"language-picker-{locale}")
