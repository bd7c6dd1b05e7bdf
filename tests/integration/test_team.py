"""Several agents on one server: joining, seeing the same, being out."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.people import cookie_of, get, invite, join, new_agent, post
from tests.support.clients import Socket, agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.server import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("demo", tmp_path_factory.mktemp("team") / "data", sessions_per_minute="1000") as server:
        yield server


@pytest.fixture(scope="module")
async def emma(server: Server) -> str:
    """The admin's session."""
    return await sign_in(server.link)


async def test_visitors_see_agents_come_and_who_they_are(server: Server, emma: str) -> None:
    fabio = await new_agent(server.url, emma, "fabio")
    session = await begin_visitor(server.url, language="en")
    async with visitor_socket(server.url, session["token"]) as visitor:
        async with agent_socket(server.url, fabio):
            told = await visitor.expect(
                "presence", lambda frame: "fabio" in [agent["name"] for agent in frame["agents"]]
            )
        assert told["available"] is True
        assert all(set(agent) == {"name", "avatar"} for agent in told["agents"])


async def test_an_invitation_is_good_for_one(server: Server, emma: str) -> None:
    link = await invite(server.url, emma, "ana")
    assert (await get(link)).status_code == 200
    cookie = cookie_of(await join(link, "Ana <b>", "pt-BR"))
    assert (await join(link, "Evil", "en")).status_code == 410
    assert (await get(link)).status_code == 410
    async with agent_socket(server.url, cookie) as agent:
        own = (await agent.expect("welcome"))["agent"]
    assert (own["name"], own["language"], own["role"]) == ("Ana <b>", "pt-BR", "agent")
    team = await get(f"{server.url}/console/team", cookie=emma)
    assert "Ana &lt;b&gt;" in team.text
    assert (await get(f"{server.url}/console/team", cookie=cookie)).status_code == 403


async def state(agent: Socket, conversation: str, /, **wanted: Any) -> dict[str, Any]:
    """The summary of a conversation in which these members have these values."""

    def fits(frame: dict[str, Any]) -> bool:
        shown = frame["conversation"]
        return shown["id"] == conversation and all(shown[key] == value for key, value in wanted.items())

    return dict((await agent.expect("summary", fits))["conversation"])


async def test_two_agents_see_the_same_and_one_of_them_gets_the_conversation(
    server: Server, emma: str
) -> None:
    bruno = await new_agent(server.url, emma, "bruno")
    session = await begin_visitor(server.url, language="en")
    conversation = session["conversation"]
    async with (
        agent_socket(server.url, emma) as first,
        agent_socket(server.url, bruno) as second,
        visitor_socket(server.url, session["token"]) as visitor,
    ):
        names = {"Emma": first, "bruno": second}
        await visitor.send(type="send", client_id="m", text="Hello")
        for agent in names.values():
            await state(agent, conversation, state="queued", unread=1)
            await agent.send(type="open", conversation=conversation, ref="open")
            await agent.expect("opened")
        for agent in names.values():
            await agent.send(type="take", conversation=conversation, ref="take")

        outcomes = {}
        for name, agent in names.items():
            await agent.send(type="ping")
            await agent.expect("pong")
            outcomes[name] = [frame for frame in agent.frames if frame.get("ref") == "take"]
        won = [name for name, frames in outcomes.items() if frames[0]["type"] == "ok"]
        lost = [frames[0] for frames in outcomes.values() if frames[0]["type"] == "error"]
        assert (len(won), [frame["code"] for frame in lost]) == (1, ["already_taken"])
        assert won[0] in lost[0]["message"]
        for agent in names.values():
            assert (await state(agent, conversation, state="assigned"))["agent"]["name"] == won[0]
        assert (await visitor.event(lambda event: event["kind"] == "assigned"))["agent"]["name"] == won[0]

        other = second if won == ["Emma"] else first
        await other.send(type="take", conversation=conversation, force=True, ref="force")
        await other.expect("ok", lambda frame: frame["ref"] == "force")
        await other.send(type="send", conversation=conversation, client_id="a", text="Mine now")
        await other.expect("ack")
        for agent in names.values():
            await agent.event(lambda event: event.get("client_id") == "a")
        logs = [
            [frame["event"] for frame in agent.frames if frame["type"] == "event"] for agent in names.values()
        ]
        assert logs[0] == logs[1]

        await first.send(type="close", conversation=conversation, ref="close")
        await first.expect("ok", lambda frame: frame["ref"] == "close")
        for agent in names.values():
            await state(agent, conversation, state="closed", agent=None, unread=0)
        await second.send(type="send", conversation=conversation, client_id="b", text="Too late")
        refused = await second.expect("error", lambda frame: frame["client_id"] == "b")
        assert refused["code"] == "conversation_closed"
        await visitor.send(type="send", client_id="n", text="One more thing")
        for agent in names.values():
            await state(agent, conversation, state="queued", unread=1)


async def test_whoever_looks_on_reads_their_own_language(server: Server, emma: str) -> None:
    """Emma has the conversation and needs no translation of it; Rui reads Portuguese."""
    rui = await new_agent(server.url, emma, "rui", "pt-BR")
    session = await begin_visitor(server.url, language="en")
    conversation = session["conversation"]
    async with (
        agent_socket(server.url, emma) as first,
        agent_socket(server.url, rui) as onlooker,
        visitor_socket(server.url, session["token"]) as visitor,
    ):
        await first.send(type="take", conversation=conversation, ref="too early")
        await visitor.send(type="send", client_id="m-1", text="Where is my order?")
        await visitor.expect("ack")
        await first.send(type="take", conversation=conversation, ref="take")
        await first.expect("ok", lambda frame: frame["ref"] == "take")
        await visitor.send(type="send", client_id="m-2", text="It should have come yesterday.")
        message = await visitor.event(lambda event: event.get("client_id") == "m-2")

        await onlooker.send(type="open", conversation=conversation)
        opened = await onlooker.expect("opened")
        before = next(event for event in opened["events"] if event["seq"] == message["seq"])
        assert "pt-BR" not in before["translations"]
        told = await onlooker.event(
            lambda event: (
                event["kind"] == "translation"
                and event["message"] == message["seq"]
                and event["translation"]["status"] == "done"
            )
        )
        assert (told["language"], "ontem" in told["translation"]["text"]) == ("pt-BR", True)

        await visitor.send(type="send", client_id="m-3", text="Can you help me, please?")
        live = await onlooker.event(lambda event: event.get("client_id") == "m-3")
        told = await onlooker.event(
            lambda event: (
                event["kind"] == "translation"
                and event["message"] == live["seq"]
                and event["translation"]["status"] == "done"
            )
        )
        assert "ajudar" in told["translation"]["text"]


async def test_signing_out_everywhere_ends_every_socket_of_that_agent_only(server: Server, emma: str) -> None:
    link = await invite(server.url, emma, "carla")
    first = cookie_of(await join(link, "Carla", "en"))
    second = cookie_of(
        await post(
            f"{server.url}/console/sign-in",
            email="carla@lumina.example",
            password="correct horse battery",
        )
    )
    async with (
        agent_socket(server.url, first) as here,
        agent_socket(server.url, second) as there,
        agent_socket(server.url, emma) as other,
    ):
        await post(f"{server.url}/console/sign-out-everywhere", cookie=first)
        for agent in (here, there):
            assert await agent.closed() == 4401
            assert agent.frames[-1]["code"] == "not_signed_in"
        await other.send(type="ping")
        await other.expect("pong")
    for cookie in (first, second):
        assert (await get(f"{server.url}/console", cookie=cookie)).status_code == 303


async def test_signing_out_ends_the_sockets_of_that_session_only(server: Server, emma: str) -> None:
    link = await invite(server.url, emma, "dora")
    first = cookie_of(await join(link, "Dora", "en"))
    second = cookie_of(
        await post(
            f"{server.url}/console/sign-in", email="dora@lumina.example", password="correct horse battery"
        )
    )
    async with agent_socket(server.url, first) as here, agent_socket(server.url, second) as there:
        await post(f"{server.url}/console/sign-out", cookie=first)
        assert await here.closed() == 4401
        await there.send(type="ping")
        await there.expect("pong")


async def test_a_deactivated_agent_is_out_at_once(server: Server, emma: str) -> None:
    cookie = await new_agent(server.url, emma, "edu")
    async with agent_socket(server.url, cookie) as agent:
        agent_id = (await agent.expect("welcome"))["agent"]["id"]
        answer = await post(f"{server.url}/console/team/{agent_id}/deactivate", cookie=emma)
        assert answer.status_code == 303
        assert await agent.closed() == 4401
    assert (await get(f"{server.url}/console", cookie=cookie)).status_code == 303
    refused = await post(
        f"{server.url}/console/sign-in", email="edu@lumina.example", password="correct horse battery"
    )
    assert refused.status_code == 403
