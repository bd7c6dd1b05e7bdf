"""More conversations than anybody looks through: the first are listed, the next when there is room."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from appliance.web import agent_socket
from tests.conftest import Clock
from tests.unit.web.house import AsgiSocket, Frame, House, open_house


@pytest.fixture
async def house(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Room for four living conversations."""
    monkeypatch.setattr(agent_socket, "MAX_LIVING", 4)
    async with open_house(tmp_path / "data", clock) as house:
        yield house


async def written(house: House, clock: Clock, count: int) -> list[str]:
    """So many conversations, the one that waits longest first."""
    found: list[str] = []
    for _ in range(count):
        clock.advance(minutes=1)
        session = await house.visitor(language="en")
        await house.http.post(
            f"/api/conversations/{session['conversation']}/messages",
            headers={"authorization": f"Bearer {session['token']}"},
            json={"client_id": "m", "text": "Hello"},
        )
        found.append(session["conversation"])
    return found


def ids(welcome: Frame) -> list[str]:
    return [conversation["id"] for conversation in welcome["conversations"]]


async def close(agent: AsgiSocket, *conversations: str) -> None:
    for conversation in conversations:
        await agent.send(type="close", conversation=conversation, ref=conversation)
        await agent.expect("ok", lambda frame, ref=conversation: frame["ref"] == ref)  # type: ignore[misc]


async def test_who_waits_longest_is_listed_and_all_are_counted(house: House, clock: Clock) -> None:
    waiting = await written(house, clock, 6)
    async with house.agent_socket(await house.agent()) as agent:
        await agent.send(type="take", conversation=waiting[5])
        await agent.expect("ok")
    async with house.agent_socket(await house.agent()) as agent:
        welcome = agent.frames[0]
        assert ids(welcome) == [waiting[5], *waiting[:3]]
        assert welcome["living"] == 6


async def test_when_half_of_them_are_done_the_next_come(house: House, clock: Clock) -> None:
    waiting = await written(house, clock, 6)
    cookie = await house.agent()
    # Nothing comes into the list by being offered.
    await house.parts.team.choose_availability(house.agents["Emma"].id, "away")
    async with house.agent_socket(cookie) as agent:
        assert ids(agent.frames[0]) == waiting[:4]
        await close(agent, *waiting[:3])
        welcome = await agent.expect("welcome", lambda frame: frame["living"] == 3)
        assert ids(welcome)[:3] == waiting[3:]
        assert set(ids(welcome)[3:]) == set(waiting[:3])


async def test_who_was_told_of_all_is_not_told_again(house: House, clock: Clock) -> None:
    waiting = await written(house, clock, 4)
    async with house.agent_socket(await house.agent()) as agent:
        await close(agent, *waiting)
        for conversation in waiting:
            await agent.expect(
                "summary",
                lambda frame, name=conversation: (
                    frame["conversation"]["id"] == name  # type: ignore[misc]
                    and frame["conversation"]["state"] == "closed"
                ),
            )
        assert [frame["type"] for frame in agent.frames].count("welcome") == 1
