"""A workspace's own terms: what stays as it is, and what is always said in the same words.

A term is found as whole words, whatever their case, in the forms `inflection` knows; in scripts without
spaces as it stands. Where terms overlap the longest wins. In the text that goes to the engine a token stands
for it (`masking`), so that the engine cannot change it.

Over a pivot the wording of the target would stand in a text of the pivot's language and be translated again.
So between two engines a character of a private use plane stands for it, which nobody types and no engine
sees: it is a token again on the next hop.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .inflection import bases, folded
from .kept import Kept, Wording
from .patterns import NO_SPACE_SCRIPTS
from .tags import base_language, match, same_language

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_LETTER = rf"(?:[^\W{NO_SPACE_SCRIPTS}]|[{_MARKS}])"
_WORD = re.compile(rf"[{NO_SPACE_SCRIPTS}]|{_LETTER}+|[^\w\s]")
# A word goes on behind these where letters follow: e-mail, don't.
_JOINED_BEFORE = re.compile(r"\w[-‐‑_@]\Z")
_JOINED_BEHIND = re.compile(r"[-‐‑_@'’]\w")

# What is written to the end of a word after an apostrophe, and goes where the word goes.
_APOSTROPHE = {"en": re.compile(r"['’][sS]\b|(?<=[sS])['’](?!\w)"), "tr": re.compile(r"['’]\w{1,8}\b")}
_NEVER = re.compile(r"(?!)")

_STEPS = 4
"""Steps along terms for each word of a text, on average, beside `_STEPS_AT_LEAST`. Ordinary texts need less
than one; where terms lie in one another a hundred deep, what lies further on is not looked for."""

_STEPS_AT_LEAST = 1000

# A plane for private use, two characters for each place where a term was found.
_PLANE, _PLANE_END = 0xF0000, 0xFFFFD
_MARKS_OF_OURS = re.compile(f"[{chr(_PLANE)}-{chr(_PLANE_END)}]")
_PREFIX = 2

_Said = Callable[[int], str | None]


@dataclass(frozen=True, slots=True)
class Term:
    """Either `keep`, which stays as it is in every language, or `wordings` by BCP 47 tag.

    The first wording of a language is the one translations say; the others are found too.
    """

    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: str | None = None


class Glossary:
    """Terms made ready for searching, a language at a time as it is needed. Never changes."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._terms = tuple(terms)
        self._tags = tuple(sorted({tag for term in self._terms for tag in term.wordings}))
        self._indexes: dict[tuple[str, ...], _Index] = {}

    def __len__(self) -> int:
        return len(self._terms)

    def prepare(self) -> None:
        """Makes every language ready, which takes a moment where there are thousands of terms."""
        # Those that no wording is in need what is kept in all of them.
        for tag in (*self._tags, "und"):
            self._index(tag)

    def journey(self, source: str, target: str) -> "Journey | None":
        """The terms on the way from one language to another, for one text; None if there are none."""
        if not self._terms:
            return None
        tags = [tag for tag in match(target, self._tags) if same_language(target, tag)]
        return Journey(self._terms, self._index(source), source, target, tags)

    def _index(self, source: str) -> "_Index":
        tags = tuple(tag for tag in self._tags if same_language(source, tag))
        if tags not in self._indexes:
            self._indexes[tags] = _Index(self._terms, tags)
        return self._indexes[tags]


class Journey:
    """One text's way through one engine or several, with its terms."""

    def __init__(
        self, terms: Sequence[Term], index: "_Index", source: str, target: str, tags: Sequence[str]
    ) -> None:
        self._terms = terms
        self._index = index
        self._source = source
        self._target = target
        self._tags = tags
        self._carried: list[Wording] | None = None
        self._first = _PLANE

    def find(self, text: str, *, last: bool) -> list[Kept]:
        """The terms of the text as it is before the next engine, from left to right, with what to put in
        their place. `last`: it is the last engine."""
        if self._carried is not None:
            return [self._again(mark, last) for mark in _MARKS_OF_OURS.finditer(text) if self._is_ours(mark)]
        found = _longest(self._index.matches(text, self._source, self._said), len(text))
        wordings = [self._wording(text[place.start : place.end], place) for place in found]
        self._carried = wordings
        if not last:
            self._first = max(map(ord, _MARKS_OF_OURS.findall(text)), default=_PLANE - 1) + 1
            room = (_PLANE_END - self._first) // 2
            found, wordings = found[:room], [self._mark(n, w.capital) for n, w in enumerate(wordings[:room])]
        return [
            Kept(place.start, place.end, "term", wording)
            for place, wording in zip(found, wordings, strict=True)
        ]

    def settled(self, text: str) -> str:
        """The text behind the last engine, with the wording where a term could not be told from what it
        touched (an address) and is still on its way."""
        return _MARKS_OF_OURS.sub(
            lambda mark: self._carried_by(mark).plain if self._is_ours(mark) else mark.group(), text
        )

    def _said(self, number: int) -> str | None:
        """What translations into the target say for a term; None if the glossary does not know."""
        term = self._terms[number]
        if term.keep is not None:
            return term.keep
        return next((term.wordings[tag][0] for tag in self._tags if term.wordings.get(tag)), None)

    def _wording(self, text: str, place: "_Place") -> Wording:
        if self._terms[place.term].keep is not None:
            return Wording(text, text, False)
        said = self._said(place.term) or text
        if text.isupper() and not place.form.isupper() and sum(map(str.isalpha, text)) > 1:
            loud = _upper(said, self._target)
            return Wording(loud, loud, False)
        capital = text[:1].isupper() and not place.form[:1].isupper()
        return Wording(said, _capitalised(said, self._target), capital)

    def _mark(self, number: int, capital: bool) -> Wording:
        mark = self._first + 2 * number
        return Wording(chr(mark), chr(mark + 1), capital)

    def _is_ours(self, mark: re.Match[str]) -> bool:
        return 0 <= ord(mark.group()) - self._first < 2 * len(self._carried or ())

    def _carried_by(self, mark: re.Match[str]) -> Wording:
        assert self._carried is not None
        return self._carried[(ord(mark.group()) - self._first) // 2]

    def _again(self, mark: re.Match[str], last: bool) -> Kept:
        number, capital = divmod(ord(mark.group()) - self._first, 2)
        if last:
            wording = self._carried_by(mark)._replace(capital=bool(capital))
        else:
            wording = self._mark(number, bool(capital))
        return Kept(mark.start(), mark.end(), "term", wording)


class _Place(NamedTuple):
    """Where a term is in a text, and as which of its wordings it was found."""

    start: int
    end: int
    term: int
    form: str


class _Word(NamedTuple):
    """A word, or a mark, folded; `space` is what kind of space is before it: none, a space, a line end."""

    start: int
    end: int
    space: str
    folded: str


class _Index:
    """The wordings of a language as a tree of words: `_steps` leads from one to the next, `_ends` says which
    terms end there."""

    def __init__(self, terms: Sequence[Term], tags: Sequence[str]) -> None:
        self._steps: dict[tuple[int, str], int] = {}
        self._ends: dict[int, list[tuple[int, str, bool]]] = {}
        self._prefixes: set[str] = set()
        for number, term in enumerate(terms):
            if term.keep is not None:
                self._add(number, term.keep, keep=True)
            for tag in tags:
                for form in term.wordings.get(tag, ()):
                    self._add(number, form, keep=False)

    def _add(self, number: int, form: str, *, keep: bool) -> None:
        node = 0
        words = words_of(form)
        for word in words:
            node = self._steps.setdefault((node, word), len(self._steps) + 1)
        if node:
            self._prefixes.add(words[0][:_PREFIX])
            self._ends.setdefault(node, []).append((number, form, keep))

    def matches(self, text: str, language: str, said: _Said) -> Iterator[_Place]:
        """Every place where a term is, overlapping ones too. `said` tells which terms count."""
        words = list(_words(text))
        steps = _STEPS * len(words) + _STEPS_AT_LEAST
        known: dict[str, list[str]] = {}
        apostrophe = _APOSTROPHE.get(base_language(language), _NEVER)
        for first, word in enumerate(words):
            if word.folded[:_PREFIX] not in self._prefixes:
                continue
            if _JOINED_BEFORE.search(text, max(0, word.start - 2), word.start):
                continue
            nodes = [(0, True)]
            for position in range(first, len(words)):
                if not steps:
                    return
                steps -= 1
                current = words[position]
                space = current.space if position > first else ""
                if current.folded not in known:
                    known[current.folded] = list(dict.fromkeys(bases(current.folded, language)))
                nodes = [
                    (self._steps[step], exact and not place)
                    for node, exact in nodes
                    for place, base in enumerate(known[current.folded])
                    if (step := (node, space + base)) in self._steps
                ]
                if not nodes:
                    break
                found = self._ending(text, word.start, current.end, nodes, said, apostrophe)
                if found is not None:
                    yield found

    def _ending(
        self,
        text: str,
        start: int,
        end: int,
        nodes: Sequence[tuple[int, bool]],
        said: _Said,
        apostrophe: re.Pattern[str],
    ) -> _Place | None:
        suffix = apostrophe.match(text, end)
        if suffix is None and _JOINED_BEHIND.match(text, end):
            return None
        if unicodedata.category(text[end : end + 1] or " ").startswith("M"):
            return None
        for node, exact in nodes:
            for number, form, keep in self._ends.get(node, ()):
                if keep:
                    if exact:
                        return _Place(start, end, number, form)
                elif said(number) is not None:
                    return _Place(start, suffix.end() if suffix else end, number, form)
        return None


def _words(text: str) -> Iterator[_Word]:
    behind = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        gap = text[behind:start]
        # A term does not run on into the next line.
        space = "\n" if "\n" in gap else " " if gap else ""
        yield _Word(start, end, space, folded(word.group()))
        behind = end


def _longest(found: Iterable[_Place], length: int) -> list[_Place]:
    """Of places that overlap in a text of so many characters the longest, then the first; in order."""
    taken = bytearray(length)
    chosen = []
    for place in sorted(found, key=lambda place: (place.start - place.end, place.start)):
        # A shorter one cannot lie around a longer one: its ends tell.
        if not taken[place.start] and not taken[place.end - 1]:
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
            chosen.append(place)
    return sorted(chosen)


def _upper(text: str, language: str) -> str:
    if base_language(language) in ("tr", "az"):
        text = text.replace("i", "İ")
    return text.upper()


def _capitalised(text: str, language: str) -> str:
    """With a capital at the beginning, unless it is written in a way of its own, as iPhone is."""
    return text if text[1:2].isupper() else _upper(text[:1], language) + text[1:]


def found_as(form: str) -> str:
    """What two wordings have in common that are found in the same places."""
    return "".join(words_of(form))


def words_of(form: str) -> list[str]:
    """The words of a wording as they are looked for: folded, with a space before those that have one."""
    words = form.split()
    if form.isascii() and "".join(words).isalnum():
        # The same, for most wordings of most glossaries, in a tenth of the time.
        return [words[0].lower(), *(" " + word.lower() for word in words[1:])]
    return [word.space * (position > 0) + word.folded for position, word in enumerate(_words(form))]
