"""The console speaks the agent's language: every page of it, at once, whatever comes or goes."""

import re

import pytest

from appliance.i18n import Catalogues, language_name
from appliance.web.assets import assets_root
from appliance.web.guard import Permission
from tests.unit.web.house import ORIGIN, House
from tests.unit.web.test_guard import RULES

CATALOGUES = Catalogues(assets_root() / "locales")

PAGES = sorted(
    rule.path
    for rule in RULES
    if rule.path.startswith("/console")
    and "{" not in rule.path
    # These show what visitors read.
    and not rule.path.endswith("/panel")
    and "GET" in rule.methods
    and rule.permission in (Permission.AGENT, Permission.ADMIN)
)


async def profile(house: House, cookie: str, language: str) -> tuple[int, str]:
    form = {"name": "Boss", "language": language, "time_zone": "Europe/Vilnius"}
    answer = await house.http.post(
        "/console/profile", data=form, headers={"cookie": cookie, "origin": ORIGIN}
    )
    return answer.status_code, answer.text


async def spoken(house: House, cookie: str, path: str) -> tuple[str, str]:
    """Language and direction of a page."""
    answer = await house.http.get(path, headers={"cookie": cookie, "accept-language": "ja"})
    assert answer.status_code == 200, path
    assert answer.headers["content-language"] in answer.text
    found = re.search(r'<html lang="([^"]+)" dir="([^"]+)"', answer.text)
    assert found is not None, path
    return found[1], found[2]


async def test_a_change_of_language_reaches_every_page_at_once(house: House) -> None:
    cookie = await house.agent("Boss", "admin")
    assert {"/console", "/console/profile", "/console/ratings", "/console/texts"} <= set(PAGES)
    for language, direction in [("fa", "rtl"), ("lt", "ltr"), ("zh-Hans", "ltr"), ("en", "ltr")]:
        assert (await profile(house, cookie, language))[0] == 303
        for path in PAGES:
            assert await spoken(house, cookie, path) == (language, direction), path
        titles = (await house.http.get("/console/profile", headers={"cookie": cookie})).text
        assert CATALOGUES.for_locale(language).t("Your profile") in titles


@pytest.mark.parametrize(
    ("stored", "read", "noted"),
    [
        # Nobody has put the console into these; the nearest is read.
        ("gsw", "de", True),
        ("sv", "en", True),
        # A variant is not another language.
        ("pt-AO", "pt-PT", False),
        ("en-AU", "en", False),
    ],
)
async def test_who_has_a_language_without_a_catalogue_has_a_console_all_the_same(
    house: House, stored: str, read: str, noted: bool
) -> None:
    cookie = await house.agent("Boss", "admin", stored)
    for path in PAGES:
        assert (await spoken(house, cookie, path))[0] == read, path
    text = (await house.http.get("/console/profile", headers={"cookie": cookie})).text
    words = CATALOGUES.for_locale(read)
    note = words.t(
        "There is no console in {language} yet, so you read it in {other}. "
        "Messages are translated into your language all the same.",
        language=language_name(stored, read),
        other=language_name(read, read),
    )
    assert (note in text) == noted
    # It is still the language that messages are translated into, and chosen in the form.
    async with house.agent_socket(cookie) as agent:
        assert (await agent.expect("welcome"))["agent"]["language"] == stored


@pytest.mark.parametrize(
    "language",
    [
        "",
        "xx-",
        "../../etc/passwd",
        "en'; DROP TABLE agent;--",
        "<script>",
        "a" * 5000,
        "en\r\nSet-Cookie: x",
    ],
)
async def test_what_is_no_language_is_refused_and_changes_nothing(house: House, language: str) -> None:
    cookie = await house.agent("Boss", "admin", "lt")
    status, text = await profile(house, cookie, language)
    assert status == 400
    assert "<script>" not in text.replace('<script type="', "")
    assert await spoken(house, cookie, "/console") == ("lt", "ltr")


async def test_what_one_reads_stays_chosen_where_it_is_not_offered_any_more(house: House) -> None:
    cookie = await house.agent("Boss", "admin", language="en-GB")
    page = (await house.http.get("/console/profile", headers={"cookie": cookie})).text
    assert re.findall(r'<option value="([^"]+)" lang="[^"]+" selected>([^<]+)<', page) == [
        ("en-GB", "British English")
    ]
