"""The routing task: offers and their ends, hand-overs, restarts, what it tells others and what it lets be."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from appliance.domain.commands import Acknowledge, MeetVisitor, Release, Write
from appliance.domain.entries import Appended, Entry
from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.regions import Region
from appliance.domain.schedule import Schedule
from tests.conftest import Clock
from tests.unit.services.routing_house import Hours, RoutingHouse

OFFER = timedelta(seconds=45)


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[RoutingHouse]:
    house = RoutingHouse(clock)
    writer = asyncio.create_task(house.journal.run())
    yield house
    house.journal.stop()
    await writer


@pytest.fixture
async def open_house(house: RoutingHouse) -> RoutingHouse:
    """With Emma and João at their consoles."""
    house.comes(house.agent("emma"))
    house.comes(house.agent("joao", language="pt-BR"))
    await house.router.open()
    await house.look()
    return house


async def test_whoever_writes_is_offered_to_an_agent_at_once(open_house: RoutingHouse) -> None:
    await open_house.writes("ana", "pt-BR")
    assert await open_house.look() == OFFER
    assert open_house.outcome("ana") == "offered joao"
    assert open_house.kinds("ana") == ["message", "routed"]


async def test_looking_again_changes_nothing(open_house: RoutingHouse) -> None:
    await open_house.writes("ana")
    await open_house.look()
    await open_house.look()
    assert open_house.kinds("ana") == ["message", "routed"]


async def test_answering_takes_it_and_the_next_visitor_goes_to_who_has_fewer(
    open_house: RoutingHouse,
) -> None:
    emma, _ = open_house.router.agents
    await open_house.writes("ana")
    await open_house.look()
    assert open_house.outcome("ana") == "offered emma"
    await open_house.takes(emma, "ana")
    await open_house.writes("bo", "de")
    await open_house.look()
    assert open_house.outcome("bo") == "offered joao"
    assert open_house.router.load("emma") == 1


async def test_who_declines_is_not_asked_again_at_once(open_house: RoutingHouse) -> None:
    emma, joao = open_house.router.agents
    await open_house.writes("ana")
    await open_house.look()
    await open_house.declines(emma, "ana")
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"
    assert open_house.decision("ana").cause == "declined"
    await open_house.declines(joao, "ana")
    await open_house.look()
    assert open_house.outcome("ana") == "queued everywhere"


async def test_an_offer_that_runs_out_goes_to_the_next(open_house: RoutingHouse) -> None:
    await open_house.writes("ana")
    await open_house.look()
    open_house.alarm.advance(seconds=44)
    assert await open_house.look() == timedelta(seconds=1)
    assert open_house.outcome("ana") == "offered emma"
    open_house.alarm.advance(seconds=1)
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"
    assert open_house.decision("ana").cause == "missed"
    assert open_house.kinds("ana") == ["message", "routed", "passed", "routed"]


async def test_after_two_misses_in_a_row_an_agent_counts_as_away_until_active(house: RoutingHouse) -> None:
    tab = house.comes(house.agent("emma"))
    await house.router.open()
    for name in ("ana", "bo"):
        assert house.presence.chosen("emma") == ("online", False)
        await house.writes(name)
        await house.look()
        assert house.outcome(name) == "offered emma"
        house.alarm.advance(seconds=45)
        await house.look()
    assert house.presence.chosen("emma") == ("online", True)
    await house.writes("chen")
    await house.look()
    assert house.outcome("chen") == "queued everywhere"
    house.presence.touch(tab)
    await house.look()
    assert house.outcome("chen") == "offered emma"


async def test_a_conversation_transferred_to_an_agent_is_offered_to_them(open_house: RoutingHouse) -> None:
    emma, joao = open_house.router.agents
    await open_house.writes("ana")
    await open_house.takes(emma, "ana")
    await open_house.transfers(emma, "ana", joao)
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"
    assert open_house.decision("ana").cause == "transferred"
    await open_house.declines(joao, "ana")
    await open_house.look()
    assert open_house.outcome("ana") == "queued everywhere"
    assert open_house.decision("ana").cause == "declined"


async def test_what_waits_can_be_handed_to_somebody_who_has_passed_it(open_house: RoutingHouse) -> None:
    emma, joao = open_house.router.agents
    await open_house.writes("ana")
    await open_house.look()
    await open_house.declines(emma, "ana")
    await open_house.look()
    await open_house.declines(joao, "ana")
    await open_house.look()
    assert open_house.outcome("ana") == "queued everywhere"
    await open_house.transfers(joao, "ana", to=emma)
    await open_house.look()
    assert open_house.outcome("ana") == "offered emma"
    assert open_house.decision("ana").cause == "transferred"


async def test_handing_on_what_another_is_asked_about_is_no_miss_of_theirs(open_house: RoutingHouse) -> None:
    emma, joao = open_house.router.agents
    await open_house.writes("ana")
    await open_house.look()
    assert open_house.outcome("ana") == "offered emma"
    await open_house.transfers(emma, "ana", to=joao)
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"
    assert open_house.decision("ana").cause == "transferred"


async def test_what_is_given_back_is_offered_to_somebody_else(open_house: RoutingHouse) -> None:
    emma, _ = open_house.router.agents
    await open_house.writes("ana")
    await open_house.takes(emma, "ana")
    await open_house.does("ana", Release(emma.person, open_house.clock()))
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"
    assert open_house.decision("ana").cause == "released"


async def test_an_agent_who_leaves_is_no_longer_asked(open_house: RoutingHouse) -> None:
    _, joao = open_house.router.agents
    await open_house.writes("ana")
    await open_house.look()
    open_house.all_leave()
    open_house.comes(joao)
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"


async def test_an_agent_who_is_deactivated_is_no_longer_asked(open_house: RoutingHouse) -> None:
    emma, joao = open_house.router.agents
    await open_house.writes("ana")
    await open_house.look()
    await open_house.team.set_active(emma.id, False, by=joao)
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"


async def test_who_is_deactivated_while_the_team_is_being_read_is_not_asked(open_house: RoutingHouse) -> None:
    emma, joao = open_house.router.agents
    read = open_house.staff.agents

    async def read_and_overtaken() -> list[Agent]:
        found = await read()
        open_house.staff.agents = read  # type: ignore[method-assign]
        await open_house.team.set_active(emma.id, False, by=joao)
        return found

    open_house.staff.agents = read_and_overtaken  # type: ignore[method-assign]
    open_house.router.team_changed()
    await open_house.look()
    await open_house.writes("ana")
    await open_house.look()
    assert open_house.outcome("ana") == "offered joao"


async def test_a_team_that_has_changed_is_there_until_it_is_known_how(open_house: RoutingHouse) -> None:
    open_house.router.team_changed()
    assert [agent.id for agent in open_house.router.agents] == ["emma", "joao"]


async def test_nobody_has_more_than_their_limit(house: RoutingHouse) -> None:
    house.comes(house.agent("emma", capacity=2))
    house.comes(house.agent("joao", capacity=3))
    await house.router.open()
    for number in range(10):
        await house.writes(f"v{number}")
        house.clock.advance(seconds=1)
    await house.look()
    outcomes = list(house.outcomes().values())
    assert outcomes.count("offered emma") == 2
    assert outcomes.count("offered joao") == 3
    assert outcomes.count("queued everywhere") == 5
    assert [house.router.queued(f"v{number}").position for number in range(10)] == list(range(1, 11))  # type: ignore[union-attr]


async def test_positions_move_up_and_only_who_moved_is_told(house: RoutingHouse) -> None:
    emma = house.agent("emma", capacity=1)
    house.comes(emma)
    await house.router.open()
    for name in ("ana", "bo", "chen"):
        await house.writes(name)
        house.clock.advance(seconds=1)
        await house.look()
    house.told.clear()
    await house.takes(emma, "ana")
    await house.look()
    assert house.told == ["ana", "bo", "chen"]
    house.told.clear()
    await house.does("ana", Acknowledge("agent", 1, 1, house.clock()))
    await house.look()
    assert house.told == []
    waiting = house.receptions.waiting("chen")
    assert waiting is not None
    assert (waiting.position, waiting.estimate) == (2, None)


async def test_an_estimate_is_given_once_enough_conversations_have_been_seen(house: RoutingHouse) -> None:
    emma = house.agent("emma", capacity=1)
    house.comes(emma)
    await house.router.open()
    for number in range(5):
        await house.writes(f"v{number}")
        await house.look()
        await house.takes(emma, f"v{number}")
        house.clock.advance(minutes=6)
        await house.closes(emma, f"v{number}")
    await house.writes("ana")
    await house.takes(emma, "ana")
    await house.writes("bo")
    await house.look()
    waiting = house.receptions.waiting("bo")
    assert waiting is not None
    assert waiting.estimate == timedelta(minutes=6)


async def test_after_a_restart_an_offer_goes_on_with_what_is_left_of_its_time(
    open_house: RoutingHouse, clock: Clock
) -> None:
    await open_house.writes("ana")
    await open_house.look()
    open_house.alarm.advance(seconds=30)
    again = RoutingHouse(clock, open_house.ledger)
    writer = asyncio.create_task(again.journal.run())
    again.comes(again.agent("emma"))
    again.comes(again.agent("joao"))
    await again.router.open()
    assert await again.look() == timedelta(seconds=15)
    assert again.outcome("ana") == "offered emma"
    again.alarm.advance(seconds=15)
    await again.look()
    assert again.outcome("ana") == "offered joao"
    again.journal.stop()
    await writer


async def test_whoever_was_being_asked_has_time_to_come_back_after_a_restart(
    open_house: RoutingHouse, clock: Clock
) -> None:
    await open_house.writes("ana")
    await open_house.look()
    again = RoutingHouse(clock, open_house.ledger)
    writer = asyncio.create_task(again.journal.run())
    again.agent("emma")
    again.comes(again.agent("joao", capacity=1))
    await again.router.open()
    await again.writes("bo")
    await again.writes("chen")
    assert await again.look() == timedelta(seconds=30)
    assert again.outcomes() == {
        "ana": "offered emma",
        "bo": "offered joao",
        "chen": "queued everywhere",
    }
    again.alarm.advance(seconds=30)
    await again.look()
    assert again.outcome("ana") == "queued everywhere"
    again.journal.stop()
    await writer


async def test_loads_are_known_after_a_restart(open_house: RoutingHouse, clock: Clock) -> None:
    emma, _ = open_house.router.agents
    await open_house.writes("ana")
    await open_house.takes(emma, "ana")
    again = RoutingHouse(clock, open_house.ledger)
    await again.router.open()
    assert again.router.load("emma") == 1


def two_regions(house: RoutingHouse, clock: Clock, **more: object) -> None:
    """Vilnius until noon, Lisbon from eleven on; Vilnius overflows to Lisbon."""
    schedule = Schedule("UTC")
    house.source.have(
        Region(
            "vilnius",
            {"en": "Vilnius", "lt": "Vilnius!"},
            schedule,
            ("LT",),
            agents=("emma",),
            overflow=("lisbon",),
        ),
        Region("lisbon", {"en": "Lisbon"}, schedule, ("PT",), agents=("joao",)),
    )
    nine = clock()
    house.source.hours = {
        "vilnius": Hours(nine, nine + timedelta(hours=3)),
        "lisbon": Hours(nine + timedelta(hours=2), nine + timedelta(hours=9)),
    }


async def test_at_the_minute_of_closing_who_waits_moves_on_and_who_is_answered_stays(
    house: RoutingHouse, clock: Clock
) -> None:
    two_regions(house, clock)
    emma = house.agent("emma", capacity=1)
    house.comes(emma)
    house.comes(house.agent("joao"))
    await house.router.open()
    for name in ("ana", "bo"):
        await house.writes(name, country="LT")
    await house.takes(emma, "ana")
    await house.look()
    assert house.outcome("bo") == "queued vilnius"
    clock.advance(hours=3)
    await house.look()
    assert house.outcomes() == {"ana": "assigned emma", "bo": "offered joao"}
    assert (house.decision("bo").region, house.decision("bo").cause) == ("lisbon", "region_closed")


async def test_who_comes_while_closed_is_told_when_and_queued_in_order_at_opening(
    house: RoutingHouse, clock: Clock
) -> None:
    two_regions(house, clock)
    house.comes(house.agent("joao", capacity=1))
    await house.router.open()
    for name in ("ana", "bo"):
        await house.writes(name, country="PT")
        clock.advance(minutes=1)
        await house.look()
    opens_at = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    waiting = house.receptions.waiting("ana")
    assert waiting is not None
    assert (waiting.open, waiting.opens_at, waiting.position) == (False, opens_at, None)
    clock.advance(hours=2)
    await house.look()
    assert house.outcomes() == {"ana": "offered joao", "bo": "queued lisbon"}
    assert house.decision("ana").cause == "region_opened"


async def test_an_open_region_with_nobody_in_it_is_noticed_after_a_grace(
    house: RoutingHouse, clock: Clock
) -> None:
    emma = house.agent("emma")
    await house.router.open()
    nine = clock()
    assert await house.look() == timedelta(seconds=60)
    assert house.router.nobody_there() == {}
    clock.advance(seconds=60)
    await house.look()
    assert house.router.nobody_there() == {"everywhere": nine}
    assert house.told == ["situation"]
    tab = house.comes(emma)
    await house.look()
    assert house.router.nobody_there() == {}
    house.presence.touch(tab, idle=True)
    await house.look()
    clock.advance(seconds=59)
    await house.look()
    assert house.router.nobody_there() == {}


@pytest.mark.parametrize(
    ("when_empty", "at_once", "after_the_grace"),
    [
        ("wait", "queued vilnius", "queued vilnius"),
        ("overflow", "queued vilnius", "offered joao"),
        ("closed", "queued vilnius", "closed vilnius"),
    ],
)
async def test_a_region_without_anybody_is_treated_as_it_says(
    house: RoutingHouse, clock: Clock, when_empty: str, at_once: str, after_the_grace: str
) -> None:
    two_regions(house, clock)
    vilnius, lisbon = house.source.regions.all
    changed = replace(vilnius, when_empty=when_empty)  # type: ignore[arg-type]
    house.source.have(changed, lisbon)
    house.source.hours = {}
    house.agent("emma")
    house.comes(house.agent("joao"))
    await house.router.open()
    await house.writes("ana", country="LT")
    await house.look()
    assert house.outcome("ana") == at_once
    clock.advance(seconds=60)
    await house.look()
    assert house.outcome("ana") == after_the_grace


async def test_what_waits_in_a_region_that_is_removed_is_placed_anew(
    house: RoutingHouse, clock: Clock
) -> None:
    two_regions(house, clock)
    house.source.hours = {}
    house.comes(house.agent("joao"))
    house.agent("emma")
    await house.router.open()
    await house.writes("ana", country="LT")
    await house.look()
    assert house.outcome("ana") == "queued vilnius"
    house.source.have(house.source.regions.all[1])
    await house.look()
    assert house.outcome("ana") == "offered joao"
    assert house.decision("ana").cause == "regions_changed"


async def test_choosing_another_region_moves_who_waits(house: RoutingHouse, clock: Clock) -> None:
    two_regions(house, clock)
    house.source.hours = {}
    house.agent("emma")
    house.comes(house.agent("joao"))
    await house.router.open()
    first = await house.writes("ana", country="LT")
    await house.look()
    chosen = replace(first.visitor, region="lisbon")
    await house.does("ana", MeetVisitor(chosen, clock()))
    await house.look()
    assert house.outcome("ana") == "offered joao"
    assert house.decision("ana").via == "choice"


async def test_messages_of_a_conversation_that_somebody_has_wake_nobody(open_house: RoutingHouse) -> None:
    emma, _ = open_house.router.agents
    await open_house.writes("ana")
    await open_house.takes(emma, "ana")
    await open_house.look()
    running = asyncio.create_task(open_house.router.run())
    await open_house.alarm.asked_for(open_house.clock() + timedelta(days=1))
    looks = []
    look = open_house.router.look

    async def counted() -> datetime:
        looks.append(1)
        return await look()

    open_house.router.look = counted  # type: ignore[method-assign]
    for number in range(100):
        await open_house.does(
            "ana",
            Write(emma.person, f"a-{number}", "Yes", "en", {}, False, open_house.clock()),
        )
    assert looks == []
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_task_acts_on_news_and_when_an_offer_ends(open_house: RoutingHouse) -> None:
    running = asyncio.create_task(open_house.router.run())
    await open_house.writes("ana")
    await open_house.alarm.asked_for(open_house.clock() + OFFER)
    assert open_house.outcome("ana") == "offered emma"
    open_house.alarm.advance(seconds=45)
    await open_house.alarm.asked_for(open_house.clock() + OFFER)
    assert open_house.outcome("ana") == "offered joao"
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_without_room_on_the_disk_it_tries_again_later(open_house: RoutingHouse) -> None:
    await open_house.writes("ana")
    open_house.ledger.error = Refused("storage_full", retry_after=30)
    running = asyncio.create_task(open_house.router.run())
    await open_house.alarm.asked_for(open_house.clock() + timedelta(seconds=5))
    assert open_house.kinds("ana") == ["message"]
    open_house.ledger.error = None
    open_house.alarm.advance(seconds=5)
    await open_house.alarm.asked_for(open_house.clock() + OFFER)
    assert open_house.outcome("ana") == "offered emma"
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_one_decision_that_cannot_be_recorded_holds_up_no_other(
    house: RoutingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    emma = house.agent("emma", capacity=5)
    await house.router.open()
    for name in ("ana", "ona", "bo"):
        await house.writes(name)
    house.comes(emma)
    monkeypatch.setattr("appliance.services.router._AT_ONCE", 1)
    submit = house.journal.submit

    async def failing(entry: Entry) -> Appended:
        if entry.conversation_id == "ana":
            raise OSError("a damaged page")
        return await submit(entry)

    monkeypatch.setattr(house.journal, "submit", failing)
    with pytest.raises(OSError, match="damaged"):
        await house.router.look()
    assert house.ledger.conversations["ana"].decision is None
    assert [house.outcome(name) for name in ("ona", "bo")] == ["offered emma", "offered emma"]


async def test_without_room_on_the_disk_who_is_there_is_told_all_the_same(open_house: RoutingHouse) -> None:
    await open_house.writes("ana")
    open_house.ledger.error = Refused("storage_full", retry_after=60)
    open_house.told.clear()
    open_house.comes(open_house.agent("jin"))
    with pytest.raises(Refused):
        await open_house.look()
    assert "situation" in open_house.told


async def test_a_conversation_that_was_taken_meanwhile_stays_with_who_took_it(
    open_house: RoutingHouse,
) -> None:
    _, joao = open_house.router.agents
    await open_house.writes("ana")
    open_house.ledger.hold = asyncio.Event()
    taking = asyncio.create_task(open_house.takes(joao, "ana"))
    looking = asyncio.create_task(open_house.router.look())
    await open_house.ledger.writing(2)
    open_house.ledger.hold.set()
    await taking
    await looking
    assert open_house.outcomes() == {"ana": "assigned joao"}


async def test_with_thousands_waiting_everybody_has_a_place(house: RoutingHouse) -> None:
    house.comes(house.agent("emma"))
    await house.router.open()
    many = 2_000
    for number in range(many):
        await house.writes(f"v{number:05}")
    await house.look()
    outcomes = list(house.outcomes().values())
    assert outcomes.count("offered emma") == 4
    assert outcomes.count("queued everywhere") == many - 4
    last = house.router.queued(f"v{many - 1:05}")
    assert last is not None
    assert last.position == many
