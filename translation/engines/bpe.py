"""Byte pair encoding as subword-nmt writes its codes: pairs of symbols to merge, most frequent first."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

CONTINUED = "@@"
"""Ends every part of a word but the last."""
_END = "</w>"
_REMEMBERED = 10_000


class Bpe:
    """Splits words into the parts a model knows."""

    def __init__(self, lines: Iterable[str]) -> None:
        """From the lines of a codes file. Raises ValueError for a line that is no pair of symbols."""
        self._ranks: dict[tuple[str, str], int] = {}
        # Files of the first version have no header, and the end of a word is a symbol of its own in them.
        self._end_is_apart = True
        self._known: dict[str, tuple[str, ...]] = {}
        for number, line in enumerate(lines):
            text = line.strip("\r\n ")
            if number == 0 and text.startswith("#version:"):
                self._end_is_apart = text.split()[-1].startswith("0.1")
                continue
            pair = text.split(" ")
            if len(pair) != 2:
                raise ValueError(f"line {number + 1} is no pair of symbols")
            self._ranks.setdefault((pair[0], pair[1]), len(self._ranks))

    def split(self, words: Iterable[str]) -> list[str]:
        """The parts of words in order, all but the last part of each marked."""
        parts: list[str] = []
        for word in words:
            if word:
                *first, last = self._parts(word)
                parts += [part + CONTINUED for part in first]
                parts.append(last)
        return parts

    def _parts(self, word: str) -> tuple[str, ...]:
        if word not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = self._merged(word)
        return self._known[word]

    def _merged(self, word: str) -> tuple[str, ...]:
        symbols = [*word, _END] if self._end_is_apart else [*word[:-1], word[-1] + _END]
        while len(symbols) > 1:
            pairs = set(pairwise(symbols)) & self._ranks.keys()
            if not pairs:
                break
            symbols = _merge(symbols, min(pairs, key=self._ranks.__getitem__))
        symbols[-1] = symbols[-1].removesuffix(_END)
        return tuple(symbols if symbols[-1] else symbols[:-1])


def joined(parts: Sequence[str]) -> list[str]:
    """Words from their parts."""
    return " ".join(parts).replace(f"{CONTINUED} ", "").split(" ")


def _merge(symbols: Sequence[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    position = 0
    while position < len(symbols):
        if tuple(symbols[position : position + 2]) == pair:
            merged.append(pair[0] + pair[1])
            position += 2
        else:
            merged.append(symbols[position])
            position += 1
    return merged
