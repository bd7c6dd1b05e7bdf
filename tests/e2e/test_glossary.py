"""An admin's glossary and corrections, from the first term to what a visitor reads."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide
from tests.support.server import Server


def admin_at(demo: Server, new_context: ContextMaker, path: str, **options: object) -> Page:
    side = AgentSide(new_context(locale="en", **options).new_page())
    side.sign_in(demo.link)
    side.page.goto(f"{demo.url}{path}")
    return side.page


def test_a_term_is_added_tried_changed_and_brought_back(demo: Server, new_context: ContextMaker) -> None:
    page = admin_at(demo, new_context, "/console/glossary")
    page.locator("#add-first").click()
    dialog = page.locator("#editor")
    dialog.get_by_label("Wording in English").fill("refund | money back")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").filter(has_text="two languages")).to_be_visible()
    dialog.get_by_label("Wording in Portuguese").fill("ressarcimento")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#table tbody tr")).to_have_count(1)

    page.locator("#try-source").select_option("en")
    page.locator("#try-target").select_option("pt")
    page.locator("#try-text").fill("I want my money back. <b>Now</b>")
    expect(page.locator("#try-result mark")).to_have_text(["money back", "ressarcimento"])
    expect(page.locator("#try-result")).to_contain_text("Without it")
    expect(page.locator("#try-result b")).to_have_count(0)

    page.get_by_role("button", name="Remove refund").click()
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(page.locator("#table tbody tr")).to_have_count(1)
    expect(page.locator("#table")).to_contain_text("ressarcimento")


def test_a_file_is_shown_before_it_is_taken_in(
    demo: Server, new_context: ContextMaker, tmp_path: Path
) -> None:
    page = admin_at(demo, new_context, "/console/glossary")
    file = tmp_path / "terms.csv"
    file.write_text("keep;en;pt\r\nLumina;;\r\n;invoice;fatura\r\n;bill;fatura\r\n", "utf-8-sig")
    page.locator("#import-first").click()
    page.locator("#import-file").set_input_files(file)
    dialog = page.locator("#import")
    expect(dialog.get_by_text("2 new")).to_be_visible()
    expect(dialog.get_by_text("Line 4")).to_be_visible()
    expect(page.locator("#empty")).to_be_attached()
    dialog.get_by_role("button", name="Make 2 changes").click()
    expect(page.locator("#table tbody tr")).to_have_count(2)

    file.write_text("keep,en,pt\nLumina,,\n", "utf-16")
    page.locator("#import-open").click()
    page.locator("#import-file").set_input_files(file)
    expect(dialog.get_by_role("alert")).to_contain_text("UTF-16")
    dialog.get_by_role("button", name="Cancel").click()

    with page.expect_download() as download:
        page.locator("#export").click()
    assert download.value.path().read_bytes().decode("utf-8-sig").splitlines() == [
        "keep,note,en,pt",
        "Lumina,,,",
        ",,invoice,fatura",
    ]


def test_corrections_are_listed_changed_and_removed_by_keyboard_and_on_a_phone(
    demo: Server, new_context: ContextMaker
) -> None:
    page = admin_at(demo, new_context, "/console/glossary/memory", viewport={"width": 320, "height": 720})
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#add-first").press("Enter")
    dialog = page.locator("#editor")
    dialog.locator("#editor-source").select_option("en")
    dialog.locator("#editor-target").select_option("pt")
    dialog.locator("#editor-text").fill("Order A-17 has left")
    dialog.locator("#editor-translation").fill("Seu pedido saiu")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(dialog.locator("#editor-translation-error")).to_contain_text("same addresses, links and numbers")
    dialog.locator("#editor-translation").fill("Seu pedido A-17 saiu")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(page.locator("#table tbody")).to_contain_text("Seu pedido {code} saiu")
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    page.locator("#search").fill("nothing like it")
    expect(page.locator("#nothing")).to_be_visible()
    page.locator("#search").fill("PEDIDO")
    expect(page.locator("#table tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Remove Order").press("Enter")
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#undo").get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("#table tbody tr")).to_have_count(1)
