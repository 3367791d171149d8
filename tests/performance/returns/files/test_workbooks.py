"""XLSX and ODS workbooks that hold more than values: each thing is told of with its place."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from performance.returns.files import read_sheet
from performance.returns.files.places import MOST_NAMED
from performance.returns.found import Found
from tests.performance.returns.files.making import (
    cells_of,
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
)

ROWS = [["measure", "value"], ["oasys", 1], ["visits", 2]]
MACRO = '<Override PartName="/xl/code.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
HIDDEN_STYLE = (
    '<office:automatic-styles><style:style style:name="gone"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "return.xlsx"


def told(path: Path, content: bytes) -> list[Found]:
    """What is said of a workbook that can be read."""
    return read_sheet(saved(path, content), "return.xlsx").found


def changed(change: Callable[[Workbook], object]) -> bytes:
    return xlsx_of(ROWS, change)


def ods_table(*rows: str) -> bytes:
    """Below the header."""
    return ods_with(table_of(ods_cell("measure") + ods_cell("value"), *rows))


def test_formulas(path):
    def put_formulas(workbook: Workbook) -> None:
        workbook.active["B3"] = "=B2+1"
        workbook.active["D4"] = "=NOW()"

    found = told(path, changed(put_formulas))

    assert places(found) == [("formula", 3, "value"), ("formula", 4, "")]
    assert found[0].sentence.startswith("Cell B3 is a formula. Put its value in its place")


def test_formulas_of_ods_one_cell_for_many(path):
    formula = ods_cell(5, 'table:formula="of:=1" table:number-columns-repeated="2"')

    found = told(path, ods_table(ods_row(formula, 'table:number-rows-repeated="2"')))

    assert places(found) == [("formula", row, column) for row in (2, 3) for column in ("measure", "value")]


def test_of_many_formulas_the_first_are_named_and_the_others_counted(path):
    def put_formulas(workbook: Workbook) -> None:
        for row in range(2, MOST_NAMED + 7):
            workbook.active.cell(row, 2).value = "=1"

    found = told(path, changed(put_formulas))

    assert places(found[:MOST_NAMED]) == [("formula", row, "value") for row in range(2, MOST_NAMED + 2)]
    assert [finding.sentence for finding in found[MOST_NAMED:]] == [
        "5 more of the kind formula aren't listed."
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/vbaProject.bin": "?"},
        {"xl/macrosheets/sheet1.xml": "<a/>"},
        {"[Content_Types].xml": parts_of(xlsx_of(ROWS))["[Content_Types].xml"].replace("</", f"{MACRO}</")},
    ],
    ids=["Visual Basic", "Excel 4", "by kind"],
)
def test_macros(path, parts):
    found = the_only(told(path, with_parts(xlsx_of(ROWS), parts)))

    assert (found.code, found.row, found.column) == ("macros", None, "")
    assert "Save it as XLSX or ODS without them" in found.sentence


@pytest.mark.parametrize(
    ("before", "parts"),
    [
        ("", {"Basic/Standard/Module1.xml": "<a/>"}),
        ('<office:scripts><office:script xmlns:s="s" s:language="Basic"/></office:scripts>', {}),
    ],
)
def test_macros_of_ods(path, before, parts):
    content = ods_with(table_of(ods_cell("a"), ods_cell(1)), before, parts)

    assert places(told(path, content)) == [("macros", None, "")]


@pytest.mark.parametrize(
    "part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml"]
)
def test_external_links(path, part):
    found = the_only(told(path, with_parts(xlsx_of(ROWS), {part: "<a/>"})))

    assert (found.code, found.row, found.column) == ("external-links", None, "")
    assert "Break those links" in found.sentence


def test_external_links_of_ods(path):
    table = table_of(ods_cell("a"), ods_cell(1)).replace(
        "<table:table-row", "<table:table-source/><table:table-row", 1
    )

    assert places(told(path, ods_with(table))) == [("external-links", None, "")]


def test_a_link_to_a_page_is_only_text(path):
    def put_link(workbook: Workbook) -> None:
        workbook.active["A2"].hyperlink = "https://www.gov.uk"

    assert told(path, changed(put_link)) == []


def test_an_ods_workbook_with_a_password(path):
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"

    found = the_only(
        refused(saved(path, ods_with("", parts={"META-INF/manifest.xml": manifest})), "return.ods")
    )

    assert (found.code, found.row, found.column) == ("password-protected", None, "")
    assert found.sentence == "'return.ods' opens with a password only. Save it without one, and send that."


def test_merged_cells(path):
    def merge(workbook: Workbook) -> None:
        workbook.active.merge_cells("A2:A3")
        workbook.active.merge_cells("B2:C2")

    found = sorted(told(path, changed(merge)), key=lambda finding: finding.place)

    assert places(found) == [("merged-cells", 2, "measure"), ("merged-cells", 2, "value")]
    assert found[0].sentence == "The cells A2 to A3 are merged. Unmerge them, and fill in each of them."


def test_merged_cells_of_ods(path):
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'

    found = the_only(told(path, ods_table(ods_cell("oasys", spanned) + "<table:covered-table-cell/>")))

    assert (found.code, found.row, found.column) == ("merged-cells", 2, "measure")
    assert found.sentence.startswith("The cells A2 to B4 are merged.")


@pytest.mark.parametrize(
    ("state", "how"),
    [("hidden", "is hidden."), ("veryHidden", "is hidden so that only a macro can show it.")],
)
def test_hidden_sheets(path, state, how):
    def hide(workbook: Workbook) -> None:
        workbook.create_sheet("Sources").sheet_state = state

    found = the_only(told(path, changed(hide)))

    assert (found.code, found.row, found.column) == ("hidden-sheet", None, "")
    assert found.sentence.startswith(f"The sheet 'Sources' {how} Unhide it")


def test_hidden_sheets_of_ods(path):
    tables = table_of(ods_cell("x"), name="Sources", said='table:style-name="gone"') + table_of(
        ods_cell("a"), ods_cell(1)
    )

    found = the_only(told(path, ods_with(tables, HIDDEN_STYLE)))

    assert (found.code, found.sentence[:31]) == ("hidden-sheet", "The sheet 'Sources' is hidden. ")
    assert cells_of(path) == {2: ["1"]}


def test_hidden_rows_and_columns(path):
    def hide(workbook: Workbook) -> None:
        for row in (5, 6, 7, 9, 200):
            workbook.active.row_dimensions[row].hidden = True
        workbook.active.column_dimensions.group("B", "C", hidden=True)
        workbook.active.column_dimensions["K"].hidden = True

    rows = [["measure", "value", "target"], *[["oasys", 1, 2]] * 10]
    found = told(path, xlsx_of(rows, hide))

    assert places(found) == [
        ("hidden-row", 5, ""),
        ("hidden-row", 9, ""),
        ("hidden-column", None, "value"),
        ("hidden-column", None, "target"),
    ]
    assert [finding.sentence.split(".")[0] for finding in found] == [
        "Rows 5 to 7 are hidden",
        "Row 9 is hidden",
        "Column B is hidden",
        "Column C is hidden",
    ]
    assert len(cells_of(path)) == 10


def test_hidden_rows_and_columns_of_ods(path):
    column = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = [
        ods_row(ods_cell("measure") + ods_cell("value")),
        ods_row(ods_cell("oasys") + ods_cell(1), 'table:visibility="filter" table:number-rows-repeated="2"'),
        ods_row(ods_cell("visits") + ods_cell(1)),
        ods_row("<table:table-cell/>", 'table:visibility="collapse" table:number-rows-repeated="1000000"'),
    ]
    content = ods_with(table_of(*rows).replace("<table:table-row", f"{column}<table:table-row", 1))

    found = told(path, content)

    assert places(found) == [("hidden-row", 2, ""), ("hidden-column", None, "value")]
    assert found[0].sentence.startswith("Rows 2 to 3 are hidden.")
    assert len(cells_of(path)) == 3


@pytest.mark.parametrize(
    ("other", "chosen"), [("Notes", "Return"), ("Guidance", "Return"), ("RETURN ", "RETURN ")]
)
def test_the_sheet_named_return_is_read(path, other, chosen):
    def put_before(workbook: Workbook) -> None:
        if chosen != "Return":
            workbook.active.title = "Other"
        workbook.create_sheet(other, 0).append(["measure"])
        workbook.worksheets[0].append(["elsewhere"])

    sheet = read_sheet(saved(path, changed(put_before)), "return.xlsx")

    assert (sheet.name, sheet.found) == (chosen, [])
    assert sheet.header == (["measure", "value"] if chosen == "Return" else ["measure"])


@pytest.mark.parametrize("ours", ["Guidance", "findings"])
def test_the_only_sheet_that_is_not_ours_is_read(path, ours):
    def rename(workbook: Workbook) -> None:
        workbook.active.title = "April"
        workbook.create_sheet(ours)

    sheet = read_sheet(saved(path, changed(rename)), "return.xlsx")

    assert (sheet.name, sheet.found) == ("April", [])


def test_a_sheet_of_a_chart_is_no_sheet_of_cells(path):
    def add_chart(workbook: Workbook) -> None:
        workbook.active.title = "April"
        workbook.create_chartsheet("Chart").add_chart(BarChart())

    assert read_sheet(saved(path, changed(add_chart)), "return.xlsx").name == "April"


def test_several_sheets(path):
    def add(workbook: Workbook) -> None:
        workbook.active.title = "April"
        workbook.create_sheet("May")
        workbook.create_sheet("Guidance")
        workbook.create_sheet("June").sheet_state = "hidden"

    found = refused(saved(path, changed(add)))

    assert places(found) == [("hidden-sheet", None, ""), ("several-sheets", None, "")]
    assert "has 2 sheets, 'April' and 'May', and only one is read" in found[1].sentence
    assert "Name the one with the return 'Return'" in found[1].sentence


def test_no_visible_sheet(path):
    tables = table_of(ods_cell("x"), name="Sources", said='table:style-name="gone"')

    found = refused(saved(path, ods_with(tables, HIDDEN_STYLE)))

    assert places(found) == [("hidden-sheet", None, ""), ("no-sheet", None, "")]
    assert "no visible sheet for the return" in found[1].sentence


def test_all_that_is_wrong_with_a_workbook_is_told_at_once(path):
    def spoil(workbook: Workbook) -> None:
        workbook.create_sheet("Sources").sheet_state = "hidden"
        workbook.active["A1"] = workbook.active["B1"] = "value"

    parts = {"xl/vbaProject.bin": "?", "xl/connections.xml": "?"}
    found = refused(saved(path, with_parts(changed(spoil), parts)))

    assert places(found) == [
        ("macros", None, ""),
        ("external-links", None, ""),
        ("hidden-sheet", None, ""),
        ("column-twice", 1, "value"),
    ]


@pytest.mark.parametrize("content", [xlsx_of([]), ods_of([]), xlsx_of([[" "], ["\u00a0"]]), ods_of([[None]])])
def test_an_empty_sheet(path, content):
    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("empty-file", None, "")
    assert found.sentence.startswith("The sheet 'Return' of 'return.csv' is empty.")


@pytest.mark.parametrize("content", [xlsx_of([[], ["a", "b"]]), ods_of([[None], ["a", "b"]])])
def test_a_header_alone(path, content):
    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("header-alone", None, "")
    assert "a header in row 2" in found.sentence


def test_a_filled_column_without_a_name(path):
    rows = [[None, None], [None, "a", None, "c"], [None, 1, None, 3], [None, None, 5, None, "aside"]]
    for content in (xlsx_of(rows), ods_of(rows)):
        found = told(path, content)

        assert places(found) == [("column-without-a-name", 2, "")] * 2
        assert found[0].sentence.startswith("Column C has no name in row 2, and is filled in row 4.")
        assert found[1].sentence.startswith("Column E has no name in row 2, and is filled in row 4.")
        assert cells_of(path)[3] == ["1", "", "3"]


def test_cells_that_are_errors(path):
    def put_error(workbook: Workbook) -> None:
        workbook.active["B3"] = "#N/A"

    found = the_only(told(path, changed(put_error)))

    assert (found.code, found.row, found.column) == ("cell-is-an-error", 3, "value")
    assert found.sentence.startswith("The cell shows the error #N/A. Put the figure in its place")
    assert cells_of(path)[3] == ["visits", "#N/A"]


def test_cells_that_are_errors_in_ods(path):
    wrong = ods_cell("#REF!", 'calcext:value-type="error"')

    found = the_only(told(path, ods_table(ods_cell("oasys") + wrong)))

    assert (found.code, found.row, found.column) == ("cell-is-an-error", 2, "value")
    assert cells_of(path) == {2: ["oasys", "#REF!"]}


def test_percentages_are_read_as_they_are_shown(path):
    def format_numbers(workbook: Workbook) -> None:
        for row, style in enumerate(("0%", "0.0%", "#,##0.00%;[Red]-0.00%", '0"%"', "0\\%", "0.0"), start=2):
            workbook.active.cell(row, 1).value = 0.07
            workbook.active.cell(row, 1).number_format = style

    saved(path, xlsx_of([["value"]], format_numbers))

    assert cells_of(path) == {2: ["7%"], 3: ["7%"], 4: ["7%"], 5: ["0.07"], 6: ["0.07"], 7: ["0.07"]}


def test_percentages_of_ods_are_read_as_they_are_shown(path):
    share = ods_cell(0.785).replace("float", "percentage")

    saved(path, ods_table(ods_row(ods_cell("oasys") + share, 'table:number-rows-repeated="2"')))

    assert cells_of(path) == {2: ["oasys", "78.5%"], 3: ["oasys", "78.5%"]}


def test_dates_and_times_of_a_workbook(path):
    day = datetime.datetime(2010, 4, 30)
    saved(path, xlsx_of([["day"], [day], [day.replace(hour=12, minute=30)], [datetime.time(1, 2)]]))

    assert cells_of(path) == {2: ["2010-04-30"], 3: ["2010-04-30 12:30:00"], 4: ["01:02:00"]}


def test_what_is_said_of_a_cell_in_ods_is_no_part_of_it(path):
    note = "<office:annotation><text:p>Why?</text:p></office:annotation>"
    said = f'<table:table-cell office:value-type="string">{note}<text:p>oasys</text:p></table:table-cell>'

    assert told(path, ods_table(said + ods_cell(1))) == []
    assert cells_of(path) == {2: ["oasys", "1"]}


def test_cells_need_no_names_of_their_own(path):
    rows = (
        '<row><c t="inlineStr"><is><t>a</t></is></c><c t="s"><v>0</v></c></row>',
        "<row><c/><c><v>5</v></c></row>",
        '<x:row xmlns:x="main" r="5"><x:c><x:v>6</x:v></x:c></x:row>',
    )

    saved(path, xlsx_with(sheet_data(*rows), "<si><t>b</t></si>"))

    assert cells_of(path) == {2: ["", "5"], 5: ["6", ""]}


def test_cells_with_nothing_but_a_style_are_empty(path):
    rows = ('<row r="1"><c r="A1" t="n"><v>1</v></c></row>', '<row r="2"><c r="A2"><v>2</v></c></row>')
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'

    assert told(path, xlsx_with(sheet_data(*rows, far))) == []
