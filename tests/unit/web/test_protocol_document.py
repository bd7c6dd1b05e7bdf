"""docs/protocol.md against the code: every example, every error, every address, every limit."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from appliance.errors import TABLE
from appliance.services.translations import REASONS
from appliance.services.visitors import SESSION_LENGTH
from appliance.web import agent_socket, frames, socket, views, visitor_socket
from appliance.web.fields import parse_object
from tests.conftest import Clock
from tests.unit.web.house import ORIGIN, House, open_house
from tests.unit.web.test_guard import RULES
from translation import DOUBTS, Flag

DOCUMENT = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text("utf-8")
BLOCKS = {
    name: json.loads(text) for name, text in re.findall(r"```json (\w+)\n(.*?)\n```", DOCUMENT, re.DOTALL)
}

VISITOR_FRAMES = {
    "visitor_send": frames.Send,
    "visitor_typing": frames.Typing,
    "visitor_delivered": frames.Delivered,
    "visitor_seen": frames.Seen,
    "visitor_language": frames.Language,
    "visitor_region": frames.ChooseRegion,
    "visitor_email": frames.GiveEmail,
    "visitor_rate": frames.Rate,
    "visitor_history": frames.History,
    "ping": frames.Ping,
}
AGENT_FRAMES = {
    "agent_open": frames.Open,
    "agent_leave": frames.Leave,
    "agent_send": frames.Send,
    "agent_take": frames.Take,
    "agent_accept": frames.Accept,
    "agent_decline": frames.Decline,
    "agent_transfer": frames.Transfer,
    "agent_availability": frames.ChooseAvailability,
    "agent_idle": frames.Idle,
    "agent_people": frames.People,
    "agent_release": frames.Release,
    "agent_close": frames.Close,
    "agent_reopen": frames.Reopen,
    "agent_send_worded": frames.Send,
    "agent_translate": frames.Translate,
    "agent_preview": frames.Preview,
    "agent_correct": frames.Correct,
    "agent_reject": frames.Reject,
    "agent_restore": frames.Restore,
    "agent_why": frames.Why,
    "agent_typing": frames.Typing,
    "agent_seen": frames.Seen,
    "agent_history": frames.History,
}
TEXT = "Onde está o meu pedido?"


def test_every_block_has_a_name_of_its_own() -> None:
    named = re.findall(r"^```json(.*)$", DOCUMENT, re.MULTILINE)
    assert all(name.strip() for name in named)
    assert len(named) == len(BLOCKS)


@pytest.mark.parametrize("name", VISITOR_FRAMES)
def test_a_visitors_example_is_the_frame_it_claims_to_be(name: str) -> None:
    fields = parse_object(json.dumps(BLOCKS[name]))
    assert type(frames.parse_visitor_frame(fields)) is VISITOR_FRAMES[name]


@pytest.mark.parametrize("name", AGENT_FRAMES)
def test_an_agents_example_is_the_frame_it_claims_to_be(name: str) -> None:
    fields = parse_object(json.dumps(BLOCKS[name]))
    frame = frames.parse_agent_frame(fields)
    assert type(frame) is AGENT_FRAMES[name]
    assert getattr(frame, "conversation", None) == BLOCKS[name].get("conversation")
    assert fields.ref() == BLOCKS[name].get("ref")


def test_the_hellos_are_hellos() -> None:
    hello = frames.parse_visitor_hello(json.dumps(BLOCKS["visitor_hello"]))
    assert None not in (hello.language, hello.time_zone, hello.page)
    assert frames.parse_agent_hello(json.dumps(BLOCKS["agent_hello"]))


def test_every_kind_of_frame_is_in_the_document() -> None:
    kinds = {*VISITOR_FRAMES.values(), *AGENT_FRAMES.values(), frames.VisitorHello, frames.AgentHello}
    assert kinds == {
        value
        for value in vars(frames).values()
        if isinstance(value, type) and value.__module__ == frames.__name__
    }


def table(heading: str) -> list[list[str]]:
    """The cells of the first table at or after a line, without its head."""
    text = DOCUMENT[DOCUMENT.index(f"\n{heading}\n") :]
    rows = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert rows is not None
    lines = rows[0].strip().splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_of_errors_is_the_codes() -> None:
    assert {code: int(status) for code, status, *_ in table("## Errors")} == {
        code: kind.status for code, kind in TABLE.items()
    }


def test_the_close_codes_are_those_the_sockets_use() -> None:
    codes = {int(row[0]) for row in table("## Close codes")}
    # uvicorn closes with 1012 when it stops and with 1009 when a frame is too large, the rest is ours.
    assert codes == {1009, 1012, 1013, socket.NO_HELLO, socket.NOT_SIGNED_IN}


def test_every_address_of_the_document_is_a_route_and_every_call_is_in_the_document() -> None:
    described = {
        re.sub(r"\?.*", "", path) for path in re.findall(r"`(?:GET|POST) (/[^` ]*)`", DOCUMENT)
    } | set(re.findall(r"socket: `(/[^`]*)`", DOCUMENT))
    routes = {re.sub(r"\{name:path\}", "…", rule.path) for rule in RULES}
    assert described - routes == set()
    calls = {path for path in routes if not path.startswith("/console")} - {"/", "/favicon.ico"}
    assert calls - described == set()


def test_methods_are_as_described() -> None:
    described = set(re.findall(r"`(GET|POST) (/[^`? ]*)", DOCUMENT))
    routes = {(method, re.sub(r"\{name:path\}", "…", rule.path)) for rule in RULES for method in rule.methods}
    assert described - routes == set()


def test_the_limits_are_those_of_the_code() -> None:
    assert BLOCKS["visitor_welcome"]["limits"] == BLOCKS["agent_welcome"]["limits"] == views.LIMITS
    assert views.LIMITS == {"text": 5_000, "frame": 64 * 1024, "page": 100}
    for stated in (
        "a text is at most 5,000 characters after trimming, a frame 64 KiB, a history page 100 events",
        f"expires after {SESSION_LENGTH.days} days without use",
        f"`hello`, within {socket.HELLO_SECONDS:g} seconds",
        f"at most {agent_socket.MAX_OPEN} at once",
        f"at most {agent_socket.MAX_LIVING} conversations that are not closed",
        f"fewer than {agent_socket.MAX_LIVING // 2} of those known are left",
        f"at most {visitor_socket.MAX_SOCKETS} sockets open",
    ):
        assert stated in DOCUMENT
    assert "`summary` follows within a quarter of a second" in DOCUMENT
    assert agent_socket.SUMMARY_SECONDS <= 0.25


def test_the_reasons_for_a_failed_translation_are_listed() -> None:
    sentence = DOCUMENT[DOCUMENT.index("with `failed`, `reason` is one of") :].partition(". ")[0]
    listed = set(re.findall(r"`(\w+)`", sentence)) - {"failed", "reason", "flags"}
    assert listed == {*REASONS, "doubtful"}


def shape(value: Any) -> Any:
    """Keys and types, recursively; of a list, those of its elements together."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return None if value is None else type(value).__name__


def differences(example: Any, real: Any, path: str = "") -> list[str]:
    """Where two values differ in keys or types. What may be null fits anything, an empty list any list."""
    if example is None or real is None:
        return []
    if isinstance(example, dict) and isinstance(real, dict):
        if path.endswith(".translations"):
            # By language, which is not part of the shape.
            example, real = list(example.values()), list(real.values())
            return differences(example, real, path)
        if path.endswith(".params"):
            # Each reason has its own.
            return []
        if example.get("kind") != real.get("kind") and not path.endswith(CONSIDERED):
            # Events and people come in kinds; each has an example of its own.
            example = BY_KIND[real["kind"]]
        found = [f"{path}.{key} is on one side only" for key in sorted(example.keys() ^ real.keys())]
        for key in example.keys() & real.keys():
            found += differences(example[key], real[key], f"{path}.{key}")
        return found
    if isinstance(example, list) and isinstance(real, list):
        return [
            line for one in example[:1] for other in real for line in differences(one, other, f"{path}[]")
        ]
    return [] if type(example) is type(real) else [f"{path}: {shape(example)} is not {shape(real)}"]


CONSIDERED = (".candidates[]", ".explanation[]")
"""Regions and agents that routing looked at: of either kind the same is said."""

BY_KIND = {
    **{block["kind"]: block for name, block in BLOCKS.items() if name.startswith("event_")},
    "visitor": BLOCKS["event_message"]["author"],
    "agent": BLOCKS["event_state"]["by"],
}

Talk = dict[str, list[Any]]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    """One conversation in which everything of the document happens, by the names of its blocks."""
    clock = Clock(datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    async with AsyncExitStack() as stack:
        directory = tmp_path_factory.mktemp("protocol") / "data"
        house = await stack.enter_async_context(open_house(directory, clock))
        yield await scripted(house, stack)


async def scripted(house: House, stack: AsyncExitStack) -> Talk:
    real: Talk = {}
    request = {**BLOCKS["session_request"], "name": "Ana"}
    session = await house.visitor(**request)
    real["session_answer"] = [session]
    conversation = session["conversation"]
    base = f"/api/conversations/{conversation}"
    headers = {"authorization": f"Bearer {session['token']}"}
    emma = await house.agent("Emma", "admin")

    def mine(name: str) -> dict[str, Any]:
        """An agent's frame from the document, about this conversation."""
        return {**BLOCKS[name], "conversation": conversation}

    agent = await stack.enter_async_context(house.agent_socket(emma))
    hello = {**BLOCKS["visitor_hello"], "token": session["token"]}
    visitor = await stack.enter_async_context(house.socket("/api/visitor/socket"))
    await visitor.send(**hello)
    real["visitor_welcome"] = [await visitor.expect("welcome")]
    real["presence"] = [views_presence(real["visitor_welcome"][0])]

    await visitor.send(**BLOCKS["visitor_send"], ref="r")
    real["ack"] = [await visitor.expect("ack")]
    real["visitor_event"] = [await visitor.expect("event")]
    summary = await agent.expect("summary", lambda frame: frame["conversation"]["unread"] == 1)
    await agent.send(**mine("agent_open"))
    real["agent_opened"] = [await agent.expect("opened")]
    translated = await agent.expect(
        "summary", lambda frame: frame["conversation"]["last_message"]["translation"] is not None
    )
    real["agent_summary"] = [summary, translated]
    real["summary"] = [summary["conversation"], translated["conversation"]]
    await visitor.expect("event", lambda frame: frame["event"]["kind"] == "none")

    await visitor.send(**BLOCKS["visitor_typing"])
    real["agent_typing_notice"] = [await agent.expect("typing")]
    await agent.send(**mine("agent_take"))
    real["ok"] = [await agent.expect("ok", lambda frame: frame["ref"] == "2")]
    await agent.send(**mine("agent_typing"))
    real["visitor_typing_notice"] = [await visitor.expect("typing")]
    await agent.send(**mine("agent_seen"))
    real["visitor_receipts"] = [await visitor.expect("receipts", lambda frame: frame["seen"] == 1)]
    await agent.send(**mine("agent_send"))
    answer = await agent.expect("ack")
    real["ack"].append(answer)
    await visitor.event(lambda event: event.get("client_id") == "a-1")
    await visitor.send(**{**BLOCKS["visitor_delivered"], "seq": answer["seq"]})
    await visitor.send(**{**BLOCKS["visitor_seen"], "seq": answer["seq"]})
    real["agent_receipts"] = [await agent.expect("receipts", lambda frame: frame["seen"] == answer["seq"])]
    await agent.send(**mine("agent_translate"))
    await agent.expect("ok", lambda frame: frame["ref"] == "6")
    await agent.send(**mine("agent_send_worded"))
    real["ack"].append(await agent.expect("ack", lambda frame: frame["client_id"] == "a-2"))
    for name, ref in (("agent_reject", "9"), ("agent_correct", "8"), ("agent_restore", "10")):
        await agent.send(**mine(name))
        real["ok"].append(await agent.expect("ok", lambda frame, ref=ref: frame["ref"] == ref))  # type: ignore[misc]
    await agent.send(**mine("agent_preview"))
    real["agent_preview_answer"] = [await agent.expect("preview")]
    await agent.send(**mine("agent_why"))
    real["agent_why_answer"] = [await agent.expect("why")]
    await visitor.send(**BLOCKS["visitor_language"])
    changed = await visitor.event(lambda event: event["kind"] == "language")
    for name, ref in (("agent_release", "3"), ("agent_close", "4")):
        await agent.send(**mine(name))
        real["ok"].append(await agent.expect("ok", lambda frame, ref=ref: frame["ref"] == ref))  # type: ignore[misc]
    await visitor.send(**BLOCKS["visitor_rate"])
    real["ok"].append(await visitor.expect("ok", lambda frame: frame["ref"] == "3"))
    rated = await visitor.event(lambda event: event["kind"] == "rated")
    await agent.send(**mine("agent_reopen"))
    real["ok"].append(await agent.expect("ok", lambda frame: frame["ref"] == "5"))
    await agent.send(**mine("agent_history"))
    real["agent_history_answer"] = [await agent.expect("history")]
    await visitor.send(**BLOCKS["visitor_history"])
    real["visitor_history_answer"] = [await visitor.expect("history")]
    await visitor.send(**BLOCKS["ping"])
    real["pong"] = [await visitor.expect("pong")]
    await visitor.send(type="send", client_id="m-7f3b", text="x" * 5_001, ref="r")
    real["error"] = [await visitor.expect("error")]

    events = real["agent_history_answer"][0]["events"]
    by_kind = {
        kind: [event for event in events if event["kind"] == kind]
        for kind in ("message", "translation", "assigned", "state", "rated")
    }
    for kind, found in by_kind.items():
        assert found, kind
        real[f"event_{kind}"] = found
    real["event_language"] = [changed]
    real["event_rated"].append(rated)
    real["event_none"] = [
        event for event in real["visitor_history_answer"][0]["events"] if event["kind"] == "none"
    ]
    real["agent_event"] = [frame for frame in agent.frames if frame["type"] == "event"]
    await agent.send(**mine("agent_leave"))

    posted = await house.http.post(f"{base}/messages", headers=headers, json=BLOCKS["message_request"])
    assert posted.status_code == 200, "the client id of the socket's message"
    real["ack"].append(posted.json())
    real["events_answer"] = [(await house.http.get(f"{base}/events", headers=headers)).json()]
    real["languages_answer"] = [(await house.http.get("/api/languages")).json()]
    real["texts_answer"] = [(await house.http.get("/api/texts?language=fa")).json()]
    refused = await house.http.get(f"{base}/events?limit=0", headers=headers)
    real["error"].append(refused.json())

    await routed(house, stack, real)

    # What looks like another language than the one chosen last, in one long message.
    said = "Laba diena, kur yra mano siunta, laukiu jau dvi savaites ir niekas man neatsako"
    await agent.send(**mine("agent_open"))
    await visitor.send(type="send", client_id="m-7f3c", text=said)
    real["visitor_suggestion"] = [await visitor.expect("suggestion")]
    real["agent_suggestion"] = [await agent.expect("suggestion")]

    again = await stack.enter_async_context(house.agent_socket(await house.agent("Emma")))
    real["agent_welcome"] = [await again.expect("welcome")]
    assert real["agent_welcome"][0]["conversations"]
    return real


async def routed(house: House, stack: AsyncExitStack, real: Talk) -> None:
    """Another visitor comes, is left to the next, answered, and handed on; then everybody goes away."""
    cookie = await house.agent("João", "admin")
    session = await house.visitor(language="pt-BR")
    conversation = session["conversation"]
    joao = await stack.enter_async_context(house.agent_socket(cookie))
    visitor = await stack.enter_async_context(house.visitor_socket(session))

    def mine(name: str, **changes: str) -> dict[str, Any]:
        return {**BLOCKS[name], "conversation": conversation, **changes}

    async def done(ref: str) -> None:
        real["ok"].append(await joao.expect("ok", lambda frame: frame["ref"] == ref))

    await visitor.send(**BLOCKS["visitor_send"])
    real["visitor_waiting"] = [await visitor.expect("waiting")]
    offered = await joao.expect("summary", lambda frame: frame["conversation"]["offer"] is not None)
    real["summary"].append(offered["conversation"])
    asked = offered["conversation"]["offer"]["agent"]["id"]
    assert asked == house.agents["João"].id, "Emma has a conversation"
    await joao.send(**mine("agent_decline"))
    await done("14")
    await joao.send(**mine("agent_accept"))
    await done("13")
    real["visitor_waiting"].append(await visitor.expect("waiting", lambda frame: frame["region"] is None))
    await joao.send(**mine("agent_transfer", agent=house.agents["Emma"].id))
    await done("15")
    await joao.send(**BLOCKS["agent_people"])
    real["agent_people_answer"] = [await joao.expect("people")]
    await joao.send(**mine("agent_history", before=2**31 - 1))  # type: ignore[arg-type]
    events = (await joao.expect("history"))["events"]
    for kind in ("routed", "passed", "transferred"):
        real[f"event_{kind}"] = [event for event in events if event["kind"] == kind]

    await visitor.send(**BLOCKS["visitor_region"])
    real["ok"].append(await visitor.expect("ok", lambda frame: frame["ref"] == "1"))
    await visitor.send(**BLOCKS["visitor_email"])
    real["ok"].append(await visitor.expect("ok", lambda frame: frame["ref"] == "2"))
    real["presence"].append(await visitor.expect("presence", lambda frame: frame["email"]))

    region = {
        "id": "vilnius",
        "names": {"en": "Vilnius"},
        "schedule": {"timezone": "Europe/Vilnius", "weekly": {"mon": [["09:00", "17:00"]]}},
        "agents": [],
    }
    headers = {"cookie": cookie, "origin": ORIGIN}
    added = await house.http.post("/api/regions", headers=headers, json={"region": region})
    assert added.status_code == 201, added.text
    real["agent_regions"] = [await joao.expect("regions")]
    real["presence"].append(await visitor.expect("presence", lambda frame: bool(frame["regions"])))

    emma = await stack.enter_async_context(house.agent_socket(await house.agent("Emma")))
    for agent in (emma, joao):
        await agent.send(**BLOCKS["agent_availability"])
        await agent.expect("ok", lambda frame: frame["ref"] == "16")
    real["agent_availability_notice"] = [await joao.expect("availability")]
    real["presence"].append(await visitor.expect("presence", lambda frame: not frame["available"]))
    house.clock.advance(seconds=60)
    await joao.send(type="availability", state="away")
    real["agent_notice"] = [await joao.expect("notice")]
    await joao.send(**BLOCKS["agent_idle"])
    for agent in (emma, joao):
        await agent.send(type="availability", state="online")
    real["agent_notice"].append(await joao.expect("notice", lambda frame: frame["since"] is None))


def views_presence(welcome: dict[str, Any]) -> dict[str, Any]:
    """`presence` says what `welcome` does."""
    reception = ("hours", "offline_text", "regions", "region", "email")
    return {"type": "presence", **welcome["presence"], **{name: welcome[name] for name in reception}}


SENT_BY_CLIENTS = {
    # See test_glossary_document.py and test_texts_document.py.
    *(name for name in BLOCKS if name.startswith(("glossary_", "memory_", "wordings_"))),
    *(name for name in BLOCKS if name.startswith("packs_")),  # see test_packs_document.py
    *VISITOR_FRAMES,
    *AGENT_FRAMES,
    "visitor_hello",
    "agent_hello",
    "session_request",
    "message_request",
}


async def test_every_answer_of_the_document_happened(talk: Talk) -> None:
    assert set(talk) == set(BLOCKS) - SENT_BY_CLIENTS
    assert all(talk.values())


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - SENT_BY_CLIENTS))
async def test_an_example_looks_like_what_is_really_sent(talk: Talk, name: str) -> None:
    for real in talk[name]:
        assert differences(BLOCKS[name], real) == [], json.dumps(real, ensure_ascii=False)


async def test_a_message_is_shown_in_full_before_and_after_its_translation(talk: Talk) -> None:
    (message,) = [event for event in talk["event_message"] if event["client_id"] == "m-7f3a"]
    assert message["text"] == TEXT
    assert message["translations"]["en"]["status"] == "done"
    opened = talk["agent_opened"][0]["events"][0]
    assert (opened["text"], opened["seq"], opened["language"]) == (TEXT, 1, "pt-BR")


async def test_the_models_and_the_quality_of_the_document_are_real(talk: Talk) -> None:
    """They are those of the starter pair, which everybody has."""
    (answer,) = talk["agent_why_answer"]
    assert answer["hops"] == BLOCKS["agent_why_answer"]["hops"]
    (made,) = talk["agent_preview_answer"]
    assert (made["model"], made["path"]) == (BLOCKS["agent_preview_answer"]["model"], ["en", "pt"])


def test_the_flags_are_listed_with_what_they_mean() -> None:
    flags = {row[0]: row[1] == "yes" for row in table("| flag | doubt | meaning |")}
    assert flags == {flag.value: flag in DOUBTS for flag in Flag}


async def test_numbers_have_no_gaps_for_any_reader(talk: Talk) -> None:
    for name in ("agent_history_answer", "visitor_history_answer", "events_answer"):
        seqs = [event["seq"] for event in talk[name][0]["events"]]
        assert seqs == list(range(1, len(seqs) + 1)), name
