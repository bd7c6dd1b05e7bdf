"""Dates, times, numbers and lists as a locale writes them: CLDR's by Babel, and the same as browsers show."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property

from babel import Locale, dates, lists, numbers

from appliance import cldr
from appliance.names import (
    SOURCE_LOCALE,
    babel_locale,
    city_name,
    country_name,
    direction,
    first_weekday,
    language_name,
)

__all__ = ["Formats"]

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Numbers in groups, as of a telephone, would have their groups in the other order.
_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z\u00c0-\u02af\u0370-\u052f\u0900-\u1fff\u2c00-\ud7ff]|\+[0-9]|[0-9][\s()]+[0-9]"
)
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# In seconds; from a day on, days of the calendar are counted.
_UNITS: tuple[tuple[int, str], ...] = ((3600, "hour"), (60, "minute"), (1, "second"))
_DAY = 86_400
_SPANISH_I = re.compile(r"i|hi(?![ae])", re.IGNORECASE)


def isolated(text: str, around: str) -> str:
    """A text in letters of the other direction between marks, so that it doesn't disturb the sentence around
    it, which goes in the direction `around`: `ltr` or `rtl`."""
    foreign = _LEFT_TO_RIGHT if around == "rtl" else _RIGHT_TO_LEFT
    return _ISOLATE + text + _END_ISOLATE if foreign.search(text) else text


class Formats:
    """The formats of one locale."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.direction = direction(locale)
        self._babel = babel_locale(locale) or Locale(SOURCE_LOCALE)
        self._name = str(self._babel)

    @cached_property
    def _system(self) -> str:
        """Read when it is needed: a locale's data takes a megabyte, and many are only asked for a text."""
        return str(self._babel.default_numbering_system)

    @cached_property
    def _own_digits(self) -> dict[int, int]:
        return cldr.digits(self._system)

    def datetime(self, instant: dt.datetime, zone: dt.tzinfo) -> str:
        """Date and time of an instant in a zone, such as “Nov 21, 2026, 11:30 AM”."""
        local = instant.astimezone(zone)
        pattern = cldr.DATE_AND_TIME.get(self._name) or dates.get_datetime_format(
            "medium", locale=self._babel
        )
        shown = {"1": self.date(local.date(), style="medium"), "0": self.time(local)}
        # Marks of direction are for browsers that don't isolate; all of ours do.
        plain = str(pattern).replace("'", "").replace("\u200f", "")
        return re.sub(r"\{([01])\}", lambda match: shown[match[1]], plain)

    def date(self, day: dt.date, *, style: str = "long") -> str:
        """A day on the locale's calendar, such as “November 21, 2026”. Style: full, long, medium or short."""
        if self._babel.language == "fa":
            return self._digits(cldr.format_persian_date(day, style))
        return self._digits(dates.format_date(day, style, locale=self._babel))

    def time(self, at: dt.datetime | dt.time, zone: dt.tzinfo | None = None) -> str:
        """A time of day to the minute, such as “11:30 AM”; of an instant: in the zone given."""
        shown = at.astimezone(zone) if isinstance(at, dt.datetime) and zone else at
        text = dates.format_time(shown, "short", locale=self._babel)
        for part, word in cldr.DAY_PARTS.get(self._name, {}).items():
            text = text.replace(part, word)
        return self._digits(text)

    def relative(self, at: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
        """How far an instant is from now: “3 minutes ago”, “in 11 hours”; from a day on in days of the zone's
        calendar, “tomorrow”."""
        seconds = (at - now).total_seconds()
        if abs(seconds) >= _DAY:
            days: int = (at.astimezone(zone).date() - now.astimezone(zone).date()).days
            return cldr.day_word(self._name, days) or self._distance(days, "day")
        for size, unit in _UNITS:
            if abs(seconds) >= size:
                return self._distance(int(seconds / size), unit)
        return cldr.now_word(self._name) or self._distance(0, "second")

    def number(self, value: int | float | Decimal) -> str:
        """A number with the locale's digits and separators."""
        short = -10_000 < value < 10_000
        grouped = not short or self._name not in cldr.FOUR_DIGITS_TOGETHER
        try:
            text = numbers.format_decimal(
                _rounded(value, 3), locale=self._babel, numbering_system="default", group_separator=grouped
            )
        except InvalidOperation:
            # More digits than Babel can round; there is no wording that needs such a number.
            text = str(value)
        return self._digits(self._signed(text))

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in whole percents, as the locale writes them."""
        text = numbers.format_percent(_rounded(share, 2), locale=self._babel)
        # Babel writes the European sign everywhere.
        return self._digits(self._signed(text).replace("%", self._symbol("percentSign", "%")))

    def list(self, items: Sequence[str]) -> str:
        """“Emma, Jonas, and 田中”; what is written in the other direction is isolated."""
        shown = [self.isolated(item) for item in items]
        if len(shown) < 2:
            return "".join(shown)
        text = lists.format_list(shown, locale=self._babel)
        last = shown[-1]
        if self._babel.language == "es" and _SPANISH_I.match(last):
            return text.removesuffix(f"y {last}") + f"e {last}"
        if self._babel.language == "he" and not _RIGHT_TO_LEFT.match(last):
            return text.removesuffix(last) + f"-{last}"
        return text

    def language_name(self, tag: str) -> str:
        """The name of a language in this locale, to stand in a sentence; the tag where there is no name."""
        return language_name(tag, self.locale)

    def country_name(self, code: str) -> str:
        """The name of a country by its ISO 3166 code."""
        return country_name(code, self.locale)

    def city_name(self, zone: str) -> str:
        """The place that a time zone is called after."""
        return city_name(zone, self.locale)

    @property
    def first_weekday(self) -> int:
        """1 Monday to 7 Sunday."""
        return first_weekday(self.locale)

    def isolated(self, text: str) -> str:
        """A text as it can stand in a sentence of this locale."""
        return isolated(text, self.direction)

    def _distance(self, count: int, unit: str) -> str:
        """“in 3 minutes” for 3, “3 minutes ago” for -3."""
        fields = self._babel._data["date_fields"][unit]
        forms = fields["past" if count < 0 else "future"]
        plural = str(self._babel.plural_form(abs(count)))
        form = str(forms.get(plural) or forms["other"])
        return form.replace("{0}", self.number(abs(count)))

    def _signed(self, text: str) -> str:
        """Babel's patterns have a hyphen for every minus."""
        return text.replace("-", self._symbol("minusSign", "-")) if text.startswith("-") else text

    def _symbol(self, name: str, default: str) -> str:
        symbols = self._babel.number_symbols.get(self._system) or {}
        return str(symbols.get(name, default))

    def _digits(self, text: str) -> str:
        """Babel writes European digits everywhere; here they become the locale's own."""
        return text.translate(self._own_digits) if self._own_digits else text


def _rounded(value: int | float | Decimal, places: int) -> int | float | Decimal:
    """Halves go away from zero, as people round; Babel rounds them to the even neighbour."""
    if isinstance(value, int):
        return value
    exact = Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if exact.is_finite() else value
