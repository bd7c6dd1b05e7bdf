"""Pages looked at as a careful person would: is every word translated, does every text have its room."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from babel import Locale
from playwright.sync_api import Frame, Page

_LOOK = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")
_WORD = re.compile(r"[^\W\d_](?:[\w’'\-]*\w)")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ](?:[A-Za-zÀ-ɏ0-9_’'\-]*[A-Za-zÀ-ɏ0-9])")
_DIGIT = re.compile("[0-9]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_ADDRESS = re.compile(r"https?://\S*|\S+@\S+|[\w.-]+\.(?:argosmodel|json|html|js|zip)\b")
_ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f]")

_CLDR = (
    "languages territories scripts variants months days day_periods eras unit_display_names unit_patterns "
    "date_fields time_zones meta_zones list_patterns datetime_formats zone_formats"
)

MAY_BE_CUT = (
    # The beginning of the last message: the conversation it leads to has the whole.
    ".row-preview",
    "#palette .palette-detail",
    # A name may be longer than any column; the visitor's own column has it whole.
    ".row-who",
    "#visitor-name",
    # How long somebody waits, or until when: its tip says it in a sentence.
    ".row-wait",
    # Hours of a day on a strip, one over the other where they cross; the fields beneath have them in words.
    ".hours-track",
    # Lines of a chart that name what has room; each place says the rest when it is pointed at.
    "#map .map-stretch",
)
DATA = (
    # The names of zones are identifiers of IANA, which schedules and exports have too.
    "#time_zone",
    "#timezone",
    ".zone-list",
    # What a browser says it is; beside it stands what that means.
    "[data-user-agent]",
    # Names of holidays are those of the library that has the dates, in the languages it has.
    ".hours-named-day",
    ".hours-is-holiday",
    ".year-special",
    "#transitions",
    # What is read where a language has no text of its own is its hint.
    "#names input",
    "#offline textarea",
    # What may be pasted there is written in the words of OpenStreetMap.
    "#hours-import-text",
)
MAY_SCROLL = (
    ".hours-months",
    ".table-scroll",
    ".map-scroll",
    ".year-scroll",
    ".hours-scroll",
    ".api-example",
    "pre",
    ".tabs",
)


@dataclass(frozen=True)
class Seen:
    """A page or a frame as it is shown now: its language, its words, and what is wrong with its layout."""

    lang: str
    dir: str
    words: list[dict[str, str]]
    foreign: list[str]
    layout: list[str]


def look(where: Page | Frame, foreign: Sequence[tuple[str, str]] = ()) -> Seen:
    """`foreign`: pieces of text that are in another language than the page, each with that language."""
    found: dict[str, Any] = where.evaluate(
        _LOOK,
        {
            "mayBeCut": list(MAY_BE_CUT),
            "data": list(DATA),
            "mayScroll": list(MAY_SCROLL),
            "foreign": [list(one) for one in foreign],
        },
    )
    layout = [*found["wide"], *found["cut"], *found["overlapping"]]
    return Seen(found["lang"], found["dir"], found["words"], found["foreign"], layout)


def resize(where: Page | Frame, width: int) -> None:
    """Makes the window of a page, or of a frame's page, so wide, and waits until all have answered to it."""
    page = where.page if isinstance(where, Frame) else where
    page.set_viewport_size({"width": width, "height": 900})
    where.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def untranslated(words: Iterable[dict[str, str]], locale: str, known: Collection[str]) -> list[str]:
    """What is not in the pseudo-locale, and neither in `known` words nor, on en-XA, among CLDR's.

    A text with a `lang` of its own says what it is. In brackets stand texts of the catalogue, with values in
    them; outside stand values alone.
    """
    english = locale == "en-XA"
    allowed = {word.casefold() for word in known} | (_cldr_words() if english else set())
    found: list[str] = []
    for word in words:
        text = _ADDRESS.sub("", _ISOLATES.sub("", word["text"]))
        if word["lang"]:
            continue
        bare, balanced = _outside(text)
        if not balanced:
            found.append(f"{word['where']}: a part of a text: {text.strip()[:90]!r}")
            continue
        strange = [
            one
            for one in (_WORD if english else _LATIN_WORD).findall(text)
            if _ASCII_LETTER.search(one) and not _DIGIT.search(one) and one.casefold() not in allowed
        ]
        if english:
            strange += [
                one
                for one in _WORD.findall(bare)
                if not _ASCII_LETTER.search(one) and one.casefold() not in allowed
            ]
        if strange:
            found.append(f"{word['where']}: {strange} in {text.strip()[:90]!r}")
    return list(dict.fromkeys(found))


def violations(where: Page | Frame) -> list[str]:
    """What axe finds that is serious or critical; under a dialog that is all there is, in the dialog."""
    modal = "dialog:modal" if where.locator("dialog:modal").count() else None
    found = Axe().run(where, context=modal, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:140] for node in one['nodes'][:2]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def _outside(text: str) -> tuple[str, bool]:
    """What stands outside of brackets, and whether every bracket has its other."""
    depth, kept = 0, []
    for letter in text:
        if letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
            if depth < 0:
                return "", False
        elif depth == 0:
            kept.append(letter)
    return "".join(kept), depth == 0


@cache
def _cldr_words() -> frozenset[str]:
    """The words that names and formats of CLDR are made of in English."""
    data = Locale("en")._data
    texts = [text for name in _CLDR.split() for text in _texts(data[name])]
    # In the browser's formats, and not among what Babel has.
    texts += ["GMT UTC kB MB GB now today tomorrow yesterday next last in mins hrs secs AM PM"]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def _texts(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if hasattr(tree, "keys"):
        return [text for key in tree for text in _texts(tree[key])]
    return [text for one in tree for text in _texts(one)] if isinstance(tree, list | tuple) else []
