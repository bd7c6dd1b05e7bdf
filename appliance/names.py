"""What languages, countries and time zones are called, and which way languages are written, by CLDR."""

from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError, get_global

from appliance import cldr
from appliance.domain.languages import base_language, is_language_tag, normalize_tag, script_of

SOURCE_LOCALE = "en"

_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of a language's script: of the one that the tag names, else of the usual one."""
    if not is_language_tag(tag):
        return "ltr"
    script = script_of(tag) or usual_script(base_language(tag))
    return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"


def usual_script(language: str) -> str:
    """What a language is mostly written in, such as `Jpan`; empty where that isn't known."""
    return script_of(language) or str(get_global("likely_subtags").get(language, "")).partition("_")[2][:4]


def is_known_language(language: str) -> bool:
    """Whether CLDR has a name for it. `language` is a tag without details."""
    return language in Locale(SOURCE_LOCALE).languages


def is_known_script(script: str) -> bool:
    return script in Locale(SOURCE_LOCALE).scripts


def language_name(tag: str, in_locale: str) -> str:
    """A language's name in another's words: `lt` in `en` is “Lithuanian”. The tag where CLDR has none."""
    if not is_language_tag(tag):
        return tag
    reader = babel_locale(in_locale) or Locale(SOURCE_LOCALE)
    language, *rest = normalize_tag(tag).split("-")
    script = next((part for part in rest[:1] if len(part) == 4 and part.isalpha()), "")
    region = next((part for part in rest[:2] if len(part) in (2, 3) and part != language), "")
    # The longest part of the tag that has a name of its own; what is left is put behind it.
    for known, details in (
        ((language, script, region), ()),
        ((language, script), (region,)),
        ((language, region), (script,)),
        ((language,), (script, region)),
    ):
        key = "_".join(part for part in known if part)
        name = _own_name(reader, key)
        if name:
            return _with_details(reader, name, *details)
    return tag


def native_name(tag: str) -> str:
    """The name of a language in its own words, such as “português (Brasil)”; else in English."""
    known = cldr.NATIVE_NAMES.get(tag)
    return known or language_name(tag, tag if babel_locale(tag) else SOURCE_LOCALE)


def country_name(code: str, in_locale: str) -> str:
    """A country's name by its ISO 3166 code; the code where CLDR has none."""
    for reader in (babel_locale(in_locale), Locale(SOURCE_LOCALE)):
        if reader:
            found = cldr.TERRITORIES.get((str(reader), code))
            if not found and code in cldr.CITY_STATES:
                found = city_name(cldr.CITY_STATES[code], in_locale)
            found = found or reader.territories.get(code)
            if found:
                return str(found)
    return code


def city_name(zone: str, in_locale: str) -> str:
    """The place that a time zone is called after: `Europe/Kyiv` in `de` is “Kiew”."""
    reader = babel_locale(in_locale) or Locale(SOURCE_LOCALE)
    for name in _names_of_zone(zone):
        found = reader.time_zones.get(name, {}).get("city")
        if found:
            return str(found)
    return zone.rpartition("/")[2].replace("_", " ")


def first_weekday(locale: str) -> int:
    """The day that weeks begin with where most readers of a locale live: 1 Monday to 7 Sunday."""
    reader = babel_locale(locale) or Locale(SOURCE_LOCALE)
    if not reader.territory:
        likely = get_global("likely_subtags").get(str(reader)) or ""
        reader = Locale.parse(likely) if likely else reader
    return int(reader.first_week_day) + 1


def babel_locale(tag: str) -> Locale | None:
    """CLDR's data for a tag or, without it, for the language alone; None without either."""
    if not is_language_tag(tag):
        return None
    for candidate in (normalize_tag(tag), base_language(tag)):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _own_name(reader: Locale, key: str) -> str:
    if (str(reader), key) in cldr.PUT_TOGETHER:
        return ""
    return str(cldr.LANGUAGES.get((str(reader), key)) or reader.languages.get(key) or "")


def _with_details(reader: Locale, name: str, script: str = "", region: str = "") -> str:
    """The details are given as script and region in this order; one alone may be either."""
    named = []
    for part in (script, region):
        if part:
            found = reader.scripts.get(part) if len(part) == 4 else reader.territories.get(part)
            named.append(str(found or part).translate({ord("("): "[", ord(")"): "]"}))
    if not named:
        return name
    pattern = cldr.DETAILS.get(reader.language, "{0} ({1})")
    return pattern.format(name, ", ".join(named))


@lru_cache(maxsize=1024)
def _names_of_zone(zone: str) -> tuple[str, ...]:
    """The names that a zone has had: CLDR keeps to the oldest."""
    aliases = get_global("zone_aliases")
    current = aliases.get(zone, zone)
    return (zone, current, *(old for old, new in aliases.items() if new == current))
