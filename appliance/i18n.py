"""What Dragoman says to people, in their language: texts from the catalogues, formats from CLDR."""

import json
import logging
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from appliance.domain.languages import is_language_tag, negotiate
from appliance.formats import Formats
from appliance.names import SOURCE_LOCALE, direction, language_name, native_name

__all__ = [
    "SOURCE_LOCALE",
    "Catalogue",
    "Catalogues",
    "direction",
    "language_name",
    "mark",
    "native_name",
]

CONTEXT_SEPARATOR = "\x04"
# Bytes of the files whose catalogues are kept; a console's has about 130,000.
KEPT = 1_500_000

log = logging.getLogger(__name__)

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.ASCII)
# What a translation must have as its source has it; the end may be missing.
_MARKUP = re.compile(r"\{[^{}]*\}?|</?[a-z][^<>]*>?", re.ASCII | re.IGNORECASE)

Value = str | int | float | Decimal | None


def mark(text: str) -> str:
    """The text itself, marked for the catalogues where it is written and translated elsewhere."""
    return text


class Catalogue(Formats):
    """The texts of one domain and the formats of one locale.

    Numbers among a text's values are written as the locale writes them; pass a string to keep its digits.
    A value in letters of the other direction is isolated, so as not to disturb the sentence around it.
    A translation whose placeholders or tags are not those of its source is shown in English and logged once.
    """

    def __init__(self, locale: str, messages: Mapping[str, str | Mapping[str, str]]) -> None:
        super().__init__(locale)
        self._messages = messages
        self._sound: dict[str, bool] = {}

    def t(self, text: str, /, **values: Value) -> str:
        """The text in this locale, with `{name}` replaced by the value of that name."""
        return self._filled(text, self._messages.get(text), text, values)

    def tc(self, context: str, text: str, /, **values: Value) -> str:
        """As `t`, for an English text with more than one sense; the context says which."""
        key = context + CONTEXT_SEPARATOR + text
        return self._filled(key, self._messages.get(key), text, values)

    def tn(self, one: str, other: str, n: int, /, **values: Value) -> str:
        """The form that the locale uses with `n`, which is also the value of `{n}`."""
        forms = self._forms(one, other)
        form = forms.get(str(self._babel.plural_form(n))) or forms.get("other") if forms else ""
        return self._replaced(form or (one if n == 1 else other), {"n": n, **values})

    def tn_forms(self, one: str, other: str) -> Mapping[str, str]:
        """The forms of a text by CLDR's plural category (`other` always), for a reader that counts itself."""
        forms = self._forms(one, other)
        return forms if forms and forms.get("other") else {"one": one, "other": other}

    def _forms(self, one: str, other: str) -> Mapping[str, str] | None:
        found = self._messages.get(one)
        if not isinstance(found, Mapping):
            return None
        # A form may leave its number out: “one message”.
        allowed = {*_MARKUP.findall(one), *_MARKUP.findall(other)}
        return found if self._is_sound(one, found.values(), allowed, needed=set()) else None

    def _filled(self, key: str, found: object, source: str, values: Mapping[str, Value]) -> str:
        """The translation with its values; the English where it is broken."""
        if isinstance(found, str) and found and found is not source:
            markup = set(_MARKUP.findall(source))
            if self._is_sound(key, (found,), markup, needed=markup):
                return self._replaced(found, values)
        return self._replaced(source, values)

    def _is_sound(self, key: str, texts: Iterable[object], allowed: set[str], *, needed: set[str]) -> bool:
        known = self._sound.get(key)
        if known is None:
            found = [set(_MARKUP.findall(text)) if isinstance(text, str) else {""} for text in texts]
            known = self._sound[key] = all(needed <= markup <= allowed for markup in found)
            if not known:
                log.error("broken %s translation of %r: %r", self.locale, key, self._messages.get(key))
        return known

    def _replaced(self, text: str, values: Mapping[str, Value]) -> str:
        if not values:
            return text
        return _PLACEHOLDER.sub(
            lambda match: self._shown(values[match[1]]) if match[1] in values else match[0], text
        )

    def _shown(self, value: Value) -> str:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self.number(value)
        return self.isolated("" if value is None else str(value))


def compiled(directory: Path) -> list[Path]:
    """The files of all catalogues. A folder whose name is no language tag has none of ours."""
    found = sorted(directory.glob("*/LC_MESSAGES/*.json"))
    return [path for path in found if is_language_tag(path.parent.parent.name)]


class Catalogues:
    """The compiled catalogues of a directory, read when first asked for; those asked for last are kept."""

    def __init__(self, directory: Path, kept: int = KEPT) -> None:
        self.directory = directory
        found = {path.parent.parent.name for path in compiled(directory)}
        self.locales: tuple[str, ...] = tuple(sorted(found | {SOURCE_LOCALE}))
        self._kept = kept
        self._read: OrderedDict[tuple[str, str], tuple[Catalogue, int]] = OrderedDict()
        self._size = 0
        self._damaged: set[Path] = set()
        """What has been logged of."""

    def for_locale(self, tag: str, domain: str = "messages") -> Catalogue:
        """The catalogue that suits a reader of the language `tag` best; in doubt English."""
        locale = tag if tag in self.locales else negotiate([tag], self.locales, SOURCE_LOCALE)
        found = self._read.get((locale, domain))
        if found is None:
            found = self._read[locale, domain] = self._opened(locale, domain)
            self._size += found[1]
            while self._size > self._kept and len(self._read) > 1:
                _, (_, size) = self._read.popitem(last=False)
                self._size -= size
        else:
            self._read.move_to_end((locale, domain))
        return found[0]

    def path(self, locale: str, domain: str) -> Path:
        """The file of a locale's catalogue, which need not exist."""
        return self.directory / locale / "LC_MESSAGES" / f"{domain}.json"

    def _opened(self, locale: str, domain: str) -> tuple[Catalogue, int]:
        """A catalogue and the size of its file. Without it, or when it is damaged, readers see English, and
        the page says so: a screen reader must not read English aloud as another language."""
        path = self.path(locale, domain)
        try:
            text = path.read_bytes()
            messages = json.loads(text)["messages"]
            if not isinstance(messages, dict):
                raise ValueError("its messages are no object")
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            if path not in self._damaged:
                self._damaged.add(path)
                log.error("no texts from %s: %s", path, error)
            return Catalogue(SOURCE_LOCALE, {}), 0
        return Catalogue(locale, messages), len(text)
