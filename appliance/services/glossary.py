"""The workspace's terms: kept at hand, ready for the engine, changed one at a time or from a file."""

import asyncio
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from appliance.domain.glossary import GlossaryEntry
from appliance.domain.refusal import Refused
from appliance.services.glossary_csv import Mode, Plan, plan, to_csv
from appliance.services.glossary_entries import MOST_ENTRIES, EntryRefused, Wordbook, checked_entry, field_of
from appliance.services.ports import GlossaryBook
from translation import Glossary, Term

PAGE = 50
_SAME = str.maketrans({"ı": "i", "\u200c": None, "\u200d": None, "\u0640": None})


class EntryChanged(Exception):
    """Somebody else has changed the entry, which is now `current`; None: removed it."""

    def __init__(self, current: GlossaryEntry | None) -> None:
        super().__init__("changed meanwhile")
        self.current = current


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    entries: Sequence[GlossaryEntry]
    matching: int
    total: int
    languages: Sequence[str]
    """Every language that has a wording, sorted."""
    version: str
    """Another one after every change."""


class WorkspaceGlossary:
    """Reads once, then answers from memory; this process is the only writer."""

    def __init__(self, book: GlossaryBook) -> None:
        self._book = book
        self._entries: dict[int, GlossaryEntry] | None = None
        self._ready = Glossary()
        self._version = 0
        self._start = secrets.token_hex(4)
        self._writing = asyncio.Lock()

    async def ready(self) -> Glossary:
        """The terms as a translator takes them."""
        if self._entries is None:
            await self._read()
        return self._ready

    @property
    def version(self) -> str:
        return f"{self._start}-{self._version}"

    async def page(
        self, search: str = "", sort: str = "", *, descending: bool = False, offset: int = 0
    ) -> GlossaryPage:
        """`sort`: `keep`, `note` or a tag; "" is as they were added, the newest first."""
        entries = list((await self._all()).values())
        found = await asyncio.to_thread(_arranged, entries, search, sort, descending)
        languages = sorted({tag for entry in entries for tag in entry.wordings})
        return GlossaryPage(found[offset : offset + PAGE], len(found), len(entries), languages, self.version)

    async def save(
        self,
        entry_id: int | None,
        keep: object,
        wordings: Mapping[str, Sequence[object]],
        note: object,
        was: GlossaryEntry | None = None,
    ) -> tuple[GlossaryEntry, GlossaryEntry | None]:
        """Adds an entry, or changes one. Returns it and what it was. `was`: as whoever changes it has seen
        it.

        Raises `EntryRefused` (`taken`: another one has the wording), `Refused("not_found")`, and
        `EntryChanged` where it is not what it `was`.
        """
        entry = checked_entry(keep, wordings, note, entry_id or 0)
        async with self._writing:
            entries = await self._all()
            before = entries.get(entry.id)
            if was is not None and before != was:
                raise EntryChanged(before)
            if entry_id is not None and before is None:
                raise Refused("not_found")
            if before is None and len(entries) >= MOST_ENTRIES:
                raise EntryRefused("limit", "wordings", limit=MOST_ENTRIES)
            others = await asyncio.to_thread(
                Wordbook, [other for other in entries.values() if other != before]
            )
            for clash in others.clashes(entry):
                raise EntryRefused("taken", field_of(entry, clash.wording), wording=clash.wording)
            if before is not None:
                await self._book.change([], [entry], [])
            else:
                (new_id,) = await self._book.change([entry], [], [])
                entry = replace(entry, id=new_id)
            await self._changed({**entries, entry.id: entry})
        return entry, before

    async def remove(self, entry_id: int) -> GlossaryEntry:
        """Returns what it was. Raises `Refused("not_found")`."""
        async with self._writing:
            entries = dict(await self._all())
            removed = entries.pop(entry_id, None)
            if removed is None:
                raise Refused("not_found")
            await self._book.change([], [], [entry_id])
            await self._changed(entries)
        return removed

    async def preview(self, content: bytes, mode: Mode) -> Plan:
        """What a file would change. Raises `TableRefused` and `EntryRefused`, as `glossary_csv.plan`."""
        return await asyncio.to_thread(plan, list((await self._all()).values()), content, mode)

    async def take(self, content: bytes, mode: Mode, version: str) -> Plan:
        """Does what `preview` said, all of it or nothing; rows that were refused are left out.

        Raises `Refused("changed_meanwhile")` when the glossary is not the one that was looked at.
        """
        async with self._writing:
            entries = await self._all()
            if version != self.version:
                raise Refused("changed_meanwhile")
            found = await asyncio.to_thread(plan, list(entries.values()), content, mode)
            removed = [entry.id for entry in found.removed]
            changed = [change.after for change in found.changed]
            new = [change.after for change in found.added]
            ids = await self._book.change(new, changed, removed)
            await self._changed(await asyncio.to_thread(_after, entries, changed, removed, new, ids))
        return found

    async def export(self) -> bytes:
        return await asyncio.to_thread(to_csv, list((await self._all()).values()))

    async def _all(self) -> Mapping[int, GlossaryEntry]:
        if self._entries is None:
            await self._read()
        assert self._entries is not None
        return self._entries

    async def _read(self) -> None:
        entries = {entry.id: entry for entry in await self._book.entries()}
        ready = await asyncio.to_thread(_made_ready, list(entries.values()))
        # Somebody else may have read them meanwhile, and changed them since.
        if self._entries is None:
            self._entries, self._ready = entries, ready

    async def _changed(self, entries: dict[int, GlossaryEntry]) -> None:
        ready = await asyncio.to_thread(_made_ready, list(entries.values()))
        self._entries, self._ready = entries, ready
        self._version += 1


def _after(
    entries: Mapping[int, GlossaryEntry],
    changed: Sequence[GlossaryEntry],
    removed: Sequence[int],
    new: Sequence[GlossaryEntry],
    ids: Sequence[int],
) -> dict[int, GlossaryEntry]:
    gone = set(removed)
    kept = {number: entry for number, entry in entries.items() if number not in gone}
    kept |= {entry.id: entry for entry in changed}
    return kept | {number: replace(entry, id=number) for number, entry in zip(ids, new, strict=True)}


def _made_ready(entries: Sequence[GlossaryEntry]) -> Glossary:
    ready = Glossary(Term(entry.wordings, entry.keep) for entry in entries)
    ready.prepare()
    return ready


def _arranged(
    entries: Sequence[GlossaryEntry], search: str, sort: str, descending: bool
) -> list[GlossaryEntry]:
    wanted = _plain(search)
    found = [
        entry for entry in entries if not wanted or any(wanted in _plain(text) for text in _texts(entry))
    ]
    if not sort:
        return sorted(found, key=lambda entry: entry.id, reverse=not descending)
    filled = [entry for entry in found if _column(entry, sort)]
    empty = [entry for entry in found if not _column(entry, sort)]
    return sorted(filled, key=lambda entry: _plain(_column(entry, sort)), reverse=descending) + empty


def _texts(entry: GlossaryEntry) -> list[str]:
    wordings = [wording for wordings in entry.wordings.values() for wording in wordings]
    return [text for text in (entry.keep, entry.note, *wordings) if text]


def _column(entry: GlossaryEntry, name: str) -> str:
    if name == "keep":
        return entry.keep or ""
    if name == "note":
        return entry.note or ""
    return (entry.wordings.get(name) or ("",))[0]


def _plain(text: str) -> str:
    """For searching and sorting: without case, accents and half-spaces; a dotless i is an i."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
