"""What was found in a file: as CSV, and in the workbook that was sent."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pandas as pd
import pytest
from django.http import StreamingHttpResponse
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from performance.exports.findings_csv import findings_csv
from performance.exports.findings_workbook import annotated_workbook, can_annotate
from performance.exports.return_template import template_workbook
from performance.exports.sent_workbook import MOST_LINES
from performance.models import Finding
from performance.periods import month_of
from performance.returns.files import Block, FileFormat, Sheet, read_sheet
from performance.returns.found import Found, error, warning
from performance.returns.layouts import Said, read_figures
from performance.returns.names import KnownNames
from tests import factories

APRIL = month_of(datetime.date(2010, 4, 1))
TIDY = [
    ["organisation", "measure", "period", "numerator", "denominator", "note"],
    ["london", "oasys-15-days", "April 2010", "60", "50", "007"],
    ["kent", "oasys-15-days", "April 2010", "45", "50", "=1+1"],
]
TOO_MANY = error("share-above-the-whole", "Found '60'; at most 50.", row=2, column="numerator")
A_JUMP = warning("jump", "Up from 20.", row=2, column="numerator")
UNKNOWN = error("unknown-organisation", "Found 'kent'.", row=3, column="organisation")
WHOLE_ROW = warning("unchanged", "The same as last month.", row=3)
WHOLE_FILE = error("two-trusts", "Two trusts in one file.")
IN_HEADER = warning("unknown-column", "The column isn't read.", row=1, column="note")
ALL = [TOO_MANY, A_JUMP, UNKNOWN, WHOLE_ROW, WHOLE_FILE, IN_HEADER]
NAMES = KnownNames(
    {"london": "london", "kent": "kent"}, {}, {"oasys-15-days": "oasys-15-days"}, {}, frozenset()
)
SAID = Said(framework="ptrs-2010-11")
# U+FFFE and U+FFFF are no characters, and no workbook holds them.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=12)
RED, AMBER = "00F6D7D2", "00FFF7BF"


def csv_of(folder: Path, rows: Iterable[Sequence[str]] = TIDY) -> Path:
    path = folder / "return.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def xlsx_of(folder: Path, rows: Iterable[Sequence[str]] = TIDY, *, first: tuple[int, int] = (1, 1)) -> Path:
    """first: row and column of the first cell."""
    workbook = Workbook()
    workbook.active.title = "April"
    for number, row in enumerate(rows, start=first[0]):
        for column, value in enumerate(row, start=first[1]):
            cell = workbook.active.cell(number, column)
            cell.value = value
            cell.data_type = "s"
    return saved(workbook, folder)


def saved(workbook: Workbook, folder: Path) -> Path:
    path = folder / "return.xlsx"
    workbook.save(path)
    return path


def annotated(path: Path, findings: Iterable[Found] = ALL) -> Workbook:
    content = annotated_workbook(path, read_sheet(path, path.name), findings)
    assert content is not None
    return load_workbook(io.BytesIO(content))


def comments(page: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in page for cell in row if cell.comment}


def fills(page: Worksheet) -> dict[str, str]:
    marked = (cell for row in page for cell in row if cell.fill.start_color.rgb in (RED, AMBER))
    return {cell.coordinate: cell.fill.start_color.rgb for cell in marked}


def cells_of(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [row for block in sheet.blocks() for row in zip(block.numbers, block.cells, strict=True)]


@pytest.fixture(params=[csv_of, xlsx_of])
def sent(request, tmp_path):
    return request.param(tmp_path)


def test_each_cell_with_findings_has_all_of_them_in_one_comment(sent):
    page = annotated(sent).worksheets[0]

    assert comments(page) == {
        "D2": "Error: Found '60'; at most 50.\nWarning: Up from 20.",
        "A3": "Error: Found 'kent'.",
        "F1": "Warning: The column isn't read.",
    }


def test_cells_and_rows_are_filled_by_the_gravest_finding(sent):
    assert fills(annotated(sent).worksheets[0]) == {"D2": RED, "A3": RED, "F1": AMBER, "G2": RED, "G3": RED}


def test_a_header_is_dark_on_its_fill(sent):
    page = annotated(sent).worksheets[0]

    assert page["F1"].font.color.rgb == "00000000"
    assert page["F1"].font.bold is page["E1"].font.bold


def test_the_last_column_says_in_words_what_a_print_would_lose(sent):
    page = annotated(sent).worksheets[0]

    assert [cell.value for cell in page["G"]] == [
        "findings",
        "Error in numerator: Found '60'; at most 50.\nWarning in numerator: Up from 20.",
        "Error in organisation: Found 'kent'.\nWarning: The same as last month.",
    ]


def test_a_sheet_lists_all_findings_also_those_of_no_cell(sent):
    rows = list(annotated(sent)["Findings"].iter_rows(values_only=True))

    assert rows[0] == ("row", "column", "severity", "sentence")
    assert rows[1:] == [
        (2, "numerator", "Error", "Found '60'; at most 50."),
        (2, "numerator", "Warning", "Up from 20."),
        (3, "organisation", "Error", "Found 'kent'."),
        (3, None, "Warning", "The same as last month."),
        (None, None, "Error", "Two trusts in one file."),
        (1, "note", "Warning", "The column isn't read."),
    ]


def test_in_a_wide_table_the_comment_is_at_the_cell_of_the_period(tmp_path):
    rows = [["organisation", "measure", "Apr 2010", "May 2010"], ["london", "oasys-15-days", "90", "190"]]
    found = [error("share-above-100", "Found '190'.", row=2, column="May 2010")]

    assert comments(annotated(csv_of(tmp_path, rows), found).worksheets[0]) == {"D2": "Error: Found '190'."}


def test_a_table_that_begins_further_down_and_to_the_right_is_marked_there(tmp_path):
    page = annotated(
        xlsx_of(tmp_path, first=(3, 2)),
        [error("share-above-the-whole", "Found '60'.", row=4, column="numerator")],
    ).worksheets[0]

    assert comments(page) == {"E4": "Error: Found '60'."}
    assert (page["H3"].value, page["H4"].value) == ("findings", "Error in numerator: Found '60'.")


def test_a_parquet_file_is_copied_row_by_row(tmp_path):
    path = tmp_path / "return.parquet"
    columns = "'london' AS organisation, '007' AS note, 60 AS numerator, DATE '2010-04-01' AS period_start"
    duckdb.sql(f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet)")

    page = annotated(path, [TOO_MANY])["Return"]

    assert [cell.value for cell in page[2]][:4] == ["london", "007", 60, "2010-04-01"]
    assert comments(page) == {"C2": "Error: Found '60'; at most 50."}


def test_a_comment_of_the_sender_stays(tmp_path):
    workbook = load_workbook(xlsx_of(tmp_path))
    workbook.active["D2"].comment = Comment("Counted twice.", "Officer")

    page = annotated(saved(workbook, tmp_path), [TOO_MANY]).worksheets[0]

    assert comments(page) == {"D2": "Error: Found '60'; at most 50.\n\nCounted twice."}


def test_sent_again_it_holds_the_same_cells(sent, tmp_path):
    before = read_sheet(sent, sent.name)
    path = saved(annotated(sent), tmp_path)
    after = read_sheet(path, path.name)

    assert after.header == [*before.header, "findings"]
    assert [(number, cells[:-1]) for number, cells in cells_of(after)] == cells_of(before)
    assert after.found == []


WIDE = [["organisation", "measure", "Apr 2010"], *[["london", "oasys-15-days", "90"]] * 2]


@pytest.mark.parametrize("rows", [TIDY, WIDE], ids=["tidy", "wide"])
def test_sent_again_it_has_the_same_figures(tmp_path, rows):
    path = csv_of(tmp_path, rows)
    before, found = read_figures(read_sheet(path, path.name), NAMES, SAID)
    path = saved(annotated(path), tmp_path)

    after, found_again = read_figures(read_sheet(path, path.name), NAMES, SAID)

    pd.testing.assert_frame_equal(after.frame, before.frame)
    assert found_again == found


def test_sent_again_it_has_the_new_findings_alone(sent, tmp_path):
    path = saved(annotated(sent), tmp_path)

    workbook = annotated(path, [TOO_MANY])

    assert workbook.sheetnames[1:] == ["Findings"]
    assert workbook["Findings"].max_row == 2
    page = workbook.worksheets[0]
    assert comments(page) == {"D2": "Error: Found '60'; at most 50."}
    assert fills(page) == {"D2": RED, "G2": RED}
    assert [cell.value for cell in page[1]] == [*TIDY[0], "findings"]
    assert [cell.value for cell in page["G"]] == [
        "findings",
        "Error in numerator: Found '60'; at most 50.",
        None,
    ]


def test_an_xlsx_file_keeps_its_look_its_lists_and_its_protection(tmp_path):
    workbook = load_workbook(xlsx_of(tmp_path))
    page = workbook.active
    page["A2"].font = Font(bold=True)
    page.protection.sheet = True
    page.column_dimensions["A"].width = 44
    rule = DataValidation("list", '"london,kent"')
    rule.add("A2:A3")
    page.add_data_validation(rule)
    workbook.create_sheet("Guidance")["A1"] = "Fill this in."

    after = annotated(saved(workbook, tmp_path))

    assert after.sheetnames == ["April", "Guidance", "Findings"]
    assert after["Guidance"]["A1"].value == "Fill this in."
    page = after["April"]
    assert page["A2"].font.bold and page.protection.sheet
    assert page.column_dimensions["A"].width == 44
    (rule,) = page.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("A2:A3", '"london,kent"')


def test_a_formula_of_the_sender_is_kept_as_text_and_never_run(tmp_path):
    workbook = load_workbook(xlsx_of(tmp_path))
    workbook.active["D3"] = "=40+5"
    workbook.active["E3"] = ArrayFormula("E3:E3", "=SUM(D2:D3)")
    workbook.create_sheet("Guidance")["A1"] = '=WEBSERVICE("http://a.example")'

    after = annotated(saved(workbook, tmp_path))

    assert [after["April"][place].value for place in ("D3", "E3")] == ["=40+5", "=SUM(D2:D3)"]
    assert after["Guidance"]["A1"].value == '=WEBSERVICE("http://a.example")'
    assert "f" not in {cell.data_type for page in after for row in page for cell in row}


def test_a_text_that_a_spreadsheet_would_run_is_marked_as_text(tmp_path):
    found = [error("unknown", "=1+1", row=2, column="organisation")]
    after = annotated(csv_of(tmp_path, [["organisation", "measure"], ["=cmd|' /c calc'!A1", "-1+2"]]), found)
    page = after.worksheets[0]

    assert [(page[place].data_type, page[place].quotePrefix) for place in ("A2", "B2")] == [("s", True)] * 2
    assert (after["Findings"]["D2"].data_type, after["Findings"]["D2"].quotePrefix) == ("s", True)


@pytest.mark.parametrize(
    "text", ["007", "45.0", "69.20", "-0", "1e5", "1234567890123456", "April 2010", "٤٥"]
)
def test_a_text_that_is_another_as_a_number_stays_text(tmp_path, text):
    page = annotated(csv_of(tmp_path, [["measure", "value"], ["a", text]]), []).worksheets[0]

    assert page["B2"].value == text


@pytest.mark.parametrize(("text", "number"), [("45", 45), ("0", 0), ("-5.4", -5.4), ("69.2", 69.2)])
def test_a_number_is_one_for_the_spreadsheet_too(tmp_path, text, number):
    page = annotated(csv_of(tmp_path, [["measure", "value"], ["a", text]]), []).worksheets[0]

    assert (page["B2"].value, page["B2"].data_type) == (number, "n")


def test_merged_cells_can_be_marked(tmp_path):
    workbook = load_workbook(xlsx_of(tmp_path))
    workbook.active.merge_cells("A2:A3")

    page = annotated(saved(workbook, tmp_path), [UNKNOWN]).worksheets[0]

    assert comments(page) == {"A3": "Error: Found 'kent'."}
    assert not page.merged_cells.ranges


@pytest.mark.parametrize("element", ["mergeCells", "hyperlinks"])
def test_a_range_of_all_cells_is_never_laid_out(tmp_path, element):
    """It would take more memory than there is; the cells of the return are copied instead."""
    one = element.removesuffix("s")
    path = xlsx_of(tmp_path)
    workbook = load_workbook(path)
    workbook.create_sheet("Guidance")["A1"] = "Fill this in."
    bomb = f'</sheetData><{element}><{one} ref="A1:XFD1048576" /></{element}>'
    path = with_part(saved(workbook, tmp_path), "xl/worksheets/sheet2.xml", "</sheetData>", bomb)

    after = annotated(path)

    assert after.sheetnames == ["Return", "Findings"]
    assert after["Return"]["D2"].comment.text.startswith("Error: Found '60'")


def test_a_workbook_that_openpyxl_refuses_is_copied(tmp_path):
    path = with_part(xlsx_of(tmp_path), "xl/styles.xml", '<family val="2" />', '<family val="99" />')

    assert annotated(path).sheetnames == ["Return", "Findings"]


def with_part(path: Path, name: str, old: str, new: str) -> Path:
    """The workbook with another text in one of its parts."""
    with ZipFile(path) as zipped:
        parts = {each: zipped.read(each) for each in zipped.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    with ZipFile(path, "w") as zipped:
        for each, content in parts.items():
            zipped.writestr(each, content)
    return path


@settings(max_examples=20)
@example([["_x0041_", "a\nb"], ["\x00\x1f\x00", "_x"]])
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=20))
def test_whatever_cells_hold_they_come_back_the_same(tmp_path_factory, rows):
    rows = [["london", *(cell.strip() for cell in row)] for row in rows]
    blocks = [Block(range(2, 2 + len(rows)), rows)]
    sheet = Sheet(FileFormat.CSV, "", ["trust", "measure", "value"], 1, lambda: iter(blocks))
    path = tmp_path_factory.mktemp("cells") / "return.xlsx"

    path.write_bytes(
        annotated_workbook(path, sheet, [error("odd", cell, row=2, column="value") for cell in rows[0]])
        or b""
    )

    after = cells_of(read_sheet(path, path.name))
    assert [cells[:3] for _, cells in after] == rows


def test_a_file_with_too_many_lines_is_not_annotated(tmp_path):
    path = csv_of(tmp_path, [["measure"], *[["oasys-15-days"]] * (MOST_LINES + 1)])

    assert annotated_workbook(path, read_sheet(path, path.name), []) is None


@pytest.mark.parametrize(
    ("upload_format", "lines", "can"),
    [("csv", MOST_LINES, True), ("xlsx", 0, True), ("csv", MOST_LINES + 1, False), ("", 0, False)],
)
def test_only_a_short_file_that_could_be_read_can_be_annotated(upload_format, lines, can):
    assert can_annotate(upload_format, lines) is can


def test_a_template_keeps_its_lists_and_its_locks_once_it_is_annotated(db, tmp_path):
    entry = factories.make_framework_measure()
    path = tmp_path / "return.xlsx"
    path.write_bytes(template_workbook(entry.domain.framework, APRIL, factories.make_organisation()))

    page = annotated(path, [error("missing", "No status.", row=2, column="status")])["Return"]

    assert comments(page) == {"F2": "Error: No status."}
    assert page.protection.sheet and page["C2"].protection.locked and not page["F2"].protection.locked
    assert '"reported,nil,missing,suppressed,not-applicable"' in {
        rule.formula1 for rule in page.data_validations.dataValidation
    }


def rows_in(response: StreamingHttpResponse) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_findings_as_csv_say_where_what_and_who_gave_which_reason(db):
    officer = factories.make_person(name="Ada Lane")
    at = datetime.datetime(2010, 5, 3, 9, 30, tzinfo=datetime.UTC)
    accepted = {"accepted_at": at, "accepted_by": officer, "acceptance_reason": "A new court."}
    place = {"severity": "warning", "row": 2, "column": "numerator", "sentence": "Up from 20."}

    rows = rows_in(findings_csv("april.csv", [Finding(code="jump", **place, **accepted)]))

    assert rows == [
        {
            "code": "jump",
            "severity": "warning",
            "row": "2",
            "column": "numerator",
            "sentence": "Up from 20.",
            "reason": "A new court.",
            "reason_given_by": "Ada Lane",
            "reason_given_at": "2010-05-03T09:30:00+00:00",
            "file": "april.csv",
        }
    ]


def test_what_a_finding_lacks_is_an_empty_cell(db):
    (row,) = rows_in(
        findings_csv("april.csv", [Finding(code="two-trusts", severity="error", sentence="Two.")])
    )

    assert {name for name, text in row.items() if not text} == {
        "row",
        "column",
        "reason",
        "reason_given_by",
        "reason_given_at",
    }


def test_a_text_of_a_finding_that_a_spreadsheet_would_run_is_made_harmless():
    found = Finding(code="unknown", severity="error", row=2, column="=1+1", sentence="@SUM(A1)")
    (row,) = rows_in(findings_csv("=1.csv", [found]))

    assert (row["column"], row["sentence"], row["file"]) == ("'=1+1", "'@SUM(A1)", "'=1.csv")


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("april.xlsx", 'attachment; filename="findings-april.csv"'),
        ('a"b\r\n.csv', "attachment; filename*=utf-8''findings-a%22b%0D%0A.csv"),
    ],
)
def test_findings_are_a_download_named_after_the_file(name, disposition):
    response = findings_csv(name, [])

    assert response["Content-Disposition"] == disposition
    assert response["Content-Type"] == "text/csv; charset=utf-8"
