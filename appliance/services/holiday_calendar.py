"""The dates and names of public holidays, from the `holidays` library: a `HolidaySource` of the domain."""

import importlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

# Names that the library has in most of its calendars.
_FALLBACK_LANGUAGE = "en_US"
_COUNTRY = re.compile("[A-Z]{2}")
# What the library adds to a holiday's English name where it is moved from a weekend, or follows the moon.
_MARK = re.compile(
    r" \((?:observed|estimated|observed, estimated|in lieu|substitute day|substituted from [^)]*)\)$"
)
_SEPARATOR = "; "
_NOWADAYS = range(2020, 2040)
"""Enough years for each holiday that there is to come up in one of them."""


class HolidayCalendar:
    """Public holidays with names in one language, as far as the library has them, else in English, else in
    the country's own."""

    def __init__(self, language: str = "en") -> None:
        """`language` is a BCP 47 tag."""
        self._language = language.replace("-", "_")

    def countries(self) -> Sequence[str]:
        """The codes (ISO 3166-1) of all countries whose holidays are known."""
        return sorted(code for code in _library().registry.EntityLoader.get_country_codes() if len(code) == 2)

    def subdivisions(self, country: str) -> Sequence[str] | None:
        calendar = _calendar(country, None, None, None)
        return None if calendar is None else tuple(calendar.subdivisions)

    def days(self, country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
        """Days taken in place of holidays at weekends are among them. Several on one date: `A; B`.

        Raises ValueError for a country or part that is not known.
        """
        calendar = _calendar(country, None, None, None)
        if calendar is None or (subdivision is not None and subdivision not in calendar.subdivisions):
            raise ValueError(f"no holidays are known for {country} {subdivision or ''}".rstrip())
        return _days(country, subdivision, year, self._named_in(calendar))

    def english(self, country: str, subdivision: str | None, year: int) -> Mapping[date, Sequence[str]]:
        """A day off in place of a holiday, or one that is only estimated, has the name of the holiday itself.

        Names are the country's own where the library has no English. Raises ValueError as `days` does.
        """
        return _english(country, subdivision, year, self._english_of(country, subdivision))

    def names(self, country: str, subdivision: str | None) -> Sequence[str]:
        return _names(country, subdivision, self._english_of(country, subdivision))

    def _english_of(self, country: str, subdivision: str | None) -> str | None:
        calendar = _calendar(country, None, None, None)
        if calendar is None or (subdivision is not None and subdivision not in calendar.subdivisions):
            raise ValueError(f"no holidays are known for {country} {subdivision or ''}".rstrip())
        known: Sequence[str] = calendar.supported_languages or ()
        if _FALLBACK_LANGUAGE in known:
            return _FALLBACK_LANGUAGE
        # Never the reader's: the names are kept in schedules.
        return next((one for one in known if one.startswith("en")), calendar.default_language)

    def _named_in(self, calendar: Any) -> str | None:
        """The library's name of the language to use; None where it has but one."""
        known: Sequence[str] = calendar.supported_languages or ()
        base = self._language.partition("_")[0]
        likes = (self._language, base, *(one for one in known if one.partition("_")[0] == base))
        return next((one for one in (*likes, _FALLBACK_LANGUAGE) if one in known), calendar.default_language)


@lru_cache(maxsize=1024)
def _days(country: str, subdivision: str | None, year: int, language: str | None) -> Mapping[date, str]:
    return MappingProxyType(dict(_calendar(country, subdivision, year, language)))


@lru_cache(maxsize=1024)
def _english(
    country: str, subdivision: str | None, year: int, language: str | None
) -> Mapping[date, Sequence[str]]:
    days = _days(country, subdivision, year, language)
    return MappingProxyType({day: tuple(map(_plain, name.split(_SEPARATOR))) for day, name in days.items()})


@lru_cache(maxsize=256)
def _names(country: str, subdivision: str | None, language: str | None) -> Sequence[str]:
    """In the order of the year, by where each falls first."""
    first: dict[str, tuple[int, int]] = {}
    for year in _NOWADAYS:
        for day, names in _english(country, subdivision, year, language).items():
            for name in names:
                first.setdefault(name, (day.month, day.day))
    return tuple(sorted(first, key=lambda name: first[name]))


def _plain(name: str) -> str:
    return _MARK.sub("", name)


def _calendar(country: str, subdivision: str | None, year: int | None, language: str | None) -> Any:
    """The library's object for a country; None if there is none."""
    if not _COUNTRY.fullmatch(country):
        return None
    try:
        return _library().country_holidays(
            country, subdiv=subdivision, years=() if year is None else year, expand=False, language=language
        )
    except NotImplementedError:
        return None


def _library() -> Any:
    # Loading it takes several tenths of a second, which only those pay who ask for holidays.
    return importlib.import_module("holidays")
