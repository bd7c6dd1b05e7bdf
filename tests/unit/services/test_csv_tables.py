"""Tables as spreadsheets write them, and what is said about files that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.services.csv_tables import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_ROWS,
    Row,
    TableRefused,
    read_table,
    write_table,
)

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        b"a,b\r\n1,2\r\n",
        b"a,b\r1,2\r",
        BOM + b"a,b\n1,2",
        b"a;b\n1;2\n",
        b"a\tb\n1\t2\n",
        b"sep=;\r\na;b\r\n1;2\r\n",
        b'"a";"b"\n"1";"2"\n',
        b"a,b\n\n , \n1,2\n",
    ],
)
def test_what_a_spreadsheet_writes_is_read(content: bytes) -> None:
    assert [list(row.cells) for row in read_table(content)] == [["a", "b"], ["1", "2"]]


def test_a_row_knows_the_line_it_begins_on() -> None:
    content = b'a,b\n"one\ntwo",x\n\nlast,y\n'
    assert list(read_table(content)) == [Row(1, ["a", "b"]), Row(2, ["one\ntwo", "x"]), Row(5, ["last", "y"])]
    assert [row.line for row in read_table(b"sep=;\na;b\nc;d\n")] == [2, 3]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty", None),
        (BOM + b" \r\n", "empty", None),
        ("keep,en\nx,y\n".encode("utf-16"), "utf16", None),
        ("keep,en\nx,y\n".encode("utf-16-le"), "utf16", None),
        ("keep,en\nžodis,y\n".encode("cp1257"), "encoding", 2),
        (b'a,b\n1,"2\n3,4\n', "unclosed", 2),
        (b'a,b\n1,"2"3\n', "unclosed", 2),
        (b"a,b\n1,2\n3," + b"x" * (LONGEST_CELL + 1), "cell", 3),
        (b"a,b\n3," + b"x" * 200_000, "cell", 2),
        (b"x" * (MOST_BYTES + 1), "too_large", None),
        (b"a,b\n" + b"1,\n" * (MOST_ROWS + 1), "rows", None),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason_and_the_line(
    content: bytes, code: str, line: int | None
) -> None:
    with pytest.raises(TableRefused) as refused:
        list(read_table(content))
    assert (refused.value.code, refused.value.line) == (code, line)


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-5", "@handle", "\tx", "＝1", "\n=1", "'=x", "''-x"])
def test_no_cell_is_a_formula_and_none_is_changed_by_that(cell: str) -> None:
    content = write_table([["head"], [cell]])
    assert f"'{cell}" in content.decode("utf-8")
    assert [list(row.cells) for row in read_table(content)] == [["head"], [cell]]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
ROWS = st.lists(
    st.lists(CELLS, min_size=3, max_size=3).filter(lambda row: any(map(str.strip, row))), max_size=8
)


@given(ROWS)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    header = ["one", "two", "three"]
    assert [list(row.cells) for row in read_table(write_table([header, *rows]))] == [header, *rows]
