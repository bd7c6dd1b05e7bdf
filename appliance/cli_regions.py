"""`dragoman regions …` and `dragoman hours explain`: regions as a server has them, looked at from a shell."""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from appliance.cli_hours import hours
from appliance.domain import zones
from appliance.domain.instants import BadInstant, format_instant, parse_instant
from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.region_codec import region_to_json
from appliance.domain.regions import KeptRegion, Region, Regions
from appliance.domain.schedule import DAYS, Problem, ScheduleError
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_json import MAX_BYTES, load_value
from appliance.domain.schedule_times import clock
from appliance.errors import TABLE
from appliance.i18n import Catalogue
from appliance.region_wordings import wording
from appliance.services.coverage_map import FIRST_YEAR, LAST_YEAR
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.region_json import (
    Known,
    RegionFile,
    RegionProblems,
    parse_regions,
    region_notes,
    regions_to_json,
)
from appliance.services.regions import Openings, RegionSettings
from appliance.settings import SettingError, Settings
from appliance.storage.database import open_database
from appliance.storage.looking import SeenRegions, look
from appliance.storage.people import Staff
from appliance.storage.regions import RegionBook
from appliance.storage.schema import DataRefused, hold

regions = typer.Typer(no_args_is_help=True, help="Export and import regions.")

ENGLISH = Catalogue("en", {})
AHEAD = timedelta(days=14)

DataDir = Annotated[
    Path | None, typer.Option(help="Directory with everything worth keeping.", show_default="data")
]
RegionsFile = Annotated[
    Path | None,
    typer.Option(
        "--regions", metavar="FILE", help="Exported regions instead of those of the data directory."
    ),
]
At = Annotated[str, typer.Option(metavar="INSTANT", help="Such as 2026-12-24T18:00:00Z, or now.")]


@dataclass(frozen=True, slots=True)
class Seen:
    """`agents`: those of the data directory; of a file only what it says."""

    regions: Regions
    openings: Openings
    kept: Sequence[KeptRegion]
    agents: Sequence[Agent]


def see(data_dir: Path | None, file: Path | None, language: str = "en") -> Seen:
    """The regions of a data directory, which a server may be using, or of a file. Ends the program where they
    can't be read. `language` is that of the holidays' names."""
    try:
        settings = Settings.from_environment(data_dir=data_dir)
        if file is None:
            sight = look(settings.data_dir)
            book, agents = SeenRegions(sight.regions, sight.settings), sight.agents
        else:
            book, agents = _of_file(_parsed(file, Known(holidays=HolidayCalendar()), trusting=True)), []
    except (DataRefused, SettingError) as error:
        fail(str(error))
    now = datetime.now(UTC)
    known = RegionSettings(book, lambda: now)

    async def all_of_it() -> Seen:
        return Seen(await known.read(), await known.openings(language), await known.kept(), agents)

    return asyncio.run(all_of_it())


@hours.command()
def explain(
    region: Annotated[str, typer.Argument(metavar="REGION", help="The short name of a region.")],
    at: At = "now",
    data_dir: DataDir = None,
    regions_file: RegionsFile = None,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="Language of the holidays' names, where they are known in it.")
    ] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell what decides whether a region is open at an instant, and what changes in the next two weeks."""
    instant = instant_of(at)
    seen = see(data_dir, regions_file, language)
    found = next((one for one in seen.kept if one.region.id == region), None)
    if found is None:
        known = ", ".join(one.id for one in seen.regions.all)
        fail(f"There is no region {region!r}. There are: {known}.")
    timetable = seen.openings.timetable(region)
    rule = _rule(timetable, instant)
    changes = _changes(timetable, instant)
    status = timetable.status(instant)
    if as_json:
        told = {
            "region": region,
            "at": format_instant(instant),
            "open": status.open,
            "opens_at": _or_none(status.opens_at),
            "closes_at": _or_none(status.closes_at),
            "reason": status.reason,
            "name": status.name,
            "rule": rule,
            "changes": [{"at": format_instant(when), "open": opens} for when, opens in changes],
            "zone_rules": zones.VERSION,
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    zone = found.region.schedule.timezone
    typer.echo(f"{found.region.name('en')} ({region}), {zone}, zone rules {zones.VERSION}")
    typer.echo(f"{both_times(instant, zone)}  {'open' if status.open else 'closed'}")
    typer.echo(f"  because: {rule}")
    typer.echo("Changes in the next two weeks:" if changes else "Nothing changes in the next two weeks.")
    for when, opens in changes:
        typer.echo(f"  {'opens ' if opens else 'closes'}  {both_times(when, zone)}")
    for note in region_notes(found.region, seen.regions, found):
        typer.echo(f"Note: {note.place}: {wording(note, ENGLISH)}", err=True)


@regions.command("export")
def export_regions(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Without it: standard output.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write all regions as JSON. The server may be running."""
    seen = see(data_dir, None)
    emails = {agent.id: agent.email for agent in seen.agents}
    text = json.dumps(regions_to_json(seen.regions, emails), ensure_ascii=False, indent=2) + "\n"
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        fail(f"{file} can't be written: {error.strerror}.")
    typer.echo(f"{len(seen.regions.all)} regions are in {file}.")


@regions.command("import")
def import_regions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As it was exported; - for standard input.")],
    data_dir: DataDir = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
) -> None:
    """Add the regions of a file, and replace those with the same short names. Stop the server first."""
    try:
        settings = Settings.from_environment(data_dir=data_dir)
        with hold(settings.data_dir):
            asyncio.run(_import(settings, file, dry_run))
    except (DataRefused, SettingError) as error:
        fail(str(error))
    except Refused as refusal:
        fail(ENGLISH.t(TABLE[refusal.code].message, **refusal.params))


async def _import(settings: Settings, file: Path, dry_run: bool) -> None:
    async with open_database(settings.data_dir):
        known = RegionSettings(RegionBook(), lambda: datetime.now(UTC))
        agents = await Staff().agents()
        before = await known.read()
        names = {agent.id: agent.id for agent in agents} | {agent.email: agent.id for agent in agents}
        given = _parsed(file, Known(names, [region.id for region in before.all], HolidayCalendar()))
        changed: list[Region] = []
        for region in given.regions:
            old = next((one for one in before.all if one.id == region.id), None)
            if old is not None and replace(region, version=old.version) == old:
                typer.echo(f"  {region.id}: as it is already")
                continue
            changed.append(region)
            what = "new" if old is None else f"changes {', '.join(_differing(old, region))}"
            typer.echo(f"  {region.id}: {what}")
        if given.default not in (None, before.default):
            typer.echo(f"  {given.default} becomes the default")
        if dry_run:
            typer.echo("Nothing was changed.")
            return
        if changed or given.default not in (None, before.default):
            await known.take(changed, given.default, None)
        after = await known.read()
        for region in changed:
            for note in region_notes(region, after):
                typer.echo(f"Note: {region.id}: {note.place}: {wording(note, ENGLISH)}", err=True)
        typer.echo(f"{len(changed)} regions were saved.")


def instant_of(text: str) -> datetime:
    """Ends the program where it is none, or so far away that days around it are not on the calendar."""
    if text == "now":
        return datetime.now(UTC)
    try:
        at = parse_instant(text)
    except BadInstant as error:
        fail(f"--at: {wording(Problem('--at', error.code, {'value': text[:40]}), ENGLISH)}")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        fail(f"--at: {text[:40]!r} is too far from today. Use a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return at


def both_times(at: datetime, zone: str) -> str:
    """`Thu 2026-12-24 20:00 +02:00   2026-12-24T18:00:00Z`: what clocks show there, and UTC."""
    try:
        local = at.astimezone(zones.zone(zone))
    except OverflowError:
        return format_instant(at)
    text = local.isoformat(" ", "minutes")
    return f"{DAYS[local.weekday()].title()} {text[:16]} {text[16:]}   {format_instant(at)}"


def fail(text: str) -> NoReturn:
    typer.echo(f"dragoman: {text}", err=True)
    raise typer.Exit(1)


def _rule(timetable: Timetable, at: datetime) -> str:
    """What sets the hours of the local date, and what they are."""
    status = timetable.status(at)
    name = f" “{status.name}”" if status.name else ""
    if status.reason == "closure":
        return f"the closure{name} cuts whatever falls into it"
    local = at.astimezone(zones.zone(timetable.schedule.timezone))
    for day in (local.date(), local.date() - timedelta(days=1)):
        plan = timetable.plan(day)
        weekday = DAYS[day.weekday()]
        source = {
            "exception": f"the exception{f' “{plan.name}”' if plan.name else ''} of {day}",
            "holiday": f"the holiday{f' “{plan.name}”' if plan.name else ''} of {day}",
        }.get(plan.by, f"the weekly hours of {weekday.title()}")
        minutes = local.hour * 60 + local.minute + (0 if day == local.date() else 24 * 60)
        listed = ", ".join(f"{clock(one.start)}–{clock(one.end)}" for one in plan.hours) or "none"
        is_within = any(one.start <= minutes < one.end for one in plan.hours)
        if is_within or (not status.open and plan.by == status.reason):
            since = "" if day == local.date() else f", since {day}"
            return f"{source}: {listed}{since}"
    plan = timetable.plan(local.date())
    listed = ", ".join(f"{clock(one.start)}–{clock(one.end)}" for one in plan.hours) or "none"
    return f"the hours of {local.date()}: {listed}"


def _changes(timetable: Timetable, at: datetime) -> list[tuple[datetime, bool]]:
    try:
        end = at + AHEAD
    except OverflowError:
        return []
    turns = [
        (edge, edge == one.start) for one in timetable.intervals(at, end) for edge in (one.start, one.end)
    ]
    return [(edge, opens) for edge, opens in turns if at < edge < end]


def _or_none(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)


def _of_file(given: RegionFile) -> SeenRegions:
    now = datetime.now(UTC)
    kept = [KeptRegion(region, now, None, zones.VERSION) for region in given.regions]
    return SeenRegions(kept, {"default": given.default})


def _parsed(file: Path, known: Known, *, trusting: bool = False) -> RegionFile:
    """`trusting`: whom it names as agents are some. Ends the program with every problem there is."""
    shown = "Standard input" if str(file) == "-" else str(file)
    try:
        value = load_value(_content(file))
        if trusting:
            known = replace(known, agents={name: name for name in _agents_named(value)})
        given = parse_regions(value, known)
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror}.")
    except (ScheduleError, RegionProblems) as error:
        typer.echo(f"dragoman: {shown} can't be used.", err=True)
        for problem in error.problems:
            place = f"{problem.place}: " if problem.place else ""
            typer.echo(f"dragoman: {place}{wording(problem, ENGLISH)}", err=True)
        raise typer.Exit(1) from None
    if trusting and not given.regions:
        fail(f"{shown} has no regions.")
    return given


def _content(file: Path) -> bytes:
    """At most a byte more than may be read."""
    if str(file) == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _agents_named(value: Any) -> list[str]:
    listed = value.get("regions") if isinstance(value, dict) else None
    regions_ = listed if isinstance(listed, list) else []
    agents = [one.get("agents") for one in regions_ if isinstance(one, dict)]
    return [name for some in agents if isinstance(some, list) for name in some if isinstance(name, str)]


def _differing(old: Region, new: Region) -> list[str]:
    before, after = region_to_json(old), region_to_json(new)
    return [name for name in after if before[name] != after[name]]
