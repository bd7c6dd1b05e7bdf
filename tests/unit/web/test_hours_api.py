"""What the editor of business hours asks of the server, over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from appliance.web.hours_api import MAX_BODY
from tests.conftest import Clock
from tests.unit.web.house import House, open_house

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PLAIN: dict[str, Any] = {"timezone": "Europe/Vilnius", "weekly": {"mon": [["09:00", "17:00"]]}}


class Editor:
    """An admin's browser."""

    def __init__(self, house: House, cookie: str) -> None:
        self.house = house
        self.headers = {"cookie": cookie, "accept-language": "en"}

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        return await self.house.http.post(path, json=body, headers=self.headers)

    async def ask(self, path: str, **body: Any) -> Any:
        answer = await self.post(path, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def get(self, path: str) -> httpx2.Response:
        return await self.house.http.get(path, headers=self.headers)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    async with open_house(tmp_path_factory.mktemp("hours") / "data", Clock(NOW)) as house:
        yield Editor(house, await house.agent("Boss", "admin"))


async def checked(editor: Editor, schedule: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Problems and notes by their places."""
    found = await editor.ask("/api/hours/check", schedule=schedule)
    problems, notes = ({one["place"]: one["text"] for one in found[key]} for key in ("problems", "notes"))
    return problems, notes


async def test_nothing_is_wrong_with_a_usual_week(editor: Editor) -> None:
    assert await checked(editor, PLAIN) == ({}, {})


@pytest.mark.parametrize(
    ("more", "place", "words"),
    [
        ({"weekly": {"mon": [["09:00", "24:30"]]}}, "weekly.mon[0][1]", "24:30"),
        ({"weekly": {"mon": [["9-5"]]}}, "weekly.mon[0]", "two times"),
        ({"weekly": {"tue": [["09:00", "09:00"]]}}, "weekly.tue[0]", "the same"),
        ({"timezone": "Vilnius"}, "timezone", "Did you mean Europe/Vilnius?"),
        (
            {"exceptions": [{"from": "2026-12-02", "to": "2026-12-01", "hours": []}]},
            "exceptions[0]",
            "before the first",
        ),
        (
            {"closures": [{"from": "2026-12-02T10:00", "to": "2026-12-02T09:00"}]},
            "closures[0]",
            "after the start",
        ),
        ({"holidays": {"country": "XX"}}, "holidays.country", "XX"),
        ({"exceptions": [{"date": "10000-01-01", "hours": []}]}, "exceptions[0].date", "9999"),
    ],
)
async def test_what_is_wrong_is_told_at_its_place(
    editor: Editor, more: dict[str, Any], place: str, words: str
) -> None:
    problems, _ = await checked(editor, {**PLAIN, **more})
    assert list(problems) == [place]
    assert words in problems[place]


async def test_a_zone_that_may_be_meant_comes_with_the_problem(editor: Editor) -> None:
    found = await editor.ask("/api/hours/check", schedule={**PLAIN, "timezone": "europe/vilnus"})
    assert found["problems"][0]["near"] == "Europe/Vilnius"


async def test_what_is_hardly_meant_is_noted(editor: Editor) -> None:
    _, notes = await checked(editor, {"timezone": "UTC", "weekly": {}})
    assert list(notes) == [""]
    _, notes = await checked(
        editor, {"timezone": "UTC", "weekly": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}
    )
    assert list(notes) == ["weekly.mon[1]"]
    _, notes = await checked(
        editor, {**PLAIN, "holidays": {"country": "LT", "days": [{"holiday": "Chritsmas Day", "open": True}]}}
    )
    assert "Christmas Day" in notes["holidays.days[0]"]


async def test_a_night_that_clocks_shorten_is_noted_with_its_date(editor: Editor) -> None:
    _, notes = await checked(editor, {"timezone": "Europe/Vilnius", "weekly": {"sat": [["22:00", "06:00"]]}})
    assert list(notes) == ["weekly.sat[0]"]
    found = await editor.ask(
        "/api/hours/check", schedule={"timezone": "Europe/Vilnius", "weekly": {"sat": [["22:00", "06:00"]]}}
    )
    spring, autumn = (one["text"] for one in found["notes"])
    assert "March 27, 2027" in spring
    assert "7 hours instead of 8 hours" in spring
    assert "October 30, 2027" in autumn
    assert "9 hours instead of 8 hours" in autumn


async def test_a_shift_that_clocks_take_away_is_said_to_be_left_out(editor: Editor) -> None:
    found = await editor.ask(
        "/api/hours/check", schedule={"timezone": "America/New_York", "weekly": {"sun": [["02:30", "03:15"]]}}
    )
    assert any("left out" in one["text"] and "March 14, 2027" in one["text"] for one in found["notes"])


async def test_a_preview_of_four_weeks(editor: Editor) -> None:
    schedule = {**PLAIN, "holidays": {"country": "LT"}}
    found = await editor.ask("/api/hours/preview", schedule=schedule, at="2026-12-20T22:30:00Z")
    assert found["now"] == "2026-12-21T00:30"
    assert found["status"] == {
        "open": False,
        "until": "2026-12-21T09:00",
        "reason": "outside_hours",
        "name": None,
    }
    assert len(found["days"]) == 28
    assert found["days"][0]["open"] == [[540, 1020]]
    assert found["days"][4] == {
        "date": "2026-12-25",
        "open": [],
        "minutes": 0,
        "by": "holiday",
        "name": "Christmas Day",
        "closures": [],
    }
    assert [one["date"] for one in found["changes"]] == ["2027-03-28", "2027-10-31"]
    assert "clocks go forward by 1 hour" in found["changes"][0]["text"]


async def test_without_an_instant_a_preview_begins_now(editor: Editor) -> None:
    assert (await editor.ask("/api/hours/preview", schedule=PLAIN))["now"] == "2026-11-22T12:00"


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("0001-01-01T00:00:00Z", 400),
        ("0002-01-01T00:00:00Z", 200),
        ("9995-12-31T23:59:59Z", 200),
        ("9996-01-01T00:00:00Z", 400),
        ("9999-12-31T23:59:59Z", 400),
    ],
)
async def test_a_preview_is_of_days_that_the_calendar_has(
    editor: Editor, zone: str, at: str, status: int
) -> None:
    answer = await editor.post("/api/hours/preview", schedule={**PLAIN, "timezone": zone}, at=at)
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["days"]) == 28
    else:
        assert (answer.json()["code"], answer.json()["field"]) == ("bad_field", "at")


async def test_instants_of_early_years_are_written_out(editor: Editor) -> None:
    found = await editor.ask("/api/hours/preview", schedule=PLAIN, at="0987-01-01T00:00:00Z")
    assert found["status"]["until"].startswith("0987-01-0")


async def test_there_is_no_preview_of_what_is_wrong(editor: Editor) -> None:
    found = await editor.ask("/api/hours/preview", schedule={"timezone": "X"})
    assert [one["place"] for one in found["problems"]] == ["timezone"]
    assert "days" not in found


async def test_holidays_with_shown_and_stable_names(editor: Editor) -> None:
    answer = await editor.get("/api/hours/holidays?country=DE&subdivision=BY&year=2026")
    days = {one["date"]: one for one in answer.json()["days"]}
    assert days["2026-01-06"] == {"date": "2026-01-06", "name": "Epiphany", "holidays": ["Epiphany"]}
    assert "BY" in answer.json()["subdivisions"]
    assert answer.json()["weekend"] == [5, 6]
    assert (await editor.get("/api/hours/holidays?country=IR&year=2026")).json()["weekend"] == [4]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("country=XX&year=2026", "country"),
        ("country=&year=2026", "country"),
        ("country=DE&subdivision=XX&year=2026", "subdivision"),
        ("country=DE&year=next", "year"),
        ("country=DE&year=0", "year"),
        ("country=DE&year=10000", "year"),
        ("country=DE", "year"),
    ],
)
async def test_holidays_of_nowhere_are_refused(editor: Editor, query: str, field: str) -> None:
    answer = await editor.get(f"/api/hours/holidays?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


async def test_far_years_have_no_holidays(editor: Editor) -> None:
    for year in (1, 9999):
        assert (await editor.get(f"/api/hours/holidays?country=US&year={year}")).json()["days"] == []


async def test_zones_and_countries_to_choose_from(editor: Editor) -> None:
    found = (await editor.get("/api/hours/choices")).json()
    assert {"code": "LT", "name": "Lithuania"} in found["countries"]
    assert "Europe/Vilnius" in found["zones"]


async def test_text_of_openstreetmap_becomes_a_schedule_of_this_zone_and_country(editor: Editor) -> None:
    found = await editor.ask(
        "/api/hours/import", text="Mo 09:00-17:00; PH off", timezone="Europe/Vilnius", country="LT"
    )
    assert found["problems"] == []
    assert found["schedule"] == {**PLAIN, "holidays": {"country": "LT", "subdivision": None, "hours": []}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mo 09:00-17:00; easter off", "column 17"),
        ('{"timezone": "UTC", "weekly": {"mon": [["9-5"]]}}', "weekly.mon[0]"),
        ('{"timezone": "UTC",', "line 1, column 20"),
        ("", "column 1"),
    ],
)
async def test_what_cannot_be_imported_is_told_with_its_place(editor: Editor, text: str, place: str) -> None:
    found = await editor.ask("/api/hours/import", text=text, timezone="UTC")
    assert found["schedule"] is None
    assert [one["place"] for one in found["problems"]] == [place]


async def test_what_is_exported_can_be_imported(editor: Editor) -> None:
    schedule = {**PLAIN, "closures": [{"from": "2026-12-24T18:00", "to": "2026-12-28T08:00", "name": "Move"}]}
    written = await editor.ask("/api/hours/export", schedule=schedule)
    for text in (written["json"], written["osm"]):
        again = await editor.ask("/api/hours/import", text=text, timezone="Europe/Vilnius")
        assert again["schedule"]["weekly"] == PLAIN["weekly"]
    assert (await editor.ask("/api/hours/import", text=written["json"]))["schedule"] == schedule


async def test_a_holiday_of_its_own_is_refused_as_text_of_openstreetmap(editor: Editor) -> None:
    schedule = {**PLAIN, "holidays": {"country": "LT", "days": [{"holiday": "Christmas Day", "open": True}]}}
    written = await editor.ask("/api/hours/export", schedule=schedule)
    assert written["osm"] is None
    assert [one["place"] for one in written["osm_problems"]] == ["holidays.days[0]"]
    assert "Christmas Day" in written["json"]


@pytest.mark.parametrize("path", ["check", "preview", "import", "export"])
async def test_what_is_no_json_object_is_refused(editor: Editor, path: str) -> None:
    for content in (b"", b"[]", b"{", b"\xff", b"[" * 100_000):
        answer = await editor.house.http.post(
            f"/api/hours/{path}",
            content=content,
            headers={**editor.headers, "content-type": "application/json"},
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_json"), content[:9]


async def test_what_is_too_large_is_refused(editor: Editor) -> None:
    answer = await editor.post("/api/hours/check", schedule={}, more="x" * MAX_BODY)
    assert (answer.status_code, answer.json()["code"]) == (413, "frame_too_large")


async def test_five_hundred_intervals_are_read_and_ten_thousand_refused(editor: Editor) -> None:
    many = [[f"{n // 60:02}:{n % 60:02}", f"{(n + 1) // 60:02}:{(n + 1) % 60:02}"] for n in range(0, 1000, 2)]
    assert await checked(editor, {"timezone": "UTC", "weekly": {"mon": many}}) == ({}, {})
    problems, _ = await checked(editor, {"timezone": "UTC", "weekly": {"mon": many * 20}})
    assert list(problems) == ["weekly.mon"]
