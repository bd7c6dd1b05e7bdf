"""`dragoman hours …`: try opening hours out before anybody relies on them."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from appliance.domain import zones
from appliance.domain.instants import BadInstant, format_instant, parse_instant
from appliance.domain.opening_hours_osm import read_opening_hours
from appliance.domain.opening_hours_osm_writing import write_opening_hours
from appliance.domain.schedule import DAYS, Problem, Schedule, ScheduleError, Status
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_format import dump_schedule, format_schedule
from appliance.domain.schedule_json import MAX_BYTES, load_schedule, parse_schedule, text_of
from appliance.domain.schedule_notes import notes
from appliance.i18n import Catalogue
from appliance.schedule_wordings import wording
from appliance.services.holiday_calendar import HolidayCalendar

hours = typer.Typer(no_args_is_help=True, help="Try opening hours out, and convert them.")


class Form(StrEnum):
    json = "json"
    osm = "osm"


File = Annotated[str, typer.Argument(metavar="FILE", help="Opening hours as JSON; - for standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]

MAX_LINE = 1000
"""Characters of a line of standard input; an instant has some twenty."""

_ENGLISH = Catalogue("en", {})
_SHOWN = 40


@hours.command()
def check(
    file: File,
    at: Annotated[
        list[str] | None,
        typer.Option(
            metavar="INSTANT",
            help="Such as 2026-12-24T18:00:00Z, or now; may be given more than once. "
            "Without it: instants from standard input, one a line.",
        ),
    ] = None,
    as_json: AsJson = False,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="Language of the holidays' names, where they are known in it.")
    ] = "en",
) -> None:
    """Tell whether it is open at each instant, until or from when, and why not."""
    if file == "-" and not at:
        raise typer.BadParameter("standard input can't hold both FILE and the instants: give --at")
    holidays = HolidayCalendar(language)
    problems = _Problems(file, as_json)
    try:
        schedule = load_schedule(_content(file), holidays)
    except ScheduleError as error:
        problems.fail(error.problems)
    timetable = Timetable(schedule, holidays if schedule.holidays else None)
    for note in notes(schedule):
        typer.echo(f"Note: {f'{note.place}: ' if note.place else ''}{wording(note, _ENGLISH)}", err=True)
    tell = _tell_json if as_json else _tell
    if not as_json:
        typer.echo(f"{schedule.timezone}, zone rules {zones.VERSION}")
    failures = 0
    for place, text in _given(at) if at else _lines():
        try:
            instant = datetime.now(UTC) if at and text == "now" else parse_instant(text)
        except BadInstant as error:
            failures += 1
            shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            problems.note(Problem(place, error.code, {"value": shown}))
        else:
            tell(instant, timetable.status(instant), schedule)
            sys.stdout.flush()
    raise typer.Exit(1 if failures else 0)


@hours.command()
def convert(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="JSON, or OpenStreetMap's opening_hours; - for standard input."),
    ],
    to: Annotated[Form, typer.Option(help="JSON, or OpenStreetMap's opening_hours text.")],
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Of opening_hours, which don't say it: Europe/Vilnius.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose holidays PH in opening_hours means, such as LT.")
    ] = None,
    subdivision: Annotated[
        str | None, typer.Option(metavar="CODE", help="The part of the country, such as BY in DE.")
    ] = None,
) -> None:
    """Convert opening hours between JSON and OpenStreetMap's text. What can't be expressed is refused."""
    problems = _Problems(file, as_json=False)
    content = _content(file)
    is_json = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    if is_json and (timezone or country or subdivision):
        raise typer.BadParameter("JSON says the zone and the country itself")
    if not is_json and not timezone and to is Form.json:
        raise typer.BadParameter("opening_hours don't say the zone: give --timezone")
    try:
        if is_json:
            schedule = load_schedule(content, HolidayCalendar())
        else:
            schedule = _from_osm(content, timezone, country, subdivision)
        text = dump_schedule(schedule) if to is Form.json else write_opening_hours(schedule) + "\n"
    except ScheduleError as error:
        problems.fail(error.problems)
    typer.echo(text, nl=False)
    if is_json and to is Form.osm:
        country = f", and the country is {schedule.holidays.country}" if schedule.holidays else ""
        typer.echo(f"The text doesn't say that the zone is {schedule.timezone}{country}.", err=True)


def _from_osm(content: bytes, timezone: str | None, country: str | None, subdivision: str | None) -> Schedule:
    schedule = read_opening_hours(text_of(content), timezone or "UTC", country, subdivision)
    # The zone and the country are checked as those of a file are.
    return parse_schedule(format_schedule(schedule), HolidayCalendar())


class _Problems:
    """Errors go to standard error in words and, with --json, to standard output with their code."""

    def __init__(self, file: str, as_json: bool) -> None:
        self._file = "standard input" if file == "-" else file
        self._as_json = as_json

    def note(self, problem: Problem) -> None:
        text = wording(problem, _ENGLISH)
        if self._as_json:
            _print_json({"error": problem.code, "place": problem.place, "message": text})
        typer.echo(f"dragoman: {problem.place}: {text}" if problem.place else f"dragoman: {text}", err=True)

    def fail(self, problems: Sequence[Problem]) -> NoReturn:
        typer.echo(f"dragoman: The opening hours in {self._file} can't be used.", err=True)
        for problem in problems:
            self.note(problem)
        raise typer.Exit(1)


def _content(file: str) -> bytes:
    """At most a byte more than a schedule may have."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(file, "rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        typer.echo(f"dragoman: {file} can't be read: {error.strerror}.", err=True)
        raise typer.Exit(1) from None


def _given(at: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in at:
        yield "--at", text.strip()


def _lines() -> Iterator[tuple[str, str]]:
    """The lines of standard input that are not empty, each as soon as it is there, with their numbers."""
    if sys.stdin.isatty():
        typer.echo("Type instants such as 2026-12-24T18:00:00Z, one a line; Ctrl-D ends.", err=True)
    number = 0
    while line := sys.stdin.buffer.readline(MAX_LINE):
        number += 1
        rest = line
        while len(rest) == MAX_LINE and not rest.endswith(b"\n"):
            rest = sys.stdin.buffer.readline(MAX_LINE)
        text = line.decode("utf-8-sig", "replace").strip()
        if text:
            yield f"line {number}", text


def _tell_json(at: datetime, status: Status, schedule: Schedule) -> None:
    _print_json(
        {
            "at": format_instant(at),
            "open": status.open,
            "opens_at": None if status.opens_at is None else format_instant(status.opens_at),
            "closes_at": None if status.closes_at is None else format_instant(status.closes_at),
            "reason": status.reason,
            "name": status.name,
        }
    )


def _tell(at: datetime, status: Status, schedule: Schedule) -> None:
    change = status.closes_at if status.open else status.opens_at
    what = "open" if status.open else f"closed ({_why(status)})"
    verb = "closes" if status.open else "opens"
    when = "for the next 366 days" if change is None else f"{verb} {_local(change, schedule)}"
    typer.echo(f"{format_instant(at)}  {_local(at, schedule)}  {what}, {when}")


def _why(status: Status) -> str:
    reason = (status.reason or "").replace("_", " ")
    return f"{reason}: {status.name}" if status.name else reason


def _local(at: datetime, schedule: Schedule) -> str:
    """`Thu 2026-12-24 20:00 +02:00`, what clocks show there."""
    try:
        local = at.astimezone(zones.zone(schedule.timezone))
    except OverflowError:
        return format_instant(at)
    text = local.isoformat(" ", "minutes")
    return f"{DAYS[local.weekday()].title()} {text[:16]} {text[16:]}"


def _print_json(values: dict[str, Any]) -> None:
    typer.echo(json.dumps(values, ensure_ascii=False))
