"""Layouts are recognised by their headers, and what is wrong with a header is told at once."""

import pytest

from performance.periods import month_of
from performance.returns.figures_frame import Layout
from performance.returns.found import error, warning
from performance.returns.layouts import Said, recognised
from performance.returns.layouts.headers import MISSING
from tests.performance.returns.layouts.tables import ALL, COLUMNS, read, refused, sheet_of

ROW = ["london", "ptrs", "reports", "April 2010", "90"]
HEADER = ["organisation", "framework", "measure", "period", "value"]


def unknown(column: str, meant: str = "", row: int = 1):
    hint = f" If {meant} is meant, write that." if meant else ""
    sentence = f"The column '{column}' isn't known, so its cells aren't read.{hint}"
    return warning("unknown-column", sentence, row=row, column=column)


def missing(field: str, row: int = 1):
    return error("missing-column", MISSING[field], row=row)


@pytest.mark.parametrize(
    "header, layout",
    [
        (COLUMNS, Layout.TIDY),
        (["Trust", "Measure Code", "From", "To", "Num", "Den"], Layout.TIDY),
        (["MEASURE", "PERIOD-START", "Period_End", "Value"], Layout.TIDY),
        (["trust", "measure", "actual", "predicted"], Layout.TIDY),
        (["Measure", "Apr 2010", "May 2010"], Layout.WIDE),
        (["Measure", "2010-04 numerator", "2010-04 denominator"], Layout.WIDE),
        (["Measure", "April 2010: status"], Layout.WIDE),
        (["Measure", "Q1 2010-11 (value)"], Layout.WIDE),
        (["Measure", "2010-11"], Layout.WIDE),
        (
            ["Area", "Cohort", "Actual rate", "Predicted rate", "% difference"],
            Layout.LOCAL_ADULT_REOFFENDING,
        ),
        (
            [
                "Probation Trust",
                "Number of offenders in the cohort",
                "Actual reoffending rate",
                "Predicted rate of reoffending (%)",
                "% difference from predicted",
                "Significance",
            ],
            Layout.LOCAL_ADULT_REOFFENDING,
        ),
        (["Area", "Actual rate", "Difference between actual and predicted"], Layout.TIDY),
        (["Name", "Age"], None),
        (["%PDF-1.4"], None),
        ([], None),
    ],
)
def test_a_layout_is_recognised_by_its_headers(header, layout):
    assert recognised(header) == layout


@pytest.mark.parametrize(
    "names",
    [
        ["Trust", "Framework", "Indicator", "Month", "Result"],
        ["AREA", "FRAMEWORK", "MEASURE CODE", "PERIOD", "VALUE"],
        ["probation-trust", "framework", "Measure_Code", "period", "value"],
    ],
)
def test_columns_go_by_other_names_too(names):
    figures, found = read(sheet_of(names, ROW))
    assert found == []
    assert figures.columns == {
        **dict(zip(["organisation", "framework", "measure", "value"], [*names[:3], names[4]], strict=True)),
        **{"period_start": names[3], "period_end": names[3]},
    }


def test_a_file_of_which_no_header_is_known_is_no_return():
    assert refused(sheet_of(["Name", "Age"], ["Ann", "40"], header_row=3)) == [
        error(
            "not-recognised",
            "None of the headers is known. The first row of a return names its columns, such as "
            "organisation, framework, measure, period, numerator, denominator and value.",
            row=3,
        )
    ]


def test_what_is_not_known_is_told_with_what_may_be_meant():
    sheet = sheet_of([*HEADER, "Numeratr", "Colour", ""], [*ROW, "45", "red", ""], header_row=2)
    figures, found = read(sheet)
    assert found == [unknown("Colour", row=2), unknown("Numeratr", "numerator", row=2)]
    assert figures.frame["numerator"].isna().all()


def test_what_the_file_has_already_is_not_taken_for_meant():
    _, found = read(sheet_of([*HEADER, "Values"], [*ROW, "1"]))
    assert found == [unknown("Values")]


def test_a_very_long_header_is_cut():
    _, found = read(sheet_of([*HEADER, "x" * 500], [*ROW, ""]))
    assert found[0].column == "x" * 500
    assert found[0].sentence == f"The column '{'x' * 60}…' isn't known, so its cells aren't read."


def test_the_title_of_a_measure_is_known_and_not_read():
    figures, found = read(sheet_of(["title", *HEADER], ["Reports on time", *ROW]))
    assert found == []
    assert "title" not in figures.columns


def test_two_columns_that_stand_for_the_same_are_refused():
    assert refused(sheet_of([*HEADER, "Trust", "Remarks", "Comments", "note"], [*ROW, *"abcd"])) == [
        unknown("Remarks"),
        error(
            "column-twice",
            "The columns 'organisation' and 'Trust' stand for the same: keep one of them.",
            row=1,
            column="Trust",
        ),
        error(
            "column-twice",
            "The columns 'Comments' and 'note' stand for the same: keep one of them.",
            row=1,
            column="note",
        ),
    ]


def test_every_column_that_is_missing_is_told():
    found = refused(sheet_of(["note"], ["x"], header_row=4))
    assert found == [
        missing(field, 4) for field in ("organisation", "framework", "measure", "period", "value")
    ]


def test_what_the_form_says_need_not_be_a_column():
    assert refused(sheet_of(["note"], ["x"]), ALL) == [missing("measure"), missing("value")]
    figures, found = read(sheet_of(["measure", "value"], ["reports", "90"]), ALL)
    assert found == []
    assert figures.columns == {"measure": "measure", "value": "value"}


@pytest.mark.parametrize("said", [Said("london", "ptrs"), ALL])
def test_a_period_needs_both_its_ends(said):
    start = sheet_of(["measure", "from", "value"], ["reports", "2010-04-01", "90"])
    end = sheet_of(["measure", "to", "value"], ["reports", "2010-04-30", "90"])
    assert refused(start, said) == [missing("period_end")]
    assert refused(end, said) == [missing("period_start")]


def test_a_period_is_told_once():
    header = [*HEADER, "start", "end"]
    assert refused(sheet_of(header, [*ROW, "2010-04-01", "2010-04-30"])) == [
        error(
            "column-twice",
            "The period is told twice: keep the column period alone, or its start and end alone.",
            row=1,
        )
    ]


def test_a_header_alone_has_no_figures():
    assert refused(sheet_of(HEADER)) == [
        error("no-figures", "There is no figure below the header: give at least one row for a trust.")
    ]


def test_cells_win_over_the_form_and_empty_cells_are_filled_from_it():
    said = Said("kent", "ippf", month_of(ALL.period.start))
    figures, found = read(sheet_of(HEADER, ROW, ["", "", "m1", "", "5"]), said)
    assert found == []
    assert figures.frame["organisation"].tolist() == ["london", "kent"]
    assert figures.frame["framework"].tolist() == ["ptrs", "ippf"]
    assert figures.frame["measure"].tolist() == ["reports", "orders"]
    assert figures.frame["period_end"].astype(str).tolist() == ["2010-04-30", "2010-04-30"]
