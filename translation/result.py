"""What a translation is, and the marks it can carry."""

from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """A mark on a translation. The first group informs; the second is the gate's doubt (see `DOUBTS`)."""

    UNCHANGED = "unchanged"
    """Nothing had to be translated: same language, or no words in the text."""
    FRAGMENTS = "fragments"
    """A kept piece did not survive the engine, so the text around it was translated bit by bit."""
    LONG_WORD = "long_word"
    """A word too long for any language was left as it is."""
    REPAIRED = "repaired"
    """Lone surrogates or control characters in the text were replaced before the engine saw it."""
    MEMORY = "memory"
    """A person's own wording was used instead of the engine."""
    GLOSSARY = "glossary"
    """The workspace's own terms were applied."""

    REPETITION = "repetition"
    """The translation repeats words that the source does not repeat."""
    LENGTH = "length"
    """The translation is far longer or far shorter than the source."""
    ECHO = "echo"
    """A sentence, or most of it, came back as it went in."""
    NUMBERS = "numbers"
    """A number of the source is not in the translation, or a long one has come out of nothing."""
    SCRIPT = "script"
    """The translation is written in a script that the target language does not use; or the source in one that
    its own does not, and was left as it is."""
    REJECTED = "rejected"
    """A person said that this translation is wrong."""


DOUBTS = frozenset({Flag.REPETITION, Flag.LENGTH, Flag.ECHO, Flag.NUMBERS, Flag.SCRIPT, Flag.REJECTED})
"""Flags that mean: show the reader the original, with a mark, rather than trust the translation."""


@dataclass(frozen=True)
class Translation:
    """One translated text."""

    text: str
    """The source text, untouched."""
    translation: str
    """The text in the target language; equal to `text` where nothing had to be translated."""
    source: str
    """The source language as asked (BCP 47)."""
    target: str
    """The target language as asked (BCP 47)."""
    engine: str
    """`firefox`, or `none`; over a pivot the engines in order, `firefox+firefox`."""
    path: tuple[str, ...]
    """The languages it went through, as installed: `("pt", "en", "lt")`; () when nothing was translated."""
    flags: tuple[str, ...]
    """Values of `Flag`, sorted."""
    model: str
    """Engine and model version, `firefox/enpt-1693087644`; over a pivot joined by `+`; "" without one."""

    @property
    def doubtful(self) -> bool:
        """Whether the gate frowned: the original should be preferred in front of a reader."""
        return any(flag in DOUBTS for flag in self.flags)
