"""An admin sets business hours: by dragging, by typing, by keyboard, in three languages and two calendars."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.e2e.conftest import ContextMaker
from tests.support.server import Server, serving

REGION = "/console/regions/everywhere"


class HoursSide:
    """The editor on the page of a region that is always open to begin with."""

    def __init__(self, page: Page, demo: Server, language: str) -> None:
        self.page = page
        page.goto(f"{demo.url}/console/profile")
        choice = page.locator("select[name=language]")
        choice.select_option(language)
        page.locator("form").filter(has=choice).locator("button[type=submit]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.goto(f"{demo.url}{REGION}")
        expect(page.locator(".hours-block")).to_have_count(7)

    def day(self, day: int) -> Locator:
        """Monday is 0."""
        return self.page.locator(f'.hours-day[data-day="{day}"]')

    def typed(self, day: int) -> Locator:
        return self.day(day).locator(".hours-input")

    def type(self, day: int, text: str) -> None:
        self.typed(day).fill(text)
        self.typed(day).press("Enter")

    def at(self, day: int, minute: int) -> tuple[float, float]:
        """Where a minute of a day is on the page."""
        track = self.page.locator(f'.hours-track[data-day="{day}"]')
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        assert box is not None
        share = minute / 1440
        if self.page.evaluate("document.dir") == "rtl":
            share = 1 - share
        return box["x"] + box["width"] * share, box["y"] + box["height"] / 2

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """From a minute of a day to another."""
        mouse = self.page.mouse
        mouse.move(*self.at(*start))
        mouse.down()
        mouse.move(*self.at(*end), steps=8)
        mouse.up()

    def always(self) -> None:
        self.page.locator(".hours-switch input").click()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all of these tests, as none of them saves anything but the admin's language."""
    with serving("demo", tmp_path_factory.mktemp("hours") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def admin(demo: Server, browser: Browser) -> StorageState:
    """The cookies of the admin, whose link is good for one sign-in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo.link)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/console")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def hours(demo: Server, admin: StorageState, new_context: ContextMaker) -> HoursSide:
    context = new_context(locale="en-US", viewport={"width": 1280, "height": 900}, storage_state=admin)
    return HoursSide(context.new_page(), demo, "en")


def test_hours_are_dragged_typed_copied_and_brought_back(hours: HoursSide) -> None:
    page = hours.page
    hours.always()
    expect(page.locator(".hours-total")).to_have_text("40 hours a week")

    hours.drag((5, 600), (5, 840))
    expect(hours.typed(5)).to_have_value(re.compile(r"^10\sAM–2\sPM$"))
    # Its end, then the whole of it, to the day after.
    hours.drag((5, 836), (5, 896))
    expect(hours.typed(5)).to_have_value(re.compile(r"^10\sAM–3\sPM$"))
    hours.drag((5, 720), (6, 720))
    expect(hours.typed(5)).to_have_value("")
    expect(hours.typed(6)).to_have_value(re.compile(r"^10\sAM–3\sPM$"))
    # By keyboard: later, longer, as text, gone.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(hours.typed(6)).to_have_value(re.compile(r"^10:15\sAM–3:35\sPM$"))
    page.keyboard.press("Enter")
    expect(hours.typed(6)).to_be_focused()
    page.keyboard.press("Escape")
    hours.day(6).locator(".hours-block").focus()
    page.keyboard.press("Delete")
    expect(hours.typed(6)).to_have_value("")

    # A night is seen on both of its days.
    hours.type(4, "22:00-6:00")
    expect(hours.day(4).locator(".hours-block")).to_have_count(1)
    expect(hours.day(5).locator(".hours-rest")).to_have_count(1)

    # What has two meanings is asked.
    hours.type(0, "9-5")
    question = hours.day(0).locator(".hours-said")
    expect(question).to_contain_text("Which is meant?")
    expect(question.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(hours.typed(0)).to_have_value(re.compile(r"^9\sAM–5\sPM$"))
    # What has none is told where it is.
    hours.type(1, "9-12, 13:70-14")
    expect(hours.typed(1)).to_have_attribute("aria-invalid", "true")
    expect(hours.day(1).locator(".hours-said")).to_contain_text("13:70")
    hours.type(1, "9-12, 1-5:30pm")
    expect(hours.typed(1)).to_have_value(re.compile(r"^9\sAM–12\sPM, 1\sPM–5:30\sPM$"))

    hours.day(1).get_by_role("button", name="Copy Tuesday to other days").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Wednesday")).to_be_checked()
    expect(dialog.get_by_label("Sunday")).not_to_be_checked()
    dialog.get_by_role("button", name="Copy").click()
    lunch = re.compile(r"^9\sAM–12\sPM, 1\sPM–5:30\sPM$")
    for day in range(5):
        expect(hours.typed(day)).to_have_value(lunch)
    hours.day(0).locator(".hours-block").first.focus()
    page.keyboard.press("Control+z")
    expect(hours.typed(4)).to_have_value(re.compile(r"^10\sPM–6\sAM$"))
    page.keyboard.press("Control+Shift+z")
    expect(hours.typed(4)).to_have_value(lunch)


def test_a_holiday_has_its_own_hours_every_year_and_a_day_only_once(hours: HoursSide) -> None:
    page = hours.page
    hours.always()
    page.get_by_label("Public holidays of").select_option("LT")
    page.locator(".hours-named-day", has_text="Second Day of Christmas").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Every year")).to_be_checked()
    dialog.get_by_label("Own hours").check()
    dialog.get_by_label("Hours", exact=True).fill("10-13")
    dialog.get_by_label("Name (optional)").fill("Half a day")
    dialog.get_by_role("button", name="Use").click()
    expect(dialog).to_have_count(0)
    row = page.locator('[data-place="holidays.days[0]"]')
    expect(row).to_contain_text("Half a day (Second Day of Christmas)")
    # In the next year too.
    page.get_by_role("button", name="The year after").click()
    expect(page.locator(".hours-named-day", has_text="Half a day")).to_contain_text("every year")

    page.locator(".hours-named-day", has_text="Assumption Day").click()
    dialog.get_by_label("Only this year").check()
    dialog.get_by_label(re.compile("Open, as on any")).check()
    dialog.get_by_role("button", name="Use").click()
    expect(page.locator('[data-place="exceptions[0]"]')).to_contain_text("Aug 15")

    row.get_by_role("button", name="Remove").click()
    expect(page.locator(".hours-named-day", has_text="Half a day")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".hours-named-day", has_text="Half a day")).to_have_count(1)


def test_what_is_wrong_is_shown_and_what_comes_of_it_is_seen(hours: HoursSide) -> None:
    page = hours.page
    page.locator("#timezone").select_option("Europe/Vilnius")
    hours.always()
    for day in range(7):
        hours.type(day, "closed")
    expect(page.locator(".hours-trouble")).to_contain_text("never open")
    expect(page.locator(".hours-status")).to_contain_text("not open again within a year")
    hours.type(5, "22:00-6:00")
    hours.type(6, "5-8")
    expect(hours.day(6).locator(".hours-note").first).to_contain_text("This overlaps with Saturday")
    # The nights on which clocks change.
    expect(hours.day(5).locator(".hours-note")).to_have_count(2)
    expect(hours.day(5)).to_contain_text("7 hours instead of 8 hours")
    expect(page.locator(".hours-change-matters")).to_have_count(2)
    expect(page.locator(".hours-strip")).to_have_count(28)
    expect(page.locator(".hours-strip .hours-now")).to_have_count(1)
    page.get_by_text("The same as a table").click()
    expect(page.locator(".hours-figures tbody tr")).to_have_count(28)


def test_hours_come_and_go_as_text(hours: HoursSide) -> None:
    page = hours.page
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog")
    text = dialog.get_by_label("Paste JSON, or opening_hours of OpenStreetMap")
    text.fill("Mo-Fr 09:00-12:00; sunrise-10:00")
    expect(dialog.get_by_role("button", name=re.compile("^column"))).to_be_visible()
    dialog.get_by_role("button", name="Use these hours").click()
    expect(dialog).to_be_visible()
    text.fill("Mo-Fr 09:00-12:00")
    expect(dialog.locator(".hours-summary")).to_contain_text("UTC")
    dialog.get_by_role("button", name="Use these hours").click()
    expect(page.locator(".hours-total")).to_have_text("15 hours a week")
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_role("dialog").get_by_label("opening_hours of OpenStreetMap")).to_have_value(
        "Mo-Fr 09:00-12:00"
    )


def test_in_persian_days_run_from_right_to_left_and_years_begin_in_spring(
    demo: Server, admin: StorageState, new_context: ContextMaker
) -> None:
    page = new_context(
        locale="fa-IR", viewport={"width": 1280, "height": 900}, storage_state=admin
    ).new_page()
    hours = HoursSide(page, demo, "fa")
    expect(page.locator(".hours-day").first).to_have_attribute("data-day", "5")
    hours.always()
    hours.drag((3, 1140), (3, 1200))
    expect(hours.typed(3)).to_have_value("۹:۰۰–۱۷:۰۰، ۱۹:۰۰–۲۰:۰۰")
    morning, evening = (
        hours.day(3).locator(".hours-block").nth(number).bounding_box() for number in range(2)
    )
    assert morning is not None
    assert evening is not None
    assert morning["x"] > evening["x"]
    hours.day(3).locator(".hours-block").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    expect(hours.typed(3)).to_have_value("۹:۰۰–۱۷:۰۰، ۱۹:۱۵–۲۰:۱۵")
    hours.type(5, "۹ تا ۱۲:۳۰")
    expect(hours.typed(5)).to_have_value("۹:۰۰–۱۲:۳۰")
    expect(page.locator(".hours-year-name")).to_have_text(re.compile("^۱۴[۰-۹]{2}$"))
    expect(page.locator(".hours-month h5").first).to_have_text("فروردین")
    expect(page.locator(".hours-month").first.locator(".hours-date")).to_have_count(31)
    page.locator(".hours-months select, .hours-triple select").first.select_option("IR")
    expect(page.locator(".hours-month").first.locator(".hours-is-holiday").first).to_be_visible()


def test_in_japanese_on_a_phone(demo: Server, admin: StorageState, new_context: ContextMaker) -> None:
    page = new_context(
        locale="ja-JP", viewport={"width": 320, "height": 720}, has_touch=True, storage_state=admin
    ).new_page()
    hours = HoursSide(page, demo, "ja")
    expect(page.locator(".hours-day").first).to_have_attribute("data-day", "6")
    hours.always()
    hours.type(5, "午前9時〜午後5時30分")
    expect(hours.typed(5)).to_have_value("9:00–17:30")
    # A touch on an empty place of the columns adds an hour there.
    track = page.locator('.hours-track[data-day="6"]')
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] * 10.1 / 24)
    expect(hours.typed(6)).to_have_value("10:00–11:00")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
