"""What a region of a country usually looks like, from CLDR: a start, which an admin changes as needed."""

import importlib.resources
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global

from appliance.domain import zones
from appliance.domain.languages import is_language_tag, normalize_tag, same_language
from appliance.domain.regions import Region
from appliance.domain.schedule import DAYS, HolidayRule, Hours, Schedule
from appliance.names import babel_locale, country_name
from appliance.services.holiday_calendar import HolidayCalendar

USUAL_HOURS = Hours(9 * 60, 17 * 60 + 30)

# Codes of CLDR's that stand for no country.
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_OFFICIAL = frozenset({"official", "de_facto_official"})

# The zone of most people, where the list of zones, which goes from east to west, has another one first.
_MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "FM": "Pacific/Pohnpei",
    "PS": "Asia/Hebron",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
    # In no list of zones; its clocks are Belgrade's.
    "XK": "Europe/Belgrade",
}


@dataclass(frozen=True, slots=True)
class Preset:
    """`zones`: those of the country whose clocks differ, the one of most people first. `first_day` and
    `weekend` count from Monday, 0."""

    region: Region
    zones: Sequence[str]
    first_day: int
    weekend: Sequence[int]


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The codes (ISO 3166-1) of all countries and territories that CLDR has a name for."""
    known = map(str, Locale("en").territories)
    return frozenset(code for code in known if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES


def preset(
    country: str, locales: Sequence[str], holidays: HolidayCalendar, at: datetime, taken: Collection[str] = ()
) -> Preset:
    """`locales`: in which the region is named; `taken`: ids that others have; `at`: clocks are compared in
    the year after it. Raises KeyError for a code that is no country."""
    if country not in countries():
        raise KeyError(country)
    # CLDR's week goes by territory alone, but is kept with the locales that are spoken there.
    week = _week_of(country)
    weekend = _days(week.weekend_start, week.weekend_end)
    known = zones_of(country, at)
    weekly = tuple(() if day in weekend else (USUAL_HOURS,) for day in range(len(DAYS)))
    rule = HolidayRule(country) if holidays.subdivisions(country) is not None else None
    languages = languages_of(country)
    tags = dict.fromkeys(("en", *locales, *languages))
    region = Region(
        id=free_id(country_name(country, "en"), taken, country.lower()),
        names={tag: country_name(country, tag) for tag in tags if babel_locale(tag)},
        schedule=Schedule(known[0], weekly, rule),
        countries=(country,),
        languages=tuple(languages),
    )
    return Preset(region, known, week.first_week_day, weekend)


def zones_of(country: str, at: datetime) -> Sequence[str]:
    """The zones of a country whose clocks differ in the year after `at`; UTC for one without any."""
    listed = _zone_table().get(country, ())
    likely = _MOST_PEOPLE.get(country)
    ordered = ((likely,) if likely else ()) + tuple(listed)
    apart: dict[tuple[timedelta | None, ...], str] = {}
    for name in ordered:
        if name in zones.names():
            rules = zones.zone(name)
            clocks = tuple(
                (at + timedelta(days=14 * week)).astimezone(rules).utcoffset() for week in range(27)
            )
            apart.setdefault(clocks, name)
    return tuple(apart.values()) or ("UTC",)


def languages_of(country: str) -> Sequence[str]:
    """The official languages (BCP 47), that of most people first; without any, the most spoken one."""
    spoken: Mapping[str, Mapping[str, object]] = get_global("territory_languages").get(country, {})
    ranked = sorted(spoken, key=lambda tag: -float(str(spoken[tag]["population_percent"])))
    official = [tag for tag in ranked if spoken[tag]["official_status"] in _OFFICIAL]
    found: list[str] = []
    for tag in official or ranked[:1]:
        tag = tag.replace("_", "-")
        if is_language_tag(tag) and not any(same_language(tag, other) for other in found):
            found.append(normalize_tag(tag))
    return found


def free_id(name: str, taken: Collection[str], otherwise: str) -> str:
    """A short name for a region, `south-korea`, that no other has."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " "))
    words = re.findall("[a-z0-9]+", re.sub("[^a-z0-9 -]", "", plain))
    slug = "-".join(words)[:30].strip("-") or otherwise
    number, free = 2, slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def _days(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _week_of(country: str) -> Locale:
    try:
        return Locale.parse(f"und_{country}")
    except (ValueError, UnknownLocaleError):
        return Locale("en", "001")


@lru_cache(maxsize=1)
def _zone_table() -> Mapping[str, Sequence[str]]:
    """The zones of each country as `tzdata` lists them, mostly those of more people first."""
    text = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            found.setdefault(country, []).append(name)
    return found
