"""A disk without room: the visitor is told, nothing is half stored, and all goes on once there is room.

The server process is forbidden to write to files (RLIMIT_FSIZE): to SQLite, a disk that takes no more.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests.integration.people import events, get, write
from tests.support.clients import agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.server import Server, serving


@contextmanager
def no_room(server: Server) -> Iterator[None]:
    pid = server.process.pid
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


async def test_the_visitor_is_told_and_it_recovers(tmp_path: Path) -> None:
    with serving("demo", tmp_path / "data") as server:
        session = await begin_visitor(server.url, language="pt-BR")
        emma = await sign_in(server.link)
        async with (
            visitor_socket(server.url, session["token"]) as visitor,
            agent_socket(server.url, emma) as agent,
        ):
            await visitor.send(type="send", client_id="m-1", text="Bom dia.")
            await agent.expect(
                "summary", lambda frame: bool(frame["conversation"]["last_message"]["translation"])
            )
            before = await events(server.url, session)

            with no_room(server):
                await visitor.send(type="send", client_id="m-2", text="Onde está o meu pedido 48213?")
                error = await visitor.expect("error")
                assert (error["code"], error["client_id"]) == ("storage_full", "m-2")
                assert error["retry_after"] is not None
                assert "não foi salvo nem enviado" in error["message"]
                over_http = await write(server.url, session, "m-3", "Olá?")
                assert (over_http.status_code, over_http.json()["code"]) == (507, "storage_full")
                await agent.send(
                    type="send", conversation=session["conversation"], client_id="a-1", text="Hello!"
                )
                refused = await agent.expect("error")
                assert (refused["code"], refused["client_id"]) == ("storage_full", "a-1")

                assert await events(server.url, session) == before
                assert (await get(f"{server.url}/console", cookie=emma)).status_code == 200
                page = "https://shop.example/another"
                async with visitor_socket(server.url, session["token"], page=page, language="fa") as window:
                    (welcome,) = [frame for frame in window.frames if frame["type"] == "welcome"]
                    assert [event["seq"] for event in welcome["events"]] == [event["seq"] for event in before]

            await visitor.send(type="send", client_id="m-2", text="Onde está o meu pedido 48213?")
            ack = await visitor.expect("ack", lambda frame: frame["client_id"] == "m-2")
            assert ack["seq"] == before[-1]["seq"] + 1
            told = await agent.expect(
                "summary",
                lambda frame: "order" in (frame["conversation"]["last_message"]["translation"] or ""),
            )
            assert told["conversation"]["unread"] == 2
        stored = [event for event in await events(server.url, session) if event["kind"] == "message"]
        assert [event["client_id"] for event in stored] == ["m-1", "m-2"]


async def test_a_new_visitor_is_told_too(tmp_path: Path) -> None:
    with serving("demo", tmp_path / "data") as server:
        with no_room(server):
            answer = await write_session(server.url)
            assert answer == (507, "storage_full")
        assert (await write_session(server.url))[0] == 201


async def write_session(url: str) -> tuple[int, str | None]:
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{url}/api/visitor/session", json={})
    return answer.status_code, answer.json().get("code")
