import datetime
from pathlib import Path
from typing import Annotated

import pytest

from trusts.content import Blank, ContentError, Date, OptionalFloat, TableRow, read_table

HEADER = "name,day,count,rate\n"
COLUMNS = "the columns name, day, count, rate"
A_DATE = "a date such as 2010-04-01"


class Row(TableRow):
    name: str
    day: Date
    count: Annotated[int | None, Blank]
    rate: OptionalFloat


def table(directory: Path, content: str | bytes) -> Path:
    path = directory / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def message(directory: Path, content: str | bytes) -> str:
    with pytest.raises(ContentError) as raised:
        read_table(table(directory, content), Row)
    return str(raised.value)


def test_a_table_is_read_row_by_row(tmp_path):
    (located,) = read_table(table(tmp_path, HEADER + '"A, B",2010-04-01,3,4.5\n'), Row)

    assert (located.file, located.number) == ("table.csv", 2)
    assert located.row == Row(name="A, B", day=datetime.date(2010, 4, 1), count=3, rate=4.5)


def test_an_empty_cell_is_no_number(tmp_path):
    (located,) = read_table(table(tmp_path, HEADER + "A,2010-04-01,,\n"), Row)

    assert (located.row.count, located.row.rate) == (None, None)


def test_zero_is_a_number(tmp_path):
    (located,) = read_table(table(tmp_path, HEADER + "A,2010-04-01,0,0\n"), Row)

    assert (located.row.count, located.row.rate) == (0, 0.0)


@pytest.mark.parametrize(
    "content",
    [
        "\N{ZERO WIDTH NO-BREAK SPACE}" + HEADER + "A,2010-04-01,,\n",
        HEADER.replace("\n", "\r\n") + "A,2010-04-01,,\r\n",
        HEADER + "A,2010-04-01,,",
        "rate,count,day,name\n,,2010-04-01,A\n",
    ],
    ids=["byte-order mark", "Windows line ends", "no last line end", "other column order"],
)
def test_what_spreadsheets_write_is_read(tmp_path, content):
    (located,) = read_table(table(tmp_path, content), Row)

    assert located.row.name == "A"


def test_rows_are_counted_as_an_editor_shows_lines(tmp_path):
    rows = read_table(table(tmp_path, HEADER + '"two\nlines",2010-04-01,,\nB,2010-04-01,,\n'), Row)

    assert rows[-1].number == 4


@pytest.mark.parametrize("separator", ["\x85", "\N{LINE SEPARATOR}"], ids=ascii)
def test_only_a_line_end_ends_a_row(tmp_path, separator):
    (located,) = read_table(table(tmp_path, f"{HEADER}A{separator}B,2010-04-01,,\n"), Row)

    assert located.row.name == f"A{separator}B"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("name,day,count,rate,colour", "unknown column colour"),
        ("name,day,count", "no column rate"),
        ("name,day,count,rates", "no column rate; unknown column rates"),
        ("name,day,count,rate,rate", "a column twice"),
        ("", "no column name, day, count, rate"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path, header, found):
    assert message(tmp_path, f"{header}\nA,2010-04-01,,\n") == (
        f"table.csv, row 1, header: found {found}; expected {COLUMNS}."
    )


@pytest.mark.parametrize(
    ("row", "cells"),
    [("A,2010-04-01,3", "3"), ("A,2010-04-01,3,4,5", "5"), ("", "0")],
    ids=["too few", "too many", "blank line"],
)
def test_a_row_of_another_width_is_refused(tmp_path, row, cells):
    assert message(tmp_path, f"{HEADER}{row}\nB,2010-04-01,,\n") == (
        f"table.csv, row 2, whole row: found {cells} cells; expected 4 cells."
    )


@pytest.mark.parametrize(
    "day",
    ["", "01/04/2010", "2010-02-30", "2010-13-01", "April 2010", "20100401", "2010", "0", "1270080000"],
)
def test_a_bad_date_is_refused(tmp_path, day):
    found = f"'{day}'" if day else "an empty cell"

    assert message(tmp_path, f"{HEADER}A,{day},,\n") == (
        f"table.csv, row 2, day: found {found}; expected {A_DATE}."
    )


@pytest.mark.parametrize(
    ("column", "row", "found", "expected"),
    [
        ("count", "A,2010-04-01,many,", "'many'", "a whole number"),
        ("count", "A,2010-04-01,1.5,", "'1.5'", "a whole number"),
        ("count", 'A,2010-04-01,"1,500",', "'1,500'", "a whole number"),
        ("rate", "A,2010-04-01,,much", "'much'", "a number"),
        ("rate", 'A,2010-04-01,,"1,500"', "'1,500'", "a number"),
    ],
)
def test_a_bad_number_is_refused(tmp_path, column, row, found, expected):
    assert message(tmp_path, f"{HEADER}{row}\n") == (
        f"table.csv, row 2, {column}: found {found}; expected {expected}."
    )


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"], ids=["no bytes", "byte-order mark alone"])
def test_an_empty_file_is_refused(tmp_path, content):
    assert message(tmp_path, content) == (
        "table.csv, row 1, header: found an empty file; expected a header row."
    )


def test_other_bytes_than_utf_8_are_refused(tmp_path):
    content = HEADER.encode() + b"A,2010-04-01,,\nCaf\xe9,2010-04-01,,\n"

    assert message(tmp_path, content) == (
        "table.csv, row 3, whole row: found the byte 0xe9; expected text in UTF-8."
    )


def test_a_nul_byte_is_refused(tmp_path):
    """PostgreSQL can't store one."""
    assert "table.csv, row 2" in message(tmp_path, HEADER + "A\0B,2010-04-01,,\n")


def test_an_unclosed_quote_is_refused(tmp_path):
    assert message(tmp_path, HEADER + 'A,2010-04-01,,\n"B,2010-04-01,,\n') == (
        "table.csv, row 3, whole row: found unexpected end of data; expected a well-formed CSV row."
    )


def test_text_after_a_closing_quote_is_refused(tmp_path):
    assert "table.csv, row 2, whole row" in message(tmp_path, HEADER + '"A"B,2010-04-01,,\n')


def test_all_problems_are_named_at_once(tmp_path):
    lines = message(tmp_path, HEADER + "A,never,many,much\nB,2010-04-01\nC,2010-04-01,,\nD,soon,,\n")

    assert lines.splitlines() == [
        f"table.csv, row 2, day: found 'never'; expected {A_DATE}.",
        "table.csv, row 2, count: found 'many'; expected a whole number.",
        "table.csv, row 2, rate: found 'much'; expected a number.",
        "table.csv, row 3, whole row: found 2 cells; expected 4 cells.",
        f"table.csv, row 5, day: found 'soon'; expected {A_DATE}.",
    ]
