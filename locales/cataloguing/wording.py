"""The house's words and marks in each language: `glossary.toml`, checked."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cataloguing.plurals import babel_locale

_LETTER = re.compile(r"[^\W\d_]")
_PLACEHOLDER_OR_TAG = re.compile(r"\{[^{}]*\}|</?[a-zA-Z][^<>]*>")
# The letters that a locale's texts must have some of, where it isn't written in Latin letters.
_SCRIPTS = {
    "Arab": r"[\u0600-\u06ff]",
    "Hans": r"[\u4e00-\u9fff]",
    "Hant": r"[\u4e00-\u9fff]",
    "Jpan": r"[\u3040-\u30ff\u4e00-\u9fff]",
}


class Wording:
    """What the glossary says.

    `[terms.NAME]`: `match`, a pattern of the English, and patterns per locale, one of which its text has.
    `[marks.LOCALE]`: a pattern that its texts never have = what to do instead.
    `[same]`: texts that stay English, in a locale or in all (`*`).
    """

    def __init__(self, glossary: Mapping[str, Any]) -> None:
        self.same: Mapping[str, list[str]] = glossary.get("same", {})
        self.marks = {
            locale: [(re.compile(pattern), advice) for pattern, advice in marks.items()]
            for locale, marks in glossary.get("marks", {}).items()
        }
        self.terms = [
            (
                name,
                re.compile(term.get("match", rf"\b{name}s?\b"), re.IGNORECASE),
                {
                    locale: re.compile("|".join(forms), re.IGNORECASE)
                    for locale, forms in term.items()
                    if locale != "match"
                },
            )
            for name, term in glossary.get("terms", {}).items()
        ]

    def problems(self, source: tuple[str, ...], texts: tuple[str, ...], locale: str) -> Iterator[str]:
        """What is wrong with the words of one translated text."""
        if source[0] not in (*self.same.get("*", ()), *self.same.get(locale, ())):
            for text in texts:
                yield from self._english(source, text, locale)
        english = _PLACEHOLDER_OR_TAG.sub("", source[0])
        terms = [
            (name, forms[locale])
            for name, match, forms in self.terms
            if locale in forms and match.search(english)
        ]
        for text in texts:
            bare = _PLACEHOLDER_OR_TAG.sub("", text)
            for pattern, advice in self.marks.get(locale, ()):
                if found := pattern.search(bare):
                    yield f"has “{found[0]}”: {advice}"
            for name, wanted in terms:
                if not wanted.search(bare):
                    yield f"calls “{name}” something else than {wanted.pattern}: {text}"

    def _english(self, source: tuple[str, ...], text: str, locale: str) -> Iterator[str]:
        """A text left as it was, or without a letter of the locale's script."""
        bare = _PLACEHOLDER_OR_TAG.sub("", text)
        if text in source and _LETTER.search(bare):
            yield "is the same as in English: translate it, or list it under “same” in glossary.toml"
            return
        letters = _SCRIPTS.get(_script(locale))
        if letters and _LETTER.search(bare) and not re.search(letters, bare):
            yield f"has no letter of its script: {text}"


def _script(locale: str) -> str:
    parsed = babel_locale(locale)
    return parsed.script or {"ja": "Jpan", "fa": "Arab", "ar": "Arab", "ur": "Arab", "zh": "Hans"}.get(
        parsed.language, ""
    )
