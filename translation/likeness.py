"""When two texts are the same to a translator: but for capitals, white space, marks at the end, and whose.

What belongs to one person or one order (e-mail addresses, telephone and order numbers, links) is replaced by
a slot, so that a wording is found again for the next one, and remembering it remembers nobody:

    slots_of("Is A-1042 for ana@shop.example?").text == "Is {code} for {email}?"
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from .kept import find_kept
from .punctuation import in_marks_of, plain_mark, split_tail

_PERSONAL = {"email": "email", "phone": "phone", "code": "code", "url": "link", "handle": "handle"}
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d{4,}(?![\w]|[.,]\d)")
_SLOT = re.compile(r"\{(?:email|phone|code|link|handle|number)(?: \d{1,3})?\}")


@dataclass(frozen=True)
class Slotted:
    """A text with slots in place of what is personal, and what was there: `{"{email}": "a@b.example"}`."""

    text: str
    slots: Mapping[str, str]


def slots_of(text: str) -> Slotted:
    """The text with its personal pieces as slots. The same piece has the same slot everywhere in a text;
    of two of a kind the second is numbered, `{code 2}`. A text that has slots already keeps these."""
    kept = find_kept(text)
    pieces = [(piece.start, piece.end, _PERSONAL[piece.kind]) for piece in kept if piece.kind in _PERSONAL]
    ahead = 0
    for number in _LONG_NUMBER.finditer(text):
        while ahead < len(kept) and kept[ahead].end <= number.start():
            ahead += 1
        if ahead == len(kept) or kept[ahead].start >= number.end():
            pieces.append((number.start(), number.end(), "number"))
    parts: list[str] = []
    by_piece: dict[str, str] = {}
    slots: dict[str, str] = {}
    used = set(_SLOT.findall(text))
    position = 0
    for start, end, kind in sorted(pieces):
        piece = text[start:end]
        if piece not in by_piece:
            by_piece[piece] = slot = _free(kind, used)
            slots[slot] = piece
            used.add(slot)
        parts += [text[position:start], by_piece[piece]]
        position = end
    return Slotted("".join(parts) + text[position:], slots)


def with_slots_of(text: Slotted, translation: str) -> str | None:
    """A translation with the same slots as its text, or None where they do not pair up: a piece is missing,
    is there more often than in the text, or another personal piece is there."""
    found = translation
    for slot, piece in sorted(text.slots.items(), key=lambda item: len(item[1]), reverse=True):
        found = found.replace(piece, slot)
    if slots_of(found).slots or _counted(found) != _counted(text.text):
        return None
    return found


def filled(text: str, slots: Mapping[str, str]) -> str:
    """A text with its slots filled."""
    return _SLOT.sub(lambda slot: slots.get(slot.group(), slot.group()), text)


def has_slots(text: str) -> bool:
    """Whether a text has slots, as a template has or as somebody typed it."""
    return _SLOT.search(text) is not None


def likened(text: str) -> str:
    """What texts have in common that are the same to a translator.

    Unicode NFC, case folded, white space as one space, no marks at the end but a question mark: those change
    nothing in what is said, a question mark does. Numbers and everything else must be the same.
    """
    body, tail = split_tail(" ".join(unicodedata.normalize("NFC", text).split()))
    question = "?" if plain_mark(tail) == "?" else ""
    return unicodedata.normalize("NFC", body.casefold()) + question


def fitted(translation: str, known: str, text: str, target: str) -> str:
    """The translation of a `known` text for another one that is like it: with this one's marks at the end,
    and its capital at the beginning."""
    known_marks, marks = split_tail(known)[1].strip(), split_tail(text)[1].strip()
    body, tail = split_tail(translation)
    if known_marks != marks and tail.strip() == in_marks_of(target, known_marks):
        # French has a space before some of its marks.
        space = tail[: len(tail) - len(tail.lstrip())] if marks else ""
        translation = body + space + in_marks_of(target, marks)
    if text.strip()[:1].isupper() and known.strip()[:1].islower():
        translation = translation[:1].upper() + translation[1:]
    return translation


def _free(kind: str, used: set[str]) -> str:
    slot, number = f"{{{kind}}}", 1
    while slot in used:
        number += 1
        slot = f"{{{kind} {number}}}"
    return slot


def _counted(text: str) -> list[str]:
    return sorted(_SLOT.findall(text))
