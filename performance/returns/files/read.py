"""From the bytes of a file to its cells."""

from pathlib import Path

from performance.returns.files.csv_cells import read_csv
from performance.returns.files.kinds import format_of
from performance.returns.files.parquet import read_parquet
from performance.returns.files.sheet import FileFormat, Sheet
from performance.returns.files.workbooks.reading import read_workbook
from performance.returns.found import CannotRead, error


def read_sheet(path: Path, said_name: str) -> Sheet:
    """The table in a file, whatever the file's name says it is. said_name: of the file as it was
    sent, for sentences alone.

    Raises CannotRead, with all that is known to be wrong, where the file holds no table or none that
    can be read. What is wrong otherwise is in the `found` of the sheet. Raises nothing else, whatever
    the bytes; nor do the sheet's blocks.
    """
    sheet = _read(path, said_name)
    has_rows = next(sheet.blocks(), None) is not None
    # Rows of another width are rows.
    if not has_rows and not any(found.code == "row-of-another-width" for found in sheet.found):
        sentence = (
            f"'{said_name}' has a header in row {sheet.header_row}, and nothing below it. Fill in the rows, "
            "and send it again."
        )
        raise CannotRead([*sheet.found, error("header-alone", sentence)])
    return sheet


def _read(path: Path, said_name: str) -> Sheet:
    file_format = format_of(path, said_name)
    if file_format == FileFormat.CSV:
        return read_csv(path, said_name)
    if file_format == FileFormat.PARQUET:
        return read_parquet(path, said_name)
    return read_workbook(path, said_name, file_format)
