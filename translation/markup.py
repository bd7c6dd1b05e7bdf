"""Translating the text in HTML and leaving the HTML as it is.

What belongs to one line of text is translated as one, with short stand-ins for the tags in it (`<x1>`) that
the pipeline keeps. If they don't come back each once and well nested, the pieces of text are translated one
by one instead. Everything that is no text comes out as it went in.

The reading is our own: that of the standard library takes seconds for 50,000 hostile characters, and fails on
some.
"""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Translate = Callable[[str], Awaitable[str]]

# Elements within a line of text; any other one ends it.
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tt", "u", "wbr",
    )
)  # fmt: skip
# What is in these is for machines, or stands as it was typed.
_UNTOUCHED = frozenset(("code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "var"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# In these a "<" begins nothing but their own end.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}

# Every run is taken whole and not given back (`++`), so that the work grows with the length only.
_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+)>"
)
_NO_TAG = re.compile(r"<(?![A-Za-z!?/])")
_UNFINISHED = re.compile(r"</?[A-Za-z]")
_KEEP_OUT = re.compile(
    r"""(?:^|\s)(?:translate\s*=\s*["']?no\b|class\s*=\s*(?:notranslate\b|"[^"]*\bnotranslate\b|'[^']*\bnotranslate\b))""",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_STAND_IN = re.compile(r"</?x\d+/?>")

Kind = Literal["text", "open", "close", "alone", "other"]


@dataclass
class _Token:
    kind: Kind
    raw: str
    name: str = ""
    is_for_machines: bool = False


@dataclass
class _Line:
    """Text and inline tags between two other things."""

    tokens: list[_Token] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(token.kind == "text" and not token.raw.isspace() for token in self.tokens)


async def translate_markup(source: str, translate: Translate) -> str:
    """The HTML with its text translated. Attributes, comments, scripts, code, and elements with
    `translate="no"` or the class `notranslate` stay as they are."""
    pieces = _pieces(source)
    done = await _together(_translate_line(piece, translate) for piece in pieces if isinstance(piece, _Line))
    lines = iter(done)
    return "".join(piece if isinstance(piece, str) else next(lines) for piece in pieces)


def _pieces(source: str) -> list[_Line | str]:
    """Lines of text, and what is between them."""
    pieces: list[_Line | str] = []
    line = _Line()
    for token in _tokens(source):
        if token.kind == "text" or (token.kind != "other" and token.name in _INLINE):
            line.tokens.append(token)
            continue
        if token.kind == "alone" and token.is_for_machines and line.has_text:
            # Code within a sentence.
            line.tokens.append(token)
            continue
        pieces += [line, token.raw]
        line = _Line()
    return [*pieces, line]


def _tokens(source: str) -> list[_Token]:
    """The tokens with their source; an element that is left alone is one token."""
    merged: list[_Token] = []
    within, depth = "", 0
    for token in _read(source):
        if depth:
            merged[-1].raw += token.raw
            if token.name == within:
                depth += {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.kind == "open" and token.is_for_machines:
            merged.append(_Token("alone", token.raw, is_for_machines=True))
            within, depth = token.name, 1
        elif token.kind == "text" and merged and merged[-1].kind == "text":
            merged[-1].raw += token.raw
        else:
            merged.append(token)
    return merged


def _read(source: str) -> Iterator[_Token]:
    """The tokens as a browser sees them, from left to right; together they are the source. What is not
    finished at the end is no text."""
    position = 0
    while position < len(source):
        start = source.find("<", position)
        if start != position:
            end = len(source) if start < 0 else start
            yield _Token("text", source[position:end])
            position = end
            continue
        tag = _TAG.match(source, position)
        if tag is not None:
            token = _tag(tag)
            yield token
            position = tag.end()
            if token.kind == "open" and token.name in _RAW:
                closing = _RAW[token.name].search(source, position)
                end = closing.start() if closing else len(source)
                yield _Token("text", source[position:end])
                position = end
        elif _NO_TAG.match(source, position):
            yield _Token("text", "<")
            position += 1
        else:
            is_comment = source.startswith("<!--", position)
            end = source.find("-->" if is_comment else ">", position + 2)
            end = (
                len(source)
                if end < 0 or _UNFINISHED.match(source, position)
                else end + (3 if is_comment else 1)
            )
            yield _Token("other", source[position:end])
            position = end


def _tag(match: re.Match[str]) -> _Token:
    name, attributes = match["name"].lower(), match["attributes"]
    if name in _VOID or attributes.endswith("/"):
        # A slash means nothing in HTML, but those who write it mean that nothing follows.
        return _Token("alone", match.group(), name)
    if match["slash"]:
        return _Token("close", match.group(), name)
    untouched = name in _UNTOUCHED or _KEEP_OUT.search(attributes) is not None
    return _Token("open", match.group(), name, untouched)


async def _translate_line(line: _Line, translate: Translate) -> str:
    tokens = line.tokens
    if not line.has_text:
        return "".join(token.raw for token in tokens)
    first = next(at for at, token in enumerate(tokens) if token.kind == "text" and not token.raw.isspace())
    last = next(
        at
        for at in range(len(tokens) - 1, -1, -1)
        if tokens[at].kind == "text" and not tokens[at].raw.isspace()
    )
    # Tags that open before all the text, or close behind it, need no stand-ins.
    inner = tokens[first : last + 1]
    before = "".join(token.raw for token in tokens[:first])
    behind = "".join(token.raw for token in tokens[last + 1 :])
    return before + await _translate_inner(inner, translate) + behind


async def _translate_inner(tokens: list[_Token], translate: Translate) -> str:
    stand_ins: dict[str, str] = {}
    text = ""
    opened: list[tuple[str, int]] = []
    for number, token in enumerate(tokens, start=1):
        if token.kind == "text":
            text += _SPACES.sub(" ", html.unescape(token.raw))
            continue
        stand_in = f"<x{number}/>"
        if token.kind == "open":
            opened.append((token.name, number))
            stand_in = f"<x{number}>"
        elif token.kind == "close" and opened and opened[-1][0] == token.name:
            stand_in = f"</x{opened.pop()[1]}>"
        stand_ins[stand_in] = token.raw
        text += stand_in
    translated = await _within_spaces(text, translate)
    if stand_ins and not _are_in_place(translated, stand_ins):
        parts = [
            _translate_text(token.raw, translate) if token.kind == "text" else _as_it_is(token.raw)
            for token in tokens
        ]
        return "".join(await _together(parts))
    parts_done, position = [], 0
    for match in _STAND_IN.finditer(translated):
        if match.group() in stand_ins:
            parts_done += [
                html.escape(translated[position : match.start()], quote=False),
                stand_ins[match.group()],
            ]
            position = match.end()
    return "".join(parts_done) + html.escape(translated[position:], quote=False)


def _are_in_place(translated: str, stand_ins: dict[str, str]) -> bool:
    """Whether every stand-in is there once, and what opens is closed again in order."""
    found = _STAND_IN.findall(translated)
    if sorted(found) != sorted(stand_ins):
        return False
    opened: list[str] = []
    for stand_in in found:
        name = stand_in.strip("</>")
        if stand_in.startswith("</"):
            if f"<{name}>" in stand_ins and (not opened or opened.pop() != name):
                return False
        elif not stand_in.endswith("/>") and f"</{name}>" in stand_ins:
            opened.append(name)
    return not opened


async def _translate_text(raw: str, translate: Translate) -> str:
    text = _SPACES.sub(" ", html.unescape(raw))
    return html.escape(await _within_spaces(text, translate), quote=False)


async def _within_spaces(text: str, translate: Translate) -> str:
    """Translated, with the spaces around it as they were."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return text[:start] + await translate(core) + text[start + len(core) :]


async def _together(parts: Iterable[Coroutine[Any, Any, str]]) -> list[str]:
    """The results in order. When one fails the others are given up, as nobody waits for them any more."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        raise


async def _as_it_is(raw: str) -> str:
    return raw
