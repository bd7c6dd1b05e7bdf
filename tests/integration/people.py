"""How people get into a real server: setting it up, being invited."""

import re
from typing import Any

import httpx2

PASSWORD = "correct horse battery"


async def post(url: str, *, cookie: str = "", **form: str) -> httpx2.Response:
    async with httpx2.AsyncClient(trust_env=False) as http:
        return await http.post(url, data=form, headers={"cookie": cookie} if cookie else {})


async def get(url: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient(trust_env=False) as http:
        return await http.get(url, headers=headers)


def cookie_of(answer: httpx2.Response) -> str:
    assert answer.status_code == 303, answer.text
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


async def set_up(link: str, **changes: str) -> httpx2.Response:
    """Uses a set-up link."""
    given = {
        "workspace": "Lumina",
        "name": "Emma",
        "email": "emma@lumina.example",
        "password": PASSWORD,
        "language": "en",
        "time_zone": "Europe/Vilnius",
        "sites": "",
    }
    return await post(link, **{**given, **changes})


async def invite(url: str, admin: str, name: str) -> str:
    """An invitation's link."""
    answer = await post(
        f"{url}/console/team/invite",
        cookie=admin,
        email=f"{name}@lumina.example",
        name=name,
        role="agent",
    )
    assert answer.status_code == 200, answer.text
    found = re.search(r'value="(http://\S+/console/invite/[^"]+)"', answer.text)
    assert found is not None
    return found[1]


async def join(link: str, name: str, language: str) -> httpx2.Response:
    """Accepts an invitation."""
    given = {"name": name, "password": PASSWORD, "language": language, "time_zone": "America/Sao_Paulo"}
    return await post(link, **given)


async def new_agent(url: str, admin: str, name: str, language: str = "en") -> str:
    """Invited and joined; gives the Cookie header of the session."""
    return cookie_of(await join(await invite(url, admin, name), name, language))


async def write(url: str, session: dict[str, Any], client_id: str, text: str) -> httpx2.Response:
    """A visitor's message without a socket."""
    async with httpx2.AsyncClient(trust_env=False) as http:
        return await http.post(
            f"{url}/api/conversations/{session['conversation']}/messages",
            json={"client_id": client_id, "text": text},
            headers={"authorization": f"Bearer {session['token']}"},
        )


async def events(url: str, session: dict[str, Any], after: int = 0) -> list[dict[str, Any]]:
    """All events of a visitor's conversation."""
    found: list[dict[str, Any]] = []
    while True:
        answer = await get(
            f"{url}/api/conversations/{session['conversation']}/events?after={after}",
            authorization=f"Bearer {session['token']}",
        )
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["events"]
        if not page["more"]:
            return found
        after = page["events"][-1]["seq"]
