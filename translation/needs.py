"""Whether there is anything in a text to translate."""

from .kept import find_kept


def needs_translation(text: str) -> bool:
    """False for a text without words: empty, punctuation, emoji, numbers, addresses, codes only."""
    position = 0
    for kept in find_kept(text):
        if _has_letter(text[position : kept.start]):
            return True
        position = kept.end
    return _has_letter(text[position:])


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)
