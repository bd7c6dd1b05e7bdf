"""From right to left: what points turns, the rest stays; foreign pieces of a text keep their own order."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_right_to_left import set_language
from tests.support.server import Server

pytestmark = pytest.mark.browser

# Every icon that is shown, with whether it is turned and whether it says that it points.
ICONS = """() => [...document.querySelectorAll("svg")].filter((svg) => svg.checkVisibility()).map((svg) => [
  svg.getAttribute("class") ?? "",
  new DOMMatrix(getComputedStyle(svg).transform).a < 0,
  svg.classList.contains("points"),
])"""
POINTING = re.compile(r"arrow|apart|back|chevron|hand")
AT_REST = """async () => {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}"""
# Where the pieces of a text stand on one line: the left edge of each. At once, since a row may be drawn anew.
EDGES = """(element, pieces) => {
  element.style.whiteSpace = "nowrap";
  return pieces.map((piece) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(piece);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + piece.length);
    return range.getBoundingClientRect().left;
  }
  return null;
  });
}"""


def order(element: Locator, *pieces: str) -> list[str]:
    """The pieces as they stand from left to right."""
    element.evaluate(AT_REST)
    edges = element.evaluate(EDGES, list(pieces))
    assert None not in edges, pieces
    assert len(set(edges)) == len(edges), "not on the page"
    return [piece for _, piece in sorted(zip(edges, pieces, strict=True))]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_points_turns_with_the_direction_of_reading_and_nothing_else(
    language: str, demo: Server, new_context: ContextMaker
) -> None:
    visitor = VisitorSide(new_context(locale=language).new_page())
    visitor.open(demo.url)
    visitor.write("one")
    agent = AgentSide(new_context(locale=language, viewport={"width": 700, "height": 900}).new_page())
    agent.sign_in(demo.link)
    set_language(agent.page, demo, language)
    frame = next(frame for frame in visitor.page.frames if "/widget/frame" in frame.url)
    seen = frame.evaluate(ICONS)
    assert [points for _, _, points in seen].count(True) == 1
    agent.page.goto(f"{demo.url}/console")
    agent.open_first()
    found = agent.page.evaluate(ICONS)
    assert any(points for _, _, points in found)
    seen += found
    for name, turned, points in seen:
        assert turned == (points and language == "fa"), name
        assert not POINTING.search(name) or points, name


def test_an_order_a_number_and_an_address_keep_their_order_in_persian(
    demo: Server, new_context: ContextMaker
) -> None:
    visitor = VisitorSide(new_context(locale="fa").new_page())
    visitor.open(demo.url)
    visitor.write("سفارش A-48213 کجاست")
    text = visitor.expect_text("سفارش")
    expect(text).to_have_css("direction", "rtl")
    expect(text.locator("xpath=ancestor-or-self::*[@dir][1]")).to_have_attribute("dir", "auto")
    # Persian words run from the right, each foreign piece within itself from the left.
    assert order(text, "سفارش", "A-48213", "کجاست") == ["کجاست", "A-48213", "سفارش"]
    assert order(text, "A-", "48213") == ["A-", "48213"]
    visitor.write("از https://s.example/a?b=1 بود")
    text = visitor.expect_text("بود")
    assert order(text, "https", "s.example", "b=1") == ["https", "s.example", "b=1"]
    assert order(text, "از", "https", "بود") == ["بود", "https", "از"]
    visitor.write("English after Persian, 12:30")
    latin = visitor.expect_text("English after")
    assert order(latin, "English", "Persian", "12:30") == ["English", "Persian", "12:30"]
