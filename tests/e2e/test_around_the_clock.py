"""Days that go round the world: five zones, a night of changed clocks, a holiday, a night shift, a chain of
regions that help each other, in the words and times that people read on their screens."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import AgentSide, VisitorSide
from tests.e2e.test_agents import second_agent
from tests.e2e.test_closed import admin_of, card, keep, line, visitor_at
from tests.e2e.test_offers import offered, section
from tests.support.clocked import clocked

pytestmark = pytest.mark.browser

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")


def hours(zone: str, *intervals: tuple[str, str], days: tuple[str, ...] = WORKDAYS) -> dict[str, Any]:
    return {"timezone": zone, "weekly": {day: [list(one) for one in intervals] for day in days}}


def asked_to_read(visitor: VisitorSide) -> None:
    """The browser's own clock does not follow the server's: as after a sleep, it asks how late it is."""
    visitor.box.evaluate("dispatchEvent(new Event('online'))")


def limit(admin: AgentSide, capacity: int) -> None:
    """So many conversations for each agent at a time."""
    problem = admin.page.evaluate(
        """async (capacity) => {
            const people = (await (await fetch("/api/regions/people")).json()).agents;
            for (const {id, spoken} of people) {
                const answer = await fetch(`/api/regions/people/${id}`, {
                    method: "POST",
                    headers: {"content-type": "application/json"},
                    body: JSON.stringify({spoken: spoken ?? [], capacity}),
                });
                if (!answer.ok) return await answer.text();
            }
            return "";
        }""",
        capacity,
    )
    assert problem == ""


def test_a_friday_goes_round_the_world(tmp_path: Path, new_context: ContextMaker) -> None:
    # Friday, ten minutes before Vilnius closes; in Lisbon it is 15:20, in Tokyo Saturday already.
    with clocked("demo", tmp_path / "data", at="2026-03-27T15:20Z") as server:
        emma = admin_of(server, new_context)
        liam = second_agent(server, new_context, emma.page)
        only = {"liam": ["liam@lumina.example"], "emma": ["emma@lumina.example"]}
        keep(
            emma,
            "sao-paulo",
            "São Paulo",
            hours("America/Sao_Paulo", ("20:00", "02:00"), days=EVERY_DAY),
            countries=["BR"],
        )
        keep(
            emma,
            "lisbon",
            "Lisbon",
            hours("Europe/Lisbon", ("09:00", "18:00")),
            countries=["PT"],
            agents=only["emma"],
            overflow=["sao-paulo"],
        )
        keep(
            emma,
            "vilnius",
            "Vilnius",
            hours("Europe/Vilnius", ("09:00", "12:00"), ("13:00", "17:30")),
            countries=["LT"],
            agents=only["liam"],
            overflow=["lisbon"],
        )
        weekdays = ("sat", "sun", "mon", "tue", "wed")
        keep(
            emma,
            "tehran",
            "Tehran",
            hours("Asia/Tehran", ("08:30", "16:30"), days=weekdays),
            countries=["IR"],
        )
        keep(emma, "tokyo", "Tokyo", hours("Asia/Tokyo", ("09:00", "18:00")), countries=["JP"])
        limit(emma, 1)
        emma.page.goto(f"{server.url}/console")
        for agent in (emma, liam):
            expect(agent.page.locator("#availability-name")).to_have_text("Online")

        # Who comes where it is night or weekend reads when somebody is back, in their own words and time.
        closed = (
            ("fa-IR", "Asia/Tehran", "فردا ساعت ۸:۳۰"),
            ("ja-JP", "Asia/Tokyo", "月曜日の9:00に再開"),
            ("pt-BR", "America/Sao_Paulo", "hoje às 20:00"),
        )
        for locale, zone, words in closed:
            elsewhere = visitor_at(server, new_context, locale, zone)
            expect(card(elsewhere)).to_contain_text(words)
            elsewhere.page.context.close()

        # The first is Liam's; for the second he has no room.
        ona = visitor_at(server, new_context, "lt-LT", "Europe/Vilnius")
        ona.write("Kur mano užsakymas?")
        expect(offered(liam)).to_be_visible()
        liam.open_first()
        liam.page.keyboard.press("a")
        expect(section(liam, "mine")).to_be_visible()
        jonas = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        jonas.write("Is my parcel on its way?")
        expect(card(jonas)).to_contain_text("You are first in the queue.")

        # At the minute in which Vilnius closes who waits goes to Lisbon; what is under way goes on.
        server.set("2026-03-27T15:30Z")
        expect(card(jonas)).to_contain_text("Lisbon takes over now.")
        expect(offered(emma)).to_be_visible()
        emma.open_first()
        expect(emma.page.locator("#offer")).to_contain_text("Lithuania")
        emma.page.keyboard.press("a")
        expect(card(jonas)).to_be_hidden()
        emma.write("It is, and comes on Monday.")
        jonas.expect_text("comes on Monday")
        liam.write("One moment.")
        expect(section(liam, "mine")).to_be_visible()

        # Emma has no room either. When Lisbon closes, São Paulo is not open yet: Monday in Vilnius, two
        # days and a change of the clocks away, is later than São Paulo's evening.
        eva = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        eva.write("Can I still change my address?")
        expect(card(eva)).to_contain_text("You are first in the queue.")
        server.set("2026-03-27T18:00Z")
        asked_to_read(eva)
        expect(card(eva)).to_contain_text("We are back tomorrow at 01:00, in 5 hours.")

        # São Paulo opens for the night; everybody belongs to it, and Emma has room again.
        emma.page.keyboard.press("Escape")
        emma.page.keyboard.press("e")
        expect(section(emma, "mine")).to_have_count(0)
        server.set("2026-03-27T23:00Z")
        expect(offered(emma)).to_be_visible()
        expect(card(eva)).to_contain_text("You are first in the queue.")


def test_the_shift_of_the_night_in_which_the_clocks_change(tmp_path: Path, new_context: ContextMaker) -> None:
    # Saturday evening, half past nine in Vilnius: at three the clocks go forward.
    with clocked("demo", tmp_path / "data", at="2026-03-28T19:30Z") as server:
        emma = admin_of(server, new_context)
        night = hours("Europe/Vilnius", ("22:00", "06:00"), days=("sat",))
        keep(emma, "everywhere", "Vilnius", night)
        emma.page.goto(f"{server.url}/console")
        near = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        far = visitor_at(server, new_context, "en-US", "America/New_York")
        expect(card(near)).to_contain_text("We are back today at 22:00, in 30 minutes.")
        expect(card(far)).to_contain_text(re.compile(r"We are back today at 4:00\sPM, in 30 minutes\."))

        server.set("2026-03-28T20:00Z")
        expect(line(near)).to_have_text(re.compile("Here now|Emma"))
        near.write("Is somebody awake?")
        expect(offered(emma)).to_be_visible()
        emma.open_first()
        emma.page.keyboard.press("a")
        expect(section(emma, "mine")).to_be_visible()

        # A minute before six by the new time the shift still goes on, seven hours after it began.
        server.set("2026-03-29T02:59Z")
        far.write("And here?")
        expect(offered(emma)).to_be_visible()
        server.set("2026-03-29T03:00Z")
        expect(offered(emma)).to_have_count(0)
        asked_to_read(far)
        # In New York the clocks changed three weeks ago.
        expect(card(far)).to_contain_text(re.compile(r"We are back on Saturday, April 4 at 3:00\sPM"))
        # What is under way is finished.
        emma.write("Wide awake.")
        near.expect_text("Wide awake")


def test_a_holiday_is_waited_for_and_the_promise_kept(tmp_path: Path, new_context: ContextMaker) -> None:
    # Five in the morning of a Friday in Tokyo, the day of the vernal equinox.
    with clocked("demo", tmp_path / "data", at="2026-03-19T20:00Z") as server:
        emma = admin_of(server, new_context)
        tokyo = {**hours("Asia/Tokyo", ("09:00", "18:00")), "holidays": {"country": "JP"}}
        keep(emma, "everywhere", "Tokyo", tokyo)
        emma.page.goto(f"{server.url}/console")
        hana = visitor_at(server, new_context, "ja-JP", "Asia/Tokyo")
        hana.write("注文した商品はいつ届きますか?")
        expect(card(hana)).to_contain_text("月曜日の9:00に再開します")
        server.advance(minutes=1)
        liv = visitor_at(server, new_context, "en-GB", "Europe/Vilnius")
        liv.write("Do you open today?")
        expect(card(liv)).to_contain_text("We are back on Monday at 02:00")
        expect(offered(emma)).to_have_count(0)

        # Whoever came first is first when it opens.
        limit(emma, 1)
        server.set("2026-03-23T00:00Z")
        expect(offered(emma)).to_be_visible()
        expect(offered(emma)).to_contain_text("注文した商品")
        expect(card(liv)).to_contain_text("You are number 2 in the queue.")
        emma.open_first()
        emma.page.keyboard.press("a")
        expect(card(liv)).to_contain_text("You are first in the queue.")
        emma.write("Tomorrow.")
        hana.expect_text("Tomorrow")

        server.advance(minutes=90)
        emma.page.goto(f"{server.url}/console/promises")
        rows = emma.page.locator("main table tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.filter(has_text="Kept")).to_have_count(1)
        expect(rows.filter(has_text="Broken")).to_have_count(1)
