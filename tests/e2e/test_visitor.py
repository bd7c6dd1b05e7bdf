"""What a visitor lives through: bad connections, reloads, phones, other languages, and their own mistakes."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.support.server import Server, serving

pytestmark = pytest.mark.browser


def test_a_message_written_while_the_server_is_away_arrives_once(
    tmp_path: Path, new_context: ContextMaker
) -> None:
    data_dir = tmp_path / "data"
    with serving("demo", data_dir) as server:
        port = server.port
        visitor = VisitorSide(new_context(locale="en").new_page())
        visitor.open(server.url)
        visitor.write("First, before the cut.")
        expect(visitor.chat.locator("#list").get_by_text("Sent").last).to_be_visible()
        server.kill()
    visitor.write("Second, into the void.")
    visitor.expect_text("Second, into the void.")
    with serving("demo", data_dir, port=port) as server:
        # It arrives without anybody's doing; and reloading the page doesn't send it again.
        expect(visitor.chat.locator("#list").get_by_text("Sent").last).to_be_visible()
        visitor.page.reload()
        visitor.come_back()
        expect(visitor.chat.locator("#list").get_by_text("First, before the cut.")).to_have_count(1)
        expect(visitor.chat.locator("#list").get_by_text("Second, into the void.")).to_have_count(1)
        agent = AgentSide(new_context(locale="en").new_page())
        agent.sign_in(server.link)
        agent.open_first()
        agent.expect_text("Second, into the void.")
        expect(agent.page.locator("#messages").get_by_text("Second, into the void.")).to_have_count(1)


def test_a_text_that_is_too_long_is_refused_and_kept(demo: Server, new_context: ContextMaker) -> None:
    visitor = VisitorSide(new_context(locale="lt").new_page())
    visitor.open(demo.url)
    long = "ilgas žodis " * 1700  # 20,399 characters without the last space, 15,399 too many
    visitor.box.fill(long)
    visitor.box.press("Enter")
    problem = visitor.chat.locator("#problem")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text(re.compile(r"15.399"))
    assert visitor.box.input_value() == long
    visitor.box.fill("Labas")
    visitor.box.press("Enter")
    visitor.expect_text("Labas")
    expect(problem).to_be_hidden()


def test_markup_is_shown_as_text_everywhere(demo: Server, new_context: ContextMaker) -> None:
    evil = """<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>"""
    visitor = VisitorSide(new_context(locale="en").new_page())
    agent = AgentSide(new_context(locale="en").new_page())
    agent.sign_in(demo.link)
    visitor.open(demo.url)
    visitor.write(evil)
    expect(visitor.chat.locator("#list").get_by_text(evil)).to_be_visible()
    agent.open_first()
    expect(agent.page.locator("#messages").get_by_text(evil)).to_be_visible()
    agent.write(evil)
    expect(visitor.chat.locator("#list").get_by_text(evil)).to_have_count(2)
    for page in (visitor.page, agent.page):
        assert "owned" not in page.title()
        assert page.locator("img[src=x]").count() == 0


def test_enter_while_composing_does_not_send(demo: Server, new_context: ContextMaker) -> None:
    visitor = VisitorSide(new_context(locale="ja").new_page())
    visitor.open(demo.url)
    visitor.box.fill("こんにちは")
    visitor.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    visitor.box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    assert visitor.box.input_value() == "こんにちは"
    visitor.box.press("Shift+Enter")
    assert visitor.box.input_value() == "こんにちは\n"
    visitor.box.press("Enter")
    visitor.expect_text("こんにちは")


def test_another_language_changes_every_word_and_keeps_the_text(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    visitor = VisitorSide(new_context(locale="en").new_page())
    visitor.open(demo.url)
    visitor.box.fill("half a sentence")
    english = set(visitor.chat.locator("body").inner_text().splitlines())
    visitor.chat.locator("#language").click()
    search = visitor.chat.locator("#search")
    search.fill("lith")
    expect(visitor.chat.get_by_role("option")).to_have_count(1)
    search.press("Enter")
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "lt")
    assert visitor.box.input_value() == "half a sentence"
    lithuanian = set(visitor.chat.locator("body").inner_text().splitlines())
    assert english & lithuanian <= {"", "Lumina", "Emma", "E", "L"}
    picture(visitor.page, "switched-to-lt")
    # The choice is remembered.
    visitor.page.reload()
    visitor.come_back()
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "lt")
    assert visitor.box.input_value() == "half a sentence"


def test_on_a_small_phone_by_keyboard_in_the_dark(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    context = new_context(
        locale="tr",
        viewport={"width": 320, "height": 568},
        color_scheme="dark",
        reduced_motion="reduce",
    )
    visitor = VisitorSide(context.new_page())
    visitor.page.goto(demo.url)
    button = visitor.page.locator("button[aria-expanded]")
    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.box).to_be_focused()
    visitor.page.keyboard.type("Merhaba, iade etmek istiyorum")
    visitor.page.keyboard.press("Enter")
    visitor.expect_text("Merhaba, iade etmek istiyorum")
    frame = visitor.page.locator("iframe").bounding_box()
    assert frame is not None
    assert (frame["width"], frame["height"]) == (320, 568)
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(visitor.page, "phone-dark-tr")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("button[aria-expanded=false]")).to_be_focused()


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A web site of somebody else's: the same machine, but another port and so another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_shop_of_another_origin_must_be_allowed(
    demo: Server, new_context: ContextMaker, tmp_path: Path
) -> None:
    """The one line on somebody else's page: silent where it is not allowed, a chat where it is."""
    html = f'<!doctype html><title>Shop</title><body><script async src="{demo.url}/widget.js"></script>'
    with another_site(html) as shop:
        page = new_context(locale="en").new_page()

        def frame_policy() -> str:
            answer = page.request.get(f"{demo.url}/widget/frame")
            return str(answer.headers["content-security-policy"]).partition("frame-ancestors ")[2]

        assert shop not in frame_policy()
        agent = AgentSide(new_context(locale="en").new_page())
        agent.sign_in(demo.link)
        agent.page.goto(f"{demo.url}/console/install")
        agent.page.locator("[name=sites]").fill(f"{shop}/some/path")
        agent.page.locator("form[action='/console/install'] button[type=submit]").click()
        agent.page.wait_for_url("**/console/install?saved")
        assert shop in frame_policy()
        visitor = VisitorSide(page)
        visitor.open(f"{shop}/")
        visitor.write("Hello from another site")
        visitor.expect_text("Hello from another site")
