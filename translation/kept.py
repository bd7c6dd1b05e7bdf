"""Finding the pieces of a text that must not be translated.

Left to themselves, the starter models turn "1,234.56 USD" into "1.234.56 USD", "a@b.com" into "ab.com" and an
emoji into "-". Whole numbers in running text they mostly carry over: those are not kept, but checked (see
`sentence`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .code import code_lines
from .patterns import HINT, KEPT, KINDS, LONG, LONGEST_WORD

_TRAILING = ".,;:!?…'’*"

# Chinese characters and kana but for those of prices: a code stands right beside them, as beside a space.
_UNSPACED = re.compile(
    "(?![円元])[\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_NO_WORD = "\u30fb"
"""Stands for each of them while pieces are looked for: of those scripts, but no letter."""

PHONE_DIGITS = 7


class Wording(NamedTuple):
    """What to write for a term of the glossary."""

    plain: str
    initial: str
    """As it is written at the beginning of a sentence."""
    capital: bool
    """Whether it had a capital in the text that it has not in the glossary."""


class Kept(NamedTuple):
    """A piece to keep: `text[start:end]` of the text it was found in."""

    start: int
    end: int
    kind: str
    wording: Wording | None = None
    """For a term of the glossary: what stands in its place afterwards."""


def find_kept(text: str) -> list[Kept]:
    """The pieces of a text that must be kept, from left to right; they don't overlap."""
    if not HINT.search(text):
        return []
    text = _UNSPACED.sub(_NO_WORD, text)
    found: list[Kept] = []
    position = 0
    for start, end in code_lines(text):
        found += _pieces(text, position, start)
        found.append(Kept(start, end, "code"))
        position = end
    return found + _pieces(text, position, len(text))


def _pieces(text: str, start: int, end: int) -> list[Kept]:
    """The pieces in a part of a text."""
    found: list[Kept] = []
    behind = start
    for match in KEPT.finditer(text, start, end):
        first, last = match.span()
        if first - behind > LONGEST_WORD:
            found += _rest_of_run(text, behind, first)
        behind = last
        kind = KINDS[(match.lastindex or 1) - 1]
        if kind in ("url", "file"):
            last -= _overhang(match.group())
        elif kind == "phone" and sum(character.isdigit() for character in match.group()) < PHONE_DIGITS:
            continue
        found.append(Kept(first, last, kind))
    return found + _rest_of_run(text, behind, end)


def with_terms(kept: Sequence[Kept], terms: Sequence[Kept]) -> list[Kept]:
    """Kept pieces and terms (each in order), from left to right. A term inside an address, or one that only
    touches it, is left alone; a piece inside a term goes with it."""
    if not terms:
        return list(kept)
    found: list[Kept] = []
    behind = 0
    for term in terms:
        while behind < len(kept) and kept[behind].end <= term.start:
            found.append(kept[behind])
            behind += 1
        ahead = behind
        while ahead < len(kept) and kept[ahead].start < term.end:
            ahead += 1
        if all(term.start <= piece.start and piece.end <= term.end for piece in kept[behind:ahead]):
            found.append(term)
            behind = ahead
    return [*found, *kept[behind:]]


def _rest_of_run(text: str, start: int, end: int) -> list[Kept]:
    """What is left of a run behind a piece, as far as `end`, if that is too long as well."""
    run = LONG.match(text, start, end)
    return [Kept(start, run.end(), "long_word")] if run else []


def _overhang(url: str) -> int:
    """How many characters at the end of a URL or path belong to the sentence: punctuation, an unopened
    bracket."""
    end = len(url)
    unopened = url.count(")") - url.count("(")
    while end and (url[end - 1] in _TRAILING or (url[end - 1] == ")" and unopened > 0)):
        unopened -= url[end - 1] == ")"
        end -= 1
    return len(url) - end
