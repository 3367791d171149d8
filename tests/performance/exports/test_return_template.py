"""The workbook to fill in: what it lets one type, and that it loads once it is filled in."""

import datetime
import io
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from performance.exports.return_template import COLUMNS, template_workbook, written_in_a_file
from performance.frameworks.names import Names
from performance.frameworks.reader import CONTENT
from performance.models import Framework, FrameworkMeasure
from performance.periods import Period, financial_year_of, month_of, quarter_of
from performance.returns.files import read_sheet
from performance.returns.layouts import Said, read_figures
from performance.returns.names import KnownNames
from performance.returns.period_words import read_period
from tests import factories
from trusts.models import Organisation

FRAMEWORKS = sorted(path.stem for path in (CONTENT / "frameworks").glob("*.yaml"))
JULY = month_of(datetime.date(2011, 7, 1))
YEAR_2011 = Period(datetime.date(2011, 1, 1), datetime.date(2011, 12, 31))
# Of each kind: a share, a share with a prediction, a count, an average.
SHARE, PREDICTED = "oasys-15-days", "local-adult-reoffending"
COUNT, AVERAGE = "unpaid-work-completions", "sickness-absence-days"


@pytest.fixture
def ptrs(public_record: object) -> Framework:
    return Framework.objects.get(slug="ptrs-2011-12")


@pytest.fixture
def london(public_record: object) -> Organisation:
    return Organisation.objects.get(slug="london")


def opened(framework: Framework, trust: Organisation | None = None, period: Period = JULY) -> Workbook:
    return load_workbook(io.BytesIO(template_workbook(framework, period, trust)))


def line_of(sheet: Worksheet, measure: str) -> dict[str, Cell]:
    """The cells of a measure, by column."""
    names = [cell.value for cell in sheet[1]]
    lines = (dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2))
    return next(line for line in lines if line["measure"].value == measure)


def rule_of(sheet: Worksheet, cell: Cell) -> DataValidation:
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
    return rule


def to_fill_in(line: dict[str, Cell]) -> set[str]:
    return {name for name, cell in line.items() if not cell.protection.locked}


@pytest.mark.parametrize("slug", FRAMEWORKS)
def test_a_template_of_every_framework_loads_once_it_is_filled_in(public_record, tmp_path, slug):
    framework = Framework.objects.get(slug=slug)
    year = financial_year_of(framework.starts)
    workbook = opened(framework, period=year)
    fill_in(workbook["Return"])
    workbook.save(tmp_path / "return.xlsx")

    sheet = read_sheet(tmp_path / "return.xlsx", "return.xlsx")
    figures, found = read_figures(sheet, KnownNames.from_names(Names.from_database()), Said())

    assert [*sheet.found, *found] == []
    in_order = FrameworkMeasure.objects.filter(domain__framework=framework).order_by("domain", "position")
    shown = figures.frame[["measure", "numerator", "denominator", "value"]].fillna(0)
    assert [tuple(row) for row in shown.itertuples(index=False)] == [
        (code, 45, 50, 0) if unit == "share" else (code, 0, 0, 12)
        for code, unit in in_order.values_list("measure__code", "measure__unit")
    ]
    same = ["organisation", "framework", "period_start", "period_end", "status", "note", "is_whole"]
    assert {tuple(row) for row in figures.frame[same].itertuples(index=False)} == {
        ("london", slug, pd.Timestamp(year.start), pd.Timestamp(year.end), "reported", "By hand.", True)
    }


def fill_in(sheet: Worksheet) -> None:
    """As a trust does: only cells that it may write in, counts of shares and the value of others."""
    given = {"organisation": "london", "status": "reported", "numerator": 45, "denominator": 50}
    given |= {"expected": 44.5, "value": 12, "note": "By hand."}
    for code in measures_in(sheet):
        line = line_of(sheet, code)
        for name in to_fill_in(line):
            if name != "value" or line["numerator"].protection.locked:
                line[name].value = given[name]


def measures_in(sheet: Worksheet) -> list[str]:
    return [row[list(COLUMNS).index("measure")] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize(
    ("measure", "fields"),
    [
        (SHARE, {"numerator", "denominator", "value"}),
        (PREDICTED, {"numerator", "denominator", "expected", "value"}),
        (COUNT, {"value"}),
        (AVERAGE, {"value"}),
    ],
)
def test_only_cells_that_a_measure_has_can_be_filled_in(ptrs, london, measure, fields):
    line = line_of(opened(ptrs, london)["Return"], measure)
    hatched = {name for name, cell in line.items() if cell.fill.patternType == "lightUp"}

    assert to_fill_in(line) == {"status", *fields, "note"}
    assert hatched == {"numerator", "denominator", "expected", "value"} - fields
    assert all(line[name].value is None for name in (*hatched, *to_fill_in(line)))


def test_what_a_line_is_of_stands_there_and_is_locked(ptrs, london):
    sheet = opened(ptrs, london)["Return"]
    line = line_of(sheet, SHARE)
    locked = {name: cell.value for name, cell in line.items() if cell.protection.locked and cell.value}

    assert locked == {
        "organisation": "london",
        "framework": "ptrs-2011-12",
        "measure": SHARE,
        "title": "OASys assessments completed within 15 days",
        "period": "July 2011",
    }
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)


@pytest.mark.parametrize(
    ("measure", "column", "kind", "limits"),
    [
        (SHARE, "numerator", "whole", ("greaterThanOrEqual", "0", None)),
        (SHARE, "denominator", "whole", ("greaterThanOrEqual", "0", None)),
        (SHARE, "value", "decimal", ("between", "0", "100")),
        (COUNT, "value", "whole", ("greaterThanOrEqual", "0", None)),
        (AVERAGE, "value", "decimal", ("greaterThanOrEqual", "0", None)),
        (PREDICTED, "expected", "decimal", ("greaterThanOrEqual", "0", None)),
        (SHARE, "status", "list", (None, '"reported,nil,missing,suppressed,not-applicable"', None)),
    ],
)
def test_a_cell_takes_only_what_its_column_can_hold(ptrs, london, measure, column, kind, limits):
    sheet = opened(ptrs, london)["Return"]
    rule = rule_of(sheet, line_of(sheet, measure)[column])

    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (kind, *limits)
    assert rule.showErrorMessage and rule.error and rule.allowBlank


def test_a_change_may_be_below_zero(db):
    entry = factories.make_framework_measure(measure=factories.make_measure(unit="points"))
    sheet = opened(entry.domain.framework, factories.make_organisation())["Return"]

    assert rule_of(sheet, line_of(sheet, entry.measure.code)["value"]).formula1 == "-100"


def test_without_a_trust_each_line_has_a_list_of_trusts_that_can_be_seen(ptrs):
    workbook = opened(ptrs)
    cell = line_of(workbook["Return"], SHARE)["organisation"]
    name, _, cells = rule_of(workbook["Return"], cell).formula1.partition("!")
    listed = [row[0].value for row in workbook[name][cells.replace("$", "")]]
    trusts = Organisation.objects.filter(kind="trust").order_by("name")

    assert (cell.value, cell.protection.locked) == (None, False)
    assert listed == list(trusts.values_list("slug", flat=True))
    assert len(listed) == 35


def test_a_template_has_nothing_for_which_a_file_is_refused(ptrs):
    workbook = opened(ptrs)

    assert [sheet.sheet_state for sheet in workbook.worksheets] == ["visible", "visible"]
    assert not any(sheet.merged_cells.ranges for sheet in workbook.worksheets)
    assert {cell.data_type for sheet in workbook for row in sheet for cell in row} == {"s", "n"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A"])
def test_a_text_that_could_be_run_is_written_as_text(db, text):
    measure = factories.make_measure(title=text, counted=text)
    entry = factories.make_framework_measure(
        measure=measure, target=None, target_standing="", target_note=text
    )
    workbook = opened(entry.domain.framework, factories.make_organisation())
    title = line_of(workbook["Return"], measure.code)["title"]

    assert (title.value, title.data_type, title.quotePrefix) == (text, "s", text != "#N/A")
    assert {cell.data_type for row in workbook["Guidance"] for cell in row} == {"s", "n"}


def test_the_guidance_says_of_each_measure_what_it_counts_and_how_that_is_known(ptrs, london):
    rows = list(opened(ptrs, london)["Guidance"].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "Code")
    about = {row[0]: dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]}

    assert list(about) == measures_in(opened(ptrs, london)["Return"])
    assert about[COUNT]["Unit"] == "completions"
    assert about[COUNT]["Out of what"] == "Not a share of anything."
    assert about[SHARE]["What is counted"].startswith("Offenders whose OASys assessment")
    assert about[SHARE]["Out of what"] == "Offenders due an OASys assessment in the period."
    assert about[SHARE]["Target"] == "None known. Not in the part of the record that could be read."
    assert about[SHARE]["Standing of the definition"].startswith("Reconstructed. The Justice Committee")
    assert "Its place in this framework: reconstructed." in about[SHARE]["Standing of the definition"]
    assert about[PREDICTED]["Standing of the definition"].startswith("Documented.")


def test_the_guidance_gives_a_target_in_its_unit_and_says_if_it_is_reconstructed(db):
    entry = factories.make_framework_measure(
        target=92.5, target_standing="reconstructed", target_note="A guess."
    )
    sheet = opened(entry.domain.framework, factories.make_organisation())["Guidance"]

    assert "92.5% (reconstructed). A guess." in {cell.value for cell in sheet["F"]}


def test_the_steps_are_numbered_sentences_and_the_last_one_says_by_when(ptrs, london):
    texts = [str(cell.value) for cell in opened(ptrs, london)["Guidance"]["A"]]
    steps = [text for text in texts if text[:1].isdigit()]

    assert (
        texts[0]
        == "How to fill in: Probation Trust Rating System, 2011-12, July 2011, London Probation Trust"
    )
    assert [step.partition(". ")[0] for step in steps] == [str(n) for n in range(1, len(steps) + 1)]
    assert "by 15 August 2011." in steps[-1]


def test_a_sheet_is_printed_on_one_page_across_with_its_header(ptrs, london):
    sheet = opened(ptrs, london)["Return"]

    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", False)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")
    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [28, 26, 32, 50]


def test_a_template_says_what_it_is_and_is_the_same_every_time(ptrs, london):
    content = template_workbook(ptrs, JULY, london)
    about = load_workbook(io.BytesIO(content)).properties
    dates = {entry.date_time[:3] for entry in ZipFile(io.BytesIO(content)).infolist()}

    assert about.title == f"Return: {ptrs.title}, July 2011, London Probation Trust"
    assert about.description.startswith("Not a government form.")
    assert (about.created, about.modified) == (datetime.datetime(2011, 7, 1), datetime.datetime(2011, 7, 1))
    assert dates == {(1980, 1, 1)}
    assert template_workbook(ptrs, JULY, london) == content


@pytest.mark.parametrize(
    ("period", "written"),
    [
        (JULY, "July 2011"),
        (quarter_of(datetime.date(2010, 4, 1)), "Q1 2010/11"),
        (quarter_of(datetime.date(2010, 12, 1)), "Q3 2010/11"),
        (quarter_of(datetime.date(2011, 1, 1)), "Q4 2010/11"),
        (financial_year_of(datetime.date(2010, 4, 1)), "2010/11"),
        (financial_year_of(datetime.date(1999, 4, 1)), "1999/00"),
        (
            Period(datetime.date(2011, 1, 1), datetime.date(2011, 12, 31)),
            "1 January 2011 to 31 December 2011",
        ),
        (Period(datetime.date(2009, 4, 1), datetime.date(2009, 7, 31)), "1 April 2009 to 31 July 2009"),
    ],
)
def test_a_period_is_written_as_the_reader_of_returns_reads_it(period, written):
    assert written_in_a_file(period) == written
    assert read_period(written) == period
