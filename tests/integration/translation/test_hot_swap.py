"""A chat goes on while another process installs, replaces and removes the pack that it needs.

The whole server, real sockets, phrase models; nothing here or there may reach the network
(tests/support/guard).
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.clients import Socket, agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.phrase_models import package
from tests.support.server import Server, serving

Frame = dict[str, Any]


async def dragoman(data: Path, *arguments: str | Path) -> list[Frame]:
    """`dragoman … --json` in a process of its own; the objects it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "appliance", *arguments, "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "DRAGOMAN_DATA_DIR": str(data)},
    )
    stdout, stderr = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, stderr.decode()
    return [json.loads(line) for line in stdout.splitlines()]


@dataclass
class Chat:
    """A Lithuanian visitor and an English agent in one conversation."""

    server: Server
    conversation: str
    visitor: Socket
    agent: Socket
    numbers: dict[str, int] = field(default_factory=dict)

    async def visitor_says(self, client_id: str, text: str) -> None:
        await self.visitor.send(type="send", client_id=client_id, text=text)
        self.numbers[client_id] = (
            await self.visitor.expect("ack", lambda frame: frame["client_id"] == client_id)
        )["seq"]

    async def agent_reads(self, client_id: str) -> Frame:
        """What became of the translation of the visitor's message, as the agent is told."""
        number = self.numbers[client_id]
        told = await self.agent.event(
            lambda event: event["kind"] == "translation" and event["message"] == number
        )
        return dict(told["translation"])

    async def agent_says(self, client_id: str, text: str) -> None:
        await self.agent.send(type="send", conversation=self.conversation, client_id=client_id, text=text)
        own = await self.visitor.event(lambda event: event.get("client_id") == client_id)
        self.numbers[client_id] = own["seq"]

    async def visitor_reads(self, client_id: str) -> Frame:
        number = self.numbers[client_id]
        told = await self.visitor.event(
            lambda event: event["kind"] == "translation" and event["message"] == number
        )
        return dict(told["translation"])

    async def packs_in_use(self, wanted: Callable[[set[str]], bool]) -> None:
        """Wait until the server says that it works with such packs."""
        beginning = "language packs in use: "

        def newest() -> set[str]:
            said = [line for line in self.server.lines if beginning in line]
            return set(said[-1].rstrip().partition(beginning)[2].split(", ")) if said else set()

        async with asyncio.timeout(30):
            while not wanted(newest()):  # noqa: ASYNC110 - the lines of another process
                await asyncio.sleep(0.02)


@asynccontextmanager
async def chat(server: Server) -> AsyncIterator[Chat]:
    session = await begin_visitor(server.url, language="lt", time_zone="Europe/Vilnius")
    cookie = await sign_in(server.link)
    async with (
        visitor_socket(server.url, session["token"]) as visitor,
        agent_socket(server.url, cookie) as agent,
    ):
        chat = Chat(server, session["conversation"], visitor, agent)
        await chat.visitor_says("v-0", "Sveiki!")
        await agent.send(type="open", conversation=chat.conversation)
        await agent.expect("opened")
        yield chat


async def test_a_pack_comes_changes_and_goes_in_the_middle_of_a_conversation(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving("demo", data) as server:
        async with chat(server) as talk:
            await talk.visitor_says("v-1", "Kur yra mano užsakymas?")
            assert (await talk.agent_reads("v-1"))["reason"] == "no_route"

            await dragoman(data, "models", "install", package("lt_en"), package("en_lt"))
            await talk.packs_in_use(lambda names: {"argos/lt_en-0.1", "argos/en_lt-0.1"} <= names)
            late = await talk.agent.event(
                lambda event: (
                    event["kind"] == "translation"
                    and event["message"] == talk.numbers["v-1"]
                    and event["translation"]["status"] == "done"
                )
            )
            assert late["translation"]["text"] == "Where is my order?"
            await talk.visitor_says("v-2", "Kur yra mano užsakymas?")
            told = await talk.agent_reads("v-2")
            assert (told["text"], told["model"]) == ("Where is my order?", "argos/lt_en-0.1")
            await talk.agent_says("a-1", "Your order was sent today.")
            assert (await talk.visitor_reads("a-1"))["text"] == "Jūsų užsakymas išsiųstas šiandien."

            (replaced,) = await dragoman(data, "models", "install", package("lt_en", "0.2"))
            assert replaced["replaced"] == ["argos/lt_en-0.1"]
            await talk.packs_in_use(lambda names: "argos/lt_en-0.2" in names)
            await talk.visitor_says("v-3", "Pamiršau slaptažodį.")
            told = await talk.agent_reads("v-3")
            assert (told["text"], told["model"]) == ("I forgot my password.", "argos/lt_en-0.2")

            await dragoman(data, "models", "remove", "lt-en")
            await talk.packs_in_use(lambda names: not any("lt_en" in name for name in names))
            await talk.visitor_says("v-4", "Ačiū!")
            assert (await talk.agent_reads("v-4"))["reason"] == "no_route"
            await talk.agent_says("a-2", "You are welcome.")
            assert (await talk.visitor_reads("a-2"))["text"] == "Nėra už ką."


async def test_packs_are_replaced_and_removed_under_a_stream_of_messages(tmp_path: Path) -> None:
    """No message is left without an answer of its own, none is translated by a model that is gone."""
    data = tmp_path / "data"
    phrases = {
        "Kur yra mano užsakymas?": "Where is my order?",
        "Ar galiu sekti savo siuntą?": "Can I track my parcel?",
        "Noriu gauti pinigus atgal.": "I want my money back.",
    }
    await dragoman(data, "models", "install", package("lt_en"))
    with serving("demo", data, messages_per_second="1000") as server:
        async with chat(server) as talk:
            sent = 0
            done = asyncio.Event()

            async def keep_talking() -> None:
                nonlocal sent
                texts = list(phrases)
                while not done.is_set():
                    await talk.visitor_says(f"s-{sent}", texts[sent % len(texts)])
                    await talk.agent_reads(f"s-{sent}")
                    sent += 1

            talking = asyncio.create_task(keep_talking())
            try:
                await dragoman(data, "models", "install", package("lt_en", "0.2"))
                await talk.packs_in_use(lambda names: "argos/lt_en-0.2" in names)
                await dragoman(data, "models", "remove", "lt-en")
                await talk.packs_in_use(lambda names: not any("lt_en" in name for name in names))
            finally:
                done.set()
                await talking
            outcomes = [await talk.agent_reads(f"s-{number}") for number in range(sent)]
    states = [told["model"] if told["status"] == "done" else told["reason"] for told in outcomes]
    order = ["argos/lt_en-0.1", "argos/lt_en-0.2", "no_route"]
    assert set(states) == set(order)
    assert states == sorted(states, key=order.index)
    texts = list(phrases)
    for number, told in enumerate(outcomes):
        assert told["text"] in (None, phrases[texts[number % len(texts)]])
    assert [entry.name for entry in (data / "models").iterdir() if not entry.name.startswith(".")] == []
