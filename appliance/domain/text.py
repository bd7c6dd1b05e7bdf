"""What people type, made safe to store: one rule for messages, one for short fields such as names."""

import re
import unicodedata

from appliance.domain.refusal import Refused

MAX_TEXT = 5_000
"""The longest message, in code points after trimming."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_text(raw: object, limit: int = MAX_TEXT) -> str:
    """A message as it will be stored: trimmed, with line feeds, without control characters.

    Lone surrogates become U+FFFD. Raises `Refused` (`bad_field`, `text_empty`, `text_too_long`).
    """
    if not isinstance(raw, str):
        raise Refused("bad_field", field="text")
    text = _LONE_SURROGATES.sub("\ufffd", raw).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text).strip()
    if not any(_visible(character) for character in text):
        raise Refused("text_empty", field="text")
    if len(text) > limit:
        raise Refused("text_too_long", field="text", limit=limit)
    return text


def clean_field(raw: object, field: str, limit: int, *, required: bool = False) -> str | None:
    """A one-line value such as a name or an address: no line breaks, no direction overrides.

    None for an absent or blank value unless `required`. Raises `Refused("bad_field")` naming `field`.
    """
    if raw is not None and not isinstance(raw, str):
        raise Refused("bad_field", field=field)
    text = _LONE_SURROGATES.sub("\ufffd", raw or "")
    text = " ".join(_BIDI_CONTROLS.sub("", _CONTROLS.sub(" ", text)).split())
    if len(text) > limit or (required and not text):
        raise Refused("bad_field", field=field)
    return text or None


def preview(text: str, limit: int = 160) -> str:
    """The start of a text on one line, for lists."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _visible(character: str) -> bool:
    """False for white space and for format characters such as zero-width joiners."""
    return not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc", "Cn")
