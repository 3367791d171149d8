"""Files of every format, good and bad, made while a test runs."""

import csv
import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb
import pytest
from openpyxl import Workbook

from performance.returns.files import read_sheet
from performance.returns.found import CannotRead, Found

# One table in values, and as the text that every format comes to.
HEADER = ["organisation", "day", "numerator", "value", "is_whole", "note"]
VALUES: list[list[Any]] = [
    ["london", datetime.date(2010, 4, 30), 45, 92.5, True, "late, as said"],
    ["kent", datetime.date(2010, 5, 31), 0, 0.1, False, 'the "new" £5'],
    ["essex", datetime.date(2010, 6, 30), 1234567, None, True, None],
]
CELLS = [
    ["london", "2010-04-30", "45", "92.5", "TRUE", "late, as said"],
    ["kent", "2010-05-31", "0", "0.1", "FALSE", 'the "new" £5'],
    ["essex", "2010-06-30", "1234567", "", "TRUE", ""],
]
# And as a query of DuckDB.
QUERY = """
    SELECT * FROM (VALUES
        ('london', DATE '2010-04-30', 45, 92.5::DOUBLE, true, 'late, as said'),
        ('kent', DATE '2010-05-31', 0, 0.1::DOUBLE, false, 'the "new" £5'),
        ('essex', DATE '2010-06-30', 1234567, NULL, true, NULL)
    ) AS sent(organisation, day, numerator, value, is_whole, note)
"""

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
PREFIXES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "style")
    },
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def saved(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path, name: str = "return.csv") -> list[Found]:
    """What is said of a file that can't be read."""
    with pytest.raises(CannotRead) as caught:
        read_sheet(path, name)
    return caught.value.found


def the_only(found: list[Found]) -> Found:
    (only,) = found
    return only


def places(found: Iterable[Found]) -> list[tuple[str, int | None, str]]:
    return [(finding.code, finding.row, finding.column) for finding in found]


def cells_of(path: Path) -> dict[int, list[str]]:
    """By row. All that can be read, whatever is found."""
    sheet = read_sheet(path, path.name)
    return {
        number: cells
        for block in sheet.blocks()
        for number, cells in zip(block.numbers, block.cells, strict=True)
    }


def csv_of(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def xlsx_of(
    rows: Iterable[Sequence[Any]], change: Callable[[Workbook], object] = lambda workbook: None
) -> bytes:
    """change: what becomes of the workbook before it is saved."""
    workbook = Workbook()
    workbook.active.title = "Return"
    for row in rows:
        workbook.active.append(row)
    change(workbook)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def xlsx_with(sheet: str, shared: str = "") -> bytes:
    """An XLSX workbook whose only sheet has this XML within `worksheet`."""
    parts = {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="main">{sheet}</worksheet>'}
    if shared:
        parts["xl/sharedStrings.xml"] = f"<sst>{shared}</sst>"
    return with_parts(xlsx_of([["a"]]), parts)


def sheet_data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def ods_of(rows: Iterable[Sequence[Any]]) -> bytes:
    return ods_with(table_of(*("".join(map(ods_cell, row)) for row in rows)))


def ods_with(tables: str, before: str = "", parts: dict[str, str] | None = None) -> bytes:
    """before: what stands in content.xml before the tables."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in PREFIXES.items())
    content = (
        f"<office:document-content {names}>{before}<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    written = {"mimetype": SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zip_of(written | (parts or {}))


def table_of(*rows: str, name: str = "Return", said: str = "") -> str:
    """rows: the cells of each. said: attributes of the table."""
    lines = "".join(row if row.startswith("<table:table-row") else ods_row(row) for row in rows)
    return f'<table:table table:name="{name}" {said}>{lines}</table:table>'


def ods_row(cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{cells}</table:table-row>"


def ods_cell(value: object, said: str = "") -> str:
    if value is None:
        return f"<table:table-cell {said}/>"
    text = str(value)
    if isinstance(value, bool):
        text = str(value).lower()
        kind = f'"boolean" office:boolean-value="{text}"'
    elif isinstance(value, datetime.date):
        kind = f'"date" office:date-value="{value}"'
    elif isinstance(value, int | float):
        kind = f'"float" office:value="{value}"'
    else:
        kind = '"string"'
    shown = f"<text:p>{escape(text)}</text:p>"
    return f"<table:table-cell office:value-type={kind} {said}>{shown}</table:table-cell>"


def parquet_of(query: str, path: Path, options: str = "") -> Path:
    """What a query of DuckDB gives."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet {options})")
    return path


def zip_of(parts: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return content.getvalue()


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


def with_parts(content: bytes, parts: dict[str, str]) -> bytes:
    """A workbook with parts that replace its own, or are added."""
    return zip_of(parts_of(content) | parts)


def claiming(content: bytes, part: str, size: int, check: int | None = None) -> bytes:
    """A zip that says of a part that it unpacks to so many bytes. check: their checksum."""
    changed = bytearray(content)
    place = changed.index(b"PK\x01\x02")
    while changed[place + 46 :][: len(part)] != part.encode():
        place = changed.index(b"PK\x01\x02", place + 1)
    changed[place + 24 : place + 28] = struct.pack("<I", size)
    if check is not None:
        changed[place + 16 : place + 20] = struct.pack("<I", check)
    return bytes(changed)
