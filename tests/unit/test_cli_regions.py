"""`dragoman regions …`, `dragoman hours explain` and `dragoman route`, as an operator uses them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from appliance.cli import cli

LITHUANIA = {
    "id": "lithuania",
    "names": {"en": "Lithuania"},
    "countries": ["LT"],
    "languages": ["lt"],
    "overflow": ["japan"],
    "schedule": {
        "timezone": "Europe/Vilnius",
        "weekly": {"mon": [["09:00", "17:30"]], "fri": [["22:00", "06:00"]]},
        "holidays": {"country": "LT"},
        "exceptions": [{"date": "2026-03-09", "hours": [], "name": "Outing"}],
        "closures": [{"from": "2026-03-16T12:00", "to": "2026-03-16T13:00", "name": "Drill"}],
    },
}
JAPAN = {
    "id": "japan",
    "names": {"en": "Japan"},
    "countries": ["JP"],
    "languages": ["ja"],
    "agents": ["kei@lumina.example"],
    "schedule": {"timezone": "Asia/Tokyo", "weekly": {"mon": [["09:00", "23:00"]]}},
}
FILE = {"regions": [LITHUANIA, JAPAN], "default": "japan"}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str, value: Any = FILE) -> Result:
        """`@FILE` is a file with the value, `@DATA` a data directory."""
        file = tmp_path / "regions.json"
        file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        stands = {"@FILE": str(file), "@DATA": str(tmp_path / "data")}
        return CliRunner().invoke(cli, [stands.get(one, one) for one in arguments])

    return command


@pytest.fixture
def data(run: Run, tmp_path: Path) -> Path:
    """A data directory with both regions."""
    done = run(
        "regions",
        "import",
        "@FILE",
        "--data-dir",
        "@DATA",
        value={"regions": [LITHUANIA, {**JAPAN, "agents": None}]},
    )
    assert done.exit_code == 0, done.output
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("at", "is_open", "rule"),
    [
        ("2026-03-02T10:00:00Z", True, "the weekly hours of Mon: 09:00–17:30"),
        ("2026-03-03T10:00:00Z", False, "the weekly hours of Tue: none"),
        ("2026-03-07T01:00:00Z", True, "the weekly hours of Fri: 22:00–06:00, since 2026-03-06"),
        ("2026-03-09T10:00:00Z", False, "the exception “Outing” of 2026-03-09: none"),
        ("2026-03-16T10:30:00Z", False, "the closure “Drill” cuts whatever falls into it"),
        (
            "2026-12-25T21:00:00Z",
            False,
            "the holiday “Christmas Day” of 2026-12-25: none",
        ),
    ],
)
def test_the_rule_that_decides_is_told(run: Run, at: str, is_open: bool, rule: str) -> None:
    told = run("hours", "explain", "lithuania", "--regions", "@FILE", "--at", at, "--json")
    answer = json.loads(told.stdout)
    assert (answer["open"], answer["rule"]) == (is_open, rule)


def test_the_changes_of_two_weeks_come_in_local_and_universal_time(run: Run) -> None:
    """Clocks go forward on 29 March."""
    told = run("hours", "explain", "lithuania", "--regions", "@FILE", "--at", "2026-03-26T12:00:00Z")
    assert [line.strip() for line in told.stdout.splitlines() if line.startswith("  ")] == [
        "because: the weekly hours of Thu: none",
        "opens   Fri 2026-03-27 22:00 +02:00   2026-03-27T20:00:00Z",
        "closes  Sat 2026-03-28 06:00 +02:00   2026-03-28T04:00:00Z",
        "opens   Mon 2026-03-30 09:00 +03:00   2026-03-30T06:00:00Z",
        "closes  Mon 2026-03-30 17:30 +03:00   2026-03-30T14:30:00Z",
        "opens   Fri 2026-04-03 22:00 +03:00   2026-04-03T19:00:00Z",
        "closes  Sat 2026-04-04 06:00 +03:00   2026-04-04T03:00:00Z",
    ]


def test_a_visitor_s_way_is_told_with_every_reason(run: Run) -> None:
    told = run(
        *("route", "--language", "lt", "--zone", "Europe/Vilnius", "--regions", "@FILE"),
        *(
            "--agent",
            "emma=en,lt",
            "--agent",
            "kei@lumina.example=ja",
            "--at",
            "2026-03-02T10:00:00Z",
            "--json",
        ),
    )
    answer = json.loads(told.stdout)
    assert (answer["outcome"], answer["region"], answer["via"], answer["agent"]) == (
        "offered",
        "lithuania",
        "country",
        "emma",
    )
    assert [(one["kind"], one["id"], one["chosen"]) for one in answer["candidates"]] == [
        ("region", "lithuania", True),
        ("agent", "emma", True),
        ("agent", "kei@lumina.example", False),
    ]
    assert all(one["text"] for one in answer["candidates"])
    assert answer["visitor"]["country"] == "LT"


def test_who_comes_while_a_region_is_closed_goes_to_the_one_that_helps(run: Run) -> None:
    arguments = (
        "route",
        "--language",
        "lt",
        "--country",
        "LT",
        "--regions",
        "@FILE",
        "--agent",
        "kei@lumina.example=ja",
    )
    early = json.loads(run(*arguments, "--at", "2026-03-02T05:00:00Z", "--json").stdout)
    assert [(one["id"], one["chosen"]) for one in early["candidates"] if one["kind"] == "region"] == [
        ("lithuania", False),
        ("japan", True),
    ]
    late = json.loads(run(*arguments, "--at", "2026-03-03T05:00:00Z", "--json").stdout)
    assert (late["outcome"], late["region"], late["opens_at"]) == (
        "closed",
        "lithuania",
        "2026-03-06T20:00:00Z",
    )
    spoken = run(*arguments, "--at", "2026-03-03T05:00:00Z").stdout
    assert "Lithuania: Closed until" in spoken
    assert "Japan: Closed until" in spoken


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hours", "explain", "atlantis"], "There is no region 'atlantis'. There are: lithuania, japan."),
        (["hours", "explain", "japan", "--at", "tomorrow"], "--at: “tomorrow” is not an instant."),
        (["route", "--language", "tlhIngan!"], "--language: 'tlhIngan!' is not a language."),
        (["route", "--language", "lt", "--country", "lt"], "--country: 'lt' is not a country code."),
        (["route", "--language", "lt", "--zone", "Europe/Vilnus"], "Did you mean Europe/Vilnius?"),
        (["route", "--language", "lt", "--agent", "emma"], "--agent: 'emma' has no languages."),
    ],
)
def test_what_can_t_be_used_is_said(run: Run, arguments: list[str], message: str) -> None:
    told = run(*arguments, "--regions", "@FILE")
    assert told.exit_code == 1
    assert message in told.stderr


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"regions": [{"id": 1}]}', '{"regions": []}', '{"regions": 5}']
)
def test_a_file_that_is_none_is_refused_in_words(run: Run, text: str) -> None:
    told = run("hours", "explain", "lithuania", "--regions", "@FILE", value=text)
    assert told.exit_code == 1
    assert told.stderr.startswith("dragoman: ")
    assert "Traceback" not in told.output


def test_what_is_exported_is_imported_again_unchanged(run: Run, data: Path, tmp_path: Path) -> None:
    exported = run("regions", "export", "--data-dir", "@DATA")
    value = json.loads(exported.stdout)
    # The region that was there before anybody asked for one stays, and stays the default.
    assert [region["id"] for region in value["regions"]] == ["everywhere", "lithuania", "japan"]
    assert value["default"] == "everywhere"
    again = run("regions", "import", "@FILE", "--data-dir", "@DATA", value=value)
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (0, "0 regions were saved.")
    file = tmp_path / "out.json"
    run("regions", "export", str(file), "--data-dir", "@DATA")
    assert json.loads(file.read_text("utf-8")) == value


def test_an_import_says_what_it_changes_and_does_nothing_on_a_dry_run(run: Run, data: Path) -> None:
    value = {"regions": [{**LITHUANIA, "countries": [], "when_empty": "closed"}], "default": "lithuania"}
    for options, last in ((["--dry-run"], "Nothing was changed."), ([], "1 regions were saved.")):
        told = run("regions", "import", "@FILE", "--data-dir", "@DATA", *options, value=value)
        assert told.stdout.splitlines() == [
            "  lithuania: changes countries, when_empty",
            "  lithuania becomes the default",
            last,
        ]
    after = json.loads(run("regions", "export", "--data-dir", "@DATA").stdout)
    assert after["default"] == "lithuania"
    assert after["regions"][1]["countries"] == []


def test_an_import_with_a_mistake_changes_nothing_at_all(run: Run, data: Path) -> None:
    before = run("regions", "export", "--data-dir", "@DATA").stdout
    value = {"regions": [{**LITHUANIA, "countries": []}, {**JAPAN, "overflow": ["japan", "atlantis"]}]}
    told = run("regions", "import", "@FILE", "--data-dir", "@DATA", value=value)
    assert told.exit_code == 1
    assert told.stderr.splitlines()[1:] == [
        "dragoman: regions[1].agents[0]: There is no agent “kei@lumina.example”.",
        "dragoman: regions[1].overflow[0]: A region can't overflow to itself.",
        "dragoman: regions[1].overflow[1]: There is no region “atlantis”.",
    ]
    assert run("regions", "export", "--data-dir", "@DATA").stdout == before


def test_without_a_data_directory_that_is_said(run: Run) -> None:
    told = run("regions", "export", "--data-dir", "@DATA")
    assert (told.exit_code, "Give the --data-dir of the server." in told.stderr) == (1, True)


@pytest.mark.parametrize("command", [("hours", "explain", "japan"), ("route", "--language", "ja")])
@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_an_instant_at_the_ends_of_the_calendar_is_too_far(
    run: Run, command: tuple[str, ...], at: str
) -> None:
    done = run(*command, "--regions", "@FILE", "--at", at)
    assert done.exit_code == 1
    assert done.output == f"dragoman: --at: '{at}' is too far from today. Use a year from 2 to 9997.\n"


@pytest.mark.parametrize("command", [("hours", "explain", "japan"), ("route", "--language", "ja")])
@pytest.mark.parametrize("at", ["0002-01-01T00:00:00Z", "9997-12-31T23:59:59Z"])
def test_whatever_is_nearer_is_told(run: Run, command: tuple[str, ...], at: str) -> None:
    done = run(*command, "--regions", "@FILE", "--at", at)
    assert done.exit_code == 0, done.output
    assert at in done.output
