"""What our workbooks have in common: text that stays text, and the same bytes for the same content."""

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from performance.formulas import BEGINS_A_FORMULA

DASHBOARD = "Probation performance"
A4 = 9
HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", start_color="1D70B8")
WRAPPED = Alignment(wrap_text=True, vertical="top")
# What XML can't hold, and what a reader of workbooks would take for the stand-in of such.
HAS_A_STAND_IN = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def stored_text(text: str) -> str:
    """A text as workbooks store it, with a stand-in such as _x0001_ for what XML can't hold."""
    return HAS_A_STAND_IN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def write_text(cell: Cell, text: str) -> None:
    """Writes text as text, also where a spreadsheet would run it as a formula. Empty clears."""
    cell.value = stored_text(text) or None
    if text:
        cell.data_type = "s"
        is_risky = text.startswith(BEGINS_A_FORMULA)
        # A style is dear to set, and most are right already.
        if cell.quotePrefix != is_risky:
            cell.quotePrefix = is_risky


def write_header(sheet: Worksheet, row: int, names: list[str]) -> None:
    for column, name in enumerate(names, start=1):
        cell = sheet.cell(row, column)
        write_text(cell, name)
        cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, WRAPPED


def set_up_print(sheet: Worksheet, header_row: int) -> None:
    """Landscape, as wide as a page, with the header on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"


def protect(sheet: Worksheet) -> None:
    """Against slips, so without a password. Columns and rows may still be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def content_of(workbook: Workbook) -> bytes:
    """The bytes of a workbook. Saving it openpyxl's way would put in the moment at which that is."""
    content = io.BytesIO()
    ExcelWriter(workbook, _Undated(content, "w")).save()
    return content.getvalue()


class _Undated(ZipFile):
    """An archive whose entries all bear the first date that there is for them."""

    def writestr(self, name: str, data: bytes | str) -> None:
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED
        super().writestr(entry, data)

    def write(self, path: str, name: str) -> None:
        self.writestr(name, Path(path).read_bytes())
