"""What agents say about translations, over their sockets: answers, errors, and what visitors see of it."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.unit.web.house import AsgiSocket, Frame, House
from tests.unit.web.test_sockets import ID, is_ref


@dataclass
class Talk:
    """Emma (English) and a visitor (Portuguese) who has written; Emma has the translation."""

    house: House
    agent: AsgiSocket
    visitor: AsgiSocket
    conversation: str

    async def ask(self, kind: str, ref: str, **more: Any) -> Frame:
        """Sends a frame and gives its answer, whatever it is."""
        await self.agent.send(type=kind, conversation=self.conversation, ref=ref, **more)
        return await self.answer(ref)

    async def answer(self, ref: str) -> Frame:
        kinds = ("ok", "error", "preview", "why", "ack")
        return await self.agent.any_of(kinds, is_ref(ref))


@pytest.fixture
async def talk(house: House) -> AsyncIterator[Talk]:
    async with AsyncExitStack() as stack:
        session = await house.visitor(language="pt-BR")
        agent = await stack.enter_async_context(house.agent_socket(await house.agent()))
        visitor = await stack.enter_async_context(house.visitor_socket(session))
        await visitor.send(type="send", client_id="v-1", text="Onde está o meu pedido?")
        await visitor.expect("ack")
        await agent.send(type="open", conversation=session["conversation"])
        await agent.expect("opened")
        await agent.event(lambda event: event["kind"] == "translation")
        yield Talk(house, agent, visitor, session["conversation"])


async def test_an_edited_translation_is_what_the_visitor_reads_at_once(talk: Talk) -> None:
    nasty = "<img src=x onerror=alert(1)> Chega na <b>sexta</b>."
    wording = {"language": "pt-BR", "text": nasty}
    await talk.ask("send", "a", client_id="a-1", text="It arrives on Friday.", translation=wording)
    for reader in (talk.visitor, talk.agent):
        event = await reader.event(lambda event: event.get("client_id") == "a-1")
        translation = event["translations"]["pt-BR"]
        assert (translation["status"], translation["text"], translation["engine"]) == (
            "done",
            nasty,
            "person",
        )
        assert translation["by"]["name"] == "Emma"


async def test_the_same_client_id_gives_the_first_answer_whatever_comes_with_it(talk: Talk) -> None:
    first = await talk.ask(
        "send", "a", client_id="a-1", text="Hi.", translation={"language": "pt-BR", "text": "Oi."}
    )
    again = await talk.ask(
        "send", "b", client_id="a-1", text="Hi.", translation={"language": "pt-BR", "text": "Olá."}
    )
    assert first["seq"] == again["seq"]
    await talk.visitor.send(type="history", before=1000)
    events = (await talk.visitor.expect("history"))["events"]
    said = [event["translations"]["pt-BR"]["text"] for event in events if event.get("client_id") == "a-1"]
    assert said == ["Oi."]


WRONG_WORDINGS = [
    ({"language": "pt-BR", "text": " "}, "translation_empty", "translation.text"),
    ({"language": "pt-BR", "text": "x" * 5_001}, "translation_too_long", "translation.text"),
    ({"language": "pt-BR"}, "bad_field", "translation.text"),
    ({"language": "en", "text": "Hi"}, "bad_field", "translation.language"),
    ({"text": "Oi"}, "bad_field", "translation.language"),
    ("Oi", "bad_field", "translation"),
]


async def test_a_translation_that_cannot_be_is_named_and_nothing_is_sent(talk: Talk) -> None:
    for number, (wording, code, field) in enumerate(WRONG_WORDINGS):
        error = await talk.ask("send", f"r{number}", client_id="a-1", text="Hi.", translation=wording)
        assert (error["code"], error["field"], error["client_id"]) == (code, field, "a-1"), wording
    await talk.visitor.send(type="history", before=1000)
    kinds = [event["kind"] for event in (await talk.visitor.expect("history"))["events"]]
    assert kinds.count("message") == 1


async def test_a_correction_reaches_the_visitor_and_can_be_taken_back(talk: Talk) -> None:
    await talk.agent.send(type="send", conversation=talk.conversation, client_id="a-1", text="On Friday.")
    done = await talk.visitor.event(lambda event: event["kind"] == "translation")
    machine, seq = done["translation"]["text"], done["message"]
    answer = await talk.ask("correct", "c", seq=seq, language="pt-BR", text="Na sexta-feira, sem falta.")
    assert answer["type"] == "ok"
    corrected = await talk.visitor.event(lambda event: event.get("translation", {}).get("by") is not None)
    assert corrected["translation"]["text"] == "Na sexta-feira, sem falta."
    assert corrected["translation"]["machine"] is None
    to_agent = await talk.agent.event(lambda event: event.get("translation", {}).get("by") is not None)
    assert to_agent["translation"]["machine"] == machine
    await talk.ask("restore", "r", seq=seq, language="pt-BR")
    back = await talk.visitor.event(lambda event: event["seq"] > corrected["seq"])
    assert (back["translation"]["text"], back["translation"]["by"]) == (machine, None)


async def test_a_wrong_translation_is_doubtful_for_every_agent_and_none_of_the_visitors_business(
    talk: Talk,
) -> None:
    assert (await talk.ask("reject", "r", seq=1, language="en"))["type"] == "ok"
    event = await talk.agent.event(lambda event: event.get("translation", {}).get("doubtful") is True)
    assert event["translation"]["by"]["name"] == "Emma"
    assert "rejected" in event["translation"]["flags"]
    await talk.visitor.send(type="history", before=1000)
    history = await talk.visitor.expect("history")
    assert [event["kind"] for event in history["events"]] == ["message", "none", "none", "none"]
    summary = await talk.agent.expect(
        "summary", lambda frame: frame["conversation"]["last_seq"] == event["seq"]
    )
    assert summary["conversation"]["last_message"]["translation"] is None


async def test_what_was_written_for_a_text_is_used_when_it_comes_again(talk: Talk) -> None:
    await talk.ask("correct", "c", seq=1, language="en", text="Where has my order got to?")
    await talk.visitor.send(type="send", client_id="v-2", text="Onde está o meu pedido?")
    second = await talk.agent.event(lambda event: event["kind"] == "translation" and event["message"] != 1)
    assert (second["translation"]["text"], second["translation"]["engine"]) == (
        "Where has my order got to?",
        "memory",
    )


async def test_what_was_taken_back_is_not_used_for_the_next_text(talk: Talk) -> None:
    first = await talk.agent.event(lambda event: event["kind"] == "translation")
    machine = first["translation"]["text"]
    await talk.ask("correct", "c", seq=1, language="en", text="Where has my order got to?")
    await talk.ask("restore", "r", seq=1, language="en")
    await talk.ask("reject", "w", seq=1, language="en")
    await talk.ask("restore", "s", seq=1, language="en")
    await talk.visitor.send(type="send", client_id="v-2", text="Onde está o meu pedido?")
    second = await talk.agent.event(lambda event: event["kind"] == "translation" and event["message"] != 1)
    assert (second["translation"]["text"], second["translation"]["flags"]) == (machine, [])


async def test_the_same_wrong_translation_is_doubtful_the_next_time(talk: Talk) -> None:
    await talk.ask("reject", "r", seq=1, language="en")
    await talk.visitor.send(type="send", client_id="v-2", text="Onde está o meu pedido?")
    second = await talk.agent.event(lambda event: event["kind"] == "translation" and event["message"] != 1)
    assert second["translation"]["doubtful"]
    assert (second["translation"]["flags"], second["translation"]["by"]) == (["rejected"], None)


IMPOSSIBLE: list[tuple[str, dict[str, Any], str, str]] = [
    ("correct", {"seq": 1, "language": "en", "text": ""}, "translation_empty", "text"),
    ("correct", {"seq": 9, "language": "en", "text": "a"}, "not_found", "seq"),
    ("correct", {"seq": 1, "language": "pt", "text": "a"}, "bad_field", "language"),
    ("reject", {"seq": 9, "language": "en"}, "not_found", "seq"),
    ("reject", {"seq": 1, "language": "ja"}, "not_found", "language"),
    ("restore", {"seq": 9, "language": "en"}, "not_found", "seq"),
    ("why", {"seq": 9, "language": "en"}, "not_found", "seq"),
    ("preview", {"text": " "}, "text_empty", "text"),
    ("preview", {"text": "Hi", "translation": " "}, "translation_empty", "translation"),
    ("preview", {"text": "x" * 5_001}, "text_too_long", "text"),
]


async def test_what_cannot_be_done_is_said(talk: Talk) -> None:
    for number, (kind, more, code, field) in enumerate(IMPOSSIBLE):
        error = await talk.ask(kind, f"r{number}", **more)
        assert (error["type"], error["code"], error["field"]) == ("error", code, field), (kind, more)
        assert "{" not in error["message"]


async def test_of_a_conversation_that_is_none_there_is_no_preview(talk: Talk) -> None:
    await talk.agent.send(type="preview", conversation=ID, text="Hi", ref="x")
    assert (await talk.answer("x"))["code"] == "not_found"


async def test_previews_asked_for_in_a_row_are_all_answered_and_the_newest_is_made(talk: Talk) -> None:
    texts = [f"Your order number {number} is on its way." for number in range(30)]
    for number, text in enumerate(texts):
        await talk.agent.send(type="preview", conversation=talk.conversation, text=text, ref=f"p{number}")
    answers = [await talk.answer(f"p{number}") for number in range(30)]
    assert "29" in answers[-1]["translation"]
    assert "29" in answers[-1]["back"]
    left_out = [answer for answer in answers if answer["translation"] is None]
    assert {answer["reason"] for answer in left_out} == {"superseded"}
    assert len(left_out) >= 20


async def test_a_visitor_can_neither_preview_nor_judge(talk: Talk) -> None:
    for kind in ("preview", "correct", "reject", "restore", "why"):
        await talk.visitor.send(
            type=kind, conversation=talk.conversation, seq=1, language="en", text="a", ref=kind
        )
        assert (await talk.visitor.expect("error", is_ref(kind)))["code"] == "unknown_type"
    wording = {"language": "en", "text": "Buy now"}
    await talk.visitor.send(type="send", client_id="v-2", text="Olá", translation=wording)
    sent = await talk.agent.event(lambda event: event.get("client_id") == "v-2")
    assert "Buy now" not in json.dumps(sent)
