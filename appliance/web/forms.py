"""What the pages with forms share: reading a form, naming what is wrong in it, going on afterwards."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import available_timezones

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.errors import TABLE
from appliance.i18n import Catalogue, mark
from appliance.services.languages import Languages, alphabetical
from appliance.services.passwords import MIN_LENGTH
from appliance.web.fields import read_bounded
from appliance.web.guard import Guard

_PROBLEMS = {
    "email": mark("Enter an e-mail address that is not used here yet, such as ana@example.com."),
    "password": mark("Choose a password of at least {n} characters."),
    "new": mark("Choose a password of at least {n} characters."),
    "current": mark("This is not your current password."),
    "name": mark("Enter a name of at most 80 characters."),
    "workspace": mark("Enter a name of at most 80 characters."),
    "language": mark("Choose a language from the list."),
    "time_zone": mark("Choose a time zone from the list."),
    "role": mark("Choose a role from the list."),
    "sites": mark("Enter addresses such as https://www.example.com, one a line."),
    "accent": mark("Choose a colour."),
}


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a plain form, each once."""
    body = (await read_bounded(request)).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        raise Refused("bad_field", field="form") from None


def problem(words: Catalogue, refusal: Refused) -> str:
    """What is wrong, and what would be right, for the reader."""
    if refusal.code == "bad_field" and refusal.field in _PROBLEMS:
        return words.t(_PROBLEMS[refusal.field], n=MIN_LENGTH)
    return words.t(TABLE[refusal.code].message, field=refusal.field or "", **refusal.params)


def problems(words: Catalogue, checks: Mapping[str, Callable[[], object]]) -> dict[str, str]:
    """A text for each field whose check refuses it."""
    errors = {}
    for field, check in checks.items():
        try:
            check()
        except Refused as refusal:
            errors[field] = problem(words, refusal)
    return errors


async def choices(languages: Languages, words: Catalogue) -> dict[str, Any]:
    """What the selections of languages and time zones offer; zones with the places they are called after."""
    cities = {zone: words.city_name(zone) for zone in _zones()}
    zones = sorted(cities, key=lambda zone: (alphabetical(cities[zone]), zone))
    return {
        "languages": await languages.offered(),
        "time_zones": [(zone, f"{cities[zone]} · {zone.replace('_', ' ')}") for zone in zones],
    }


def checked_zone(name: str | None) -> str:
    zone = known_zone(name)
    if zone is None:
        raise Refused("bad_field", field="time_zone")
    return zone


def known_zone(name: str | None) -> str | None:
    return name if name in _zones() else None


@cache
def _zones() -> frozenset[str]:
    """The zones of this installation; looking for them reads a directory tree."""
    return frozenset(available_timezones())


def address(request: Request) -> str:
    """Where the request comes from, as far as it can be trusted (see the setting `trusted_proxies`)."""
    return request.client.host if request.client else ""


def user_agent(request: Request) -> str | None:
    return clean_field(request.headers.get("user-agent", "")[:400], "user-agent", 400)


def signed_in(guard: Guard, request: Request, token: str, where: str) -> Response:
    """On to a page of the console, with the new session's cookie."""
    response = RedirectResponse(where, 303)
    guard.remember(request, response, token)
    return response
