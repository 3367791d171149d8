"""XLSX and ODS as the Government Analysis Function asks of accessible spreadsheets."""

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import IO, Any
from xml.etree import ElementTree

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from performance.exports import sheets
from performance.exports.ods_file import ods_file
from performance.exports.sheets import TooLong
from performance.exports.table_file import ReleaseFile
from performance.exports.xlsx_file import xlsx_file
from tests.factories import make_measure
from tests.performance.exports.making import file_of

Write = Callable[[ReleaseFile], IO[bytes]]
DAY = datetime.date(2012, 3, 31)
COLUMNS = ["organisation", "measure", "period_end", "is_part", "status", "numerator", "value", "note"]
ROWS = [
    ["essex", "oasys", DAY, False, "reported", 479, 69.21965317919075, "=1+1 & <b> two  spaces"],
    ["kent", "oasys", DAY, True, "suppressed", None, None, ""],
    ["wales", "oasys", DAY, False, "missing", None, None, "Not sent."],
    ["surrey", "oasys", DAY, False, "not-applicable", None, None, None],
    ["dorset", "oasys", DAY, False, "reported", 0, -0.0, "one line\nand another"],
]
CELLS = [
    ["essex", "oasys", DAY, "No", "reported", 479, 69.21965317919075, "=1+1 & <b> two  spaces"],
    ["kent", "oasys", DAY, "Yes", "suppressed", "[c]", "[c]", "[z]"],
    ["wales", "oasys", DAY, "No", "missing", "[x]", "[x]", "Not sent."],
    ["surrey", "oasys", DAY, "No", "not-applicable", "[z]", "[z]", "[z]"],
    ["dorset", "oasys", DAY, "No", "reported", 0, 0, "one line\nand another"],
]
HEADS = [
    "Organisation",
    "Measure",
    "To",
    "Part of another figure",
    "Status",
    "Numerator (cases)",
    "Value (as in unit)",
    "Note",
]
both = pytest.mark.parametrize("write", [xlsx_file, ods_file])


@pytest.fixture
def file(db) -> ReleaseFile:
    make_measure(
        code="oasys", title="Assessments in time", caveats="Counted by hand.", standing="reconstructed"
    )
    return file_of(COLUMNS, ROWS, measures=["oasys"], filters=(("region", "wales"),), methods=("attainment",))


def opened(write: Write, file: ReleaseFile) -> dict[str, list[list[Any]]]:
    """Rows of each sheet, without what pads them."""
    with write(file) as written:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(written.read()))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


@both
def test_each_cell_of_the_table_is_that_of_the_file_and_none_is_blank(write, file):
    rows = opened(write, file)["Table"]
    head = next(place for place, row in enumerate(rows) if row[0] == "Organisation")

    assert rows[head] == HEADS
    assert rows[head + 1 :] == CELLS


def test_openpyxl_reads_the_same_cells_and_finds_every_table_marked_up(file):
    with xlsx_file(file) as written:
        workbook = openpyxl.load_workbook(written)

    for page in workbook:
        (table,) = page.tables.values()
        cells = [[cell.value for cell in row] for row in page[table.ref]]
        assert None not in {cell for row in cells for cell in row}
        assert not page.merged_cells.ranges
        assert page.sheet_state == "visible"
    found = [
        [cell.value.date() if isinstance(cell.value, datetime.datetime) else cell.value for cell in row]
        for row in workbook["Table"][workbook["Table"].tables["Table"].ref]
    ]
    assert found == [HEADS, *CELLS]
    assert workbook.properties.title == "Areas: every figure"


def test_a_text_that_looks_like_a_formula_is_a_text(file):
    with xlsx_file(file) as written:
        page = openpyxl.load_workbook(written)["Table"]

    (cell,) = (cell for row in page for cell in row if str(cell.value).startswith("=1+1"))
    assert cell.data_type == "s"


@both
def test_the_cover_says_what_the_workbook_is(write, file):
    said = dict(opened(write, file)["Cover"][3:])

    assert said["Standing"].startswith("Public record. Figures that others published")
    assert said["Release"].startswith("12, ")
    assert "https://dashboard.example/release/12" in said["Release"]
    assert said["Figures as at"] == "1 January 2012"
    assert said["Chosen"] == "region: wales"
    assert said["Rows"] == "5"
    assert said["Lasting address"] == "https://dashboard.example/releases/12/areas.csv?region=wales"
    assert said["Method"] == "Targets met, and attainment. https://dashboard.example/method/attainment"
    assert said["Terms"].startswith("Facts from the public record")


@both
def test_contents_and_notes_explain_the_other_sheets_and_the_shorthand(write, file):
    pages = opened(write, file)

    assert list(pages) == ["Cover", "Contents", "Notes", "Columns", "Measures", "Table"]
    assert [row[0] for row in pages["Contents"][3:]] == ["Notes", "Columns", "Measures", "Table"]
    assert {row[0] for row in pages["Notes"][3:]} == {"[x]", "[c]", "[z]"}
    assert [row[1] for row in pages["Columns"][3:]] == COLUMNS


@both
def test_definitions_and_caveats_of_its_measures_travel_with_it(write, file):
    head, row = opened(write, file)["Measures"][2:]

    measure = dict(zip(head, row, strict=True))
    assert measure["Measure"] == "oasys"
    assert measure["Caveats"] == "Counted by hand."
    assert measure["Standing of the definition"].startswith("Reconstructed")


@both
def test_a_table_without_rows_has_its_heads(write, db):
    assert opened(write, file_of(COLUMNS, []))["Table"][-1] == HEADS


@both
def test_two_columns_that_are_called_the_same_are_told_apart(write, db):
    rows = opened(write, file_of(["quadrant", "quarter"], [["met-better", "met-worse"]]))["Table"]

    assert rows[-2] == ["Quarter named", "Quarter named 2"]


@both
def test_a_table_too_long_for_a_spreadsheet_is_refused_with_its_length(write, db, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)

    with pytest.raises(TooLong, match="This table has 5 rows, and a spreadsheet from here holds at most 4"):
        write(file_of(COLUMNS, ROWS))


def test_the_sheets_of_an_ods_file_are_marked_up_as_tables_with_heads(file):
    with ods_file(file) as written, zipfile.ZipFile(written) as archive:
        content = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314 - our own
        first = archive.infolist()[0]

    name = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    ranges = {
        one.get(f"{name}name"): one.get(f"{name}target-range-address")
        for one in content.iter(f"{name}database-range")
    }
    assert ranges["Table_table"] == "Table.A5:Table.H10"
    assert len(list(content.iter(f"{name}table-header-rows"))) == 6
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@both
def test_the_same_figures_make_the_same_file(write, file):
    with write(file) as once, write(file) as again:
        assert once.read() == again.read()
