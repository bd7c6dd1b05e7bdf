"""The glossary as a table: what a file says, and what taking it in would change.

    keep,note,en,pt
    Dragoman Pro,our product,,
    ,,refund | money back,reembolso

`keep` and `note` may be missing. Several wordings of a cell are separated by a bar.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from appliance.domain.glossary import GlossaryEntry
from appliance.services.csv_tables import Row, read_table, write_table
from appliance.services.glossary_entries import (
    MOST_ENTRIES,
    MOST_LANGUAGES,
    Clash,
    EntryRefused,
    Keys,
    Wordbook,
    checked_entry,
    checked_tag,
    field_of,
    keys_of,
    same_content,
)

BAR = "|"
KEEP, NOTE = "keep", "note"

Mode = Literal["merge", "replace"]
"""`merge` adds and changes; an empty cell leaves what there is. `replace` makes the glossary what the file
says."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused. `code` as in `EntryRefused`; `column` is the header's name, "" for the row."""

    line: int
    code: str
    column: str
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does. `before` is None for a new entry."""

    line: int
    before: GlossaryEntry | None
    after: GlossaryEntry


@dataclass(slots=True)
class Plan:
    """What taking a file in would do."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    removed: list[GlossaryEntry] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def to_csv(entries: Iterable[GlossaryEntry]) -> bytes:
    """All entries, a column for each language that occurs."""
    known = list(entries)
    tags = sorted({tag for entry in known for tag in entry.wordings})
    return write_table(_rows(known, tags))


def _rows(entries: Iterable[GlossaryEntry], tags: Sequence[str]) -> Iterator[list[str]]:
    yield [KEEP, NOTE, *tags]
    for entry in entries:
        cells = [f" {BAR} ".join(entry.wordings.get(tag, ())) for tag in tags]
        yield [entry.keep or "", entry.note or "", *cells]


def plan(entries: Sequence[GlossaryEntry], content: bytes, mode: Mode) -> Plan:
    """What a file would do to these entries.

    Raises `TableRefused` and, for a header that can't be, `EntryRefused` (`no_header`, `language`,
    `language_twice`, `languages`).
    """
    rows = read_table(content)
    columns = _columns(next(rows, None))
    planning = _Planning(entries, columns, mode)
    for row in rows:
        planning.take(row)
    return planning.result()


def _columns(header: Row | None) -> list[str]:
    """`keep`, `note` or a tag for each column of the file; "" for one without a name."""
    names = [name.strip() for name in header.cells] if header is not None else []
    columns = []
    for name in names:
        column = name.lower() if name.lower() in (KEEP, NOTE, "") else _tag(name, names)
        if column and column in columns:
            raise EntryRefused("language_twice", column, given=column)
        columns.append(column)
    if not set(columns) - {NOTE, ""}:
        raise EntryRefused("no_header", "file")
    if len(columns) > MOST_LANGUAGES + 2:
        raise EntryRefused("languages", "file", limit=MOST_LANGUAGES)
    return columns


def _tag(name: str, names: Sequence[str]) -> str:
    try:
        return checked_tag(name)
    except EntryRefused:
        # A file that begins with its first term has no header at all: another mistake than a misspelt tag.
        if not any(_is_column(other) for other in names):
            raise EntryRefused("no_header", "file") from None
        raise


def _is_column(name: str) -> bool:
    if name.lower() in (KEEP, NOTE):
        return True
    try:
        checked_tag(name)
    except EntryRefused:
        return False
    return True


class _Planning:
    def __init__(self, entries: Sequence[GlossaryEntry], columns: Sequence[str], mode: Mode) -> None:
        self._stored = {entry.id: entry for entry in entries}
        self._columns = columns
        self._mode = mode
        self._before = Wordbook(entries)
        # As the glossary is with the rows so far. A new entry has the negative number of its line for an id.
        self._after = self._before.copy() if mode == "merge" else Wordbook(())
        self._lines: dict[int, int] = {}
        self._size = len(entries) if mode == "merge" else 0
        self._plan = Plan()

    def take(self, row: Row) -> None:
        try:
            self._take(row.line, self._entry(row))
        except EntryRefused as refused:
            self._plan.refused.append(Problem(row.line, refused.code, refused.field, refused.params))

    def result(self) -> Plan:
        if self._mode == "replace":
            self._plan.removed = [entry for entry in self._stored.values() if entry.id not in self._lines]
        return self._plan

    def _entry(self, row: Row) -> GlossaryEntry:
        if any(cell.strip() for cell in row.cells[len(self._columns) :]):
            raise EntryRefused("cells", "", limit=len(self._columns))
        keep = note = ""
        wordings: dict[str, list[str]] = {}
        for column, cell in zip(self._columns, row.cells, strict=False):
            if column == KEEP:
                keep = cell
            elif column == NOTE:
                note = cell
            elif column:
                wordings[column] = cell.split(BAR)
            elif cell.strip():
                raise EntryRefused("unnamed", "")
        return checked_entry(keep, wordings, note)

    def _take(self, line: int, entry: GlossaryEntry) -> None:
        keys = keys_of(entry)
        for clash in self._after.clashes(entry, keys):
            if clash.other in self._lines or self._mode == "replace":
                raise self._refusal(entry, clash)
        known = self._known(entry, keys)
        if known is None:
            if self._size >= MOST_ENTRIES:
                raise EntryRefused("limit", "", limit=MOST_ENTRIES)
            self._size += 1
            added = replace(entry, id=-line)
            self._lines[added.id] = line
            self._after.add(added, keys)
            self._plan.added.append(Change(line, None, added))
            return
        after = self._merged(known, entry)
        self._lines[known.id] = line
        self._after.remove(known)
        self._after.add(after)
        if self._mode == "replace":
            self._size += 1
        if same_content(known, after):
            self._plan.unchanged += 1
        else:
            self._plan.changed.append(Change(line, known, after))

    def _known(self, entry: GlossaryEntry, keys: Keys) -> GlossaryEntry | None:
        """The stored entry that a row is about."""
        if self._mode == "replace":
            before = self._before.clashes(entry, keys)
            free = [clash.other for clash in before if clash.other not in self._lines]
            return self._stored[free[0]] if free else None
        # What rows before have changed was a reason to refuse this one.
        clashes = self._after.clashes(entry, keys)
        for clash in clashes:
            stored = self._stored[clash.other]
            if (stored.keep is None) != (entry.keep is None):
                raise EntryRefused("kept_stored", field_of(entry, clash.wording), wording=clash.wording)
        others = {clash.other for clash in clashes}
        if len(others) > 1:
            raise EntryRefused("two_entries", "", wording=clashes[0].wording, other=clashes[-1].wording)
        return self._stored[others.pop()] if others else None

    def _merged(self, known: GlossaryEntry, entry: GlossaryEntry) -> GlossaryEntry:
        if self._mode == "replace":
            return replace(entry, id=known.id)
        wordings = dict(sorted({**known.wordings, **entry.wordings}.items()))
        if len(wordings) > MOST_LANGUAGES:
            raise EntryRefused("languages", "", limit=MOST_LANGUAGES)
        return GlossaryEntry(known.id, entry.keep, wordings, entry.note or known.note)

    def _refusal(self, entry: GlossaryEntry, clash: Clash) -> EntryRefused:
        line = self._lines.get(clash.other, 0)
        code = "kept_above" if clash.kept else "duplicate"
        return EntryRefused(code, field_of(entry, clash.wording), wording=clash.wording, line=line)
