"""Nasty things people write into chats, and what of them must come back exactly.

`chats.tsv` holds one text a line: its language, the text, words a good translation has, and the pieces that
no translation may touch. The words are for the other language of en↔pt: all of them (`,`) in any of their
forms (`/`), or the beginnings of them.

`\\n`, `\\t`, `\\r`, `\\\\` and `\\u{200b}` stand for what they mean elsewhere; a line that begins with `# `
names a kind. `ordinary.tsv` has ordinary ones, in English with a person's Portuguese.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "chats.tsv"
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|([ntr\\]))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


@dataclass(frozen=True)
class Chat:
    """One text of the table."""

    kind: str
    language: str
    text: str
    says: tuple[tuple[str, ...], ...]
    """Words the translation has: one of each group, or something that begins with it."""
    pieces: tuple[str, ...]
    """What must be in the translation as often as in the text."""


def chats() -> list[Chat]:
    """The table, from top to bottom."""
    found = []
    kind = ""
    for line in _FILE.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            language, text, *rest = line.split("\t")
            says, *pieces = rest or [""]
            groups = tuple(tuple(group.split("/")) for group in says.split(",") if group)
            found.append(Chat(kind, language, _meant(text), groups, tuple(map(_meant, pieces))))
    return found


def ordinary() -> list[tuple[str, str]]:
    """Ordinary messages in English, each with its Portuguese."""
    _, *lines = (_FILE.parent / "ordinary.tsv").read_text(encoding="utf-8").splitlines()
    return [(english, portuguese) for english, _, portuguese in (line.partition("\t") for line in lines)]


def _meant(written: str) -> str:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else _PLAIN[escape[2]], written)
