"""`dragoman route`: what would become of a visitor, and every reason for it."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from appliance.cli_regions import ENGLISH, At, DataDir, RegionsFile, Seen, both_times, fail, instant_of, see
from appliance.domain import zones
from appliance.domain.desk import Desk, assign
from appliance.domain.instants import format_instant
from appliance.domain.languages import normalize_tag
from appliance.domain.routing import Decision, Seat, Visit
from appliance.routing_wordings import explain, name_of, region_name, summary
from appliance.services.countries import country_of_zone
from appliance.services.region_presets import countries
from appliance.settings import SettingError, Settings
from translation import Translator, discover

_VISIT = "visitor"


def route(
    language: Annotated[str, typer.Option(metavar="TAG", help="Language the visitor writes in, such as lt.")],
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Country of the visitor, such as LT.")
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="Time zone of the visitor's browser; it tells the country."),
    ] = None,
    choice: Annotated[
        str | None, typer.Option(metavar="REGION", help="The region chosen in the chat.")
    ] = None,
    site: Annotated[str | None, typer.Option(metavar="REGION", help="The region the site names.")] = None,
    agent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=TAGS",
            help="Somebody who is there, as emma=en,lt; may be given more than once. "
            "Without it: everybody of the data directory, free.",
        ),
    ] = None,
    at: At = "now",
    data_dir: DataDir = None,
    regions_file: RegionsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell which region and agent a visitor would get, and why not the others. Nothing is changed."""
    instant = instant_of(at)
    tag = _tag(language, "--language")
    if country is not None and country not in countries():
        fail(f"--country: {country!r} is not a country code. Use two capital letters such as LT.")
    if zone is not None:
        _check_zone(zone)
    seen = see(data_dir, regions_file)
    seats = _seats(seen, agent)
    found = country or country_of_zone(zone)
    visit = Visit(_VISIT, instant, tag, choice=choice, site=site, country=found)
    desk = Desk(seen.regions, seen.openings, seats, _reaches(data_dir))
    (step,) = assign([visit], desk, instant)
    decision = step.decision
    shown_in = zone or _zone_of(seen, decision.region)
    told = _told(decision, seen, shown_in)
    if as_json:
        visitor = {"language": tag, "country": found, "zone": zone, "choice": choice, "site": site}
        typer.echo(json.dumps({"visitor": visitor, **told}, ensure_ascii=False))
        return
    typer.echo(f"{both_times(instant, shown_in)}   ({shown_in})")
    typer.echo(
        f"{region_name(decision.region, ENGLISH, seen.regions)} ({decision.region}): {told['summary']}"
    )
    for kind, title in (("region", "Regions, as they were looked at:"), ("agent", "Agents:")):
        listed = [one for one in told["candidates"] if one["kind"] == kind]
        if listed:
            typer.echo(title)
        for one in listed:
            typer.echo(f"  {'→' if one['chosen'] else '–'} {one['name']}: {one['text']}")


def _told(decision: Decision, seen: Seen, shown_in: str) -> dict[str, Any]:
    zone = zones.zone(shown_in)
    return {
        "at": format_instant(decision.at),
        "outcome": decision.outcome,
        "region": decision.region,
        "via": decision.via,
        "agent": decision.agent,
        "opens_at": None if decision.opens_at is None else format_instant(decision.opens_at),
        "summary": summary(decision, ENGLISH, seen.regions, zone),
        "candidates": [
            {
                "kind": one.kind,
                "id": one.id,
                "name": name_of(one, ENGLISH, seen.regions),
                "chosen": one.chosen,
                "reason": one.reason,
                "text": explain(one, ENGLISH, seen.regions, zone),
            }
            for one in decision.candidates
        ],
    }


def _seats(seen: Seen, given: list[str] | None) -> Mapping[str, Seat]:
    by_name = {agent.email: agent for agent in seen.agents}
    seats: dict[str, Seat] = {}
    if given is None:
        return {
            agent.id: Seat(agent.id, agent.name, agent.languages, capacity=agent.capacity)
            for agent in seen.agents
            if agent.active
        }
    for text in given:
        name, equals, tags = text.partition("=")
        known = by_name.get(name.strip().lower())
        if not equals and known is None:
            fail(f"--agent: {text!r} has no languages. Write it as emma=en,lt.")
        languages = tuple(_tag(one.strip(), "--agent") for one in tags.split(",")) if equals else ()
        if known is not None:
            seat = Seat(known.id, known.name, languages or known.languages, capacity=known.capacity)
        else:
            seat = Seat(name.strip(), name.strip(), languages)
        seats[seat.agent] = seat
    return seats


def _reaches(data_dir: Any) -> Callable[[str, str], bool]:
    try:
        settings = Settings.from_environment(data_dir=data_dir)
    except SettingError as error:
        fail(str(error))
    routes = Translator(discover(settings.data_dir / "models"), workers=1).routes
    return lambda source, target: routes.path(source, target) is not None


def _tag(text: str, option: str) -> str:
    try:
        return normalize_tag(text)
    except ValueError:
        fail(f"{option}: {text[:40]!r} is not a language. Use a tag such as lt or pt-BR.")


def _check_zone(zone: str) -> None:
    try:
        zones.zone(zone)
    except zones.UnknownZone as error:
        near = f" Did you mean {error.near[0]}?" if error.near else " Use a name such as Europe/Vilnius."
        fail(f"--zone: {zone[:64]!r} is not a time zone.{near}")


def _zone_of(seen: Seen, region_id: str) -> str:
    region = seen.regions.get(region_id)
    return "UTC" if region is None else region.schedule.timezone
