"""A server that is stopped during an installation stops, and all is well at its next start."""

import socket
import threading
from pathlib import Path

import httpx2

from tests.integration.people import cookie_of, set_up
from tests.support.server import serving


async def test_a_download_that_hangs_holds_nobody_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        connected = threading.Event()
        kept: list[socket.socket] = []

        def accept() -> None:
            # Takes the connection and never says a word.
            kept.append(silent.accept()[0])
            connected.set()

        threading.Thread(target=accept, daemon=True).start()
        with serving("serve", tmp_path / "data") as server:
            cookie = cookie_of(await set_up(server.link))
            source = {"kind": "address", "name": f"http://127.0.0.1:{port}/en_lt.argosmodel"}
            async with httpx2.AsyncClient(
                base_url=server.url, trust_env=False, headers={"cookie": cookie}
            ) as http:
                begun = await http.post("/api/packs/install", json={"sources": [source]})
                assert begun.status_code == 202, begun.text
                assert connected.wait(20)
            # It would wait for an answer for half a minute.
            assert server.stop() == 0
            assert not [line for line in server.lines if "Traceback" in line]
        for connection in kept:
            connection.close()
    with serving("serve", tmp_path / "data") as server:
        async with httpx2.AsyncClient(base_url=server.url, trust_env=False) as http:
            # The cookie's name has the port in it.
            value = cookie.partition("=")[2]
            headers = {"cookie": f"dragoman-{server.port}={value}"}
            seen = (await http.get("/api/packs", headers=headers)).json()
        assert (seen["jobs"], seen["uploads"]) == ([], [])
        assert all(pack["built_in"] for pack in seen["packs"])
