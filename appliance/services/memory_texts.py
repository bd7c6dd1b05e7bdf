"""Under what a text is remembered, and what of a judgement is stored."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from appliance.domain.languages import is_language_tag, normalize_tag, same_language
from appliance.domain.memory import Judgement, Verdict
from appliance.services.glossary_entries import language_of
from translation.likeness import Slotted, filled, fitted, has_slots, likened, slots_of, with_slots_of

LONGEST = 5_000
"""Characters of a text; of its translation twice as many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to be translated, as the memory sees it. The tags are normalized; `likeness` is the same for
    texts taken for one."""

    text: str
    source: str
    target: str
    slotted: Slotted
    likeness: int

    def nearness(self, known: Judgement) -> tuple[bool, bool, bool]:
        """Sorts judgements of texts like this: the very text first, then the very languages."""
        return (known.text != self.slotted.text, known.target != self.target, known.source != self.source)

    def wording_of(self, known: Judgement) -> str:
        """A judgement's wording, made to fit this text."""
        wording = fitted(known.translation, known.text, self.slotted.text, self.target)
        return filled(wording, self.slotted.slots)

    def slotted_wording(self, translation: str) -> str:
        """A translation of this text as it is compared with others."""
        wording = _tidy(translation)
        return with_slots_of(self.slotted, wording) or slots_of(wording).text

    def is_about(self, known: Judgement) -> bool:
        """Whether a judgement was made about this very text in these very languages."""
        return (known.text, known.source, known.target) == (self.slotted.text, self.source, self.target)


@lru_cache(maxsize=64)
def asked(text: str, source: str, target: str) -> Asked | None:
    """None for what can't be remembered: no text, too long a one, no language tags, one language, or a text
    in which somebody typed what looks like a slot, as nobody can tell what to fill it with."""
    if (
        not 0 < len(text) <= LONGEST
        or text.isspace()
        or not is_language_tag(source)
        or not is_language_tag(target)
    ):
        return None
    if same_language(source, target) or has_slots(text) or not _storable(text):
        return None
    slotted = slots_of(_tidy(text))
    return Asked(
        text, normalize_tag(source), normalize_tag(target), slotted, likeness_of(slotted.text, source, target)
    )


def judgement(
    verdict: Verdict, asked: Asked, translation: str, by: str | None, at: datetime
) -> Judgement | None:
    """What to store. None: the translation is too long or none at all, or (for a wording that shall be used
    again) what is personal in the text does not pair up with what is in the translation."""
    pairing = with_slots_of(asked.slotted, _tidy(translation))
    wording = pairing if verdict == "approved" else asked.slotted_wording(translation)
    if wording is None or not 0 < len(wording) <= 2 * LONGEST or not _storable(wording):
        return None
    return Judgement(
        0, verdict, asked.source, asked.target, asked.slotted.text, wording, asked.likeness, by, at
    )


def template(
    verdict: Verdict, source: str, target: str, text: str, translation: str, by: str | None, at: datetime
) -> Judgement | None:
    """What to store for texts that may have slots already, as an admin or a file gives them. None as
    above; the tags are language tags."""
    text = _tidy(text)
    if not 0 < len(text) <= LONGEST or not _storable(text) or same_language(source, target):
        return None
    slotted = slots_of(text)
    likeness = likeness_of(slotted.text, source, target)
    given = Asked(text, normalize_tag(source), normalize_tag(target), slotted, likeness)
    return judgement(verdict, given, translation, by, at)


def replaces(new: Judgement, old: Judgement) -> bool:
    """Whether what was said before makes no sense any more: another wording for the same text and
    languages, the same said twice, or the opposite said of the same wording."""
    same_wording = likened(new.translation) == likened(old.translation)
    if (new.source, new.target, new.text) != (old.source, old.target, old.text):
        return same_wording and new.verdict != old.verdict
    return same_wording or new.verdict == old.verdict == "approved"


def likeness_of(text: str, source: str, target: str) -> int:
    """64 bits, signed: SQLite's integers."""
    key = "\x00".join((language_of(source), language_of(target), likened(text)))
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _tidy(text: str) -> str:
    """With line feeds at the ends of lines only, so that a table brings it back as it was."""
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def _storable(text: str) -> bool:
    """Whether it is text throughout: a lone surrogate can be in a string, but not in a file."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
