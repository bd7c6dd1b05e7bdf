"""Translating a whole text: its sentences at once, everything between them as it was."""

import asyncio
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from .kept import Kept, find_kept, with_terms
from .names import find_names
from .orthography import own_letters
from .patterns import NO_SPACE_SCRIPTS
from .result import Flag
from .scripts import letters_outside
from .segmentation import Segment, segment
from .sentence import Ask, Outcome, translate_sentence
from .tags import Pair, base_language, written_in

Find = Callable[[str], list[Kept]]

AT_ONCE = 32
"""Sentences of one text under way: enough for the workers, few enough not to hold up the event loop."""

# Soft hyphens, marks of direction and joiners without width: what people paste and never see. A word with
# one inside is unknown to an engine. Joiners that spell (U+200C, U+200D) stay, and spaces without width stay
# where they part words: beside scripts that have no other space.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    f"|(?<![{NO_SPACE_SCRIPTS}])\u200b(?![{NO_SPACE_SCRIPTS}])"
)


_TOUCHING = frozenset({"zh", "yue", "ja"})
"""Languages whose sentences follow each other without a space."""
_UNSPACED = _TOUCHING | {"th", "lo", "km", "my"}

_ACCENTED = frozenset(
    character
    for block in (range(0xC0, 0x250), range(0x1E00, 0x1F00))
    for character in map(chr, block)
    if character.isalpha()
)
_AT_HOME_ANYWHERE = "éèêàâçïñôÉÈÊÀÂÇÏÑÔ"
"""As in café, jalapeño and naïve, which most languages have taken in."""

# What colours a terminal.
_TERMINAL = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")


async def translate_text(
    text: str, pair: Pair, ask: Ask, find: Find | None = None, names: Sequence[str] = ()
) -> Outcome:
    """A text in the target language, line for line.

    `find` finds the glossary's terms in it; `names` are known to be somebody's, besides those the text says
    are. Raises TranslationError if any sentence fails.
    """
    repaired = repair(text)
    terms = find(repaired) if find is not None else []
    kept = with_terms(pieces_of(repaired, pair, names), terms)
    parts = list(with_their_pieces(segment(repaired, kept), kept))
    outcomes = await _all([(part.text, inside) for part, inside in parts if part.words or inside], pair, ask)
    answers = iter(outcomes)
    translated = _together(
        [
            (next(answers).text, True) if part.words or inside else (part.text, False)
            for part, inside in parts
        ],
        pair,
    )
    flags = frozenset[Flag]().union(*(outcome.flags for outcome in outcomes))
    if repaired != without_unseen(text):
        flags |= {Flag.REPAIRED}
    return Outcome(translated, flags)


def pieces_of(text: str, pair: Pair, names: Sequence[str] = ()) -> list[Kept]:
    """What must be kept of a text in `pair.source`: what looks like it, names, and words in other scripts."""
    kept = with_terms(find_kept(text), find_names(text, names))
    if text.isascii():
        return kept
    strange = letters_outside((*written_in(pair.source), "latn"))
    kept = with_terms(kept, [Kept(*found.span(), "foreign") for found in strange.finditer(text)])
    imported = _imported_names(base_language(pair.source)).finditer(text)
    return with_terms(kept, [Kept(*found.span(), "name") for found in imported if found[0][0].isupper()])


_DOTTED = frozenset({"tr", "az"})
"""Languages in which İ is the capital of i."""


@lru_cache(maxsize=64)
def _imported_names(language: str) -> re.Pattern[str]:
    """What finds words with Latin letters that a language has not: Müller, Łódź and Ærø in English. Models
    have seldom seen them and leave them out.

    Those with a capital that does not begin a sentence are names. A small "não" says that the text is in
    another language than its tag, and keeping it would turn what is said into its opposite.
    """
    own = own_letters(language)
    if own is not None and language in _DOTTED:
        own += "İ"
    strange = "" if own is None else "".join(sorted(_ACCENTED - {*own, *own.upper(), *_AT_HOME_ANYWHERE}))
    if not strange:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<=[\w,;)] )[^\W\d_]*?[{strange}](?:[^\W\d_]|['’-](?=[^\W\d_]))*+")


def repair(text: str) -> str:
    """The text without what is no text: lone surrogates become U+FFFD, control characters and what nobody
    sees go."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_repaired, _TERMINAL.sub("", without_unseen(text))))


def without_unseen(text: str) -> str:
    """The text without marks that show nothing and say nothing to a translator."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def _repaired(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" and not character.isspace() else character


def _together(parts: Sequence[tuple[str, bool]], pair: Pair) -> str:
    """Texts, with whether they are sentences, as one: with a space where two sentences touch that come from a
    language that writes none there."""
    part_by_spaces = base_language(pair.source) in _TOUCHING and base_language(pair.target) not in _UNSPACED
    said: list[str] = []
    behind = False
    for text, sentence in parts:
        if part_by_spaces and behind and sentence and text:
            said.append(" ")
        said.append(text)
        behind = sentence and bool(text)
    return "".join(said)


def with_their_pieces(
    segments: Sequence[Segment], kept: Sequence[Kept]
) -> Iterator[tuple[Segment, list[Kept]]]:
    """Each segment of a text with the kept pieces in it, placed from its beginning."""
    position = ahead = 0
    for part in segments:
        end = position + len(part.text)
        inside = []
        while ahead < len(kept) and kept[ahead].start < end:
            piece = kept[ahead]
            if position <= piece.start and piece.end <= end:
                inside.append(piece._replace(start=piece.start - position, end=piece.end - position))
            ahead += 1
        yield part, inside
        position = end


async def _all(sentences: Sequence[tuple[str, Sequence[Kept]]], pair: Pair, ask: Ask) -> list[Outcome]:
    if len(sentences) == 1:
        # Most messages: no task of its own for it.
        ((sentence, kept),) = sentences
        return [await translate_sentence(sentence, kept, pair, ask)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(sentence: str, kept: Sequence[Kept]) -> Outcome:
        async with turns:
            return await translate_sentence(sentence, kept, pair, ask)

    return await asyncio.gather(*(one(sentence, kept) for sentence, kept in sentences))
