"""How a sentence is put to an engine, and which of its answers is taken.

The starter models were trained on full sentences of the web; a bare greeting makes them invent ("Olá" →
"Hello, the hello", "Thanks" → "Obrigado por", "Dois" → "Two of the."), but differently each time the wording
changes a little. So a sentence of up to three words is asked in four wordings, and the answer most of them
agree on is taken, else the one nearest in length. What is right survives a change of wording, what is
invented doesn't. Measured on 60 chat lines from English and 63 from Portuguese, right or acceptable: as typed
95, best single wording 100, these four together 108 of 123. A short sentence costs 1 ms a wording, and
repeated ones come from the cache.

A sentence in capitals is asked in small letters and put back ("WHERE IS MY ORDER" → "ONDE É MEU OUDER" as
typed).
"""

from collections.abc import Sequence

from .gate import doubts, words
from .punctuation import in_marks_of
from .segmentation import mostly_without_spaces

SHORT = 3
"""Words up to which a sentence is asked in several wordings."""


def shouted(text: str) -> bool:
    """Whether two words or more are written in capitals throughout."""
    return text.isupper() and len(words(text)) > 1


def wordings(body: str, mark: str, source: str) -> list[str]:
    """What to ask for a sentence without its end marks (`body`), which ended in `mark` ("" for none).

    The first is the plain one. All differ.
    """
    ended = body + in_marks_of(source, mark)
    if mark not in ("", ".", "!") or len(words(body)) > SHORT or mostly_without_spaces(body):
        return [ended]
    capital, small = _capital(body), _small(body)
    stop, call = in_marks_of(source, "."), in_marks_of(source, "!")
    return list(dict.fromkeys((capital, capital + call, capital + stop, small + stop)))


def second_wording(asked: Sequence[str], body: str, source: str) -> str | None:
    """One more wording for a sentence whose translation is in doubt: with or without the stop. None if all
    are used."""
    for wording in (body, body + in_marks_of(source, ".")):
        if wording not in asked:
            return wording
    return None


def best(body: str, answers: Sequence[str]) -> str:
    """The answer to take: least doubtful, then most agreed on, then nearest in length, then first."""
    spoken = [tuple(words(answer)) for answer in answers]
    length = len(words(body))

    def badness(index: int) -> tuple[int, int, int]:
        echo = spoken[index] == tuple(words(body))
        doubtful = len(doubts(body, answers[index])) + len(spoken[index]) - len(set(spoken[index])) + echo
        return 2 * doubtful - spoken.count(spoken[index]), abs(len(spoken[index]) - length), index

    return answers[min(range(len(answers)), key=badness)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
