"""An agent changes while sockets are open: each speaks as the agent is now, or not at all."""

from datetime import UTC, datetime
from pathlib import Path

from tests.unit.web.house import ORIGIN, Frame, House, open_house


def clock() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def test_an_open_socket_speaks_with_the_new_name_and_in_the_new_language(house: House) -> None:
    cookie = await house.agent("Emma", language="en")
    session = await house.visitor(language="pt-BR")
    async with house.visitor_socket(session) as visitor, house.agent_socket(cookie) as agent:
        await visitor.send(type="send", client_id="m", text="Onde está o meu pedido?")
        await visitor.expect("ack")
        await agent.send(type="open", conversation=session["conversation"])
        await agent.expect("opened")
        answer = await house.http.post(
            "/console/profile",
            headers={"cookie": cookie, "origin": ORIGIN},
            data={"name": "Ema", "language": "pt", "time_zone": "Europe/Vilnius"},
        )
        assert answer.status_code == 303
        welcome = await agent.expect("welcome", lambda frame: frame["agent"]["name"] == "Ema")
        assert welcome["agent"]["language"] == "pt"
        assert [conversation["id"] for conversation in welcome["conversations"]] == [session["conversation"]]
        await visitor.expect(
            "presence", lambda frame: [person["name"] for person in frame["agents"]] == ["Ema"]
        )
        await agent.send(type="send", conversation=session["conversation"], client_id="a", text="Bom dia")
        message = await visitor.event(lambda event: event.get("client_id") == "a")
        assert (message["author"]["name"], message["language"]) == ("Ema", "pt")
        assert message["translations"] == {}


async def test_what_is_open_becomes_readable_in_the_new_language(house: House) -> None:
    cookie = await house.agent("Emma", language="pt")
    session = await house.visitor(language="pt-BR")
    async with house.visitor_socket(session) as visitor, house.agent_socket(cookie) as agent:
        await visitor.send(type="send", client_id="m", text="Onde está o meu pedido?")
        await visitor.expect("ack")
        await agent.send(type="open", conversation=session["conversation"])
        assert (await agent.expect("opened"))["events"][0]["translations"] == {}
        await house.http.post(
            "/console/profile",
            headers={"cookie": cookie, "origin": ORIGIN},
            data={"name": "Emma", "language": "en", "time_zone": "Europe/Vilnius"},
        )
        translated = await agent.event(lambda event: event["kind"] == "translation")
        assert (translated["message"], translated["language"]) == (1, "en")


async def test_who_is_shut_out_gives_back_what_they_had_and_writes_no_more(house: House) -> None:
    admin, cookie = await house.agent("João", role="admin"), await house.agent("Emma")
    session = await house.visitor(language="en")
    async with (
        house.visitor_socket(session) as visitor,
        house.agent_socket(admin) as other,
        house.agent_socket(cookie) as agent,
    ):
        await visitor.send(type="send", client_id="m", text="Hello")
        await visitor.expect("ack")
        await agent.send(type="take", conversation=session["conversation"], ref="t")
        await agent.expect("ok")
        answer = await house.http.post(
            f"/console/team/{house.agents['Emma'].id}/deactivate", headers={"cookie": admin, "origin": ORIGIN}
        )
        assert answer.status_code == 303
        await agent.send(type="send", conversation=session["conversation"], client_id="a", text="Bye")
        assert await agent.closed() == 4401
        back = await visitor.event(lambda event: event["kind"] == "state" and event["state"] == "queued")
        assert back["by"]["name"] == "Emma"
        await other.expect(
            "summary",
            lambda frame: (
                frame["conversation"]["last_seq"] >= back["seq"] and frame["conversation"]["agent"] is None
            ),
        )
        await visitor.send(type="history", before=100)
        history = await visitor.expect("history")
        assert [event["text"] for event in history["events"] if event["kind"] == "message"] == ["Hello"]


async def test_what_somebody_had_who_was_shut_out_before_a_crash_is_given_back_at_the_start(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, clock) as house:
        await house.agent("João", role="admin")
        cookie = await house.agent("Emma")
        session = await house.visitor(language="en")
        async with house.visitor_socket(session) as visitor, house.agent_socket(cookie) as agent:
            await visitor.send(type="send", client_id="m", text="Hello")
            await visitor.expect("ack")
            await agent.send(type="take", conversation=session["conversation"], ref="t")
            await agent.expect("ok")
        # The crash: they are out, but nothing was given back.
        await house.parts.team.set_active(house.agents["Emma"].id, False, by=house.agents["João"])
    async with open_house(tmp_path, clock) as house, house.visitor_socket(session) as visitor:
        # At once or a moment later.
        await visitor.any_of(["welcome", "event"], tells_of_the_queue)


def tells_of_the_queue(frame: Frame) -> bool:
    events = frame["events"] if frame["type"] == "welcome" else [frame["event"]]
    return any(event["kind"] == "state" and event["state"] == "queued" for event in events)
