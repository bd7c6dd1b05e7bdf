"""Frames from outside: what is well formed is understood, everything else is named and refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.refusal import Refused
from appliance.services.wordings import Wording
from appliance.web import frames
from appliance.web.fields import parse_object
from appliance.web.views import MAX_FRAME

ID = "7b0e1c9a-52be-4f6c-8a3e-5a9f4f1d2c33"


def refusal(parse: object, raw: object) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        parse(raw)  # type: ignore[operator]
    return refused.value.code, refused.value.field


def visitor_frame(raw: str) -> frames.VisitorFrame:
    return frames.parse_visitor_frame(parse_object(raw))


def agent_frame(raw: str) -> frames.AgentFrame:
    return frames.parse_agent_frame(parse_object(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "hello",
        "{",
        '{"type": "ping"',
        '{"type": "ping"} {}',
        "{'type': 'ping'}",
        "[]",
        '["type", "ping"]',
        '"ping"',
        "null",
        "true",
        "7",
        "NaN",
        '{"type": "seen", "seq": NaN}',
        '{"type": "seen", "seq": Infinity}',
        '{"type": "seen", "seq": -Infinity}',
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"type": "seen", "seq": ' + "9" * 5_000 + "}",
        "\ufeff" + '{"type": "ping"}',
        b"\xff\xfe",
        b"\x80abc",
        '{"type": "ping"}'.encode("utf-16"),
        '{"type": "ping"}'.encode("utf-32"),
        b'{"type": "\xed\xa0\x80"}',
        b"\x00",
    ],
    ids=lambda raw: repr(raw)[:30],
)
def test_what_is_no_json_object_in_utf8_is_refused(raw: str | bytes) -> None:
    assert refusal(parse_object, raw) == ("bad_json", None)


def test_the_longest_frame_counts_bytes_of_utf8() -> None:
    empty = json.dumps({"type": "ping", "a": ""})
    fits = json.dumps({"type": "ping", "a": "x" * (MAX_FRAME - len(empty))})
    assert len(fits) == MAX_FRAME == 65_536
    assert parse_object(fits).name("type") == "ping"
    assert refusal(parse_object, fits + " ") == ("frame_too_large", None)
    assert refusal(parse_object, fits.encode() + b" ") == ("frame_too_large", None)
    assert refusal(parse_object, '{"a": "' + "😀" * 16_384 + '"}') == ("frame_too_large", None)


VISITORS = [
    ('{"type": "send", "client_id": "m", "text": "a"}', frames.Send(None, "m", "a")),
    ('{"type": "typing"}', frames.Typing(None)),
    ('{"type": "delivered", "seq": 7}', frames.Delivered(7)),
    ('{"type": "seen", "seq": 0}', frames.Seen(None, 0)),
    ('{"type": "seen", "seq": 2147483647}', frames.Seen(None, 2**31 - 1)),
    ('{"type": "language", "language": "PT-br"}', frames.Language("pt-BR")),
    ('{"type": "region", "region": "north-sea-2"}', frames.ChooseRegion("north-sea-2")),
    ('{"type": "region", "region": null}', frames.ChooseRegion(None)),
    ('{"type": "email", "email": "ana@example.com"}', frames.GiveEmail("ana@example.com")),
    ('{"type": "email", "email": null}', frames.GiveEmail(None)),
    ('{"type": "history", "before": 40}', frames.History(None, 40)),
    ('{"type": "ping", "more": {"is": "ignored"}}', frames.Ping()),
]


@pytest.mark.parametrize(("raw", "frame"), VISITORS, ids=[raw[:40] for raw, _ in VISITORS])
def test_a_visitors_frame_is_understood(raw: str, frame: frames.VisitorFrame) -> None:
    assert visitor_frame(raw) == frame


AGENTS = [
    ('"type": "open", "after": 3', frames.Open(ID, 3)),
    ('"type": "open"', frames.Open(ID, 0)),
    ('"type": "leave"', frames.Leave(ID)),
    ('"type": "send", "client_id": "a", "text": "x"', frames.Send(ID, "a", "x")),
    (
        '"type": "send", "client_id": "a", "text": "x", "translation": {"language": "PT-br", "text": "y"}',
        frames.Send(ID, "a", "x", Wording("pt-BR", "y")),
    ),
    ('"type": "send", "client_id": "a", "text": "x", "translation": null', frames.Send(ID, "a", "x")),
    ('"type": "preview", "text": "x"', frames.Preview(ID, "x", None)),
    ('"type": "preview", "text": "x", "translation": "y"', frames.Preview(ID, "x", "y")),
    ('"type": "correct", "seq": 1, "language": "EN", "text": "x"', frames.Correct(ID, 1, "en", "x")),
    ('"type": "reject", "seq": 1, "language": "en"', frames.Reject(ID, 1, "en")),
    ('"type": "restore", "seq": 1, "language": "en"', frames.Restore(ID, 1, "en")),
    ('"type": "why", "seq": 1, "language": "en"', frames.Why(ID, 1, "en")),
    ('"type": "take"', frames.Take(ID, False)),
    ('"type": "take", "force": true', frames.Take(ID, True)),
    ('"type": "accept"', frames.Accept(ID)),
    ('"type": "decline"', frames.Decline(ID)),
    (f'"type": "transfer", "agent": "{ID}"', frames.Transfer(ID, ID, None, None)),
    ('"type": "transfer", "region": "tokyo", "note": " a\\nb "', frames.Transfer(ID, None, "tokyo", "a\nb")),
    ('"type": "transfer", "region": "tokyo", "note": " "', frames.Transfer(ID, None, "tokyo", None)),
    ('"type": "release"', frames.Release(ID)),
    ('"type": "close"', frames.Close(ID)),
    ('"type": "reopen"', frames.Reopen(ID)),
    ('"type": "translate", "seq": 1, "language": "en"', frames.Translate(ID, 1, "en")),
    ('"type": "typing"', frames.Typing(ID)),
    ('"type": "seen", "seq": 1', frames.Seen(ID, 1)),
    ('"type": "history", "before": 9', frames.History(ID, 9)),
]


@pytest.mark.parametrize(("members", "frame"), AGENTS, ids=[members for members, _ in AGENTS])
def test_an_agents_frame_is_understood(members: str, frame: frames.AgentFrame) -> None:
    assert agent_frame(f'{{{members}, "conversation": "{ID}"}}') == frame


@pytest.mark.parametrize(
    ("raw", "frame"),
    [
        ('{"type": "ping"}', frames.Ping()),
        ('{"type": "people"}', frames.People()),
        ('{"type": "idle", "idle": true}', frames.Idle(True)),
        ('{"type": "idle"}', frames.Idle(False)),
        ('{"type": "availability", "state": "online"}', frames.ChooseAvailability("online")),
        ('{"type": "availability", "state": "invisible"}', frames.ChooseAvailability("invisible")),
    ],
)
def test_what_is_about_no_conversation_names_none(raw: str, frame: frames.AgentFrame) -> None:
    assert agent_frame(raw) == frame


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"type": "availability"}, "state"),
        ({"type": "availability", "state": "offline"}, "state"),
        ({"type": "availability", "state": ["online"]}, "state"),
        ({"type": "idle", "idle": 1}, "idle"),
        ({"type": "transfer", "conversation": ID}, "agent"),
        ({"type": "transfer", "conversation": ID, "agent": "emma"}, "agent"),
        ({"type": "transfer", "conversation": ID, "agent": ID, "region": "tokyo"}, "region"),
        ({"type": "transfer", "conversation": ID, "region": "No Slug"}, "region"),
        ({"type": "transfer", "conversation": ID, "region": "x" * 37}, "region"),
        ({"type": "transfer", "conversation": ID, "region": "tokyo", "note": 7}, "note"),
        ({"type": "transfer", "conversation": ID, "region": "tokyo", "note": "x" * 1001}, "note"),
    ],
    ids=str,
)
def test_a_frame_of_routing_says_what_is_wrong_with_it(members: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        agent_frame(json.dumps(members))
    assert refused.value.field == field


@pytest.mark.parametrize("region", ["", "Vilnius", "a b", "x" * 37, 7, ["vilnius"]], ids=str)
def test_a_region_is_named_by_its_id(region: object) -> None:
    raw = json.dumps({"type": "region", "region": region})
    assert refusal(visitor_frame, raw) == ("bad_field", "region")


@pytest.mark.parametrize("kind", [member.split('"')[3] for member, _ in AGENTS])
@pytest.mark.parametrize(
    "conversation",
    [None, 7, "", "c", ID.upper(), ID + "0", ID + "\n", f" {ID}", "../" + ID, [ID], {"id": ID}],
    ids=repr,
)
def test_a_conversation_is_named_by_its_uuid(kind: str, conversation: object) -> None:
    raw = json.dumps({"type": kind, "conversation": conversation, "seq": 1, "before": 1, "language": "en"})
    assert refusal(agent_frame, raw) == ("bad_field", "conversation")


@pytest.mark.parametrize("parse", [visitor_frame, agent_frame])
@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, ("bad_field", "type")),
        ({"type": None}, ("bad_field", "type")),
        ({"type": 7}, ("bad_field", "type")),
        ({"type": ["ping"]}, ("bad_field", "type")),
        ({"type": "x" * 65}, ("bad_field", "type")),
        ({"type": ""}, ("unknown_type", "type")),
        ({"type": "Ping"}, ("unknown_type", "type")),
        ({"type": "ping\n"}, ("unknown_type", "type")),
        ({"type": "__class__"}, ("unknown_type", "type")),
        ({"type": "welcome"}, ("unknown_type", "type")),
        ({"type": "hello"}, ("unknown_type", "type")),
    ],
    ids=repr,
)
def test_a_type_that_is_none_is_refused(
    parse: object, members: dict[str, object], expected: tuple[str, str]
) -> None:
    assert refusal(parse, json.dumps(members)) == expected


def test_visitors_have_no_agents_frames() -> None:
    for members, frame in AGENTS:
        if not isinstance(frame, frames.Send | frames.Typing | frames.Seen | frames.History):
            raw = f'{{{members}, "conversation": "{ID}"}}'
            assert refusal(visitor_frame, raw) == ("unknown_type", "type")


NUMBERS: list[object] = [None, -1, 2**31, 1.5, 1.0, True, "1", [1], {}, 1e300]


@pytest.mark.parametrize(("kind", "field"), [("delivered", "seq"), ("seen", "seq"), ("history", "before")])
@pytest.mark.parametrize("value", NUMBERS, ids=repr)
def test_a_number_is_a_whole_one_in_range(kind: str, field: str, value: object) -> None:
    assert refusal(visitor_frame, json.dumps({"type": kind, field: value})) == ("bad_field", field)


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"type": "open", "after": "0"}, "after"),
        ({"type": "open", "after": None}, "after"),
        ({"type": "take", "force": 1}, "force"),
        ({"type": "take", "force": None}, "force"),
        ({"type": "translate", "language": "en"}, "seq"),
        ({"type": "translate", "seq": 1}, "language"),
        ({"type": "translate", "seq": 1, "language": "not a tag"}, "language"),
        ({"type": "correct", "language": "en", "text": "x"}, "seq"),
        ({"type": "correct", "seq": 1, "text": "x"}, "language"),
        ({"type": "reject", "seq": 1, "language": 7}, "language"),
        ({"type": "restore", "seq": -1, "language": "en"}, "seq"),
        ({"type": "why", "seq": 1}, "language"),
        ({"type": "send", "translation": "Olá"}, "translation"),
        ({"type": "send", "translation": ["pt", "Olá"]}, "translation"),
        ({"type": "send", "translation": {"text": "Olá"}}, "translation.language"),
        ({"type": "send", "translation": {"language": "no tag", "text": "Olá"}}, "translation.language"),
        ({"type": "seen"}, "seq"),
        ({"type": "history"}, "before"),
    ],
    ids=repr,
)
def test_an_agents_wrong_member_is_named(members: dict[str, object], field: str) -> None:
    assert refusal(agent_frame, json.dumps({**members, "conversation": ID})) == ("bad_field", field)


@pytest.mark.parametrize(
    "language", [None, "", "x", "portuguese", "pt_BR", "../en", "en\n", 7, ["en"], "und", "a" * 36], ids=repr
)
def test_a_language_is_a_tag(language: object) -> None:
    raw = json.dumps({"type": "language", "language": language})
    assert refusal(visitor_frame, raw) == ("bad_field", "language")


def hello(**members: object) -> str:
    return json.dumps({"type": "hello", "token": "v1.x", **members})


def test_a_visitors_hello_is_understood() -> None:
    page = "https://shop.example/lamps"
    raw = hello(after=4, language="pt-br", time_zone="America/Sao_Paulo", page=page)
    assert frames.parse_visitor_hello(raw) == frames.VisitorHello(
        "v1.x", 4, "pt-BR", "America/Sao_Paulo", page
    )
    assert frames.parse_visitor_hello(hello()) == frames.VisitorHello("v1.x", 0, None, None, None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('{"type": "send"}', ("bad_field", "type")),
        ("[]", ("bad_json", None)),
        ('{"type": "hello"}', ("token_invalid", None)),
        (hello(token=""), ("token_invalid", None)),
        (hello(token=7), ("token_invalid", None)),
        (hello(token="x" * 201), ("token_invalid", None)),
        (hello(after=-1), ("bad_field", "after")),
        (hello(language="not a tag"), ("bad_field", "language")),
        (hello(time_zone="../../etc/passwd"), ("bad_field", "time_zone")),
        (hello(time_zone="Europe/Vilnius\n"), ("bad_field", "time_zone")),
        (hello(time_zone="x" * 65), ("bad_field", "time_zone")),
        (hello(time_zone=3), ("bad_field", "time_zone")),
        (hello(page=3), ("bad_field", "page")),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_visitors_hello_that_is_none_is_refused(raw: str, expected: tuple[str, str | None]) -> None:
    assert refusal(frames.parse_visitor_hello, raw) == expected


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("https://shop.example/" + "a" * 3000, ("https://shop.example/" + "a" * 3000)[:2048]),
        ("http://localhost/", "http://localhost/"),
        ("file:///home/ana", None),
        ("javascript:alert(1)", None),
        ("", None),
        (" https://x.example/\u202ea ", "https://x.example/a"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_only_the_address_of_a_web_page_is_kept(page: str, kept: str | None) -> None:
    assert frames.parse_visitor_hello(hello(page=page)).page == kept


@pytest.mark.parametrize("raw", ['{"type": "open"}', '{"type": 7}', "{}"])
def test_an_agents_hello_that_is_none_is_refused(raw: str) -> None:
    assert refusal(frames.parse_agent_hello, raw) == ("bad_field", "type")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
members = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ["send", "seen", "open", "take", "language", "history", "translate", "preview", "correct", "why"]
        )
        | values,
        **dict.fromkeys(
            [
                "conversation",
                "client_id",
                "text",
                "seq",
                "before",
                "after",
                "language",
                "force",
                "translation",
            ],
            values,
        ),
    },
)


@settings(max_examples=100, deadline=None)
@given(members)
def test_whatever_is_sent_is_a_frame_or_refused(sent: dict[str, object]) -> None:
    for parse in (visitor_frame, agent_frame, frames.parse_visitor_hello):
        try:
            parse(json.dumps(sent))
        except Refused as refused:
            assert refused.code in {"bad_json", "bad_field", "unknown_type", "token_invalid"}  # noqa: PT017
