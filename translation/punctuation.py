"""The punctuation a sentence ends with, which is the writer's and not the engine's business.

Measured: "Hello" comes back as "Olá,", "thank you very much" as "Muito obrigado por tudo.", "Bye" as "Bye (".
So the run of marks at the end is taken off before the engine, which sees at most one plain mark of its kind,
and is put back afterwards as it was written, in the marks of the target language.
"""

import re

from .tags import base_language

_MARKS = ".!?…。！？؟۔।,:;،؛，：；、"
_DANGLING = "([{«“-–—"
_LOOSE = _MARKS + _DANGLING
_LOOSE_START = re.compile(r"\s*(?:[-–—]\s+)*")
_REMARK = re.compile(r"(?<=\S)\s*\([^()]{0,20}\)?$")
_PLAIN = str.maketrans("。！？؟۔।،؛，：；、", ".!??..,;,:;,")
_CJK = dict(zip(map(ord, ".!?,:;"), "。！？，：；", strict=True))
_ARABIC = dict(zip(map(ord, "?,;"), "؟،؛", strict=True))
_OWN_MARKS: dict[str, dict[int, str]] = {
    "zh": _CJK,
    "ja": _CJK | {ord(","): "、"},
    "ar": _ARABIC,
    "fa": _ARABIC,
    "ur": _ARABIC | {ord("."): "۔"},
    "el": {ord("?"): ";"},
    "hi": {ord("."): "।"},
}


def split_tail(sentence: str) -> tuple[str, str]:
    """A sentence without the marks at its end, and those: "Really?!" → ("Really", "?!").

    Dangling brackets and dashes are marks here: engines end on such as well (`without_frame`).
    """
    body = _stripped(sentence, _LOOSE)
    return body, sentence[len(body) :]


def plain_mark(tail: str) -> str:
    """The one mark an engine should see in place of a run of them: "?!" → "?"; "" for none."""
    plain = tail.translate(_PLAIN)
    for mark in "?!":
        if mark in plain:
            return mark
    return "".join(plain.split()).strip(_DANGLING)[:1].replace("…", ".")


def in_marks_of(language: str, mark: str) -> str:
    """A run of marks as the language writes them: ("ja", "?") → "？". Ellipses stay as they are."""
    plain = mark.translate(_PLAIN) if language else mark
    if "..." in plain or "…" in plain:
        return plain
    return plain.translate(_OWN_MARKS.get(base_language(language), {}))


def without_frame(translated: str) -> str:
    """An engine's output without the marks it put at the end and a dash before it.

    Dangling brackets at the end go too; those that were opened inside stay.
    """
    return _stripped(translated, _LOOSE)[behind_dash(translated, 0) :]


def behind_dash(sentence: str, start: int) -> int:
    """Where a sentence begins behind the dashes and the space before it."""
    found = _LOOSE_START.match(sentence, start)
    return found.end() if found else start


def without_remark(translated: str) -> str:
    """An engine's output without brackets at its end, which models add: "PDF (EUA)", "Anna (a"."""
    return _REMARK.sub("", translated)


def _stripped(text: str, marks: str) -> str:
    """A text without the marks and white space at its end."""
    end = len(text)
    while end and (text[end - 1] in marks or text[end - 1].isspace()):
        end -= 1
    return text[:end]
