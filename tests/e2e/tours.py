"""Walks through every page and state, for tests that look at each of them.

A tour goes on to the next state and yields its name with what is to be looked at: the page or a frame in it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_right_to_left import frame_of
from tests.support.clocked import ClockedServer

State = tuple[str, Page | Frame]
Tour = Callable[["House"], Iterator[State]]

PACKAGES = Path(__file__).parents[1] / "models" / "packages"
MAIL_KEY = "ab" * 32


@dataclass(frozen=True)
class House:
    """A furnished server, and browsers of people who read in one language."""

    server: ClockedServer
    locale: str
    admin: Callable[[], Page]
    """A page of somebody signed in who reads in it."""
    stranger: Callable[..., BrowserContext]
    """A browser of anybody else; with a language of their own, or this one."""
    files: Path

    def at(self, path: str) -> str:
        return self.server.url + path


def settled(page: Page, busy: str) -> None:
    """What the page has to fetch is there."""
    expect(page.locator(busy)).not_to_have_attribute("aria-busy", "true")


def entrance(house: House) -> Iterator[State]:
    page = house.stranger().new_page()
    page.goto(house.at("/console/sign-in"))
    yield "sign-in", page
    page.locator("[name=email]").fill("emma@lumina.example")
    page.locator("[name=password]").fill("not this one")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    yield "sign-in refused", page
    for path in ("link", "setup", "invite"):
        page.goto(house.at(f"/console/{path}/nothing"))
        yield f"{path} used up", page
    page.goto(house.at("/nothing-here"))
    yield "not found", page
    page.goto(house.at("/mail/forget/f1.nobody.x"))
    yield "forget: unknown", page


def joining(house: House) -> Iterator[State]:
    """An invitation, made and accepted."""
    admin = house.admin()
    admin.goto(house.at("/console/team"))
    admin.locator("form[action$=invite] [name=email]").fill(f"liam@{house.locale.lower()}.example")
    admin.locator("form[action$=invite] [name=name]").fill("Liam")
    admin.locator("form[action$=invite] button").click()
    expect(admin.locator("#invitation-url")).to_be_visible()
    yield "team, invitation made", admin
    page = house.stranger().new_page()
    page.goto(admin.locator("#invitation-url").input_value())
    yield "invitation", page
    page.locator("[name=name]").fill("")
    page.locator("[name=password]").fill("short")
    page.evaluate("document.querySelector('form').noValidate = true")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    yield "invitation, refused", page
    admin.locator("form[action$=invite] [name=email]").fill("nobody")
    admin.evaluate("document.querySelector('form[action$=invite]').noValidate = true")
    admin.locator("form[action$=invite] button").click()
    expect(admin.locator("[role=alert]")).to_be_visible()
    yield "team, invitation refused", admin
    admin.goto(house.at("/console/profile"))
    yield "profile", admin
    admin.locator("[name=name]").first.fill("")
    admin.evaluate("document.querySelector('form').noValidate = true")
    admin.locator("form[action$=profile] button").click()
    expect(admin.locator("[role=alert]")).to_be_visible()
    yield "profile, refused", admin


def setting_up(house: House) -> Iterator[State]:
    """Installing the chat, the API, promises."""
    page = house.admin()
    page.goto(house.at("/console/install"))
    yield "install", page
    page.locator("[name=sites]").fill("nowhere at all")
    page.locator("form[action$=install] button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    yield "install, refused", page
    page.goto(house.at("/console/api"))
    yield "API", page
    page.locator("[name=name]").fill("Intranet")
    page.locator("form[action='/console/api'] button").click()
    expect(page.locator("#made-key")).to_be_visible()
    yield "API, key made", page
    page.locator("form[action$=revoke] button").first.click()
    expect(page.locator("form[action$=restore]").first).to_be_visible()
    yield "API, key revoked", page
    page.goto(house.at("/console/promises"))
    yield "promises", page
    page.goto(house.at("/console/promises?standing=kept&region=tokyo"))
    yield "promises, none fits", page


def languages(house: House) -> Iterator[State]:
    page = house.admin()
    page.goto(house.at("/console/languages"))
    expect(page.locator("#installed li").first).to_be_visible()
    yield "languages", page
    page.locator("#mirror").fill("nowhere")
    page.locator("#mirror").press("Enter")
    expect(page.locator("#mirror-error")).not_to_be_empty()
    page.locator("#address-form details summary").click()
    page.locator("#address").fill("nowhere")
    page.locator("#address-form button[type=submit]").click()
    expect(page.locator("#address-error")).not_to_be_empty()
    yield "languages, refused", page
    page.locator("#upload-input").set_input_files([PACKAGES / "translate-lt_en-0_1.argosmodel"])
    expect(page.locator("#received li")).to_have_count(1)
    yield "languages, received", page
    page.locator("#received-summary button").first.click()
    expect(page.locator(".job[data-state=done]").last).to_contain_text("Where is my order?", timeout=60_000)
    yield "languages, installed", page
    page.locator("#installed .button-danger").first.click()
    expect(page.locator("#removal")).to_be_visible()
    yield "languages, removal", page
    page.locator("#removal .button-danger").click()
    expect(page.locator("#removal")).to_be_hidden()


def glossary(house: House) -> Iterator[State]:
    page = house.admin()
    page.goto(house.at("/console/glossary"))
    expect(page.locator("#list")).not_to_have_attribute("aria-busy", "true")
    yield "glossary, empty", page
    page.locator("#add-first").click()
    yield "glossary, editor", page
    page.locator("#editor button[type=submit]").click()
    yield "glossary, editor refused", page
    page.keyboard.press("Escape")
    file = house.files / "terms.csv"
    file.write_text("keep;en;pt\r\nLumina;;\r\n;invoice;fatura\r\n;bill;fatura\r\n", "utf-8-sig")
    page.locator("#import-file").set_input_files(file)
    expect(page.locator("#import")).to_be_visible()
    expect(page.locator("#import .button-primary")).to_be_enabled()
    yield "glossary, import", page
    page.locator("#import .button-primary").click()
    expect(page.locator("#table tbody tr")).to_have_count(2)
    yield "glossary", page
    page.locator("#try-text").fill("Where is my invoice from Lumina?")
    expect(page.locator("#try-result")).not_to_be_empty()
    yield "glossary, tried", page
    page.locator("#table tbody tr button").last.click()
    expect(page.locator("#undo button")).to_be_visible()
    yield "glossary, undo", page
    page.goto(house.at("/console/glossary/memory"))
    settled(page, "#list")
    yield "corrections, empty", page
    page.locator("#add-first").click()
    yield "corrections, editor", page
    page.locator("#editor-source").select_option("en")
    page.locator("#editor-target").select_option("pt")
    page.locator("#editor-text").fill("Order A-17 has left")
    page.locator("#editor-translation").fill("Seu pedido saiu")
    page.locator("#editor button[type=submit]").click()
    expect(page.locator("#editor-translation-error")).not_to_be_empty()
    yield "corrections, editor refused", page
    page.locator("#editor-translation").fill("Seu pedido A-17 saiu")
    page.locator("#editor button[type=submit]").click()
    expect(page.locator("#table tbody tr")).to_have_count(1)
    yield "corrections", page
    page.locator("#table tbody tr button").last.click()
    expect(page.locator("#undo button")).to_be_visible()
    page.goto(house.at("/console/glossary"))
    expect(page.locator("#table tbody tr")).to_have_count(1)
    page.locator("#table tbody tr button").last.click()
    expect(page.locator("#empty")).to_be_visible()


def regions(house: House) -> Iterator[State]:
    page = house.admin()
    page.goto(house.at("/console/regions"))
    settled(page, "#regions")
    yield "regions", page
    page.locator("#add").click()
    yield "regions, adding", page
    page.goto(house.at("/console/regions/new?country=JP"))
    expect(page.locator("#region")).to_be_visible()
    yield "region, new", page
    page.goto(house.at("/console/regions/vilnius"))
    expect(page.locator("#region")).to_be_visible()
    expect(page.locator(".hours-day")).to_have_count(7)
    yield "region", page
    page.locator(".hours-input").first.fill("9 to noon or so")
    page.locator(".hours-input").first.press("Enter")
    yield "region, hours refused", page
    # One button of each kind: those of the first day stand for those of every day.
    buttons = page.locator(
        "#hours .actions button, #hours .hours-list-head button, #hours .hours-grid-day"
    ).or_(page.locator("#hours .hours-day").first.locator(".hours-words button"))
    for number in range(buttons.count()):
        if number >= buttons.count() or not buttons.nth(number).is_enabled():
            continue
        buttons.nth(number).click()
        dialog = page.locator("dialog.hours-dialog")
        if dialog.count():
            yield f"region, hours dialog {number}", page
            page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
    yield "region, changed", page
    page.locator("#discard").click()
    page.locator("#remove").click()
    expect(page.locator("#dialog")).to_be_visible()
    yield "region, removal", page


def saving(house: House) -> Iterator[State]:
    page = house.admin()
    page.goto(house.at("/console/regions/lisbon"))
    expect(page.locator("#region")).to_be_visible()
    page.locator(".hours-switch input").click()
    page.locator("#save").click()
    expect(page.locator("#dialog")).to_be_visible()
    yield "region, saving", page


def coverage(house: House) -> Iterator[State]:
    page = house.admin()
    page.goto(house.at("/console/coverage?zone=Europe/Vilnius"))
    expect(page.locator(".map-row").first).to_be_visible()
    yield "coverage", page
    page.locator("#zone-field").click()
    expect(page.locator("#zone-field-list")).to_be_visible()
    yield "coverage, zones", page
    page.keyboard.press("Escape")
    page.locator("#all-times summary").click()
    yield "coverage, all times", page


def simulator(house: House) -> Iterator[State]:
    page = house.admin()
    for name, at in (("closed", "2026-11-25T20:00:00Z"), ("open", "2026-11-25T09:00:00Z")):
        page.goto(
            house.at(
                f"/console/simulator?at={at}&zone=Europe/Vilnius&visitor_zone=Europe/Vilnius"
                f"&language={house.locale}&who=duty"
            )
        )
        expect(page.locator("#state")).not_to_be_empty()
        expect(page.locator("#year [role=gridcell]").first).to_be_visible()
        panel = page.frame_locator("#panel")
        expect(panel.locator("#greeting")).not_to_be_empty()
        yield f"simulator, {name}", page
        yield (
            f"simulator, {name}: the visitor's panel",
            next(frame for frame in page.frames if "simulator/panel" in frame.url),
        )
        page.locator("input[name=stage][value=written]").check()
        yield (
            f"simulator, {name}, written: the panel",
            next(frame for frame in page.frames if "simulator/panel" in frame.url),
        )


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
    page.keyboard.press("Escape")
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
    visitor.page.bring_to_front()
    yield "widget, closed, of a Portuguese", frame_of(visitor.page)


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


def texts(house: House) -> Iterator[State]:
    """What admins write, and what visitors said afterwards."""
    page = house.admin()
    page.goto(house.at("/console/texts"))
    expect(page.locator("#texts")).to_be_visible()
    yield "texts", page
    for kind in ("greeting", "queue"):
        page.goto(house.at(f"/console/texts#{kind}"))
        expect(page.locator("#said-en")).to_be_visible()
        yield f"texts, {kind}", page
    page.locator("#said-en").fill("We answer every message on the next working day. {nobody}")
    page.locator("#save").click()
    expect(page.locator("#editor .error:visible").first).to_be_visible()
    yield "texts, refused", page
    page.locator("#discard").click()
    page.goto(house.at("/console/texts/panel"))
    page.goto(house.at("/console/ratings"))
    yield "ratings", page


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
    expect(visitor.chat.locator(".scores")).to_have_count(0)
    yield "widget, survey answered", chat
    admin.bring_to_front()
    yield "console, rated", admin
    admin.goto(house.at("/console/ratings"))
    yield "ratings, one", admin


DAY: tuple[Tour, ...] = (
    entrance,
    joining,
    setting_up,
    languages,
    glossary,
    regions,
    saving,
    coverage,
    simulator,
    console,
    shop,
)
WRITTEN: tuple[Tour, ...] = (texts, asked)
NIGHT: tuple[Tour, ...] = (after_hours,)
