"""Language tags: what is one, which are the same language, and which of ours suits a reader best.

Tags are BCP 47 (`pt-BR`, `zh-Hans`, `fa`). Everything here is pure and has a bound on its work, because
tags come from browsers and other strangers.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

MAX_TAG_LENGTH = 35
MAX_HEADER_LENGTH = 1000
MAX_HEADER_ITEMS = 32

_TAG = re.compile(
    r"""(?P<language>[a-z]{2,3}) (?:-(?P<extended>[a-z]{3}))?
        (?:-(?P<script>[a-z]{4}))?
        (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
        (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
        (?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)
        (?P<private>(?:-x(?:-[a-z0-9]{1,8})+)?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_EXTENSION = re.compile(r"-[a-z0-9](?:-[a-z0-9]{2,})+", re.ASCII)
_QUALITY = re.compile(r"q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE | re.ASCII)

# Codes that were replaced; browsers and operating systems still send some of them.
_REPLACED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "tl": "fil", "cmn": "zh", "no": "nb"}
_NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})

# The script of a language written in more than one, where the tag names none: by region, else "".
_SCRIPTS: dict[str, dict[str, str]] = {
    "az": {"": "Latn", "IQ": "Arab", "IR": "Arab", "RU": "Cyrl"},
    "bs": {"": "Latn"},
    "kk": {"": "Cyrl", "AF": "Arab", "CN": "Arab", "IR": "Arab", "MN": "Arab"},
    "ku": {"": "Latn", "LB": "Arab"},
    "ky": {"": "Cyrl", "CN": "Arab", "TR": "Latn"},
    "mn": {"": "Cyrl", "CN": "Mong"},
    "ms": {"": "Latn", "CC": "Arab"},
    "pa": {"": "Guru", "PK": "Arab"},
    "sd": {"": "Arab", "IN": "Deva"},
    "sr": {"": "Cyrl", "ME": "Latn", "RO": "Latn", "TR": "Latn"},
    "tg": {"": "Cyrl", "PK": "Arab"},
    "ug": {"": "Arab", "KZ": "Cyrl", "MN": "Cyrl"},
    "uz": {"": "Latn", "AF": "Arab", "CN": "Cyrl"},
    "yue": {"": "Hant", "CN": "Hans"},
    "zh": {"": "Hans"}
    | dict.fromkeys(
        "AU BN GB GF HK ID MO PA PF PH SR TH TW US VN".split(),  # noqa: SIM905
        "Hant",
    ),
}

# Serbian and Bosnian readers read both of their scripts; of the Chinese ones either is better than English.
_EITHER_SCRIPT = frozenset({"bs", "sr", "zh", "yue"})

# What else the readers of a language read without having learnt it, or because everybody there goes to school
# in it; best first. Who would only guess (Swedish, Malay) gets English. As in `widget/lib/negotiation.js`.
NEXT_BEST = {
    "ca": ("es",),
    "da": ("nb", "nn"),
    "eu": ("es",),
    "gl": ("es",),
    "gsw": ("de",),
    "lb": ("de",),
    "nb": ("nn", "da"),
    "nn": ("nb", "da"),
    "sk": ("cs",),
    "yue": ("zh-Hant", "zh-Hans"),
}

# Where a language has several standards: the region that stands for readers elsewhere, and for a bare tag.
_HOME_REGION = {"en": "US", "es": "ES", "fr": "FR", "pt": "BR", "de": "DE", "nl": "NL"}
_AMERICAN_SPANISH = frozenset(
    "419 AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE".split()  # noqa: SIM905
)
_AMERICAN_ENGLISH = frozenset({"AS", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI"})


@lru_cache(maxsize=4096)
def normalize_tag(tag: str) -> str:
    """The tag in canonical case, with replaced language codes brought up to date.

    Raises ValueError when it is not a well-formed tag of at most 35 characters that names a language.
    """
    match = _TAG.fullmatch(tag) if len(tag) <= MAX_TAG_LENGTH else None
    if match is None:
        raise ValueError("not a language tag")
    language, extended = match["language"].lower(), (match["extended"] or "").lower()
    if language == "zh" and extended:
        language, extended = extended, ""
    if language in _NO_LANGUAGE:
        raise ValueError("a tag that names no language")
    parts = [_REPLACED.get(language, language)]
    if extended:
        parts.append(extended)
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    # Once each: browsers take no tag that has one twice (RFC 5646, 2.2.9).
    parts += dict.fromkeys(match["variants"].lower().split("-")[1:])
    extensions: dict[str, str] = {}
    for extension in _EXTENSION.findall(match["extensions"].lower()):
        extensions.setdefault(extension[1], extension)
    normal = "-".join(parts) + "".join(extensions.values()) + match["private"].lower()
    if len(normal) > MAX_TAG_LENGTH:
        raise ValueError("a language tag that is too long")
    return normal


def is_language_tag(tag: str) -> bool:
    """Whether `normalize_tag` takes it."""
    try:
        normalize_tag(tag)
    except ValueError:
        return False
    return True


def base_language(tag: str) -> str:
    """`pt` for `pt-BR`, `zh` for `zh-Hant-TW`. ValueError as in `normalize_tag`."""
    return _parts(tag)[0]


def script_of(tag: str) -> str:
    """The script the tag names, or the usual one of a language written in several; else empty."""
    language, script, region = _parts(tag)
    if script:
        return script
    scripts = _SCRIPTS.get(language, {"": ""})
    return scripts.get(region, scripts[""])


@lru_cache(maxsize=4096)
def same_language(a: str, b: str) -> bool:
    """Whether a text in one needs no translation for a reader of the other.

    Regions don't matter (`pt-BR`, `pt`), scripts do (`zh-Hans`, `zh-Hant`), except in Serbian and Bosnian,
    whose readers read both. ValueError as in `normalize_tag`.
    """
    language = base_language(a)
    if language != base_language(b):
        return False
    if language in {"bs", "sr"}:
        return True
    return _same_script(a, b)


def negotiate(preferred: Sequence[str], available: Sequence[str], default: str = "en") -> str:
    """The tag of `available`, as written there, that suits a reader best who prefers `preferred` in order.

    Malformed preferences are passed over. Nothing suits: `default`, available or not.
    """
    offers = {normalize_tag(offer): offer for offer in reversed(available)}
    wishes = [normalize_tag(wish) for wish in preferred if is_language_tag(wish)]
    for wish in wishes:
        found = _best_offer(wish, list(offers))
        if found:
            return offers[found]
    return default


def neighbours(tags: Sequence[str]) -> dict[str, list[str]]:
    """For a reader of each of the tags the others that suit, best first: as `negotiate` chooses among them,
    and again among those that are left."""
    of_language: dict[str, list[str]] = {}
    for tag in tags:
        of_language.setdefault(base_language(tag), []).append(tag)
    found: dict[str, list[str]] = {}
    for tag in tags:
        language = base_language(tag)
        alike = [other for other in of_language[language] if other != tag]
        same_script = [other for other in alike if _same_script(tag, other)]
        found[tag] = sorted(same_script, key=lambda other: _same_script_order(tag, other))
        if language in _EITHER_SCRIPT:
            found[tag] += sorted((other for other in alike if not _same_script(tag, other)), key=_plainest)
        for next_best in _next_best(tag):
            others = of_language.get(base_language(next_best), [])
            found[tag] += sorted((one for one in others if same_language(next_best, one)), key=_plainest)
    return found


def parse_accept_language(header: str) -> list[str]:
    """The tags of an `Accept-Language` header, the most wanted first, each once.

    Malformed items, `*` and tags with `q=0` are left out. At most 32 items
    of the first 1,000 characters count.
    """
    if len(header) > MAX_HEADER_LENGTH:
        header = header[:MAX_HEADER_LENGTH].rpartition(",")[0]
    wanted: dict[str, float] = {}
    for item in header.split(",")[:MAX_HEADER_ITEMS]:
        tag, *parameters = (part.strip() for part in item.split(";"))
        if not is_language_tag(tag):
            continue
        quality = 1.0
        if parameters:
            match = _QUALITY.fullmatch(parameters[0])
            if match is None:
                continue
            quality = float(match[1])
        wanted.setdefault(normalize_tag(tag), quality)
    return sorted((tag for tag in wanted if wanted[tag] > 0), key=lambda tag: -wanted[tag])


@lru_cache(maxsize=4096)
def _parts(tag: str) -> tuple[str, str, str]:
    """Language, script and region of a tag; what it doesn't name is empty."""
    match = _TAG.fullmatch(normalize_tag(tag))
    assert match is not None
    return match["language"], match["script"] or "", match["region"] or ""


def _same_script(a: str, b: str) -> bool:
    """One of the two may leave its script open: `ja` and `ja-Jpan` are the same."""
    script, other = script_of(a), script_of(b)
    return script == other or not script or not other


def _best_offer(wish: str, offers: list[str]) -> str | None:
    """The nearest offer: same script and nearest region, else another script, else a next-best language."""
    language = base_language(wish)
    alike = [offer for offer in offers if base_language(offer) == language]
    same_script = [offer for offer in alike if _same_script(wish, offer)]
    if same_script:
        return min(same_script, key=lambda offer: _same_script_order(wish, offer))
    if language in _EITHER_SCRIPT and alike:
        return min(alike, key=_plainest)
    for other in _next_best(wish):
        found = [offer for offer in offers if same_language(other, offer)]
        if found:
            return min(found, key=_plainest)
    return None


def _next_best(wish: str) -> tuple[str, ...]:
    others = NEXT_BEST.get(base_language(wish), ())
    return others[::-1] if script_of(wish) == "Hans" else others


def _same_script_order(wish: str, offer: str) -> tuple[int, int, str]:
    return _region_distance(wish, offer), *_plainest(offer)


def _plainest(offer: str) -> tuple[int, str]:
    return len(offer), offer


def _region_distance(wish: str, offer: str) -> int:
    """From -1 (the very tag) over the same region, its standard, none and the home region to 4."""
    if wish == offer:
        return -1
    language, _, region = _parts(wish)
    offered = _parts(offer)[2]
    if region and region == offered:
        return 0
    if offered and offered == _standard(language, region):
        return 1
    if not offered:
        return 2 if region else 1
    return 3 if offered == _HOME_REGION.get(language) else 4


def _standard(language: str, region: str) -> str:
    """The region whose spelling the readers of another region follow, or empty."""
    if not region:
        return _HOME_REGION.get(language, "")
    if language == "en" and region not in _AMERICAN_ENGLISH:
        return "GB"
    if language == "es" and region in _AMERICAN_SPANISH:
        return "419"
    if language == "pt" and region != "BR":
        return "PT"
    return ""
