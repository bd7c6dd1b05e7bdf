"""The `dragoman` command, as an operator runs it."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx2

from tests.support.server import serving


def dragoman(*arguments: str, text: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    environment |= {f"DRAGOMAN_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "appliance", *arguments],
        input=text,
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )


def test_one_text() -> None:
    done = dragoman("translate", "--from", "en", "--to", "pt", "Where is my order?")
    assert done.returncode == 0
    assert re.search("onde está", done.stdout, re.IGNORECASE)
    assert done.stderr == ""


def test_lines_as_objects() -> None:
    done = dragoman("translate", "--from", "pt-BR", "--to", "en", "--json", text="Bom dia.\n\n48213\n")
    first, empty, number = (json.loads(line) for line in done.stdout.splitlines())
    assert set(first) == {"text", "translation", "from", "to", "engine", "path", "flags"}
    assert (first["text"], first["from"], first["to"]) == ("Bom dia.", "pt-BR", "en")
    assert "morning" in first["translation"].lower()
    assert (first["engine"], first["path"]) == ("firefox", ["pt", "en"])
    assert empty["translation"] == ""
    assert (number["translation"], number["engine"], number["flags"]) == ("48213", "none", ["unchanged"])


def test_a_pair_that_is_not_there_says_which_are() -> None:
    done = dragoman("translate", "--from", "en", "--to", "ja", "Hello")
    assert done.returncode == 1
    assert "en → pt" in done.stderr
    assert done.stdout == ""


def test_languages() -> None:
    done = dragoman("languages")
    assert done.stdout.splitlines() == ["en → pt", "pt → en"]


def test_a_misspelt_setting_is_named() -> None:
    done = dragoman("serve", prot="8080")
    assert done.returncode == 1
    assert "DRAGOMAN_PROT is not a setting" in done.stderr
    done = dragoman("serve", port="eighty")
    assert done.returncode == 1
    assert "DRAGOMAN_PORT is 'eighty'; it must be a number from 0 to 65535." in done.stderr


def test_who_lost_the_password_gets_a_link(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with serving("demo", data_dir) as server:
        assert server.url
        refused = dragoman("sign-in-link", "emma@lumina.example", data_dir=str(data_dir))
        assert refused.returncode == 1
        assert "is running on" in refused.stderr
    made = dragoman("sign-in-link", "Emma@Lumina.example", data_dir=str(data_dir))
    path = re.search(r"/console/link/\S+", made.stdout)
    assert path is not None
    nobody = dragoman("sign-in-link", "nobody@lumina.example", data_dir=str(data_dir))
    assert nobody.returncode == 1
    assert "no active agent with the address nobody@lumina.example" in nobody.stderr
    with serving("serve", data_dir) as server, httpx2.Client(base_url=server.url, trust_env=False) as http:
        assert "Emma" in http.get(path[0]).text
        assert http.post(path[0]).status_code == 303
        assert http.get("/console").status_code == 200
        assert http.post(path[0]).status_code == 410
        # The lost password isn't asked for.
        chosen = http.post("/console/password", data={"new": "three unrelated words"})
        assert chosen.headers["location"] == "/console/profile?saved"
        again = {"email": "emma@lumina.example", "password": "three unrelated words"}
        assert http.post("/console/sign-in", data=again).headers["location"] == "/console"


def test_a_port_that_is_taken_is_told_plainly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = dragoman("serve", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr == (
        f"dragoman: Another program has port {port} of 127.0.0.1. "
        f"Choose another port: --port {port + 1}, or DRAGOMAN_PORT={port + 1}.\n"
    )


def test_what_is_stored_is_for_the_server_alone(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o755)
    with serving("demo", data_dir) as server:
        assert server.url
        modes = {path.name: path.stat().st_mode & 0o077 for path in data_dir.iterdir()}
    assert "dragoman.db" in modes
    assert set(modes.values()) == {0}
