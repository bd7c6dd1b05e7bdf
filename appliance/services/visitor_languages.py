"""Which languages visitors read, so that texts are written in them first. Their tags come from strangers."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from appliance.domain.languages import base_language, is_language_tag, negotiate, script_of
from appliance.names import is_known_language, is_known_script, usual_script

MOST = 20


def visitor_languages(tags: Iterable[str], interface: tuple[str, ...]) -> list[str]:
    """Of the tags of visitors, one each: those that most of them read, at most 20, most of all first. Where
    the interface has a locale that suits them it stands for theirs; else a language, and its script where
    it is not the usual one. What CLDR has no name for is none."""
    counted = Counter(tag for tag in (_without_details(one, interface) for one in tags) if tag)
    return sorted(counted, key=lambda tag: (-counted[tag], tag))[:MOST]


@lru_cache(maxsize=4096)
def _without_details(tag: str, interface: tuple[str, ...]) -> str:
    """Empty for what is none."""
    if not is_language_tag(tag) or not is_known_language(base_language(tag)):
        return ""
    language, script = base_language(tag), script_of(tag)
    plain = (
        f"{language}-{script}" if script != usual_script(language) and is_known_script(script) else language
    )
    return negotiate([tag], interface, plain)
