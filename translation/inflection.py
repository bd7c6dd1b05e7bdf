"""The forms a word is found in: number and case, where the endings of its language are known here.

Endings only, no derivation: "refunds" is "refund", "refundable" is not. Anything looser would find "plan" in
"plant" and "account" in "accountant", and put the wrong word into somebody's mouth. What a table cannot know
(mice, refunded) is listed with the term. A word must have `SHORTEST` letters without its ending.

The endings are those of the declension tables of school grammars, for regular nouns and adjectives.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .tags import base_language

SHORTEST = 4
"""Letters a word must have before an ending is taken off."""

_SHORTEST = {"ko": 2}
"""Where a letter is a syllable."""

_SOFT_LT = "io iui į iu yje i iai ių iams ius iais iuose ies imi ie ys ims imis yse"
_ROMANCE = {"": "s es", "z": "ces zes"}
_NORDIC = {
    "": "s n en et er ar or t ens ets ers ene erne arna erna orna",
    "e": "r n rne",
    "a": "or an orna",
}
_EAST_SLAVIC = {
    "": "а у ом ем е ы и ов ам ами ах і ів",
    "а": "ы и е у ой ою ам ами ах і",
    "я": "и е ю ей ям ями ях і ї",
    "о": "а у ом е ам ами ах",
    "ь": "я ю ем е и ей ям ями ях ью і",
    "й": "я ю ем е и ев ям ями ях єм ї їв",
    "ие": "ия ию ием ии ий иям иями иях",
    "ый": "ого ому ым ом ая ой ую ое ые ых ыми",
    "ий": "его ему им ем ая ой ую ое ие их ими ого ому",
}

# By language: what a word ends with as it stands in a dictionary, and what may stand there instead.
_ENDINGS: dict[str, dict[str, str]] = {
    "en": {"": "s es", "y": "ies", "f": "ves", "fe": "ves"},
    "pt": _ROMANCE | {"ão": "ões ães ãos", "m": "ns", "l": "is"},
    "es": _ROMANCE | {"ón": "ones", "én": "enes", "és": "eses"},
    "gl": _ROMANCE | {"n": "ns"},
    "ca": _ROMANCE | {"a": "es"},
    "fr": {"": "s x", "al": "aux", "ail": "aux"},
    "it": {"o": "i", "a": "e i", "e": "i", "io": "i", "co": "chi", "ca": "che", "go": "ghi", "ga": "ghe"},
    "de": {"": "e en er ern em es n s"},
    "nl": {"": "s en n e"},
    "da": _NORDIC,
    "nb": _NORDIC,
    "nn": _NORDIC,
    "sv": _NORDIC,
    "lt": {
        "as": "o ui ą u e ai ų ams us ais uose am ame i iems a os oje oms omis ose",
        "is": _SOFT_LT,
        "ys": _SOFT_LT,
        "tis": "čio čiui čiu čiai čių čiams čius čiais čiuose",
        "dis": "džio džiui džiu džiai džių džiams džius džiais džiuose",
        "us": "aus ui ų umi uje au ūs ums umis uose",
        "a": "os ai ą oje ų oms as omis ose",
        "ė": "ės ei ę e ėje ių ėms es ėmis ėse",
    },
    "pl": {
        "": "a u owi em ie y i ów om ami ach e",
        "a": "y i ę ą ie e om ami ach o",
        "o": "a u em ie om ami ach",
        "ie": "ia iu iem iom iami iach",
    },
    "ru": _EAST_SLAVIC,
    "uk": _EAST_SLAVIC,
    "fa": {"": "ها های هایی هایم هایت هایش هایمان هایتان هایشان ی ای ام ات اش مان تان شان"},
    "ko": {"": "은 는 이 가 을 를 의 에 로 도 만 와 과 에서 에게 으로 까지 부터 이나 보다 들 들은 들이 들을"},
}

# Turkish puts one suffix behind the other: plural, whose, case. Folded, ı is i.
_TURKISH = re.compile(
    "(?:l[ae]r)?"
    "(?:[iuü]?m(?:[iuü]z)?|[iuü]?n[iuü]z|s?[iuü]|[iuü]?n|l[ae]ri)?"
    "(?:n?[dt][ae](?:n|ki)?|[yn]?[ae]|[yn]?[iuü]|n?[iuü]n|y?l[ae])?"
)
_SOFTENED = {"ğ": "k", "c": "ç", "b": "p", "d": "t"}

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200c\u200d\u00ad\u0640\u2060\ufeff"))
_ARABIC = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("ة"): "ه"} | dict.fromkeys(range(0x64B, 0x653))
_NEUTRAL = _ZERO_WIDTH | _ARABIC | {ord("ı"): "i", 0x307: None, ord("’"): "'"}
_TO_NEUTRALIZE = re.compile(f"[{''.join(map(chr, _NEUTRAL))}]")


def folded(word: str) -> str:
    """A word without what does not tell it from another: case, the several ways to encode a letter,
    vowel marks of Arabic script, joiners, the dot that tells the two Turkish i apart."""
    if word.isascii():
        return word.lower()
    folding = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
    if _TO_NEUTRALIZE.search(folding) is None:
        return folding
    return unicodedata.normalize("NFC", folding.translate(_NEUTRAL))


def bases(word: str, language: str) -> Iterator[str]:
    """A folded word, then what it may be a form of in a language (BCP 47): "cards" → cards, card."""
    yield word
    language = base_language(language)
    if language == "tr" or language == "az":
        yield from _turkish(word)
        return
    shortest = _SHORTEST.get(language, SHORTEST)
    endings = _inverted(language)
    for length in range(1, min(max(map(len, endings), default=0), len(word) - 1) + 1):
        for ending in endings.get(word[-length:], ()):
            base = word[:-length] + ending
            if len(base) >= shortest and len(word) - length >= min(shortest, 3):
                yield base


def _turkish(word: str) -> Iterator[str]:
    for length in range(SHORTEST, len(word)):
        if _TURKISH.fullmatch(word, length):
            base = word[:length]
            yield base
            if base[-1] in _SOFTENED and word[length] in "aeiuü":
                yield base[:-1] + _SOFTENED[base[-1]]


@lru_cache(maxsize=64)
def _inverted(language: str) -> dict[str, tuple[str, ...]]:
    """What a word may end with, and what it ends with in a dictionary then."""
    found: dict[str, list[str]] = {}
    for base, endings in _ENDINGS.get(language, {}).items():
        for ending in endings.split():
            found.setdefault(folded(ending), []).append(folded(base))
    return {ending: tuple(dict.fromkeys(found[ending])) for ending in found}
