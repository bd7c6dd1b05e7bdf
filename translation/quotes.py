"""Quotation marks, which writers choose and engines drop.

The starter models pass over “these” and «these» in silence and carry "these" over. So engines see plain ones,
and the writer's come back in their order if the translation has as many.
"""

import re

_DOUBLE = re.compile(r"[\"“”„‟«»]")
_SINGLE = re.compile(r"['‘’‚‛]")
_CURLED = re.compile(r"[“”„‟«»‘’‚‛]")


def with_plain_quotes(text: str) -> str:
    """A text with straight marks only."""
    if text.isascii() or not _CURLED.search(text):
        return text
    return _SINGLE.sub("'", _DOUBLE.sub('"', text))


def with_quotes_of(text: str, translated: str) -> str:
    """A translation with the marks of its source: curled where it has as many of a kind, else as they are.

    One that the source has none of is taken off.
    """
    if not _DOUBLE.search(text):
        translated = _unpaired(translated)
    for marks in (_DOUBLE, _SINGLE):
        written = marks.findall(text)
        if _CURLED.search("".join(written)) and len(written) == len(marks.findall(translated)):
            between = marks.split(translated)
            translated = "".join(part + mark for part, mark in zip(between, [*written, ""], strict=True))
    return translated


def _unpaired(translated: str) -> str:
    """A translation without a double mark at its beginning or end that has no partner."""
    if len(_DOUBLE.findall(translated)) != 1:
        return translated
    return translated.strip('"“”„‟«»')
