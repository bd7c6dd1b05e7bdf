"""What each reader is shown: visitors nothing that is not theirs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance.domain.conversation import (
    PENDING,
    Conversation,
    Event,
    LastMessage,
    Message,
    Person,
    Receipts,
    StateChanged,
    Translated,
    TranslationChanged,
    VisitorCard,
    worded,
)
from appliance.domain.people import Visitor
from appliance.web import views

NOON = datetime(2026, 11, 21, 9, 30, 0, 123456, tzinfo=UTC)
VISITOR = Person("visitor", "ana", "Ana")
EMMA = Person("agent", "emma", "Emma", "#3157d5")
DONE = Translated("done", "Hello", "firefox", ("pt", "en"), ("numbers",))
DOUBTFUL = Translated("done", "xxxx", "firefox", ("en", "pt"), ("repetition",), doubtful=True)
CARD = VisitorCard("ana", 17, "pt-BR", None, "America/Sao_Paulo", "https://shop.example/")


def test_instants_are_utc_to_the_millisecond() -> None:
    assert views.instant(NOON) == "2026-11-21T09:30:00.123Z"
    assert views.instant(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"


def test_a_visitor_does_not_see_what_was_made_of_their_own_words() -> None:
    message = Event(1, NOON, Message(VISITOR, "m", "Olá", "pt-BR", ("en",)), {"en": DONE})
    changed = Event(2, NOON, TranslationChanged(1, "visitor", "en", DONE))
    assert views.event(message, "visitor")["translations"] == {}
    assert views.event(changed, "visitor") == {"seq": 2, "kind": "none"}
    assert views.event(message, "agent")["translations"]["en"]["text"] == "Hello"
    assert views.event(changed, "agent")["translation"]["text"] == "Hello"


def test_the_original_is_there_whatever_the_translation() -> None:
    for state in (PENDING, DONE, DOUBTFUL, Translated("failed", reason="no_route")):
        for reader in ("visitor", "agent"):
            event = Event(1, NOON, Message(EMMA, "m", "Olá", "en", ("pt-BR",)), {"pt-BR": state})
            assert views.event(event, reader)["text"] == "Olá"  # type: ignore[arg-type]


def test_a_language_that_was_asked_for_is_pending_until_it_is_known() -> None:
    event = Event(1, NOON, Message(EMMA, "m", "Hi", "en", ("fa", "pt-BR")), {"fa": DONE})
    states = {tag: state["status"] for tag, state in views.event(event, "visitor")["translations"].items()}
    assert states == {"fa": "done", "pt-BR": "pending"}


def test_a_doubtful_translation_is_the_agents_to_judge() -> None:
    changed = Event(2, NOON, TranslationChanged(1, "agent", "pt-BR", DOUBTFUL))
    to_agent = views.event(changed, "agent")["translation"]
    to_visitor = views.event(changed, "visitor")["translation"]
    assert (to_agent["status"], to_agent["text"], to_agent["flags"]) == ("done", "xxxx", ["repetition"])
    assert (to_visitor["status"], to_visitor["text"], to_visitor["reason"]) == ("failed", None, "doubtful")


def test_a_persons_wording_is_told_with_their_name_and_the_machines_to_agents_only() -> None:
    wording = replace(worded("Hello!", "pt-BR", "en", EMMA), replaced=DONE)
    message = Message(EMMA, "m", "Olá", "pt-BR", (), {"en": wording})
    for reader, machine in (("agent", "Hello"), ("visitor", None)):
        shown = views.event(Event(1, NOON, message), reader)["translations"]["en"]  # type: ignore[arg-type]
        assert (shown["status"], shown["text"], shown["engine"]) == ("done", "Hello!", "person")
        assert shown["by"] == {"id": "emma", "name": "Emma", "avatar": "#3157d5"}
        assert shown["machine"] == machine


def test_what_changed_since_takes_the_place_of_what_a_message_came_with() -> None:
    message = Message(EMMA, "m", "Olá", "pt-BR", (), {"en": worded("Hello", "pt-BR", "en", EMMA)})
    later = {"en": worded("Hello!", "pt-BR", "en", EMMA)}
    assert views.event(Event(1, NOON, message, later), "visitor")["translations"]["en"]["text"] == "Hello!"


def test_who_closed_is_told_with_their_name() -> None:
    shown = views.event(Event(4, NOON, StateChanged("closed", EMMA)), "visitor")
    assert shown["by"] == {"kind": "agent", "id": "emma", "name": "Emma", "avatar": "#3157d5"}


def conversation(**changes: object) -> Conversation:
    given = {"id": "c", "visitor": CARD, "opened_at": NOON, "updated_at": NOON, **changes}
    return Conversation(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "Hello"), ("en-GB", "Hello"), ("lt", None), ("pt-BR", None)]
)
def test_a_list_shows_the_last_message_in_the_agents_language(language: str, shown: str | None) -> None:
    last = LastMessage(1, NOON, "visitor", "Olá", "pt-BR", {"en": "Hello", "fa": "سلام"})
    summary = views.summary(conversation(last_message=last, unread=1), language, online=True)
    assert summary["last_message"]["text"] == "Olá"
    assert summary["last_message"]["translation"] == shown


def test_receipts_are_the_other_sides() -> None:
    both = conversation(by_visitor=Receipts(4, 3), by_agent=Receipts(2, 1))
    assert views.summary(both, "en", online=False)["receipts"] == {"delivered": 4, "seen": 3}
    own = views.visitors_conversation("c", both)
    assert (own["receipts"], own["own_seen"]) == ({"delivered": 2, "seen": 1}, 3)


def test_a_visitor_sees_of_an_agent_only_name_and_colour() -> None:
    shown = views.visitors_conversation("c", conversation(agent=EMMA, state="assigned"))
    assert shown["agent"] == {"id": "emma", "name": "Emma", "avatar": "#3157d5"}


def test_a_visitor_in_full_does_not_carry_the_token() -> None:
    visitor = Visitor("ana", 17, "c", "pt-BR", None, None, None, "Firefox", NOON, NOON)
    shown = views.visitor_in_full(conversation(), visitor, online=True)
    assert shown["first_seen_at"] == "2026-11-21T09:30:00.123Z"
    assert not any("token" in key for key in shown)
