"""The scripts that languages are written in, and which of them the letters of a text belong to.

Scripts go by their codes of ISO 15924 in lower case (`latn`, `hans`).
"""

import re
from bisect import bisect_right
from functools import lru_cache

_REGIONS: dict[str, dict[str, str]] = {
    "az": {"": "latn", "iq": "arab", "ir": "arab", "ru": "cyrl"},
    "bs": {"": "latn"},
    "kk": {"": "cyrl", "af": "arab", "cn": "arab", "ir": "arab", "mn": "arab"},
    "ku": {"": "latn", "lb": "arab"},
    "ky": {"": "cyrl", "cn": "arab", "tr": "latn"},
    "mn": {"": "cyrl", "cn": "mong"},
    "ms": {"": "latn", "cc": "arab"},
    "pa": {"": "guru", "pk": "arab"},
    "sd": {"": "arab", "in": "deva"},
    "sr": {"": "cyrl", "me": "latn", "ro": "latn", "tr": "latn"},
    "tg": {"": "cyrl", "pk": "arab"},
    "ug": {"": "arab", "kz": "cyrl", "mn": "cyrl"},
    "uz": {"": "latn", "af": "arab", "cn": "cyrl"},
    "yue": {"": "hant", "cn": "hans"},
    "zh": {"": "hans"}
    | dict.fromkeys(
        ("au", "bn", "gb", "gf", "hk", "id", "mo", "pa", "pf", "ph", "sr", "th", "tw", "us", "vn"), "hant"
    ),
}
"""The script of a language written in more than one where its tag names none, by language and region, in
lower case; "" for every other region and none."""

_LETTERS = {
    "latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f"
    "\ua720-\ua7ff\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a",
    "grek": "\u00b5\u0370-\u03ff\u1f00-\u1fff",
    "cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "armn": "\u0530-\u058f\ufb13-\ufb17",
    "hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "arab": "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "deva": "\u0900-\u0963\u0966-\u097f\ua8e0-\ua8ff",
    "beng": "\u0980-\u09ff",
    "guru": "\u0a00-\u0a7f",
    "gujr": "\u0a80-\u0aff",
    "orya": "\u0b00-\u0b7f",
    "taml": "\u0b80-\u0bff",
    "telu": "\u0c00-\u0c7f",
    "knda": "\u0c80-\u0cff",
    "mlym": "\u0d00-\u0d7f",
    "sinh": "\u0d80-\u0dff",
    "thai": "\u0e00-\u0e7f",
    "laoo": "\u0e80-\u0eff",
    "tibt": "\u0f00-\u0fff",
    "mymr": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "geor": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "ethi": "\u1200-\u139f\u2d80-\u2ddf",
    "khmr": "\u1780-\u17ff",
    "mong": "\u1800-\u18af",
    "kana": "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "hani": "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
"""Ranges of characters, for the scripts that models translate
(https://www.unicode.org/Public/UCD/latest/ucd/Scripts.txt)."""

_RANGES = sorted(
    (ord(found[1]), ord(found[2] or found[1]), name)
    for name, ranges in _LETTERS.items()
    for found in re.finditer("(.)(?:-(.))?", ranges)
)
_STARTS = [start for start, _, _ in _RANGES]

_WRITTEN = {
    "ar ckb fa ps ur": "arab",
    "he yi": "hebr",
    "be bg mk ru uk ba cv sah tt": "cyrl",
    "el": "grek",
    "hy": "armn",
    "ka": "geor",
    "am ti": "ethi",
    "hi mr ne sa": "deva",
    "bn as": "beng",
    "gu": "gujr",
    "or": "orya",
    "ta": "taml",
    "te": "telu",
    "kn": "knda",
    "ml": "mlym",
    "si": "sinh",
    "th": "thai",
    "lo": "laoo",
    "bo dz": "tibt",
    "my": "mymr",
    "km": "khmr",
}
_USUAL = {language: name for languages, name in _WRITTEN.items() for language in languages.split()}
# What a tag's script, or a language, is written in beyond one of `_LETTERS`.
_SEVERAL = {
    "hans": ("hani",),
    "hant": ("hani",),
    "zh": ("hani",),
    "yue": ("hani",),
    "ja": ("hani", "kana"),
    "jpan": ("hani", "kana"),
    "ko": ("hang", "hani"),
    "kore": ("hang", "hani"),
    "cyrs": ("cyrl",),
    "hrkt": ("kana",),
}


def usual_script(language: str, region: str) -> str:
    """The script (`hans`, `latn`), or "" where it makes no difference."""
    regions = _REGIONS.get(language, {"": ""})
    return regions.get(region, regions[""])


def scripts_of(language: str, script: str) -> tuple[str, ...]:
    """The scripts, as in `_LETTERS`, of a language (without subtags) whose tag names a `script`, or "".

    Where a language is written in several and its tag does not say which, all of them.
    """
    for name in (script, language):
        if name in _SEVERAL:
            return _SEVERAL[name]
    if script in _LETTERS:
        return (script,)
    if language in _REGIONS:
        found = {name for name in _REGIONS[language].values() if name in _LETTERS}
        return tuple(sorted(found | ({"latn", "cyrl"} if "cyrl" in found or language == "bs" else set())))
    return (_USUAL.get(language, "latn"),)


def script_of(character: str) -> str:
    """The script of a letter, `kana` for both kanas; "" if it has none of those known here."""
    found = bisect_right(_STARTS, ord(character)) - 1
    inside = found >= 0 and ord(character) <= _RANGES[found][1] and character.isalpha()
    return _RANGES[found][2] if inside else ""


@lru_cache(maxsize=256)
def letters_in(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the runs of letters of some scripts."""
    return re.compile(f"[{''.join(_LETTERS[name] for name in scripts)}]+")


@lru_cache(maxsize=256)
def letters_outside(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """What finds words, and rows of them, in none of some scripts but in one known here."""
    others = "".join(ranges for name, ranges in _LETTERS.items() if name not in scripts)
    return re.compile(rf"[{others}]++(?:[ \u00a0'’·・-]++[{others}]++)*+")
