"""Cutting a text into sentences for an engine, so that the parts joined are the text again, to the character.

Rules of our own instead of a model: nothing to download, the same for every installed language.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .abbreviations import BEFORE_NUMBER, BEHIND_ORDINALS, MAY_END, NEVER_ENDING, SINGLE
from .kept import Kept, find_kept
from .patterns import NO_SPACE_SCRIPTS

LONGEST_SENTENCE = 280
"""Characters. The starter models lose the thread from about 60 words and drop all after 100 (measured)."""
LONGEST_SENTENCE_NO_SPACES = 90
"""Characters, in scripts without spaces between words, where one carries several times as much."""

LONGEST_ABBREVIATION = 12
"""Characters looked at before a stop."""

_BETWEEN_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|\t+")
_MARKER = re.compile(
    r"\s*(?:(?:(?:[-*•‣–—·>]+|#{1,6}|\d{1,3}[.)]|\(\d{1,3}\)|[A-Za-z][)])[ \t\u00a0]+)+"
    r"|\d{1,2}[.)](?=[^\W\d_]))"
)
_CLOSERS = r"[\"'”’»›)\]}」』】）》*_]*"
# A stop that ends a sentence only before white space, and one that always does. Greek asks with a semicolon.
_STOP = re.compile(
    rf"(?P<soft>(?:(?<![.!?…])[.!?…]++|(?<=[\u0370-\u03ff\u1f00-\u1fff]);){_CLOSERS}(?=\s))"
    rf"|(?P<hard>[。！？｡؟۔।॥።፧։។៕။]+[!?.]*{_CLOSERS})"
)
# A list within a line: "1. Open the box 2. Take it out".
_NUMBERED = re.compile(r"(?<=\s)(\d{1,2})[.)](?: (?=\S)|(?=[^\W\d_]))")
_SHORTENED_BEFORE = re.compile(r"(?:^|[\s(])\w\. ?$")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]+$")
_NOT_SPACE = re.compile(r"\S")
_WORD = re.compile(r"\s*\w++")
_CLAUSE_END = re.compile(r"[,;:，、；：،؛]\s*$")
_ATOM = re.compile(r"\s*+\S++\s*+")
_NO_SPACE_LETTER = re.compile(f"[{NO_SPACE_SCRIPTS}]")


@dataclass(frozen=True)
class Segment:
    """A part of a text: a sentence (`words`), or what stands between sentences."""

    text: str
    words: bool


def segment(text: str, kept: Sequence[Kept] | None = None) -> list[Segment]:
    """The sentences of a text with the white space, line ends, tabs and list markers between them, in order.

    `"".join(part.text for part in segment(text)) == text`, whatever the text. No segment has white space at
    its ends or is much longer than the caps above; the `kept` pieces (as found in it, if None) are never cut.
    """
    kept = find_kept(text) if kept is None else kept
    segments: list[Segment] = []
    position = 0
    for between in _BETWEEN_LINES.finditer(text):
        if not _starts_inside(between.start() + 1, kept):
            segments += _line(text[position : between.start()], position, kept)
            segments.append(Segment(between.group(), False))
            position = between.end()
    return segments + _line(text[position:], position, kept)


def _line(line: str, position: int, kept: Sequence[Kept]) -> list[Segment]:
    """The segments of one line, or of one cell of a table, at a place of the text."""
    if not line:
        return []
    segments: list[Segment] = []
    inside = _within(kept, position, position + len(line))
    marker = _MARKER.match(line)
    start = marker.end() if marker and not _starts_inside(position + marker.end(), inside) else 0
    if start:
        segments.append(Segment(line[:start], False))
    for sentence in _sentences(line, start, position, inside):
        segments += _trimmed(sentence)
    return segments


def mostly_without_spaces(text: str) -> bool:
    """Whether most of a text is in a script that puts no spaces between words."""
    return 2 * len(_NO_SPACE_LETTER.findall(text)) > len(text)


def _within(kept: Sequence[Kept], start: int, end: int) -> Sequence[Kept]:
    """The pieces that lie between two places of the text."""
    return kept[bisect_left(kept, start, key=_start) : bisect_right(kept, end, key=_end)]


def _starts_inside(position: int, kept: Sequence[Kept]) -> bool:
    """Whether a place of the text is in the middle of a piece."""
    before = bisect_left(kept, position, key=_start) - 1
    return before >= 0 and position < kept[before].end


def _start(piece: Kept) -> int:
    return piece.start


def _end(piece: Kept) -> int:
    return piece.end


def _sentences(line: str, start: int, offset: int, kept: Sequence[Kept]) -> Iterator[str]:
    """The sentences of one line from `start` on; `kept` counts from the text, where the line is at
    `offset`."""
    for end in sorted([*_ends(line, offset, kept), *_list_ends(line, start)]):
        if end > start:
            yield from _capped(line[start:end], offset + start, kept)
            start = end
    if start < len(line):
        yield from _capped(line[start:], offset + start, kept)


def _ends(line: str, offset: int, kept: Sequence[Kept]) -> list[int]:
    ends = []
    for stop in _STOP.finditer(line):
        if _starts_inside(offset + stop.end(), kept) or _starts_inside(offset + stop.start() + 1, kept):
            continue
        if stop["hard"] or _ends_sentence(line, stop):
            ends.append(stop.end())
    for piece in kept:
        if piece.kind == "emoji":
            end = piece.end - offset
            following = _NOT_SPACE.search(line, end)
            # "Obrigado 😊 Vou esperar": people end sentences with an emoji instead of a stop.
            if following and following.start() > end and following.group().isupper():
                ends.append(end)
    return ends


def _list_ends(line: str, start: int) -> Iterator[int]:
    """Where numbers that go on counting from the marker before `start` begin and end."""
    expected = 2
    if not line[:start].strip().startswith(("1.", "1)")):
        return
    for number in _NUMBERED.finditer(line, start):
        if int(number[1]) == expected:
            yield number.start()
            yield number.end()
            expected += 1


def _ends_sentence(line: str, stop: re.Match[str]) -> bool:
    before = line[max(0, stop.start() - LONGEST_ABBREVIATION) : stop.start()]
    following = _NOT_SPACE.search(line, stop.end())
    after = following.group() if following else ""
    mark = stop.group().rstrip("\"'”’»›)]}」』】）》*_")
    if "!" in mark or "?" in mark or ";" in mark:
        return True
    if not after:
        return False
    if len(mark) > 1 or "…" in mark:
        return not after.islower()
    found = _LAST_WORD.search(before)
    word = found.group().lower() if found else ""
    if word in NEVER_ENDING or (word in BEFORE_NUMBER and after.isdigit()):
        return False
    if word in MAY_END or "." in word:
        return after.isupper()
    if len(word) <= 2 and word.isdigit():
        # "am 5. Mai", "5. května"
        return not (after.islower() or _next_word(line, stop.end()) in BEHIND_ORDINALS)
    return len(word) != 1 or _letter_ends(before, after)


def _next_word(line: str, position: int) -> str:
    found = _WORD.match(line, position)
    return found.group().strip() if found else ""


def _letter_ends(before: str, after: str) -> bool:
    """Whether a stop behind a single letter ends a sentence."""
    letter = before[-1]
    if letter.isupper() and after.isupper():
        # An initial, as in "J. Smith".
        return False
    return letter.lower() not in SINGLE and not _SHORTENED_BEFORE.search(before[:-1])


def _trimmed(sentence: str) -> Iterator[Segment]:
    core = sentence.strip()
    if not core:
        yield Segment(sentence, False)
        return
    start = sentence.index(core)
    if start:
        yield Segment(sentence[:start], False)
    yield Segment(core, True)
    if start + len(core) < len(sentence):
        yield Segment(sentence[start + len(core) :], False)


def _capped(sentence: str, offset: int, kept: Sequence[Kept]) -> Iterator[str]:
    """A sentence in parts no longer than the cap, cut after a clause if possible, else between words."""
    cap = LONGEST_SENTENCE_NO_SPACES if mostly_without_spaces(sentence) else LONGEST_SENTENCE
    if len(sentence) <= cap:
        yield sentence
        return
    part = ""
    clause = 0
    for atom in _atoms(sentence, offset, _within(kept, offset, offset + len(sentence)), cap):
        if part and len(part) + len(atom) > cap:
            cut = clause if clause > cap // 3 else len(part)
            yield part[:cut]
            part, clause = part[cut:], 0
        part += atom
        if _CLAUSE_END.search(atom):
            clause = len(part)
    if part:
        yield part


def _atoms(sentence: str, offset: int, kept: Sequence[Kept], cap: int) -> Iterator[str]:
    """The smallest parts a sentence may be cut into: words with the space around them, kept pieces,
    chunks."""
    position = 0
    for piece in kept:
        start, end = piece.start - offset, piece.end - offset
        yield from _words(sentence[position:start], cap)
        yield sentence[start:end]
        position = end
    yield from _words(sentence[position:], cap)


def _words(text: str, cap: int) -> Iterator[str]:
    if text.isspace():
        yield text
        return
    for match in _ATOM.finditer(text):
        word = match.group()
        pieces = re.split(r"(?<=[,;:，、；：،؛])", word) if len(word) > cap else [word]
        for rest in pieces:
            while len(rest) > cap:
                cut = _between_graphemes(rest, cap)
                yield rest[:cut]
                rest = rest[cut:]
            if rest:
                yield rest


def _between_graphemes(text: str, limit: int) -> int:
    """The last place up to `limit` where no mark is torn from its letter and no emoji apart."""
    cut = limit
    while cut > 1 and (_joins(text[cut]) or text[cut - 1] == "\u200d"):
        cut -= 1
    return cut if cut > 1 else limit


def _joins(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
