"""A workbook to fill in: the lines of a return, for one framework and period."""

import datetime
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Border, PatternFill, Protection, Side
from openpyxl.styles.numbers import FORMAT_GENERAL, FORMAT_TEXT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from performance.exports.return_guidance import NAME as GUIDANCE
from performance.exports.return_guidance import STANDING, write_guidance
from performance.exports.workbook import (
    DASHBOARD,
    WRAPPED,
    content_of,
    protect,
    set_up_print,
    write_header,
    write_text,
)
from performance.models import Framework, FrameworkMeasure, Measure
from performance.periods import Period, financial_year_of, month_of, quarter_of, written_date
from performance.returns.expected import due_date
from performance.returns.known import PREDICTED
from performance.vocabulary import PARTS_OF_A_WHOLE, Status, Unit
from trusts.models import Organisation, OrganisationKind

# The columns in order, with their width in characters.
COLUMNS = {
    "organisation": 28,
    "framework": 26,
    "measure": 32,
    "title": 50,
    "period": 16,
    "status": 16,
    "numerator": 13,
    "denominator": 13,
    "expected": 13,
    "value": 13,
    "note": 44,
}
COUNTS = ("numerator", "denominator")
TYPED = ("organisation", "status", "note")

REFUSALS = {
    "organisation": "Choose a trust from the list.",
    "status": "Choose a status from the list; the sheet Guidance says what each means.",
    "count": "A whole number, 0 or more.",
    "percentage": "A number from 0 to 100, such as 69.2 for 69.2%.",
    "number": "A number, 0 or more.",
    "change": "A number of percentage points from -100 to 100, below 0 for a fall.",
}

UNLOCKED = Protection(locked=False)
HATCHED = PatternFill("lightUp", start_color="505A5F")
LINE = Side("thin", color="B1B4B6")
LINED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def template_workbook(framework: Framework, period: Period, trust: Organisation | None) -> bytes:
    """An XLSX workbook with a line for each measure of the framework, in its order, and a sheet of
    guidance. Without a trust, each line has a drop-down list of all trusts. The same bytes every
    time, for the same definitions."""
    entries = list(
        FrameworkMeasure.objects.filter(domain__framework=framework)
        .select_related("measure")
        .order_by("domain__position", "position")
    )
    trusts = [] if trust else list(Organisation.objects.of_kind(OrganisationKind.TRUST))
    title = f"{framework.title}, {period}" + (f", {trust.name}" if trust else "")
    workbook = Workbook()
    sheet, guidance = workbook.active, workbook.create_sheet(GUIDANCE)
    sheet.title = "Return"
    rules = _rules(write_guidance(guidance, title, due_date(period), framework, entries, trusts))
    same = {
        "organisation": trust.slug if trust else "",
        "framework": framework.slug,
        "period": written_in_a_file(period),
    }
    for row, entry in enumerate(entries, start=2):
        _write_line(sheet, row, same | _names(entry.measure), entry.measure, rules)
    _finish(sheet, rules.values())
    _say_what_it_is(workbook, title, period)
    return content_of(workbook)


def written_in_a_file(period: Period) -> str:
    """In the one way in which nobody, and no spreadsheet, takes it for another period: April 2010,
    Q1 2010/11, 2010/11, and anything else by its two days."""
    first = period.start
    year = financial_year_of(first)
    in_short = f"{year.start.year}/{year.end.year % 100:02d}"
    if period == year:
        return in_short
    if period == quarter_of(first):
        return f"Q{(first.month - 4) % 12 // 3 + 1} {in_short}"
    if period == month_of(first):
        return str(period)
    return f"{written_date(first)} to {written_date(period.end)}"


def _names(measure: Measure) -> dict[str, str]:
    return {"measure": measure.code, "title": measure.title}


def _write_line(
    sheet: Worksheet, row: int, texts: dict[str, str], measure: Measure, rules: dict[str, DataValidation]
) -> None:
    """texts: by column, what stands there already; an empty one is to be filled in."""
    typed = to_fill_in(measure)
    for column, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row, column)
        cell.alignment, cell.border = WRAPPED, LINED
        if texts.get(name):
            write_text(cell, texts[name])
        elif name in typed:
            cell.protection = UNLOCKED
            cell.number_format = FORMAT_TEXT if name in TYPED else FORMAT_GENERAL
            if rule := rules.get(_rule_of(name, measure.unit)):
                rule.add(cell)
        else:
            cell.fill = HATCHED


def to_fill_in(measure: Measure) -> set[str]:
    """The columns of COLUMNS that somebody fills in for this measure."""
    counts = COUNTS if measure.unit in PARTS_OF_A_WHOLE else ()
    expected = ("expected",) if measure.code in PREDICTED else ()
    return {"organisation", "status", *counts, *expected, "value", "note"}


def _rules(trusts: str) -> dict[str, DataValidation]:
    """What a spreadsheet lets one type, by name. trusts: the range of their slugs, or empty."""
    rules = {
        "status": DataValidation("list", f'"{",".join(Status.values())}"'),
        "count": DataValidation("whole", "0", operator="greaterThanOrEqual"),
        "percentage": DataValidation("decimal", "0", "100", operator="between"),
        "number": DataValidation("decimal", "0", operator="greaterThanOrEqual"),
        "change": DataValidation("decimal", "-100", "100", operator="between"),
    }
    if trusts:
        rules["organisation"] = DataValidation("list", trusts)
    for name, rule in rules.items():
        rule.allowBlank = rule.showErrorMessage = True
        rule.errorTitle, rule.error = "This can't be right", REFUSALS[name]
    return rules


def _rule_of(column: str, unit: str) -> str:
    if column in COUNTS or (column == "value" and unit == Unit.COUNT):
        return "count"
    if column == "value" and unit in PARTS_OF_A_WHOLE:
        return "percentage"
    if column == "value" and unit == Unit.POINTS:
        return "change"
    return "number" if column in ("expected", "value") else column


def _finish(sheet: Worksheet, rules: Iterable[DataValidation]) -> None:
    write_header(sheet, 1, list(COLUMNS))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for rule in rules:
        sheet.add_data_validation(rule)
    protect(sheet)
    set_up_print(sheet, 1)


def _say_what_it_is(workbook: Workbook, title: str, period: Period) -> None:
    about = workbook.properties
    about.creator, about.title, about.description = DASHBOARD, f"Return: {title}", STANDING
    # The period's, since the moment of writing would make other bytes of the same template.
    about.created = about.modified = datetime.datetime.combine(period.start, datetime.time())
