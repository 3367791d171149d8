"""The same table comes to the same cells, whatever the format and the encoding."""

import pytest

from performance.returns.files import FileFormat, read_sheet
from tests.performance.returns.files.making import (
    CELLS,
    HEADER,
    QUERY,
    VALUES,
    cells_of,
    csv_of,
    ods_of,
    parquet_of,
    saved,
    xlsx_of,
)

TEXT = csv_of([HEADER, *CELLS])


@pytest.mark.parametrize(
    ("content", "file_format", "name"),
    [
        (TEXT.encode(), FileFormat.CSV, ""),
        (TEXT.encode("utf-8-sig"), FileFormat.CSV, ""),
        (TEXT.encode("cp1252"), FileFormat.CSV, ""),
        (TEXT.replace("\r\n", "\n").encode(), FileFormat.CSV, ""),
        (TEXT.replace("\r\n", "\r").encode(), FileFormat.CSV, ""),
        (xlsx_of([HEADER, *VALUES]), FileFormat.XLSX, "Return"),
        (ods_of([HEADER, *VALUES]), FileFormat.ODS, "Return"),
    ],
    ids=["utf-8", "utf-8 with mark", "windows-1252", "lines of Unix", "lines of old Macs", "xlsx", "ods"],
)
def test_the_table_is_read(tmp_path, content, file_format, name):
    path = saved(tmp_path / "whatever.pdf", content)

    sheet = read_sheet(path, "return")

    assert (sheet.format, sheet.name, sheet.found) == (file_format, name, [])
    assert (sheet.header, sheet.header_row) == (HEADER, 1)
    assert cells_of(path) == {2: CELLS[0], 3: CELLS[1], 4: CELLS[2]}


def test_the_table_is_read_from_parquet(tmp_path):
    path = parquet_of(QUERY, tmp_path / "return")

    sheet = read_sheet(path, "return")

    assert (sheet.format, sheet.name, sheet.found) == (FileFormat.PARQUET, "", [])
    assert (sheet.header, sheet.header_row) == (HEADER, 1)
    assert cells_of(path) == {2: CELLS[0], 3: CELLS[1], 4: CELLS[2]}


@pytest.mark.parametrize("make", [csv_of, xlsx_of, ods_of])
def test_blocks_can_be_read_again(tmp_path, make):
    sheet = read_sheet(saved(tmp_path / "return", make([HEADER, *CELLS])), "return")

    assert list(sheet.blocks()) == list(sheet.blocks()) != []


@pytest.mark.parametrize("make", [csv_of, xlsx_of, ods_of])
def test_empty_rows_are_left_out_and_counted(tmp_path, make):
    rows = [["", ""], ["a", "b"], ["1", "2"], ["", " \u00a0"], ["3", ""], ["", ""]]
    path = saved(tmp_path / "return", make(rows))

    assert read_sheet(path, "return").header_row == 2
    assert cells_of(path) == {3: ["1", "2"], 5: ["3", ""]}


@pytest.mark.parametrize("make", [csv_of, xlsx_of, ods_of])
def test_spaces_around_cells_are_taken_off(tmp_path, make):
    path = saved(tmp_path / "return", make([["\u00a0a ", " b"], ["\t1 2\u00a0", " x"]]))

    assert read_sheet(path, "return").header == ["a", "b"]
    assert cells_of(path) == {2: ["1 2", "x"]}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("45.0::DOUBLE", "45"),
        ("1e300::DOUBLE", "1e+300"),
        ("0.1::FLOAT", "0.1"),
        ("92.50::DECIMAL(10, 2)", "92.5"),
        ("100.00::DECIMAL(10, 2)", "100"),
        ("100::DECIMAL(10, 0)", "100"),
        ("9007199254740993::BIGINT", "9007199254740993"),
        ("true", "TRUE"),
        ("NULL::INTEGER", ""),
        ("TIMESTAMP '2010-04-30 00:00:00'", "2010-04-30"),
        ("TIMESTAMP '2010-04-30 12:30:00'", "2010-04-30 12:30:00"),
        ("TIMESTAMPTZ '2010-04-30 00:00:00+00'", "2010-04-30"),
        ("'  padded '", "padded"),
        ("encode('£5')", "£5"),
        ("'nil'::ENUM('nil', 'reported')", "nil"),
    ],
)
def test_each_type_of_parquet_comes_to_text(tmp_path, kind, text):
    path = parquet_of(f"SELECT 'x' AS a, {kind} AS b", tmp_path / "return.parquet")

    assert cells_of(path) == {2: ["x", text]}


def test_the_name_of_a_file_on_disk_may_hold_anything(tmp_path):
    path = parquet_of("SELECT 1 AS a", tmp_path / "plain").rename(tmp_path / "it's [1]*?.parquet")

    assert cells_of(path) == {2: ["1"]}


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e16, "1e+16"), (123456789012345.0, "123456789012345"), (-0.5, "-0.5"), (2.0, "2")],
)
def test_numbers_of_a_workbook_are_written_as_short_as_they_stay_the_same(tmp_path, value, text):
    for make in (xlsx_of, ods_of):
        assert cells_of(saved(tmp_path / "return", make([["a"], [value]]))) == {2: [text]}
