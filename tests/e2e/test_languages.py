"""An admin installs language packs in the browser, and the chat speaks the new language without a restart."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.support.argos_packages import lay_out, pack
from tests.support.server import Server

pytestmark = pytest.mark.browser

PACKAGES = Path(__file__).parents[1] / "models" / "packages"
LT_EN = PACKAGES / "translate-lt_en-0_1.argosmodel"
EN_LT = PACKAGES / "translate-en_lt-0_1.argosmodel"
SLOW = 60_000
"""Milliseconds for what loads models on a busy machine."""


def languages(page: Page, demo: Server) -> Page:
    """The page of languages, of somebody who is signed in."""
    page.goto(f"{demo.url}/console/languages")
    expect(page.locator("#installed li").first).to_be_visible()
    return page


def admin_of(demo: Server, new_context: ContextMaker, **options: object) -> AgentSide:
    agent = AgentSide(new_context(**{"locale": "en", **options}).new_page())
    agent.sign_in(demo.link)
    return agent


def test_two_uploads_and_a_waiting_message_is_translated(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    agent = admin_of(demo, new_context)
    visitor = VisitorSide(new_context(locale="lt").new_page())
    visitor.open(demo.url)
    visitor.write("Kur mano užsakymas?")
    agent.open_first()
    agent.expect_text("Kur mano užsakymas")
    expect(agent.page.locator("#without-route")).to_contain_text("between Lithuanian and English")

    page = languages(agent.page.context.new_page(), demo)
    expect(page.locator("#gaps")).to_contain_text(re.compile("writes Lithuanian"))
    page.locator("#upload-input").set_input_files([LT_EN, EN_LT])
    expect(page.locator("#received li")).to_have_count(2)
    summary = page.locator("#received-summary")
    expect(summary).to_contain_text("Lithuanian to Portuguese, through English")
    picture(page, "languages-received")
    summary.get_by_role("button", name="Install 2 packs").click()
    expect(page.locator("#jobs-title")).to_be_focused()
    expect(page.locator(".job[data-state=done]")).to_have_count(2, timeout=SLOW)
    expect(page.locator("#jobs")).to_contain_text("Where is my order?")
    expect(page.locator("#installed")).to_contain_text("Lithuanian to English")
    expect(page.locator("#gaps-section")).to_be_hidden()
    expect(page.locator("#received li")).to_have_count(0)
    picture(page, "languages-installed")

    # The message that waited is translated by itself, and the next ones go both ways.
    agent.page.bring_to_front()
    agent.expect_text("Where is my order")
    expect(agent.page.locator("#without-route")).to_be_hidden()
    expect(agent.page.locator("#composer-hint")).not_to_contain_text("Not translated")
    agent.write("Thank you!")
    visitor.expect_text("Ačiū")


def test_an_interrupted_upload_goes_on_where_it_was(
    demo: Server, new_context: ContextMaker, tmp_path: Path, picture: Callable[[Page, str], None]
) -> None:
    """The connection is lost, then the page; the rest of the file is sent, and no byte of it twice."""
    package = pack(lay_out(tmp_path / "de", "en", "de"), tmp_path / "en_de.argosmodel")
    large = tmp_path / "large.argosmodel"
    # A zip file may have anything before its beginning; here it makes a file of several pieces.
    large.write_bytes(bytes(5_000_000) + package.read_bytes())
    page = languages(admin_of(demo, new_context).page, demo)
    offsets: list[int] = []
    lost = True

    def watch(route: Route) -> None:
        offset = int(route.request.url.rpartition("=")[2])
        if lost and offset > 0:
            route.abort("connectionreset")
            return
        offsets.append(offset)
        route.continue_()

    page.context.route("**/api/packs/uploads/*offset=*", watch)
    page.locator("#upload-input").set_input_files(large)
    expect(page.locator("#sending")).to_contain_text("The connection is lost", timeout=SLOW)
    page.locator("#sending").scroll_into_view_if_needed()
    picture(page, "languages-connection-lost")
    page.on("dialog", lambda dialog: dialog.accept())
    languages(page, demo)
    expect(page.locator("#sending")).to_contain_text("choose the same file again")
    lost = False
    page.locator("#upload-input").set_input_files(large)
    expect(page.locator("#received li")).to_have_count(1, timeout=SLOW)
    assert offsets[0] == 0
    assert offsets == sorted(set(offsets)), "a piece was sent twice"
    expect(page.locator("#received")).to_contain_text("English to German")
    page.locator("#received").get_by_role("button", name="Discard").click()
    expect(page.locator("#received li")).to_have_count(0)


def test_what_is_wrong_is_said_where_it_is(demo: Server, new_context: ContextMaker, tmp_path: Path) -> None:
    (tmp_path / "photo.zip").write_bytes(b"no archive at all")
    page = languages(admin_of(demo, new_context).page, demo)
    page.locator("#upload-input").set_input_files(tmp_path / "photo.zip")
    expect(page.locator("#received")).to_contain_text("is damaged", timeout=SLOW)
    expect(page.locator("#received input")).to_be_disabled()
    expect(page.locator("#received-summary button")).to_have_count(0)
    page.locator("#address").fill("models.example.com/pack")
    page.locator("#address-form button[type=submit]").click()
    expect(page.locator("#address-error")).to_contain_text("begins with https://")
    expect(page.locator("#address")).to_be_focused()
    page.locator("#mirror").fill("nowhere")
    page.locator("#mirror").press("Enter")
    expect(page.locator("#mirror-error")).to_contain_text("index.json")
    expect(page.locator("#mirror")).to_have_attribute("aria-invalid", "true")
    # Nothing is behind this one, and the page says what works without it.
    page.locator("#mirror").fill("http://127.0.0.1:1/index.json")
    page.locator("#mirror").press("Enter")
    ask = page.get_by_role("button", name="Ask 127.0.0.1:1 what it has")
    ask.click()
    expect(page.locator("#catalogue-trouble")).to_contain_text(
        "Without a network, upload the file", timeout=SLOW
    )


def test_from_the_servers_disk_by_keyboard_and_out_again(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    (demo.data_dir / "import").mkdir()
    shutil.copy(LT_EN, demo.data_dir / "import")
    page = languages(admin_of(demo, new_context).page, demo)
    page.locator("#imports input").focus()
    page.keyboard.press("Space")
    install = page.locator("#imports-summary button")
    expect(install).to_have_text("Install Lithuanian to English")
    install.focus()
    page.keyboard.press("Enter")
    # Another admin sees the same, as it goes on.
    other = languages(page.context.new_page(), demo)
    expect(other.locator(".job[data-state=done]")).to_have_count(1, timeout=SLOW)
    other.locator(".job").get_by_role("button", name="Dismiss").click()
    expect(other.locator("#jobs-section")).to_be_hidden()
    remove = other.get_by_role("button", name="Remove Lithuanian to English")
    remove.focus()
    other.keyboard.press("Enter")
    dialog = other.locator("#removal")
    expect(dialog).to_contain_text("Lithuanian to Portuguese, through English")
    picture(other, "languages-removal")
    other.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(remove).to_be_focused()
    remove.press("Enter")
    dialog.get_by_role("button", name="Remove it").click()
    expect(remove).to_have_count(0)
    expect(other.locator("#reach")).not_to_contain_text("Lithuanian")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_page(demo: Server, new_context: ContextMaker, scheme: str) -> None:
    (demo.data_dir / "import").mkdir()
    shutil.copy(LT_EN, demo.data_dir / "import")
    (demo.data_dir / "import" / "photo.zip").write_bytes(b"x")
    narrow = {"viewport": {"width": 320, "height": 640}, "color_scheme": scheme}
    page = languages(admin_of(demo, new_context, **narrow).page, demo)
    page.locator("#imports input:enabled").check()
    expect(page.locator("#imports-summary button")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_page_from_right_to_left(
    demo: Server, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    page = admin_of(demo, new_context).page
    page.goto(f"{demo.url}/console/profile")
    page.locator("[name=language]").select_option("fa")
    page.locator("form[action='/console/profile'] button").click()
    page.wait_for_url("**/console/profile?saved")
    languages(page, demo)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    # Nothing translates into Persian yet, and the page begins with that.
    expect(page.locator("#gaps li")).to_have_count(1)
    heading = page.locator("#installed-title").bounding_box()
    button = page.locator("#installed button").first.bounding_box()
    assert heading is not None
    assert button is not None
    assert abs((heading["x"] + heading["width"]) - (button["x"] + button["width"])) < 2
    picture(page, "languages-fa")
