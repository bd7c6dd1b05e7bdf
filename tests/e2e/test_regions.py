"""An admin's regions, from a country to hours of their own, in two directions of reading."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide
from tests.support.clocked import clocked
from tests.support.server import Server

FRIDAY = "2026-02-27T10:00:00Z"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Server]:
    """The demo on a Friday, when nobody works in Iran."""
    with clocked("demo", tmp_path / "data", at=FRIDAY) as server:
        yield server


def admin_at(demo: Server, new_context: ContextMaker, language: str, **options: object) -> Page:
    side = AgentSide(new_context(locale=language, **options).new_page())
    side.sign_in(demo.link)
    page = side.page
    page.goto(f"{demo.url}/console/profile")
    page.locator("#language").select_option(language)
    page.locator("form[action='/console/profile'] button").click()
    page.wait_for_url("**/console/profile?saved")
    page.goto(f"{demo.url}/console/regions")
    expect(page.locator("#regions")).not_to_have_attribute("aria-busy", "true")
    return page


def add(page: Page, country: str) -> None:
    """A region as its country's preset has it."""
    page.locator("#add").click()
    page.locator("#adding-country").select_option(country)
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#region")).to_be_visible()
    page.locator("#save").click()
    page.wait_for_url("**/console/regions")
    expect(page.locator("#undo")).not_to_be_empty()


def row(page: Page, region: str) -> Locator:
    return page.locator(f"#regions [data-region='{region}']")


def save(page: Page) -> None:
    page.locator("#save").click()
    page.locator("#dialog .button-primary").click()
    expect(page.locator("#dialog")).to_be_hidden()


@pytest.mark.parametrize(("language", "name", "direction"), [("en", "Iran", "ltr"), ("fa", "ایران", "rtl")])
def test_a_region_from_a_country_gets_hours_of_its_own(
    demo: Server, new_context: ContextMaker, language: str, name: str, direction: str
) -> None:
    page = admin_at(demo, new_context, language)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    expect(page.locator("#start")).to_be_visible()
    add(page, "IR")
    expect(page.locator("#start")).to_be_hidden()
    expect(row(page, "iran").locator(".region-name")).to_have_text(name)
    expect(row(page, "iran")).to_contain_text({"en": "Tehran", "fa": "تهران"}[language])
    expect(row(page, "iran").locator(".region-dot.is-closed")).to_have_count(1)

    row(page, "iran").locator(".region-name").click()
    expect(page.locator("#names-fa")).to_have_value("ایران")
    switch = page.locator("#hours").get_by_role("switch").first
    expect(switch).not_to_be_checked()
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_be_checked()
    page.locator("#offline-fa").fill("فردا پاسخ می‌دهیم.")
    expect(page.locator("#preview")).to_have_text("فردا پاسخ می‌دهیم.")
    page.locator("#save").click()
    expect(page.locator("#dialog dt")).to_have_count(2)
    expect(page.locator("#dialog ins").last).to_have_text("فردا پاسخ می‌دهیم.")
    page.locator("#dialog .button-primary").click()
    expect(page.locator("#save")).to_have_attribute("aria-disabled", "true")

    page.goto(f"{demo.url}/console/regions")
    expect(row(page, "iran").locator(".region-dot.is-open")).to_have_count(1)


def test_the_second_of_two_admins_chooses_what_counts(demo: Server, new_context: ContextMaker) -> None:
    page = admin_at(demo, new_context, "en")
    add(page, "LT")
    row(page, "lithuania").locator(".region-name").click()
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#names-en").fill("Baltics")
    other.locator("#when-empty").get_by_label("Visitors are told it is closed").check()
    save(other)
    expect(other.locator("#undo")).to_contain_text("Saved.")

    page.locator("#names-en").fill("The North")
    page.locator("#countries select").select_option("LV")
    save_button = page.locator("#dialog").get_by_role("button", name="Save", exact=True)
    page.locator("#save").click()
    save_button.click()
    dialog = page.locator("#dialog")
    expect(dialog.get_by_role("heading")).to_contain_text("has saved this region meanwhile")
    names = dialog.get_by_role("group", name=re.compile("Name in English"))
    expect(names).to_contain_text("The North")
    expect(names).to_contain_text("Baltics")
    expect(names).to_contain_text("both changed it")
    names.get_by_label("Theirs").check()
    dialog.get_by_role("button", name="Save what is chosen").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#save")).to_have_attribute("aria-disabled", "true")

    page.reload()
    expect(page.locator("#names-en")).to_have_value("Baltics")
    expect(page.locator("#when-empty").get_by_label("Visitors are told it is closed")).to_be_checked()
    expect(page.locator("#countries li")).to_have_count(2)


def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(
    demo: Server, new_context: ContextMaker
) -> None:
    page = admin_at(demo, new_context, "en", viewport={"width": 320, "height": 720})
    add(page, "LT")
    row(page, "lithuania").locator(".region-name").click()
    page.locator("#waiting-offer_seconds").fill("3")
    page.locator("#names-en").fill("Baltics")
    save(page)
    expect(page.locator("#problems")).to_contain_text("from 10 to 600")
    field = page.locator("#waiting-offer_seconds")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(page.locator("#names-en")).to_have_value("Baltics")
    field.fill("20")
    save(page)
    expect(page.locator("#title")).to_have_text("Baltics")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_regions_are_put_in_order_and_removed_by_keyboard_and_brought_back(
    demo: Server, new_context: ContextMaker
) -> None:
    page = admin_at(demo, new_context, "en")
    add(page, "LT")
    add(page, "JP")
    row(page, "japan").locator(".region-handle").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#live")).to_have_text("Japan is at place 2 now.")
    expect(row(page, "japan").locator(".region-handle")).to_be_focused()
    names = page.locator("#regions .region-name")
    expect(names).to_have_text(["Everywhere", "Japan", "Lithuania"])

    row(page, "lithuania").locator(".region-name").press("Enter")
    page.locator("#overflow select").select_option("japan")
    save(page)
    expect(page.locator("#undo")).to_contain_text("Saved.")
    page.goto(f"{demo.url}/console/regions/japan")
    expect(page.locator("#region")).to_be_visible()
    page.locator("#remove").press("Enter")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("It helps out Lithuania.")
    dialog.get_by_label("Who takes over?").select_option("everywhere")
    dialog.get_by_role("button", name="Remove Japan").press("Enter")
    page.wait_for_url("**/console/regions")
    expect(names).to_have_text(["Everywhere", "Lithuania"])
    expect(row(page, "lithuania")).to_contain_text("Helped by")
    page.locator("#undo").get_by_role("button", name="Undo").press("Enter")
    expect(names).to_have_text(["Everywhere", "Japan", "Lithuania"])
    page.goto(f"{demo.url}/console/regions/lithuania")
    expect(page.locator("#overflow li")).to_contain_text("Japan")
