"""Finding the names people give as theirs: "My name is Will Rose" is no flower.

Only behind words that say so, in the languages below. Elsewhere a name can't be told from the capital of a
heading or of a place ("New York" is "Nova York" in Portuguese).
"""

import re
from collections.abc import Iterator, Sequence

from .kept import Kept

MOST = 5
"""Names looked for in one text, and words in one name."""

_SAYING = """
my name is|my name's|my name’s|my full name is|i am called|i'm called|on behalf of
meu nome é|me chamo|chamo-me|o meu nome é|meu nome completo é|aqui é o|aqui é a|fala o|fala a|quem fala é o
quem fala é a|me llamo|mi nombre es|je m'appelle|je m’appelle|mon nom est|ich heiße|ich heisse|mein name ist
mi chiamo|il mio nome è|ik heet|mijn naam is|nazywam się|mam na imię|mano vardas|mano vardas yra|mani sauc
minu nimi on|nimeni on|jag heter|mitt namn är|jeg heter|jeg hedder|mit navn er|mitt navn er|jmenuji se
volám sa|a nevem|mă numesc|numele meu este|zovem se|moje ime je|ime mi je|меня зовут|моё имя|мене звати
моє ім'я|казвам се|με λένε|το όνομά μου είναι|benim adım|adım|ismim|em dic|tên tôi là|tôi tên là|nama saya
nama saya adalah
"""
_LABELS = """
name|full name|first name|last name|surname|nome|nome completo|apelido|sobrenome|nombre|apellidos|nom|prénom
vorname|nachname|vardas|pavardė|vardas, pavardė|vardas ir pavardė|ad|ad soyad|adı soyadı|isim|imię|nazwisko
имя|фамилия|фио|ім'я
"""


def _either(words: str) -> str:
    found = sorted((word for line in words.strip().split("\n") for word in line.split("|")), key=len)
    return "|".join(re.escape(word) for word in reversed(found))


_BEFORE = re.compile(
    rf"\b(?:(?P<said>{_either(_SAYING)})[ \u00a0]++|this is )|^[ \t]*+(?:{_either(_LABELS)}) ?: ?",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(r"(?:[^\W\d_]\.(?= ?[^\W\d_]))++|[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*+")
_PARTICLES = frozenset(
    re.findall(r"\w+", "da de do das dos di del della la le van von der den ter bin ibn al el e y ben")
)
_NOT_NAMES = frozenset(["I", "I'm", "I’m", "Mr", "Mrs", "Ms", "Dr", "Sr", "Sra"])


def find_names(text: str, known: Sequence[str] = ()) -> list[Kept]:
    """The names that a text says are somebody's, and wherever else they or the `known` ones are in it.

    From left to right; they don't overlap.
    """
    names = dict.fromkeys((*known, *_introduced(text)))
    if not names:
        return []
    every = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return [Kept(*match.span(), "name") for match in re.finditer(rf"(?<!\w)(?:{every})(?!\w)", text)]


def _introduced(text: str) -> Iterator[str]:
    for count, before in enumerate(_BEFORE.finditer(text), start=1):
        if count > MOST:
            return
        if before.group().strip(" :").isupper():
            # Everything is in capitals here: there is no telling where a name ends.
            continue
        start = before.end()
        end, parts = _end_of_name(text, start)
        # "This is Anna" may as well be "This is Great", and "Name: Lamp" a line of a list.
        if parts >= (1 if before["said"] else 2):
            yield text[start:end]


def _end_of_name(text: str, start: int) -> tuple[int, int]:
    """Where the words with capitals that begin at `start` end, and how many they are."""
    end, position, parts = start, start, 0
    while parts < MOST and (part := _PART.match(text, position)):
        word = part.group()
        if word[0].isupper() and word not in _NOT_NAMES:
            end = part.end()
            parts += 1
        elif not parts or word not in _PARTICLES:
            break
        position = part.end()
        if text[position : position + 1] != " ":
            break
        position += 1
    return end, parts
