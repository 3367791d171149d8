"""The workbook that was sent, with what was found in it beside the cells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from performance.exports.sent_workbook import MOST_LINES, cells_of, sheet_to_mark
from performance.exports.workbook import (
    DASHBOARD,
    WRAPPED,
    content_of,
    set_up_print,
    stored_text,
    write_header,
    write_text,
)
from performance.models import Finding, Severity
from performance.returns.files import Sheet
from performance.returns.found import Found

AnyFinding = Found | Finding

# The reader of returns knows both names, and passes over what stands there.
SHEET = "Findings"
COLUMN = "findings"
AUTHOR = f"{DASHBOARD}: checks"
FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="F6D7D2"),
    Severity.WARNING: PatternFill("solid", start_color="FFF7BF"),
}
BLACK = "00000000"
COMMENT_WIDTH, COMMENT_LINE, CHARACTERS_A_LINE = 360, 18, 50
WIDTHS = {"row": 8, "column": 28, "severity": 12, "sentence": 100}


def can_annotate(upload_format: str, lines: int) -> bool:
    """Whether a file that was sent could be read as a table (otherwise it has no format), and is
    short enough to be mended by hand."""
    return bool(upload_format) and lines <= MOST_LINES


def annotated_workbook(path: Path, sheet: Sheet, findings: Iterable[AnyFinding]) -> bytes | None:
    """An XLSX workbook: each cell in which something was found is filled and has a comment; the
    column `findings` has all that was found in its row, the sheet Findings all that was found.

    An XLSX file keeps its look, its lists and its protection; its cells are merged no more, and a
    formula is a text. Of other files it is a copy of the cells. None where the file is too long.
    path: of the file that `sheet` was read from.
    """
    page = sheet_to_mark(path, sheet)
    if page is None:
        return None
    findings = list(findings)
    _mark(page, sheet, findings)
    _list_all(page.parent, findings)
    return content_of(page.parent)


def _mark(page: Worksheet, sheet: Sheet, findings: Sequence[AnyFinding]) -> None:
    header = _header(page, sheet.header_row)
    columns = _columns(header, sheet)
    last = _column_for_findings(page, header)
    _clear_marks(page, sheet.header_row, last)
    write_text(page.cell(sheet.header_row, last), COLUMN)
    page.column_dimensions[get_column_letter(last)].width = WIDTHS["sentence"]
    by_cell, by_row = defaultdict(list), defaultdict(list)
    for finding in findings:
        row = finding.row or sheet.header_row
        by_row[row].append(finding)
        if finding.column in columns:
            by_cell[row, columns[finding.column]].append(finding)
    for (row, column), found in by_cell.items():
        _mark_cell(page.cell(row, column), found)
    # Of what stands in the header, or nowhere, the sheet of all findings tells.
    by_row.pop(sheet.header_row, None)
    for row, found in by_row.items():
        _tell(page.cell(row, last), found)


def _header(page: Worksheet, row: int) -> dict[int, str]:
    """The names in a row, by column."""
    texts = {cell.column: str(cell.value or "").strip() for cell in cells_of(page) if cell.row == row}
    return {column: text for column, text in texts.items() if text}


def _columns(header: dict[int, str], sheet: Sheet) -> dict[str, int]:
    """The column of each name in the sheet's header. header: by column, as the page has it; a sheet
    may begin in another column than the first."""
    places = {name: place for place, name in enumerate(sheet.header) if name}
    first = min(header, default=1) - min(places.values(), default=0)
    return {name: first + place for name, place in places.items()}


def _column_for_findings(page: Worksheet, header: dict[int, str]) -> int:
    """The one that it was before, in a workbook sent again; otherwise beyond all that there is."""
    before = [column for column, name in header.items() if name.casefold() == COLUMN]
    filled = [cell.column for cell in cells_of(page) if cell.value is not None]
    return before[0] if before else max(filled, default=0) + 1


def _clear_marks(page: Worksheet, header_row: int, last: int) -> None:
    """Those of the time before."""
    for cell in cells_of(page):
        is_told = cell.column == last and cell.row > header_row
        if is_told:
            cell.value = None
        if is_told or (cell.comment and cell.comment.author == AUTHOR):
            cell.comment, cell.fill = None, PatternFill()


def _mark_cell(cell: Cell, found: Sequence[AnyFinding]) -> None:
    text = "\n".join(f"{Severity(finding.severity).label}: {finding.sentence}" for finding in found)
    if cell.comment:
        text = f"{text}\n\n{cell.comment.text}"
    lines = sum(1 + len(line) // CHARACTERS_A_LINE for line in text.splitlines())
    height = COMMENT_LINE * (lines + 1)
    cell.comment = Comment(stored_text(text), AUTHOR, height=height, width=COMMENT_WIDTH)
    font = copy(cell.font)
    # Headers may be light on dark.
    font.color = BLACK
    cell.font, cell.fill = font, _fill(found)


def _tell(cell: Cell, found: Sequence[AnyFinding]) -> None:
    write_text(cell, "\n".join(_told(finding) for finding in found))
    cell.fill, cell.alignment = _fill(found), WRAPPED


def _told(finding: AnyFinding) -> str:
    """As it prints, where no comment shows and no colour may."""
    where = f" in {finding.column}" if finding.column else ""
    return f"{Severity(finding.severity).label}{where}: {finding.sentence}"


def _fill(found: Sequence[AnyFinding]) -> PatternFill:
    is_error = any(finding.severity == Severity.ERROR for finding in found)
    return FILLS[Severity.ERROR if is_error else Severity.WARNING]


def _list_all(workbook: Workbook, findings: Sequence[AnyFinding]) -> None:
    for before in [page for page in workbook.worksheets if page.title.casefold() == SHEET.casefold()]:
        workbook.remove(before)
    page = workbook.create_sheet(SHEET)
    write_header(page, 1, list(WIDTHS))
    page.freeze_panes = "A2"
    for column, width in zip("ABCD", WIDTHS.values(), strict=True):
        page.column_dimensions[column].width = width
    for number, finding in enumerate(findings, start=2):
        page.cell(number, 1).value = finding.row
        write_text(page.cell(number, 2), finding.column)
        write_text(page.cell(number, 3), Severity(finding.severity).label)
        write_text(page.cell(number, 4), finding.sentence)
        page.cell(number, 4).alignment = WRAPPED
    set_up_print(page, 1)
