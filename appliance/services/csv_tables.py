"""Tables as CSV files, as spreadsheets write and read them.

Read: UTF-8 with or without a byte order mark; commas, semicolons or tabs, told by the first line; any line
ends; Excel's `sep=;` line. Written: UTF-8 with a byte order mark (without one Excel takes it for the
computer's old encoding), commas, CRLF (RFC 4180).

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes off: what
a stranger wrote into a chat must not run on an admin's computer.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_BYTES = 20 * 2**20
MOST_ROWS = 200_000
"""More than any table may have here. Each may become an entry in the list of what is refused, and millions of
them would fill the memory."""
LONGEST_CELL = 20_000
"""Characters. A quote that is never closed makes one cell of the rest of a file."""

# The wide ones are formulas where people type with them.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = ",;\t"
_BOM = "\ufeff"


class TableRefused(Exception):
    """A file that can't be read as a table. `code`: `encoding`, `utf16`, `empty`, `too_large`, `rows`,
    `unclosed`, `cell`; `line` is where, if that can be told."""

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """`line`: the number of the file's line it begins on, from 1."""

    line: int
    cells: Sequence[str]


def read_table(content: bytes) -> Iterator[Row]:
    """The rows that are not blank, the header first. Raises `TableRefused`, also half-way."""
    if len(content) > MOST_BYTES:
        raise TableRefused("too_large")
    text = _decoded(content).removeprefix(_BOM)
    begun = 0
    if re.match(r"sep=[,;\t]\r?\n", text, re.IGNORECASE):
        delimiter = text[4]
        text = text[text.index("\n") + 1 :]
        begun = 1
    else:
        delimiter = _delimiter(text)
    if not text.strip():
        raise TableRefused("empty")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count = 0
    while True:
        line = begun + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableRefused("cell" if "limit" in str(error) else "unclosed", line) from error
        if cells is None:
            return
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise TableRefused("cell", line)
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MOST_ROWS + 1:
                raise TableRefused("rows")
            yield Row(line, [_plain(cell) for cell in cells])


def write_table(rows: Iterable[Sequence[str]]) -> bytes:
    """A file of these rows, the header first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    return (_BOM + out.getvalue()).encode("utf-8", "replace")


def _plain(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:1000]:
        raise TableRefused("utf16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableRefused("encoding", content.count(b"\n", 0, error.start) + 1) from error


def _delimiter(text: str) -> str:
    """What the first line has most of, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    header = _QUOTED.sub("", first)
    return max(_DELIMITERS, key=header.count)
