"""What an entry of the glossary must be, and that no two say different things about one word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from appliance.domain.glossary import GlossaryEntry
from appliance.domain.languages import base_language, normalize_tag, script_of
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from translation import UnknownLanguageError, from_code
from translation.glossary import found_as

MOST_ENTRIES = 50_000
MOST_LANGUAGES = 40
MOST_FORMS = 20
LONGEST_WORDING = 200
LONGEST_NOTE = 500

EVERY = "*"
"""In place of a language: a wording that is kept in all of them."""

_LETTER = re.compile(r"[^\W_]")


class EntryRefused(Exception):
    """An entry that can't be. `code` is a key of `appliance.web.table_words.PROBLEMS`; `field` is `keep`,
    `note`, `wordings` or a language tag; `params` fill the wording of the problem."""

    def __init__(self, code: str, field: str, **params: str | int) -> None:
        super().__init__(f"{code} ({field})")
        self.code = code
        self.field = field
        self.params = params


@dataclass(frozen=True, slots=True)
class Clash:
    """A wording that another entry has already."""

    wording: str
    other: int
    """The other entry's id."""
    kept: bool
    """Whether one of the two keeps it as it is."""


@lru_cache(maxsize=256)
def checked_tag(code: str) -> str:
    """A language code as its BCP 47 tag. Raises EntryRefused(`language`)."""
    try:
        return normalize_tag(from_code(code.strip()))
    except (UnknownLanguageError, ValueError) as error:
        raise EntryRefused("language", code[:35], given=code[:35]) from error


def checked_entry(
    keep: object, wordings: Mapping[str, Sequence[object]], note: object, entry_id: int = 0
) -> GlossaryEntry:
    """An entry made safe to store: cleaned, without empty wordings and repetitions. Raises EntryRefused."""
    kept = _wording(keep, "keep")
    said: dict[str, tuple[str, ...]] = {}
    for code, forms in wordings.items():
        tag = checked_tag(code)
        if len(forms) > MOST_FORMS:
            raise EntryRefused("forms", tag, limit=MOST_FORMS)
        cleaned = [wording for form in forms if (wording := _wording(form, tag)) is not None]
        if cleaned:
            if tag in said:
                raise EntryRefused("language_twice", tag, given=tag)
            said[tag] = tuple(dict.fromkeys(cleaned))
    if kept is not None and said:
        raise EntryRefused("keep_and_wordings", "keep")
    if kept is None and not said:
        raise EntryRefused("nothing", "wordings")
    if kept is None and len(said) < 2:
        raise EntryRefused("one_language", "wordings")
    if len(said) > MOST_LANGUAGES:
        raise EntryRefused("languages", "wordings", limit=MOST_LANGUAGES)
    try:
        remark = clean_field(note, "note", LONGEST_NOTE)
    except Refused as refusal:
        raise EntryRefused("long_note", "note", limit=LONGEST_NOTE) from refusal
    return GlossaryEntry(entry_id, kept, dict(sorted(said.items())), remark)


def _wording(raw: object, field: str) -> str | None:
    wording: str | None
    if isinstance(raw, str) and raw.isprintable() and len(raw) <= LONGEST_WORDING:
        # There is nothing to clean away, and a file has tens of thousands of these.
        wording = " ".join(raw.split()) or None
    else:
        try:
            wording = clean_field(raw, field, LONGEST_WORDING)
        except Refused as refusal:
            code = "long_wording" if isinstance(raw, str) else "no_text"
            raise EntryRefused(code, field, limit=LONGEST_WORDING) from refusal
    if wording is not None and not _LETTER.search(wording):
        raise EntryRefused("no_letters", field, wording=wording)
    if wording is not None and "|" in wording:
        raise EntryRefused("bar", field, wording=wording)
    return wording


class Wordbook:
    """The wordings of all entries as they are found in texts, so that clashes are seen at once."""

    def __init__(self, entries: Iterable[GlossaryEntry]) -> None:
        self._known: dict[str, dict[str, int]] = {}
        for entry in entries:
            self.add(entry)

    def copy(self) -> "Wordbook":
        """One that can be changed without changing this one."""
        copied = Wordbook(())
        copied._known = {key: languages.copy() for key, languages in self._known.items()}
        return copied

    def add(self, entry: GlossaryEntry, keys: "Keys | None" = None) -> None:
        """`keys`: what `keys_of` says of the entry, where that is known already."""
        for key, language, _ in keys_of(entry) if keys is None else keys:
            self._known.setdefault(key, {})[language] = entry.id

    def remove(self, entry: GlossaryEntry) -> None:
        for key, language, _ in keys_of(entry):
            languages = self._known.get(key, {})
            if languages.get(language) == entry.id:
                del languages[language]

    def clashes(self, entry: GlossaryEntry, keys: "Keys | None" = None) -> list[Clash]:
        """What the entry has in common with others: with one, it may be meant; with two it can't be both."""
        found = []
        for key, language, wording in keys_of(entry) if keys is None else keys:
            known = self._known.get(key)
            if not known:
                continue
            others = (
                known
                if language == EVERY
                else {name: known[name] for name in (language, EVERY) if name in known}
            )
            for name, other in others.items():
                if other != entry.id:
                    found.append(Clash(wording, other, EVERY in (name, language)))
        return found


def field_of(entry: GlossaryEntry, wording: str) -> str:
    """Where an entry has a wording: `keep` or a tag."""
    if entry.keep == wording:
        return "keep"
    return next((tag for tag, wordings in entry.wordings.items() if wording in wordings), "wordings")


def same_content(one: GlossaryEntry, other: GlossaryEntry) -> bool:
    return replace(one, id=0) == replace(other, id=0)


Keys = list[tuple[str, str, str]]


def keys_of(entry: GlossaryEntry) -> Keys:
    """As what each wording is found, in which language, and how it is written."""
    if entry.keep is not None:
        return [(found_as(entry.keep), EVERY, entry.keep)]
    return [
        (found_as(wording), language_of(tag), wording)
        for tag, wordings in entry.wordings.items()
        for wording in wordings
    ]


@lru_cache(maxsize=256)
def language_of(tag: str) -> str:
    """The same for all tags whose readers read each other's texts."""
    language = base_language(tag)
    return language if language in ("bs", "sr") else f"{language}-{script_of(tag)}".rstrip("-")
