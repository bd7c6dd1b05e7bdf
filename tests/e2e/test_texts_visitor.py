"""What visitors see of the texts that admins write: greeting, questions, queue, offline, and how it was."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_right_to_left import assert_accessible, frame_of
from tests.support.server import Server

pytestmark = pytest.mark.browser

PATIENCE = 20_000
PHONE = {"width": 320, "height": 568}
GREETING = {
    "en": "Welcome to {workspace}!",
    "fa": "به {workspace} خوش آمدید!",
    "lt": "Sveiki atvykę į {workspace}!",
}
QUESTIONS: list[dict[str, Any]] = [
    {"wordings": {"en": "Your name", "fa": "نام شما", "lt": "Jūsų vardas"}, "required": True},
    {"wordings": {"en": "E-mail", "fa": "رایانامه", "lt": "El. paštas"}, "answer": "email"},
    {"wordings": {"en": "What is it about?"}},
]
SURVEY = {"en": "How was it with {agent}?", "fa": "گفت‌وگو با {agent} چطور بود؟"}


def save(admin: AgentSide, url: str, kind: str, wordings: dict[str, str], **more: Any) -> None:
    body = {"kind": kind, "id": None, "expected": None, "wordings": wordings, **more}
    answer = admin.page.request.post(f"{url}/api/wordings/save", data=body, headers={"origin": url})
    assert answer.status == 200, answer.text()


@pytest.fixture
def admin(demo: Server, new_context: ContextMaker) -> AgentSide:
    agent = AgentSide(new_context(locale="en", timezone_id="Europe/Vilnius").new_page())
    agent.sign_in(demo.link)
    return agent


def visitor_of(demo: Server, new_context: ContextMaker, locale: str, **options: Any) -> VisitorSide:
    visitor = VisitorSide(new_context(locale=locale, **options).new_page())
    visitor.open(demo.url)
    return visitor


def ask(admin: AgentSide, url: str) -> None:
    for question in QUESTIONS:
        save(admin, url, "question", **question)


def speak(visitor: VisitorSide, name: str) -> None:
    """Switches the chat's language by its list."""
    visitor.chat.locator("#language").click()
    visitor.chat.get_by_role("option", name=name).click()


def expect_language(element: Locator, language: str, direction: str) -> None:
    expect(element).to_have_attribute("lang", language)
    expect(element).to_have_attribute("dir", direction)


def expect_in_view(visitor: VisitorSide) -> None:
    """Nothing is wider than the chat."""
    assert frame_of(visitor.page).evaluate(
        "document.querySelector('#scroller').scrollWidth <= document.querySelector('#scroller').clientWidth"
    )


def compose(field: Locator, text: str) -> None:
    """Types with an input method, and ends the composition with Enter."""
    field.focus()
    field.evaluate(
        """(field, text) => {
            field.dispatchEvent(new CompositionEvent("compositionstart"));
            field.value = text;
            field.dispatchEvent(new InputEvent("input", {isComposing: true, bubbles: true}));
            const enter = {key: "Enter", isComposing: true, bubbles: true};
            field.dispatchEvent(new KeyboardEvent("keydown", enter));
            field.dispatchEvent(new CompositionEvent("compositionend", {data: text}));
        }""",
        text,
    )


def test_the_greeting_is_the_workspaces_own_in_every_language_at_once(
    demo: Server, admin: AgentSide, new_context: ContextMaker
) -> None:
    save(admin, demo.url, "greeting", GREETING, expected=1)
    visitor = visitor_of(demo, new_context, "fa-IR")
    greeting = visitor.chat.locator("#greeting")
    expect(greeting).to_have_text("به \u2068Lumina\u2069 خوش آمدید!")
    expect_language(greeting, "fa", "rtl")
    visitor.box.fill("نیمه‌کاره")
    speak(visitor, "lietuvių")
    expect(greeting).to_have_text("Sveiki atvykę į Lumina!")
    expect_language(greeting, "lt", "ltr")
    expect(visitor.box).to_have_value("نیمه‌کاره")
    # Nobody has written one in Japanese, so it is the English one, and says so.
    speak(visitor, "日本語")
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "ja")
    expect(greeting).to_have_text("Welcome to Lumina!")
    expect_language(greeting, "en", "ltr")


def test_without_questions_there_is_nothing_but_the_field(
    demo: Server, admin: AgentSide, new_context: ContextMaker
) -> None:
    visitor = visitor_of(demo, new_context, "lt-LT")
    expect(visitor.box).to_be_focused()
    expect(visitor.chat.locator("#prechat")).to_have_count(0)


def test_who_is_quicker_than_the_questions_is_asked_them_before_the_message_goes(
    demo: Server, admin: AgentSide, new_context: ContextMaker
) -> None:
    ask(admin, demo.url)
    visitor = VisitorSide(new_context(locale="en").new_page())
    held: list[Route] = []
    visitor.page.context.route("**/prechat.js*", lambda route: held.append(route))
    with visitor.page.expect_request("**/prechat.js*"):
        visitor.open(demo.url)
    visitor.box.fill("Where is my parcel?")
    visitor.box.press("Enter")
    visitor.box.press("Enter")
    held[0].continue_()
    expect(visitor.chat.get_by_text("This question needs an answer.")).to_be_visible()
    expect(visitor.box).to_have_value("Where is my parcel?")
    expect(visitor.chat.locator("#list").get_by_text("Where is my parcel?")).to_have_count(0)


def test_questions_that_do_not_come_keep_nobody_from_writing(
    demo: Server, admin: AgentSide, new_context: ContextMaker
) -> None:
    ask(admin, demo.url)
    visitor = VisitorSide(new_context(locale="en").new_page())
    visitor.page.context.route("**/prechat.js*", lambda route: route.abort())
    visitor.open(demo.url)
    visitor.box.fill("Where is my parcel?")
    visitor.box.press("Enter")
    expect(visitor.chat.get_by_text("Where is my parcel?")).to_be_visible()
    expect(visitor.box).to_have_value("")


def test_answers_begin_the_first_message_and_nothing_of_them_is_lost_before(
    demo: Server, admin: AgentSide, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    ask(admin, demo.url)
    visitor = visitor_of(demo, new_context, "fa-IR", viewport=PHONE)
    form = visitor.chat.locator("#prechat")
    name, email, about = (form.locator("input").nth(place) for place in range(3))
    expect(form.locator("label span")).to_have_text(["نام شما", "رایانامه", "What is it about?"])
    expect(form.locator("label small").first).not_to_be_empty()
    expect(form.locator("label small").nth(1)).to_be_empty()
    expect(name).to_have_attribute("aria-required", "true")
    expect_language(form.locator("label span").nth(0), "fa", "rtl")
    expect_language(form.locator("label span").nth(2), "en", "ltr")
    expect_in_view(visitor)
    assert_accessible(frame_of(visitor.page))
    picture(visitor.page, "prechat-fa-320")

    # What is missing is said where it is missing, and the message stays.
    visitor.box.fill("سلام")
    visitor.box.press("Enter")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(form.locator(".problem").first).not_to_be_empty()
    expect(visitor.box).to_have_value("سلام")
    picture(visitor.page, "prechat-missing-fa-320")
    compose(name, "سارا")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "false")
    name.press("Enter")
    expect(email).to_be_focused()
    email.fill("sara at example.com")
    email.press("Enter")
    expect(form.locator(".problem").nth(1)).to_contain_text("name@example.com")
    email.fill("sara@example.com")
    email.press("Enter")
    expect(about).to_be_focused()

    # Neither another language nor another load of the page takes anything away.
    speak(visitor, "lietuvių")
    expect(form.locator("label span").first).to_have_text("Jūsų vardas")
    expect(name).to_have_value("سارا")
    visitor.page.reload()
    visitor.come_back()
    expect(email).to_have_value("sara@example.com")
    expect(name).to_have_value("سارا")
    expect(visitor.box).to_have_value("سلام")
    visitor.box.press("Enter")
    said = "Jūsų vardas: سارا\nEl. paštas: sara@example.com\n\nسلام"
    expect(visitor.chat.locator("#list .mine .bubble p")).to_have_text(re.compile(re.escape(said)))
    expect(form).to_be_hidden()
    admin.open_first()
    expect(admin.page.locator("#messages")).to_contain_text("El. paštas: sara@example.com")

    # It is asked once.
    visitor.page.reload()
    visitor.come_back()
    expect(visitor.chat.locator("#list .mine")).to_have_count(1)
    expect(visitor.chat.locator("#prechat input:visible")).to_have_count(0)


def test_who_waits_and_who_comes_too_late_reads_the_workspaces_words(
    demo: Server, admin: AgentSide, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    save(
        admin, demo.url, "queue", {"en": "Have your order number ready.", "lt": "Pasiruoškite numerį.\nAčiū!"}
    )
    save(admin, demo.url, "offline", {"en": "{workspace} is asleep."})
    admin.page.goto("about:blank")
    lithuanian = visitor_of(demo, new_context, "lt-LT", viewport=PHONE)
    lithuanian.write("Labas")
    told = lithuanian.chat.locator("#wait p").filter(has_text="Pasiruoškite numerį.")
    expect_language(told, "lt", "ltr")
    picture(lithuanian.page, "queue-lt-320")
    persian = visitor_of(demo, new_context, "fa-IR")
    persian.write("سلام")
    told = persian.chat.locator("#wait p").filter(has_text="Have your order number ready.")
    expect_language(told, "en", "ltr")

    region = admin.page.request.get(f"{demo.url}/api/regions/everywhere").json()
    closed = {**region["region"], "schedule": {"timezone": "Europe/Vilnius", "weekly": {}}}
    body = {"region": closed, "expected": region["version"]}
    answer = admin.page.request.post(
        f"{demo.url}/api/regions/everywhere", data=body, headers={"origin": demo.url}
    )
    assert answer.status == 200, answer.text()
    told = persian.chat.locator("#wait p").filter(has_text="Lumina is asleep.")
    # Until it is certain that the agent has gone, the offers made before the region closed still stand.
    expect(told).to_be_visible(timeout=PATIENCE)
    expect_language(told, "en", "ltr")
    expect(persian.chat.locator("#wait p").filter(has_text="order number")).to_have_count(0)
    picture(persian.page, "offline-fa")


def answered_and_closed(visitor: VisitorSide, admin: AgentSide, text: str) -> None:
    visitor.write(text)
    admin.open_first()
    admin.expect_text(text)
    admin.write("We will see to it.")
    visitor.expect_text("We will see to it.")
    admin.page.keyboard.press("Escape")
    admin.page.keyboard.press("e")


def test_after_a_conversation_the_visitor_says_how_it_was_and_may_change_their_mind(
    demo: Server, admin: AgentSide, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    save(admin, demo.url, "survey", SURVEY)
    visitor = visitor_of(demo, new_context, "fa-IR", viewport=PHONE)
    expect(visitor.chat.locator("#survey")).to_have_count(0)
    answered_and_closed(visitor, admin, "سلام")
    survey = visitor.chat.locator("#survey")
    question = survey.locator("legend")
    expect(question).to_have_text("گفت‌وگو با \u2068Emma\u2069 چطور بود؟")
    expect_language(question, "fa", "rtl")
    picture(visitor.page, "survey-fa-320")
    faces = survey.get_by_role("radio")
    expect(faces).to_have_count(5)
    for face in faces.all():
        expect(face).to_have_accessible_name(re.compile(r"\S"))
    faces.first.focus()
    visitor.page.keyboard.press("Space")
    visitor.page.keyboard.press("ArrowDown")
    expect(faces.nth(1)).to_be_checked()
    comment = survey.locator("#comment")
    comment.fill("کمی دیر بود")
    expect_in_view(visitor)
    assert_accessible(frame_of(visitor.page))
    picture(visitor.page, "survey-comment-fa-320")

    # Neither another language nor another load of the page takes anything away.
    speak(visitor, "lietuvių")
    expect(question).to_have_text("How was it with Emma?")
    expect_language(question, "en", "ltr")
    visitor.page.reload()
    visitor.come_back()
    expect(faces.nth(1)).to_be_checked()
    expect(comment).to_have_value("کمی دیر بود")
    survey.locator("button[type=submit]").click()
    expect(survey.locator(".done")).to_be_visible()
    expect(survey.locator(".done p")).to_be_focused()
    picture(visitor.page, "survey-done-lt-320")
    expect(admin.page.locator("#messages")).to_contain_text("کمی دیر بود")

    survey.locator(".done button").click()
    expect(faces.nth(1)).to_be_focused()
    survey.locator(".scores label").nth(4).click()
    survey.locator("button[type=submit]").click()
    expect(survey.locator(".done")).to_be_visible()
    visitor.page.reload()
    visitor.come_back()
    expect(survey.locator(".done")).to_be_visible()
    survey.locator(".done button").click()
    expect(faces.nth(4)).to_be_checked()

    # A new conversation begins, and nothing is asked about it yet.
    visitor.write("Dar kartą")
    expect(survey).to_be_hidden()


def test_whoever_does_not_want_to_say_is_left_alone(
    demo: Server, admin: AgentSide, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    save(admin, demo.url, "survey", SURVEY)
    visitor = visitor_of(demo, new_context, "lt-LT", color_scheme="dark", reduced_motion="reduce")
    answered_and_closed(visitor, admin, "Labas")
    survey = visitor.chat.locator("#survey")
    expect(survey.locator("legend")).to_have_text("How was it with Emma?")
    survey.locator(".scores label").nth(3).click()
    picture(visitor.page, "survey-lt-dark")
    survey.locator("form button[type=button]").click()
    expect(survey).to_be_hidden()
    expect(visitor.box).to_be_focused()
    visitor.page.reload()
    visitor.come_back()
    expect(visitor.chat.locator("#list .mine")).to_have_count(1)
    expect(survey.locator("legend:visible")).to_have_count(0)


def test_without_a_survey_nobody_is_asked(demo: Server, admin: AgentSide, new_context: ContextMaker) -> None:
    visitor = visitor_of(demo, new_context, "lt-LT")
    answered_and_closed(visitor, admin, "Labas")
    expect(visitor.chat.locator("#presence")).to_have_text(re.compile("pokalbis", re.IGNORECASE))
    expect(visitor.chat.locator("#survey")).to_have_count(0)
