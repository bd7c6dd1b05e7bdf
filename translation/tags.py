"""Language tags (BCP 47): comparing them and falling back from one to another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Codes that name the same language. Browsers and model catalogues disagree on these.
_ALIASES = {"iw": "he", "in": "id", "ji": "yi", "tl": "fil", "nb": "no", "nn": "no", "cmn": "zh"}

# Regions that imply a script. Everything else in Chinese is written in simplified characters.
_TRADITIONAL_REGIONS = frozenset({"tw", "hk", "mo"})

# The script of a tag that does not say one, for the languages where it decides whether two tags can be read
# by the same person.
_LIKELY_SCRIPT = {"zh": "hans", "sr": "cyrl"}


@dataclass(frozen=True, order=True)
class Pair:
    """A direction of translation between two BCP 47 tags, such as `Pair("en", "pt")`."""

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


def _subtags(tag: str) -> list[str]:
    parts = tag.strip().replace("_", "-").lower().split("-")
    parts[0] = _ALIASES.get(parts[0], parts[0])
    return parts


def base_language(tag: str) -> str:
    """The language of a tag without script and region, aliases resolved: `pt-BR` → `pt`, `nb` → `no`."""
    return _subtags(tag)[0]


def script(tag: str) -> str:
    """The script of a tag in lower case (`hans`, `latn`), or "" where it makes no difference."""
    base, *rest = _subtags(tag)
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return part
    if base == "zh" and _TRADITIONAL_REGIONS & set(rest):
        return "hant"
    return _LIKELY_SCRIPT.get(base, "")


def same_language(one: str, other: str) -> bool:
    """Whether a reader of one tag reads the other as it is: same language, no clash of scripts."""
    if base_language(one) != base_language(other):
        return False
    first, second = script(one), script(other)
    return first == second or not first or not second


def fallbacks(tag: str) -> Iterator[str]:
    """The normalised tags (lower case) to try for `tag`, best first: `zh-TW` → zh-tw, zh-hant, zh."""
    parts = _subtags(tag)
    seen = set()
    for length in range(len(parts), 0, -1):
        written = "-".join(parts[:length])
        candidates = [written]
        if length == 1 and script(tag):
            candidates.insert(0, f"{parts[0]}-{script(tag)}")
        for candidate in candidates:
            if candidate not in seen:
                seen.add(candidate)
                yield candidate


def match(tag: str, available: Iterable[str]) -> tuple[str, ...]:
    """Which of `available` can stand for `tag`, best first; () if none.

    An exact tag comes first, then the tag with its subtags dropped from the right, then any other tag of the
    same language that the same person can read (`pt` is served by an installed `pt-BR`).
    """
    by_name: dict[str, str] = {}
    for name in sorted(available):
        by_name.setdefault("-".join(_subtags(name)), name)
    found = [by_name[candidate] for candidate in fallbacks(tag) if candidate in by_name]
    found += [name for name in by_name.values() if name not in found and same_language(tag, name)]
    return tuple(found)
