"""Nobody is there: what a visitor reads of it, in their own words and time, and can do meanwhile."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.load.free_port import free_port
from tests.support.clocked import ClockedServer, clocked

pytestmark = pytest.mark.browser

WORKDAYS = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
VILNIUS = {"timezone": "Europe/Vilnius", "weekly": WORKDAYS}
SUNDAY_EVENING = "2026-11-22T20:00Z"
MONDAY_OPENING = "2026-11-23T07:00Z"


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[ClockedServer]:
    """A demo workspace that can send mail, at ten in the evening of a Sunday in Vilnius."""
    port = free_port()
    mail = {
        "smtp_url": "smtp://127.0.0.1:1",
        "mail_from": "chat@lumina.example",
        "public_url": f"http://127.0.0.1:{port}",
    }
    with clocked("demo", tmp_path / "data", at=SUNDAY_EVENING, port=port, **mail) as server:
        yield server


def admin_of(server: ClockedServer, new_context: ContextMaker) -> AgentSide:
    agent = AgentSide(new_context(locale="en", timezone_id="Europe/Vilnius").new_page())
    agent.sign_in(server.link)
    return agent


def keep(admin: AgentSide, region_id: str, name: str, schedule: dict[str, Any], **more: Any) -> None:
    """Saves a region, new or not, as its page does."""
    region = {"id": region_id, "names": {"en": name}, "schedule": schedule, **more}
    problem = admin.page.evaluate(
        """async (region) => {
            const known = await fetch(`/api/regions/${region.id}`);
            const expected = known.ok ? (await known.json()).version : undefined;
            const answer = await fetch(known.ok ? `/api/regions/${region.id}` : "/api/regions", {
                method: "POST",
                headers: {"content-type": "application/json"},
                body: JSON.stringify({region, expected}),
            });
            return answer.ok ? "" : await answer.text();
        }""",
        region,
    )
    assert problem == ""


def visitor_at(
    server: ClockedServer, new_context: ContextMaker, locale: str, zone: str, **options: Any
) -> VisitorSide:
    visitor = VisitorSide(new_context(locale=locale, timezone_id=zone, **options).new_page())
    visitor.open(server.url)
    return visitor


def card(visitor: VisitorSide) -> Locator:
    """What is said to who waits."""
    return visitor.chat.locator("#wait")


def line(visitor: VisitorSide) -> Locator:
    """The header's."""
    return visitor.chat.locator("#presence")


READERS = (
    ("en-GB", "Europe/Vilnius", r"tomorrow at 09:00(?!\sAM)", "in 11 hours"),
    ("en-US", "America/New_York", r"tomorrow at 2:00\sAM", "in 11 hours"),
    ("lt-LT", "Europe/Vilnius", r"\b09:00", "po 11 valandų"),
    ("tr-TR", "Europe/Istanbul", r"\b10:00", "11 saat sonra"),
    ("fa-IR", "Asia/Tehran", "۱۰:۳۰", "۱۱ ساعت"),
    ("ja-JP", "Asia/Tokyo", r"\b16:00", r"11\s?時間後"),
    ("zh-CN", "Asia/Shanghai", r"\b15:00", r"11\s?小时后"),
    ("pt-BR", "America/Sao_Paulo", r"\b04:00", "em 11 horas"),
)


def test_everybody_reads_in_their_own_time_when_somebody_is_back(
    evening: ClockedServer, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    admin = admin_of(evening, new_context)
    keep(admin, "everywhere", "Everywhere", VILNIUS)
    for locale, zone, time, distance in READERS:
        visitor = visitor_at(evening, new_context, locale, zone)
        expect(card(visitor)).to_contain_text(re.compile(f"{time}.*{distance}"))
        expect(line(visitor)).to_contain_text(re.compile(time))
        expect(visitor.box).to_be_editable()
        # Nothing is asked before anything was written.
        expect(card(visitor).locator("input:visible")).to_have_count(0)
        picture(visitor.page, f"closed-{locale}")
        visitor.page.context.close()


def test_the_night_when_the_clocks_change_is_an_hour_shorter(
    tmp_path: Path, new_context: ContextMaker
) -> None:
    with clocked("demo", tmp_path / "data", at="2026-03-28T20:00Z") as server:
        every_day = {day: [["09:00", "18:00"]] for day in ALWAYS}
        keep(
            admin_of(server, new_context),
            "everywhere",
            "Everywhere",
            {"timezone": "Europe/Vilnius", "weekly": every_day},
        )
        near = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        expect(card(near)).to_contain_text("We are back tomorrow at 09:00, in 10 hours.")
        # Where the clocks stay as they are it is the same instant, by another name.
        far = visitor_at(server, new_context, "en-US", "Asia/Tokyo")
        expect(card(far)).to_contain_text(re.compile(r"today at 3:00\sPM, in 10 hours\."))


def test_holidays_are_waited_for_and_a_date_is_in_the_readers_calendar(
    tmp_path: Path, new_context: ContextMaker
) -> None:
    with clocked("demo", tmp_path / "data", at="2026-12-23T20:00Z") as server:
        admin = admin_of(server, new_context)
        keep(admin, "everywhere", "Everywhere", {**VILNIUS, "holidays": {"country": "LT"}})
        visitor = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        # Christmas Eve and both days of Christmas, the second of them a Saturday.
        expect(card(visitor)).to_contain_text("We are back on Monday at 09:00, in 5 days.")
        closed = {"from": "2026-12-24", "to": "2027-01-03", "hours": [], "name": "Year's end"}
        keep(admin, "everywhere", "Everywhere", {**VILNIUS, "exceptions": [closed]})
        expect(card(visitor)).to_contain_text("We are back on 4 January 2027 at 09:00, in 12 days.")
        persian = visitor_at(server, new_context, "fa-IR", "Asia/Tehran")
        expect(card(persian)).to_contain_text(re.compile("۱۴ دی.*۱۰:۳۰"))


def test_a_message_for_later_and_an_address_for_the_answer(
    evening: ClockedServer, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    admin = admin_of(evening, new_context)
    offline = {"en": "Nobody reads at night. We are early birds."}
    keep(admin, "everywhere", "Everywhere", VILNIUS, offline=offline)
    visitor = visitor_at(evening, new_context, "en-GB", "Europe/Vilnius")
    expect(card(visitor)).to_contain_text(offline["en"])
    visitor.write("Where is my order?")
    expect(card(visitor)).to_contain_text("We are back tomorrow at 09:00, in 11 hours.")
    field = visitor.chat.get_by_label("Leave your e-mail address")
    field.fill("ana at example")
    field.press("Enter")
    expect(card(visitor).get_by_role("alert")).to_have_text("An e-mail address looks like name@example.com.")
    expect(field).to_be_focused()
    picture(visitor.page, "closed-address-wrong")
    field.fill("ana@example.com")
    field.press("Enter")
    expect(card(visitor)).to_contain_text("We will write to ana@example.com as well.")
    expect(field).to_be_hidden()
    picture(visitor.page, "closed-address-kept")
    # It is known after a reload, and can be changed.
    visitor.page.reload()
    visitor.come_back()
    expect(card(visitor)).to_contain_text("We will write to ana@example.com as well.")
    card(visitor).get_by_role("button", name="Change").click()
    expect(field).to_have_value("ana@example.com")
    field.fill("ana@work.example")
    card(visitor).get_by_role("button", name="Save").click()
    expect(card(visitor)).to_contain_text("We will write to ana@work.example as well.")
    # In the morning somebody is there, and the wait is one in a queue.
    evening.set(MONDAY_OPENING)
    expect(card(visitor)).not_to_contain_text("We are back")


def test_an_address_may_be_refused_left_later_and_taken_back(
    evening: ClockedServer, new_context: ContextMaker
) -> None:
    keep(admin_of(evening, new_context), "everywhere", "Everywhere", VILNIUS)
    visitor = visitor_at(evening, new_context, "en-GB", "Europe/Vilnius")
    visitor.write("Where is my order?")
    card(visitor).get_by_role("button", name="No, thanks").click()
    field = visitor.chat.get_by_label("Leave your e-mail address")
    expect(field).to_be_hidden()
    expect(visitor.box).to_be_focused()
    visitor.page.reload()
    visitor.come_back()
    expect(card(visitor)).to_contain_text("We are back tomorrow")
    expect(field).to_be_hidden()
    leave = card(visitor).get_by_role("button", name="Leave an e-mail address")
    leave.click()
    field.fill("ana@example.com")
    field.press("Enter")
    expect(card(visitor)).to_contain_text("We will write to ana@example.com as well.")
    # Whoever thinks better of it leaves the field empty.
    card(visitor).get_by_role("button", name="Change").click()
    field.fill("")
    field.press("Enter")
    expect(leave).to_be_focused()
    expect(card(visitor)).not_to_contain_text("ana@example.com")


def test_the_queue_falls_as_others_are_answered(
    tmp_path: Path, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    with clocked("demo", tmp_path / "data", at=SUNDAY_EVENING) as server:
        visitors = []
        for text in ("Where is my order?", "Is the shop open?", "Thank you!"):
            visitor = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
            visitor.write(text)
            visitors.append(visitor)
            server.advance(seconds=5)
        first, second, third = visitors
        expect(card(first)).to_contain_text("You are first in the queue.")
        expect(card(second)).to_contain_text("You are number 2 in the queue.")
        expect(card(third)).to_contain_text("You are number 3 in the queue.")
        expect(third.chat.locator("#announcer")).to_contain_text("You are number 3 in the queue.")
        picture(third.page, "queue-three")
        admin = admin_of(server, new_context)
        admin.open_first()
        admin.page.keyboard.press("a")
        expect(card(first)).to_be_hidden()
        expect(card(second)).to_be_visible()
        expect(card(third)).not_to_contain_text("You are number 3 in the queue.")


def test_who_waits_is_told_when_the_region_closes_and_when_another_takes_over(
    tmp_path: Path, new_context: ContextMaker
) -> None:
    # Ten minutes before six in the evening of a Monday in Vilnius; in São Paulo it is ten to one.
    with clocked("demo", tmp_path / "data", at="2026-11-23T15:50Z") as server:
        admin = admin_of(server, new_context)
        keep(admin, "brazil", "São Paulo", {"timezone": "America/Sao_Paulo", "weekly": WORKDAYS})
        keep(admin, "everywhere", "Vilnius", VILNIUS, overflow=["brazil"])
        # Away, so that nobody is asked.
        admin.page.context.close()
        visitor = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        heard = visitor.chat.locator("#announcer")
        visitor.write("Where is my order?")
        expect(card(visitor)).to_contain_text("You are first in the queue.")
        server.set("2026-11-23T16:00Z")
        expect(card(visitor)).to_contain_text("São Paulo takes over now.")
        expect(heard).to_contain_text("São Paulo takes over now.")
        server.set("2026-11-23T21:00Z")
        expect(heard).to_contain_text("We are back tomorrow at 09:00")
        # The browser's clock has not moved: as after a sleep, it asks the server how late it is.
        visitor.box.evaluate("dispatchEvent(new Event('online'))")
        expect(card(visitor)).to_contain_text("We are back tomorrow at 09:00, in 10 hours.")


def test_a_region_is_chosen_by_keyboard_and_stays_chosen(
    evening: ClockedServer, new_context: ContextMaker, picture: Callable[[Page, str], None]
) -> None:
    admin = admin_of(evening, new_context)
    keep(admin, "everywhere", "Vilnius", VILNIUS)
    keep(admin, "night", "Night watch", {"timezone": "Europe/Vilnius", "weekly": ALWAYS})
    visitor = visitor_at(evening, new_context, "en-GB", "Europe/Vilnius")
    expect(card(visitor)).to_contain_text("We are back tomorrow")
    button = visitor.chat.get_by_role("button", name="Choose where to write")
    button.focus()
    visitor.page.keyboard.press("Enter")
    choices = visitor.chat.get_by_role("listbox")
    expect(choices).to_be_focused()
    expect(choices.get_by_role("option", selected=True)).to_contain_text("Vilnius")
    expect(choices.get_by_role("option", name="Vilnius")).to_contain_text("Closed now")
    picture(visitor.page, "regions-to-choose")
    visitor.page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(choices).to_be_hidden()
    visitor.page.keyboard.press("Enter")
    expect(choices).to_be_focused()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(card(visitor)).to_be_hidden()
    expect(line(visitor)).to_have_text("Here now")
    visitor.page.reload()
    visitor.come_back()
    expect(line(visitor)).to_have_text("Here now")
    button.click()
    expect(choices.get_by_role("option", selected=True)).to_contain_text("Night watch")


def test_a_page_belongs_to_the_region_that_its_line_names(
    evening: ClockedServer, new_context: ContextMaker
) -> None:
    admin = admin_of(evening, new_context)
    keep(admin, "everywhere", "Vilnius", VILNIUS)
    keep(admin, "night", "Night watch", {"timezone": "Europe/Vilnius", "weekly": ALWAYS})
    admin.page.goto(f"{evening.url}/console/install")
    admin.page.get_by_label("Region for these pages").select_option(label="Night watch")
    snippet = admin.page.locator("#snippet").input_value()
    assert snippet == f'<script async src="{evening.url}/widget.js" data-region="night"></script>'
    for name, expected in (("night", "Here now"), ("gone", "We are back tomorrow at 09:00")):
        page = new_context(locale="en-GB", timezone_id="Europe/Vilnius").new_page()
        body = f"<!doctype html><title>Lamps</title><body>{snippet.replace('night', name)}"
        page.route("**/lamps", partial(Route.fulfill, content_type="text/html", body=body))
        visitor = VisitorSide(page)
        visitor.open(f"{evening.url}/lamps")
        expect(line(visitor)).to_have_text(expected)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(evening: ClockedServer, new_context: ContextMaker, scheme: str) -> None:
    admin = admin_of(evening, new_context)
    keep(admin, "everywhere", "Vilnius", VILNIUS)
    keep(admin, "night", "Night watch", {"timezone": "Europe/Vilnius", "weekly": ALWAYS})
    page = new_context(
        locale="en-GB",
        timezone_id="Europe/Vilnius",
        viewport={"width": 320, "height": 640},
        color_scheme=scheme,
    ).new_page()
    page.goto(f"{evening.url}/widget/frame")
    page.locator("#text").fill("Where is my order?")
    page.locator("#text").press("Enter")
    expect(page.locator("#email")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.locator("#region").click()
    expect(page.get_by_role("listbox")).to_be_focused()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
