"""Sockets and odd input: every frame is answered, and nothing but a lost sign-in or no hello closes one."""

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.domain.commands import Acknowledge
from appliance.domain.entries import Appended, Entry
from appliance.services.journal import Journal
from appliance.web import socket
from tests.conftest import Clock
from tests.unit.web.house import House, open_house

ID = "7b0e1c9a-52be-4f6c-8a3e-5a9f4f1d2c33"


def is_ref(ref: str) -> Any:
    return lambda frame: frame["ref"] == ref


@contextmanager
def submissions() -> Iterator[list[Entry]]:
    """What is given to the journal meanwhile."""
    entries: list[Entry] = []
    submit = Journal.submit

    async def noted(journal: Journal, entry: Entry) -> Appended:
        entries.append(entry)
        return await submit(journal, entry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Journal, "submit", noted)
        yield entries


def is_client(client_id: str) -> Any:
    return lambda frame: frame["client_id"] == client_id


async def test_a_broken_frame_is_answered_and_the_socket_lives_on(house: House) -> None:
    session = await house.visitor()
    async with house.visitor_socket(session) as visitor:
        broken: list[str | bytes] = [
            "",
            "{",
            "[]",
            "null",
            b"\xff",
            '{"type": 7}',
            '{"type": "applause"}',
            '{"type": "seen"}',
            '{"type": "seen", "seq": -1}',
            '{"type": "ping", "ref": 7}',
            '{"type": "send", "client_id": "\\ud800", "text": "a"}',
            '{"type": "send", "client_id": {"a": 1}, "text": "a"}',
            '{"type": "send", "client_id": "a b", "text": "a"}',
            '{"type": "send", "client_id": "ok", "text": 7}',
            '{"type": "language", "language": "\\ud800"}',
            '{"type": "\\ud800"}',
            json.dumps({"type": "send", "client_id": "big", "text": "x" * 66_000}),
        ]
        for raw in broken:
            if isinstance(raw, bytes):
                visitor.send_bytes(raw)
            else:
                visitor.send_text(raw)
        await visitor.send(type="ping")
        await visitor.expect("pong")
        errors = [frame for frame in visitor.frames if frame["type"] == "error"]
        assert [error["code"] for error in errors] == [
            *["bad_json"] * 5,
            "bad_field",
            "unknown_type",
            *["bad_field"] * 8,
            "unknown_type",
            "frame_too_large",
        ]
        assert errors[13]["client_id"] == "ok"
        assert visitor.close_code is None


async def test_an_answer_carries_the_ref_of_its_question(house: House) -> None:
    cookie = await house.agent()
    async with house.agent_socket(cookie) as agent:
        await agent.send(type="open", conversation=ID, ref="a")
        await agent.send(type="take", conversation=ID, ref="b")
        await agent.send(type="translate", conversation=ID, seq=1, language="en", ref="c")
        await agent.send(type="send", conversation=ID, client_id="m", text=" ", ref="d")
        for ref, code in (("a", "not_found"), ("b", "not_found"), ("c", "not_found"), ("d", "text_empty")):
            assert (await agent.expect("error", is_ref(ref)))["code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "text_empty"), ("\u200b\n", "text_empty"), ("x" * 20_000, "text_too_long"), (None, "bad_field")],
    ids=lambda value: str(value)[:10],
)
async def test_a_message_that_cannot_be_is_named_and_not_stored(
    house: House, text: object, code: str
) -> None:
    session = await house.visitor(language="pt-BR")
    async with house.visitor_socket(session) as visitor:
        await visitor.send(type="send", client_id="m", text=text)
        error = await visitor.expect("error")
        assert (error["code"], error["client_id"], error["field"]) == (code, "m", "text")
        await visitor.send(type="history", before=1000)
        assert (await visitor.expect("history"))["events"] == []


@pytest.mark.parametrize(
    ("hello", "code", "close"),
    [
        ('{"type": "hello", "token": "v1.forged"}', "token_invalid", 4401),
        ('{"type": "hello", "token": "\\ud800"}', "token_invalid", 4401),
        ('{"type": "hello"}', "token_invalid", 4401),
        ('{"type": "ping"}', "bad_field", 4400),
        ("nonsense", "bad_json", 4400),
        (json.dumps({"type": "hello", "a": "x" * 66_000}), "frame_too_large", 4400),
        ('{"type": "hello", "token": "v1.x", "after": -1}', "bad_field", 4400),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_a_first_frame_that_is_no_hello_says_why_and_closes(
    house: House, hello: str, code: str, close: int
) -> None:
    async with house.socket("/api/visitor/socket") as client:
        client.send_text(hello)
        assert await client.closed() == close
        assert [frame["code"] for frame in client.frames] == [code]


@pytest.mark.parametrize("path", ["/api/visitor/socket", "/api/agent/socket"])
async def test_whoever_says_nothing_is_let_go(
    house: House, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "HELLO_SECONDS", 0)
    async with house.socket(path) as client:
        assert await client.closed() == 4400


async def test_an_expired_token_needs_a_new_session(house: House, clock: Clock) -> None:
    session = await house.visitor()
    clock.advance(days=181)
    async with house.socket("/api/visitor/socket") as client:
        await client.send(type="hello", token=session["token"])
        assert await client.closed() == 4401
        assert client.frames[0]["code"] == "token_invalid"


async def test_html_is_text(house: House) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    session = await house.visitor(name=nasty, page="https://shop.example/<script>")
    async with (
        house.agent_socket(await house.agent()) as agent,
        house.visitor_socket(session) as visitor,
    ):
        await visitor.send(type="send", client_id="m", text=nasty)
        summary = (await agent.expect("summary", lambda frame: frame["conversation"]["unread"] == 1))[
            "conversation"
        ]
        assert (summary["visitor"]["name"], summary["last_message"]["text"]) == (nasty, nasty)
        assert (await visitor.event(lambda event: event["kind"] == "message"))["text"] == nasty


async def test_control_characters_and_halves_of_characters_are_made_harmless(house: House) -> None:
    session = await house.visitor()
    async with house.visitor_socket(session) as visitor:
        visitor.send_text('{"type": "send", "client_id": "m", "text": "a\\u0000b\\u001b\\ud83d c\\u202e"}')
        shown = await visitor.event(lambda event: event["kind"] == "message")
        assert shown["text"] == "ab\ufffd c\u202e"


async def test_errors_are_in_the_visitors_language(house: House) -> None:
    session = await house.visitor(language="pt-BR")
    async with house.visitor_socket(session) as visitor:
        await visitor.send(type="send", client_id="one", text="")
        portuguese = await visitor.expect("error", is_client("one"))
        await visitor.send(type="language", language="fa")
        await visitor.send(type="send", client_id="two", text="x" * 5_001)
        persian = await visitor.expect("error", is_client("two"))
    assert portuguese["message"].startswith("A mensagem")
    assert "۵٬۰۰۰" in persian["message"]


async def test_a_visitor_reaches_nobodys_conversation_but_their_own(house: House) -> None:
    mine, theirs = await house.visitor(), await house.visitor()
    async with house.visitor_socket(mine) as visitor, house.visitor_socket(theirs) as other:
        await other.send(type="send", client_id="m", text="secret")
        await other.expect("ack")
        await visitor.send(type="send", client_id="m", text="mine", conversation=theirs["conversation"])
        await visitor.send(type="history", before=100, conversation=theirs["conversation"])
        history = await visitor.expect("history")
        assert [event["text"] for event in history["events"]] == ["mine"]
        assert "secret" not in json.dumps(visitor.frames)


async def test_a_message_comes_back_to_its_sender_once_with_the_ack_or_after_what_was_before_it(
    house: House,
) -> None:
    session = await house.visitor()
    async with house.visitor_socket(session) as visitor, house.visitor_socket(session) as other:
        await visitor.send(type="send", client_id="m-1", text="Olá")
        ack = await visitor.expect("ack")
        assert (ack["event"]["seq"], ack["event"]["text"]) == (ack["seq"], "Olá")
        assert (await other.event(lambda event: event["kind"] == "message"))["text"] == "Olá"
        await visitor.send(type="send", client_id="m-1", text="Olá")
        again = await visitor.expect("ack", lambda frame: frame["event"] is None)
        assert again["seq"] == ack["seq"]
        await visitor.send(type="ping")
        await visitor.expect("pong")
        seqs = [frame["event"]["seq"] for frame in visitor.frames if frame["type"] == "event"]
        assert sorted(set(seqs)) == seqs


async def test_an_agent_who_leaves_a_conversation_hears_no_more_of_it(house: House) -> None:
    session = await house.visitor(language="en")
    async with (
        house.agent_socket(await house.agent()) as agent,
        house.visitor_socket(session) as visitor,
    ):
        await visitor.send(type="send", client_id="one", text="1")
        await visitor.expect("ack")
        await agent.send(type="open", conversation=session["conversation"])
        await agent.expect("opened")
        await agent.send(type="leave", conversation=session["conversation"])
        await agent.send(type="ping")
        await agent.expect("pong")
        heard = len(agent.frames)
        await visitor.send(type="send", client_id="two", text="2")
        await agent.expect("summary", lambda frame: frame["conversation"]["unread"] == 2)
        assert not [frame for frame in agent.frames[heard:] if frame["type"] == "event"]


async def test_a_conversation_that_cannot_be_opened_is_not_listened_to(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await house.visitor(language="en")
    async with house.agent_socket(await house.agent()) as agent:
        with monkeypatch.context() as broken:

            async def fails(*_: object) -> None:
                raise LookupError("on purpose")

            broken.setattr("appliance.storage.ledger.Ledger.conversation", fails)
            await agent.send(type="open", conversation=session["conversation"], ref="a")
            assert (await agent.expect("error", is_ref("a")))["code"] == "internal"
        async with house.visitor_socket(session) as visitor:
            await visitor.send(type="send", client_id="m", text="Hello")
            await visitor.expect("ack")
            await visitor.send(type="typing")
            await agent.expect("summary")
    assert {frame["type"] for frame in agent.frames} == {"welcome", "error", "summary"}


async def test_a_visitor_who_types_without_end_is_shown_as_typing_once_a_while(house: House) -> None:
    session = await house.visitor(language="en")
    async with (
        house.agent_socket(await house.agent()) as agent,
        house.visitor_socket(session) as visitor,
    ):
        await visitor.send(type="send", client_id="m", text="Hello")
        await visitor.expect("ack")
        await agent.send(type="open", conversation=session["conversation"])
        await agent.expect("opened")
        for _ in range(600):
            await visitor.send(type="typing")
        await visitor.send(type="send", client_id="n", text="Still here")
        await agent.event(lambda event: event.get("client_id") == "n")
        assert len([frame for frame in agent.frames if frame["type"] == "typing"]) < 5
        assert agent.close_code is None


async def test_changing_the_language_without_end_is_as_limited_as_writing(
    tmp_path: Path, clock: Clock
) -> None:
    async with open_house(tmp_path / "data", clock, messages_per_second=0.1) as house:
        session = await house.visitor(language="en")
        async with house.visitor_socket(session) as visitor:
            for number in range(11):
                await visitor.send(type="language", language=("fa", "ja")[number % 2])
            error = await visitor.expect("error")
            assert error["code"] == "too_fast"
            assert 5 < error["retry_after"] <= 10


async def test_changing_the_language_at_each_coming_back_is_limited_too(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path / "data", clock, messages_per_second=0.1) as house:
        session = await house.visitor(language="en")
        for number in range(10):
            async with house.visitor_socket(session, language=("fa", "ja")[number % 2]):
                pass
        async with house.socket("/api/visitor/socket") as late:
            await late.send(type="hello", token=session["token"], language="fa")
            assert await late.closed() == 1013
            assert late.frames[0]["code"] == "too_fast"
        async with house.visitor_socket(session, language="ja") as visitor:
            assert visitor.frames[0]["visitor"]["language"] == "ja"


async def test_reading_old_pages_without_end_is_limited_and_does_not_keep_from_writing(
    tmp_path: Path, clock: Clock
) -> None:
    async with (
        open_house(tmp_path / "data", clock, messages_per_second=0.1) as house,
        house.visitor_socket(await house.visitor(language="en")) as visitor,
    ):
        for _ in range(11):
            await visitor.send(type="history", before=10)
        assert (await visitor.expect("error"))["code"] == "too_fast"
        await visitor.send(type="send", client_id="m", text="Hello")
        await visitor.expect("ack")


async def test_a_visitor_has_twenty_sockets_and_no_more(house: House) -> None:
    session = await house.visitor()
    async with AsyncExitStack() as stack:
        for _ in range(20):
            last = await stack.enter_async_context(house.visitor_socket(session))
        async with house.socket("/api/visitor/socket") as one_more:
            await one_more.send(type="hello", token=session["token"])
            assert await one_more.closed() == 1013
            assert one_more.frames[0]["code"] == "busy"
        await last.leave()
        await stack.enter_async_context(house.visitor_socket(session))
        await stack.enter_async_context(house.visitor_socket(await house.visitor()))


async def test_what_was_seen_before_is_not_told_again(house: House) -> None:
    """Neither is what nobody can have seen yet."""
    session = await house.visitor(language="en")
    async with (
        house.agent_socket(await house.agent()) as agent,
        house.visitor_socket(session) as visitor,
    ):
        await visitor.send(type="send", client_id="m", text="Hello")
        await visitor.event(lambda event: event["kind"] == "message")
        await agent.send(type="open", conversation=session["conversation"])
        await agent.expect("opened")
        for seq in (1, 1, 1, 1_000, 1_000):
            await visitor.send(type="delivered", seq=seq)
            await visitor.send(type="seen", seq=seq)
            await agent.send(type="seen", conversation=session["conversation"], seq=seq)

        async def answered(ref: str) -> None:
            for client in (visitor, agent):
                await client.send(type="history", conversation=session["conversation"], before=9, ref=ref)
                await client.expect("history", is_ref(ref))

        await answered("before")
        with submissions() as submitted:
            for _ in range(100):
                await visitor.send(type="seen", seq=1_000)
                await agent.send(type="seen", conversation=session["conversation"], seq=1_000)
            await answered("after")
        commands = [entry.command for entry in submitted]
        assert [command for command in commands if isinstance(command, Acknowledge) and command.seen] == []
        await agent.send(type="send", conversation=session["conversation"], client_id="a", text="Hi")
        seen = await agent.event(lambda event: event.get("client_id") == "a")
        await visitor.event(lambda event: event.get("client_id") == "a")
        await visitor.send(type="seen", seq=seen["seq"])
        await agent.expect("receipts", lambda frame: frame["seen"] == seen["seq"])


async def test_at_most_fifty_conversations_are_open_and_the_oldest_is_left(house: House) -> None:
    sessions = [await house.visitor(language="en") for _ in range(51)]
    for session in sessions:
        await house.http.post(
            f"/api/conversations/{session['conversation']}/messages",
            headers={"authorization": f"Bearer {session['token']}"},
            json={"client_id": "m", "text": "1"},
        )
    async with house.agent_socket(await house.agent()) as agent:
        for number, session in enumerate(sessions):
            await agent.send(type="open", conversation=session["conversation"], ref=str(number))
        await agent.expect("opened", is_ref("50"))
        for session in (sessions[0], sessions[1]):
            async with house.visitor_socket(session) as visitor:
                await visitor.send(type="send", client_id="n", text="2")
                await visitor.expect("ack")
        event = await agent.expect("event")
        assert event["conversation"] == sessions[1]["conversation"]


async def test_what_is_asked_of_the_api_is_checked(house: House) -> None:
    session = await house.visitor()
    headers = {"authorization": f"Bearer {session['token']}"}
    path = f"/api/conversations/{session['conversation']}"
    for query, field in (
        ("after=-1", "after"),
        ("after=x", "after"),
        ("after=٣", "after"),
        ("before=1e3", "before"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("after=99999999999", "after"),
    ):
        answer = await house.http.get(f"{path}/events?{query}", headers=headers)
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
            400,
            "bad_field",
            field,
        )
    large = await house.http.post(f"{path}/messages", headers=headers, content=b"x" * 65_537)
    assert (large.status_code, large.json()["code"]) == (413, "frame_too_large")
    for body in (b"", b"[]", b"\xff", b'{"client_id": "m"'):
        answer = await house.http.post(f"{path}/messages", headers=headers, content=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


async def test_a_session_can_be_begun_with_nothing_and_not_with_nonsense(house: House) -> None:
    empty = await house.http.post("/api/visitor/session", headers={"accept-language": "fa-IR, en;q=0.5"})
    assert (empty.status_code, empty.json()["visitor"]["language"]) == (201, "fa")
    for body, field in (
        ({"language": "not a tag"}, "language"),
        ({"name": 7}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"time_zone": "<script>"}, "time_zone"),
        ({"page": {}}, "page"),
    ):
        answer = await house.http.post("/api/visitor/session", json=body)
        assert (answer.status_code, answer.json()["field"]) == (400, field)


async def test_sessions_from_one_address_are_limited(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path / "data", clock, sessions_per_minute=3) as house:
        answers = [await house.http.post("/api/visitor/session") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201] * 3 + [429]
    assert 1 < int(answers[-1].headers["retry-after"]) <= 20
    assert answers[-1].json()["code"] == "too_fast"


async def test_health_says_what_is_wrong(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await house.http.get("/healthz")).json() == {"status": "ok"}

    async def broken(*_: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("appliance.storage.people.Staff.by_email", broken)
    answer = await house.http.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "problem": "the database does not answer"}
