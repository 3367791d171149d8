"""Sheets as XLSX, row by row, so that memory doesn't grow with the table."""

import math
import tempfile
from collections.abc import Sequence
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from performance.exports.sheets import Head, Sheet, sheets_of
from performance.exports.table_file import ReleaseFile

FONT = {"font_name": "Arial", "font_size": 12, "valign": "top"}
LOOKS: dict[str, dict[str, Any]] = {
    "long": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "text_wrap": True, "bottom": 1},
    "date": {"num_format": "d mmmm yyyy", "align": "left"},
    "integer": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.0###"},
    "link": {"font_color": "#0563C1", "underline": 1},
}
Looks = dict[str, Format]
A4 = 9
# In points, of a line of text.
LINE_HEIGHT = 16
# Cells without a look of their own have that of the workbook: most do, and each look takes time.
OPTIONS = {"constant_memory": True, "strings_to_urls": False, "default_format_properties": FONT}


def xlsx_file(file: ReleaseFile) -> IO[bytes]:
    """The open file, which is gone when it is closed. Raises TooLong."""
    sheets = sheets_of(file)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with Workbook(target, OPTIONS) as workbook:
        # With the moment of its making each would be another file of the same figures.
        made = file.release.built_at.replace(tzinfo=None)
        workbook.set_properties({"title": sheets[0].title, "created": made})
        looks = {name: workbook.add_format(FONT | look) for name, look in LOOKS.items()}
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name), sheet, looks)
    target.seek(0)
    return target


def _write(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    for column, head in enumerate(sheet.heads):
        page.set_column(column, column, head.width)
    page.write_string(0, 0, sheet.title, looks["title"])
    for row, line in enumerate(sheet.lines, start=1):
        page.write_string(row, 0, line)
    first = len(sheet.lines) + 1
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(first)
    _mark_up(page, sheet, first)
    for column, head in enumerate(sheet.heads):
        page.write_string(first, column, head.text, looks["head"])
    write_row = _writer(page, sheet.heads, looks)
    are_long = any(head.is_long for head in sheet.heads)
    for number, values in enumerate(sheet.rows, start=first + 1):
        if are_long:
            page.set_row(number, LINE_HEIGHT * _lines(values, sheet.heads))
        write_row(number, values)
        if sheet.leads_to:
            page.write_url(number, 0, f"internal:'{values[0]}'!A1", looks["link"], values[0])


def _lines(values: Sequence[Any], heads: Sequence[Head]) -> int:
    """How many the longest of these texts takes: not every program finds out by itself."""
    return max(math.ceil(len(str(value)) / head.width) for value, head in zip(values, heads, strict=True))


def _mark_up(page: Worksheet, sheet: Sheet, first: int) -> None:
    """Says that these cells are a table, for readers who don't see it. XlsxWriter refuses that in constant
    memory, as its add_table may write in any order; without data it writes the row of heads alone, which
    comes next anyway (its issue 627). It also remembers each cell, so it is told of one row, and the table
    then ends where the rows do."""
    last_column = len(sheet.heads) - 1
    page.constant_memory = False
    page.add_table(
        first,
        0,
        first + 1,
        last_column,
        {
            "name": sheet.name,
            "style": None,
            "autofilter": False,
            "columns": [{"header": head.text} for head in sheet.heads],
        },
    )
    page.tables[-1]["range"] = xl_range(first, 0, first + max(sheet.number, 1), last_column)
    page.constant_memory = True


def _writer(page: Worksheet, heads: Sequence[Head], looks: Looks) -> Any:
    """Of rows: the type of each value, not its text, says what it is."""
    text, number = page.write_string, page.write_number
    of_texts = [looks["long"] if head.is_long else None for head in heads]
    integer, decimal, date = looks["integer"], looks["number"], looks["date"]

    def write_row(row: int, values: Sequence[Any]) -> None:
        for column, value in enumerate(values):
            if isinstance(value, str):
                text(row, column, value, of_texts[column])
            elif isinstance(value, int):
                number(row, column, value, integer)
            elif isinstance(value, float):
                number(row, column, value, decimal)
            else:
                page.write_datetime(row, column, value, date)

    return write_row
