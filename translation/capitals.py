"""Capitals and small letters, as each language has them."""

from .tags import base_language

_DOTTED = frozenset({"tr", "az"})
"""Where i has the capital İ, and I the small letter ı."""


def upper(text: str, language: str) -> str:
    """A text in capitals."""
    return (text.replace("i", "İ") if base_language(language) in _DOTTED else text).upper()


def lower(text: str, language: str) -> str:
    """A text in small letters."""
    if base_language(language) in _DOTTED:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()
