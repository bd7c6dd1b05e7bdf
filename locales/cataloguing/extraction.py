"""Finds the texts a person reads in Dragoman's sources: `t`, `tn`, `tc` and, in Python, `mark`.

Babel's own extractors silently pass over calls inside calls and join the branches of a conditional.
These two read every call, and refuse what can't be extracted.
"""

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.jslexer import Token, unquote_string
from babel.messages.jslexer import tokenize as tokenize_javascript

from cataloguing.files import source_files

SCRIPT_KEYWORDS: dict[str, Any] = {"t": None, "tn": (1, 2), "tc": ((1, "c"), 2)}
PYTHON_KEYWORDS: dict[str, Any] = {**SCRIPT_KEYWORDS, "tn_forms": (1, 2), "mark": None}
MESSAGE_ARGUMENTS = {"t": 1, "tn": 2, "tc": 2, "tn_forms": 2, "mark": 1}
COMMENT_TAG = "Translators:"
COMPARISONS = ("===", "!==", "==", "!=")

Call = tuple[int, str, "str | tuple[str | None, ...] | None", list[str]]


class UnextractableError(Exception):
    """A call whose text can't be known from the source. Its message says where and why."""


def javascript_calls(
    fileobj: Any, keywords: Mapping[str, Any], _comment_tags: Collection[str], **_options: Any
) -> Iterator[Call]:
    """A Babel extraction method for JavaScript modules."""
    yield from _script_calls(fileobj.read().decode(), 1, keywords, {})


def python_calls(
    fileobj: Any, keywords: Mapping[str, Any], _comment_tags: Collection[str], **_options: Any
) -> Iterator[Call]:
    """A Babel extraction method for Python modules."""
    source = fileobj.read()
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.tokenize(io.BytesIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in keywords:
            continue
        arguments = node.args[: MESSAGE_ARGUMENTS[name]]
        if any(_is_made_up(argument) for argument in arguments):
            raise UnextractableError(
                f"line {node.lineno}: {name}() takes one plain string, not an expression"
            )
        texts = tuple(_constant(argument) for argument in arguments)
        if any(texts):
            yield node.lineno, name, texts, _comment_above(comments, node.lineno)


def add_file(catalog: Catalog, root: Path, path: Path) -> None:
    """Adds a source file's texts to a template. Raises UnextractableError."""
    methods: dict[str, tuple[Any, dict[str, Any]]] = {
        ".js": (javascript_calls, SCRIPT_KEYWORDS),
        ".html": ("jinja2.ext:babel_extract", SCRIPT_KEYWORDS),
        ".py": (python_calls, PYTHON_KEYWORDS),
    }
    method, keywords = methods[path.suffix]
    name = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as file:
            for _, text, comments, context in extract(
                method, file, keywords, [COMMENT_TAG], {"silent": "false"}
            ):
                known = catalog.get(text[0] if isinstance(text, tuple) else text, context)
                if known is not None and isinstance(text, tuple) != isinstance(known.id, tuple):
                    raise UnextractableError(f"“{known.id}” is used both with and without a plural")
                catalog.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    except UnextractableError as error:
        raise UnextractableError(f"{name}: {error}") from None


def extracted(root: Path, domain: str) -> Catalog:
    """The template of a domain as the sources are now. Raises UnextractableError."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in source_files(root, domain):
        add_file(catalog, root, path)
    return catalog


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_made_up(node: ast.expr) -> bool:
    """Whether an argument is put together here. A name or an item of a table is not: it is marked there."""
    if isinstance(node, ast.IfExp):
        branches = (node.body, node.orelse)
        return any(_constant(branch) is not None or _is_made_up(branch) for branch in branches)
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def _comment_above(comments: Mapping[int, str], line: int) -> list[str]:
    """The block of comment lines that ends at the line or just above it, from its translators' tag on."""
    last = line if line in comments else line - 1
    block: list[str] = []
    while last in comments:
        block.insert(0, comments[last])
        if block[0].startswith(COMMENT_TAG):
            return block
        last -= 1
    return []


def _script_calls(
    source: str, first_line: int, keywords: Mapping[str, Any], comments: dict[int, str]
) -> Iterator[Call]:
    """The calls of a script or a part of one. The comments found so far, by line, gather in `comments`."""
    tokens: list[Token] = []
    for token in tokenize_javascript(source, jsx=False, lineno=first_line):
        if token.type == "linecomment":
            comments[token.lineno] = token.value[2:].strip()
        elif token.type == "multilinecomment":
            for offset, line in enumerate(token.value[2:-2].split("\n")):
                comments[token.lineno + offset] = line.strip(" \t*")
        else:
            tokens.append(token)
            if token.type == "template_string":
                yield from _inside_template(token, keywords, comments)
    for index, (token, opening) in enumerate(pairwise(tokens)):
        if token.type != "name" or token.value not in keywords or opening.value != "(":
            continue
        arguments = _arguments(tokens, index + 2)[: MESSAGE_ARGUMENTS[token.value]]
        texts = tuple(_literal(argument, token) for argument in arguments)
        if any(texts):
            yield token.lineno, token.value, texts, _comment_above(comments, token.lineno)


def _arguments(tokens: list[Token], start: int) -> list[list[Token]]:
    """The tokens of each argument of a call whose first argument begins at `start`."""
    arguments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[start:]:
        if token.type == "operator":
            if token.value in ("(", "[", "{"):
                depth += 1
            elif token.value in (")", "]", "}"):
                depth -= 1
                if depth < 0:
                    break
            elif token.value == "," and depth == 0:
                arguments.append([])
                continue
        arguments[-1].append(token)
    return arguments


def _literal(argument: list[Token], call: Token) -> str | None:
    """The text of strings joined by `+`; None without any, as in `table["name"]`. Others are refused."""
    depth, strings, previous = 0, [], ""
    for token in argument:
        if token.type == "operator":
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.value, 0)
        elif token.type in ("string", "template_string") and not depth and previous not in COMPARISONS:
            strings.append(token)
        previous = token.value
    if not strings:
        return None
    others = [token.value for token in argument if token not in strings]
    if len(others) != len(strings) - 1 or set(others) - {"+"} or any("${" in s.value for s in strings):
        raise UnextractableError(
            f"line {call.lineno}: {call.value}() takes one plain string, not an expression"
        )
    return "".join(unquote_string(token.value) for token in strings)


def _inside_template(token: Token, keywords: Mapping[str, Any], comments: dict[int, str]) -> Iterator[Call]:
    """The calls in the `${…}` of a template string."""
    for match in re.finditer(r"\$\{", token.value):
        depth, end = 1, match.end()
        while depth and end < len(token.value):
            depth += {"{": 1, "}": -1}.get(token.value[end], 0)
            end += 1
        line = token.lineno + token.value.count("\n", 0, match.start())
        yield from _script_calls(token.value[match.end() : end - 1], line, keywords, comments)
