"""What agents can insert: the wording they read, and the approved one for the visitor."""

from typing import Any

import pytest

from tests.unit.web.house import ORIGIN, House

GREETING = {"en": "Hello {visitor}", "lt": "Sveiki, {visitor}", "pt-BR": "Olá, {visitor}"}


@pytest.fixture
async def boss(house: House) -> dict[str, str]:
    return {"cookie": await house.agent("Boss", "admin"), "origin": ORIGIN}


async def add(house: House, boss: dict[str, str], shortcut: str, wordings: dict[str, str]) -> str:
    body = {"kind": "canned", "id": None, "expected": None, "shortcut": shortcut, "wordings": wordings}
    answer = await house.http.post("/api/wordings/save", json=body, headers=boss)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["text"]["id"])


async def asked(house: House, name: str, language: str, query: str = "") -> list[dict[str, Any]]:
    cookie = await house.agent(name, language=language)
    answer = await house.http.get(f"/api/agent/canned{query}", headers={"cookie": cookie})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["canned"])


async def test_each_agent_reads_it_in_their_language(house: House, boss: dict[str, str]) -> None:
    added = await add(house, boss, "hello", GREETING)
    for name, language, locale in [
        ("Emma", "en", "en"),
        ("Jonas", "lt", "lt"),
        ("Ana", "pt", "pt-BR"),
        # Nobody has written it in Japanese.
        ("Yuki", "ja", "en"),
    ]:
        (one,) = await asked(house, name, language)
        assert one == {
            "id": added,
            "shortcut": "hello",
            "own": {"language": locale, "direction": "ltr", "text": GREETING[locale]},
            "theirs": None,
        }


@pytest.mark.parametrize(
    ("visitor", "locale"),
    [("lt", "lt"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("en-GB", "en"), ("fa", None), ("zh-Hant", None)],
)
async def test_the_visitors_is_one_that_needs_no_translation(
    house: House, boss: dict[str, str], visitor: str, locale: str | None
) -> None:
    await add(house, boss, "hello", {**GREETING, "zh-Hans": "您好"})
    (one,) = await asked(house, "Emma", "en", f"?language={visitor}")
    text = None if one["theirs"] is None else (one["theirs"]["language"], one["theirs"]["text"])
    assert text == (None if locale is None else (locale, GREETING[locale]))


async def test_the_variant_that_suits_best_is_taken(house: House, boss: dict[str, str]) -> None:
    await add(house, boss, "hello", {"en": "Hello", "pt-BR": "Oi", "pt-PT": "Olá"})
    for visitor, text in [("pt-PT", "Olá"), ("pt-BR", "Oi"), ("pt", "Oi"), ("pt-AO", "Olá")]:
        (one,) = await asked(house, "Emma", "en", f"?language={visitor}")
        assert one["theirs"]["text"] == text


async def test_what_has_not_changed_is_not_sent_again(house: House, boss: dict[str, str]) -> None:
    await add(house, boss, "hello", GREETING)
    headers = {"cookie": await house.agent("Emma")}
    first = await house.http.get("/api/agent/canned?language=lt", headers=headers)
    headers["if-none-match"] = first.headers["etag"]
    again = await house.http.get("/api/agent/canned?language=lt", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    await add(house, boss, "bye", {"en": "Bye"})
    changed = await house.http.get("/api/agent/canned?language=lt", headers=headers)
    assert [one["shortcut"] for one in changed.json()["canned"]] == ["hello", "bye"]


async def test_a_text_has_the_direction_of_its_language(house: House, boss: dict[str, str]) -> None:
    await add(house, boss, "hello", {"en": "Hello {visitor}", "fa": "{visitor} گرامی"})
    (one,) = await asked(house, "Emma", "en", "?language=fa")
    assert (one["own"]["direction"], one["theirs"]["direction"]) == ("ltr", "rtl")


async def test_before_the_first_there_are_none(house: House) -> None:
    assert await asked(house, "Emma", "en", "?language=lt") == []


@pytest.mark.parametrize("language", ["", "xx-", "a" * 200, "../../etc", "en'--", "%00"])
async def test_what_is_no_language_is_named(house: House, language: str) -> None:
    cookie = await house.agent("Emma")
    answer = await house.http.get(f"/api/agent/canned?language={language}", headers={"cookie": cookie})
    assert (answer.status_code, answer.json()["field"]) == (400, "language")
