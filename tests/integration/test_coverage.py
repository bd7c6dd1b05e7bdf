"""The coverage map and the simulator as a real server answers, also to what can't be meant."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.integration.people import get, new_agent
from tests.support.clients import sign_in
from tests.support.clocked import ClockedServer, clocked
from tests.support.region_cast import cast, furnish

pytestmark = pytest.mark.anyio

# A Wednesday, 14:30 in Vilnius.
NOW = "2026-11-25T12:30:00Z"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedServer]:
    data = tmp_path_factory.mktemp("coverage") / "data"
    furnish(data, cast(), "vilnius")
    with clocked("demo", data, at=NOW) as running:
        yield running


@pytest.fixture(scope="module")
async def admin(server: ClockedServer) -> str:
    return await sign_in(server.link)


async def asked(server: ClockedServer, admin: str, path: str, **query: str | list[str]) -> httpx2.Response:
    address = str(httpx2.URL(f"{server.url}{path}", params=query))
    return await get(address, cookie=admin)


async def answered(server: ClockedServer, admin: str, path: str, **query: str | list[str]) -> dict[str, Any]:
    answer = await asked(server, admin, path, **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_week_has_its_gaps_to_the_minute_in_the_zone_asked_for(
    server: ClockedServer, admin: str
) -> None:
    week = await answered(server, admin, "/api/coverage", zone="Asia/Tehran", first="6")
    assert (week["start"], week["end"]) == ("2026-11-21T00:00:00+03:30", "2026-11-28T00:00:00+03:30")
    assert week["days"][0]["date"] == "2026-11-21"
    # On Friday evening until São Paulo begins its night, on Saturday until Tehran begins its Sunday.
    assert week["gaps"][:2] == [
        {"start": "2026-11-21T00:00:00+03:30", "end": "2026-11-21T02:30:00+03:30"},
        {"start": "2026-11-21T16:30:00+03:30", "end": "2026-11-22T08:30:00+03:30"},
    ]


async def test_a_region_that_is_closed_says_who_answers_meanwhile(server: ClockedServer, admin: str) -> None:
    week = await answered(server, admin, "/api/coverage", zone="UTC", first="1", region="vilnius")
    assert [region["id"] for region in week["regions"]] == ["vilnius"]
    wednesday = [one for one in week["regions"][0]["stretches"] if one["start"].startswith("2026-11-25")]
    assert [(one["start"][11:16], one["end"][11:16], one["state"], one["by"]) for one in wednesday] == [
        ("07:00", "10:00", "open", None),
        ("10:00", "11:00", "covered", "lisbon"),
        ("11:00", "15:30", "open", None),
        ("15:30", "18:00", "covered", "lisbon"),
        ("18:00", "07:00", "closed", None),
    ]


@pytest.mark.parametrize(("at", "count"), [("2026-09-05T12:00:00Z", 0), ("2026-09-06T12:00:00Z", 1)])
async def test_a_change_at_the_midnight_between_two_weeks_is_of_the_second(
    server: ClockedServer, admin: str, at: str, count: int
) -> None:
    """In Chile clocks go forward when Saturday ends: with that, a week from Sunday on begins."""
    week = await answered(server, admin, "/api/coverage", zone="America/Santiago", first="7", at=at)
    assert len([one for one in week["changes"] if one["at"] == "2026-09-06T01:00:00-03:00"]) == count


async def test_regions_can_be_those_for_a_country(server: ClockedServer, admin: str) -> None:
    week = await answered(server, admin, "/api/coverage", country="JP")
    assert [region["id"] for region in week["regions"]] == ["tokyo"]
    assert [region["id"] for region in week["all"]] == [region.id for region in cast()]


async def test_the_week_in_which_clocks_change_is_an_hour_longer(server: ClockedServer, admin: str) -> None:
    week = await answered(
        server, admin, "/api/coverage", zone="Europe/Vilnius", first="1", at="2026-10-22T00:00:00Z"
    )
    assert (week["start"][19:], week["end"][19:]) == ("+03:00", "+02:00")
    assert [(one["at"], one["zone"], one["before"], one["after"]) for one in week["changes"]] == [
        ("2026-10-25T03:00:00+02:00", "Europe/Vilnius", 180, 120),
        ("2026-10-25T03:00:00+02:00", "Europe/Lisbon", 60, 0),
    ]


@pytest.mark.parametrize(
    ("path", "query", "field", "word"),
    [
        ("/api/coverage", {"zone": "Vilnius"}, "zone", "Europe/Vilnius"),
        ("/api/coverage", {"zone": "../../etc/passwd"}, "zone", "time zone"),
        ("/api/coverage", {"at": "tomorrow"}, "at", "2026-12-24T18:00:00Z"),
        ("/api/coverage", {"at": "2026-12-24T18:00"}, "at", "offset"),
        ("/api/coverage", {"at": "0001-01-01T00:00:00Z"}, "at", "9997"),
        ("/api/coverage", {"at": "9999-12-31T23:59:59Z"}, "at", "9997"),
        ("/api/coverage", {"at": "9999-12-31T23:59:59-23:00"}, "at", "9999"),
        ("/api/coverage", {"at": "2026-02-30T00:00:00Z"}, "at", "instant"),
        ("/api/coverage", {"first": "0"}, "first", "1 for Monday"),
        ("/api/coverage", {"country": "lt"}, "country", "capital letters"),
        ("/api/coverage", {"region": "atlantis"}, "region", "atlantis"),
        ("/api/simulator", {"zone": "Mars/Olympus"}, "zone", "time zone"),
        ("/api/simulator", {"visitor_zone": "europe/vilnius"}, "visitor_zone", "Europe/Vilnius"),
        ("/api/simulator", {"at": "24:30"}, "at", "2026-12-24T18:00:00Z"),
        ("/api/simulator", {"at": "0001-01-01T00:00:00Z"}, "at", "9997"),
        ("/api/simulator", {"country": "XX"}, "country", "XX"),
        ("/api/simulator", {"language": "not a language"}, "language", "pt-BR"),
        ("/api/simulator", {"choice": "atlantis"}, "choice", "atlantis"),
        ("/api/simulator", {"site": "atlantis"}, "site", "atlantis"),
        ("/api/simulator", {"former": "nobody"}, "former", "nobody"),
        ("/api/simulator", {"who": "everybody"}, "who", "duty"),
        ("/api/simulator", {"who": "chosen", "agent": "nobody"}, "agent", "nobody"),
        ("/api/simulator/year", {}, "region", "region"),
        ("/api/simulator/year", {"region": "tokyo", "at": "9999-12-31T00:00:00Z"}, "at", "9997"),
        ("/api/simulator/year", {"region": "tokyo", "offset": "-1"}, "offset", "offset"),
    ],
)
async def test_what_cant_be_meant_is_told_with_its_field_and_what_would_be_right(
    server: ClockedServer, admin: str, path: str, query: dict[str, str], field: str, word: str
) -> None:
    answer = await asked(server, admin, path, **query)
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (400, "bad_field", field)
    assert word in told["message"]


async def test_the_earliest_and_the_latest_years_are_answered(server: ClockedServer, admin: str) -> None:
    for at in ("0002-01-02T00:00:00Z", "9997-12-31T23:59:59Z"):
        for path, query in (("/api/coverage", {}), ("/api/simulator/year", {"region": "vilnius"})):
            answer = await asked(server, admin, path, at=at, zone="Pacific/Auckland", **query)
            assert answer.status_code == 200, answer.text


async def test_a_visitor_is_decided_about_as_routing_would(server: ClockedServer, admin: str) -> None:
    found = await answered(
        server, admin, "/api/simulator", visitor_zone="Europe/Vilnius", language="en", who="duty"
    )
    assert found["country"] == "LT"
    decision = found["decision"]
    assert (decision["outcome"], decision["region"]["id"]) == ("offered", "vilnius")
    chosen = [one for one in decision["candidates"] if one["chosen"]]
    assert [one["kind"] for one in chosen] == ["region", "agent"]
    assert chosen[0]["text"] == "It looks after visitors from Lithuania."


async def test_a_closed_region_promises_what_the_chat_shows(server: ClockedServer, admin: str) -> None:
    found = await answered(
        server, admin, "/api/simulator", country="LT", language="lt", who="duty", at="2026-11-25T20:00:00Z"
    )
    assert found["decision"]["outcome"] == "closed"
    state = found["visitor"]["state"]
    assert state["waiting"]["opens_at"] == state["hours"]["opens_at"] == "2026-11-26T07:00:00.000Z"
    told = "We answer every message on the next working day."
    assert state["waiting"]["offline_text"] == {"text": told, "language": "en", "direction": "ltr"}


async def test_the_year_is_told_a_page_at_a_time(server: ClockedServer, admin: str) -> None:
    first = await answered(server, admin, "/api/simulator/year", region="tokyo")
    second = await answered(server, admin, "/api/simulator/year", region="tokyo", offset=str(first["page"]))
    assert first["transitions"][0]["at"] == "2026-11-26T09:00:00+09:00"
    assert first["transitions"][-1]["until"] == second["transitions"][0]["at"]
    beyond = await answered(server, admin, "/api/simulator/year", region="tokyo", offset="999999999")
    assert (beyond["transitions"], beyond["total"]) == ([], first["total"])


async def test_only_admins_may_look(server: ClockedServer, admin: str) -> None:
    agent = await new_agent(server.url, admin, "jonas")
    for path in ("/api/coverage", "/api/simulator", "/api/simulator/year?region=tokyo"):
        answer = await get(f"{server.url}{path}", cookie=agent)
        assert answer.status_code == 403, path
