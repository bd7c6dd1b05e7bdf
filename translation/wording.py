"""How a sentence is put to an engine, and which of its answers is taken.

The starter models learned from full sentences of the web, and a bare greeting makes them invent: "Olá" →
"Hello, the hello", "Thanks" → "Obrigado por", "Dois" → "Two of the.". Put as a line of dialogue, with a
dash before it and a mark after it, the same words are read as something a person says: "- Olá." → "-
Hello.". So up to four words go as dialogue. If the answer then stutters, grows or is an echo, other
wordings are asked, and the answer most agree on is taken.

Measured on 60 chat lines from English and 63 from Portuguese, right or acceptable answers of 123: as
typed 95, with a full stop 98, by vote over four wordings with and without marks 108, as dialogue 111,
with the other wordings in doubt 112, at 1.1 questions a line. From five words on the dash changed
nothing.

A sentence in capitals is asked in small letters, and put back: "WHERE IS MY ORDER" gives "ONDE É MEU
OUDER" as typed. One word alone is asked as it is first, and in small letters if that only comes back with
trimmings: "USA" → "EUA", but "HELLO" → "HELLO (A".
"""

from collections.abc import Sequence

from .gate import doubts, words
from .punctuation import in_marks_of
from .segmentation import mostly_without_spaces
from .tags import Pair

SHORT = 4
"""Words up to which a sentence is put as a line of dialogue."""
SHORT_CHARACTERS = 60

DASH = "- "

LONGEST_ACRONYM = 4
"""Letters; a longer word in capitals that comes back as it was is a shout that was not understood."""


def shouted(text: str) -> bool:
    """Whether two words or more are written in capitals throughout.

    Persian or Chinese with an acronym in it is not: it has letters that know no capitals.
    """
    return (
        text.isupper()
        and all(letter.isupper() for letter in text if letter.isalpha())
        and len(words(text)) > 1
    )


def is_loud_word(text: str) -> bool:
    """Whether a text is one word in capitals throughout."""
    return text.isalpha() and text.isupper() and len(text) > 1


def is_acronym(word: str, answer: str) -> bool:
    """Whether an engine takes a word in capitals for the same in both languages, and may well be right."""
    return len(word) <= LONGEST_ACRONYM and words(answer) == [word.casefold()]


def says_otherwise(word: str, answer: str) -> bool:
    """Whether an answer is other words than the one asked, and not just letters ("NO" → "N.o")."""
    said = words(answer)
    return word.casefold() not in said and max(map(len, said), default=0) > 1


def wordings(body: str, mark: str, source: str) -> list[str]:
    """What to ask for a sentence without its end marks (`body`), which ended in `mark` ("" for none).

    The first is asked first, the others if its answer is `unsure`. All differ.
    """
    plain = body + in_marks_of(source, mark)
    stopped = body + in_marks_of(source, ".")
    if is_short(body) and mark in ("", ".", "!", "?"):
        spoken = DASH + body + in_marks_of(source, mark or ".")
        return list(dict.fromkeys((spoken, body + in_marks_of(source, ","), plain if mark else stopped)))
    return list(dict.fromkeys((plain, body if mark == "." else stopped)))


def is_short(body: str) -> bool:
    """Whether a sentence is so short that an engine may not know what to make of it."""
    return len(words(body)) <= SHORT and len(body) <= SHORT_CHARACTERS and not mostly_without_spaces(body)


def unsure(body: str, answer: str, pair: Pair) -> bool:
    """Whether other wordings should be asked. For a short sentence the least sign is enough."""
    if doubts(body, answer, pair):
        return True
    before, after = words(body), words(answer)
    grows_or_repeats = len(after) > len(before) + 2 or len(set(after)) < len(after)
    return is_short(body) and (grows_or_repeats or after == before)


def best(body: str, answers: Sequence[str], pair: Pair) -> str:
    """The answer to take: least doubtful, then most agreed on, then nearest in length, then first."""
    if len(answers) == 1:
        return answers[0]
    spoken = [tuple(words(answer)) for answer in answers]
    length = len(words(body))

    def badness(index: int) -> tuple[int, int, int]:
        repeated = len(spoken[index]) - len(set(spoken[index])) if is_short(body) else 0
        wrong = len(doubts(body, answers[index], pair)) + repeated + (spoken[index] == tuple(words(body)))
        return 2 * wrong - spoken.count(spoken[index]), abs(len(spoken[index]) - length), index

    return answers[min(range(len(answers)), key=badness)]
