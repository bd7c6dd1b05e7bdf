"""The house's words and marks in each language: the glossaries, checked."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.core import get_global

from cataloguing.plurals import babel_locale

_LETTER = re.compile(r"[^\W\d_]")
_PLACEHOLDER_OR_TAG = re.compile(r"\{[^{}]*\}|</?[a-zA-Z][^<>]*>")
# The letters that a locale's texts must have some of, where it isn't written in Latin letters.
_SCRIPTS = {
    "Arab": r"[\u0600-\u06ff]",
    "Cyrl": r"[\u0400-\u04ff]",
    "Deva": r"[\u0900-\u097f]",
    "Hans": r"[\u4e00-\u9fff]",
    "Hant": r"[\u4e00-\u9fff]",
    "Hebr": r"[\u0590-\u05ff]",
    "Jpan": r"[\u3040-\u30ff\u4e00-\u9fff]",
    "Kore": r"[\uac00-\ud7a3]",
}


class Wording:
    """What the glossaries say of one locale.

    `house`, for all locales: `terms`, the pattern of each term in English; `same`, texts that stay English.
    `own`, the locale's: `terms`, for each the patterns of which a text has one; `same`; `marks`, a pattern
    that its texts never have = what to do instead.
    """

    def __init__(self, house: Mapping[str, Any], own: Mapping[str, Any], locale: str) -> None:
        self._locale = locale
        self._same = {*house.get("same", ()), *own.get("same", ())}
        self._marks = [(re.compile(pattern), advice) for pattern, advice in own.get("marks", {}).items()]
        self._english = {
            name: re.compile(match, re.IGNORECASE) for name, match in house.get("terms", {}).items()
        }
        self._terms = {
            name: re.compile("|".join(forms), re.IGNORECASE) for name, forms in own.get("terms", {}).items()
        }

    @classmethod
    def of(cls, locale: str, directory: Path) -> "Wording":
        """From the files. Raises OSError without them, TOMLDecodeError or re.error when they are damaged."""
        house, own = (
            tomllib.loads(path.read_text(encoding="utf-8"))
            for path in (directory / "glossary.toml", directory / locale / "glossary.toml")
        )
        return cls(house, own, locale)

    def gaps(self) -> Iterator[str]:
        """What the locale's glossary lacks, or has beyond the house's."""
        for name in sorted(self._english.keys() - self._terms.keys()):
            yield f"does not say what a “{name}” is called"
        for name in sorted(self._terms.keys() - self._english.keys()):
            yield f"has the term “{name}”, which the house's glossary does not"

    def problems(self, source: tuple[str, ...], texts: tuple[str, ...]) -> Iterator[str]:
        """What is wrong with the words of one translated text."""
        if source[0] not in self._same:
            for text in texts:
                yield from self._left_english(source, text)
        english = _PLACEHOLDER_OR_TAG.sub("", source[0])
        wanted = [
            (name, self._terms[name])
            for name, match in self._english.items()
            if name in self._terms and match.search(english)
        ]
        for text in texts:
            bare = _PLACEHOLDER_OR_TAG.sub("", text)
            for pattern, advice in self._marks:
                if found := pattern.search(bare):
                    yield f"has “{found[0]}”: {advice}"
            for name, forms in wanted:
                if not forms.search(bare):
                    yield f"calls “{name}” something else than {forms.pattern}: {text}"

    def _left_english(self, source: tuple[str, ...], text: str) -> Iterator[str]:
        """A text left as it was, or without a letter of the locale's script."""
        bare = _PLACEHOLDER_OR_TAG.sub("", text)
        if text in source and _LETTER.search(bare):
            yield "is the same as in English: translate it, or list it under “same” in the glossary"
            return
        letters = _SCRIPTS.get(_script(self._locale))
        if letters and _LETTER.search(bare) and not re.search(letters, bare):
            yield f"has no letter of its script: {text}"


def _script(locale: str) -> str:
    """The script that a locale's texts are written in, such as `Cyrl`."""
    parsed = babel_locale(locale)
    likely = get_global("likely_subtags").get(parsed.language, "")
    return parsed.script or likely.partition("_")[2][:4]
