"""How the work on a text grows with its length: for 4 times the text, so many times the work.

The times are of this thread's CPU, and the least of several looks: others may slow a machine down, but
nothing makes quadratic work look linear each time.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from translation import Pair, needs_translation
from translation.gate import doubts
from translation.kept import find_kept
from translation.masking import (
    LostPieceError,
    apart,
    integers,
    mask,
    unmask,
    with_tokens_in_capitals,
    without_tokens,
)
from translation.punctuation import in_marks_of, plain_mark, split_tail, without_frame, without_remark
from translation.quotes import with_plain_quotes, with_quotes_of
from translation.segmentation import segment
from translation.text import pieces_of, repair
from translation.wording import best, shouted, unsure

LOOKS = 12
"""At most, at one text."""
EN_FA = Pair("en", "fa")
SHORT, LONG = 1_250, 5_000
MOST = 8.0
"""Times as long, for four times the text: 4 is linear, 16 is quadratic."""
NEGLIGIBLE = 0.002
"""Seconds for 5,000 characters: whatever the growth, nobody waits."""

ALONE = (
    "A1 X0X 1A A1- A- 1- 1 A é a. .. . a@ @a a@b. a.b@ :// http:// www. / a.com a/ a- "
    "a_ _ aX ( ) [ () .) ((1 (1 1, 1. 1: 1,1 $1 $ 1€ 1% +1 USD # #1 № :a :a: `a ` { "
    "{a } < <a %( %(a % ^ ' a' ! !! ? … 。 ！。 日本 日1 ‘ “ • - – \u0301 \u0661 A\u0661 "
    "\u200d 👍 👩\u200d 👍🏽 🇱🇹 🇱 1\ufe0f\u20e3 \u20e3 \ufe0f "
)
SPACED = (
    "1 |1 USD |1 111 |. |1. |1,1. |e.g. |J. |, |a, |- |(1) |a) |x | | \t|\n|\r\n|\u2028|1:1\n|- a\n|1) b\n|"
    "👍 |👍 A|日 1 |A1é |AB-AB |! |a@b.c |X0X |"
)
LONG_WORDS = ["é" * 60 + " ", "é!" * 50 + " ", "é" * 60 + "!", "1" + " " * 60]
PREFIXED = [
    ("http://a", ")"),
    ("http://a", ")."),
    ("a@", "b-"),
    ("1:1", " "),
    ("$", "1"),
    ("a. ", " "),
    ("👍", " "),
]
PREFIXED += [
    ("%(", "a"),
    ("`", "a"),
    ("+", "1 "),
    ("1", "-"),
    ("A1", "-A"),
    (".", ")"),
    ("。", ")"),
    (":a", "b"),
]
LINES = ["x=;", "f(x);", "import a", "sudo a", "{", "a=b;", '"a": 1,', "```", "~~~", "name: A B", "1. a 2. b"]
CODE = (
    "SELECT * |select a from |a(b |(( |a.b/ |C:\\a|\\\\|ab12|a1&|1::|ff:|0x|eyJ|v1. |--a |^a|aB|AbC|"
    "this is A B |my name is A |“|x 1 x |"
    "(a|¯\\|(°|★|DE89 1234 |AB 123 |1h30 |± 1|ß |Ж |\u200b|\x1b[|£1|a@b:c/|&amp;|"
    "2. |z. "
)
PREFIXED += [
    ("f(", "x"),
    ("def a(", ")"),
    ("select ", "*"),
    ('{"', ':" '),
    ("a", '=""'),
    ("My name is ", "A."),
]
PUMPS = [*(("", pump) for pump in [*ALONE.split(), *SPACED.rstrip("|").split("|"), *LONG_WORDS]), *PREFIXED]
PUMPS += [*(("", line + "\n") for line in LINES), *(("", code) for code in CODE.split("|"))]


def texts(start: str, pump: str, length: int) -> list[str]:
    """The pump over and over, up to a length in characters, with endings that most patterns stumble on."""
    body = start + pump * (length // len(pump) + 1)
    return [body[: length - 1] + end for end in (body[length - 1], "é", "_", "a")]


def seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.thread_time()
    work(text)
    return time.thread_time() - begun


def of_gate(text: str) -> None:
    doubts(text, text[::-1], EN_FA)


def of_punctuation(text: str) -> None:
    plain_mark(split_tail(text)[1])
    in_marks_of("ja", text)
    without_frame(text)
    without_remark(text)
    with_quotes_of(text, with_plain_quotes(text))


def of_wording(text: str) -> None:
    shouted(text)
    unsure(text, text, EN_FA)
    best(text[:40], [text, text], EN_FA)


def of_masking(text: str) -> None:
    mask(text, find_kept(text))
    with_tokens_in_capitals(text)
    without_tokens(text)
    integers(repair(text))
    with suppress(LostPieceError):
        unmask(apart(text, text).replace("X", ""), ())


def of_pieces(text: str) -> None:
    pieces_of(text, EN_FA)


WORK = (find_kept, needs_translation, segment, of_gate, of_punctuation, of_wording, of_masking, of_pieces)


def measure() -> dict[str, Any]:
    """The worst growth of any kind of work, of which and on what; and the longest that the event loop is held
    up by `needs_translation`, the one that runs in it, in milliseconds for 5,000 characters."""
    worst, of, on = 0.0, "", ""
    for work in WORK:
        for start, pump in PUMPS:
            for short, long in zip(texts(start, pump, SHORT), texts(start, pump, LONG), strict=True):
                found = growth(work, short, long)
                if found > worst:
                    worst, of, on = found, work.__name__, f"{start!r} and many {pump!r}, {long[-1]!r}"
    held_up = max(
        least(needs_translation, text, 0.001) for start, pump in PUMPS for text in texts(start, pump, LONG)
    )
    return {"times": worst, "of": of, "on": on, "held_up_ms": 1000 * held_up}


def growth(work: Callable[[str], object], short: str, long: str) -> float:
    """How many times as long the long text takes; 0 where nobody would notice either."""
    few = many = float("inf")
    for _ in range(LOOKS):
        many = min(many, seconds(work, long))
        if many <= NEGLIGIBLE:
            return 0.0
        few = min(few, seconds(work, short))
        if many <= MOST * few:
            break
    return many / few


def least(work: Callable[[str], object], text: str, enough: float) -> float:
    """Seconds of the quickest look, taken until one is quick enough."""
    best = float("inf")
    for _ in range(LOOKS):
        best = min(best, seconds(work, text))
        if best <= enough:
            break
    return best
