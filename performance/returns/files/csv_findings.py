"""What is said of CSV files and their rows."""

import csv
from contextlib import suppress

from performance.returns.files.encodings import TextFile
from performance.returns.files.findings import cell_too_long
from performance.returns.found import Found, error
from performance.wording import counted

QUOTE = 'Close it or take it out; one that belongs to the text is written twice ("").'


def wrong_delimiter(found: str, header_row: int) -> Found:
    """found: what stands between the cells, such as semicolons."""
    sentence = (
        f"The cells stand between {found}, where commas are expected. Save the table as CSV with commas, or "
        "as XLSX."
    )
    return error("wrong-delimiter", sentence, row=header_row)


def row_of_another_width(row: int, cells: int, expected: int) -> Found:
    sentence = (
        f"The row has {counted(cells, 'cell')}, and the header {expected}. Add what is missing, or take out "
        "what is too much; a cell with a comma in it needs quotation marks around it."
    )
    return error("row-of-another-width", sentence, row=row)


def malformed_row(file: TextFile, reason: str) -> Found:
    """The row at which the file can't be read any further. reason: as Python's reader gives it."""
    number, last_line = 0, 0
    with file.opened() as lines:
        rows = csv.reader(lines, strict=True)
        with suppress(csv.Error):
            for _ in rows:
                number, last_line = number + 1, rows.line_num
        goes_on = rows.line_num > last_line + 1 or "end of data" in reason
    row = number + 1
    if goes_on:
        sentence = f"A quotation mark opens a cell in this row, and isn't closed in it. {QUOTE}"
        return error("open-quotation", sentence, row=row)
    if "field larger" in reason:
        return cell_too_long(row=row)
    return error(
        "quotation-mark-astray", f"Text follows a quotation mark that closes a cell. {QUOTE}", row=row
    )
