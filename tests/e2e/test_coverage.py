"""The coverage map and the simulator in English, Persian and Japanese: gaps seen, a visitor tried out."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide
from tests.e2e.test_right_to_left import assert_accessible, left, set_language
from tests.support.clocked import ClockedServer, clocked
from tests.support.region_cast import cast, furnish

pytestmark = pytest.mark.browser

# A Wednesday, 11:40 in Vilnius.
NOW = "2026-11-25T09:40:00Z"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ClockedServer]:
    data = tmp_path / "data"
    furnish(data, cast(), "vilnius")
    with clocked("demo", data, at=NOW) as running:
        yield running


def admin_of(
    server: ClockedServer, new_context: ContextMaker, language: str = "en", **options: object
) -> Page:
    locale = {"en": "en-GB"}.get(language, language)
    side = AgentSide(new_context(locale=locale, **options).new_page())
    side.sign_in(server.link)
    if language != "en":
        set_language(side.page, server, language)
    return side.page


def map_of(page: Page, server: ClockedServer, query: str = "zone=Europe/Vilnius") -> Locator:
    page.goto(f"{server.url}/console/coverage?{query}")
    chart = page.locator("#map")
    expect(chart.locator(".map-row").first).to_be_visible()
    return chart


def middle(cell: Locator) -> float:
    box = cell.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_the_gaps_that_schedules_leave_are_marked_and_listed(
    server: ClockedServer, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    page = admin_of(server, new_context, viewport={"width": 1280, "height": 900})
    chart = map_of(page, server)
    expect(page.locator("#week")).to_have_text(re.compile(r"^23\s?–\s?29 November 2026$"))
    # Lisbon closes at 20:00 of Vilnius, São Paulo opens at 1:00.
    gap = chart.get_by_role("gridcell", name=re.compile("Nobody is there.*25 Nov, 20:00.*26 Nov, 01:00"))
    expect(gap).to_have_class(re.compile("map-gap"))
    expect(page.locator("#gaps li").filter(has_text="Wed 25 Nov, 20:00")).to_contain_text("nobody")
    lunch = chart.get_by_role("gridcell", name=re.compile("Lisbon answers.*25 Nov, 12:00–13:00"))
    expect(lunch).to_have_class(re.compile("map-covered"))
    lunch.hover()
    expect(page.locator("#tip")).to_contain_text("Closed; Lisbon answers its visitors")
    assert_accessible(page)
    picture(page, "coverage-en")

    now = chart.locator(".map-now")
    wednesday = chart.get_by_role("gridcell", name=re.compile("^Vilnius. Open.*25 Nov, 09:00–12:00"))
    box = wednesday.bounding_box()
    assert box is not None
    # 11:40 is eight ninths of the way from 9:00 to 12:00.
    assert abs(left(now) - (box["x"] + box["width"] * 160 / 180)) < 3


def test_the_chart_is_gone_through_by_keyboard_and_weeks_have_their_changes_of_clocks(
    server: ClockedServer, new_context: ContextMaker
) -> None:
    page = admin_of(server, new_context)
    chart = map_of(page, server)
    chart.locator("[tabindex='0']").focus()
    # The one of now: Vilnius and others are open.
    expect(page.locator("#tip")).to_contain_text("Vilnius")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#tip")).to_contain_text(re.compile("Vilnius.*Open", re.DOTALL))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tip")).to_contain_text("Lisbon answers its visitors")
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()

    page.goto(f"{server.url}/console/coverage?zone=Europe/Vilnius&at=2026-10-14T12:00:00Z")
    expect(page.locator("#week")).to_have_text(re.compile(r"^12\s?–\s?18 October 2026$"))
    page.locator("#later").press("Enter")
    expect(page.locator("#week")).to_have_text(re.compile(r"^19\s?–\s?25 October 2026$"))
    expect(page.locator("#changes")).to_contain_text("clocks in Vilnius go back by 1 hr")
    page.locator("#this-week").press("Enter")
    expect(page.locator("#week")).to_have_text(re.compile(r"^23\s?–\s?29 November 2026$"))
    expect(page.locator("#changes li")).to_have_count(0)


def test_another_zone_is_found_by_its_country_and_kept_in_the_address(
    server: ClockedServer, new_context: ContextMaker
) -> None:
    page = admin_of(server, new_context, viewport={"width": 320, "height": 720})
    chart = map_of(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator("#zone-field").fill("japan")
    expect(page.locator("#zone-field-list li")).to_have_count(1)
    page.locator("#zone-field").press("Enter")
    expect(
        chart.get_by_role("gridcell", name=re.compile("^Tokyo. Open.*25 Nov, 09:00–18:00"))
    ).to_be_attached()
    expect(page).to_have_url(re.compile("zone=Asia%2FTokyo"))
    page.locator("#filter").select_option("region:vilnius")
    expect(page.locator("#gaps-title")).to_have_text("When Vilnius is not there")
    page.reload()
    expect(page.locator("#gaps-title")).to_have_text("When Vilnius is not there")
    expect(page.locator("#zone-field")).to_have_value(re.compile("Tokyo"))


@pytest.mark.parametrize("language", ["fa", "ja"])
def test_the_map_reads_in_the_direction_and_calendar_of_its_reader(
    server: ClockedServer, new_context: ContextMaker, picture: Callable[[Page, str], None], language: str
) -> None:
    page = admin_of(server, new_context, language, viewport={"width": 1280, "height": 900})
    chart = map_of(page, server)
    first, last = (
        chart.locator(".map-stretch").first,
        chart.locator(".map-row").nth(2).locator(".map-stretch").last,
    )
    gap = chart.locator(".map-gap").first
    expect(gap).to_be_visible()
    if language == "fa":
        expect(page.locator("#week")).to_contain_text("۱۴۰۵")
        # The week begins on Saturday, at the right.
        expect(chart.locator(".map-day").first).to_contain_text("شنبه")
        assert middle(first) > middle(last)
    else:
        expect(page.locator("#week")).to_contain_text("2026/11/22")
        expect(chart.locator(".map-day").first).to_contain_text("日")
        assert middle(first) < middle(last)
    expect(page.locator("#gaps li").first).to_be_visible()
    assert_accessible(page)
    picture(page, f"coverage-{language}")


def test_one_region_that_is_always_open_is_said_to_be_and_leads_on(
    tmp_path: Path, new_context: ContextMaker
) -> None:
    with clocked("demo", tmp_path / "data", at=NOW) as running:
        page = admin_of(running, new_context)
        page.goto(f"{running.url}/console/coverage")
        expect(page.locator("#empty")).to_contain_text("day and night")
        expect(page.locator("#map-card")).to_be_hidden()
        expect(page.locator("#empty a")).to_have_attribute("href", "/console/regions")


def test_a_visitor_who_comes_after_hours_is_told_when_somebody_will_be_there(
    server: ClockedServer, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    page = admin_of(server, new_context, viewport={"width": 1280, "height": 900})
    page.goto(
        f"{server.url}/console/simulator?at=2026-11-25T20:00:00Z&zone=Europe/Vilnius"
        "&visitor_zone=Europe/Vilnius&language=en&who=duty"
    )
    expect(page.locator("#state")).to_have_text("Closed")
    expect(page.locator("#verdict")).to_contain_text("when Vilnius opens")
    regions = page.locator("#why-regions li")
    expect(regions).to_have_count(2)
    expect(regions.nth(0)).to_contain_text("Vilnius")
    expect(regions.nth(1)).to_contain_text("Lisbon")
    panel = page.frame_locator("#panel")
    expect(panel.locator("#wait")).to_contain_text(
        re.compile(r"We are back tomorrow at 9:00\sAM, in 11 hours\.")
    )
    expect(panel.locator("#wait")).to_contain_text("We answer every message on the next working day.")
    expect(page.locator("#visitor-time")).to_contain_text("22:00")
    assert_accessible(page)
    picture(page, "simulator-en")

    # An hour of Lisbon's is left when it is two hours and a half earlier.
    for _ in range(3):
        page.locator("[data-step='-60']").press("Enter")
    expect(page.locator("#state")).to_have_text("Open")
    expect(page.locator("#why-regions .candidate-chosen")).to_contain_text("It takes over from Vilnius.")
    expect(panel.locator("#presence")).to_have_text("Here now")
    page.locator("input[name=stage][value=written]").check()
    expect(panel.locator("#wait")).to_contain_text("You are first in the queue.")
    expect(page).to_have_url(re.compile("at=2026-11-25T17%3A00%3A00Z"))


@pytest.mark.parametrize(
    ("language", "zone", "at", "words"),
    [
        # 22:00 in Tehran on a Wednesday; Thursday and Friday are free, so Saturday at 8:30.
        ("fa", "Asia/Tehran", "2026-11-25T18:30:00Z", "۸:۳۰"),
        # 20:00 in Tokyo; it opens tomorrow at 9:00.
        ("ja", "Asia/Tokyo", "2026-11-25T11:00:00Z", "9:00"),
    ],
)
def test_the_preview_speaks_the_visitors_language_and_tells_the_visitors_time(
    server: ClockedServer,
    new_context: ContextMaker,
    picture: Callable[[Page, str], None],
    language: str,
    zone: str,
    at: str,
    words: str,
) -> None:
    page = admin_of(server, new_context, language, viewport={"width": 1280, "height": 900})
    page.goto(
        f"{server.url}/console/simulator?at={at}&zone={zone}&visitor_zone={zone}&language={language}&who=duty"
    )
    expect(page.locator("#state")).to_have_class(re.compile("verdict-closed"))
    panel = page.frame_locator("#panel")
    expect(panel.locator("html")).to_have_attribute("lang", language)
    expect(panel.locator("#wait .now")).to_contain_text(words)
    assert_accessible(page)
    picture(page, f"simulator-{language}")


def test_a_year_shows_holidays_and_changes_of_clocks_and_is_gone_through_by_keyboard(
    server: ClockedServer, new_context: ContextMaker
) -> None:
    page = admin_of(server, new_context, viewport={"width": 320, "height": 720})
    page.goto(f"{server.url}/console/simulator?zone=Europe/Vilnius&visitor_zone=Europe/Vilnius&who=duty")
    year = page.get_by_role("grid")
    christmas = year.get_by_role("gridcell", name=re.compile("25 December 2026. Closed. Christmas Day"))
    expect(christmas).to_have_class(re.compile("year-special"))
    spring = year.get_by_role("gridcell", name=re.compile("28 March 2027.*Clocks go forward"))
    expect(spring).to_have_class(re.compile("year-change"))
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    year.locator("[tabindex='0']").focus()
    expect(page.locator("#tip")).to_contain_text("Wednesday, 25 November 2026")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#tip")).to_contain_text("Thursday, 26 November 2026")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tip")).to_contain_text("Thursday, 3 December 2026")

    first = page.locator("#transitions tbody tr").first
    expect(first).to_contain_text("Closes")
    page.locator("#page-after").press("Enter")
    expect(page.locator("#page-said")).to_contain_text("21–40")
    page.locator("#year-region").select_option("tokyo")
    expect(page.locator("#year-title")).to_have_text("The next 12 months of Tokyo")
    expect(page.locator("#page-said")).to_contain_text("1–20")
