"""XLSX and ODS workbooks: looked through first, then read by python-calamine."""

import tempfile
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook

from performance.returns.files.sheet import FileFormat, Sheet
from performance.returns.files.workbooks.checked_copy import CheckedCopy
from performance.returns.files.workbooks.grid_findings import found_in_grid
from performance.returns.files.workbooks.looked_through import LookedThrough, besides
from performance.returns.files.workbooks.ods import look_through_ods
from performance.returns.files.workbooks.workbook_rows import WorkbookRows, is_readable
from performance.returns.files.workbooks.xlsx import look_through_xlsx
from performance.returns.files.workbooks.zipped import opened

LOOK_THROUGH = {FileFormat.XLSX: look_through_xlsx, FileFormat.ODS: look_through_ods}


def read_workbook(path: Path, name: str, file_format: FileFormat) -> Sheet:
    """name: of the file as it was sent. Raises CannotRead."""
    looked, cells = _opened(path, name, file_format)
    rows = WorkbookRows(cells, looked.grid, name)
    with besides(looked.found):
        header = rows.header()
        rows.check()
        found = [*looked.found, *found_in_grid(looked.grid, header), *rows.unnamed_columns(header)]
    return Sheet(file_format, looked.sheet, header.names, header.row, partial(rows.blocks, header), found)


def _opened(path: Path, name: str, file_format: FileFormat) -> tuple[LookedThrough, CalamineSheet]:
    """The cells are in memory, and need the file no longer."""
    with tempfile.TemporaryDirectory() as directory:
        checked = Path(directory) / f"checked.{file_format}"
        with opened(path, name) as sent, ZipFile(checked, "w") as copy:
            looked = LOOK_THROUGH[file_format](CheckedCopy(sent, name, copy))
        with besides(looked.found), is_readable(name), CalamineWorkbook.from_path(checked) as workbook:
            return looked, workbook.get_sheet_by_name(looked.sheet)
