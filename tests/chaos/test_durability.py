"""What was acknowledged is there, once and in order, however the server ends."""

import asyncio
import os
import random
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2

from tests.chaos.hammer import HttpWriter, Reader, SocketWriter, Weather, Writer
from tests.load.chats import UNLIMITED, set_up
from tests.load.processes import family
from tests.support.clients import Socket, agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.server import Server, serving

KILLS = 20


async def test_twenty_kills_lose_and_repeat_nothing(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    weather = Weather()
    server = Server("serve", data_dir, **UNLIMITED)
    try:
        url, port = server.url, server.port
        cookie = set_up(server)
        writers: list[Writer] = [
            *[SocketWriter(url, await begin_visitor(url, language="en"), weather) for _ in range(4)],
            *[HttpWriter(url, await begin_visitor(url, language="en"), weather) for _ in range(2)],
        ]
        reader = Reader(url, cookie, [writer.conversation for writer in writers], weather)
        for writer in writers:
            await _write_once(writer)
        weather.up.set()
        async with asyncio.timeout(240), asyncio.TaskGroup() as group:
            writing = [group.create_task(writer.write()) for writer in writers]
            reading = group.create_task(reader.read())
            pick = random.Random(20)
            for _ in range(KILLS):
                await reader.until_all_open()
                await weather.until_acked(weather.acked + pick.randint(10, 60))
                weather.up.clear()
                await asyncio.to_thread(server.kill)
                reader.opened.clear()
                server = Server("serve", data_dir, port=port, **UNLIMITED)
                await asyncio.to_thread(getattr, server, "url")
                weather.up.set()
            await weather.until_acked(weather.acked + 30)
            weather.enough = True
            await asyncio.wait(writing)
            stored = {writer.conversation: await _all_events(writer) for writer in writers}
            await reader.until_read({name: events[-1]["seq"] for name, events in stored.items()})
            reading.cancel()

        for writer in writers:
            events = stored[writer.conversation]
            assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
            messages = [event for event in events if event["kind"] == "message"]
            assert [event["client_id"] for event in messages] == writer.client_ids
            assert {event["client_id"]: event["seq"] for event in messages} == writer.acks
            assert [event["text"] for event in messages] == [f"Message {name}" for name in writer.client_ids]
            seen = reader.logs[writer.conversation].events
            assert [(event["seq"], _to_visitors(event["kind"])) for event in seen] == [
                (event["seq"], event["kind"]) for event in events
            ]
            if isinstance(writer, SocketWriter):
                assert [event["seq"] for event in writer.log.events] == list(
                    range(1, writer.log.last_seq + 1)
                )
        assert sum(len(writer.acks) for writer in writers) > KILLS * 10
        # Else no kill has come at a bad moment.
        assert sum(writer.sent_again for writer in writers) >= KILLS
    finally:
        assert server.stop() == 0
    with closing(sqlite3.connect(data_dir / "dragoman.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_translations_that_a_kill_left_pending_are_done_after_the_restart(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    texts = [f"Onde está o meu pedido {1000 + number}?" for number in range(40)]
    with serving("demo", data_dir, **UNLIMITED) as server:
        session = await begin_visitor(server.url, language="pt-BR")
        async with visitor_socket(server.url, session["token"]) as visitor:
            for number, text in enumerate(texts):
                await visitor.send(type="send", client_id=f"v{number}", text=text)
            await visitor.expect("ack", lambda frame: frame["client_id"] == f"v{len(texts) - 1}")
            server.kill()
    assert _count(data_dir, "SELECT count(*) FROM translation WHERE status = 'pending'") > 0

    with serving("demo", data_dir, **UNLIMITED) as server:
        async with agent_socket(server.url, await sign_in(server.link)) as agent:
            await agent.send(type="open", conversation=session["conversation"])
            done = await _translations(agent, len(texts))
    orders = {seq: translation["text"] for seq, translation in done.items()}
    assert all(any(str(1000 + number) in text for text in orders.values()) for number in range(len(texts)))
    repeated = "SELECT count(*) - count(DISTINCT json_extract(body, '$.message')) FROM event WHERE kind = ?"
    assert _count(data_dir, repeated, "translation") == 0


async def test_a_killed_translation_worker_costs_no_message_and_no_translation(tmp_path: Path) -> None:
    texts = [f"Preciso de ajuda com o pedido {1000 + number}." for number in range(30)]
    with serving("demo", tmp_path / "data", **UNLIMITED) as server:
        session = await begin_visitor(server.url, language="pt-BR")
        async with (
            visitor_socket(server.url, session["token"]) as visitor,
            agent_socket(server.url, await sign_in(server.link)) as agent,
        ):
            await visitor.send(type="send", client_id="first", text="Bom dia, preciso de ajuda.")
            await visitor.expect("ack")
            await agent.send(type="open", conversation=session["conversation"])
            await _translations(agent, 1)
            worker = set(family(server.process.pid)) - {server.process.pid}
            assert worker

            for number, text in enumerate(texts):
                await visitor.send(type="send", client_id=f"v{number}", text=text)
            await visitor.expect("ack", lambda frame: frame["client_id"] == "v5")
            for pid in worker:
                os.kill(pid, signal.SIGKILL)
            for number in range(len(texts)):
                await visitor.expect("ack", lambda frame, number=number: frame["client_id"] == f"v{number}")
            done = await _translations(agent, 1 + len(texts))
            assert set(family(server.process.pid)) - {server.process.pid} - worker
        assert all(translation["engine"] == "firefox" for translation in done.values())


def _to_visitors(kind: str) -> str:
    """What visitors are told of an event that agents see: not who is asked to answer."""
    return "none" if kind in ("routed", "passed", "transferred") else kind


async def _write_once(writer: Writer) -> None:
    """The first message makes the conversation, which the agent can open then."""
    headers = {"authorization": f"Bearer {writer.token}"}
    client_id = writer.next()
    async with httpx2.AsyncClient(base_url=writer.url, headers=headers, trust_env=False) as http:
        answer = await http.post(
            f"/api/conversations/{writer.conversation}/messages",
            json={"client_id": client_id, "text": f"Message {client_id}"},
        )
    assert answer.status_code == 201, answer.text
    await writer.note(answer.json())


async def _all_events(writer: Writer) -> list[dict[str, Any]]:
    headers = {"authorization": f"Bearer {writer.token}"}
    events: list[dict[str, Any]] = []
    async with httpx2.AsyncClient(base_url=writer.url, headers=headers, trust_env=False) as http:
        more = True
        while more:
            after = events[-1]["seq"] if events else 0
            answer = await http.get(f"/api/conversations/{writer.conversation}/events?after={after}")
            events += answer.json()["events"]
            more = answer.json()["more"]
    return events


async def _translations(agent: Socket, count: int) -> dict[int, dict[str, Any]]:
    """The English translations of so many messages, by their numbers, once all of them are done."""

    def known() -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for frame in agent.frames:
            for event in [*frame.get("events", ()), frame.get("event", {})]:
                if event.get("kind") == "message" and event["translations"].get("en"):
                    found[event["seq"]] = event["translations"]["en"]
                elif event.get("kind") == "translation":
                    found[event["message"]] = event["translation"]
        return {seq: translation for seq, translation in found.items() if translation["status"] != "pending"}

    await agent.expect("opened")
    if len(known()) < count:
        await agent.expect("event", lambda _frame: len(known()) >= count)
    assert {translation["status"] for translation in known().values()} == {"done"}
    return known()


def _count(data_dir: Path, query: str, *values: str) -> int:
    with closing(sqlite3.connect(data_dir / "dragoman.db")) as database:
        return int(database.execute(query, values).fetchone()[0])
