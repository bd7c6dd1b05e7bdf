"""Doubts about a translation that can be raised by looking at it: is it noise?

The limits are such that translations by people raise none. Of 215 phrases of customer support in seven
languages, each way (10,080 pairs, tests/models/phrases.tsv), and of what the starter models make of ordinary
messages, less than one in a hundred is doubted; a test counts them.
"""

import re
from collections import Counter

from .masking import integers, without_tokens
from .result import Flag
from .scripts import letters_in, letters_outside
from .tags import Pair, base_language, written_in

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD_OF_ITS_OWN = re.compile(r"(?<![\d_])[^\W\d_]+(?:['’-][^\W\d_]+)*")

ECHO_WORDS = 4
"""Words from which on an unchanged sentence is suspicious; shorter ones are often names or loan words."""
ECHO_SHARE = 0.6
"""Of the longer words of a translation, those of the source. People's translations between the languages we
have phrases in reach a third, by "e-mail" and the like."""

# Pairs of which a sentence may well be the same in both.
_NEAR = (
    frozenset({"nb", "nn", "da", "sv"}),
    frozenset({"sr", "hr", "bs", "sl", "mk", "bg"}),
    frozenset({"cs", "sk", "pl"}),
    frozenset({"ru", "uk", "be"}),
    frozenset({"pt", "gl", "es", "ca", "oc"}),
    frozenset({"id", "ms"}),
    frozenset({"tr", "az"}),
    frozenset({"de", "lb", "gsw"}),
    frozenset({"nl", "af"}),
    frozenset({"zh", "yue"}),
)

# Where any word may be said twice: "yavaş yavaş", "hati hati".
_DOUBLING = frozenset({"tr", "az", "id", "ms", "vi", "fil", "hi", "bn", "ur", "th", "mi"})
_DOUBLED = {
    "en": frozenset({"had", "that", "bye", "very", "so", "no", "is"}),
    "fr": frozenset({"nous", "vous"}),
    "de": frozenset({"die", "das", "der", "sie", "ihr", "ihnen"}),
    "nl": frozenset({"die", "dat", "u", "je", "ze"}),
    "sv": frozenset({"det", "som"}),
    "it": frozenset({"vi", "piano"}),
    "pl": frozenset({"się"}),
}

# The same few signs over and over: "的的的的的", "\" \" \" \"", "lalalalala".
_RUN = re.compile(r"(\S|\S.|\S..{1,6}?)\1{3,}", re.DOTALL)
_LONG_RUN = 9
"""Characters of such a run: "!!!!!!" and "......" are still short."""

_DIGIT = re.compile(r"\d")
# Digits that are a month or a magnitude, which other languages have words or other digits for.
_RECKONED = re.compile(r"(?<!\d)\d++(?=\s?(?:月|월|万|萬|億|亿|千|百|만|억|천|เดือน))")

_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7af]")


def words(text: str) -> list[str]:
    """The words of a text, case folded; numbers, what is glued to one ("1st"), punctuation and tokens for
    kept pieces are none."""
    return [word.casefold() for word in _WORD_OF_ITS_OWN.findall(without_tokens(text))]


def doubts(source: str, translation: str, pair: Pair | None = None) -> frozenset[Flag]:
    """What looks wrong about the translation of one sentence; empty if nothing does.

    - REPETITION: words or signs are repeated that the source does not repeat: an engine has lost its way.
    - LENGTH: more than twice the source and 20 characters ("Hi" → "Здравствуйте" is long, and fine), or less
      than 0.45 of it less 10. Characters count by what they carry (`_weight`). From 30 characters on,
      translations by people have between 0.33 and 1.71 of their source.
    - ECHO: four words or more came back as they were, or most of the longer ones.
    - NUMBERS: see `lost_numbers` and `invented_numbers`.
    - SCRIPT: most letters are not of the target's script, other than in names the source has too.

    `pair` tells what is usual between two languages; without it nothing is taken for granted, and scripts are
    not looked at.
    """
    found = set()
    before, after = words(source), words(translation)
    target = base_language(pair.target) if pair else ""
    if _stutters(before, after, target) or _runs(source, translation):
        found.add(Flag.REPETITION)
    given, taken = _weight(source), _weight(translation)
    if taken > 2 * given + 20 or taken + 10 < 0.45 * given:
        found.add(Flag.LENGTH)
    if _echo(before, after) and not (pair and _near(pair)):
        found.add(Flag.ECHO)
    if lost_numbers(source, translation) or invented_numbers(source, translation):
        found.add(Flag.NUMBERS)
    if pair and _in_wrong_script(source, translation, pair.target):
        found.add(Flag.SCRIPT)
    return frozenset(found)


def lost_numbers(source: str, translation: str) -> bool:
    """Whether a whole number of the source is not in the translation, whatever digits either is written
    in. Months and magnitudes of East Asia (5月, 3万) may become words."""
    if not _DIGIT.search(source):
        return False
    missing = Counter(integers(source)) - Counter(integers(translation))
    return bool(missing - Counter(integers(" ".join(_RECKONED.findall(source)))))


def invented_numbers(source: str, translation: str) -> bool:
    """Whether the translation has a number of four digits or more that the source has not.

    Shorter and round ones may have been words: "twelve", "half past three", "two thousand".
    """
    if not _DIGIT.search(translation):
        return False
    added = Counter(integers(translation)) - Counter(integers(source))
    long = [number for number in added if len(number) >= 4 and not number.endswith("00")]
    return bool(long) and not _RECKONED.search(source)


def _near(pair: Pair) -> bool:
    """Whether two languages have so much in common that an echo means nothing."""
    both = {base_language(pair.source), base_language(pair.target)}
    return any(both <= group for group in _NEAR)


def _weight(text: str) -> float:
    """Characters, as alphabets need them for the same: 3 for a Chinese one, 2 for Hangul, 1.8 for kana."""
    return (
        len(text) + 2 * len(_HAN.findall(text)) + len(_HANGUL.findall(text)) + 0.8 * len(_KANA.findall(text))
        if not text.isascii()
        else len(text)
    )


def _echo(before: list[str], after: list[str]) -> bool:
    if len(before) < ECHO_WORDS or len(set(before)) < ECHO_WORDS - 1:
        # "Ha ha ha ha" is the same everywhere.
        return False
    if before == after:
        return True
    if set(before).isdisjoint(after):
        return False
    long_before, long_after = ([word for word in said if len(word) > 2] for said in (before, after))
    common = Counter(long_before) & Counter(long_after)
    return common.total() >= ECHO_WORDS and common.total() > ECHO_SHARE * len(long_after)


def _runs(source: str, translation: str) -> bool:
    """Whether something is repeated over and over, and nothing in the source is."""
    run = _RUN.search(translation)
    return run is not None and len(run.group()) >= _LONG_RUN and _RUN.search(source) is None


def _in_wrong_script(source: str, translation: str, target: str) -> bool:
    scripts = written_in(target)
    strange = letters_outside(scripts).findall(translation)
    if not strange:
        return False
    known = set(_WORD.findall(source))
    wrong = sum(
        len(word)
        for phrase in strange
        for word in _WORD.findall(phrase)
        if not (word in known and word.isascii() and not word.islower())
    )
    right = _weight("".join(letters_in(scripts).findall(translation)))
    return wrong >= 4 and wrong > right


def _stutters(source: list[str], translation: list[str], language: str) -> bool:
    """A word or phrase said twice in a row, or a word said far more often than the source repeats
    anything."""
    if len(translation) < 2 or len(translation) == len(set(translation)):
        return False
    for size in (1, 2, 3):
        if _echoes(translation, size, language) > _echoes(source, size, ""):
            return True
    most = Counter(translation).most_common(1)[0][1]
    return most > 3 + max(Counter(source).values(), default=1) and most > len(translation) // 4


def _echoes(said: list[str], size: int, language: str) -> int:
    """How often the `size` words before a place are said again behind it, unless that is good language."""
    usual = _DOUBLED.get(language, frozenset())

    def is_usual(at: int) -> bool:
        once = size == 1 and said[at] not in said[at + 2 : at + 3]
        return once and (language in _DOUBLING or said[at] in usual)

    return sum(
        said[at : at + size] == said[at + size : at + 2 * size] and not is_usual(at)
        for at in range(len(said) - 2 * size + 1)
    )
