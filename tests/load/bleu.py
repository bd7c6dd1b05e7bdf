"""BLEU, as Papineni and others defined it (ACL 2002), with the 13a tokenization of the WMT's mteval script.

Written out here because it is forty lines and its usual package brings five more. A test compares it with
figures worked out by hand.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

LONGEST = 4
"""Words in the longest n-grams compared."""

_PUNCTUATION = re.compile(r"([{-~\[-` -&(-+:-@/])")
_STOP_BEHIND_OTHERS = re.compile(r"([^0-9])([.,])")
_STOP_BEFORE_OTHERS = re.compile(r"([.,])([^0-9])")
_DASH_BEHIND_DIGIT = re.compile(r"([0-9])(-)")


def tokens(sentence: str) -> list[str]:
    """The words and marks of a sentence (13a)."""
    text = _PUNCTUATION.sub(r" \1 ", f" {sentence} ")
    text = _STOP_BEHIND_OTHERS.sub(r"\1 \2 ", text)
    text = _STOP_BEFORE_OTHERS.sub(r" \1 \2", text)
    return _DASH_BEHIND_DIGIT.sub(r"\1 \2 ", text).split()


def bleu(translations: Sequence[str], references: Sequence[str]) -> float:
    """Of a corpus, one reference a sentence: 0 to 100. Unsmoothed: 0 if no four words in a row are right."""
    right, said = [0] * LONGEST, [0] * LONGEST
    length = wanted = 0
    for translation, reference in zip(translations, references, strict=True):
        ours, theirs = tokens(translation), tokens(reference)
        length += len(ours)
        wanted += len(theirs)
        for size in range(1, LONGEST + 1):
            grams, known = _grams(ours, size), _grams(theirs, size)
            right[size - 1] += (grams & known).total()
            said[size - 1] += grams.total()
    if not all(right):
        return 0.0
    precision = sum(math.log(a / b) for a, b in zip(right, said, strict=True)) / LONGEST
    brevity = min(0.0, 1 - wanted / length)
    return 100 * math.exp(precision + brevity)


def _grams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))
