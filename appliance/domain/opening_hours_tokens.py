"""The words, numbers and signs of an `opening_hours` text, with their places."""

import re
from collections import deque
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<comment>"[^"]*")
    | (?P<always>24/7(?![0-9]))
    | (?P<time>[0-9]{1,2}:[0-9]{2}(?![0-9:]))
    | (?P<number>[0-9]+)
    | (?P<word>[^\W\d_]+)
    | (?P<sign>\|\||.)""",
    re.VERBOSE,
)
_SHOWN = 20


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """`kind`: comment, always, time, number, word, sign or end. `place`: `column 12`, from 1."""

    kind: str
    text: str
    place: str

    @property
    def folded(self) -> str:
        """A word without regard to capitals."""
        return self.text.casefold()

    @property
    def shown(self) -> str:
        printable = "".join(one if one.isprintable() else "\ufffd" for one in self.text[: _SHOWN + 1])
        return printable if len(printable) <= _SHOWN else printable[:_SHOWN] + "…"


class Tokens:
    """A text's tokens, found one after another; after the last there is `end` for ever."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line = 1
        self._line_start = 0
        self._has_lines = "\n" in text.strip()
        self._ahead: deque[Token] = deque()

    def peek(self, further: int = 0) -> Token:
        while len(self._ahead) <= further:
            self._ahead.append(self._find())
        return self._ahead[further]

    def take(self) -> Token:
        token = self.peek()
        return self._ahead.popleft() if token.kind != "end" else token

    def _find(self) -> Token:
        while match := _TOKEN.match(self._text, self._position):
            start, self._position = match.span()
            if match.lastgroup != "space":
                # Dashes of every length mean from … to.
                text = "-" if match[0] in ("–", "—") else match[0]
                return Token(match.lastgroup or "sign", text, self._place(start))
            lines = match[0].count("\n")
            if lines:
                self._line += lines
                self._line_start = start + match[0].rindex("\n") + 1
        return Token("end", "", self._place(len(self._text)))

    def _place(self, position: int) -> str:
        column = f"column {position - self._line_start + 1}"
        return f"line {self._line}, {column}" if self._has_lines else column
