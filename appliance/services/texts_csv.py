"""All texts as a table, for translators elsewhere: what a file says, and what taking it in would change.

    text,locale,wording,draft
    greeting,en,Welcome to {workspace}!,
    canned/order,lt,Gal galėtumėte parašyti užsakymo numerį?,yes

A row without a wording says nothing, so languages that are missing can stand in an export to be filled in.
Nothing is removed by a file, and no text is added. `draft` (else everything is approved) may be missing.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from appliance.domain.refusal import Refused
from appliance.domain.texts import MOST_LOCALES, PURPOSES, checked_locale, checked_wording
from appliance.services.csv_tables import Row, read_table, write_table
from appliance.services.region_json import MOST_TEXTS
from appliance.services.text_desk import DeskText

COLUMNS = ("text", "locale", "wording", "draft")
REQUIRED = COLUMNS[:3]
_YES = frozenset({"yes", "1", "true"})
_NO = frozenset({"", "no", "0", "false"})


class TextRowRefused(Exception):
    """A row, or a file's header, that can't be. `code` is a key of `appliance.web.texts_words.PROBLEMS`, or
    of `appliance.errors.TABLE`; `column` is where; `params` fill the wording."""

    def __init__(self, code: str, column: str, **params: str | int) -> None:
        super().__init__(f"{code} ({column})")
        self.code = code
        self.column = column
        self.params = params


@dataclass(frozen=True, slots=True)
class TextProblem:
    line: int
    code: str
    column: str
    params: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class NewWording:
    """`line` is where the file has it; `before`: what there is now, None: nothing."""

    line: int
    desk: DeskText
    locale: str
    said: str
    draft: bool
    before: str | None


@dataclass(slots=True)
class TextPlan:
    """What taking a file in would do."""

    added: list[NewWording] = field(default_factory=list)
    changed: list[NewWording] = field(default_factory=list)
    unchanged: int = 0
    refused: list[TextProblem] = field(default_factory=list)


def name_of(desk: DeskText) -> str:
    """What a text is called in a file."""
    return f"canned/{desk.text.shortcut}" if desk.text.kind == "canned" else desk.text.id


def version_of(desks: Iterable[DeskText]) -> str:
    """Changes whenever any text does."""
    said = repr([(one.text.id, one.text.version, sorted(one.text.wordings.items())) for one in desks])
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def to_csv(desks: Iterable[DeskText], locales: Sequence[str]) -> bytes:
    """With an empty row for each of `locales` that a text lacks."""
    return write_table(_rows(desks, locales))


def _rows(desks: Iterable[DeskText], locales: Sequence[str]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    for desk in desks:
        for locale in dict.fromkeys([*desk.text.wordings, *locales]):
            wording = desk.text.wordings.get(locale)
            draft = "yes" if wording is not None and wording.draft else ""
            yield (name_of(desk), locale, "" if wording is None else wording.text, draft)


def plan(desks: Sequence[DeskText], content: bytes) -> TextPlan:
    """What a file would do to what there is. Raises `TableRefused` and, for a header that can't be,
    `TextRowRefused` (`no_texts_header`, `unknown_column`)."""
    rows = read_table(content)
    planning = _Planning(desks, _columns(next(rows, None)))
    for row in rows:
        try:
            planning.take(row)
        except TextRowRefused as refused:
            problem = TextProblem(row.line, refused.code, refused.column, refused.params)
            planning.plan.refused.append(problem)
    return planning.plan


def _columns(header: Row | None) -> list[str]:
    names = [name.strip().lower() for name in header.cells] if header is not None else []
    if not set(REQUIRED) <= set(names):
        raise TextRowRefused("no_texts_header", "file")
    for name in names:
        if name and (name not in COLUMNS or names.count(name) > 1):
            raise TextRowRefused("unknown_column", "file", given=name[:40])
    return names


class _Planning:
    def __init__(self, desks: Sequence[DeskText], columns: Sequence[str]) -> None:
        self.plan = TextPlan()
        self._columns = columns
        self._desks = {one.text.id: one for one in desks} | {name_of(one): one for one in desks}
        self._lines: dict[tuple[str, str], int] = {}
        self._counts = {one.text.id: len(one.text.wordings) for one in desks}

    def take(self, row: Row) -> None:
        if any(cell.strip() for cell in row.cells[len(self._columns) :]):
            raise TextRowRefused("cells", "", limit=len(self._columns))
        cells = dict(zip(self._columns, row.cells, strict=False))
        if not cells.get("wording", "").strip():
            return
        name = cells.get("text", "").strip()
        desk = self._desks.get(name)
        if desk is None:
            raise TextRowRefused("unknown_text", "text", given=name[:60])
        try:
            locale = checked_locale(cells.get("locale", "").strip())
        except Refused as refused:
            raise TextRowRefused("language", "locale", given=cells.get("locale", "")[:40]) from refused
        draft = cells.get("draft", "").strip().lower()
        if draft not in _YES | _NO:
            raise TextRowRefused("draft", "draft", given=draft[:40])
        try:
            said = checked_wording(desk.text.kind, locale, cells["wording"])
        except Refused as refused:
            raise TextRowRefused(refused.code, "wording", **refused.params) from refused
        self._place(row.line, desk, locale, said, draft in _YES)

    def _place(self, line: int, desk: DeskText, locale: str, said: str, draft: bool) -> None:
        text = desk.text
        first = self._lines.get((text.id, locale))
        if first is not None:
            raise TextRowRefused("duplicate_text", "text", line=first)
        before = text.wordings.get(locale)
        if before is not None and before.text == said and before.draft == draft:
            self.plan.unchanged += 1
        elif before is not None and not before.draft and draft:
            raise TextRowRefused("approved_already", "draft")
        else:
            limit = MOST_TEXTS if PURPOSES[text.kind].of_region else MOST_LOCALES
            if before is None and self._counts[text.id] >= limit:
                raise TextRowRefused("too_many_texts", "locale", limit=limit)
            self._counts[text.id] += before is None
            new = NewWording(line, desk, locale, said, draft, None if before is None else before.text)
            (self.plan.added if before is None else self.plan.changed).append(new)
        self._lines[text.id, locale] = line
