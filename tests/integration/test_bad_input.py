"""A real server under bad input and bad connections: nothing lost, nothing doubled, nobody dropped for it."""

import asyncio
import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.people import events, write
from tests.support.clients import Socket, agent_socket, begin_visitor, sign_in, socket, visitor_socket
from tests.support.server import Server, serving

WORDLESS = "👋"
"""Needs no translation, so that no event follows it in its own time."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("demo", tmp_path_factory.mktemp("input") / "data", sessions_per_minute="1000") as server:
        yield server


@pytest.fixture(scope="module")
async def emma(server: Server) -> str:
    return await sign_in(server.link)


def for_client(client_id: str) -> Any:
    return lambda frame: frame["client_id"] == client_id


async def messages(url: str, session: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in await events(url, session) if event["kind"] == "message"]


async def still_answers(client: Socket) -> None:
    await client.send(type="ping")
    await client.expect("pong")


async def test_malformed_and_unknown_frames_keep_the_socket_alive(server: Server) -> None:
    session = await begin_visitor(server.url)
    async with visitor_socket(server.url, session["token"]) as visitor:
        sent: list[str | bytes] = ["", "{", "[1]", b"\x00\xff", '{"type": "applause"}', '{"type": "seen"}']
        for raw in sent:
            await visitor.connection.send(raw)
        await still_answers(visitor)
        codes = [frame["code"] for frame in visitor.frames if frame["type"] == "error"]
        assert codes == ["bad_json"] * 4 + ["unknown_type", "bad_field"]


async def test_a_frame_over_64_kib_is_refused_and_one_over_1_mib_closes(server: Server) -> None:
    session = await begin_visitor(server.url)
    async with visitor_socket(server.url, session["token"]) as visitor:
        await visitor.send(type="send", client_id="big", text="x" * 70_000)
        assert (await visitor.expect("error"))["code"] == "frame_too_large"
        await still_answers(visitor)
        await visitor.send(type="send", client_id="huge", text="x" * 2**20)
        assert await visitor.closed() == 1009
    assert await events(server.url, session) == []


async def test_a_first_frame_over_1_mib_closes(server: Server) -> None:
    async with socket(server.url, "/api/visitor/socket") as client:
        await client.send(type="hello", token="x" * 2**20)
        assert await client.closed() == 1009


async def test_messages_that_cannot_be_are_told_in_the_visitors_language(server: Server) -> None:
    session = await begin_visitor(server.url, language="pt-BR")
    async with visitor_socket(server.url, session["token"]) as visitor:
        await visitor.send(type="send", client_id="long", text="a" * 20_000)
        error = await visitor.expect("error", for_client("long"))
        assert (error["code"], error["field"]) == ("text_too_long", "text")
        assert "5.000" in error["message"]
        for client_id, text in (("empty", ""), ("blank", " \n\u200b\t")):
            await visitor.send(type="send", client_id=client_id, text=text)
            assert (await visitor.expect("error", for_client(client_id)))["code"] == "text_empty"
    assert await events(server.url, session) == []


async def test_halves_of_characters_and_controls_arrive_harmless(server: Server, emma: str) -> None:
    session = await begin_visitor(server.url, language="en")
    async with (
        agent_socket(server.url, emma) as agent,
        visitor_socket(server.url, session["token"]) as visitor,
    ):
        await visitor.connection.send(
            '{"type": "send", "client_id": "m", "text": "a\\ud83d b\\u0000\\u001b[2J c\\r\\nd"}'
        )
        await visitor.connection.send('{"type": "send", "client_id": "\\udfff", "text": "x"}')
        assert (await visitor.expect("error"))["field"] == "client_id"
        await visitor.expect("ack")
        await agent.send(type="open", conversation=session["conversation"])
        opened = await agent.expect("opened")
        assert opened["events"][0]["text"] == "a\ufffd b[2J c\nd"


async def test_a_forged_token_opens_nothing(server: Server) -> None:
    session = await begin_visitor(server.url)
    for token in (
        "v1.forged",
        session["token"][:-1] + "_",
        session["token"] + "x",
        "\x00",
        "'; DROP TABLE x",
    ):
        async with socket(server.url, "/api/visitor/socket") as client:
            await client.send(type="hello", token=token)
            assert await client.closed() == 4401
            assert [frame["code"] for frame in client.frames] == ["token_invalid"]


async def test_anothers_conversation_does_not_exist(server: Server) -> None:
    mine, theirs = await begin_visitor(server.url), await begin_visitor(server.url)
    await write(server.url, theirs, "m", "secret")
    answer = await write(server.url, {**mine, "conversation": theirs["conversation"]}, "m", "mine")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert [event["text"] for event in await messages(server.url, theirs)] == ["secret"]


async def test_html_in_text_and_names_arrives_as_text(server: Server, emma: str) -> None:
    nasty = '<script>alert("1")</script><img src=x onerror=alert(1)>&amp;'
    session = await begin_visitor(server.url, name=nasty[:80], language="en")
    async with (
        agent_socket(server.url, emma) as agent,
        visitor_socket(server.url, session["token"]) as visitor,
    ):
        await visitor.send(type="send", client_id="m", text=nasty)
        summary = await agent.expect(
            "summary", lambda frame: frame["conversation"]["id"] == session["conversation"]
        )
        assert summary["conversation"]["visitor"]["name"] == nasty[:80]
        assert summary["conversation"]["last_message"]["text"] == nasty
        await agent.send(
            type="send", conversation=session["conversation"], client_id="a", text=nasty.replace("1", "2")
        )
        answer = await visitor.event(lambda event: event.get("client_id") == "a")
        assert answer["text"] == nasty.replace("1", "2")


async def test_100_messages_at_once_are_slowed_then_told_and_what_was_acknowledged_is_there_once(
    server: Server,
) -> None:
    session = await begin_visitor(server.url, language="en")
    async with visitor_socket(server.url, session["token"]) as visitor:
        for number in range(100):
            await visitor.send(type="send", client_id=f"m-{number}", text=str(number))
        await still_answers(visitor)
        acks = [frame["client_id"] for frame in visitor.frames if frame["type"] == "ack"]
        errors = [frame for frame in visitor.frames if frame["type"] == "error"]
        assert len(acks) + len(errors) == 100
        assert 10 <= len(acks) < 40
        assert {error["code"] for error in errors} == {"too_fast"}
        assert all(0 < error["retry_after"] <= 3 for error in errors)
        assert {error["client_id"] for error in errors} == {f"m-{n}" for n in range(100)} - set(acks)
    assert [event["client_id"] for event in await messages(server.url, session)] == acks


async def test_a_burst_over_http_is_told_too_and_nothing_is_doubled(server: Server) -> None:
    session = await begin_visitor(server.url, language="en")
    answers = await asyncio.gather(*(write(server.url, session, f"m-{n}", str(n)) for n in range(40)))
    stored = [event["client_id"] for event in await messages(server.url, session)]
    told = [answer for answer in answers if answer.status_code == 429]
    accepted = [answer.json()["client_id"] for answer in answers if answer.status_code == 201]
    assert len(told) + len(accepted) == 40
    assert told
    for answer in told:
        assert answer.json()["code"] == "too_fast"
        assert math.isclose(int(answer.headers["retry-after"]), answer.json()["retry_after"], abs_tol=1)
    assert sorted(stored) == sorted(accepted)


async def test_the_same_client_id_gets_the_same_answer(server: Server) -> None:
    session = await begin_visitor(server.url, language="en")
    async with visitor_socket(server.url, session["token"]) as visitor:
        for ref in ("1", "2", "3"):
            await visitor.send(type="send", client_id="same", text="Hello", ref=ref)
        acks = [await visitor.expect("ack", lambda frame, ref=ref: frame["ref"] == ref) for ref in "123"]
        over_http = await write(server.url, session, "same", "Hello")
    assert {(ack["seq"], ack["at"]) for ack in [*acks, over_http.json()]} == {(1, acks[0]["at"])}
    assert over_http.status_code == 200
    assert len(await messages(server.url, session)) == 1


def numbers(client: Socket) -> list[int]:
    """The numbers of all events a socket has got, in the order they came."""
    return [
        event["seq"]
        for frame in client.frames
        for event in (frame["events"] if frame["type"] == "welcome" else [frame.get("event")])
        if event is not None
    ]


async def test_after_a_cut_at_any_point_each_event_comes_once_and_in_order(server: Server, emma: str) -> None:
    session = await begin_visitor(server.url, language="en")
    await write(server.url, session, "m", WORDLESS)
    async with agent_socket(server.url, emma) as agent:
        for number in range(20):
            await agent.send(
                type="send", conversation=session["conversation"], client_id=f"a-{number}", text=str(number)
            )
        await agent.expect("ack", for_client("a-19"))
        last = (await events(server.url, session))[-1]["seq"]
        for after in range(last + 1):
            async with visitor_socket(server.url, session["token"], after=after) as visitor:
                (welcome,) = [frame for frame in visitor.frames if frame["type"] == "welcome"]
                assert welcome["reset"] is (after == 0)
                assert numbers(visitor) == list(range(after + 1, last + 1))
        async with visitor_socket(server.url, session["token"], after=last + 5) as visitor:
            (welcome,) = [frame for frame in visitor.frames if frame["type"] == "welcome"]
            assert welcome["reset"] is True
            assert numbers(visitor) == list(range(1, last + 1))


async def test_a_visitor_cut_again_and_again_in_the_middle_of_it_misses_nothing(
    server: Server, emma: str
) -> None:
    session = await begin_visitor(server.url, language="en")
    await write(server.url, session, "m", WORDLESS)
    seen: list[int] = []

    async def read_a_little() -> None:
        """Connects with the last number seen, reads three more events and drops the line without a word."""
        async with visitor_socket(server.url, session["token"], after=seen[-1] if seen else 0) as visitor:
            wanted = min(len(seen) + 3, 123)
            if numbers(visitor)[-1:] < [wanted]:
                await visitor.event(lambda event: event["seq"] >= wanted)
            visitor.connection.transport.abort()
            await visitor.closed()
            seen.extend(numbers(visitor))

    async with agent_socket(server.url, emma) as agent:

        async def talk() -> None:
            for number in range(120):
                await agent.send(
                    type="send",
                    conversation=session["conversation"],
                    client_id=f"a-{number}",
                    text=str(number),
                )
                await agent.expect("ack", for_client(f"a-{number}"))

        talking = asyncio.create_task(talk())
        while len(seen) < 123:
            await read_a_little()
        await talking
    assert seen == list(range(1, len(seen) + 1))


async def test_a_long_absence_begins_with_the_newest_page(server: Server, emma: str) -> None:
    session = await begin_visitor(server.url, language="en")
    await write(server.url, session, "m", WORDLESS)
    async with agent_socket(server.url, emma) as agent:
        for number in range(130):
            await agent.send(
                type="send", conversation=session["conversation"], client_id=f"a-{number}", text=str(number)
            )
        await agent.expect("ack", for_client("a-129"))
    last = (await events(server.url, session))[-1]["seq"]
    async with visitor_socket(server.url, session["token"], after=2) as visitor:
        (welcome,) = [frame for frame in visitor.frames if frame["type"] == "welcome"]
        assert (welcome["reset"], welcome["earlier"]) == (True, True)
        assert numbers(visitor) == list(range(last - 99, last + 1))
        await visitor.send(type="history", before=last - 99)
        history = await visitor.expect("history")
        assert [event["seq"] for event in history["events"]] == list(range(1, last - 99))
        assert history["earlier"] is False


async def test_two_windows_of_a_visitor_both_get_everything(server: Server, emma: str) -> None:
    session = await begin_visitor(server.url, language="en")
    async with (
        agent_socket(server.url, emma) as agent,
        visitor_socket(server.url, session["token"]) as one,
        visitor_socket(server.url, session["token"]) as two,
    ):
        await one.send(type="send", client_id="m-1", text="from one")
        await two.send(type="send", client_id="m-2", text="from two")
        for window in (one, two):
            for client_id in ("m-1", "m-2"):
                await window.event(lambda event, client_id=client_id: event.get("client_id") == client_id)
        await agent.send(type="send", conversation=session["conversation"], client_id="a", text="to both")
        logs = []
        for window in (one, two):
            answer = await window.event(lambda event: event.get("client_id") == "a")
            # A translation for the agents may follow, as a number without anything to see.
            got = [frame["event"] for frame in window.frames if frame["type"] == "event"]
            logs.append([event for event in got if event["seq"] <= answer["seq"]])
        assert [event["seq"] for event in logs[0]] == list(range(1, answer["seq"] + 1))
        assert logs[0] == logs[1]
