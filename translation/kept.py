"""Finding the pieces of a text that must not be translated.

Left to themselves, the starter models turn "1,234.56 USD" into "1.234.56 USD", "a@b.com" into "ab.com" and an
emoji into "-". Whole numbers in running text they mostly carry over: those are not kept, but checked (see
`sentence`).
"""

import re
from typing import NamedTuple

LONGEST_WORD = 60
"""Letters. A longer run is no word where words are separated; an engine would chew on it for seconds."""

LONGEST_RUN = 100
"""Characters without a space, whatever they are: "ha!ha!ha!…" took 17 s for 4,800."""

NO_SPACE_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Ranges of the scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters."""

_SIGN = (
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\u00a9\u00ae][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*[\U000e0020-\U000e007f]*"
)
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEYCAP = "[#*0-9]\ufe0f?\u20e3"

# What an address is made of. Chinese and Japanese put no space after one: it ends where their signs begin.
_ADDRESS = r"[^\s<>\"“”«»\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_TOP_LEVEL = (
    "(?:com|org|net|edu|gov|info|biz|shop|store|app|dev|io|ai|co|eu|uk|us|de|fr|es|pt|br|it|nl|pl|lt|lv|ee|ru|ua"
    "|tr|ir|cn|jp)"
)
_CURRENCY_CODE = "(?:USD|EUR|GBP|BRL|JPY|CNY|TRY|IRR|CHF|PLN)"
_BEFORE = rf"(?:R\$|US\$|[$€£¥₺₽₹₴﷼]|\b{_CURRENCY_CODE})[ \u00a0]?"
_AFTER = rf"[ \u00a0]?(?:R\$|[$€£¥₺₽₹₴﷼円元%‰°]|(?:{_CURRENCY_CODE}|kr|zł)\b)"
# Digits with separators inside: 1,234.56 · 1 234,56 · 10:30 · 12/05/2026 · 192.168.0.1
_GROUPED = r"(?<![\w.])\d+(?:[.,:/'’\-–٫٬]\d+|[ \u00a0\u202f]\d{3}(?!\d))+"

_LETTER = rf"[^\W{NO_SPACE_SCRIPTS}]"
_SOLID = rf"[^\s{NO_SPACE_SCRIPTS}]"
_LONG_WORD = f"{_LETTER}{{{LONGEST_WORD + 1},}}+"
_LONG_RUN = f"{_SOLID}{{{LONGEST_RUN + 1},}}+"

# The first that matches at a place wins. Their work must grow with the text, not with its square, whatever a
# stranger writes: a run is looked at from its beginning only, and what was taken is not given back (`++`).
_PATTERNS = (
    ("code", r"`[^`\n]++`"),
    ("url", rf"(?:https?|ftp)://{_ADDRESS}+"),
    ("url", rf"\bwww\.{_ADDRESS}+"),
    ("email", r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)++"),
    ("url", rf"(?<![\w.@-])(?:[A-Za-z0-9-]++\.)+{_TOP_LEVEL}\b(?![\w@-])(?:/{_ADDRESS}*)?"),
    ("placeholder", r"\$?\{\{?[^{}\n]{0,60}\}?\}"),
    ("placeholder", r"%\(\w++\)[a-z]|%[sdif]\b"),
    ("placeholder", r"</?[A-Za-z][^<>\n]{0,200}>"),
    ("handle", r"(?<!\w)[@#][A-Za-z_]\w+"),
    ("handle", r"(?<!\w):[a-z][a-z0-9_+-]++:(?!\w)"),
    ("file", r"(?<![\w-])[\w-]++\.(?:pdf|png|jpe?g|gif|docx?|xlsx?|csv|txt|zip|mp[34])\b"),
    ("emoji", rf"{_FLAG}|{_KEYCAP}|{_SIGN}(?:\u200d{_SIGN})*"),
    ("emoji", r"(?<!\S)(?:[:;=][-'^]?[)(DPpOo3/|*]|<3|[xX]D|\^_?\^)(?![^\s.,!?])"),
    ("number", r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?\b"),
    ("phone", rf"(?<![\w.])\+?\(?\d[\d() \u00a0-]{{6,}}\d(?!\w|[:/.,]\d|{_AFTER})"),
    ("number", rf"{_BEFORE}(?:\d+(?:[.,:/'’٫٬]\d+|[ \u00a0\u202f]\d{{3}}(?!\d))*)(?!\w)"),
    ("number", rf"{_GROUPED}(?:{_AFTER})?(?!\w)"),
    ("number", rf"\b\d++{_AFTER}"),
    ("code", r"[#№] ?\d[\w-]*"),
    ("code", r"\b(?:[A-Z]++\d|\d++[A-Z]++\d)[A-Z\d]*+\b(?:-[A-Z\d]++\b)*+"),
    ("code", r"(?<![\w-])(?=[A-Z-]*+\d)[A-Z\d]++(?:-[A-Z\d]++\b)++"),
    ("code", r"\b[A-Za-z][A-Za-z0-9]*+(?:_[A-Za-z0-9]++)++\b"),
    ("long_word", rf"(?<!{_LETTER}){_LONG_WORD}"),
    ("long_word", rf"(?<!{_SOLID}){_LONG_RUN}"),
)
_KINDS = tuple(kind for kind, _ in _PATTERNS)
# Nothing starts inside a run of ASCII letters and digits, or with a space: said once, it halves the search.
_STARTS = r"(?=\S)(?:(?<![A-Za-z0-9])|(?![A-Za-z0-9]))"
_KEPT = re.compile(f"{_STARTS}(?:{'|'.join(f'({pattern})' for _, pattern in _PATTERNS)})")
_LONG = re.compile(f"{_LONG_WORD}|{_LONG_RUN}")
# Most texts keep nothing: without one of these signs none of the patterns can match (a test compares them).
_HINT = re.compile(
    rf"[\d@#`{{%<:;=^№$_]|\.\w|[xX]D|{_FLAG}|{_SIGN}|\u20e3"
    rf"|(?<!\w)\w{{{LONGEST_WORD + 1}}}|(?<!\S)\S{{{LONGEST_RUN + 1}}}"
)
_TRAILING = ".,;:!?…'’*"

PHONE_DIGITS = 7


class Kept(NamedTuple):
    """A piece to keep: `text[start:end]` of the text it was found in."""

    start: int
    end: int
    kind: str


def find_kept(text: str) -> list[Kept]:
    """The pieces of a text that must be kept, from left to right; they don't overlap."""
    found: list[Kept] = []
    if not _HINT.search(text):
        return found
    behind = 0
    for match in _KEPT.finditer(text):
        start, end = match.span()
        if start - behind > LONGEST_WORD:
            found += _rest_of_run(text, behind, start)
        behind = end
        kind = _KINDS[(match.lastindex or 1) - 1]
        if kind == "url":
            end -= _overhang(match.group())
        elif kind == "phone" and sum(character.isdigit() for character in match.group()) < PHONE_DIGITS:
            continue
        found.append(Kept(start, end, kind))
    return found + _rest_of_run(text, behind, len(text))


def _rest_of_run(text: str, start: int, end: int) -> list[Kept]:
    """What is left of a run behind a piece, as far as `end`, if that is too long as well."""
    run = _LONG.match(text, start, end)
    return [Kept(start, run.end(), "long_word")] if run else []


def _overhang(url: str) -> int:
    """How many characters at the end of a URL belong to the sentence: punctuation, an unopened bracket."""
    end = len(url)
    unopened = url.count(")") - url.count("(")
    while end and (url[end - 1] in _TRAILING or (url[end - 1] == ")" and unopened > 0)):
        unopened -= url[end - 1] == ")"
        end -= 1
    return len(url) - end
