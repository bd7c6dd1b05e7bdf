"""Putting kept pieces back: as they were, or in the words the glossary has for them."""

import re
from collections.abc import Sequence

from .kept import Kept
from .masking import unmask

_TOKEN_FIRST = re.compile(r"\W*[Xx]\s?(\d{1,3})\s?[Xx]")


def in_place(text: str, kept: Sequence[Kept]) -> str:
    """A text with the glossary's words where its terms are, everything else as it is."""
    parts: list[str] = []
    position = 0
    for piece in kept:
        if piece.wording is not None:
            parts += [text[position : piece.start], in_words(text, piece)]
            position = piece.end
    return "".join(parts) + text[position:]


def in_words(text: str, piece: Kept) -> str:
    """A kept piece as it goes back to where it came from."""
    if piece.wording is None:
        return text[piece.start : piece.end]
    return piece.wording.initial if piece.wording.capital else piece.wording.plain


def put_back(answer: str, core: str, kept: Sequence[Kept]) -> str:
    """An engine's answer to a masked sentence (`core`, with its kept pieces), unmasked.

    A term takes its capital along, but for the one that only says that the sentence begins: that one is for
    whatever the answer begins with. Raises LostPieceError.
    """
    pieces = [in_words(core, piece) for piece in kept]
    for number, piece in enumerate(kept):
        if piece.wording is not None and not core[: piece.start].strip():
            pieces[number] = piece.wording.plain
    first = _TOKEN_FIRST.match(answer)
    if first is not None and int(first.group(1)) < len(kept) and _begins_with_capital(core, kept):
        wording = kept[int(first.group(1))].wording
        if wording is not None:
            pieces[int(first.group(1))] = wording.initial
    return unmask(answer, pieces)


def _begins_with_capital(core: str, kept: Sequence[Kept]) -> bool:
    """Whether a sentence begins with a capital, or would if its script had any."""
    if kept and kept[0].wording is not None and not core[: kept[0].start].strip():
        first = core[kept[0].start : kept[0].end][:1]
        return kept[0].wording.capital or (first.isalpha() and not first.isupper() and not first.islower())
    first = core[:1]
    return first.isupper() or (first.isalpha() and not first.islower())
