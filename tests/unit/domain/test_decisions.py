"""The life of a conversation: what each command does in each state, and what holds whatever is sent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.commands import (
    Acknowledge,
    Close,
    Command,
    MeetVisitor,
    Rate,
    Reject,
    Release,
    Reopen,
    Restore,
    Reword,
    Take,
    Translate,
    Write,
)
from appliance.domain.conversation import (
    PENDING,
    Assigned,
    Conversation,
    Event,
    LanguageChanged,
    Message,
    Person,
    Rated,
    Receipts,
    StateChanged,
    Translated,
    TranslationChanged,
    VisitorCard,
    worded,
)
from appliance.domain.decisions import decide, evolve, open_conversation, settle
from appliance.domain.refusal import Refused

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = VisitorCard("ana", 17, "pt-BR", "Ana")
VISITOR = Person("visitor", "ana", "Ana")
EMMA = Person("agent", "emma", "Emma", "#3157d5")
JOAO = Person("agent", "joao", "João", "#0f766e")
READERS = {"emma": "en", "joao": "pt-BR"}


def written(author: Person, text: str = "Olá", client_id: str = "c-1", at: datetime = NOON) -> Write:
    language = "pt-BR" if author.kind == "visitor" else "en"
    return Write(author, client_id, text, language, READERS if author.kind == "visitor" else {}, True, at)


def after(now: Conversation, command: Command) -> Conversation:
    """The conversation after a command, as the ledger applies it."""
    happenings = decide(now, command)
    now = settle(now, command)
    for what in happenings:
        now = evolve(now, Event(now.last_seq + 1, command.at, what))
    return now


def conversation(*commands: Command) -> Conversation:
    now = open_conversation("c", ANA, NOON)
    for command in commands:
        now = after(now, command)
    return now


QUEUED = conversation(written(VISITOR))
EMMAS = conversation(written(VISITOR), Take(EMMA, NOON))
CLOSED = conversation(written(VISITOR), Take(EMMA, NOON), Close(EMMA, NOON))
STATES = {"queued": QUEUED, "Emma's": EMMAS, "closed": CLOSED}

BY_VISITOR = Message(VISITOR, "c-2", "Olá", "pt-BR", ("en",))
BY_EMMA = Message(EMMA, "c-2", "Olá", "en", ("pt-BR",))
BY_JOAO = replace(BY_EMMA, author=JOAO)
TO_EMMA = (Assigned(EMMA), StateChanged("assigned", EMMA))
TO_JOAO = (Assigned(JOAO), StateChanged("assigned", JOAO))

TABLE: list[tuple[str, Command, tuple[object, ...] | str]] = [
    ("queued", written(VISITOR, client_id="c-2"), (BY_VISITOR,)),
    ("queued", written(EMMA, client_id="c-2"), (*TO_EMMA, BY_EMMA)),
    ("queued", Take(EMMA, NOON), TO_EMMA),
    ("queued", Take(EMMA, NOON, force=True), TO_EMMA),
    ("queued", Release(EMMA, NOON), ()),
    ("queued", Close(EMMA, NOON), (StateChanged("closed", EMMA),)),
    ("queued", Reopen(EMMA, NOON), ()),
    ("Emma's", written(VISITOR, client_id="c-2"), (BY_VISITOR,)),
    ("Emma's", written(EMMA, client_id="c-2"), (BY_EMMA,)),
    ("Emma's", written(JOAO, client_id="c-2"), (BY_JOAO,)),
    ("Emma's", Take(EMMA, NOON), ()),
    ("Emma's", Take(JOAO, NOON), "already_taken"),
    ("Emma's", Take(JOAO, NOON, force=True), (Assigned(JOAO),)),
    ("Emma's", Release(EMMA, NOON), (Assigned(None), StateChanged("queued", EMMA))),
    ("Emma's", Release(JOAO, NOON), "already_taken"),
    ("Emma's", Close(JOAO, NOON), (StateChanged("closed", JOAO),)),
    ("Emma's", Reopen(JOAO, NOON), ()),
    ("closed", written(VISITOR, client_id="c-2"), (StateChanged("queued", VISITOR), BY_VISITOR)),
    ("closed", written(EMMA, client_id="c-2"), "conversation_closed"),
    ("closed", Take(EMMA, NOON), "conversation_closed"),
    ("closed", Take(EMMA, NOON, force=True), "conversation_closed"),
    ("closed", Release(EMMA, NOON), ()),
    ("closed", Close(EMMA, NOON), ()),
    ("closed", Reopen(JOAO, NOON), TO_JOAO),
    ("queued", Rate(5, None, NOON), "rating_too_early"),
    ("Emma's", Rate(5, None, NOON), "rating_too_early"),
    ("closed", Rate(5, None, NOON), "rating_too_early"),
    ("Emma's", MeetVisitor(ANA, NOON), ()),
    ("Emma's", MeetVisitor(replace(ANA, language="fa"), NOON), (LanguageChanged("fa"),)),
    ("Emma's", Acknowledge("agent", 1, 1, NOON), ()),
    (
        "closed",
        Translate(1, "visitor", "en", PENDING, NOON),
        (TranslationChanged(1, "visitor", "en", PENDING),),
    ),
]


@pytest.mark.parametrize(
    ("state", "command", "expected"),
    TABLE,
    ids=[f"{state} {type(command).__name__} {index}" for index, (state, command, _) in enumerate(TABLE)],
)
def test_what_a_command_does_in_a_state(
    state: str, command: Command, expected: tuple[object, ...] | str
) -> None:
    if isinstance(expected, str):
        with pytest.raises(Refused) as refused:
            decide(STATES[state], command)
        assert refused.value.code == expected
    else:
        events = decide(STATES[state], command)
        assert [
            replace(event, targets=("en",))
            if isinstance(event, Message) and event.author is VISITOR
            else event
            for event in events
        ] == list(expected)


def test_whoever_comes_too_late_learns_who_was_faster() -> None:
    with pytest.raises(Refused) as refused:
        decide(EMMAS, Take(JOAO, NOON))
    assert refused.value.params == {"name": "Emma"}


def targets(now: Conversation, write: Write) -> tuple[str, ...]:
    return next(what.targets for what in decide(now, write) if isinstance(what, Message))


def test_a_waiting_message_is_translated_for_everybody_who_may_answer() -> None:
    write = replace(written(VISITOR), readers={"emma": "en", "joao": "pt-PT", "yuki": "ja"})
    assert targets(QUEUED, write) == ("en", "ja")


def test_a_message_in_an_agents_conversation_is_translated_for_that_agent_only() -> None:
    write = replace(written(VISITOR), readers={"emma": "en", "yuki": "ja"})
    assert targets(EMMAS, write) == ("en",)


def test_when_the_agent_is_gone_a_message_is_translated_for_those_who_are_left() -> None:
    assert targets(EMMAS, replace(written(VISITOR), readers={"yuki": "ja"})) == ("ja",)


def test_an_answer_is_translated_into_the_visitors_language() -> None:
    assert targets(EMMAS, written(EMMA)) == ("pt-BR",)


def test_an_answer_in_the_visitors_language_needs_no_translation() -> None:
    assert targets(EMMAS, replace(written(JOAO), language="pt-PT")) == ()


def test_what_says_the_same_everywhere_is_not_translated() -> None:
    assert targets(QUEUED, replace(written(VISITOR, "👍"), translatable=False)) == ()


def test_the_wait_counts_from_the_first_unanswered_message() -> None:
    later = NOON + timedelta(minutes=5)
    now = conversation(written(VISITOR), written(VISITOR, at=later))
    assert now.waiting_since == NOON
    assert conversation(written(VISITOR), written(EMMA, at=later)).waiting_since is None
    assert after(now, Close(EMMA, later)).waiting_since is None


def test_taking_without_answering_does_not_end_the_wait() -> None:
    assert EMMAS.waiting_since == NOON


def test_unread_counts_until_an_agent_has_seen_the_end() -> None:
    two = conversation(written(VISITOR), written(VISITOR))
    assert two.unread == 2
    assert after(two, Acknowledge("agent", 0, 1, NOON)).unread == 2
    assert after(two, Acknowledge("agent", 0, 2, NOON)).unread == 0
    assert after(two, Acknowledge("visitor", 2, 2, NOON)).unread == 2


def test_a_reader_cannot_have_seen_what_does_not_exist() -> None:
    now = after(QUEUED, Acknowledge("agent", 0, 2**31 - 1, NOON))
    assert now.by_agent == Receipts(1, 1)


def test_receipts_never_go_back_and_what_was_seen_was_delivered() -> None:
    two = conversation(written(VISITOR), written(VISITOR), Acknowledge("agent", 0, 2, NOON))
    assert two.by_agent == Receipts(2, 2)
    assert after(two, Acknowledge("agent", 1, 1, NOON)).by_agent == Receipts(2, 2)
    assert two.by_visitor == Receipts(0, 0)


def test_a_list_shows_the_translation_of_the_newest_message_only() -> None:
    now = conversation(written(VISITOR), written(VISITOR, "Bom dia"))
    done = Translated("done", "Good morning", "firefox", ("pt", "en"))
    old = after(now, Translate(1, "visitor", "en", done, NOON))
    new = after(now, Translate(2, "visitor", "en", done, NOON))
    failed = after(now, Translate(2, "visitor", "en", Translated("failed", reason="no_route"), NOON))
    shown = [state.last_message.translations for state in (old, new, failed) if state.last_message]
    assert shown == [{}, {"en": "Good morning"}, {}]


MACHINE = Translated("done", "Where is my request?", "firefox", ("pt", "en"), ("numbers",))
BETTER = worded("Where is my order?", "pt-BR", "en", EMMA)
BEST = worded("Where’s my order?", "pt-BR", "en", JOAO)


def amended(known: Translated | None, *commands: Command) -> Translated | None:
    """How a translation stands after commands, as the ledger applies them."""
    for command in commands:
        for what in decide(EMMAS, command, known):
            assert isinstance(what, TranslationChanged)
            known = what.translation
    return known


def recorded(result: Translated) -> Translate:
    return Translate(1, "visitor", "en", result, NOON)


REJECT = Reject(1, "visitor", "en", EMMA, NOON)
RESTORE = Restore(1, "visitor", "en", NOON)
REWORD = Reword(1, "visitor", "en", BETTER, NOON)


def test_what_a_person_said_is_not_overwritten_by_the_machine() -> None:
    for said in (REWORD, REJECT):
        before = amended(MACHINE, said)
        assert amended(MACHINE, said, recorded(MACHINE), recorded(PENDING)) == before
    early = amended(PENDING, REWORD, recorded(MACHINE))
    assert early is not None
    assert early.text == "Where is my order?"


def test_a_result_counts_once_and_a_good_one_is_not_asked_for_again() -> None:
    good = Translated("done", "Hello", "firefox", ("pt", "en"))
    doubtful = replace(good, doubtful=True)
    failed = Translated("failed", reason="busy")
    assert amended(PENDING, recorded(good)) == good
    assert amended(good, recorded(replace(good, text="Hi")), recorded(PENDING)) == good
    for again in (failed, doubtful):
        assert amended(again, recorded(PENDING)) == PENDING
    assert decide(EMMAS, recorded(PENDING), PENDING) == ()


def test_a_wrong_translation_is_marked_with_who_said_so() -> None:
    rejected = amended(MACHINE, REJECT)
    assert rejected is not None
    assert (rejected.flags, rejected.doubtful, rejected.by) == (("numbers", "rejected"), True, EMMA)
    assert (rejected.text, rejected.status) == (MACHINE.text, "done")
    assert decide(EMMAS, REJECT, rejected) == ()


@pytest.mark.parametrize("known", [None, PENDING, Translated("failed", reason="no_route")])
def test_what_is_not_translated_cannot_be_wrong(known: Translated | None) -> None:
    with pytest.raises(Refused) as refused:
        decide(EMMAS, REJECT, known)
    assert (refused.value.code, refused.value.field) == ("not_found", "language")


def test_what_a_person_said_is_taken_back_step_by_step() -> None:
    by_joao = Reword(1, "visitor", "en", BEST, NOON)
    all_of_it = amended(MACHINE, REJECT, REWORD, by_joao)
    assert all_of_it is not None
    assert (all_of_it.text, all_of_it.by) == ("Where’s my order?", JOAO)
    back = amended(all_of_it, RESTORE)
    assert back is not None
    assert (back.text, back.by) == ("Where is my order?", EMMA)
    assert amended(back, RESTORE, RESTORE, RESTORE) == MACHINE
    assert amended(MACHINE, REJECT, RESTORE) == MACHINE


def test_however_often_it_is_reworded_no_more_than_the_last_and_the_machines_is_kept() -> None:
    known: Translated | None = MACHINE
    for number in range(50):
        text = worded(f"Wording {number}", "pt-BR", "en", EMMA)
        known = amended(known, Reword(1, "visitor", "en", text, NOON))
    kept = []
    while known is not None:
        kept.append(known.text)
        known = known.replaced
    assert kept == ["Wording 49", "Wording 48", MACHINE.text]


def test_a_wording_that_is_there_already_changes_nothing() -> None:
    assert decide(EMMAS, REWORD, amended(MACHINE, REWORD)) == ()


def test_without_the_wording_it_came_with_a_message_is_translated_by_the_machine() -> None:
    assert amended(BETTER, RESTORE) == PENDING


def with_wording(language: str = "pt-BR") -> Write:
    ready = {language: worded("Chega na sexta.", "en", language, EMMA)}
    return replace(written(EMMA, "It arrives on Friday."), ready=ready)


def test_a_message_with_its_translation_is_not_translated_again() -> None:
    (message,) = decide(EMMAS, with_wording())
    assert isinstance(message, Message)
    assert (message.targets, message.ready["pt-BR"].text) == ((), "Chega na sexta.")
    assert targets(EMMAS, with_wording("pt-PT")) == (), "readers of pt-BR understand it"


def test_a_translation_for_another_language_than_the_visitors_now_is_kept_besides() -> None:
    persian = after(EMMAS, MeetVisitor(replace(ANA, language="fa"), NOON))
    (message,) = decide(persian, with_wording())
    assert isinstance(message, Message)
    assert (message.targets, list(message.ready)) == (("fa",), ["pt-BR"])


def test_a_list_shows_a_translation_only_while_it_is_thought_right() -> None:
    def shown(*commands: Command) -> object:
        now: Conversation = QUEUED
        known: Translated | None = None
        for command in (recorded(replace(MACHINE, flags=())), *commands):
            for what in decide(now, command, known):
                now = evolve(now, Event(now.last_seq + 1, NOON, what))
                if isinstance(what, TranslationChanged):
                    known = what.translation
        assert now.last_message is not None
        return now.last_message.translations

    assert shown(REJECT) == {}
    assert shown(REJECT, REWORD) == {"en": "Where is my order?"}
    assert conversation(written(VISITOR), with_wording()).last_message.translations == {  # type: ignore[union-attr]
        "pt-BR": "Chega na sexta."
    }


def test_a_visitor_who_comes_back_is_shown_where_they_are_now() -> None:
    card = replace(ANA, language="fa", page="https://shop.example/lamps", time_zone="Asia/Tehran")
    now = after(QUEUED, MeetVisitor(card, NOON))
    assert now.visitor == card
    assert now.language == "fa"


ANSWERED = (written(VISITOR), written(EMMA, client_id="c-2"))
ENDED = conversation(*ANSWERED, Close(EMMA, NOON))


def test_what_was_answered_and_closed_can_be_rated_and_rated_anew() -> None:
    assert decide(ENDED, Rate(4, "Good", NOON)) == (Rated(4, "Good", "pt-BR"),)
    good = after(ENDED, Rate(4, "Good", NOON))
    assert decide(good, Rate(2, None, NOON)) == (Rated(2, None, "pt-BR"),)
    assert after(good, Rate(2, None, NOON)).rated == Rated(2, None, "pt-BR")
    assert (good.state, good.waiting_since, good.unread) == ("closed", None, 0)


def test_rating_the_same_again_changes_nothing() -> None:
    assert decide(after(ENDED, Rate(4, "Good", NOON)), Rate(4, "Good", NOON)) == ()


def test_an_answered_conversation_that_goes_on_cannot_be_rated() -> None:
    with pytest.raises(Refused, match="rating_too_early"):
        decide(conversation(*ANSWERED), Rate(5, None, NOON))


def test_whoever_begins_anew_has_to_be_answered_anew_before_they_rate() -> None:
    anew = after(after(ENDED, Rate(4, "Good", NOON)), written(VISITOR, client_id="c-3"))
    assert (anew.answered_by, anew.rated) == (None, None)
    with pytest.raises(Refused, match="rating_too_early"):
        decide(after(anew, Close(JOAO, NOON)), Rate(5, None, NOON))


def test_it_is_remembered_who_answered_last() -> None:
    handed = (Release(EMMA, NOON), written(JOAO, client_id="c-3"), Close(EMMA, NOON))
    assert conversation(*ANSWERED, *handed).answered_by == JOAO
    assert after(after(ENDED, Reopen(JOAO, NOON)), Close(JOAO, NOON)).answered_by == EMMA


def test_an_event_out_of_turn_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        evolve(QUEUED, Event(QUEUED.last_seq + 2, NOON, LanguageChanged("fa")))


agents = st.sampled_from([EMMA, JOAO])
people = st.sampled_from([VISITOR, EMMA, JOAO])
instants = st.integers(0, 1000).map(lambda seconds: NOON + timedelta(seconds=seconds))
numbers = st.integers(0, 40)
languages = st.sampled_from(["en", "pt-BR", "fa", "ja"])
states = st.one_of(
    st.just(PENDING),
    st.just(Translated("failed", reason="no_route")),
    st.builds(lambda text: Translated("done", text, "firefox", ("pt", "en")), st.text(max_size=20)),
)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(written, people, st.text(min_size=1, max_size=20), st.just("c-1"), instants),
    st.builds(Take, agents, instants, st.booleans()),
    st.builds(Release, agents, instants),
    st.builds(Close, agents, instants),
    st.builds(Reopen, agents, instants),
    st.builds(lambda language, at: MeetVisitor(replace(ANA, language=language), at), languages, instants),
    st.builds(Translate, numbers, st.sampled_from(["visitor", "agent"]), languages, states, instants),
    st.builds(Reword, numbers, st.sampled_from(["visitor", "agent"]), languages, st.just(BETTER), instants),
    st.builds(Restore, numbers, st.sampled_from(["visitor", "agent"]), languages, instants),
    st.builds(Acknowledge, st.sampled_from(["visitor", "agent"]), numbers, numbers, instants),
    st.builds(Rate, st.integers(1, 5), st.none() | st.text(max_size=20), instants),
)


def lived(given_commands: Iterable[Command]) -> list[tuple[Conversation, Command, list[Event], Conversation]]:
    """Each step of a life: before, command, events, after. Refused commands change nothing."""
    now = open_conversation("c", ANA, NOON)
    steps = []
    for command in given_commands:
        try:
            happenings = decide(now, command)
        except Refused:
            continue
        before, now, events = now, settle(now, command), []
        for what in happenings:
            events.append(Event(now.last_seq + 1, command.at, what))
            now = evolve(now, events[-1])
        steps.append((before, command, events, now))
    return steps


@settings(max_examples=50, deadline=None)
@given(st.lists(commands, max_size=40))
def test_whatever_is_sent_numbers_are_consecutive_and_an_owner_is_one(sent: list[Command]) -> None:
    steps = lived(sent)
    numbers = [event.seq for _, _, events, _ in steps for event in events]
    assert numbers == list(range(1, len(numbers) + 1))
    for before, _command, events, now in steps:
        assert now.last_seq == before.last_seq + len(events)
        assert (now.state == "assigned") == (now.agent is not None)
        assert now.state != "closed" or (now.waiting_since, now.unread) == (None, 0)
        for receipts in (now.by_agent, now.by_visitor):
            assert receipts.seen <= receipts.delivered <= now.last_seq
        for earlier, later in ((before.by_agent, now.by_agent), (before.by_visitor, now.by_visitor)):
            assert (later.delivered, later.seen) >= (earlier.delivered, earlier.seen)


@settings(max_examples=50, deadline=None)
@given(st.lists(commands, max_size=40))
def test_the_owner_changes_only_by_an_event_that_says_so(sent: list[Command]) -> None:
    owner = None
    for _, _, events, now in lived(sent):
        for event in events:
            if isinstance(event.what, Assigned):
                owner = event.what.agent
            elif isinstance(event.what, StateChanged) and event.what.state == "closed":
                owner = None
        assert now.agent == owner


@settings(max_examples=50, deadline=None)
@given(st.lists(commands, max_size=30), st.sampled_from([Take, Close, Reopen, Release]))
def test_asking_again_changes_nothing(
    sent: list[Command], again: type[Take] | type[Close] | type[Reopen] | type[Release]
) -> None:
    steps = lived(sent)
    now = steps[-1][3] if steps else open_conversation("c", ANA, NOON)
    command = again(EMMA, NOON)
    try:
        once = after(now, command)
        assert decide(once, command) == ()
    except Refused:
        assert again in (Take, Release)
