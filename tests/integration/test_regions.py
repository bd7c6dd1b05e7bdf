"""Regions through a real server: two admins, a restart, and what uses a region."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.integration.people import cookie_of, get, new_agent, post, set_up
from tests.support.clocked import ClockedServer, clocked

MONDAY = "2026-03-02T10:00:00Z"


class Admin:
    """Asks the server as one admin."""

    def __init__(self, url: str, cookie: str) -> None:
        self.url = url
        self.cookie = cookie

    def ask(self, path: str, body: Any = None) -> httpx2.Response:
        with httpx2.Client(trust_env=False, headers={"cookie": self.cookie}, timeout=30) as http:
            if body is None:
                return http.get(f"{self.url}/api/regions{path}")
            return http.post(f"{self.url}/api/regions{path}", json=body)

    def get(self, path: str = "") -> dict[str, Any]:
        answer = self.ask(path)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def post(self, path: str, body: Any, status: int = 200) -> dict[str, Any]:
        answer = self.ask(path, body)
        assert answer.status_code == status, answer.text
        return dict(answer.json())

    def add(self, country: str, **changes: Any) -> dict[str, Any]:
        region = self.get(f"/presets?country={country}")["region"]
        return self.post("", {"region": {**region, **changes}}, 201)

    def ids(self) -> list[str]:
        return [one["region"]["id"] for one in self.get()["regions"]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ClockedServer]:
    with clocked("serve", tmp_path / "data", at=MONDAY) as server:
        yield server


@pytest.fixture
async def emma(server: ClockedServer) -> Admin:
    return Admin(server.url, cookie_of(await set_up(server.link)))


async def test_a_region_from_a_country_is_open_by_its_own_clock(server: ClockedServer, emma: Admin) -> None:
    (everywhere,) = emma.get()["regions"]
    assert (everywhere["region"]["id"], everywhere["default"], everywhere["status"]["open"]) == (
        "everywhere",
        True,
        True,
    )
    lithuania = emma.add("LT")
    assert (lithuania["name"], lithuania["changed_by"]) == ("Lithuania", "Emma")
    japan = emma.add("JP")
    assert lithuania["status"] == {
        "open": True,
        "opens_at": None,
        "closes_at": "2026-03-02T15:30:00Z",
        "reason": None,
        "name": None,
    }
    assert (japan["status"]["open"], japan["status"]["opens_at"]) == (False, "2026-03-03T00:00:00Z")
    # 11 March is a day off in Lithuania, when clocks there show 12:00.
    server.set("2026-03-11T10:00:00Z")
    status = emma.get("/lithuania")["status"]
    assert (status["open"], status["reason"], status["opens_at"]) == (
        False,
        "holiday",
        "2026-03-12T07:00:00Z",
    )


async def test_everything_is_there_after_a_restart(
    tmp_path: Path, server: ClockedServer, emma: Admin
) -> None:
    emma.add("LT", offline={"en": "Asleep."})
    emma.add("JP", overflow=["lithuania"])
    emma.post("/order", {"ids": ["japan", "lithuania", "everywhere"]})
    emma.post("/japan/default", {})
    before = emma.get()
    port = server.port
    server.kill()
    with clocked("serve", tmp_path / "data", at=MONDAY, port=port):
        assert emma.get() == before
        assert emma.ids() == ["japan", "lithuania", "everywhere"]


async def test_the_second_of_two_admins_is_shown_what_the_first_saved(
    server: ClockedServer, emma: Admin
) -> None:
    emma.add("LT")
    jonas = Admin(server.url, await new_agent(server.url, emma.cookie, "Jonas"))
    assert jonas.ask("").status_code == 403
    both = emma.get("/lithuania")
    region, expected = both["region"], both["version"]
    saved = emma.post("/lithuania", {"region": {**region, "countries": ["LT", "LV"]}, "expected": expected})
    assert saved["version"] == expected + 1
    late = emma.post("/lithuania", {"region": {**region, "languages": []}, "expected": expected}, 409)
    assert (late["code"], late["theirs"]["version"], late["theirs"]["changed_by"]) == (
        "changed_meanwhile",
        saved["version"],
        "Emma",
    )
    assert late["theirs"]["region"]["countries"] == ["LT", "LV"]
    assert emma.get("/lithuania")["region"]["languages"] == ["lt"]
    merged = {**late["theirs"]["region"], "languages": []}
    emma.post("/lithuania", {"region": merged, "expected": saved["version"]})
    assert emma.get("/lithuania")["region"]["countries"] == ["LT", "LV"]


async def test_bad_input_is_told_with_every_place_and_changes_nothing(emma: Admin) -> None:
    emma.add("LT")
    region = emma.get("/lithuania")["region"]
    before = emma.get()
    wrong = {
        **region,
        "countries": ["XX"],
        "overflow": ["lithuania", "atlantis"],
        "schedule": {"timezone": "Europe/Vilnus", "weekly": {"mon": [["24:30", "9-5"]]}},
    }
    told = emma.post("/lithuania", {"region": wrong, "expected": 1}, 422)
    assert [(problem["place"], problem["message"]) for problem in told["problems"]] == [
        ("schedule.timezone", "“Europe/Vilnus” is not a time zone. Did you mean Europe/Vilnius?"),
        (
            "schedule.weekly.mon[0][0]",
            "“24:30” is not a time. Use 00:00 to 23:59, as in 09:30; an end may also be 24:00.",
        ),
        (
            "schedule.weekly.mon[0][1]",
            "“9-5” is not a time. Use 00:00 to 23:59, as in 09:30; an end may also be 24:00.",
        ),
        ("countries[0]", "No country has the code XX."),
        ("overflow[0]", "A region can't overflow to itself."),
        ("overflow[1]", "There is no region “atlantis”."),
    ]
    assert emma.post("", {"region": region}, 409)["code"] == "region_exists"
    assert emma.post("/lithuania", {"region": region, "expected": "1"}, 400)["field"] == "expected"
    assert emma.ask("/presets?country=ZZ").status_code == 400
    assert emma.ask("/atlantis").status_code == 404
    assert emma.post("/order", {"ids": ["lithuania"]}, 409)["code"] == "changed_meanwhile"
    assert emma.post("", ["no object"], 400)["code"] == "bad_json"
    assert emma.get() == before


async def test_hours_can_be_checked_without_saving_them(emma: Admin) -> None:
    never = emma.post("/check", {"schedule": {"timezone": "UTC", "weekly": {}}})
    assert (never["problems"], [note["code"] for note in never["notes"]]) == ([], ["note_never_open"])
    wrong = emma.post("/check", {"schedule": {"timezone": "UTC", "exceptions": [{"date": "2026-02-30"}]}})
    assert [problem["place"] for problem in wrong["problems"]] == [
        "exceptions[0].hours",
        "exceptions[0].date",
    ]
    assert emma.ids() == ["everywhere"]


async def test_overflow_in_a_circle_is_told_and_does_no_harm(emma: Admin) -> None:
    emma.add("LT")
    emma.add("JP", overflow=["lithuania"])
    region = emma.get("/lithuania")["region"]
    saved = emma.post("/lithuania", {"region": {**region, "overflow": ["japan"]}, "expected": 1})
    assert [note["message"] for note in saved["notes"]] == [
        "These regions overflow to each other in a circle: Lithuania → Japan → Lithuania. "
        "Each is asked once, so nobody is lost."
    ]


async def test_a_region_in_use_goes_when_another_takes_over_and_comes_back(
    server: ClockedServer, emma: Admin
) -> None:
    emma.add("LT")
    emma.add("JP", overflow=["lithuania"])
    with httpx2.Client(trust_env=False) as http:
        session = http.post(
            f"{server.url}/api/visitor/session", json={"language": "lt", "region": "lithuania"}
        ).json()
        http.post(
            f"{server.url}/api/conversations/{session['conversation']}/messages",
            json={"client_id": "1", "text": "Labas!"},
            headers={"authorization": f"Bearer {session['token']}"},
        ).raise_for_status()
    refused = emma.post("/lithuania/remove", {"expected": 1}, 409)
    assert refused["code"] == "region_in_use"
    assert refused["uses"]["overflowing"] == [{"id": "japan", "name": "Japan"}]
    assert emma.get("/lithuania/usage")["uses"] == refused["uses"]
    assert emma.post("/everywhere/remove", {"move_to": "japan"}, 409)["code"] == "region_default"
    assert emma.post("/lithuania/remove", {"move_to": "atlantis"}, 400)["field"] == "move_to"

    emma.post("/lithuania/remove", {"expected": 1, "move_to": "everywhere"})
    assert emma.ids() == ["everywhere", "japan"]
    assert emma.get("/japan")["region"]["overflow"] == ["everywhere"]
    emma.post("/lithuania/restore", {})
    assert emma.ids() == ["everywhere", "lithuania", "japan"]
    assert emma.get("/japan")["region"]["overflow"] == ["lithuania"]


async def test_agents_languages_and_limits_are_changed_for_all_regions(
    server: ClockedServer, emma: Admin
) -> None:
    await new_agent(server.url, emma.cookie, "Jonas", "lt")
    people = {person["name"]: person for person in emma.get("/people")["agents"]}
    jonas = people["Jonas"]
    assert (jonas["language"], jonas["spoken"], jonas["capacity"], jonas["regions"]) == (
        "lt",
        [],
        4,
        ["everywhere"],
    )
    changed = emma.post(f"/people/{jonas['id']}", {"spoken": ["en", "pt-br", "lt", "en"], "capacity": 6})
    assert (changed["spoken"], changed["capacity"]) == (["en", "pt-BR"], 6)
    for body, field in (
        ({"spoken": ["en"], "capacity": 0}, "capacity"),
        ({"spoken": ["en"], "capacity": 2.5}, "capacity"),
        ({"spoken": ["klingon!"], "capacity": 4}, "spoken"),
        ({"capacity": 4}, "spoken"),
        ({"spoken": []}, "capacity"),
    ):
        assert emma.post(f"/people/{jonas['id']}", body, 400)["field"] == field
    emma.add("LT", agents=[jonas["id"]])
    people = {person["name"]: person for person in emma.get("/people")["agents"]}
    assert people["Jonas"]["regions"] == ["everywhere", "lithuania"]
    assert people["Emma"]["regions"] == ["everywhere"]
    assert people["Jonas"]["spoken"] == ["en", "pt-BR"]


async def test_whoever_alone_answers_for_a_region_is_not_deactivated(
    server: ClockedServer, emma: Admin
) -> None:
    await new_agent(server.url, emma.cookie, "Jonas")
    people = {person["name"]: person["id"] for person in emma.get("/people")["agents"]}
    emma.add("LT", agents=[people["Jonas"]])
    path = f"{server.url}/console/team/{people['Jonas']}/deactivate"
    refused = await post(path, cookie=emma.cookie)
    assert refused.status_code == 409
    assert "Only Jonas answers for Lithuania." in refused.text
    region = emma.get("/lithuania")["region"]
    everybody = {"region": {**region, "agents": list(people.values())}, "expected": 1}
    emma.post("/lithuania", everybody)
    assert (await post(path, cookie=emma.cookie)).status_code == 303
    assert [one["name"] for one in emma.get("/people")["agents"] if one["active"]] == ["Emma"]


async def test_an_agent_says_in_the_profile_what_else_they_speak(server: ClockedServer, emma: Admin) -> None:
    def spoken() -> list[str]:
        (person,) = emma.get("/people")["agents"]
        return list(person["spoken"])

    path = f"{server.url}/console/profile"
    fields = {"name": "Emma", "language": "en", "time_zone": "Europe/Vilnius"}
    ticked = {"speaks": "1", "speaks_lt": "1", "speaks_pt-BR": "1", "speaks_en": "1"}
    assert (await post(path, cookie=emma.cookie, **fields, **ticked)).status_code == 303
    assert spoken() == ["lt", "pt-BR"]
    page = await get(path, cookie=emma.cookie)
    assert re.search(r'name="speaks_lt" value="1" checked', page.text)
    await post(path, cookie=emma.cookie, **fields)
    assert spoken() == ["lt", "pt-BR"]
    await post(path, cookie=emma.cookie, **{**fields, "language": "lt"})
    assert spoken() == ["pt-BR"]
    await post(path, cookie=emma.cookie, **fields, speaks="1")
    assert spoken() == []
