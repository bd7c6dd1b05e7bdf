"""Doubts about a translation that can be raised by looking at it: is it noise?"""

import re
from collections import Counter

from .masking import integers, without_tokens
from .result import Flag

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

ECHO_WORDS = 4
"""Words from which on an unchanged sentence is suspicious; shorter ones are often names or loan words."""


def words(text: str) -> list[str]:
    """The words of a text, case folded; numbers, punctuation and tokens for kept pieces are none."""
    return [word.casefold() for word in _WORD.findall(without_tokens(text))]


def doubts(source: str, translation: str) -> frozenset[Flag]:
    """What looks wrong about the translation of one sentence; empty if nothing does."""
    found = set()
    before, after = words(source), words(translation)
    if _stutters(before, after):
        found.add(Flag.REPETITION)
    if len(translation) > 3 * len(source) + 20 or (len(source) > 40 and 6 * len(translation) < len(source)):
        found.add(Flag.LENGTH)
    if len(before) >= ECHO_WORDS and before == after:
        found.add(Flag.ECHO)
    if lost_numbers(source, translation):
        found.add(Flag.NUMBERS)
    return frozenset(found)


def lost_numbers(source: str, translation: str) -> bool:
    """Whether a whole number of the source is not in the translation, whatever digits either is written
    in."""
    return bool(Counter(integers(source)) - Counter(integers(translation)))


def _stutters(source: list[str], translation: list[str]) -> bool:
    """A word or phrase said twice in a row, or a word said far more often than the source repeats
    anything."""
    for size in (1, 2, 3):
        if _echoes(translation, size) > _echoes(source, size):
            return True
    most = Counter(translation).most_common(1)
    if not most:
        return False
    allowed = max(Counter(source).values(), default=1)
    return most[0][1] > 3 + allowed and most[0][1] > len(translation) // 4


def _echoes(said: list[str], size: int) -> int:
    return sum(
        said[at : at + size] == said[at + size : at + 2 * size] for at in range(len(said) - 2 * size + 1)
    )
