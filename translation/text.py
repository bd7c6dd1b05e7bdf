"""Translating a whole text: its sentences at once, everything between them as it was."""

import asyncio
import unicodedata

from .result import Flag
from .segmentation import Segment, segment
from .sentence import Ask, Outcome, translate_sentence
from .tags import Pair

AT_ONCE = 32
"""Sentences of one text under way: enough for the workers, few enough not to hold up the event loop."""


async def translate_text(text: str, pair: Pair, ask: Ask) -> Outcome:
    """A text in the target language, line for line. Raises TranslationError if any sentence fails."""
    repaired = repair(text)
    segments = segment(repaired)
    turns = asyncio.Semaphore(AT_ONCE)
    outcomes = await asyncio.gather(*(_translate(part, pair, ask, turns) for part in segments))
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


async def _translate(part: Segment, pair: Pair, ask: Ask, turns: asyncio.Semaphore) -> Outcome:
    if not part.words:
        return Outcome(part.text)
    async with turns:
        return await translate_sentence(part.text, pair, ask)
