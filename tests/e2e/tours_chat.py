"""Through the chat and the console."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_right_to_left import frame_of
from tests.e2e.tours import MAIL_KEY, House, State, settled


def console(house: House) -> Iterator[State]:
    page = house.admin()
    agent = AgentSide(page)
    page.goto(house.at("/console"))
    settled(page, "#sections")
    yield "console", page
    page.locator("#menu summary").click()
    yield "console, menu", page
    page.keyboard.press("Escape")
    page.locator("#availability").click()
    yield "console, availability", page
    page.keyboard.press("Escape")
    page.locator("#help-button").evaluate("button => button.click()")
    yield "console, shortcuts", page
    page.keyboard.press("Escape")
    visitor = VisitorSide(house.stranger(locale="pt-BR", timezone_id="America/Sao_Paulo").new_page())
    visitor.open(house.server.url)
    visitor.write("Onde está o meu pedido 48213?")
    page.bring_to_front()
    expect(page.locator("#sections a.row").first).to_be_visible()
    yield "console, somebody waits", page
    agent.open_first()
    expect(page.locator("#messages")).to_contain_text(re.compile("48213"))
    yield "console, offer", page
    page.keyboard.press("a")
    expect(page.locator("#reply")).to_be_visible()
    expect(page.locator("#owner")).not_to_be_empty()
    page.locator("#reply").fill("It arrives on Friday. no no no no no no no no")
    if page.locator("#preview-toggle").is_visible():
        page.locator("#preview-toggle").click()
        expect(page.locator("#preview-back-text").or_(page.locator("#preview-status"))).not_to_have_text(
            ["", ""]
        )
        yield "console, preview", page
    page.locator("#reply").press("Enter")
    visitor.page.bring_to_front()
    visitor.expect_text("Friday|sexta|no no")
    page.bring_to_front()
    yield "console, conversation", page
    whys = page.locator("#messages button[aria-expanded]")
    if whys.count():
        whys.last.click()
        yield "console, why", page
    page.locator("#log").focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    yield "console, palette", page
    page.locator("#palette-query").fill("zzzz")
    yield "console, palette, nothing", page
    page.keyboard.press("Escape")
    page.locator("#log").focus()
    page.keyboard.press("t")
    expect(page.locator("#transfer")).to_be_visible()
    yield "console, handing on", page
    page.keyboard.press("Escape")
    expect(page.locator("#transfer")).to_be_hidden()
    page.locator("#close").click()
    expect(page.locator("#closed-bar")).to_be_visible()
    yield "console, closed", page


def shop(house: House) -> Iterator[State]:
    """The demo page and the chat in it."""
    page = house.stranger(timezone_id="Europe/Vilnius").new_page()
    visitor = VisitorSide(page)
    page.goto(house.at(f"/?lang={house.locale}"))
    yield "shop", page
    visitor.open_chat()
    expect(visitor.chat.locator("html")).to_have_attribute("lang", house.locale)
    chat = frame_of(page)
    yield "widget, opened", chat
    visitor.chat.locator("#language").click()
    expect(visitor.chat.locator("#search")).to_be_visible()
    yield "widget, languages", chat
    visitor.chat.locator("#search").fill("zzzz")
    yield "widget, no such language", chat
    page.keyboard.press("Escape")
    visitor.chat.locator("#region").click()
    expect(visitor.chat.get_by_role("listbox")).to_be_visible()
    yield "widget, regions", chat
    page.keyboard.press("Escape")
    visitor.box.fill("x" * 9000)
    yield "widget, too long", chat
    visitor.write("Kur mano užsakymas?")
    expect(visitor.chat.locator("#wait")).to_be_visible()
    yield "widget, waiting", chat


def after_hours(house: House) -> Iterator[State]:
    """Nobody is there."""
    page = house.stranger(timezone_id="Europe/Vilnius").new_page()
    visitor = VisitorSide(page)
    with page.expect_response("**/api/visitor/session") as begun:
        visitor.open(house.at(f"/?lang={house.locale}"))
    visitor_id = begun.value.json()["visitor"]["id"]
    expect(visitor.chat.locator("#wait")).to_be_visible()
    chat = frame_of(page)
    yield "widget, closed", chat
    visitor.write("Kur mano užsakymas?")
    expect(visitor.chat.locator("#email")).to_be_visible()
    yield "widget, closed, address asked", chat
    visitor.chat.locator("#email").fill("ana at example")
    visitor.chat.locator("#email").press("Enter")
    expect(visitor.chat.locator("#email-problem")).to_be_visible()
    yield "widget, closed, address wrong", chat
    visitor.chat.locator("#email").fill("ana@example.com")
    visitor.chat.locator("#email").press("Enter")
    expect(visitor.chat.locator("#email")).to_be_hidden()
    yield "widget, closed, address kept", chat
    signed = hmac.digest(bytes.fromhex(MAIL_KEY), f"{visitor_id}\nana@example.com".encode(), hashlib.sha256)
    token = f"f1.{visitor_id}.{base64.urlsafe_b64encode(signed[:24]).decode()}"
    page.goto(house.at(f"/mail/forget/{token}"))
    yield "forget: asked", page
    page.locator("main button").click()
    yield "forgotten", page


def asked(house: House) -> Iterator[State]:
    """Questions before the first message, one after the last, and canned responses."""
    page = house.stranger(timezone_id="Europe/Vilnius").new_page()
    visitor = VisitorSide(page)
    visitor.open(house.at(f"/?lang={house.locale}"))
    chat = frame_of(page)
    expect(visitor.chat.locator("#prechat")).to_be_visible()
    yield "widget, questions", chat
    visitor.box.fill("Kur mano užsakymas?")
    visitor.box.press("Enter")
    expect(visitor.chat.locator("#prechat [aria-invalid=true]").first).to_be_visible()
    yield "widget, questions, without an answer", chat
    visitor.chat.locator("#prechat input").nth(0).fill("Ana")
    visitor.chat.locator("#prechat input").nth(1).fill("ana@example.com")
    visitor.box.press("Enter")
    expect(visitor.chat.locator("#list li.mine").first).to_be_visible()
    yield "widget, questions answered", chat
    admin = house.admin()
    agent = AgentSide(admin)
    admin.goto(house.at("/console"))
    settled(admin, "#sections")
    agent.open_first()
    admin.keyboard.press("a")
    expect(admin.locator("#owner")).not_to_be_empty()
    admin.locator("#canned-button").click()
    expect(admin.get_by_role("listbox").first).to_be_visible()
    yield "console, canned responses", admin
    admin.keyboard.press("Escape")
    agent.write("It arrives on Friday.")
    admin.locator("#close").click()
    expect(admin.locator("#closed-bar")).to_be_visible()
    page.bring_to_front()
    expect(visitor.chat.locator(".scores label").first).to_be_visible()
    yield "widget, survey", chat
    visitor.chat.locator(".scores label").nth(1).click()
    yield "widget, survey, a mark", chat
    visitor.chat.locator("form:has(.scores) button[type=submit]").click()
    expect(visitor.chat.locator("#survey .done")).to_be_visible()
    yield "widget, survey answered", chat
    admin.bring_to_front()
    yield "console, rated", admin
    admin.goto(house.at("/console/ratings"))
    yield "ratings, one", admin


def daily(house: House) -> Iterator[State]:
    """The pages that people are on most."""
    visitor = VisitorSide(house.stranger().new_page())
    visitor.open(house.at(f"/?lang={house.locale}"))
    yield "widget, opened", frame_of(visitor.page)
    visitor.write("48213?")
    expect(visitor.chat.locator("#wait")).to_be_visible()
    yield "widget, waiting", frame_of(visitor.page)
    page = house.admin()
    page.goto(house.at("/console"))
    settled(page, "#sections")
    AgentSide(page).open_first()
    expect(page.locator("#messages")).to_contain_text("48213")
    yield "console", page
    for path, ready in (
        ("team", "#people-title"),
        ("regions", ".region-facts"),
        ("regions/vilnius", ".hours-day"),
    ):
        page.goto(house.at(f"/console/{path}"))
        expect(page.locator(ready).first).to_be_visible()
        yield path, page
