"""Language tags (BCP 47): comparing them and falling back from one to another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .scripts import scripts_of, usual_script

# Codes that name the same language. Browsers and model catalogues disagree on these.
_ALIASES = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "tl": "fil", "no": "nb", "cmn": "zh"}

# Their readers read both scripts of theirs.
_EITHER_SCRIPT = frozenset({"bs", "sr"})
# Whose readers manage with the other script, if there is nothing else.
_OTHER_SCRIPT = frozenset({"zh", "yue"})
# What model catalogues call languages beyond ISO 639.
_CODES = {"zt": "zh-Hant", "pb": "pt-BR"}

# ISO 639-1, and the languages without a two-letter code that there are models for.
_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io
is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml
mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se
sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo
wa wo xh yi yo za zh zu ast ceb ckb cmn fil haw hmn hsb kab kmr mni sah szl tgl yue
"""
LANGUAGES = frozenset(_LANGUAGES.split())

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?", re.ASCII)


# Whose models may serve where there is none for the language itself, best first.
_NEXT_BEST = {"nb": ("nn",), "nn": ("nb",), "yue": ("zh-hant", "zh-hans")}


@dataclass(frozen=True, order=True)
class Pair:
    """A direction of translation between two BCP 47 tags, such as `Pair("en", "pt")`."""

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


class UnknownLanguageError(ValueError):
    """A code that names no language known here. The message quotes it and shows what one looks like."""


def from_code(code: str) -> str:
    """A model's or a person's language code as a BCP 47 tag: `zt` → `zh-Hant`, `EN_us` → `en-US`.

    Raises UnknownLanguageError.
    """
    code = _CODES.get(code.lower(), code)
    language, *rest = re.split("[-_]", code)
    if not _TAG.fullmatch(code) or language.lower() not in LANGUAGES:
        raise UnknownLanguageError(f"{code[:20]!r} is no known language; it should look like en or pt-BR")
    return "-".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _subtags(tag: str) -> list[str]:
    parts = tag.strip().replace("_", "-").lower().split("-")
    if parts[0] == "zh" and len(parts) > 1 and len(parts[1]) == 3 and parts[1].isalpha():
        # zh-yue is another way to say yue.
        del parts[0]
    parts[0] = _ALIASES.get(parts[0], parts[0])
    return parts


@lru_cache(maxsize=4096)
def base_language(tag: str) -> str:
    """The language of a tag without script and region, aliases resolved: `pt-BR` → `pt`, `no` → `nb`."""
    return _subtags(tag)[0]


def script(tag: str) -> str:
    """The script of a tag in lower case (`hans`, `latn`), or "" where it makes no difference."""
    base, *rest = _subtags(tag)
    region = ""
    for part in rest:
        if len(part) == 1:
            # Extensions follow, which say nothing about the script.
            break
        if len(part) == 4 and part.isalpha():
            return part
        if len(part) == 2 or (len(part) == 3 and part.isdigit()):
            region = region or part
    return usual_script(base, region)


@lru_cache(maxsize=1024)
def written_in(tag: str) -> tuple[str, ...]:
    """The scripts a text of a tag may be written in, as `scripts` knows them: ("hani", "kana") for `ja`."""
    base, *rest = _subtags(tag)
    named = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return scripts_of(base, named)


def same_language(one: str, other: str) -> bool:
    """Whether a reader of one tag reads the other as it is: same language, no clash of scripts."""
    base = base_language(one)
    if base != base_language(other):
        return False
    first, second = script(one), script(other)
    return base in _EITHER_SCRIPT or first == second or not first or not second


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
    same language that the same person can read (`pt` is served by an installed `pt-BR`), then a language so
    near that its readers manage (`nn` by `nb`). Never one in another script: `zh-TW` is not served by `zh`
    (see `in_other_script`).
    """
    by_name: dict[str, str] = {}
    for name in sorted(available):
        by_name.setdefault("-".join(_subtags(name)), name)
    found: list[str] = []
    for wanted in (tag, *_NEXT_BEST.get(base_language(tag), ())):
        near = [by_name[name] for name in fallbacks(wanted) if name in by_name]
        found += [name for name in near if same_language(wanted, name)]
        found += [name for name in by_name.values() if same_language(wanted, name)]
    return tuple(dict.fromkeys(found))


def in_other_script(tag: str, available: Iterable[str]) -> tuple[str, ...]:
    """Which of `available` a reader of `tag` makes out although it is in another script, best first.

    Readers of Traditional Chinese read Simplified and the other way round, with some effort, and would rather
    than nothing. A model is another matter (what it never saw it makes noise of): this is for targets only.
    Serbian and Bosnian need no such help (`same_language`); other pairs of scripts are not read by the same
    people.
    """
    if base_language(tag) not in _OTHER_SCRIPT:
        return ()
    languages = {"zh", base_language(tag)}
    return tuple(sorted(name for name in available if base_language(name) in languages))
