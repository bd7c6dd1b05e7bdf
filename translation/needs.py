"""Whether there is anything in a text to translate."""

from collections.abc import Sequence

from .kept import Kept, find_kept


def needs_translation(text: str) -> bool:
    """False for a text without words: empty, punctuation, emoji, numbers, addresses, codes only."""
    # Most texts without words have no letter at all: that is seen without looking for pieces.
    return _has_letter(text) and has_words(text, find_kept(text))


def has_words(text: str, kept: Sequence[Kept]) -> bool:
    """Whether there are letters outside the kept pieces of a text."""
    position = 0
    for piece in kept:
        if position < piece.start and _has_letter(text[position : piece.start]):
            return True
        position = piece.end
    return _has_letter(text[position:])


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)
