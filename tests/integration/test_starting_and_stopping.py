"""A server's life: the first start, a second server, stopping, coming back."""

import socket
import subprocess
import sys
from pathlib import Path

from tests.integration.people import PASSWORD, cookie_of, get, post, set_up, write
from tests.support.clients import begin_visitor, visitor_socket
from tests.support.server import Server, serving


async def test_the_first_start_prints_a_link_that_makes_one_admin(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving("serve", data) as server:
        link = server.link
        assert "/console/setup/" in link
        assert (await get(f"{server.url}/console")).headers["location"].startswith("/console/sign-in")
        assert (await get(link)).status_code == 200
        refused = await set_up(link, password="short", email="not an address")
        assert refused.status_code == 400
        assert "set-cookie" not in refused.headers
        admin = await set_up(link)
        assert admin.headers["location"] == "/console/install"
        assert (await get(f"{server.url}/console/team", cookie=cookie_of(admin))).status_code == 200
        assert (await get(link)).status_code == 410
        again = await set_up(link, email="evil@lumina.example")
        assert again.status_code == 410
        assert "set-cookie" not in again.headers
    with serving("serve", data) as server:
        signed_in = await post(
            f"{server.url}/console/sign-in", email="emma@lumina.example", password=PASSWORD
        )
        assert signed_in.headers["location"] == "/console"
        assert not [line for line in server.lines if "/console/setup/" in line]


async def test_a_later_start_without_an_admin_makes_the_earlier_link_useless(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving("serve", data) as server:
        first = server.link
        port = server.port
    with serving("serve", data, port=port) as server:
        assert server.link != first
        assert (await get(first)).status_code == 410
        assert (await get(server.link)).status_code == 200


async def test_what_was_acknowledged_is_there_after_stopping_and_starting(tmp_path: Path) -> None:
    data = tmp_path / "data"
    server = Server("serve", data)
    session = await begin_visitor(server.url, language="pt-BR")
    async with visitor_socket(server.url, session["token"]) as visitor:
        await visitor.send(type="send", client_id="m-1", text="Olá")
        ack = await visitor.expect("ack")
        assert server.stop() == 0
        assert await visitor.closed() == 1012
    assert sorted(path.name for path in data.iterdir()) == ["dragoman.db", "dragoman.lock", "models"]
    with serving("serve", data) as server:
        async with visitor_socket(server.url, session["token"]) as visitor:
            (welcome,) = visitor.frames
            said = [event for event in welcome["events"] if event["kind"] == "message"]
            assert [(event["seq"], event["text"]) for event in said] == [(ack["seq"], "Olá")]
        again = await write(server.url, session, "m-1", "Olá")
        assert (again.status_code, again.json()["seq"]) == (200, ack["seq"])
        assert not [line for line in server.lines if "Traceback" in line or "ERROR" in line]


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "appliance", "serve", "--port", "0", "--data-dir", str(data), *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        cwd=data.parent,
        check=False,
    )


async def test_a_second_server_on_the_same_data_is_refused_and_disturbs_nobody(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving("serve", data) as server:
        second = run(data)
        assert second.returncode == 1
        assert f"process {server.process.pid}" in second.stderr
        assert "data directory of its own" in second.stderr
        assert "Traceback" not in second.stderr
        assert (await get(f"{server.url}/healthz")).json() == {"status": "ok"}


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run(tmp_path / "data", "--port", str(port))
    assert refused.returncode not in (0, None)
    assert str(port) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_damaged_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "dragoman.db").write_bytes(b"not a database at all" * 100)
    refused = run(data)
    assert refused.returncode == 1
    assert "Restore a backup" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (data / "dragoman.db").read_bytes() == b"not a database at all" * 100
