"""Drafts that an undo puts back: wordings as `texts_words.text_view` told them, by locale."""

import re

from appliance.domain.languages import is_language_tag, normalize_tag
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text
from appliance.domain.texts import MOST_LOCALES, PURPOSES, Wording, checked_locale

_LONGEST = max(purpose.limit for purpose in PURPOSES.values())
_MOST_FLAGS = 20
_FLAG = re.compile(r"[a-z_]{1,40}", re.ASCII)


def returned_drafts(raw: object) -> dict[str, Wording]:
    """Raises `Refused("bad_field")`, `field` being `drafts`, `locale` (what is no tag) or the locale;
    `too_many_texts`. What they say is checked when they are saved."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise Refused("bad_field", field="drafts")
    if len(raw) > MOST_LOCALES:
        raise Refused("too_many_texts", limit=MOST_LOCALES)
    drafts: dict[str, Wording] = {}
    for key, one in raw.items():
        tag = checked_locale(key)
        drafts[tag] = _wording(tag, one)
    return drafts


def _wording(tag: str, raw: object) -> Wording:
    if not isinstance(raw, dict):
        raise Refused("bad_field", field=tag)
    text, doubtful, flags = raw.get("text"), raw.get("doubtful", False), raw.get("flags", [])
    source, made_from = raw.get("source"), raw.get("made_from")
    if not (
        isinstance(text, str)
        and isinstance(doubtful, bool)
        and isinstance(flags, list)
        and len(flags) <= _MOST_FLAGS
        and all(isinstance(one, str) and _FLAG.fullmatch(one) for one in flags)
    ):
        raise Refused("bad_field", field=tag)
    if source is None and made_from is None:
        return Wording(text, True, doubtful, flags=tuple(flags))
    # What was made from something is always known with it.
    if not (isinstance(source, str) and is_language_tag(source) and _is_clean(made_from)):
        raise Refused("bad_field", field=tag)
    return Wording(text, True, doubtful, normalize_tag(source), str(made_from), tuple(flags))


def _is_clean(text: object) -> bool:
    """Whether it is as all texts are that were saved."""
    try:
        return clean_text(text, _LONGEST) == text
    except Refused:
        return False
