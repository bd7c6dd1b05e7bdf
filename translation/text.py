"""Translating a whole text: its sentences at once, everything between them as it was."""

import asyncio
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from .kept import Kept
from .result import Flag
from .segmentation import Segment, segment
from .sentence import Ask, Outcome, translate_sentence
from .tags import Pair

Find = Callable[[str], list[Kept]]

AT_ONCE = 32
"""Sentences of one text under way: enough for the workers, few enough not to hold up the event loop."""


async def translate_text(text: str, pair: Pair, ask: Ask, find: Find | None = None) -> Outcome:
    """A text in the target language, line for line; `find` finds the glossary's terms in it. Raises
    TranslationError if any sentence fails."""
    repaired = repair(text)
    terms = find(repaired) if find is not None else []
    turns = asyncio.Semaphore(AT_ONCE)
    parts = with_their_terms(segment(repaired, terms), terms)
    outcomes = await asyncio.gather(*(_translate(part, pair, ask, turns, inside) for part, inside in parts))
    flags = frozenset[Flag]().union(*(outcome.flags for outcome in outcomes))
    if repaired != text:
        flags |= {Flag.REPAIRED}
    return Outcome("".join(outcome.text for outcome in outcomes), flags)


def repair(text: str) -> str:
    """The text without what is no text: lone surrogates become U+FFFD, control characters go."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_repaired(character) for character in text)


def _repaired(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" and not character.isspace() else character


def with_their_terms(
    segments: Sequence[Segment], terms: Sequence[Kept]
) -> Iterator[tuple[Segment, Sequence[Kept]]]:
    """Each segment of a text with the terms in it, placed from its beginning."""
    position = ahead = 0
    for part in segments:
        end = position + len(part.text)
        inside = []
        while ahead < len(terms) and terms[ahead].start < end:
            term = terms[ahead]
            if position <= term.start and term.end <= end:
                inside.append(term._replace(start=term.start - position, end=term.end - position))
            ahead += 1
        yield part, inside
        position = end


async def _translate(
    part: Segment, pair: Pair, ask: Ask, turns: asyncio.Semaphore, terms: Sequence[Kept]
) -> Outcome:
    if not part.words and not terms:
        return Outcome(part.text)
    async with turns:
        return await translate_sentence(part.text, pair, ask, terms)
