"""Routing as agents live with it: offers, handing on, being there or not."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_agents import second_agent
from tests.e2e.test_closed import ALWAYS, VILNIUS, keep
from tests.support.clocked import ClockedServer, clocked

pytestmark = pytest.mark.browser

MONDAY_MORNING = "2026-11-23T09:00Z"
TEXT = "Onde está o meu pedido?"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ClockedServer]:
    with clocked("demo", tmp_path / "data", at=MONDAY_MORNING) as server:
        yield server


@pytest.fixture
def emma(shop: ClockedServer, new_context: ContextMaker) -> AgentSide:
    agent = AgentSide(new_context(locale="en", timezone_id="Europe/Vilnius").new_page())
    agent.sign_in(shop.link)
    return agent


@pytest.fixture
def liam(shop: ClockedServer, new_context: ContextMaker, emma: AgentSide) -> AgentSide:
    agent = second_agent(shop, new_context, emma.page)
    emma.page.goto(f"{shop.url}/console")
    for each in (emma, agent):
        expect(each.page.locator("#availability-name")).to_have_text("Online")
    return agent


@pytest.fixture
def visitor(shop: ClockedServer, new_context: ContextMaker) -> VisitorSide:
    side = VisitorSide(new_context(locale="pt-BR", timezone_id="America/Sao_Paulo").new_page())
    side.open(shop.url)
    return side


def offered(agent: AgentSide) -> Locator:
    return agent.page.locator("section[data-section=offered] a.row")


def section(agent: AgentSide, name: str) -> Locator:
    return agent.page.locator(f"section[data-section={name}] a.row")


def toast(agent: AgentSide) -> Locator:
    return agent.page.locator("#toasts")


def card(agent: AgentSide) -> Locator:
    return agent.page.locator("#offer")


def asked_first(one: AgentSide, other: AgentSide) -> tuple[AgentSide, AgentSide]:
    """Who is asked, then the one who is not."""
    expect(offered(one).or_(section(one, "waiting"))).to_be_visible()
    expect(one.page.locator(".row-agent", has_text="Offered to").or_(offered(one))).to_be_visible()
    return (one, other) if offered(one).count() else (other, one)


def be(agent: AgentSide, availability: str) -> None:
    """Chooses it by keyboard."""
    expect(agent.page.locator("#availability")).to_be_visible()
    agent.page.keyboard.press("Escape")
    agent.page.keyboard.press("s")
    item = agent.page.get_by_role("menuitemradio", name=re.compile(f"^{availability}"))
    for _ in range(4):
        if item.evaluate("item => item === document.activeElement"):
            break
        agent.page.keyboard.press("ArrowDown")
    agent.page.keyboard.press("Enter")
    expect(agent.page.locator("#availability-name")).to_have_text(availability)
    expect(agent.page.locator("#availability-menu")).to_be_hidden()


def test_an_offer_is_declined_and_the_next_accepts_it(
    emma: AgentSide, liam: AgentSide, visitor: VisitorSide, picture: Callable[[Page, str], None]
) -> None:
    visitor.write(TEXT)
    first, second = asked_first(emma, liam)
    expect(section(second, "waiting")).to_contain_text("Offered to")
    expect(first.page.locator("#announcer")).to_contain_text(re.compile(r"is offered to you for \d+ seconds"))
    first.open_first()
    expect(card(first)).to_contain_text("is offered to you")
    expect(card(first)).to_contain_text("Portuguese · Brazil")
    expect(card(first)).to_contain_text("but translation reaches you.")
    expect(first.page.locator("#offer-accept")).to_be_focused()
    picture(first.page, "offer")
    first.page.keyboard.press("d")
    expect(toast(first)).to_contain_text("You declined.")
    expect(card(first)).to_be_hidden()
    expect(first.page.locator("#log")).to_be_focused()
    expect(offered(first)).to_have_count(0)

    expect(offered(second)).to_be_visible()
    second.open_first()
    expect(second.page.locator("#offer-accept")).to_be_focused()
    expect(second.page.locator("#messages")).to_contain_text("declined")
    second.page.keyboard.press("Enter")
    expect(card(second)).to_be_hidden()
    expect(second.page.locator("#owner")).to_have_text("Yours")
    expect(section(first, "others")).to_be_visible()
    # Both decisions can be read, the last one open.
    reasons = second.page.locator("#why-list details")
    expect(reasons).to_have_count(2)
    expect(reasons.last).to_have_attribute("open", "")
    expect(reasons.last).to_contain_text("Was asked already and did not take it.")
    second.write("I am looking at it.")
    visitor.expect_text(r"\w")


def test_declining_can_be_undone(emma: AgentSide, visitor: VisitorSide) -> None:
    visitor.write(TEXT)
    expect(offered(emma)).to_be_visible()
    emma.page.keyboard.press("j")
    emma.page.keyboard.press("d")
    expect(toast(emma)).to_contain_text("You declined.")
    emma.page.keyboard.press("z")
    expect(section(emma, "mine")).to_be_visible()


def test_an_offer_that_runs_out_goes_to_the_next(
    shop: ClockedServer, emma: AgentSide, liam: AgentSide, visitor: VisitorSide
) -> None:
    visitor.write(TEXT)
    first, second = asked_first(emma, liam)
    first.open_first()
    shop.advance(seconds=46)
    expect(toast(first)).to_contain_text("ran out")
    expect(card(first)).to_be_hidden()
    expect(offered(second)).to_be_visible()
    # What is offered to a colleague may be taken all the same.
    first.page.keyboard.press("a")
    expect(section(first, "mine")).to_be_visible()
    expect(offered(second)).to_have_count(0)
    expect(toast(second)).to_contain_text("took the conversation")


def test_writing_accepts(emma: AgentSide, visitor: VisitorSide) -> None:
    visitor.write(TEXT)
    expect(offered(emma)).to_be_visible()
    emma.open_first()
    emma.write("Let me see.")
    expect(card(emma)).to_be_hidden()
    expect(section(emma, "mine")).to_be_visible()


def test_handing_on_with_a_note_by_keyboard_alone(
    emma: AgentSide, liam: AgentSide, visitor: VisitorSide, picture: Callable[[Page, str], None]
) -> None:
    visitor.write(TEXT)
    first, second = asked_first(emma, liam)
    name = "Liam" if second is liam else "Emma"
    first.open_first()
    first.page.keyboard.press("Enter")
    expect(first.page.locator("#transfer-button")).to_be_visible()
    first.page.keyboard.press("t")
    expect(first.page.locator("#transfer-list [role=option]").first).to_be_visible()
    first.page.keyboard.type(name.lower())
    expect(first.page.locator("#transfer-submit")).to_have_text(f"Hand to {name}")
    picture(first.page, "transfer")
    first.page.keyboard.press("Enter")
    expect(first.page.locator("#transfer-note")).to_be_focused()
    first.page.keyboard.type("Asks about the order of March.")
    first.page.keyboard.press("Enter")
    expect(first.page.locator("#transfer")).to_be_hidden()
    expect(toast(first)).to_contain_text(f"to {name}.")
    expect(first.page.locator("#messages")).to_contain_text(f"You handed this to {name}")
    expect(first.page.locator("#messages")).not_to_contain_text("Given back")

    expect(offered(second)).to_be_visible()
    second.open_first()
    expect(card(second)).to_contain_text("Asks about the order of March.")
    expect(second.page.locator("#messages .line-note")).to_have_text("Asks about the order of March.")
    second.page.keyboard.press("d")
    # Whoever handed it on is told, whatever they look at.
    expect(toast(first)).to_contain_text(f"{name} declined the conversation")
    # The visitor reads nothing of all this.
    expect(visitor.chat.locator("#list")).not_to_contain_text("March")


def test_whoever_is_away_is_offered_nothing(
    emma: AgentSide, liam: AgentSide, visitor: VisitorSide, picture: Callable[[Page, str], None]
) -> None:
    be(emma, "Away")
    picture(emma.page, "away")
    visitor.write(TEXT)
    expect(offered(liam)).to_be_visible()
    expect(section(emma, "waiting")).to_contain_text("Offered to Liam")
    be(liam, "On a break")
    # Nobody is left to be asked; who comes back is.
    expect(section(liam, "waiting")).to_be_visible()
    be(emma, "Online")
    expect(offered(emma)).to_be_visible()


def test_windows_of_one_agent_agree(shop: ClockedServer, emma: AgentSide, visitor: VisitorSide) -> None:
    other = AgentSide(emma.page.context.new_page())
    other.page.goto(f"{shop.url}/console")
    be(other, "On a break")
    expect(emma.page.locator("#availability-name")).to_have_text("On a break")
    be(emma, "Online")
    expect(other.page.locator("#availability-name")).to_have_text("Online")
    visitor.write(TEXT)
    for each in (emma, other):
        expect(offered(each)).to_be_visible()
    other.page.keyboard.press("j")
    other.page.keyboard.press("a")
    expect(section(emma, "mine")).to_be_visible()
    expect(offered(emma)).to_have_count(0)
    expect(toast(emma)).to_be_empty()


def test_an_admin_is_told_that_nobody_is_there_until_somebody_is(
    shop: ClockedServer, emma: AgentSide
) -> None:
    banner = emma.page.locator("#notices")
    be(emma, "Away")
    shop.advance(seconds=61)
    expect(banner).to_contain_text("is open, but nobody has been there since")
    expect(banner.get_by_role("link")).to_have_attribute("href", "/console/regions/everywhere")
    be(emma, "Online")
    expect(banner).to_be_empty()


def test_who_touches_nothing_for_long_is_away_until_the_next_touch(
    shop: ClockedServer, new_context: ContextMaker
) -> None:
    page = new_context(locale="en").new_page()
    page.clock.install()
    agent = AgentSide(page)
    agent.sign_in(shop.link)
    word = page.locator("#availability-name")
    expect(word).to_have_text("Online")
    page.clock.run_for("10:30")
    expect(word).to_have_text("Away")
    expect(page.locator("#notices")).to_contain_text("have not touched anything")
    page.mouse.move(300, 300)
    page.clock.run_for(1000)
    expect(word).to_have_text("Online")
    expect(page.locator("#notices")).to_be_empty()


def test_two_missed_offers_make_away_and_one_press_undoes_it(
    shop: ClockedServer, new_context: ContextMaker, emma: AgentSide, visitor: VisitorSide
) -> None:
    visitor.write(TEXT)
    another = VisitorSide(new_context(locale="en").new_page())
    another.open(shop.url)
    another.write("Anybody there?")
    notice = emma.page.locator("#notices")
    expect(offered(emma)).to_have_count(2)
    shop.advance(seconds=46)
    expect(toast(emma)).to_contain_text("ran out")
    expect(offered(emma)).to_have_count(0)
    expect(notice).to_contain_text("two offers in a row ran out")
    expect(emma.page.locator("#availability-name")).to_have_text("Away")
    notice.get_by_role("button", name="I’m back").click()
    expect(emma.page.locator("#availability-name")).to_have_text("Online")
    expect(notice).to_be_empty()


def test_who_waits_for_opening_hours_is_offered_when_they_come(
    shop: ClockedServer,
    emma: AgentSide,
    visitor: VisitorSide,
    picture: Callable[[Page, str], None],
) -> None:
    # A Monday, eight in the evening of Vilnius.
    shop.set("2026-11-23T18:00Z")
    keep(emma, "everywhere", "Vilnius", VILNIUS)
    visitor.write(TEXT)
    row = section(emma, "waiting")
    expect(row.locator(".row-wait [aria-hidden]")).to_have_text(re.compile(r"^until Tue,? 9:00\sAM$"))
    expect(offered(emma)).to_have_count(0)
    emma.open_first()
    expect(emma.page.locator("#owner")).to_have_text(
        re.compile(r"^Waits until Tue,? 9:00\sAM, when Vilnius opens$")
    )
    expect(emma.page.locator("#why-list .reason")).to_contain_text(["Closed until"])
    picture(emma.page, "waits-for-opening")
    shop.set("2026-11-24T07:00Z")
    expect(offered(emma)).to_be_visible()
    expect(emma.page.locator("#messages")).to_contain_text("Vilnius is open")


def test_the_list_can_be_limited_to_a_region(emma: AgentSide, liam: AgentSide, visitor: VisitorSide) -> None:
    choice = emma.page.locator("#region-filter")
    expect(choice).to_be_hidden()
    keep(
        emma,
        "brazil",
        "Brazil",
        {"timezone": "America/Sao_Paulo", "weekly": ALWAYS},
        countries=["BR"],
        agents=[],
    )
    expect(choice).to_be_visible()
    visitor.write(TEXT)
    row = section(emma, "waiting")
    expect(row.locator(".row-agent [aria-hidden]")).to_have_text("Brazil · No. 1")
    choice.select_option(label="My regions")
    expect(row).to_have_count(0)
    emma.page.reload()
    expect(choice).to_have_value("mine")
    expect(row).to_have_count(0)
    choice.select_option(label="Brazil")
    expect(row).to_be_visible()
    # Handed from there to a region that has somebody.
    row.click()
    emma.page.keyboard.press("t")
    emma.page.keyboard.type("every")
    expect(emma.page.locator("#transfer-submit")).to_contain_text("Hand to Every")
    emma.page.keyboard.press("Enter")
    emma.page.keyboard.press("Enter")
    expect(emma.page.locator("#messages")).to_contain_text("You handed this to Every")
    choice.select_option("all")
    asked_first(emma, liam)


@pytest.mark.parametrize("width", [320, 1280])
def test_offers_read_from_right_to_left(
    shop: ClockedServer,
    new_context: ContextMaker,
    visitor: VisitorSide,
    width: int,
    picture: Callable[[Page, str], None],
) -> None:
    page = new_context(
        locale="fa", timezone_id="Asia/Tehran", viewport={"width": width, "height": 720}
    ).new_page()
    page.goto(shop.link)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/console")
    page.goto(f"{shop.url}/console/profile")
    page.locator("[name=language]").select_option("fa")
    page.locator("form:has([name=language]) button[type=submit]").click()
    page.wait_for_url("**/console/profile?saved")
    page.goto(f"{shop.url}/console")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    visitor.write(TEXT)
    agent = AgentSide(page)
    expect(offered(agent)).to_be_visible()
    # The seconds that are left, in Persian digits.
    expect(offered(agent).locator(".row-wait")).to_have_text(re.compile("^[۰-۹]+ ثانیه$"))
    agent.open_first()
    expect(page.locator("#offer-left")).to_have_text(re.compile("^[۰-۹]+ ثانیه$"))
    accept, left = (page.locator(each).bounding_box() for each in ("#offer-accept", "#offer-left"))
    assert accept is not None
    assert left is not None
    assert accept["x"] < left["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, f"offer-fa-{width}")
    assert serious(page) == []
    page.keyboard.press("Enter")
    page.keyboard.press("t")
    expect(page.locator("#transfer-list [role=option]").first).to_be_visible()
    box = page.locator("#transfer").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    picture(page, f"transfer-fa-{width}")
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
