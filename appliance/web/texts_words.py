"""Texts as their page sees them, and wordings of our own to begin with."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from appliance.domain.instants import format_instant
from appliance.domain.texts import PURPOSES, Kind
from appliance.errors import TABLE
from appliance.i18n import Catalogue, Catalogues, direction, mark, native_name
from appliance.services.text_desk import DeskText
from appliance.services.texts_csv import NewWording, name_of
from appliance.web.table_words import problem

_SOURCE = "en"

# The domain of the catalogue that has the text, and the text.
_OURS: Mapping[Kind, tuple[str, str]] = {
    # What the chat says as long as nobody has written a greeting.
    "greeting": ("widget", "Hello! How can we help?"),
    "queue": (
        "messages",
        mark("Thank you for waiting. We answer in the order in which people write, and you keep your place."),
    ),
    "survey": ("messages", mark("How was it to talk to us?")),
}


PROBLEMS: Mapping[str, str] = {
    "approved_already": mark("This wording is approved already, so no draft can take its place."),
    "draft": mark("“{given}” should be yes or no."),
    "no_texts_header": mark(
        "The first line has to name the columns: text,locale,wording,draft. The last may be missing."
    ),
    "unknown_text": mark("There is no text called “{given}”. The names are those of an export."),
}


def text_problem(words: Catalogue, code: str, params: Mapping[str, str | int]) -> str:
    """What is wrong with a row or a file."""
    if code in PROBLEMS:
        return words.t(PROBLEMS[code], **params)
    return words.t(TABLE[code].message, **params) if code in TABLE else problem(words, code, params)


def new_wording_view(new: NewWording, title: str | None, said: str) -> dict[str, Any]:
    return {
        "kind": new.desk.text.kind,
        "name": name_of(new.desk) if title is None else title,
        "locale": new.locale,
        "direction": direction(new.locale),
        "wording": said,
        "draft": new.draft,
    }


class OurWordings:
    """Worked out when they are first asked for, from catalogues that are read aside: those that readers need
    stay at hand."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._found: dict[Kind, dict[str, str]] | None = None

    async def read(self) -> dict[Kind, dict[str, str]]:
        """By kind and locale. A locale whose catalogue lacks the text has none."""
        if self._found is None:
            self._found = await asyncio.to_thread(self._work_out)
        return self._found

    def _work_out(self) -> dict[Kind, dict[str, str]]:
        catalogues = Catalogues(self._directory, kept=0)
        found: dict[Kind, dict[str, str]] = {kind: {} for kind in _OURS}
        for locale in catalogues.locales:
            # Texts of the same catalogue one after the other: it is read once.
            for kind, (domain, text) in sorted(_OURS.items(), key=lambda one: one[1][0]):
                said = catalogues.for_locale(locale, domain).t(text)
                if locale == _SOURCE or said != text:
                    found[kind][locale] = said
        return found


def text_view(desk: DeskText, title: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    """`title`: the name of its region. `names`: of agents by id."""
    text = desk.text
    return {
        "id": text.id,
        "kind": text.kind,
        "title": title,
        "region": desk.region,
        "version": text.version,
        "shortcut": text.shortcut,
        "answer": text.answer,
        "required": text.required,
        "changed_at": None if desk.changed_at is None else format_instant(desk.changed_at),
        "changed_by": None if desk.changed_by is None else names.get(desk.changed_by),
        "wordings": {
            locale: {
                "text": wording.text,
                "draft": wording.draft,
                "doubtful": wording.doubtful,
                "flags": list(wording.flags),
                "source": wording.source,
                "made_from": wording.made_from,
                "outdated": text.outdated(locale),
            }
            for locale, wording in text.wordings.items()
        },
    }


def locale_views(tags: Iterable[str], used: frozenset[str], words: Catalogue) -> list[dict[str, Any]]:
    """Those in use come first, of them the reader's own and English; then by their names as the reader says
    them."""
    views = [
        {
            "tag": tag,
            "name": words.language_name(tag),
            "native": native_name(tag),
            "direction": direction(tag),
            "used": tag in used,
        }
        for tag in set(tags)
    ]
    first = [words.locale, _SOURCE]
    return sorted(
        views,
        key=lambda view: (
            not view["used"],
            first.index(view["tag"]) if view["tag"] in first else len(first),
            str(view["name"]).casefold(),
        ),
    )


def purpose_views() -> dict[str, Any]:
    return {
        kind: {
            "limit": purpose.limit,
            "lines": purpose.lines,
            "placeholders": sorted(purpose.placeholders),
            "many": purpose.many and purpose.of_region is None,
        }
        for kind, purpose in PURPOSES.items()
    }
