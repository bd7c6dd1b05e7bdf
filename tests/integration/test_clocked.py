"""The clock that tests set is the clock of the whole server."""

from pathlib import Path

from tests.support.clients import begin_visitor, visitor_socket
from tests.support.clocked import clocked


async def test_it_is_as_late_as_the_test_says(tmp_path: Path) -> None:
    with clocked("demo", tmp_path / "data", at="2026-03-29T00:30Z") as server:
        session = await begin_visitor(server.url, language="lt")
        async with visitor_socket(server.url, session["token"]) as visitor:
            assert (await visitor.expect("welcome"))["now"] == "2026-03-29T00:30:00.000Z"
            server.set("2026-03-29T03:00+02:00")
            server.advance(seconds=1)
            await visitor.send(type="ping")
            assert (await visitor.expect("pong"))["now"] == "2026-03-29T01:00:01.000Z"
