"""Agents' own translations on real storage and a real server: who has the last word, and that it stays."""

import asyncio
from pathlib import Path
from typing import Any

from appliance.domain.commands import Reject, Restore, Reword, Translate, Write
from appliance.domain.conversation import PENDING, Message, Translated, worded
from appliance.domain.entries import Entry
from tests.integration.people import events
from tests.integration.test_ledger import EMMA, NOON, opened, says
from tests.support.clients import Socket, agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.server import serving

MACHINE = Translated("done", "Hi", "firefox", ("pt", "en"), model="firefox/pten-1")
BETTER = worded("Hello", "pt-BR", "en", EMMA)


def reworded(text: str = "Hello") -> Entry:
    return Entry("c", Reword(1, "visitor", "en", worded(text, "pt-BR", "en", EMMA), NOON))


def by_machine(result: Translated = MACHINE) -> Entry:
    return Entry("c", Translate(1, "visitor", "en", result, NOON))


async def test_in_one_batch_and_in_any_order_the_person_has_the_last_word(tmp_path: Path) -> None:
    for number, order in enumerate(((reworded(), by_machine()), (by_machine(), reworded()))):
        async with opened(tmp_path / str(number)) as (ledger, journal):
            await journal.submit(says("m-1"))
            await asyncio.gather(*(journal.submit(entry) for entry in order))
            (message,) = [event for event in await ledger.events("c") if isinstance(event.what, Message)]
            assert message.translations["en"].text == "Hello"
            waiting = await ledger.pending_translations(10)
            assert [row.language for row in waiting] == ["ja"]


async def test_what_was_said_about_a_translation_is_there_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as (ledger, journal):
        await journal.submit(says("m-1"))
        await journal.submit(by_machine())
        await journal.submit(Entry("c", Reject(1, "visitor", "en", EMMA, NOON)))
        await journal.submit(reworded())
    async with opened(tmp_path) as (ledger, journal):
        (message,) = await ledger.events("c", limit=1)
        now = message.translations["en"]
        assert (now.text, now.by, now.machine) == ("Hello", EMMA, MACHINE)
        for expected in (True, False):
            await journal.submit(Entry("c", Restore(1, "visitor", "en", NOON)))
            (message,) = await ledger.events("c", limit=1)
            assert message.translations["en"].doubtful is expected
        assert message.translations["en"] == MACHINE


async def test_a_message_with_its_translation_is_stored_with_it(tmp_path: Path) -> None:
    wording = {"pt-BR": worded("Na sexta.", "en", "pt-BR", EMMA)}
    write = Write(EMMA, "a-1", "On Friday.", "en", {}, True, NOON, wording)
    async with opened(tmp_path) as (ledger, journal):
        await journal.submit(says("m-1"))
        first = await journal.submit(Entry("c", write))
        again = await journal.submit(Entry("c", write))
        assert (again.repeated, again.events[0].seq) == (True, first.events[-1].seq)
    async with opened(tmp_path) as (ledger, journal):
        stored = (await ledger.events("c"))[-1]
        assert isinstance(stored.what, Message)
        assert (stored.translations, stored.what.targets) == (wording, ())
        conversation = await ledger.conversation("c")
        assert conversation is not None
        assert conversation.last_message is not None
        assert conversation.last_message.translations == {"pt-BR": "Na sexta."}
        assert PENDING not in stored.translations.values()


async def asked(agent: Socket, conversation: str, kind: str, ref: str, **more: Any) -> dict[str, Any]:
    await agent.send(type=kind, conversation=conversation, ref=ref, **more)
    answer = {"send": "ack", "preview": "preview", "why": "why"}.get(kind, "ok")
    return await agent.expect(answer, lambda frame: frame["ref"] == ref)


async def test_what_an_agent_wrote_outlives_a_power_cut_and_helps_the_next_time(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving("demo", data) as server:
        session = await begin_visitor(server.url, language="pt-BR")
        conversation = session["conversation"]
        cookie = await sign_in(server.link)
        async with (
            visitor_socket(server.url, session["token"]) as visitor,
            agent_socket(server.url, cookie) as agent,
        ):
            await visitor.send(type="send", client_id="v-1", text="Quando chega o meu pedido?")
            await visitor.expect("ack")
            preview = await asked(agent, conversation, "preview", "p", text="It arrives on Friday.")
            assert "sexta" in preview["translation"]
            assert "Friday" in preview["back"]
            wording = {"language": "pt-BR", "text": "Chega na sexta, sem falta."}
            sent = {"client_id": "a-1", "text": "It arrives on Friday.", "translation": wording}
            ack = await asked(agent, conversation, "send", "s", **sent)
        server.kill()
        port = server.port
    with serving("serve", data, port=port) as server:
        (answer,) = [event for event in await events(server.url, session) if event["kind"] == "message"][1:]
        assert answer["translations"]["pt-BR"]["text"] == "Chega na sexta, sem falta."
        async with (
            agent_socket(server.url, cookie) as agent,
            visitor_socket(server.url, session["token"]) as visitor,
        ):
            again = await asked(agent, conversation, "send", "s", **sent)
            assert again["seq"] == ack["seq"]
            preview = await asked(agent, conversation, "preview", "p", text="It arrives on Friday.")
            assert (preview["translation"], preview["engine"]) == ("Chega na sexta, sem falta.", "memory")
            # The same answer once more, now without an own wording.
            await asked(agent, conversation, "send", "t", client_id="a-2", text="It arrives on Friday.")
            told = await visitor.event(lambda event: event["kind"] == "translation")
            assert told["translation"]["text"] == "Chega na sexta, sem falta."
