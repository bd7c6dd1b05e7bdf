"""What routing, declining and handing on do to a conversation."""

from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest

from appliance.domain.codec import (
    conversation_from_json,
    conversation_to_json,
    event_from_json,
    event_to_json,
)
from appliance.domain.commands import Close, Command, Pass, Release, Route, Take, Transfer, Write
from appliance.domain.conversation import Conversation, Event, Person, StateChanged, VisitorCard
from appliance.domain.decisions import decide, evolve, open_conversation
from appliance.domain.refusal import Refused
from appliance.domain.routing import Candidate, Decision

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = VisitorCard("ana", 17, "pt-BR", "Ana", country="BR", site="brazil")
ONA, JIN = Person("agent", "ona", "Ona"), Person("agent", "jin", "Jin")
UNTIL = NOON + timedelta(seconds=45)


def offer_to(agent: Person) -> Route:
    passed_over = Candidate("agent", "eve", False, "at_limit", {"limit": 4}, "Eve")
    chosen = Candidate("agent", agent.id, True, "least_loaded", name=agent.name)
    decision = Decision(
        NOON, "arrived", "offered", "brazil", "country", agent.id, UNTIL, None, (passed_over, chosen)
    )
    return Route(decision, agent, NOON)


def after(now: Conversation, *commands: Command) -> Conversation:
    for command in commands:
        for what in decide(now, command):
            now = evolve(now, Event(now.last_seq + 1, command.at, what))
    return now


def written() -> Conversation:
    hello = Write(Person("visitor", "ana"), "1", "Olá", "pt-BR", {}, True, NOON)
    return after(open_conversation("c", ANA, NOON), hello)


def test_who_is_asked_can_take_it_and_then_nobody_is_asked() -> None:
    asked = after(written(), offer_to(ONA))
    assert asked.state == "queued"
    assert asked.offer is not None
    assert (asked.offer.agent, asked.offer.until) == (ONA, UNTIL)
    taken = after(asked, Take(ONA, NOON))
    assert (taken.state, taken.agent, taken.region) == ("assigned", ONA, "brazil")
    assert (taken.offer, taken.queued_at, taken.decision) == (None, None, None)


@pytest.mark.parametrize("how", ["declined", "missed"])
def test_who_passes_is_remembered_and_only_who_is_asked_can_pass(how: str) -> None:
    asked = after(written(), offer_to(ONA))
    assert decide(asked, Pass(JIN, "declined", NOON)) == ()
    passed = after(asked, Pass(ONA, how, NOON))  # type: ignore[arg-type]
    assert (passed.offer, passed.passed) == (None, ("ona",))
    assert after(passed, offer_to(JIN), Pass(JIN, "missed", NOON)).passed == ("ona", "jin")


def test_what_is_decided_too_late_changes_nothing() -> None:
    taken = after(written(), Take(JIN, NOON))
    assert decide(taken, offer_to(ONA)) == ()
    assert decide(after(taken, Close(JIN, NOON)), offer_to(ONA)) == ()


def test_what_is_handed_on_waits_for_another_and_goes_back_last_to_who_gave_it() -> None:
    taken = after(written(), Take(ONA, NOON))
    handed = after(taken, Transfer(ONA, None, "lisbon", "Speaks Portuguese", NOON))
    assert (handed.state, handed.agent, handed.to_region, handed.former) == ("queued", None, "lisbon", "ona")
    assert (handed.passed, handed.queued_at) == (("ona",), NOON)
    assert after(handed, Take(JIN, NOON)).to_region is None


def test_only_who_has_it_hands_it_on() -> None:
    taken = after(written(), Take(ONA, NOON))
    with pytest.raises(Refused, match="already_taken"):
        decide(taken, Transfer(JIN, ONA, None, None, NOON))
    with pytest.raises(Refused, match="conversation_closed"):
        decide(after(taken, Close(ONA, NOON)), Transfer(ONA, JIN, None, None, NOON))


def test_who_gives_it_back_is_not_asked_first() -> None:
    given_back = after(written(), Take(ONA, NOON), Release(ONA, NOON))
    assert (given_back.passed, given_back.former) == (("ona",), "ona")


def test_a_visitor_who_comes_back_waits_from_then_on() -> None:
    closed = after(written(), Take(ONA, NOON), Close(ONA, NOON))
    assert closed.queued_at is None
    later = NOON + timedelta(days=3)
    again = Write(Person("visitor", "ana"), "2", "Mais uma coisa", "pt-BR", {}, True, later)
    back = after(closed, again)
    assert (back.state, back.queued_at, back.former, back.passed) == ("queued", later, "ona", ())
    assert isinstance(decide(closed, again)[0], StateChanged)


def test_it_all_survives_being_written_down() -> None:
    commands = (
        offer_to(ONA),
        Pass(ONA, "declined", NOON),
        Transfer(ONA, JIN, None, "x", NOON),
        offer_to(JIN),
    )
    now = written()
    for command in commands:
        for what in decide(now, command):
            event = Event(now.last_seq + 1, command.at, what)
            assert event_from_json(event_to_json(event)) == event
            now = evolve(now, event)
        assert conversation_from_json(conversation_to_json(now)) == now
    assert now.offer is not None


def test_before_anything_was_decided_there_is_nothing_to_keep() -> None:
    taken = reduce(after, [Take(ONA, NOON), Close(ONA, NOON)], written())
    assert conversation_to_json(taken)["routing"] == {"former": "ona"}
