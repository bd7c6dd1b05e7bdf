"""The memory as a table: what a file says, and what taking it in would change.

    verdict,source,target,text,translation,at
    approved,en,pt,Where is order {code}?,Onde está o pedido {code}?,2026-11-21T09:30:00+00:00

`verdict` (else everything is approved) and `at` (else now) may be missing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from appliance.domain.languages import same_language
from appliance.domain.memory import Judgement, Verdict
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text
from appliance.services.csv_tables import Row, read_table, write_table
from appliance.services.glossary_entries import EntryRefused, checked_tag
from appliance.services.memory_texts import LONGEST, template

COLUMNS = ("verdict", "source", "target", "text", "translation", "at")
REQUIRED = ("source", "target", "text", "translation")
VERDICTS: tuple[Verdict, ...] = ("approved", "rejected")


class RowRefused(Exception):
    """A judgement, or a file's header, that can't be. `code` is a key of `appliance.web.table_words`;
    `field` is a column; `params` fill the wording."""

    def __init__(self, code: str, field: str, **params: str | int) -> None:
        super().__init__(f"{code} ({field})")
        self.code = code
        self.field = field
        self.params = params


@dataclass(frozen=True, slots=True)
class MemoryProblem:
    line: int
    code: str
    column: str
    params: dict[str, str | int]


@dataclass(slots=True)
class MemoryPlan:
    """What taking a file in would do. `replaced` is what `changed` takes the place of."""

    added: list[Judgement] = field(default_factory=list)
    changed: list[Judgement] = field(default_factory=list)
    replaced: list[Judgement] = field(default_factory=list)
    unchanged: int = 0
    refused: list[MemoryProblem] = field(default_factory=list)


def to_csv(judgements: Iterable[Judgement]) -> bytes:
    return write_table(_rows(judgements))


def _rows(judgements: Iterable[Judgement]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    for known in judgements:
        at = known.at.astimezone(UTC).isoformat()
        yield (known.verdict, known.source, known.target, known.text, known.translation, at)


def checked_judgement(
    verdict: str, source: str, target: str, text: str, translation: str, by: str | None, at: datetime
) -> Judgement:
    """A judgement made safe to store. Raises RowRefused."""
    if verdict not in VERDICTS:
        raise RowRefused("verdict", "verdict", given=verdict[:20])
    tags = []
    for name, code in (("source", source), ("target", target)):
        try:
            tags.append(checked_tag(code))
        except EntryRefused as refused:
            raise RowRefused("language", name, **refused.params) from refused
    if same_language(*tags):
        raise RowRefused("same_language", "target")
    cleaned = []
    for name, raw, limit in (("text", text, LONGEST), ("translation", translation, 2 * LONGEST)):
        try:
            cleaned.append(clean_text(raw, limit))
        except Refused as refusal:
            code = "long_text" if refusal.code == "text_too_long" else "no_text"
            raise RowRefused(code, name, limit=limit) from refusal
    found = template(verdict, tags[0], tags[1], cleaned[0], cleaned[1], by, at)
    if found is None:
        raise RowRefused("slots", "translation")
    return found


def plan(known: Sequence[Judgement], content: bytes, now: datetime, most: int) -> MemoryPlan:
    """What a file would do to what is known. Raises `TableRefused` and, for a header that can't be,
    `RowRefused` (`no_memory_header`, `unknown_column`)."""
    rows = read_table(content)
    columns = _columns(next(rows, None))
    planning = _Planning(known, columns, now, most)
    for row in rows:
        try:
            planning.take(row)
        except RowRefused as refused:
            planning.plan.refused.append(MemoryProblem(row.line, refused.code, refused.field, refused.params))
    return planning.plan


def _columns(header: Row | None) -> list[str]:
    names = [name.strip().lower() for name in header.cells] if header is not None else []
    if not set(REQUIRED) <= set(names):
        raise RowRefused("no_memory_header", "file")
    for name in names:
        if name and (name not in COLUMNS or names.count(name) > 1):
            raise RowRefused("unknown_column", "file", given=name[:40])
    return names


class _Planning:
    def __init__(self, known: Sequence[Judgement], columns: Sequence[str], now: datetime, most: int) -> None:
        self.plan = MemoryPlan()
        self._columns = columns
        self._now = now
        self._room = most - len(known)
        self._known = {_key(judgement): judgement for judgement in known}
        self._lines: dict[tuple[str, ...], int] = {}

    def take(self, row: Row) -> None:
        if any(cell.strip() for cell in row.cells[len(self._columns) :]):
            raise RowRefused("cells", "", limit=len(self._columns))
        cells = dict(zip(self._columns, row.cells, strict=False))
        new = checked_judgement(
            cells.get("verdict", "").strip().lower() or "approved",
            cells.get("source", ""),
            cells.get("target", ""),
            cells.get("text", ""),
            cells.get("translation", ""),
            None,
            self._at(cells.get("at", "").strip()),
        )
        key = _key(new)
        if key in self._lines:
            raise RowRefused("duplicate_text", "text", line=self._lines[key])
        old = self._known.get(key)
        if old is None and self._room < 1:
            raise RowRefused("memory_full", "")
        self._lines[key] = row.line
        if old is None:
            self._room -= 1
            self.plan.added.append(new)
        elif old.translation == new.translation:
            self.plan.unchanged += 1
        else:
            self.plan.changed.append(new)
            self.plan.replaced.append(old)

    def _at(self, given: str) -> datetime:
        if not given:
            return self._now
        try:
            at = datetime.fromisoformat(given)
        except ValueError as error:
            raise RowRefused("instant", "at", given=given[:40]) from error
        # What is said to be of tomorrow would outdo whatever is said until then.
        return min(at if at.tzinfo else at.replace(tzinfo=UTC), self._now)


def _key(judgement: Judgement) -> tuple[str, ...]:
    """What there is one judgement for: a text has one approved wording, but may have many rejected ones."""
    wording = judgement.translation if judgement.verdict == "rejected" else ""
    return (judgement.verdict, judgement.source, judgement.target, judgement.text, wording)
