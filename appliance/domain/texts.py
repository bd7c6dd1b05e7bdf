"""Texts that admins write for others: a wording for each locale, a draft until a person approves it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

from appliance.domain.languages import is_language_tag, negotiate, normalize_tag
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text

Kind = Literal[
    "greeting",
    "queue",
    "offline",
    "survey",
    "signature",
    "question",
    "canned",
    "region_name",
    "region_offline",
]
Answer = Literal["text", "email"]
"""What a question asks for: any line of text, or an e-mail address."""

MOST_LOCALES = 100
_PLACEHOLDER = re.compile(r"\{([^{}\n]{1,40})\}")
# Whatever has a brace, since it may have been meant as one: `{Workspace}`, `{{workspace}}`, `${workspace}`,
# `｛workspace｝` of a Japanese keyboard, `{workspace` that nobody closed. The same as the page looks for.
_PIECE = re.compile(r"[$]?[{｛]+[^{}｛｝\n]{0,40}[}｝]*|[}｝]+")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a kind of text is for. `limit`: characters. `placeholders` may stand in it. `many`: there can be
    several of them; the others are their kind's only one, and have its name as their id. `of_region`: the
    part of a region that holds what is approved; only drafts, and what was translated from what, are kept
    as a text, whose id is `<kind>:<the region's>`."""

    limit: int
    placeholders: frozenset[str] = frozenset()
    lines: bool = True
    many: bool = False
    of_region: Literal["names", "offline"] | None = None


PURPOSES: Mapping[Kind, Purpose] = {
    # Above an empty chat.
    "greeting": Purpose(300, frozenset({"workspace"})),
    # To who waits for an agent, under the place in the queue.
    "queue": Purpose(500, frozenset({"workspace"})),
    # While nobody is there, where the region has no text of its own.
    "offline": Purpose(1000, frozenset({"workspace"})),
    # After a conversation; without one nobody is asked.
    "survey": Purpose(200, frozenset({"workspace", "agent"}), lines=False),
    # Under each mail.
    "signature": Purpose(1000, frozenset({"workspace", "agent"})),
    # Before the first message.
    "question": Purpose(120, lines=False, many=True),
    # For agents to insert.
    "canned": Purpose(2000, frozenset({"workspace", "agent", "visitor"}), many=True),
    # Where visitors choose a region, and while it is closed.
    "region_name": Purpose(80, lines=False, many=True, of_region="names"),
    "region_offline": Purpose(1000, many=True, of_region="offline"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one locale. `draft`: no person has approved it, so nobody but admins reads it; `doubtful`:
    the translator's checks frown at it, `flags` say why. `source` is the locale, and `made_from` its text,
    that it was translated from; both None for what a person wrote from nothing."""

    text: str
    draft: bool = False
    doubtful: bool = False
    source: str | None = None
    made_from: str | None = None
    flags: tuple[str, ...] = ()

    def approved(self, text: str, source: "Wording | None") -> "Wording":
        """As a person stands by it, or by the `text` that they have made of it. `source` is what it was
        translated from, as that is now; None: it wasn't, or that is gone. A draft that is left as it was
        stays as old as it is: nobody has said that they saw what its source says since."""
        if source is None or self.source is None:
            return Wording(text)
        untouched = self.draft and self.text == text
        return Wording(text, source=self.source, made_from=self.made_from if untouched else source.text)


@dataclass(frozen=True, slots=True)
class Text:
    """`wordings` by locale (BCP 47). `shortcut`: what agents type for a canned response, `[a-z0-9-]`.
    `answer` and `required` are for questions. `version` counts changes, from 1."""

    id: str
    kind: Kind
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    shortcut: str | None = None
    answer: Answer = "text"
    required: bool = False
    version: int = 0

    @property
    def approved(self) -> dict[str, str]:
        return {locale: wording.text for locale, wording in self.wordings.items() if not wording.draft}

    def said(self, language: str) -> "Said | None":
        """What a reader of a language gets; None: nothing is approved in any."""
        return said(self.approved, language)

    def outdated(self, locale: str) -> bool:
        """Whether the text that a wording was translated from has changed since."""
        wording = self.wordings.get(locale)
        if wording is None or wording.source is None:
            return False
        source = self.wordings.get(wording.source)
        return source is not None and source.text != wording.made_from


@dataclass(frozen=True, slots=True)
class Said:
    """A text as somebody reads it, which may be in another language than theirs."""

    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text as it is stored. `changed_by`: an agent's id."""

    text: Text
    changed_at: datetime
    changed_by: str | None


def said(texts: Mapping[str, str], language: str) -> Said | None:
    """The wording that suits a reader best, else the English one, else the first; None without any."""
    if not texts:
        return None
    locale = suitable(language, tuple(texts))
    return Said(texts[locale], locale)


@lru_cache(maxsize=4096)
def suitable(language: str, available: tuple[str, ...]) -> str:
    """Of the locales of a text the one for a reader; remembered, since all visitors are told the names of all
    regions whenever an agent comes or goes."""
    return negotiate([language, "en"], available, available[0])


def placeholders(text: str) -> frozenset[str]:
    """What stands in braces, whether there is such a placeholder or not."""
    return frozenset(_PLACEHOLDER.findall(text))


def unknown_placeholders(kind: Kind, text: str) -> list[str]:
    """What has braces, or one, and is no placeholder of the kind, as it is written: readers would see it.
    In the text's order, each once."""
    known = {f"{{{name}}}" for name in PURPOSES[kind].placeholders}
    return [piece for piece in dict.fromkeys(_PIECE.findall(text)) if piece not in known]


def possible_placeholders(kind: Kind) -> str:
    """Those there are, for people to read."""
    return ", ".join(f"{{{name}}}" for name in sorted(PURPOSES[kind].placeholders)) or "–"


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known in the place of its placeholders; others stay as they are."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def checked_wording(kind: Kind, locale: str, raw: object) -> str:
    """A wording as it will be stored.

    Raises `Refused`, `field` being the locale: `wording_empty`, `wording_too_long` (`limit`),
    `wording_lines`, `wording_placeholder` (`name`: the first that is unknown, as it is
    written; `allowed`: those there are), `bad_field`.
    """
    purpose = PURPOSES[kind]
    try:
        text = clean_text(raw, purpose.limit)
    except Refused as refusal:
        match refusal.code:
            case "text_empty":
                raise Refused("wording_empty", field=locale) from None
            case "text_too_long":
                raise Refused("wording_too_long", field=locale, limit=purpose.limit) from None
            case _:
                raise Refused("bad_field", field=locale) from None
    if not purpose.lines and "\n" in text:
        raise Refused("wording_lines", field=locale)
    for piece in unknown_placeholders(kind, text):
        raise Refused("wording_placeholder", field=locale, name=piece, allowed=possible_placeholders(kind))
    return text


def checked_locale(raw: object) -> str:
    """A locale's tag in its usual form. Raises `Refused("bad_field")`."""
    if not isinstance(raw, str) or not is_language_tag(raw):
        raise Refused("bad_field", field="locale")
    return normalize_tag(raw)
