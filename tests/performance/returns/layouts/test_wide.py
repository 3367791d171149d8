"""One row for each measure, and columns for each period."""

import pandas as pd
import pytest

from performance.returns.figures_frame import Layout
from performance.returns.found import error
from performance.returns.layouts.headers import MISSING
from tests.performance.returns.layouts.tables import ALL, columns_of, read, refused, sheet_of

HEADER = ["Trust", "Framework", "Measure", "Apr 2010", "May 2010", "Target", "Notes"]
APRIL = (pd.Timestamp("2010-04-01"), pd.Timestamp("2010-04-30"))
MAY = (pd.Timestamp("2010-05-01"), pd.Timestamp("2010-05-31"))
COUNTS = [
    "Measure",
    *("2010-04 numerator", "2010-04 denominator", "May 2010\nnum", "May 2010\nden"),
    *("April 2010: status", "May-10 status"),
]
NO_FIGURE = (
    "Give a figure, or a status that says why there is none: nil, missing, suppressed or not-applicable."
)


def test_each_row_and_period_is_a_figure():
    rows = [
        ["london", "ptrs", "reports", "90", "91.5", "92", "Late"],
        ["kent", "ptrs", "orders", "7", "8", "", ""],
    ]
    figures, found = read(sheet_of(HEADER, *rows))
    assert found == []
    assert figures.layout == Layout.WIDE
    assert columns_of(figures, "row", "heading", "organisation", "measure", "value", "target", "note") == [
        (2, "Apr 2010", "london", "reports", 90.0, 92.0, "Late"),
        (2, "May 2010", "london", "reports", 91.5, 92.0, "Late"),
        (3, "Apr 2010", "kent", "orders", 7.0, None, ""),
        (3, "May 2010", "kent", "orders", 8.0, None, ""),
    ]
    assert columns_of(figures, "period_start", "period_end") == [APRIL, MAY, APRIL, MAY]
    assert figures.frame["status"].eq("reported").all()


def test_a_period_may_have_several_columns_and_be_written_in_several_ways():
    figures, found = read(sheet_of(COUNTS, ["reports", "45", "50", "", "", "", "missing"]), ALL)
    assert found == []
    assert columns_of(figures, "period_start", "status", "numerator", "denominator") == [
        (APRIL[0], "reported", 45.0, 50.0),
        (MAY[0], "missing", None, None),
    ]


@pytest.mark.parametrize(
    "header",
    [
        *("2010-04 value", "Apr 2010 (value)", "Apr-10: Value", "April 2010_result", "APRIL 2010 - value"),
        *("2010-04-01", "April 2010"),
    ],
)
def test_a_column_is_of_a_period_and_a_field_however_it_is_written(header):
    figures, found = read(sheet_of(["measure", header], ["reports", "90"]), ALL)
    assert found == []
    assert columns_of(figures, "period_start", "period_end", "value") == [(*APRIL, 90.0)]
    assert figures.header_of("value", 0) == header


def test_headers_are_told_as_they_were_sent():
    row = ["reports", "45", "50", "60", "70", "reported", "reported"]
    figures, _ = read(sheet_of([*COUNTS, "Target"], [*row, "90"]), ALL)
    told = [
        {
            column: figures.header_of(column, position)
            for column in ("numerator", "status", "target", "measure")
        }
        for position in (0, 1)
    ]
    assert told == [
        {
            "numerator": "2010-04 numerator",
            "status": "April 2010: status",
            "target": "Target",
            "measure": "Measure",
        },
        {"numerator": "May 2010\nnum", "status": "May-10 status", "target": "Target", "measure": "Measure"},
    ]
    # A cell that the file hasn't is told of at the first column of its period.
    for column in ("period_start", "expected"):
        assert figures.header_of(column, 0) == "2010-04 numerator"
    assert figures.header_of("organisation", 0) == "organisation"
    assert figures.columns == {
        **{"measure": "Measure", "target": "Target", "status": "April 2010: status"},
        **{"numerator": "2010-04 numerator", "denominator": "2010-04 denominator"},
    }


def test_a_period_wholly_empty_is_left_out_and_a_row_wholly_empty_is_told():
    rows = [
        ["london", "ptrs", "reports", "", "91", "92", ""],
        ["london", "ptrs", "orders", "", "", "92", "None yet"],
    ]
    figures, found = read(sheet_of(HEADER, *rows, header_row=3))
    assert found == [error("no-figure", NO_FIGURE, row=5)]
    assert columns_of(figures, "row", "heading", "is_whole") == [(4, "May 2010", True)]


def test_cells_that_cannot_be_read_are_told_under_their_own_header():
    row = ["reports", "1,234", "50", "x", "70", "", "done"]
    figures, found = read(sheet_of(COUNTS, row), ALL)
    assert [(finding.code, finding.row, finding.column) for finding in found] == [
        ("not-a-number", 2, "2010-04 numerator"),
        ("not-a-number", 2, "May 2010\nnum"),
        ("not-a-status", 2, "May-10 status"),
    ]
    assert columns_of(figures, "status", "denominator", "is_whole") == [
        ("reported", 50.0, False),
        ("", 70.0, False),
    ]


def test_a_target_that_cannot_be_read_is_told_once():
    figures, found = read(sheet_of(HEADER, ["london", "ptrs", "reports", "90", "91", "90%", ""]))
    assert found == [
        error("not-a-number", "Found '90%': write 90, without a percent sign.", row=2, column="Target")
    ]
    assert columns_of(figures, "target", "is_whole") == [(None, False), (None, False)]


def test_a_note_alone_is_no_figure():
    figures, found = read(sheet_of(["measure", "Apr 2010", "Apr 2010 note"], ["reports", "", "Why"]), ALL)
    assert found == [error("no-figure", NO_FIGURE, row=2, column="Apr 2010")]
    assert columns_of(figures, "note", "is_whole") == [("Why", False)]


@pytest.mark.parametrize(
    "header, advice",
    [
        ("2010-11", "write November 2010 for the month, or 2010/11 for the year"),
        ("2010-11 value", "write November 2010 for the month, or 2010/11 for the year"),
        ("Q1 2010", "write the financial year in full, as in Q1 2010/11"),
        ("31/02/2011", "there is no such day"),
    ],
)
def test_a_header_that_is_no_clear_period_is_refused(header, advice):
    assert refused(sheet_of(["measure", "Apr 2010", header], ["reports", "1", "2"]), ALL) == [
        error("not-a-period", f"Found '{header}': {advice}.", row=1, column=header)
    ]


def test_two_columns_of_one_period_are_refused():
    header = ["measure", "Apr 2010", "2010-04 value"]
    assert refused(sheet_of(header, ["reports", "1", "2"]), ALL) == [
        error(
            "column-twice",
            "The columns 'Apr 2010' and '2010-04 value' stand for the same: keep one of them.",
            row=1,
            column="2010-04 value",
        )
    ]


@pytest.mark.parametrize("column", ["value", "status", "period", "from", "Target"])
def test_a_column_of_no_period_beside_columns_of_one_is_refused(column):
    header = ["measure", "Apr 2010", "Apr 2010 target", column]
    assert refused(sheet_of(header, ["reports", "1", "2", "3"]), ALL) == [
        error(
            "mixed-layouts",
            f"The column '{column}' is of no period, while others are: write the period before it, as in "
            "Apr 2010 value, or give each figure a row of its own.",
            row=1,
            column=column,
        )
    ]


def test_what_names_a_figure_must_be_there():
    assert refused(sheet_of(["Apr 2010"], ["1"], header_row=2)) == [
        error("missing-column", MISSING[field], row=2) for field in ("organisation", "framework", "measure")
    ]


def test_a_field_that_is_not_known_is_not_read():
    figures, found = read(sheet_of(["measure", "Apr 2010", "Apr 2010 colour"], ["reports", "1", "red"]), ALL)
    assert [(finding.code, finding.column) for finding in found] == [("unknown-column", "Apr 2010 colour")]
    assert columns_of(figures, "heading", "value") == [("Apr 2010", 1.0)]
