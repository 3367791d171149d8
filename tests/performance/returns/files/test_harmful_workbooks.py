"""Workbooks made to take more memory than there is, and workbooks that are damaged."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from performance.returns.files import read_sheet
from performance.returns.files.limits import LONGEST_CELL, MOST_PARTS
from tests.performance.returns.files.making import (
    claiming,
    ods_cell,
    ods_of,
    ods_row,
    ods_with,
    parts_of,
    places,
    refused,
    saved,
    sheet_data,
    table_of,
    the_only,
    with_parts,
    xlsx_of,
    xlsx_with,
    zip_of,
)

ROWS = [["a", "b"], [1, 2]]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "return.xlsx"


def number(reference: str, said: str = "") -> str:
    return f'<c r="{reference}" {said}><v>1</v></c>'


def test_a_small_zip_that_claims_ten_gigabytes(path):
    content = xlsx_of(ROWS)
    for part in (SHEET, "xl/styles.xml", "xl/workbook.xml"):
        content = claiming(content, part, 3_500_000_000)

    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("unpacks-too-large", None, "")
    assert "would unpack to 10,500 MB, and may to 300 MB at most" in found.sentence


def test_a_zip_of_many_parts(path):
    content = with_parts(xlsx_of(ROWS), {f"xl/media/{n}.png": "" for n in range(MOST_PARTS)})

    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("too-many-parts", None, "")
    assert "a zip of more than 2,000 files" in found.sentence


def test_a_zip_that_lies_about_the_size_of_a_part(path):
    """Whose first bytes have the checksum that it claims, so that zipfile finds nothing wrong. The
    rest, which another program would unpack, never comes to be read."""
    rows = "".join(f'<row r="{n}">{number(f"A{n}")}</row>' for n in range(2, 60_000))
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    sheet = f"<worksheet><sheetData>{header}<row r='2'>{number('A2')}</row></sheetData></worksheet>"
    content = with_parts(xlsx_of([]), {SHEET: sheet + rows})
    lying = claiming(content, SHEET, len(sheet), zlib.crc32(sheet.encode()))

    blocks = list(read_sheet(saved(path, lying), "return.xlsx").blocks())

    assert [block.cells for block in blocks] == [[["1"]]]


def test_a_cell_far_away(path):
    found = refused(
        saved(path, xlsx_with(sheet_data(f'<row r="1">{number("A1")}{number("XFD1048576")}</row>')))
    )

    assert places(found) == [("too-many-columns", None, ""), ("too-many-cells", None, "")]
    assert "has 16,384 columns, and may have 500 at most" in found[0].sentence
    assert "goes as far as column XFD and row 1048576: 17,179,869,184 cells" in found[1].sentence
    assert "5,000,000 at most" in found[1].sentence


def test_a_row_far_away(path):
    rows = sheet_data(
        f'<row r="1">{"".join(map(number, ("A1", "B1", "C1", "D1", "E1")))}</row>', number("A1048576")
    )

    assert places(refused(saved(path, xlsx_with(rows)))) == [("too-many-cells", None, "")]


@pytest.mark.parametrize(
    "cell",
    [
        ods_cell(1, 'table:number-columns-repeated="16384"'),
        "<table:table-cell table:number-columns-repeated='16383'/>" + ods_cell(1),
    ],
)
def test_ods_cells_and_rows_that_stand_for_many(path, cell):
    row = ods_row(cell, 'table:number-rows-repeated="1048576"')

    found = the_only(refused(saved(path, ods_with(table_of(row)))))

    assert (found.code, found.row, found.column) == ("too-many-cells", None, "")
    assert "column XFD and row 1048576" in found.sentence


def test_ods_sheets_that_are_too_large_together(path):
    row = ods_row(ods_cell(1), 'table:number-rows-repeated="1000000"')
    tables = [table_of(row, name=name) for name in ("Return", "a", "b", "c", "d", "e")]

    found = the_only(refused(saved(path, ods_with("".join(tables)))))

    assert (found.code, found.row, found.column) == ("too-many-cells", None, "")


def test_ods_rows_that_are_empty_may_stand_for_many(path):
    rest = ods_row(
        '<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048574"'
    )

    assert read_sheet(saved(path, ods_with(table_of(ods_cell("a"), ods_cell(1), rest))), "return").found == []


def test_ods_spaces_that_stand_for_many(path):
    spaces = '<text:s text:c="131072"/>'
    cell = ods_cell("a").replace("<text:p>", f"<text:p>{spaces * 50}")

    found = the_only(
        refused(saved(path, ods_with(table_of(ods_row(cell, 'table:number-rows-repeated="50"')))))
    )

    assert (found.code, found.row, found.column) == ("unpacks-too-large", None, "")
    assert "more than 300,000,000 characters together" in found.sentence


def test_ods_spaces_beyond_any_cell(path):
    cell = ods_cell("a").replace("<text:p>", f'<text:p><text:s text:c="{LONGEST_CELL + 1}"/>')

    assert places(refused(saved(path, ods_with(table_of(cell))))) == [("damaged-workbook", None, "")]


def test_a_long_text_that_many_cells_share(path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3002))

    found = the_only(refused(saved(path, xlsx_with(sheet_data(rows), f"<si><t>{'x' * 100_000}</t></si>"))))

    assert (found.code, found.row, found.column) == ("unpacks-too-large", None, "")


@pytest.mark.parametrize("make", [xlsx_of, ods_of])
def test_a_thousand_columns(path, make):
    found = the_only(refused(saved(path, make([[f"c{n}" for n in range(1000)], range(1000)]))))

    assert (found.code, found.row, found.column) == ("too-many-columns", None, "")
    assert "has 1,000 columns, and may have 500 at most" in found.sentence


BILLION = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_xml_with_entities(path, part):
    content = xlsx_of(ROWS)

    found = the_only(refused(saved(path, with_parts(content, {part: BILLION + parts_of(content)[part]}))))

    assert (found.code, found.row, found.column) == ("damaged-workbook", None, "")
    assert "declares a document type" in found.sentence


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_data(number("B99999999999")),
        sheet_data(number("AAAAAAA1")),
        sheet_data(number("XFE1")),
        sheet_data(number("A1048577")),
        sheet_data(number("A0")),
        sheet_data(number("1A")),
        sheet_data("<row r='-1'/>"),
        sheet_data("<row r='99999999999'/>"),
        f"<dimension ref='A1:ZZZZZZZZZZ1'/>{sheet_data(number('A1'))}",
        f"{sheet_data(number('A1'))}<mergeCells><mergeCell ref='A'/></mergeCells>",
        f"<cols><col min='1' max='99999999' hidden='1'/></cols>{sheet_data(number('A1'))}",
        sheet_data('<c r="A1" t="s"><v>7</v></c>'),
        sheet_data('<c r="A1" t="s"><v>-1</v></c>'),
        sheet_data('<c r="A1" t="unheard of"><v>7</v></c>'),
        f"{sheet_data(number('A1'))}<mergeCells count='99999999999'/>",
        "<sheetData>",
    ],
)
def test_a_sheet_that_no_program_writes(path, sheet):
    found = the_only(refused(saved(path, xlsx_with(sheet)), "return.xlsx"))

    assert (found.code, found.row, found.column) == ("damaged-workbook", None, "")
    assert found.sentence.startswith("The workbook 'return.xlsx' is damaged, as ")
    assert "save it again as XLSX" in found.sentence


@pytest.mark.parametrize("claim", ["uniqueCount='99999999999'", "count='-1'", "count='5000001'"])
def test_a_list_that_claims_more_texts_than_there_are_cells(path, claim):
    content = with_parts(xlsx_of(ROWS), {"xl/sharedStrings.xml": f"<sst {claim}><si><t>a</t></si></sst>"})

    assert places(refused(saved(path, content))) == [("damaged-workbook", None, "")]


@pytest.mark.parametrize(("style", "value"), [("yyyy-mm-dd", "-1e308"), ("[h]:mm", "1e15")])
def test_times_beyond_all_times(path, style, value):
    """python-calamine panics at the one, and at the other raises what isn't its own, each only when
    it comes to that row."""

    def put_time(workbook: Workbook) -> None:
        workbook.active["A3000"] = 1.5
        workbook.active["A3000"].number_format = style

    content = xlsx_of([["a"], [1]], put_time)
    sheet = parts_of(content)[SHEET].replace("<v>1.5</v>", f"<v>{value}</v>")

    assert places(refused(saved(path, with_parts(content, {SHEET: sheet})))) == [
        ("damaged-workbook", None, "")
    ]


@pytest.mark.parametrize(
    "tables",
    [
        table_of(ods_cell(1, 'table:number-columns-repeated="-1"')),
        table_of(ods_cell(1, 'table:number-columns-repeated="99999"')),
        table_of(ods_row(ods_cell(1), 'table:number-rows-repeated="99999999"')),
        table_of(ods_cell(1, 'table:number-columns-spanned="x"')),
        table_of(ods_cell("a")) * 2,
        table_of(ods_cell("a") + table_of(ods_cell("b"), name="within")),
        table_of(ods_cell(1).replace('value="1"', 'value="one"')),
        "<table:table>",
    ],
)
def test_an_ods_sheet_that_no_program_writes(path, tables):
    assert places(refused(saved(path, ods_with(tables)))) == [("damaged-workbook", None, "")]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", SHEET])
def test_a_workbook_without_one_of_its_parts(path, part):
    parts = parts_of(xlsx_of(ROWS))
    del parts[part]
    found = the_only(refused(saved(path, zip_of(parts))))

    # Without its main part it isn't known for a workbook.
    assert found.code == ("another-kind" if part == "xl/workbook.xml" else "damaged-workbook")


def test_a_workbook_needs_no_styles(path):
    parts = parts_of(xlsx_of(ROWS))
    del parts["xl/styles.xml"]

    assert read_sheet(saved(path, zip_of(parts)), "return").header == ["a", "b"]


def test_a_sheet_that_is_another_part(path):
    content = xlsx_of(ROWS)
    relations = parts_of(content)["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "styles.xml")

    found = refused(saved(path, with_parts(content, {"xl/_rels/workbook.xml.rels": relations})))

    assert places(found) == [("damaged-workbook", None, "")]


@pytest.mark.parametrize("content", [xlsx_of(ROWS), ods_of(ROWS)])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_workbook_that_is_cut(path, content, share):
    found = the_only(refused(saved(path, content[: int(len(content) * share)])))

    assert (found.code, found.row, found.column) == ("damaged-workbook", None, "")
    assert "it breaks off" in found.sentence


def test_a_workbook_with_two_parts_of_one_name(path):
    content = with_parts(xlsx_of(ROWS), {"xl/Workbook.XML": "<a/>"})

    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("damaged-workbook", None, "")
    assert "two parts of it have the same name" in found.sentence


def test_a_workbook_packed_otherwise(path):
    found = the_only(refused(saved(path, zip_of(parts_of(xlsx_of(ROWS)), zipfile.ZIP_BZIP2))))

    assert (found.code, found.row, found.column) == ("damaged-workbook", None, "")
    assert "packed in a way that no spreadsheet program uses" in found.sentence


def test_a_zip_with_a_password(path):
    content = bytearray(xlsx_of(ROWS))
    first = content.index(b"PK\x01\x02")
    content[first + 8 : first + 10] = struct.pack("<H", 1)

    found = the_only(refused(saved(path, bytes(content))))

    assert (found.code, found.row, found.column) == ("password-protected", None, "")
