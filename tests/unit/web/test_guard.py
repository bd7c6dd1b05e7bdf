"""Every route of the table, without permission and from foreign pages; cookies; where signing in leads."""

import inspect
import re
from pathlib import Path

import httpx2
import pytest
from starlette.routing import Route, WebSocketRoute

from appliance.errors import TABLE
from appliance.web import routes
from appliance.web.guard import Guard, Permission, Rule
from tests.conftest import Clock
from tests.unit.web.house import COOKIE, ORIGIN, House, open_house

FOREIGN = "https://evil.example"


def table() -> list[Rule]:
    """The rules as they are, without the parts behind them."""

    class Anything:
        def __getattr__(self, name: str) -> str:
            return name

    parts = {name: Anything() for name in inspect.signature(routes.rules).parameters if name != "demo"}
    return routes.rules(**parts, demo=False)  # type: ignore[arg-type]


RULES = table()
CALLS = [
    (rule, method)
    for rule in RULES
    if rule.permission is not Permission.SOCKET
    for method in ((*rule.methods, "HEAD") if "GET" in rule.methods else rule.methods)
]
WRITES = [(rule, method) for rule, method in CALLS if method not in ("GET", "HEAD")]
SOCKETS = [rule for rule in RULES if rule.permission is Permission.SOCKET]
BEHIND_SIGN_IN = [
    (rule, method) for rule, method in CALLS if rule.permission in (Permission.AGENT, Permission.ADMIN)
]


def address(rule: Rule) -> str:
    """An address of the rule, its parameters filled with what nobody has."""
    return re.sub(r"\{[^}]+\}", "7b0e1c9a-52be-4f6c-8a3e-5a9f4f1d2c33", rule.path)


def name(value: object) -> str:
    return value.path if isinstance(value, Rule) else str(value)


async def test_the_application_serves_the_table_and_nothing_else(house: House) -> None:
    served = {
        (route.path, method)
        for route in house.app.routes
        if isinstance(route, Route)
        for method in route.methods or ()
    }
    sockets = {route.path for route in house.app.routes if isinstance(route, WebSocketRoute)}
    assert served == {(rule.path, method) for rule, method in CALLS}
    assert sockets == {rule.path for rule in SOCKETS}


def test_whatever_writes_for_an_agent_needs_a_page_of_ours() -> None:
    carrying_proof = [rule for rule in RULES if rule.other_sites]
    assert [rule.path for rule in carrying_proof] == [
        "/api/conversations/{conversation}/messages",
        "/translate",
        "/detect",
        "/mail/forget/{token}",
    ]
    assert {rule.permission for rule in carrying_proof} == {Permission.TOKEN, Permission.KEY, Permission.LINK}


def test_everything_of_the_console_but_the_way_in_needs_signing_in() -> None:
    console = [rule for rule in RULES if rule.path.startswith("/console")]
    open_to_all = {rule.path for rule in console if rule.permission is Permission.PUBLIC}
    linked = {rule.path for rule in console if rule.permission is Permission.LINK}
    assert open_to_all == {"/console/sign-in"}
    assert linked == {"/console/link/{token}", "/console/setup/{token}", "/console/invite/{token}"}


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=s1.forged", f"{COOKIE}=", f"{COOKIE}={'x' * 5000}"])
async def test_nobody_gets_behind_the_sign_in(house: House, cookie: str) -> None:
    await house.agent()
    for rule, method in BEHIND_SIGN_IN:
        answer = await house.http.request(method, address(rule), headers={"cookie": cookie})
        if rule.path.startswith("/api/"):
            assert answer.status_code == 401, rule.path
            assert method == "HEAD" or answer.json()["code"] == "not_signed_in"
        elif method == "GET":
            assert answer.status_code == 303, rule.path
            assert answer.headers["location"] == f"/console/sign-in?next={address(rule)}"
        else:
            assert answer.status_code == 303, rule.path
            assert answer.headers["location"] == "/console/sign-in"


async def test_an_agent_is_not_an_admin(house: House) -> None:
    cookie = await house.agent()
    for rule, method in BEHIND_SIGN_IN:
        if rule.permission is Permission.ADMIN:
            answer = await house.http.request(method, address(rule), headers={"cookie": cookie})
            assert answer.status_code == 403, rule.path
    assert [agent.active for agent in await house.parts.team.agents()] == [True]


async def test_whoever_was_deactivated_is_nobody(house: House) -> None:
    await house.agent("Boss", "admin")
    cookie = await house.agent("Emma", "admin")
    emma, boss = house.agents["Emma"], house.agents["Boss"]
    assert (await house.http.get("/console/team", headers={"cookie": cookie})).status_code == 200
    await house.parts.team.set_active(emma.id, False, by=boss)
    assert (await house.http.get("/console/team", headers={"cookie": cookie})).status_code == 303


async def test_nobody_gets_a_page_of_a_link_that_is_none(house: House) -> None:
    for rule, method in CALLS:
        if rule.permission is Permission.LINK:
            answer = await house.http.request(method, address(rule))
            assert answer.status_code == 410, rule.path
            assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer v1.forged", "Bearer " + "x" * 201],
)
async def test_nobody_reads_or_writes_a_conversation_without_its_token(
    house: House, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    for rule, method in CALLS:
        if rule.permission is Permission.TOKEN:
            answer = await house.http.request(method, address(rule), headers=headers)
            assert answer.status_code == 401, rule.path
            assert method == "HEAD" or answer.json()["code"] == "token_invalid"


@pytest.mark.parametrize("key", [None, "", "k1.forged", "x" * 5000])
async def test_nobody_translates_without_a_key(house: House, key: str | None) -> None:
    cookie = await house.agent("Boss", "admin")
    body = {"q": "Olá", "source": "pt", "target": "en"} | ({} if key is None else {"api_key": key})
    for rule, method in CALLS:
        if rule.permission is Permission.KEY:
            # An admin's cookie is no key.
            answer = await house.http.request(method, address(rule), json=body, headers={"cookie": cookie})
            assert answer.status_code == 403, rule.path
            assert list(answer.json()) == ["error"]


async def test_anothers_conversation_does_not_exist(house: House) -> None:
    mine, theirs = await house.visitor(), await house.visitor()
    headers = {"authorization": f"Bearer {mine['token']}"}
    body = {"client_id": "m-1", "text": "Olá"}
    path = f"/api/conversations/{theirs['conversation']}"
    read = await house.http.get(f"{path}/events", headers=headers)
    written = await house.http.post(f"{path}/messages", headers=headers, json=body)
    assert (read.status_code, read.json()["code"]) == (404, "not_found")
    assert (written.status_code, written.json()["code"]) == (404, "not_found")
    own = await house.http.get(f"{path}/events", headers={"authorization": f"Bearer {theirs['token']}"})
    assert own.json() == {"events": [], "last_seq": 0, "more": False}


FOREIGN_HEADERS = [
    {"origin": FOREIGN},
    {"origin": "null"},
    {"origin": "https://chat.test"},
    {"origin": "http://chat.test:8080"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": ORIGIN},
    {"sec-fetch-site": "same-origin", "origin": FOREIGN},
]


@pytest.mark.parametrize("headers", FOREIGN_HEADERS, ids=str)
async def test_no_page_of_another_site_writes(house: House, headers: dict[str, str]) -> None:
    cookie = await house.agent("Boss", "admin")
    for rule, method in WRITES:
        answer = await house.http.request(method, address(rule), headers={"cookie": cookie, **headers})
        expected = 403
        if rule.other_sites:
            # They carry their own proof, and here it is none.
            expected = {Permission.TOKEN: 401, Permission.LINK: 410}.get(rule.permission, 403)
        assert answer.status_code == expected, rule.path
        assert "set-cookie" not in answer.headers


async def test_a_site_may_write_for_the_visitor_whose_token_it_has(house: House) -> None:
    session = await house.visitor()
    answer = await house.http.post(
        f"/api/conversations/{session['conversation']}/messages",
        headers={"authorization": f"Bearer {session['token']}", "origin": FOREIGN},
        json={"client_id": "m-1", "text": "Olá"},
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "headers", [{}, {"origin": ORIGIN}, {"sec-fetch-site": "same-origin", "origin": ORIGIN}]
)
async def test_our_own_pages_write(house: House, headers: dict[str, str]) -> None:
    cookie = await house.agent()
    answer = await house.http.post("/console/sign-out", headers={"cookie": cookie, **headers})
    assert answer.status_code == 303
    again = await house.http.get("/console", headers={"cookie": cookie})
    assert again.headers["location"] == "/console/sign-in?next=/console"


@pytest.mark.parametrize(
    "origin", [None, "", "null", FOREIGN, "https://chat.test", "http://chat.test.evil.example"]
)
async def test_no_page_of_another_site_opens_an_agents_socket(house: House, origin: str | None) -> None:
    headers = {"cookie": await house.agent()} | ({} if origin is None else {"origin": origin})
    async with house.socket("/api/agent/socket", **headers) as client:
        await client.send(type="hello")
        assert await client.closed() == 4401
        assert [frame["code"] for frame in client.frames] == ["forbidden"]


@pytest.mark.parametrize("rule", SOCKETS, ids=name)
async def test_no_socket_says_anything_without_proof(house: House, rule: Rule) -> None:
    async with house.socket(rule.path, origin=ORIGIN) as client:
        await client.send(type="hello", token="v1.forged")
        assert await client.closed() == 4401
        assert [frame["type"] for frame in client.frames] == ["error"]
        assert client.frames[0]["code"] in ("token_invalid", "not_signed_in")


async def test_a_method_that_is_none_and_an_address_that_is_none(house: House) -> None:
    wrong_method = await house.http.post("/api/languages")
    nowhere = await house.http.get("/api/nowhere")
    page = await house.http.get("/nowhere")
    assert (wrong_method.status_code, wrong_method.json()["code"]) == (405, "method_not_allowed")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not_found")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


async def sign_in(house: House, **form: str) -> httpx2.Response:
    await house.parts.team.add(
        email="ana@lumina.example",
        name="Ana",
        password="correct horse battery",
        language="en",
        time_zone="UTC",
        role="agent",
    )
    given = {"email": "ana@lumina.example", "password": "correct horse battery", **form}
    return await house.http.post("/console/sign-in", data=given)


async def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    answer = await sign_in(house)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=s1.")
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
        "httponly",
        "samesite=lax",
        "path=/",
        "max-age=1209600",
    }


async def test_behind_https_the_cookie_is_bound_to_the_host_and_never_sent_in_the_clear(
    tmp_path: Path, clock: Clock
) -> None:
    async with open_house(tmp_path / "data", clock, public_url="https://chat.example.com") as house:
        cookie = (await sign_in(house)).headers["set-cookie"]
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith("__Host-dragoman=s1.")
        assert {"secure", "httponly", "path=/"} <= parts
        assert not any(part.startswith("domain") for part in parts)
        foreign = await house.http.post("/console/sign-out", headers={"origin": ORIGIN})
        assert foreign.status_code == 403


async def test_a_wrong_password_gives_no_cookie_and_keeps_the_address(house: House) -> None:
    answer = await sign_in(house, password="wrong password")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert 'value="ana@lumina.example"' in answer.text
    assert "wrong password" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/console/team", "/console/team"),
        ("/console", "/console"),
        ("", "/console"),
        ("/", "/console"),
        ("https://evil.example/console", "/console"),
        ("//evil.example/console", "/console"),
        ("///evil.example/console", "/console"),
        ("/\\evil.example/console", "/console"),
        ("\\\\evil.example/console", "/console"),
        ("/console\\@evil.example", "/console"),
        ("javascript:alert(1)//console", "/console"),
        ("http:/console", "/console"),
        ("//[", "/console"),
        ("http://[/console", "/console"),
        ("\t//evil.example/console", "/console"),
        ("/\t/evil.example/console", "/console"),
        ("console", "/console"),
        ("/console/team?x=1#y", "/console/team"),
        ("/console" + "/x" * 2000, "/console" + "/x" * 246),
    ],
)
async def test_signing_in_leads_to_a_page_of_ours(house: House, wanted: str, location: str) -> None:
    page = await house.http.get("/console/sign-in", params={"next": wanted})
    assert page.status_code == 200
    answer = await sign_in(house, next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, location)


async def test_a_new_password_stays_after_the_session_that_follows(house: House) -> None:
    await sign_in(house)
    cookie = (
        (
            await house.http.post(
                "/console/sign-in", data={"email": "ana@lumina.example", "password": "correct horse battery"}
            )
        )
        .headers["set-cookie"]
        .partition(";")[0]
    )
    changed = await house.http.post(
        "/console/password",
        data={"current": "correct horse battery", "new": "another long one"},
        headers={"cookie": cookie},
    )
    assert changed.headers["location"] == "/console/profile?saved"
    old = await house.http.post(
        "/console/sign-in", data={"email": "ana@lumina.example", "password": "correct horse battery"}
    )
    new = await house.http.post(
        "/console/sign-in", data={"email": "ana@lumina.example", "password": "another long one"}
    )
    assert (old.status_code, new.status_code) == (403, 303)


async def test_guessing_passwords_is_told_to_wait(house: House) -> None:
    form = {"email": "ana@lumina.example", "password": "wrong password"}
    answers = [(await house.http.post("/console/sign-in", data=form)).status_code for _ in range(9)]
    assert answers == [403] * 8 + [429]


async def test_a_mistake_of_ours_is_answered_safely(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Guard, "agent_of", broken)
    answer = await house.http.get("/console")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert TABLE["internal"].message in answer.text
