"""A workbook to write findings into: the one that was sent, or a copy of the cells of another file."""

import re
import warnings
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from performance.exports.workbook import write_header, write_text
from performance.returns.files import FileFormat, Sheet
from performance.returns.files.workbooks.xml_events import Attributes, UnsoundXml, XmlEvents

# More lines than a person mends by hand; a workbook of them is slow to open.
MOST_LINES = 5_000
# Unpacked. What is larger, with so few lines, has much besides them.
MOST_BYTES = 25_000_000
# openpyxl makes each cell of a range that is merged or is a link, however many those are.
MOST_CELLS_OF_RANGES = 100_000
CHUNK = 1 << 20
A_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def sheet_to_mark(path: Path, sheet: Sheet) -> Worksheet | None:
    """The sheet in its workbook, for which openpyxl has no name of its own: `.parent`. None where the
    file has too many lines."""
    return _opened(path, sheet) or _copied(sheet)


def cells_of(page: Worksheet) -> list[Cell]:
    """Those that there are. Asked for its rows, openpyxl makes all cells up to the furthest one."""
    return list(page._cells.values())


def _opened(path: Path, sheet: Sheet) -> Worksheet | None:
    """The sheet of an XLSX file as it was sent, without its macros and links. None where the file
    is of another format, or openpyxl, which is particular, doesn't open it."""
    if sheet.format != FileFormat.XLSX or not _is_harmless(path):
        return None
    try:
        with warnings.catch_warnings():
            # Of parts that are left out, which is what is wanted.
            warnings.simplefilter("ignore")
            workbook = load_workbook(path, keep_vba=False, keep_links=False)
        page = workbook[sheet.name]
    # Whatever is odd in a workbook that could be read otherwise: its cells can still be copied.
    except Exception:
        return None
    for each in workbook.worksheets:
        _keep_formulas_as_text(each)
    # Nothing can be written in a cell that is merged into another.
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(merged.coord)
    return page


def _keep_formulas_as_text(page: Worksheet) -> None:
    for cell in cells_of(page):
        if cell.data_type == "f":
            # Of a range of cells the formula is an object, which has it as `text`.
            write_text(cell, str(getattr(cell.value, "text", cell.value)))


def _copied(sheet: Sheet) -> Worksheet | None:
    """The cells as read, each in its row. None where there are too many lines."""
    page = Workbook().active
    page.title = "Return"
    write_header(page, sheet.header_row, sheet.header)
    lines = 0
    for block in sheet.blocks():
        lines += len(block.numbers)
        if lines > MOST_LINES:
            return None
        for number, cells in zip(block.numbers, block.cells, strict=True):
            for column, text in enumerate(cells, start=1):
                _write(page.cell(number, column), text)
    return page


def _write(cell: Cell, text: str) -> None:
    """A number where that is the same text again: not 007, 69.20 or 16 digits."""
    if A_NUMBER.fullmatch(text) and text != "-0" and f"{float(text):.15g}" == text:
        cell.value = float(text) if "." in text else int(text)
    else:
        write_text(cell, text)


def _is_harmless(path: Path) -> bool:
    """Whether openpyxl can hold an XLSX file in little memory. It was read as a return already, so
    it is a sound zip."""
    with ZipFile(path) as zipped:
        if sum(part.file_size for part in zipped.infolist()) > MOST_BYTES:
            return False
        names = [name for name in zipped.namelist() if name.casefold().endswith((".xml", ".rels"))]
        return all(_makes_few_cells(zipped, name) for name in names)


def _makes_few_cells(zipped: ZipFile, name: str) -> bool:
    ranges = _Ranges()
    try:
        with zipped.open(name) as part:
            ranges.read(iter(lambda: part.read(CHUNK), b""))
    except UnsoundXml:
        return False
    return ranges.cells <= MOST_CELLS_OF_RANGES


class _Ranges(XmlEvents):
    """cells: how many there are in the ranges of a part."""

    def __init__(self) -> None:
        super().__init__({"mergeCell": self._add, "hyperlink": self._add, "Relationship": self._check})
        self.cells = 0

    def _add(self, attributes: Attributes) -> None:
        try:
            left, top, right, bottom = range_boundaries(attributes.get("ref", ""))
            self.cells += (right - left + 1) * (bottom - top + 1)
        except (TypeError, ValueError) as failure:
            raise UnsoundXml("a range of it is none") from failure

    def _check(self, attributes: Attributes) -> None:
        """A sheet by another name would go unseen."""
        if attributes.get("Type", "").endswith("/worksheet") and not attributes["Target"].endswith(".xml"):
            raise UnsoundXml("a sheet of it isn't called XML")
