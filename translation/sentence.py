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

from .capitals import lower, upper
from .gate import doubts, lost_numbers
from .kept import Kept
from .masking import LostPieceError, apart, mask, tokens_in, unmask, with_tokens_in_capitals, without_tokens
from .needs import has_words, needs_translation
from .placing import in_place, in_words, put_back
from .punctuation import behind_dash, in_marks_of, plain_mark, split_tail, without_frame, without_remark
from .quotes import with_plain_quotes, with_quotes_of
from .result import Flag
from .scripts import letters_in
from .tags import Pair, written_in
from .wording import best, is_acronym, is_loud_word, says_otherwise, shouted, unsure, wordings

Ask = Callable[[Sequence[str]], Awaitable[list[str]]]
"""Translates sentences with one engine, in order. Raises TranslationError."""

_INTEGER = re.compile(r"\d+")
_BETWEEN = re.compile(r"[ \u00a0]?[,;/|&+·–-]?[ \u00a0]?")
# Models that spell byte by byte can say any of them.
_NO_LINE = re.compile(r"[\x00-\x1e\x7f\x85\u2028\u2029]+")
_MARKS = {"long_word": Flag.LONG_WORD, "term": Flag.GLOSSARY}


@dataclass(frozen=True)
class Outcome:
    """A translated sentence or text, and what there is to say about it."""

    text: str
    flags: frozenset[Flag] = frozenset()


async def translate_sentence(sentence: str, found: Sequence[Kept], pair: Pair, ask: Ask) -> Outcome:
    """One sentence (as `segmentation` cuts them) in the target language. `found`: what must be kept of it,
    and the terms of the glossary in it. Raises TranslationError."""
    marks = _marks(found)
    if not has_words(sentence, found):
        return Outcome(in_place(sentence, found), marks | _strange(sentence, found, pair))
    if marks_strange := _strange(sentence, found, pair):
        # An engine makes noise of another script; what little is in its own is not worth that.
        return Outcome(in_place(sentence, found), marks | marks_strange)
    start, end = _without_outer_emoji(sentence, found)
    start = min(end, behind_dash(sentence, start))
    inside = [
        piece._replace(start=piece.start - start, end=piece.end - start)
        for piece in found
        if start <= piece.start and piece.end <= end
    ]
    core, tail = _split_tail(sentence[start:end], max((piece.end for piece in inside), default=0))
    kept = _joined(core, [*inside, *_likenesses(core, inside)])
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
    if not kept and is_loud_word(core):
        return await _loud_word(core, tail, pair, ask)
    masked = mask(core, kept)
    loud = shouted(without_tokens(masked.text))
    body = with_plain_quotes(_lowered(masked.text, pair.source) if loud else masked.text)
    bare = without_tokens(body)

    first, *others = wordings(body, plain_mark(tail), pair.source)
    answers = await _whole_answers([first], masked.pieces, ask)
    if not answers or unsure(bare, without_tokens(answers[0]), pair):
        answers += await _whole_answers(others, masked.pieces, ask)
    if not answers:
        return None
    answer = best(body, answers, pair)
    flags = doubts(bare, without_tokens(answer), pair)
    answer = with_quotes_of(masked.text, answer)
    if loud:
        answer = with_tokens_in_capitals(upper(answer, pair.target))
    elif core[:1].isupper():
        answer = upper(answer[:1], pair.target) + answer[1:]
    return Outcome(put_back(answer, core, kept), flags)


async def _loud_word(word: str, tail: str, pair: Pair, ask: Ask) -> Outcome | None:
    """A single word in capitals: an acronym ("USA"), or shouted ("HELP")."""
    asked, *_ = wordings(word, plain_mark(tail), pair.source)
    answers = await _whole_answers([asked], (), ask)
    if answers and says_otherwise(word, answers[0]):
        return Outcome(upper(answers[0], pair.target), doubts(word, answers[0], pair))
    if answers and is_acronym(word, answers[0]):
        return Outcome(word)
    outcome = await _masked(lower(word, pair.source), tail, (), pair, ask)
    if outcome is None or not says_otherwise(word, outcome.text):
        return Outcome(word)
    return Outcome(upper(outcome.text, pair.target), outcome.flags)


async def _fragments(core: str, kept: Sequence[Kept], pair: Pair, ask: Ask) -> Outcome:
    """The text between the kept pieces translated bit by bit, the pieces as they are."""
    parts: list[str] = []
    flags = {Flag.FRAGMENTS}
    position = 0
    for piece in [*kept, None]:
        fragment = core[position : piece.start if piece else len(core)]
        inner, tail = split_tail(fragment.strip())
        if needs_translation(inner):
            outcome = await _masked(inner, tail, (), pair, ask) or Outcome(inner, frozenset({Flag.ECHO}))
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


def _likenesses(core: str, kept: Sequence[Kept]) -> list[Kept]:
    """What looks like a token and is none: it must be told from ours afterwards."""
    return [
        Kept(start, end, "code")
        for start, end in tokens_in(core)
        if not any(piece.start < end and start < piece.end for piece in kept)
    ]


def _joined(core: str, kept: Sequence[Kept]) -> list[Kept]:
    """The pieces in order, neighbours as one: the fewer tokens, the more likely they all come through."""
    joined: list[Kept] = []
    for piece in sorted(kept, key=lambda piece: piece.start):
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.wording is None
            and piece.wording is None
            and _BETWEEN.fullmatch(core, before.end, piece.start)
        ):
            joined[-1] = before._replace(end=piece.end)
        else:
            joined.append(piece)
    return joined


def _strange(sentence: str, found: Sequence[Kept], pair: Pair) -> frozenset[Flag]:
    """Whether most letters of a sentence are in another script than its language's: then it is left as it is,
    and the reader is told unless the script is the target's."""
    foreign = [sentence[piece.start : piece.end] for piece in found if piece.kind == "foreign"]
    letters = sum(map(str.isalpha, "".join(foreign)))
    if not letters or 2 * letters <= sum(map(str.isalpha, sentence)):
        return frozenset()
    known = letters_in(written_in(pair.target))
    return frozenset() if all(known.search(word) for word in foreign) else frozenset({Flag.SCRIPT})


def _split_tail(sentence: str, least: int) -> tuple[str, str]:
    """As `split_tail`, but what is before `least` is no tail: a kept piece may end with a mark."""
    core, tail = split_tail(sentence)
    return (core, tail) if len(core) >= least else (sentence[:least], sentence[least:])


def _marks(kept: Sequence[Kept]) -> frozenset[Flag]:
    kinds = {piece.kind for piece in kept}
    return frozenset(flag for kind, flag in _MARKS.items() if kind in kinds)


def _lowered(text: str, language: str) -> str:
    small = with_tokens_in_capitals(lower(text, language))
    return upper(small[:1], language) + small[1:]


async def _whole_answers(asked: Sequence[str], pieces: Sequence[str], ask: Ask) -> list[str]:
    """The answers that have every kept piece once, without what the engine put around the sentence."""
    answers = await ask(asked) if asked else []
    whole = []
    for question, answer in zip(asked, answers, strict=True):
        answer = without_frame(_NO_LINE.sub(" ", answer))
        if "(" not in question:
            answer = without_remark(answer)
        if answer and (survivor := _survivor(answer, question, pieces)) is not None:
            whole.append(survivor)
    return whole


def _survivor(answer: str, question: str, pieces: Sequence[str]) -> str | None:
    """An answer with every token in it once, and none glued to what it was not; None if one got lost."""
    try:
        whole = apart(answer, question) if pieces else answer
        unmask(whole, pieces)
    except LostPieceError:
        return None
    return whole
