"""Closed, promised, answered by mail in the morning, and listed as kept, through real servers."""

from pathlib import Path

from tests.integration.people import get
from tests.load.free_port import free_port
from tests.support.clients import agent_socket, begin_visitor, sign_in, visitor_socket
from tests.support.clocked import clocked
from tests.support.region_cast import furnish, region
from tests.support.smtp_server import mail_server


async def test_what_was_promised_at_night_is_kept_in_the_morning(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    furnish(data, [region("vilnius", "Vilnius", "Europe/Vilnius", [["09:00", "17:00"]])], "vilnius")
    async with mail_server() as mail:
        with clocked(
            "demo",
            data,
            # Monday, ten in the evening in Vilnius.
            at="2026-03-02T20:00Z",
            port=port,
            smtp_url=f"smtp://127.0.0.1:{mail.port}?tls=none",
            mail_from="chat@lumina.example",
            public_url=f"http://127.0.0.1:{port}",
        ) as server:
            session = await begin_visitor(server.url, language="en")
            async with visitor_socket(server.url, session["token"]) as visitor:
                await visitor.send(type="send", client_id="v-1", text="Is anybody there?")
                waiting = await visitor.expect("waiting", lambda frame: frame["promise"] is not None)
                assert waiting["promise"] == "2026-03-03T07:00:00.000Z"
                assert waiting["ask_email"] is True
                await visitor.send(type="email", email="ona@example.com")
                told = await visitor.expect("waiting", lambda frame: frame["ask_email"] is False)
                assert told["promise"] == "2026-03-03T07:00:00.000Z"
            server.set("2026-03-02T20:01Z")
            cookie = await sign_in(server.link)
            open_ = (await get(f"{server.url}/console/promises?standing=open", cookie=cookie)).text
            assert f"/console#/c/{session['conversation']}" in open_
            server.set("2026-03-03T07:10Z")
            async with agent_socket(server.url, cookie) as agent:
                await agent.send(
                    type="send", conversation=session["conversation"], client_id="a-1", text="Now we are."
                )
                await agent.expect("ack", lambda frame: frame["client_id"] == "a-1")
                server.set("2026-03-03T07:12Z")
                (one,) = await mail.delivered(1)
            kept = (await get(f"{server.url}/console/promises?standing=kept", cookie=cookie)).text
        plain = one.message.get_body(("plain",))
        assert plain is not None
        assert "Now we are." in plain.get_content()
        assert one.recipient == "ona@example.com"
        assert "Vilnius" in kept
        assert "Mar 3, 2026, 9:00\u202fAM" in kept
        assert "Mar 3, 2026, 9:10\u202fAM" in kept
        assert "100% of the promises" in kept
