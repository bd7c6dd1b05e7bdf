"""Trying the glossary on a text: what is translated with it and without it, and where its terms are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appliance.services.glossary import WorkspaceGlossary
from appliance.services.ports import TermEngine, TranslationEngine
from translation import Glossary, Translation
from translation.kept import Kept, find_kept, with_terms


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `term`: it is a term, or stands in the place of one."""

    text: str
    term: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """`source` and `translation` joined are the texts. `without` is None where no term was found."""

    source: Sequence[Piece]
    translation: Sequence[Piece]
    result: Translation
    without: Translation | None


class GlossaryTrial:
    """`interpreter` is what conversations use, `engine` what it asks."""

    def __init__(
        self, interpreter: TranslationEngine, engine: TermEngine, glossary: WorkspaceGlossary
    ) -> None:
        self._interpreter = interpreter
        self._engine = engine
        self._glossary = glossary

    async def of(self, text: str, source: str, target: str) -> Trial:
        """Raises TranslationError."""
        result = await self._interpreter.translate(text, source, target)
        terms = _terms(await self._glossary.ready(), text, source, target)
        without = await self._engine.translate(text, source, target) if terms else None
        said = [way for piece in terms if piece.wording is not None for way in piece.wording[:2]]
        return Trial(
            _cut(text, [(piece.start, piece.end) for piece in terms]),
            _cut(result.translation, _places(result.translation, said)),
            result,
            without,
        )


def _terms(glossary: Glossary, text: str, source: str, target: str) -> list[Kept]:
    journey = glossary.journey(source, target)
    if journey is None:
        return []
    return [
        piece for piece in with_terms(find_kept(text), journey.find(text, last=True)) if piece.kind == "term"
    ]


def _places(text: str, wordings: Sequence[str]) -> list[tuple[int, int]]:
    """Where wordings stand in a translation, longer ones first."""
    if not wordings:
        return []
    either = "|".join(map(re.escape, sorted(set(wordings), key=len, reverse=True)))
    return [found.span() for found in re.finditer(either, text)]


def _cut(text: str, places: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces = []
    position = 0
    for start, end in places:
        pieces += [Piece(text[position:start], False), Piece(text[start:end], True)]
        position = end
    return [piece for piece in (*pieces, Piece(text[position:], False)) if piece.text]
