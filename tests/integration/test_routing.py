"""Routing in a whole server: agents and visitors at their sockets, and a clock that the test moves."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.domain.regions import Region
from tests.integration.people import cookie_of, new_agent, post, set_up
from tests.support.clients import Frame, Socket, agent_socket, begin_visitor, visitor_socket
from tests.support.clocked import ClockedServer, clocked
from tests.support.region_cast import furnish, region

MONDAY = "2026-03-02T10:00Z"
NIGHT = "2026-03-02T20:00Z"


class Company:
    """A server with Emma, an admin, and João, and the sockets that were opened."""

    def __init__(self, server: ClockedServer, stack: AsyncExitStack, emma: str, joao: str) -> None:
        self.server = server
        self.stack = stack
        self.cookies = {"emma": emma, "joao": joao}
        self.ids: dict[str, str] = {}

    async def agent(self, name: str) -> Socket:
        agent = await self.stack.enter_async_context(agent_socket(self.server.url, self.cookies[name]))
        self.ids[name] = (await agent.expect("welcome"))["agent"]["id"]
        return agent

    async def visitor(self, text: str = "Hello", **session: Any) -> tuple[Socket, str]:
        """Somebody who has written; gives their conversation's id too."""
        begun = await begin_visitor(self.server.url, **{"language": "en", **session})
        visitor = await self.stack.enter_async_context(visitor_socket(self.server.url, begun["token"]))
        await visitor.send(type="send", client_id="v-1", text=text)
        await visitor.expect("ack")
        return visitor, begun["conversation"]

    async def offered(self, agent: Socket, conversation: str, to: str) -> Frame:
        """The summary that says who is being asked."""
        found = await agent.expect(
            "summary",
            lambda frame: (
                frame["conversation"]["id"] == conversation
                and (frame["conversation"]["offer"] or {"agent": {"id": None}})["agent"]["id"] == self.ids[to]
            ),
        )
        return dict(found["conversation"])


@asynccontextmanager
async def company(
    directory: Path, at: str = MONDAY, regions: list[Region] | None = None
) -> AsyncIterator[Company]:
    if regions:
        furnish(directory, regions, regions[0].id)
    with clocked("serve", directory, at=at) as server:
        emma = cookie_of(await set_up(server.link))
        joao = await new_agent(server.url, emma, "joao")
        async with AsyncExitStack() as stack:
            yield Company(server, stack, emma, joao)


def is_about(conversation: str, **members: Any) -> Any:
    def test(frame: Frame) -> bool:
        shown = frame["conversation"]
        return shown["id"] == conversation and all(shown[key] == value for key, value in members.items())

    return test


async def test_who_declines_leaves_it_to_the_next_who_accepts(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma, joao = await there.agent("emma"), await there.agent("joao")
        visitor, conversation = await there.visitor()
        waiting = await visitor.expect("waiting")
        assert (waiting["region"]["id"], waiting["position"], waiting["open"]) == ("everywhere", 1, True)
        first = (await emma.expect("summary", lambda frame: frame["conversation"]["offer"] is not None))[
            "conversation"
        ]["offer"]["agent"]["id"]
        asked, other, name = (emma, joao, "joao") if first == there.ids["emma"] else (joao, emma, "emma")
        await asked.send(type="decline", conversation=conversation, ref="d")
        await asked.expect("ok", lambda frame: frame["ref"] == "d")
        shown = await there.offered(other, conversation, name)
        assert shown["decision"]["cause"] == "declined"
        await other.send(type="accept", conversation=conversation, ref="a")
        await other.expect("ok", lambda frame: frame["ref"] == "a")
        assert await visitor.expect("waiting", lambda frame: frame["region"] is None)
        taken = await visitor.event(lambda event: event["kind"] == "assigned")
        assert taken["agent"]["id"] == there.ids[name]


async def test_an_offer_that_nobody_answers_goes_to_the_next_by_the_clock(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma = await there.agent("emma")
        _, conversation = await there.visitor()
        shown = await there.offered(emma, conversation, "emma")
        assert shown["offer"]["until"] == "2026-03-02T10:00:45.000Z"
        joao = await there.agent("joao")
        there.server.advance(seconds=45)
        shown = await there.offered(joao, conversation, "joao")
        assert shown["decision"]["cause"] == "missed"
        assert shown["offer"]["until"] == "2026-03-02T10:01:30.000Z"


async def test_after_two_missed_offers_an_agent_is_away_until_they_do_something(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma = await there.agent("emma")
        for _ in range(2):
            _, conversation = await there.visitor()
            await there.offered(emma, conversation, "emma")
            there.server.advance(seconds=45)
            await emma.expect("summary", is_about(conversation, offer=None))
        told = await emma.expect("availability")
        assert (told["state"], told["automatic"]) == ("online", True)
        await emma.send(type="open", conversation=conversation)
        back = await emma.expect("availability", lambda frame: not frame["automatic"])
        assert back["state"] == "online"


async def test_a_transfer_takes_its_note_along_and_a_refusal_is_told(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma = await there.agent("emma")
        visitor, conversation = await there.visitor()
        await emma.send(type="take", conversation=conversation, ref="t")
        await emma.expect("ok")
        joao = await there.agent("joao")
        await emma.send(type="open", conversation=conversation)
        await emma.expect("opened")
        await emma.send(
            type="transfer",
            conversation=conversation,
            agent=there.ids["joao"],
            note="Knows the invoices.",
            ref="x",
        )
        await emma.expect("ok", lambda frame: frame["ref"] == "x")
        await there.offered(joao, conversation, "joao")
        await joao.send(type="open", conversation=conversation)
        events = (await joao.expect("opened"))["events"]
        (handed,) = [event for event in events if event["kind"] == "transferred"]
        assert (handed["by"]["name"], handed["note"]) == ("Emma", "Knows the invoices.")
        (*_, routed) = [event for event in events if event["kind"] == "routed"]
        assert routed["decision"]["cause"] == "transferred"
        assert all(line["text"] and line["name"] for line in routed["explanation"])
        await joao.send(type="decline", conversation=conversation)
        declined = await emma.event(lambda event: event["kind"] == "passed")
        assert (declined["agent"]["id"], declined["how"]) == (there.ids["joao"], "declined")
        await emma.expect("summary", is_about(conversation, state="queued", offer=None))
        await visitor.send(type="history", before=1000)
        theirs = (await visitor.expect("history"))["events"]
        assert not any("invoices" in str(event) for event in theirs)


@pytest.mark.parametrize(
    ("to", "code", "field"),
    [
        ({"agent": "3f0a4c5e-6b7d-4e8f-9a0b-1c2d3e4f5a6b"}, "not_found", "agent"),
        ({"region": "nowhere"}, "not_found", "region"),
        ({"region": "No Region"}, "bad_field", "region"),
        ({"agent": "joao"}, "bad_field", "agent"),
        ({}, "bad_field", "agent"),
        ({"region": "everywhere", "agent": "3f0a4c5e-6b7d-4e8f-9a0b-1c2d3e4f5a6b"}, "bad_field", "region"),
        ({"region": "everywhere", "note": "x" * 1001}, "text_too_long", "note"),
    ],
    ids=str,
)
async def test_a_transfer_to_nobody_changes_nothing_and_says_what_is_wrong(
    idle_company: Company, to: dict[str, str], code: str, field: str
) -> None:
    emma = await idle_company.agent("emma")
    _, conversation = await idle_company.visitor()
    await emma.send(type="take", conversation=conversation, ref="t")
    await emma.expect("ok", lambda frame: frame["ref"] == "t")
    await emma.send(type="transfer", conversation=conversation, ref="x", **to)
    error = await emma.expect("error")
    assert (error["code"], error["field"], error["ref"]) == (code, field, "x")
    await emma.send(type="close", conversation=conversation, ref="c")
    await emma.expect("ok", lambda frame: frame["ref"] == "c")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Company]:
    async with company(tmp_path_factory.mktemp("routing") / "data") as there:
        yield there


@pytest.fixture
async def idle_company(running: Company) -> AsyncIterator[Company]:
    """The same server for many, each with sockets of its own."""
    async with AsyncExitStack() as stack:
        yield Company(running.server, stack, running.cookies["emma"], running.cookies["joao"])


async def test_what_is_chosen_holds_in_every_window_and_after_a_restart(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    async with company(directory) as there:
        one, two = await there.agent("emma"), await there.agent("emma")
        await one.send(type="availability", state="break", ref="b")
        await one.expect("ok")
        assert (await two.expect("availability"))["state"] == "break"
        cookie = there.cookies["emma"]
        port = there.server.port
    with clocked("serve", directory, at=MONDAY, port=port) as server:
        async with agent_socket(server.url, cookie) as emma:
            assert (await emma.expect("welcome"))["availability"] == "break"


async def test_an_agent_is_idle_when_all_of_their_windows_are(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        one, two = await there.agent("emma"), await there.agent("emma")
        await one.send(type="idle", idle=True)
        await two.send(type="idle", idle=True)
        assert (await one.expect("availability"))["automatic"] is True
        await one.send(type="idle", idle=False)
        back = await two.expect("availability", lambda frame: not frame["automatic"])
        assert back["state"] == "online"
        await one.expect("availability", lambda frame: not frame["automatic"])
        assert [frame["automatic"] for frame in one.frames if frame["type"] == "availability"] == [
            True,
            False,
        ]


async def test_a_restart_in_the_middle_of_an_offer_leaves_it_its_time(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    async with company(directory) as there:
        emma = await there.agent("emma")
        _, conversation = await there.visitor()
        await there.offered(emma, conversation, "emma")
        cookies, port = there.cookies, there.server.port
        there.server.kill()
    with clocked("serve", directory, at="2026-03-02T10:00:30Z", port=port) as server:
        async with AsyncExitStack() as stack:
            again = Company(server, stack, cookies["emma"], cookies["joao"])
            emma = await again.agent("emma")
            joao = await again.agent("joao")
            (summary,) = (await emma.expect("welcome"))["conversations"]
            assert summary["offer"]["agent"]["id"] == again.ids["emma"]
            assert summary["offer"]["until"] == "2026-03-02T10:00:45.000Z"
            server.advance(seconds=15)
            await again.offered(joao, conversation, "joao")


async def test_at_closing_time_who_waits_goes_where_it_is_open_and_who_is_answered_stays(
    tmp_path: Path,
) -> None:
    vilnius = region(
        "vilnius",
        "Vilnius",
        "Europe/Vilnius",
        [["09:00", "17:30"]],
        country="LT",
        language="lt",
        overflow=["lisbon"],
    )
    lisbon = region("lisbon", "Lisbon", "Europe/Lisbon", [["09:00", "18:00"]], country="PT", language="pt")
    async with company(tmp_path / "data", at="2026-03-02T15:29Z", regions=[vilnius, lisbon]) as there:
        emma = await there.agent("emma")
        for state in ("online", "away"):
            await emma.send(type="availability", state=state, ref=state)
            await emma.expect("ok", lambda frame, state=state: frame["ref"] == state)  # type: ignore[misc]
        visitor, _ = await there.visitor(time_zone="Europe/Vilnius")
        waiting = await visitor.expect("waiting")
        assert waiting["region"] == {"id": "vilnius", "name": "Vilnius"}
        there.server.set("2026-03-02T15:30Z")
        moved = await visitor.expect("waiting", lambda frame: frame["region"]["id"] == "lisbon")
        assert (moved["open"], moved["position"]) == (True, 1)
        there.server.set("2026-03-02T18:00Z")
        closed = await visitor.expect("waiting", lambda frame: not frame["open"])
        # Vilnius opens two hours before Lisbon does.
        assert (closed["region"]["id"], closed["opens_at"]) == ("vilnius", "2026-03-03T07:00:00.000Z")
        hours = (await visitor.expect("presence", lambda frame: not frame["hours"]["open"]))["hours"]
        assert (hours["region"]["id"], hours["zone"]) == ("vilnius", "Europe/Vilnius")
        regions = await emma.expect("regions", lambda frame: not any(one["open"] for one in frame["regions"]))
        assert {one["id"]: one["opens_at"] for one in regions["regions"]} == {
            "vilnius": "2026-03-03T07:00:00.000Z",
            "lisbon": "2026-03-03T09:00:00.000Z",
        }


async def test_who_wrote_by_night_is_queued_in_order_of_arrival_at_opening(tmp_path: Path) -> None:
    vilnius = region("vilnius", "Vilnius", "Europe/Vilnius", [["09:00", "17:00"]], offline="We are asleep.")
    async with company(tmp_path / "data", at=NIGHT, regions=[vilnius]) as there:
        emma = await there.agent("emma")
        visitors = []
        for _ in range(6):
            visitors.append(await there.visitor())
            told = await visitors[-1][0].expect("waiting")
            assert (told["open"], told["opens_at"]) == (False, "2026-03-03T07:00:00.000Z")
            own = {"text": "We are asleep.", "language": "en", "direction": "ltr"}
            assert told["offline_text"] == own
            there.server.advance(seconds=1)
        await visitors[0][0].send(type="email", email="not an address", ref="e")
        refused = await visitors[0][0].expect("error")
        assert (refused["code"], refused["field"]) == ("bad_field", "email")
        await visitors[0][0].send(type="email", email="ana@example.com", ref="f")
        await visitors[0][0].expect("ok")
        assert await visitors[0][0].expect("presence", lambda frame: frame["email"])
        there.server.set("2026-03-03T07:00Z")
        for number, (visitor, conversation) in enumerate(visitors, 1):
            told = await visitor.expect("waiting", lambda frame: frame["open"])
            assert told["position"] == number
            if number <= 4:
                await there.offered(emma, conversation, "emma")


async def test_an_open_region_without_anybody_is_told_to_admins_alone(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma, joao = await there.agent("emma"), await there.agent("joao")
        for agent in (emma, joao):
            await agent.send(type="availability", state="away", ref="a")
            await agent.expect("availability")
        there.server.advance(seconds=60)
        notice = await emma.expect("notice")
        assert notice == {
            "type": "notice",
            "code": "nobody_there",
            "region": "everywhere",
            "since": "2026-03-02T10:00:00.000Z",
        }
        await joao.send(type="availability", state="online", ref="b")
        assert await emma.expect("notice", lambda frame: frame["since"] is None)
        await joao.expect("availability", lambda frame: frame["state"] == "online")
        assert not [frame for frame in joao.frames if frame["type"] == "notice"]


async def test_invisible_agents_are_not_there_for_visitors(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma = await there.agent("emma")
        begun = await begin_visitor(there.server.url)
        async with visitor_socket(there.server.url, begun["token"]) as visitor:
            assert [one["name"] for one in visitor.frames[0]["presence"]["agents"]] == ["Emma"]
            await emma.send(type="availability", state="invisible")
            gone = await visitor.expect("presence", lambda frame: not frame["available"])
            assert gone["agents"] == []


async def test_invisible_agents_are_not_there_for_colleagues(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma, joao = await there.agent("emma"), await there.agent("joao")
        await emma.send(type="availability", state="invisible", ref="i")
        await emma.expect("ok")
        await joao.send(type="people", ref="p")
        people = await joao.expect("people")
        assert [(one["name"], one["availability"]) for one in people["agents"]] == [("Emma", "offline")]


async def test_ten_visitors_for_two_agents_with_limits(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        emma, joao = await there.agent("emma"), await there.agent("joao")
        visitors = []
        for _ in range(10):
            visitors.append(await there.visitor())
            there.server.advance(seconds=1)
        taken_by = {}
        for _, conversation in visitors[:8]:
            summary = await emma.expect(
                "summary",
                lambda frame, id_=conversation: is_about(id_)(frame) and frame["conversation"]["offer"],  # type: ignore[misc]
            )
            asked = summary["conversation"]["offer"]["agent"]["id"]
            name = "emma" if asked == there.ids["emma"] else "joao"
            agent = emma if name == "emma" else joao
            await agent.send(type="accept", conversation=conversation, ref=conversation)
            await agent.expect("ok", lambda frame, id_=conversation: frame["ref"] == id_)  # type: ignore[misc]
            taken_by[conversation] = name
        assert sorted(taken_by.values()) == ["emma"] * 4 + ["joao"] * 4
        for number, (visitor, _) in enumerate(visitors[8:], 1):
            await visitor.expect("waiting", lambda frame, number=number: frame["position"] == number)  # type: ignore[misc]
        await emma.send(type="close", conversation=visitors[0][1], ref="c")
        await there.offered(emma, visitors[8][1], taken_by[visitors[0][1]])


async def test_what_a_deactivated_agent_had_is_offered_to_somebody_else(tmp_path: Path) -> None:
    async with company(tmp_path / "data") as there:
        joao = await there.agent("joao")
        _, conversation = await there.visitor()
        await there.offered(joao, conversation, "joao")
        await joao.send(type="accept", conversation=conversation, ref="a")
        await joao.expect("ok")
        emma = await there.agent("emma")
        await post(
            f"{there.server.url}/console/team/{there.ids['joao']}/deactivate", cookie=there.cookies["emma"]
        )
        await there.offered(emma, conversation, "emma")
