"""Translating one sentence with care around an engine.

1. Emoji at either end are cut off, to be put back.
2. The marks at the end are taken off (`punctuation`), kept pieces are masked (`masking`).
3. The engine is asked in one or more wordings, the best answer is taken (`wording`).
4. Every kept piece must be there once, every number too: else the numbers are masked as well, and if that
   does not help, the fragments between the pieces are translated one by one.
5. What still looks like noise is asked once more, worded differently, and else flagged (`gate`).
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from .gate import doubts, lost_numbers
from .kept import Kept, find_kept, with_terms
from .masking import LostPieceError, mask, unmask, with_tokens_in_capitals, without_tokens
from .needs import has_words, needs_translation
from .placing import in_place, in_words, put_back
from .punctuation import in_marks_of, plain_mark, split_tail, without_frame
from .result import Flag
from .tags import Pair
from .wording import best, shouted, unsure, wordings

Ask = Callable[[Sequence[str]], Awaitable[list[str]]]
"""Translates sentences with one engine, in order. Raises TranslationError."""

_INTEGER = re.compile(r"\d+")
_MARKS = {"long_word": Flag.LONG_WORD, "term": Flag.GLOSSARY}


@dataclass(frozen=True)
class Outcome:
    """A translated sentence or text, and what there is to say about it."""

    text: str
    flags: frozenset[Flag] = frozenset()


async def translate_sentence(sentence: str, pair: Pair, ask: Ask, terms: Sequence[Kept] = ()) -> Outcome:
    """One sentence (as `segmentation` cuts them) in the target language, with the terms of the glossary that
    were found in it. Raises TranslationError."""
    found = with_terms(find_kept(sentence), terms)
    marks = _marks(found)
    if not has_words(sentence, found):
        return Outcome(in_place(sentence, found), marks)
    start, end = _without_outer_emoji(sentence, found)
    core, tail = _split_tail(sentence[start:end], max((piece.end for piece in terms), default=0) - start)
    kept = [
        piece._replace(start=piece.start - start, end=piece.end - start)
        for piece in found
        if start <= piece.start and piece.end <= start + len(core)
    ]
    outcome = await _masked(core, tail, kept, pair, ask)
    if outcome is None or lost_numbers(in_place(core, kept), outcome.text):
        numbered = sorted([*kept, *_integers(core, kept)], key=lambda piece: piece.start)
        if len(numbered) > len(kept):
            outcome = await _masked(core, tail, numbered, pair, ask)
        if outcome is None:
            outcome = await _fragments(core, numbered, pair, ask)
    text = sentence[:start] + outcome.text + in_marks_of(pair.target, tail) + sentence[end:]
    return Outcome(text, outcome.flags | marks)


async def _masked(core: str, tail: str, kept: Sequence[Kept], pair: Pair, ask: Ask) -> Outcome | None:
    """The core with its kept pieces masked, translated and put back; None if a piece got lost."""
    masked = mask(core, kept)
    loud = shouted(core)
    body = _lowered(masked.text) if loud else masked.text
    bare = without_tokens(body)

    first, *others = wordings(body, plain_mark(tail), pair.source)
    answers = await _whole_answers([first], masked.pieces, ask)
    if not answers or unsure(bare, without_tokens(answers[0])):
        answers += await _whole_answers(others, masked.pieces, ask)
    if not answers:
        return None
    answer = best(body, answers)
    flags = doubts(bare, without_tokens(answer))
    if loud:
        answer = answer.upper()
    elif core[:1].isupper():
        answer = answer[:1].upper() + answer[1:]
    return Outcome(put_back(answer, core, kept), flags)


async def _fragments(core: str, kept: Sequence[Kept], pair: Pair, ask: Ask) -> Outcome:
    """The text between the kept pieces translated bit by bit, the pieces as they are."""
    parts: list[str] = []
    flags = {Flag.FRAGMENTS}
    position = 0
    for piece in [*kept, None]:
        fragment = core[position : piece.start if piece else len(core)]
        inner, tail = split_tail(fragment.strip())
        if needs_translation(inner):
            outcome = await _masked(inner, tail, (), pair, ask) or Outcome(inner)
            flags |= outcome.flags
            before = fragment[: len(fragment) - len(fragment.lstrip())]
            after = fragment[len(fragment.rstrip()) :]
            parts.append(before + outcome.text + in_marks_of(pair.target, tail) + after)
        else:
            parts.append(fragment)
        if piece:
            parts.append(in_words(core, piece))
            position = piece.end
    return Outcome("".join(parts), frozenset(flags))


def _without_outer_emoji(sentence: str, kept: Sequence[Kept]) -> tuple[int, int]:
    """Where the sentence begins and ends without emoji, and the space beside them, at its ends."""
    start, end = 0, len(sentence)
    emoji = [piece for piece in kept if piece.kind == "emoji"]
    for piece in emoji:
        if not sentence[start : piece.start].strip():
            start = piece.end
    for piece in reversed(emoji):
        if not sentence[piece.end : end].strip() and piece.start >= start:
            end = piece.start
    start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
    end -= len(sentence[start:end]) - len(sentence[start:end].rstrip())
    return start, end


def _integers(core: str, kept: Sequence[Kept]) -> list[Kept]:
    return [
        Kept(number.start(), number.end(), "number")
        for number in _INTEGER.finditer(core)
        if not any(piece.start < number.end() and number.start() < piece.end for piece in kept)
    ]


def _split_tail(sentence: str, least: int) -> tuple[str, str]:
    """As `split_tail`, but what is before `least` is no tail: a term may end with a mark."""
    core, tail = split_tail(sentence)
    return (core, tail) if len(core) >= least else (sentence[:least], sentence[least:])


def _marks(kept: Sequence[Kept]) -> frozenset[Flag]:
    kinds = {piece.kind for piece in kept}
    return frozenset(flag for kind, flag in _MARKS.items() if kind in kinds)


def _lowered(text: str) -> str:
    lower = with_tokens_in_capitals(text.lower())
    return lower[:1].upper() + lower[1:]


async def _whole_answers(asked: Sequence[str], pieces: Sequence[str], ask: Ask) -> list[str]:
    """The answers that have every kept piece once, without what the engine put around the sentence."""
    answers = [without_frame(answer) for answer in await ask(asked)] if asked else []
    return [answer for answer in answers if _survived(answer, pieces)]


def _survived(answer: str, pieces: Sequence[str]) -> bool:
    try:
        unmask(answer, pieces)
    except LostPieceError:
        return False
    return True
