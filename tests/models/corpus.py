"""The sentences that the phrase models learn, and those kept back to try them on.

`phrases.tsv` has a sentence a line in seven languages, with other ways to say it after ` | ` (they are
read, never answered) and slots: words from `slots.tsv`, numbers (`few`, `many`, `order`, `hour`) and kept
pieces (`kept`, `kept2`). Standard library only, and every draw comes from a seeded generator: the same
call gives the same sentences.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "pt-BR", "lt", "tr", "zh-Hans", "fa", "ja")

SLOT = re.compile(r"\{(\w+)\}")
_SAME_THING = {
    "the_item": "item",
    "this_item": "item",
    "an_item": "item",
    "to_city": "city",
    "in_city": "city",
    "on_day": "day",
    "by_day": "day",
}
"""Slots that are forms of one thing: a case that one language needs, another does without."""
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MANY = (*range(10, 20), *range(20, 100, 10))
"""Numbers after which Lithuanian has the genitive plural: "10 eurų"; after 2 to 9 it has "2 eurus"."""
_KEEP_CASE = re.compile(r"I\b|\{")
HELD_BACK = 5
"""One filling in so many is never trained on."""


@dataclass(frozen=True)
class Phrase:
    """One sentence in one direction: what is read (the first is the plain way) and what is answered."""

    number: int
    topic: str
    sources: tuple[str, ...]
    target: str

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(SLOT.findall(self.target))


@dataclass(frozen=True)
class Example:
    """A sentence to translate and its one right translation."""

    source: str
    target: str


def no_spaces(language: str) -> bool:
    return language in ("zh-Hans", "ja")


def phrases(source: str, target: str) -> list[Phrase]:
    """Every phrase of a direction; a way to say it that already has another translation is left out."""
    found, taken = [], set()
    with (HERE / "phrases.tsv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(DictReader(lines, delimiter="\t")):
            ways = tuple(way for way in row[source].split(" | ") if way not in taken)
            taken.update(ways)
            if ways:
                found.append(Phrase(number, row["topic"], ways, row[target].split(" | ")[0]))
    return found


class Slots:
    """What may stand in the slots, by kind, in all languages."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, str]]] = {}
        with (HERE / "slots.tsv").open(encoding="utf-8", newline="") as lines:
            for row in DictReader(lines, delimiter="\t"):
                self._rows.setdefault(row["slot"], []).append(row)

    def draw(self, phrase: Phrase, random_: random.Random, *, held_back: bool) -> dict[str, str]:
        """A filling of the phrase's slots (but for kept pieces), from one side of the divide only.

        Phrases whose slots have no other filling than kept pieces are on both sides.
        """
        names = [name for name in phrase.slots if not name.startswith("kept")]
        while True:
            chosen = {_SAME_THING.get(name, name): self._one(name, random_) for name in names}
            if not chosen or (_sum(phrase, chosen) % HELD_BACK == 0) == held_back:
                return chosen

    def _one(self, name: str, random_: random.Random) -> str:
        if name in self._rows:
            return str(random_.randrange(len(self._rows[name])))
        if name == "few":
            return str(random_.randint(2, 9))
        if name == "many":
            return str(random_.choice(_MANY))
        if name == "order":
            return str(random_.randrange(10 ** random_.randint(3, 5), 10**6))
        return str(random_.randint(7, 12) if name == "hour" else random_.randint(13, 22))

    def fill(self, template: str, chosen: Mapping[str, str], language: str) -> str:
        """A template with its slots filled in a language; kept pieces stay slots."""

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            if name.startswith("kept"):
                return match.group()
            drawn = chosen[_SAME_THING.get(name, name)]
            if name in self._rows:
                return self._rows[name][int(drawn)][language]
            return drawn.translate(_PERSIAN) if language == "fa" else drawn

        filled = SLOT.sub(value, template)
        return capitalised(filled, language) if template.startswith("{") else filled

    def words(self, language: str) -> Iterable[str]:
        """Everything that slots put into sentences, for the vocabulary."""
        return (row[language] for rows in self._rows.values() for row in rows)


def _sum(phrase: Phrase, chosen: Mapping[str, str]) -> int:
    """Spreads fillings evenly: any slot that has HELD_BACK values in a row has one on either side."""
    return phrase.number + sum(map(int, chosen.values()))


def capitalised(text: str, language: str) -> str:
    first = "İ" if language == "tr" and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


def decapitalised(text: str, language: str) -> str:
    if _KEEP_CASE.match(text):
        return text
    first = {"I": "ı", "İ": "i"}.get(text[:1], text[:1].lower()) if language == "tr" else text[:1].lower()
    return first + text[1:]


def number_kept(source: str, target: str, tokens: Sequence[str]) -> Example:
    """Kept pieces as the tokens given, in the order in which the source has them."""
    of_slot = dict(zip(dict.fromkeys(SLOT.findall(source)), tokens, strict=False))
    return Example(*(SLOT.sub(lambda match: of_slot[match.group(1)], text) for text in (source, target)))
