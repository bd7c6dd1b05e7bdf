"""Events and conversations survive the way through JSON, as storage and bus send them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.codec import (
    conversation_from_json,
    conversation_to_json,
    event_from_json,
    event_to_json,
    happening_from_json,
    translated_from_json,
)
from appliance.domain.conversation import (
    Assigned,
    Conversation,
    Event,
    Happening,
    LanguageChanged,
    LastMessage,
    Message,
    Person,
    Rated,
    Receipts,
    StateChanged,
    Translated,
    TranslationChanged,
    VisitorCard,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
languages = st.sampled_from(["en", "pt-BR", "zh-Hans", "fa"])
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
numbers = st.integers(1, 2**31 - 1)
maybe = st.none() | texts
states = st.sampled_from(["queued", "assigned", "closed"])
people = st.builds(
    Person, st.sampled_from(["visitor", "agent", "system"]), texts, maybe, st.none() | st.just("#3157d5")
)
states_of_one = (
    st.sampled_from(["pending", "done", "failed"]),
    maybe,
    maybe,
    st.lists(languages, max_size=3).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
    maybe,
    st.booleans(),
    maybe,
)
machines = st.builds(Translated, *states_of_one)
translated = st.builds(Translated, *states_of_one, st.none() | people, st.none() | machines)
ratings = st.builds(Rated, st.integers(1, 5), maybe, languages)
happenings: st.SearchStrategy[Happening] = st.one_of(
    st.builds(
        Message,
        people,
        texts,
        texts,
        languages,
        st.lists(languages, max_size=3).map(tuple),
        st.dictionaries(languages, translated, max_size=2),
    ),
    st.builds(TranslationChanged, numbers, st.sampled_from(["visitor", "agent"]), languages, translated),
    st.builds(Assigned, st.none() | people),
    st.builds(StateChanged, states, people),
    st.builds(LanguageChanged, languages),
    ratings,
)
cards = st.builds(VisitorCard, texts, numbers, languages, maybe, maybe, maybe)
last_messages = st.builds(
    LastMessage, numbers, instants, texts, texts, languages, st.dictionaries(languages, texts)
)
receipts = st.builds(Receipts, numbers, numbers)
conversations = st.builds(
    Conversation,
    id=texts,
    visitor=cards,
    opened_at=instants,
    updated_at=instants,
    state=states,
    agent=st.none() | people,
    last_seq=numbers,
    waiting_since=st.none() | instants,
    last_message=st.none() | last_messages,
    unread=numbers,
    by_visitor=receipts,
    by_agent=receipts,
    began=numbers,
    answered_by=st.none() | people,
    rated=st.none() | ratings,
)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False))


@settings(max_examples=50, deadline=None)
@given(st.builds(Event, numbers, instants, happenings))
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert event_from_json(through_json(event_to_json(event))) == event


@settings(max_examples=50, deadline=None)
@given(conversations)
def test_a_conversation_comes_back_as_it_was(conversation: Conversation) -> None:
    assert conversation_from_json(through_json(conversation_to_json(conversation))) == conversation


def test_what_was_stored_before_people_had_a_say_is_still_read() -> None:
    stored = {
        "status": "done",
        "text": "Hello",
        "engine": "firefox",
        "path": ["pt", "en"],
        "flags": [],
        "reason": None,
        "doubtful": False,
    }
    assert translated_from_json(stored) == Translated("done", "Hello", "firefox", ("pt", "en"))
    author = {"kind": "visitor", "id": "ana", "name": None}
    message = {"author": author, "client_id": "m", "text": "Olá", "language": "pt-BR", "targets": ["en"]}
    assert happening_from_json("message", message) == Message(
        Person("visitor", "ana"), "m", "Olá", "pt-BR", ("en",)
    )


def test_an_event_of_another_time_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="applause"):
        happening_from_json("applause", {})
