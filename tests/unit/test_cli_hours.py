"""`dragoman hours …`, as an operator uses it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from appliance.cli import cli

CASES = json.loads((Path(__file__).parent / "domain" / "business_hours.json").read_text("utf-8"))
OFFICE = {
    "timezone": "Europe/Vilnius",
    "weekly": {"mon": [["09:00", "17:30"]], "fri": [["22:00", "06:00"]]},
    "holidays": {"country": "LT"},
    "exceptions": [{"date": "2026-06-15", "hours": [["10:00", "12:00"]], "name": "Outing"}],
    "closures": [{"from": "2026-06-19T23:00", "to": "2026-06-20T01:00", "name": "Move"}],
}


class Hours:
    """Runs the command on files of its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, value: Any, name: str = "hours.json") -> str:
        path = self.folder / name
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        return str(path)

    def run(self, *arguments: str, text: str | bytes = "") -> Result:
        return CliRunner().invoke(cli, ["hours", *arguments], input=text)


@pytest.fixture
def hours(tmp_path: Path) -> Hours:
    return Hours(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_answers_of_well_known_cases(case: Mapping[str, Any], hours: Hours) -> None:
    file = hours.write(case["schedule"])
    lines = "\n".join(check["at"] for check in case["checks"])
    done = hours.run("check", file, "--json", text=lines)
    assert done.exit_code == 0, done.output
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [set(answer) for answer in answers] == [
        {"at", "open", "opens_at", "closes_at", "reason", "name"} for _ in case["checks"]
    ]
    wanted = [{key: answer[key] for key in ("at", "open", "opens_at", "closes_at")} for answer in answers]
    assert wanted == case["checks"]
    assert all((answer["reason"] is None) == answer["open"] for answer in answers)


def test_why_it_is_closed(hours: Hours) -> None:
    file = hours.write(OFFICE)
    asked = {
        "2026-06-15T07:30:00Z": (True, None, None),
        "2026-06-15T09:00:00Z": (False, "exception", "Outing"),
        "2026-06-19T20:30:00Z": (False, "closure", "Move"),
        "2026-06-22T16:00:00Z": (False, "outside_hours", None),
        "2026-12-25T10:00:00Z": (False, "holiday", "Christmas Day"),
        # The night shift that Christmas Day, a Friday, would have begun.
        "2026-12-26T03:00:00Z": (False, "holiday", "Second Day of Christmas"),
    }
    done = hours.run("check", file, "--json", *(part for at in asked for part in ("--at", at)))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    found = {one["at"]: (one["open"], one["reason"], one["name"]) for one in answers}
    assert found == asked


def test_an_answer_for_people(hours: Hours) -> None:
    file = hours.write(OFFICE)
    done = hours.run("check", file, "--at", "2026-06-19T20:30:00Z", "--at", "2026-06-20T01:00:00+03:00")
    first, *lines = done.stdout.splitlines()
    assert first.startswith("Europe/Vilnius, zone rules 20")
    assert lines == [
        "2026-06-19T20:30:00Z  Fri 2026-06-19 23:30 +03:00  closed (closure: Move), "
        "opens Sat 2026-06-20 01:00 +03:00",
        "2026-06-19T22:00:00Z  Sat 2026-06-20 01:00 +03:00  open, closes Sat 2026-06-20 06:00 +03:00",
    ]


def test_holidays_are_named_in_the_language_asked_for(hours: Hours) -> None:
    file = hours.write(OFFICE)
    done = hours.run("check", file, "--json", "--at", "2026-12-25T10:00:00Z", "--language", "lt")
    assert json.loads(done.stdout)["name"] == "Šv. Kalėdų pirma diena"


def test_a_bad_instant_is_told_with_its_line_and_the_others_are_answered(hours: Hours) -> None:
    file = hours.write(OFFICE)
    lines = (
        "2026-06-15T07:30:00Z\r\n\r\ntomorrow\r\n2026-06-15T07:30:00\r\n" + "9" * 5000 + "\n2026-06-15T07:30Z"
    )
    done = hours.run("check", file, "--json", text=lines)
    assert done.exit_code == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one.get("place", one.get("at")) for one in answers] == [
        "2026-06-15T07:30:00Z",
        "line 3",
        "line 4",
        "line 5",
        "2026-06-15T07:30:00Z",
    ]
    first, second, third = done.stderr.splitlines()
    assert first == "dragoman: line 3: “tomorrow” is not an instant. Write it as 2026-12-24T18:00:00Z."
    assert second == (
        "dragoman: line 4: “2026-06-15T07:30:00” says no zone. Add Z for UTC, or an offset such as +02:00."
    )
    assert third.startswith("dragoman: line 5: “9999")
    assert len(third) < 200


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-15", "2026-13-01T00:00:00Z", "2026-06-31T00:00:00Z", "2026-06-15T24:00:00Z",
        "2026-06-15T23:60:00Z", "2026-06-15T23:59:60Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "２０２６-06-15T07:30:00Z",
        "2026-06-15T07:30:00+24:00", "2026-W25-1T07:30:00Z", "20260615T073000Z",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused(text: str, hours: Hours) -> None:
    done = hours.run("check", hours.write(OFFICE), "--at", text)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"dragoman: --at: “{text}” ")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Asia/Manila", "UTC"])
def test_the_first_and_the_last_of_all_instants(at: str, zone: str, hours: Hours) -> None:
    always = {"timezone": zone, "weekly": {day: [["00:00", "24:00"]] for day in ("mon", "fri")}}
    for form in ("--json", "--language=en"):
        done = hours.run("check", hours.write(always), "--at", at, form)
        assert done.exit_code == 0
        assert at in done.stdout


def test_every_mistake_in_a_file_is_told_with_its_place(hours: Hours) -> None:
    file = hours.write(
        '{"timezone": "Vilnius", "weekly": {"monday": [], "tue": [["9-5", "17:00"], ["10:00", "10:00"]]},'
        ' "holidays": {"country": "LT", "subdivision": "XX"},'
        ' "exceptions": [{"date": "2026-02-30", "hours": []}]}'
    )
    done = hours.run("check", file, "--at", "2026-06-15T07:30:00Z")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"dragoman: The opening hours in {file} can't be used.",
        "dragoman: timezone: “Vilnius” is not a time zone. Did you mean Europe/Vilnius?",
        "dragoman: weekly.monday: “monday” is not known here. Did you mean “mon”?",
        "dragoman: weekly.tue[0][0]: “9-5” is not a time. Use 00:00 to 23:59, as in 09:30; "
        "an end may also be 24:00.",
        "dragoman: weekly.tue[1]: Start and end are the same. A whole day is 00:00 to 24:00.",
        "dragoman: holidays.subdivision: “XX” is no part of LT whose holidays are known; none is. "
        "Leave the part out.",
        "dragoman: exceptions[0].date: “2026-02-30” is not a date. Write it as 2026-12-24, "
        "from year 0001 to 9999.",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"timezone": "UTC",\n "weekly": {"mon" []}}', "line 2, column 19: This is not valid JSON"),
        (b"", "line 1, column 1: This is not valid JSON"),
        (b"[]", "A schedule must be an object"),
        (b'"\xff"', "This is not text in UTF-8, from byte 2 on."),
        (b"[" * 100_000, "This is nested deeper than any schedule."),
        (b" " * (16 * 2**20 + 1), "This is larger than 16 MB"),
        (b'{"timezone": ' + b"9" * 100_000 + b"}", "The time zone must be a name"),
    ],
    ids=["json", "empty", "list", "bytes", "deep", "large", "number"],
)
def test_a_file_that_holds_no_schedule(content: bytes, told: str, hours: Hours) -> None:
    done = hours.run("check", hours.write(content), "--at", "2026-06-15T07:30:00Z")
    assert done.exit_code == 1
    assert told in done.stderr


def test_a_file_that_can_t_be_read(hours: Hours) -> None:
    missing = str(hours.folder / "missing.json")
    done = hours.run("check", missing)
    assert (done.exit_code, done.stderr) == (
        1,
        f"dragoman: {missing} can't be read: No such file or directory.\n",
    )
    assert "Is a directory" in hours.run("check", str(hours.folder)).stderr


def test_the_file_may_come_from_standard_input(hours: Hours) -> None:
    at = ("--at", "2026-06-15T07:30:00Z")
    assert json.loads(hours.run("check", "-", "--json", *at, text=json.dumps(OFFICE)).stdout)["open"]
    refused = hours.run("check", "-", text=json.dumps(OFFICE))
    assert refused.exit_code == 2
    assert "standard input can't hold both FILE" in refused.stderr


OSM = 'Mo 09:00-17:30, Fr 22:00-06:00; PH off; 2026 Jun 15 10:00-12:00 "Outing"'


def test_from_json_to_openstreetmap_s_text_and_back(hours: Hours) -> None:
    file = hours.write({name: OFFICE[name] for name in OFFICE if name != "closures"})
    text = hours.run("convert", file, "--to", "osm")
    assert text.exit_code == 0
    assert text.stdout == OSM + "\n"
    assert "the zone is Europe/Vilnius, and the country is LT" in text.stderr
    back = ("convert", "-", "--to", "json", "--timezone", "Europe/Vilnius", "--country", "LT")
    canonical = hours.run("convert", file, "--to", "json")
    assert canonical.exit_code == 0
    assert hours.run(*back, text=OSM).stdout == canonical.stdout
    assert json.loads(canonical.stdout)["weekly"] == OFFICE["weekly"]


def test_text_that_can_t_be_kept_is_refused_with_its_place(hours: Hours) -> None:
    file = hours.write("Mo-Fr 09:00-17:00; Dec 25 off", "osm.txt")
    done = hours.run("convert", file, "--to", "json", "--timezone", "UTC")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"dragoman: The opening hours in {file} can't be used.",
        "dragoman: column 20: “Dec” has no year, and what returns each year can't be kept. "
        "Write 2026 Dec 24, or PH for public holidays.",
    ]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ((), 2, "give --timezone"),
        (
            ("--timezone", "Vilnius", "--country", "LT"),
            1,
            "timezone: “Vilnius” is not a time zone. Did you mean Europe/Vilnius?",
        ),
        (("--timezone", "UTC"), 1, "column 33: PH needs a country"),
        (("--timezone", "UTC", "--country", "XX"), 1, "holidays.country: No public holidays are known"),
    ],
)
def test_what_the_text_does_not_say_must_be_given(
    options: tuple[str, ...], code: int, told: str, hours: Hours
) -> None:
    done = hours.run("convert", hours.write(OSM), "--to", "json", *options)
    assert done.exit_code == code
    assert told in done.stderr
    refused = hours.run("convert", hours.write(OFFICE), "--to", "osm", "--timezone", "UTC")
    assert refused.exit_code == 2


def test_what_is_hardly_meant_is_noted(hours: Hours) -> None:
    weekly = {"mon": [["09:00", "13:00"], ["12:00", "17:00"]]}
    file = hours.write({"timezone": "UTC", "weekly": weekly})
    done = hours.run("check", file, "--json", "--at", "2026-03-02T12:30:00Z")
    assert done.exit_code == 0
    assert done.stderr == "Note: weekly.mon[1]: This overlaps with weekly.mon[0]. Together they count once.\n"
