"""What Dragoman says to people, in their language: texts from the catalogues, formats from CLDR."""

import datetime as dt
import json
import logging
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from babel import Locale, dates, numbers
from babel.core import UnknownLocaleError, get_global

from appliance.cldr import digits, format_persian_date
from appliance.domain.languages import base_language, is_language_tag, negotiate, normalize_tag, script_of

__all__ = ["Catalogue", "Catalogues", "direction", "language_name", "mark", "native_name"]

SOURCE_LOCALE = "en"
CONTEXT_SEPARATOR = "\x04"

log = logging.getLogger(__name__)

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.ASCII)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u02af\u0370-\u052f\u0900-\u1fff\u2c00-\ud7ff]")
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"

Value = str | int | float | Decimal | None


def mark(text: str) -> str:
    """The text itself, marked for the catalogues where it is written and translated elsewhere."""
    return text


class Catalogue:
    """The texts of one domain and the formats of one locale.

    Numbers among a text's values are written as the locale writes them; pass a string to keep its digits.
    A value in letters of the other direction is isolated, so as not to disturb the sentence around it.
    """

    def __init__(self, locale: str, messages: Mapping[str, str | Mapping[str, str]]) -> None:
        self.locale = locale
        self.direction = direction(locale)
        self._messages = messages
        self._babel = _babel_locale(locale) or Locale(SOURCE_LOCALE)
        self._own_digits = digits(self._babel.default_numbering_system)
        self._broken: set[str] = set()

    def t(self, text: str, /, **values: Value) -> str:
        """The text in this locale, with `{name}` replaced by the value of that name."""
        return self._filled(text, self._messages.get(text), text, values)

    def tc(self, context: str, text: str, /, **values: Value) -> str:
        """As `t`, for an English text with more than one sense; the context says which."""
        key = context + CONTEXT_SEPARATOR + text
        return self._filled(key, self._messages.get(key), text, values)

    def tn(self, one: str, other: str, n: int, /, **values: Value) -> str:
        """The form that the locale uses with `n`, which is also the value of `{n}`."""
        forms = self._messages.get(one)
        form: str | None = None
        if isinstance(forms, Mapping):
            form = forms.get(str(self._babel.plural_form(n))) or forms.get("other")
        return self._filled(one, form, one if n == 1 else other, {"n": n, **values})

    def tn_forms(self, one: str, other: str) -> Mapping[str, str]:
        """The forms of a text by CLDR's plural category (`other` always), for a reader that counts itself."""
        forms = self._messages.get(one)
        if isinstance(forms, Mapping) and forms.get("other"):
            return forms
        return {"one": one, "other": other}

    def datetime(self, instant: dt.datetime, zone: dt.tzinfo) -> str:
        """Date and time of an instant in a zone, such as “Nov 21, 2026, 11:30 AM”."""
        local = instant.astimezone(zone)
        pattern = str(dates.get_datetime_format("medium", locale=self._babel))
        shown = {"1": self.date(local.date(), style="medium"), "0": self.time(local)}
        return re.sub(r"\{([01])\}", lambda match: shown[match[1]], pattern.replace("'", ""))

    def date(self, day: dt.date, *, style: str = "long") -> str:
        """A day on the locale's calendar, such as “November 21, 2026”. Style: full, long, medium or short."""
        if self._babel.language == "fa":
            return self._digits(format_persian_date(day, style))
        return self._digits(dates.format_date(day, style, locale=self._babel))

    def time(self, at: dt.datetime | dt.time, zone: dt.tzinfo | None = None) -> str:
        """A time of day to the minute, such as “11:30 AM”; of an instant: in the zone given."""
        shown = at.astimezone(zone) if isinstance(at, dt.datetime) and zone else at
        return self._digits(dates.format_time(shown, "short", locale=self._babel))

    def number(self, value: int | float | Decimal) -> str:
        """A number with the locale's digits and separators."""
        try:
            text = numbers.format_decimal(value, locale=self._babel, numbering_system="default")
        except InvalidOperation:
            # More digits than Babel can round; there is no wording that needs such a number.
            text = str(value)
        return self._digits(text)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in whole percents, as the locale writes them."""
        text = numbers.format_percent(share, locale=self._babel)
        symbols = self._babel.number_symbols.get(self._babel.default_numbering_system, {})
        # Babel writes the European sign everywhere.
        return self._digits(text.replace("%", str(symbols.get("percentSign", "%"))))

    def language_name(self, tag: str) -> str:
        """The name of a language in this locale, to stand in a sentence; the tag where there is no name."""
        return language_name(tag, self.locale)

    def _filled(self, key: str, found: object, source: str, values: Mapping[str, Value]) -> str:
        """The translation with its values; the English where the translation asks for others."""
        if isinstance(found, str) and found and found is not source:
            if all(name in values for name in _PLACEHOLDER.findall(found)):
                return self._replaced(found, values)
            if key not in self._broken:
                self._broken.add(key)
                log.error("broken placeholder in the %s translation of %r: %r", self.locale, source, found)
        return self._replaced(source, values)

    def _replaced(self, text: str, values: Mapping[str, Value]) -> str:
        if not values:
            return text
        return _PLACEHOLDER.sub(
            lambda match: self._shown(values[match[1]]) if match[1] in values else match[0], text
        )

    def _shown(self, value: Value) -> str:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self.number(value)
        shown = "" if value is None else str(value)
        foreign = _LEFT_TO_RIGHT if self.direction == "rtl" else _RIGHT_TO_LEFT
        return _ISOLATE + shown + _END_ISOLATE if foreign.search(shown) else shown

    def _digits(self, text: str) -> str:
        """Babel writes European digits everywhere; here they become the locale's own."""
        return text.translate(self._own_digits) if self._own_digits else text


class Catalogues:
    """The compiled catalogues of a directory, read when first asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        found = {path.parent.parent.name for path in directory.glob("*/LC_MESSAGES/*.json")}
        self.locales: tuple[str, ...] = tuple(sorted(found | {SOURCE_LOCALE}))
        self._read: dict[tuple[str, str], Catalogue] = {}

    def for_locale(self, tag: str, domain: str = "messages") -> Catalogue:
        """The catalogue that suits a reader of the language `tag` best; in doubt English."""
        locale = tag if tag in self.locales else negotiate([tag], self.locales, SOURCE_LOCALE)
        catalogue = self._read.get((locale, domain))
        if catalogue is None:
            catalogue = Catalogue(locale, self._messages(locale, domain))
            self._read[locale, domain] = catalogue
        return catalogue

    def path(self, locale: str, domain: str) -> Path:
        """The file of a locale's catalogue, which need not exist."""
        return self.directory / locale / "LC_MESSAGES" / f"{domain}.json"

    def _messages(self, locale: str, domain: str) -> dict[str, Any]:
        """The texts of a file. Without it, or when it is damaged, there are none, and readers see English."""
        path = self.path(locale, domain)
        try:
            messages = json.loads(path.read_text(encoding="utf-8"))["messages"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("no texts from %s: %s", path, error)
            return {}
        return messages if isinstance(messages, dict) else {}


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of a language's script: of the one that the tag names, else of the usual one."""
    if not is_language_tag(tag):
        return "ltr"
    script = script_of(tag)
    if not script:
        script = get_global("likely_subtags").get(base_language(tag), "").partition("_")[2][:4]
    return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"


def language_name(tag: str, in_locale: str) -> str:
    """A language's name in another's words: `lt` in `en` is “Lithuanian”. The tag where CLDR has none."""
    reader = _babel_locale(in_locale) or Locale(SOURCE_LOCALE)
    if not is_language_tag(tag):
        return tag
    tag = normalize_tag(tag)
    name = reader.languages.get(tag.replace("-", "_"))
    if name:
        return str(name)
    named = _babel_locale(tag)
    return (
        (named.get_display_name(reader) if named else None) or reader.languages.get(base_language(tag)) or tag
    )


def native_name(tag: str) -> str:
    """The name of a language in its own words, such as “português (Brasil)”; else in English."""
    own = _babel_locale(tag)
    return language_name(tag, tag if own else SOURCE_LOCALE)


def _babel_locale(tag: str) -> Locale | None:
    """CLDR's data for a tag or, without it, for the language alone; None without either."""
    if not is_language_tag(tag):
        return None
    for candidate in (normalize_tag(tag), base_language(tag)):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
