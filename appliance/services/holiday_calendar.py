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

    def _named_in(self, calendar: Any) -> str | None:
        """The library's name of the language to use; None where it has but one."""
        known: Sequence[str] = calendar.supported_languages or ()
        base = self._language.partition("_")[0]
        likes = (self._language, base, *(one for one in known if one.partition("_")[0] == base))
        return next((one for one in (*likes, _FALLBACK_LANGUAGE) if one in known), calendar.default_language)


@lru_cache(maxsize=1024)
def _days(country: str, subdivision: str | None, year: int, language: str | None) -> Mapping[date, str]:
    return MappingProxyType(dict(_calendar(country, subdivision, year, language)))


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
