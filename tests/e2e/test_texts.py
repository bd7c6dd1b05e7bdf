"""The admins' page of texts: written, drafted, approved, looked at, by one admin and by two."""

from pathlib import Path

from playwright.sync_api import FrameLocator, Page, Route, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide
from tests.support.server import Server


def texts_at(demo: Server, new_context: ContextMaker, text: str, **options: object) -> Page:
    side = AgentSide(new_context(locale="en", **options).new_page())
    side.sign_in(demo.link)
    page = side.page
    page.goto(f"{demo.url}/console/texts#{text}")
    expect(page.locator("#said-en")).to_be_visible()
    return page


def two_at(demo: Server, new_context: ContextMaker, *texts: str) -> list[Page]:
    """Two pages at once, each at a text."""
    first = texts_at(demo, new_context, texts[0])
    pages = [first, first.context.new_page()]
    pages[1].goto(f"{demo.url}/console/texts#{texts[1]}")
    expect(pages[1].locator("#said-en")).to_be_visible()
    return pages


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#undo")).to_contain_text("Saved.")


def panel(page: Page) -> FrameLocator:
    return page.frame_locator("#panel")


def test_a_text_is_written_drafted_approved_and_goes_out_of_date(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "queue")
    english, portuguese = page.locator("#said-en"), page.locator("#said-pt-BR")
    row = page.locator("[data-locale=pt-BR]")
    english.fill("Thank you, we are with you soon.")
    expect(page.locator("#bar")).to_contain_text("Not saved yet: English")
    save(page)
    expect(page.locator("#unreachable")).to_contain_text("Lithuanian")

    row.get_by_role("button", name="Draft with the translator").click()
    expect(row).to_contain_text("Draft: readers see English until you approve it.")
    expect(portuguese).not_to_have_value("")
    portuguese.fill("Obrigado, já vamos atender você.")
    save(page)
    expect(row).to_contain_text("Approved")

    english.fill("Thank you! We are with you soon.")
    save(page)
    expect(row).to_contain_text("The English text has changed since.")
    row.get_by_role("button", name="It is still right").click()
    expect(row).not_to_contain_text("has changed since")
    page.reload()
    expect(portuguese).to_have_value("Obrigado, já vamos atender você.")


def test_drafts_of_all_languages_are_read_before_they_are_approved(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "region_offline:everywhere")
    page.locator("#said-en").fill("Our shop is closed on holidays.")
    save(page)
    page.get_by_role("button", name="Draft 2 that are missing").click()
    page.get_by_role("button", name="Approve 2 drafts").click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Our shop is closed on holidays.")
    expect(dialog).to_contain_text("Brazilian Portuguese")
    dialog.get_by_role("button", name="Approve all").click()
    expect(page.locator("[data-locale=pt-BR] .text-state")).to_have_text("Approved")
    page.goto(f"{demo.url}/console/regions/everywhere")
    expect(page.locator("#offline-pt-BR")).not_to_have_value("")


def test_what_is_wrong_with_a_placeholder_is_said_at_once_and_a_right_one_is_put_at_the_cursor(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "survey")
    field = page.locator("#said-en")
    field.fill("Was {agnet} kind?")
    expect(page.locator("#said-en-error")).to_contain_text("{agnet} is no placeholder here")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(field).to_be_focused()
    field.fill("Was {{agent}} kind?")
    expect(page.locator("#said-en-error")).to_contain_text("{{agent}} is no placeholder here")
    field.fill("Was  kind?")
    field.evaluate("field => field.setSelectionRange(4, 4)")
    page.get_by_role("button", name="{agent}").click()
    expect(field).to_have_value("Was {agent} kind?")
    expect(page.locator("#said-en-error")).to_be_empty()
    expect(panel(page).locator("#survey legend")).to_have_text("Was Emma kind?")


def test_markup_is_shown_as_typed_everywhere(demo: Server, new_context: ContextMaker) -> None:
    page = texts_at(demo, new_context, "greeting")
    hostile = "<script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\">"
    page.locator("#said-en").fill(hostile)
    expect(panel(page).locator("#greeting")).to_have_text(hostile)
    save(page)
    page.reload()
    expect(page.locator("#said-en")).to_have_value(hostile)
    page.locator("#more").get_by_text("More languages").click()
    expect(page.locator("[data-locale=de]")).to_contain_text(hostile)
    expect(page.locator("main img, main script")).to_have_count(0)
    expect(page).to_have_title("Texts · Lumina")

    visitor = new_context(locale="en").new_page()
    visitor.goto(f"{demo.url}/widget/frame")
    expect(visitor.locator("#greeting")).to_have_text(hostile)
    expect(visitor.locator("body img")).to_have_count(0)


def test_the_preview_is_in_the_visitors_language_and_direction_and_in_the_dark(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "greeting")
    page.locator("#preview-language").select_option("fa")
    root = panel(page).locator("html")
    expect(root).to_have_attribute("dir", "rtl")
    expect(panel(page).locator("#greeting")).to_have_attribute("lang", "fa")
    page.locator("#preview-language").select_option("de")
    expect(root).to_have_attribute("lang", "de")
    expect(panel(page).locator("#greeting")).to_have_attribute("lang", "en")
    page.get_by_label("Dark").check()
    expect(panel(page).locator("body")).to_have_css("background-color", "rgb(20, 23, 29)")
    page.get_by_label("Light").check()
    expect(panel(page).locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_our_wording_fills_what_is_empty_and_is_taken_back(demo: Server, new_context: ContextMaker) -> None:
    page = texts_at(demo, new_context, "greeting")
    german = page.locator("#said-de")
    page.get_by_role("button", name="Use our wording").click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("What you have written stays.")
    dialog.get_by_role("button", name="Use our wording").click()
    expect(page.locator("#undo")).to_contain_text("Saved.")
    expect(page.locator("#said-en")).to_have_value("Welcome to {workspace}! How can we help?")
    expect(german).not_to_have_value("")
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(german).to_have_value("")
    expect(page.locator("#said-lt")).not_to_have_value("")


def test_an_undo_is_of_the_text_it_was_offered_for(demo: Server, new_context: ContextMaker) -> None:
    page = texts_at(demo, new_context, "greeting")
    undo = page.locator("#undo").get_by_role("button", name="Undo")
    english, portuguese = page.locator("#said-en"), page.locator("#said-pt-BR")
    row = page.locator("[data-locale=pt-BR]")
    page.get_by_role("button", name="Add a canned response").click()
    english.fill("We are closed today.")
    page.get_by_label("Shortcut").fill("closed")
    save(page)
    page.locator("#list").get_by_role("button", name="Greeting").click()
    undo.click()
    expect(page.locator("#list").get_by_text("/closed")).to_have_count(0)
    expect(page.locator("#title")).to_have_text("Greeting")
    expect(english).not_to_have_value("")

    page.locator("#list").get_by_role("button", name="While waiting").click()
    english.fill("Thank you, we are with you soon.")
    save(page)
    row.get_by_role("button", name="Draft with the translator").click()
    expect(row).to_contain_text("Draft: readers see English until you approve it.")
    drafted = portuguese.input_value()
    english.fill("Thank you! We are with you soon.")
    save(page)
    expect(row).to_contain_text("The English text has changed since.")
    row.get_by_role("button", name="Discard").click()
    expect(portuguese).to_have_value("")
    page.locator("#list").get_by_role("button", name="Greeting").click()
    undo.click()
    page.locator("#list").get_by_role("button", name="While waiting").click()
    expect(portuguese).to_have_value(drafted)
    expect(row).to_contain_text("The English text has changed since.")


def test_who_goes_on_typing_while_it_is_saved_loses_neither_words_nor_place(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "survey")
    held: list[Route] = []
    page.route("**/api/wordings/save", lambda route: held.append(route))
    english = page.locator("#said-en")
    english.fill("How was it?")
    with page.expect_request("**/api/wordings/save"):
        page.get_by_role("button", name="Save", exact=True).click()
    english.click()
    english.press("End")
    english.press_sequentially(" And why?")
    held[0].continue_()
    expect(page.locator("#undo")).to_contain_text("Saved.")
    expect(page.locator("#bar")).to_contain_text("Not saved yet: English")
    expect(english).to_have_value("How was it? And why?")
    expect(english).to_be_focused()
    page.unroute_all()
    english.press_sequentially(" Tell us!")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#bar")).to_contain_text("Everything is saved")
    page.reload()
    expect(english).to_have_value("How was it? And why? Tell us!")


def test_a_question_and_a_response_are_added_removed_and_brought_back(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "greeting")
    listed = page.locator("#list")
    page.get_by_role("button", name="Add a canned response").click()
    page.locator("#said-en").fill("We are closed today.")
    page.get_by_label("Shortcut").fill("order")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#details-error")).to_contain_text("has the shortcut order already")
    page.get_by_label("Shortcut").fill("closed")
    save(page)
    expect(listed.get_by_text("/closed")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(listed.get_by_text("/closed")).to_have_count(0)
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(page.locator("#said-en")).to_have_value("We are closed today.")

    for words in ("Your name", "Your order"):
        page.get_by_role("button", name="Add a question").click()
        page.locator("#said-en").fill(words)
        page.get_by_label("It has to be answered").check()
        save(page)
        expect(listed.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="Move Your order up").click()
    expect(listed.locator("section").nth(1).locator("bdi")).to_have_text(["Your order", "Your name"])
    expect(panel(page).locator(".question label")).to_have_text(["Your order Required", "Your name Required"])


def test_of_two_admins_the_second_sees_both_versions(demo: Server, new_context: ContextMaker) -> None:
    one, two = two_at(demo, new_context, "survey", "survey")
    one.locator("#said-en").fill("How was it?")
    one.locator("#said-lt").fill("Kaip buvo?")
    save(one)
    two.locator("#said-en").fill("Was it good?")
    two.get_by_role("button", name="Save", exact=True).click()
    dialog = two.locator("#dialog")
    expect(dialog).to_contain_text("Emma has saved this text meanwhile")
    expect(dialog.locator("fieldset", has_text="English")).to_contain_text("both changed it")
    dialog.get_by_role("button", name="Save what is chosen").click()
    expect(two.locator("#undo")).to_contain_text("Saved.")
    expect(two.locator("#said-en")).to_have_value("Was it good?")
    expect(two.locator("#said-lt")).to_have_value("Kaip buvo?")


def test_what_somebody_has_changed_in_a_region_shows_with_whatever_is_done_to_its_other_text(
    demo: Server, new_context: ContextMaker
) -> None:
    one, two = two_at(demo, new_context, "region_name:everywhere", "region_offline:everywhere")
    row = one.locator("[data-locale=pt-BR]")
    one.locator("#said-pt-BR").fill("")
    save(one)
    two.reload()
    expect(two.locator("#said-en")).to_be_visible()
    two.locator("#said-en").fill("We are closed for the holidays.")
    save(two)
    row.get_by_role("button", name="Draft with the translator").click()
    expect(row).to_contain_text("Draft: readers see")
    one.goto(f"{demo.url}/console/texts#region_offline:everywhere")
    expect(one.locator("#said-en")).to_have_value("We are closed for the holidays.")
    one.locator("#said-lt").fill("Per šventes nedirbame.")
    save(one)
    expect(one.locator("#said-en")).to_have_value("We are closed for the holidays.")


def test_who_types_on_over_words_that_somebody_has_saved_since_is_asked(
    demo: Server, new_context: ContextMaker
) -> None:
    one, two = two_at(demo, new_context, "queue", "queue")
    one.locator("#said-en").fill("Soon!")
    save(one)
    two.reload()
    expect(two.locator("#said-en")).to_have_value("Soon!")
    one.locator("#said-lt").fill("Tuoj!")
    two.locator("#said-lt").fill("Netrukus!")
    save(two)
    one.locator("[data-locale=pt-BR]").get_by_role("button", name="Draft with the translator").click()
    expect(one.locator("[data-locale=pt-BR]")).to_contain_text("Draft: readers see English")
    one.get_by_role("button", name="Save", exact=True).click()
    choice = one.locator("#dialog fieldset", has_text="Lithuanian")
    expect(choice).to_contain_text("both changed it")
    choice.get_by_label("Netrukus!").check()
    one.locator("#dialog").get_by_role("button", name="Save what is chosen").click()
    expect(one.locator("#bar")).to_contain_text("Everything is saved")
    expect(one.locator("#said-lt")).to_have_value("Netrukus!")


def test_what_is_not_saved_stays_while_looking_at_another_text(
    demo: Server, new_context: ContextMaker
) -> None:
    page = texts_at(demo, new_context, "survey")
    page.locator("#said-lt").fill("Kaip sekėsi?")
    page.locator("#list").get_by_role("button", name="Greeting").click()
    expect(page.locator("#said-lt")).to_have_value("Sveiki atvykę į „{workspace}“! Kuo galime padėti?")
    page.locator("#list").get_by_role("button", name="Survey").click()
    expect(page.locator("#said-lt")).to_have_value("Kaip sekėsi?")
    page.get_by_role("button", name="Discard", exact=True).click()
    expect(page.locator("#said-lt")).to_have_value("")
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(page.locator("#said-lt")).to_have_value("Kaip sekėsi?")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{demo.url}/console/team")
    assert asked == ["beforeunload"]


def test_the_chart_leads_to_the_field(demo: Server, new_context: ContextMaker) -> None:
    page = texts_at(demo, new_context, "greeting")
    chart = page.locator("#chart-table")
    expect(chart.get_by_role("row", name="/order")).to_contain_text("3 of 7")
    page.locator("#chart-languages").select_option("de")
    chart.get_by_role("button", name="/order, German: Read in another language").click()
    expect(page.locator("#said-de")).to_be_focused()
    expect(page.locator("#title")).to_have_text("/order")


def test_a_language_that_is_not_in_the_list_can_be_added(demo: Server, new_context: ContextMaker) -> None:
    page = texts_at(demo, new_context, "greeting")
    page.get_by_label("Add a language", exact=True).fill("not one!")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#another-error")).to_contain_text("no language tag")
    page.get_by_label("Add a language", exact=True).fill("german")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#another-tag")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#said-german")).to_have_count(0)
    page.get_by_label("Add a language", exact=True).fill("pt-AO")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[data-locale=pt-AO]")).to_contain_text("readers get the Brazilian Portuguese text")
    page.get_by_label("Add a language", exact=True).fill("ur")
    page.get_by_role("button", name="Add", exact=True).click()
    field = page.locator("#said-ur")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("dir", "rtl")
    field.fill("خوش آمدید")
    save(page)
    page.reload()
    expect(field).to_have_value("خوش آمدید")


def test_it_fits_a_phone_and_reads_from_the_right(demo: Server, new_context: ContextMaker) -> None:
    page = texts_at(demo, new_context, "greeting", viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto(f"{demo.url}/console/profile")
    page.locator("select[name=language]").select_option("fa")
    page.locator("select[name=language]").evaluate("field => field.form.requestSubmit()")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.goto(f"{demo.url}/console/texts#greeting")
    expect(page.locator("#fields .text-row").first).to_have_attribute("data-locale", "fa")
    expect(page.locator("#said-en")).to_have_attribute("dir", "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_translators_file_is_shown_before_it_is_taken_in(
    demo: Server, new_context: ContextMaker, tmp_path: Path
) -> None:
    page = texts_at(demo, new_context, "greeting")
    with page.expect_download() as download:
        page.locator("#export").click()
    exported = download.value.path().read_bytes().decode("utf-8-sig")
    assert "canned/order,ja,," in exported
    file = tmp_path / "texts.csv"
    file.write_text(exported.replace("canned/order,ja,,", "canned/order,ja,ご注文番号をお知らせください。,"))
    page.locator("#import-file").set_input_files(file)
    dialog = page.locator("#import")
    expect(dialog.get_by_text("1 new")).to_be_visible()
    expect(dialog).to_contain_text("canned/order · Japanese")
    dialog.get_by_role("button", name="Make 1 change").click()
    page.locator("#list").get_by_role("button", name="/order").click()
    expect(page.locator("#said-ja")).to_have_value("ご注文番号をお知らせください。")
