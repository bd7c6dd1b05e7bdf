"""What admins write for visitors, on its way to them: with the page, over HTTP, on the socket."""

import json
import re
from typing import Any

import pytest

from tests.unit.web.house import ORIGIN, House


async def write(house: House, kind: str, wordings: dict[str, str], **more: Any) -> None:
    headers = {"cookie": await house.agent("Ana", "admin"), "origin": ORIGIN}
    body = {"kind": kind, "id": None, "expected": None, "wordings": wordings, **more}
    answer = await house.http.post("/api/wordings/save", headers=headers, json=body)
    assert answer.status_code == 200, answer.text


async def texts(house: House, language: str) -> dict[str, Any]:
    answer = await house.http.get("/api/texts", params={"language": language})
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json())


def said(text: str, language: str, direction: str = "ltr") -> dict[str, str]:
    return {"text": text, "language": language, "direction": direction}


async def config(house: House, accept: str) -> dict[str, Any]:
    page = (await house.http.get("/widget/frame", headers={"accept-language": accept})).text
    found = re.search(r'id="config">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


async def test_where_nobody_has_written_anything_there_is_nothing_to_ask_for(house: House) -> None:
    assert (await config(house, "fa"))["texts"] is None
    nothing = {"language": "fa", "greeting": None, "survey": None, "questions": []}
    assert await texts(house, "fa") == nothing


async def test_the_page_brings_the_texts_of_the_language_it_is_shown_in(house: House) -> None:
    await write(house, "greeting", {"en": "Hello from {workspace}", "fa": "سلام از {workspace}"})
    brought = (await config(house, "fa-IR,en;q=0.5"))["texts"]
    # A name of the other direction is kept from disturbing the sentence.
    assert brought["greeting"] == said("سلام از \u2068Dragoman\u2069", "fa", "rtl")
    assert brought == await texts(house, "fa")
    assert (await config(house, "lt"))["texts"]["greeting"] == said("Hello from Dragoman", "en")


@pytest.mark.parametrize(
    ("locale", "text", "shown"),
    [
        # The first letters of the text, its placeholder's, say nothing of its direction.
        ("fa", "{workspace} (24/7) خوش آمدید", "\u2068Lumina\u2069 (24/7) خوش آمدید"),
        ("he", "{workspace}!", "\u2068Lumina\u2069!"),
        ("en", "{workspace} (سلام)", "Lumina (سلام)"),
    ],
)
async def test_a_name_keeps_its_place_in_a_text_of_the_other_direction(
    house: House, locale: str, text: str, shown: str
) -> None:
    headers = {"cookie": await house.agent("Ana", "admin"), "origin": ORIGIN}
    renamed = {"workspace": "Lumina", "sites": "", "accent": "#3157d5"}
    await house.http.post("/console/install", headers=headers, data=renamed)
    await write(house, "greeting", {locale: text})
    assert (await texts(house, locale))["greeting"]["text"] == shown


async def test_what_admins_change_is_what_the_next_visitor_reads(house: House) -> None:
    await write(house, "greeting", {"en": "Hello"})
    assert (await texts(house, "fa"))["greeting"] == said("Hello", "en")
    await write(house, "greeting", {"en": "Good day from {workspace}"}, expected=1)
    assert (await texts(house, "fa"))["greeting"] == said("Good day from Dragoman", "en")
    cookie = await house.agent("Ana", "admin")
    renamed = {"workspace": "Lumina", "sites": "", "accent": "#3157d5"}
    headers = {"cookie": cookie, "origin": ORIGIN}
    answer = await house.http.post("/console/install", headers=headers, data=renamed)
    assert answer.status_code in (200, 303), answer.text
    assert (await texts(house, "fa"))["greeting"] == said("Good day from Lumina", "en")


async def test_questions_come_in_order_each_in_the_language_that_suits_best(house: House) -> None:
    await write(house, "question", {"en": "Name", "lt": "Vardas"}, required=True)
    await write(house, "question", {"en": "E-mail"}, answer="email")
    questions = (await texts(house, "lt"))["questions"]
    assert [{name: value for name, value in one.items() if name != "id"} for one in questions] == [
        {"label": said("Vardas", "lt"), "answer": "text", "required": True},
        {"label": said("E-mail", "en"), "answer": "email", "required": False},
    ]
    assert len({one["id"] for one in questions}) == 2


async def test_the_survey_keeps_the_place_for_who_answered(house: House) -> None:
    await write(house, "survey", {"en": "How was {agent} of {workspace}?"})
    assert (await texts(house, "pt-BR"))["survey"] == said("How was {agent} of Dragoman?", "en")


@pytest.mark.parametrize("language", [None, "", "not a tag", "x" * 36, "<script>", "en\x00"])
async def test_a_language_that_is_none_is_refused_by_its_name(house: House, language: str | None) -> None:
    answer = await house.http.get("/api/texts", params={} if language is None else {"language": language})
    refusal = answer.json()
    assert (answer.status_code, refusal["code"], refusal["field"]) == (400, "bad_field", "language")


async def test_who_waits_reads_the_queue_text_in_the_language_they_switch_to(house: House) -> None:
    await write(house, "queue", {"en": "Stay here.", "fa": "همین‌جا بمانید."})
    async with house.visitor_socket(await house.visitor(language="lt")) as visitor:
        await visitor.send(type="send", client_id="m", text="Labas")
        waiting = await visitor.expect("waiting", lambda frame: frame["region"] is not None)
        assert (waiting["queue_text"], waiting["offline_text"]) == (said("Stay here.", "en"), None)
        await visitor.send(type="language", language="fa")
        persian = said("همین‌جا بمانید.", "fa", "rtl")
        await visitor.expect("waiting", lambda frame: frame["queue_text"] == persian)


async def test_who_is_connected_reads_what_admins_have_just_written(house: House) -> None:
    await write(house, "queue", {"en": "Stay here."})
    async with house.visitor_socket(await house.visitor(language="lt")) as visitor:
        await visitor.send(type="send", client_id="m", text="Labas")
        await visitor.expect("waiting", lambda frame: frame["queue_text"] == said("Stay here.", "en"))
        await write(house, "queue", {"en": "Stay here.", "lt": "Palaukite."}, expected=1)
        await visitor.expect("waiting", lambda frame: frame["queue_text"] == said("Palaukite.", "lt"))


async def test_who_is_connected_while_closed_reads_it_too_and_nothing_twice(house: House) -> None:
    headers = {"cookie": await house.agent("Ana", "admin"), "origin": ORIGIN}
    schedule = {"timezone": "Asia/Tokyo", "weekly": {}}
    region = {"id": "tokyo", "names": {"en": "Tokyo"}, "schedule": schedule, "offline": {}}
    answer = await house.http.post("/api/regions", headers=headers, json={"region": region})
    assert answer.status_code == 201, answer.text
    async with house.visitor_socket(await house.visitor(language="lt", region="tokyo")) as visitor:
        assert (await visitor.expect("welcome"))["offline_text"] is None
        await write(house, "greeting", {"en": "Hello"})
        first, second = said("Miegame.", "lt"), said("Ilsimės.", "lt")
        await write(house, "offline", {"lt": first["text"]})
        await visitor.expect("presence", lambda frame: frame["offline_text"] == first)
        await write(house, "offline", {"lt": second["text"]}, expected=1)
        await visitor.expect("presence", lambda frame: frame["offline_text"] == second)
        told = [frame["offline_text"] for frame in visitor.frames if frame["type"] == "presence"]
        assert told == [first, second]


async def test_a_closed_region_says_its_own_words_else_the_workspaces(house: House) -> None:
    await write(house, "offline", {"en": "{workspace} sleeps.", "lt": "{workspace} miega."})
    headers = {"cookie": await house.agent("Ana", "admin"), "origin": ORIGIN}
    for region_id, offline in (("tokyo", {}), ("osaka", {"en": "Osaka sleeps."})):
        region = {
            "id": region_id,
            "names": {"en": region_id},
            "schedule": {"timezone": "Asia/Tokyo", "weekly": {}},
            "offline": offline,
        }
        answer = await house.http.post("/api/regions", headers=headers, json={"region": region})
        assert answer.status_code == 201, answer.text
    for region_id, told in (
        ("tokyo", said("Dragoman miega.", "lt")),
        ("osaka", said("Osaka sleeps.", "en")),
        ("everywhere", None),
    ):
        session = await house.visitor(language="lt", region=region_id)
        async with house.visitor_socket(session) as visitor:
            assert (await visitor.expect("welcome"))["offline_text"] == told


async def rated(house: House) -> tuple[Any, dict[str, Any]]:
    """A visitor's session and an agent's cookie, after the agent has answered and closed."""
    cookie = await house.agent("Emma")
    session = await house.visitor(language="lt")
    async with house.visitor_socket(session) as visitor, house.agent_socket(cookie) as agent:
        await visitor.send(type="send", client_id="m", text="Labas")
        await visitor.expect("ack")
        await agent.send(type="send", conversation=session["conversation"], client_id="a", text="Hello")
        await agent.expect("ack")
        await agent.send(type="close", conversation=session["conversation"])
        await visitor.event(lambda event: event["kind"] == "state" and event["state"] == "closed")
    return session, {"cookie": cookie}


async def test_a_rating_reaches_the_agent_with_its_comment_and_language(house: House) -> None:
    session, headers = await rated(house)
    async with house.visitor_socket(session) as visitor, house.agent_socket(headers["cookie"]) as agent:
        await agent.send(type="open", conversation=session["conversation"])
        await agent.expect("opened")
        await visitor.send(type="rate", score=4, comment="Ačiū!", ref="r")
        assert (await visitor.expect("ok"))["ref"] == "r"
        seen = await agent.event(lambda event: event["kind"] == "rated")
        assert (seen["score"], seen["comment"], seen["language"]) == (4, "Ačiū!", "lt")
    async with house.visitor_socket(session) as visitor:
        events = (await visitor.expect("welcome"))["events"]
        assert [event["score"] for event in events if event["kind"] == "rated"] == [4]


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ({"score": 6}, "bad_field", "score"),
        ({"score": "5"}, "bad_field", "score"),
        ({}, "bad_field", "score"),
        ({"score": 5, "comment": ["x"]}, "bad_field", "comment"),
        ({"score": 5, "comment": "x" * 1001}, "wording_too_long", "comment"),
    ],
)
async def test_a_rating_that_can_be_none_is_refused_by_what_is_wrong(
    house: House, frame: dict[str, Any], code: str, field: str
) -> None:
    session, _ = await rated(house)
    async with house.visitor_socket(session) as visitor:
        await visitor.send(type="rate", ref="r", **frame)
        refused = await visitor.expect("error")
        assert (refused["code"], refused["field"], refused["ref"]) == (code, field, "r")


async def test_what_goes_on_cannot_be_rated_and_nothing_can_before_anything_was_written(house: House) -> None:
    session = await house.visitor(language="lt")
    async with house.visitor_socket(session) as visitor:
        await visitor.send(type="rate", score=5, ref="1")
        assert (await visitor.expect("error"))["code"] == "not_found"
        await visitor.send(type="send", client_id="m", text="Labas")
        await visitor.expect("ack")
        await visitor.send(type="rate", score=5, ref="2")
        refused = await visitor.expect("error", lambda frame: frame["ref"] == "2")
        assert refused["code"] == "rating_too_early"
        assert not [frame for frame in visitor.frames if frame.get("event", {}).get("kind") == "rated"]
