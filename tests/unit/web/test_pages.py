"""Every page: a strict policy, no script in the page, data that cannot break out, the reader's language."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from appliance.i18n import Catalogues
from appliance.web.assets import assets_root
from appliance.web.guard import Permission
from tests.conftest import Clock
from tests.unit.web.house import House, open_house
from tests.unit.web.test_guard import RULES

NASTY = "</script><script>alert(1)</script><!--\u2028&'\""


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and what is in its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = {name: value or "" for name, value in attributes}
        self.elements.append((tag, given))
        if tag == "script":
            self.scripts.append((given, ""))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)

    def config(self) -> Any:
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == "config"]
        return json.loads(text)


async def pages(house: House) -> dict[str, Any]:
    """Every page there is, by its address, as an admin with a nasty name sees it."""
    cookie = await house.agent(NASTY.replace("\u2028", "")[:70], "admin")
    agent = next(iter(house.agents.values()))
    team = house.parts.team
    found: dict[str, Any] = {}
    addresses = [rule.path for rule in RULES if "GET" in rule.methods and rule.path.startswith("/console")]
    tokens = {
        "/console/link/{token}": await team.make_link("sign_in", agent_id=agent.id),
        "/console/setup/{token}": await team.make_link("setup"),
        "/console/invite/{token}": await team.make_link("invite", email="x@y.example", name=NASTY[:60]),
    }
    for path in addresses:
        address = path.replace("{token}", tokens.get(path, ""))
        headers = {} if path == "/console/sign-in" else {"cookie": cookie}
        found[path] = await house.http.get(address, headers=headers)
        if path in tokens:
            found[f"{path} expired"] = await house.http.get(path.replace("{token}", "l1.none"))
    found["/widget/frame"] = await house.http.get("/widget/frame")
    found["/nowhere"] = await house.http.get("/nowhere")
    found["/console/sign-in failed"] = await house.http.post(
        "/console/sign-in", data={"email": NASTY, "password": "x"}
    )
    found["invited"] = await house.http.post(
        "/console/team/invite",
        data={"email": "a<b>@c.example", "name": NASTY[:60], "role": "agent"},
        headers={"cookie": cookie},
    )
    for path in ("setup", "invite"):
        address = f"/console/{path}/{tokens[f'/console/{path}/{{token}}']}"
        found[f"{path} refused"] = await house.http.post(address, data={"name": NASTY, "password": "short"})
    for path in ("profile", "install", "password", "team/invite"):
        given = {"name": "", "workspace": NASTY + "x" * 80, "sites": NASTY, "accent": NASTY, "role": NASTY}
        found[f"{path} refused"] = await house.http.post(
            f"/console/{path}", data=given, headers={"cookie": cookie}
        )
    return found


@pytest.fixture
async def shown(tmp_path: Path, clock: Clock) -> dict[str, Any]:
    async with open_house(tmp_path / "data", clock, demo=True) as house:
        await house.parts.workspace.change(name=NASTY.replace("\u2028", ""), sites="https://shop.example")
        return {**await pages(house), "/": await house.http.get("/")}


async def test_pages_hold_no_script_and_nothing_breaks_out_of_its_place(shown: dict[str, Any]) -> None:
    assert len(shown) > 20
    for name, answer in shown.items():
        assert answer.headers["content-type"] == "text/html; charset=utf-8", name
        page = Page(answer.text)
        for attributes, text in page.scripts:
            if attributes.get("type") == "application/json":
                assert "<" not in text, name
                json.loads(text)
            else:
                assert attributes["src"].startswith("/"), name
                assert text.strip() == "", name
        for tag, attributes in page.elements:
            assert tag not in ("base", "style", "iframe", "object"), name
            assert not [key for key in attributes if key.startswith("on") or key == "style"], name
            for key in ("href", "src", "action"):
                assert re.match(r"/(?!/)|#|\?|$", attributes.get(key, "")), (name, attributes)
        assert "alert(1)</script>" not in answer.text, name


async def test_pages_have_the_strictest_policy(shown: dict[str, Any]) -> None:
    for name, answer in shown.items():
        policy = dict(
            part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'none'", name
        assert policy["script-src"] == "'self'", name
        assert policy["style-src"] == "'self'", name
        assert policy["base-uri"] == "'none'", name
        assert policy["form-action"] == "'self'", name
        assert "unsafe" not in answer.headers["content-security-policy"], name
        ancestors = {
            "/widget/frame": "'self' http://chat.test https://shop.example",
            "/console/simulator/panel": "'self'",
            "/console/texts/panel": "'self'",
        }.get(name, "'none'")
        assert policy["frame-ancestors"] == ancestors, name
        assert answer.headers["x-content-type-options"] == "nosniff", name
        assert answer.headers["cache-control"] == "no-store", name
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin", name


async def test_what_the_console_is_told_survives_its_place_in_the_page(shown: dict[str, Any]) -> None:
    told = Page(shown["/console"].text).config()
    assert told["agent"]["name"] == NASTY.replace("\u2028", "")[:70]
    assert Page(shown["/widget/frame"].text).config()["workspace"]["name"] == NASTY.replace("\u2028", "")


async def test_answers_that_are_no_pages_may_do_nothing(house: House) -> None:
    for address in ("/healthz", "/api/languages", "/api/nowhere", "/widget.js"):
        answer = await house.http.get(address)
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accept", "locale", "direction"),
    [
        ("en", "en", "ltr"),
        ("fa-IR,fa;q=0.9,en;q=0.5", "fa", "rtl"),
        ("pt-PT", "pt-PT", "ltr"),
        ("zh-CN", "zh-Hans", "ltr"),
        ("xx, de;q=0.9", "de", "ltr"),
        ("", "en", "ltr"),
        ("*;q=\x7f,,,;;;", "en", "ltr"),
    ],
)
async def test_pages_are_in_the_browsers_language(
    house: House, accept: str, locale: str, direction: str
) -> None:
    headers = {"accept-language": accept}
    for address in ("/console/sign-in", "/widget/frame", "/nowhere"):
        answer = await house.http.get(address, headers=headers)
        root = next(attributes for tag, attributes in Page(answer.text).elements if tag == "html")
        assert (root["lang"], root["dir"]) == (locale, direction), address
        assert answer.headers["content-language"] == locale


async def test_a_signed_in_agent_reads_their_own_language_whatever_the_browser_says(house: House) -> None:
    cookie = await house.agent("Farhad", language="fa")
    answer = await house.http.get("/console/profile", headers={"cookie": cookie, "accept-language": "ja"})
    assert answer.headers["content-language"] == "fa"


async def test_an_error_is_in_the_readers_language(house: House) -> None:
    words = Catalogues(assets_root() / "locales").for_locale("pt-BR")
    answer = await house.http.get("/api/nowhere", headers={"accept-language": "pt-BR"})
    assert answer.json()["message"] == words.t("This does not exist, or is not for you.")
    assert answer.json()["message"] != "This does not exist, or is not for you."


async def test_every_page_is_in_this_test(house: House) -> None:
    assert {rule.path for rule in RULES if "{" in rule.path and rule.permission is Permission.PUBLIC} == {
        "/assets/{hash}/{name:path}"
    }
    for rule in RULES:
        if "GET" in rule.methods and rule.permission is Permission.PUBLIC and "{" not in rule.path:
            answer = await house.http.get(rule.path)
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            assert not is_page or rule.path in ("/widget/frame", "/console/sign-in"), rule.path
