"""What the server takes before anybody chats: memory, start-up seconds, bytes a page has to load."""

import gzip
import re
import time
from collections.abc import Container
from pathlib import Path
from typing import Any

import httpx2

from tests.load.chats import UNLIMITED, holding_idle, set_up
from tests.load.processes import family, resident_kb
from tests.support.server import Server, serving

IDLE = 1000

_IMPORT = re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")
_LATER = re.compile(r"""\bimport\(\s*["'](\.[^"']+)["']\s*\)""")
_LINKED = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


def memory(folder: Path) -> dict[str, float]:
    """MB of RAM as `ps` counts it (what processes share counts in each), of a server that has just started;
    kB that 1,000 idle visitors add, each; MB of all processes when both directions have translated."""
    with serving("serve", folder / "memory", **UNLIMITED) as server:
        set_up(server)
        assert httpx2.get(f"{server.url}/widget/frame", trust_env=False).status_code == 200
        before = resident_kb(server.process.pid)
        with holding_idle(server, IDLE):
            held = resident_kb(server.process.pid)
    with serving("demo", folder / "translating") as server:
        session = httpx2.post(
            f"{server.url}/api/visitor/session", json={"language": "pt-BR"}, trust_env=False
        ).json()
        # To Emma, and back from Emma's language to João's.
        _translated(server, session, "Onde está o meu pedido?")
        session = httpx2.post(
            f"{server.url}/api/visitor/session", json={"language": "en"}, trust_env=False
        ).json()
        _translated(server, session, "Where is my order?")
        total = sum(map(resident_kb, family(server.process.pid)))
    return {
        "server_mb": before / 1024,
        "idle_visitor_kb": (held - before) / IDLE,
        "translating_mb": total / 1024,
    }


def start_up(folder: Path) -> dict[str, float]:
    """Seconds from the command to the first answer, on a data directory that has been used before."""
    seconds = {}
    for command in ("serve", "demo"):
        for _ in ("first", "again"):
            begun = time.perf_counter()
            with serving(command, folder / command) as server:
                assert httpx2.get(f"{server.url}/healthz", trust_env=False).status_code == 200
                seconds[f"{command}_seconds"] = time.perf_counter() - begun
    return seconds


def weight(server: Server) -> dict[str, Any]:
    """KB (1,024 bytes) gzipped: the loader as it is sent; the chat with its page, styles, modules and the
    longest of its catalogues; the modules that only some visitors need, and fetch when they do."""
    with httpx2.Client(base_url=server.url, trust_env=False) as http:
        loader = gzip.compress(http.get("/widget.js").content, 6, mtime=0)
        page = http.get("/widget/frame").text
        (english,) = re.findall(r"/assets/[0-9a-f]+/strings/widget\.en\.json", page)
        chat = len(gzip.compress(page.encode(), 6, mtime=0))
        offered = http.get("/api/languages").json()["languages"]
        locales = [offer["tag"] for offer in offered if offer["interface"]]
        catalogues = [http.get(english.replace(".en.", f".{locale}.")) for locale in locales]
        chat += max(_gzipped(answer.raise_for_status().content) for answer in catalogues)
        first, later = _fetched(http, _LINKED.findall(page))
        rest, _ = _fetched(http, later, known=first)
    return {
        "loader_kb": len(loader) / 1024,
        "chat_kb": (chat + sum(first.values())) / 1024,
        "chat_files": len(first),
        "later_kb": sum(rest.values()) / 1024,
        "later_files": len(rest),
    }


def _fetched(
    http: httpx2.Client, names: list[str], *, known: Container[str] = ()
) -> tuple[dict[str, int], list[str]]:
    """Gzipped bytes of these files and of every module they import at once, by address, but those known; and
    the modules that they import later."""
    wanted, later, sizes = list(names), list[str](), dict[str, int]()
    while wanted:
        name = wanted.pop()
        if name in sizes or name in known:
            continue
        answer = http.get(name)
        answer.raise_for_status()
        sizes[name] = _gzipped(answer.content)
        if name.endswith(".js"):
            wanted += [str(answer.url.join(found).path) for found in _IMPORT.findall(answer.text)]
            later += [str(answer.url.join(found).path) for found in _LATER.findall(answer.text)]
    return sizes, later


def _translated(server: Server, session: dict[str, Any], text: str) -> None:
    address = f"{server.url}/api/conversations/{session['conversation']}"
    headers = {"authorization": f"Bearer {session['token']}"}
    answer = httpx2.post(
        f"{address}/messages", headers=headers, json={"client_id": "1", "text": text}, trust_env=False
    )
    assert answer.status_code == 201, answer.text
    until = time.monotonic() + 30
    while time.monotonic() < until:
        page = httpx2.get(f"{address}/events", headers=headers, trust_env=False).json()
        # Who is asked to answer and translations of visitors' messages are not for visitors, who count their
        # places all the same.
        if page["last_seq"] >= 3:
            return
        time.sleep(0.05)
    raise AssertionError(f"not translated: {text}")


def _gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))
