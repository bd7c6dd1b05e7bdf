"""Through the ways in and the pages of admins."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.tours import House, State, settled

PACKAGES = Path(__file__).parents[1] / "models" / "packages"


def entrance(house: House) -> Iterator[State]:
    page = house.stranger().new_page()
    page.goto(house.at("/console/sign-in"))
    yield "sign-in", page
    page.locator("[name=email]").fill("emma@lumina.example")
    page.locator("[name=password]").fill("not this one")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    yield "sign-in refused", page
    for path in ("/console/link/nothing", "/console/setup/nothing", "/console/invite/nothing"):
        page.goto(house.at(path))
        yield f"{path}: used up", page
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
    before = page.locator("#try-result").inner_text()
    page.locator("#try-text").fill("Where is my invoice from Lumina?")
    expect(page.locator("#try-result")).not_to_have_text(before)
    settled(page, "#try-result")
    yield "glossary, tried", page
    page.locator("#table tbody tr button").last.click()
    expect(page.locator("#undo button")).to_be_visible()
    settled(page, "#list")
    settled(page, "#try-result")
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
    # The names of countries are on their way by themselves.
    expect(page.locator("#hours select option[value=JP]:not(:only-child)")).to_be_attached()
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
