"""Pseudo-locales: the texts dressed up as a foreign language that everybody who builds pages can read.

`en-XA` has accents on every letter and is longer, as German or Lithuanian would be; `ar-XB` is written in
Arabic letters, from right to left. Every text stands in brackets, so a text that was cut off, put together
from parts or never translated shows. The tags are those of CLDR. They are for tests and are never shipped.
"""

import re
import shutil
from math import ceil
from pathlib import Path

from babel.messages.catalog import Catalog

from cataloguing.compilation import document, message_key, write_document
from cataloguing.extraction import extracted
from cataloguing.files import DOMAINS, catalogue_path, strings
from cataloguing.plurals import whole_number_categories

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
_ARABIC = "ابصدهفغحيجكلمنوثقرستعطشخئز"
_ARABIC_MARKS = {"?": "؟", ",": "،", ";": "؛"}

LETTERS: dict[str, dict[int, str]] = {
    "en-XA": str.maketrans(_LATIN + _LATIN.upper(), _ACCENTED + _ACCENTED.upper()),
    "ar-XB": str.maketrans(
        dict(zip(_LATIN + _LATIN.upper(), _ARABIC * 2, strict=True)) | _ARABIC_MARKS  # type: ignore[arg-type]
    ),
}
PLURALS_OF = {"en-XA": "en", "ar-XB": "ar"}
"""The locale whose plural forms and formats each has."""

_KEPT = re.compile(r"(\{[^{}]*\}|</?[a-zA-Z][^<>]*>)")
_FILLING = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_SHORT = 50


def pseudo_text(text: str, locale: str) -> str:
    """A text in a pseudo-locale: 40 % longer, but by 3 letters at least; from 50 letters on 30 % longer.

    Placeholders and tags are kept. A single word becomes a longer word, as it would in German.
    """
    bare = _KEPT.sub("", text)
    wanted = max(3, ceil(len(bare) * (0.4 if len(bare) < _SHORT else 0.3)))
    parts: list[str] = []
    while sum(len(part) + 1 for part in parts) < wanted:
        parts.append(_FILLING[len(parts) % len(_FILLING)])
    joint = " " if " " in text.strip() else ""
    letters = LETTERS[locale]
    dressed = "".join(
        piece if index % 2 else piece.translate(letters) for index, piece in enumerate(_KEPT.split(text))
    )
    return f"[{dressed}{joint}{joint.join(parts).translate(letters)}]"


def pseudo_document(template: Catalog, locale: str) -> dict[str, object]:
    """The compiled catalogue of a pseudo-locale for the texts of a template."""
    categories = whole_number_categories(PLURALS_OF[locale])
    messages: dict[str, object] = {}
    for message in template:
        source = strings(message.id)
        if not source[0]:
            continue
        if len(source) == 1:
            messages[message_key(message)] = pseudo_text(source[0], locale)
        else:
            one, other = source
            messages[message_key(message)] = {
                category: pseudo_text(one if category == "one" else other, locale) for category in categories
            }
    return document(locale, messages, like=PLURALS_OF[locale])


def write_pseudo_locales(root: Path, locales: Path, into: Path) -> None:
    """Writes the two, from the sources under `root`, beside copies of the compiled catalogues of `locales`.

    Raises UnextractableError.
    """
    for path in locales.glob("*/LC_MESSAGES/*.json"):
        copy = into / path.relative_to(locales)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for domain in DOMAINS:
        template = extracted(root, domain)
        for locale in PLURALS_OF:
            write_document(catalogue_path(locale, domain, into), pseudo_document(template, locale))
