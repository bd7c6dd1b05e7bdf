"""The thinnest slice that truly runs: a server process, a visitor, an agent, real translations both ways."""

from pathlib import Path

from tests.support.clients import agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.server import serving


async def test_each_side_reads_its_own_language(tmp_path: Path) -> None:
    with serving("demo", tmp_path / "data") as server:
        session = await begin_visitor(server.url, language="pt-BR", time_zone="America/Sao_Paulo")
        cookie = await sign_in(server.link)
        conversation = session["conversation"]
        async with (
            visitor_socket(server.url, session["token"]) as visitor,
            agent_socket(server.url, cookie) as agent,
        ):
            await visitor.send(type="send", client_id="v-1", text="Onde está o meu pedido 48213?")
            await visitor.expect("ack", lambda frame: frame["client_id"] == "v-1")
            summary = await agent.expect(
                "summary", lambda frame: bool(frame["conversation"]["last_message"]["translation"])
            )
            assert "order" in summary["conversation"]["last_message"]["translation"]
            assert "48213" in summary["conversation"]["last_message"]["translation"]

            await agent.send(type="open", conversation=conversation)
            opened = await agent.expect("opened")
            assert opened["events"][0]["text"] == "Onde está o meu pedido 48213?"

            await agent.send(
                type="send", conversation=conversation, client_id="a-1", text="Your order arrives tomorrow."
            )
            told = await visitor.event(lambda event: event["kind"] == "translation")
            assert "amanhã" in told["translation"]["text"]
            original = await visitor.event(lambda event: event.get("client_id") == "a-1")
            assert original["text"] == "Your order arrives tomorrow."
