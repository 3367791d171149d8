"""One row for each figure."""

from dataclasses import replace
from itertools import chain

import pandas as pd

from performance.returns.figures_frame import Layout
from performance.returns.files import Block
from tests.performance.returns.layouts.tables import (
    ALL,
    COLUMNS,
    GOOD,
    columns_of,
    read,
    refused,
    sheet_of,
    tidy,
)

TYPES = {
    "row": "int32",
    "heading": "str",
    "organisation": "category",
    "framework": "category",
    "measure": "category",
    "period_start": "datetime64[s]",
    "period_end": "datetime64[s]",
    "status": "category",
    "numerator": "float64",
    "denominator": "float64",
    "expected": "float64",
    "value": "float64",
    "target": "float64",
    "note": "str",
    "is_whole": "bool",
}


def test_a_row_is_a_figure():
    row = GOOD | {"expected": "4.5", "value": "90", "target": "92.5", "note": "Late, see letter"}
    figures, found = read(tidy(row))
    assert found == []
    assert figures.layout == Layout.TIDY
    assert figures.columns == {column: column for column in COLUMNS}
    assert columns_of(figures, *TYPES) == [
        (
            *(2, "", "london", "ptrs", "reports"),
            *(pd.Timestamp("2010-04-01"), pd.Timestamp("2010-04-30"), "reported"),
            *(45.0, 50.0, 4.5, 90.0, 92.5, "Late, see letter", True),
        )
    ]


def test_the_columns_are_of_the_types_that_checks_count_on():
    """However the file came: with every column, or with the fewest, in one block or several."""
    for sheet, said in (
        (tidy(*[GOOD] * 7), ALL),
        (sheet_of(["measure", "value"], ["reports", "1"]), ALL),
        (sheet_of(["measure", "Apr 2010"], ["reports", "1"]), ALL),
        (sheet_of(["area", "cohort", "actual", "predicted"], ["london", "9", "1", "2"]), ALL),
    ):
        frame = read(sheet, said)[0].frame
        assert frame.dtypes.astype(str).to_dict() == TYPES
        assert frame.index.equals(pd.RangeIndex(len(frame)))
        assert set(frame["status"].cat.categories) == {
            *("reported", "nil", "missing", "suppressed", "not-applicable", "")
        }


def test_names_are_found_and_those_that_are_not_known_stay_as_sent():
    rows = [
        GOOD | {"organisation": "LONDON probation  trust", "framework": "PTRS 2010-11"},
        GOOD | {"organisation": "Kent", "framework": "IPPF", "measure": "Reports on time"},
        GOOD | {"organisation": "Atlantis", "framework": "New Deal", "measure": "Joy"},
        GOOD | {"organisation": "", "framework": "", "measure": ""},
    ]
    figures, found = read(tidy(*rows))
    assert found == []
    assert columns_of(figures, "organisation", "framework", "measure") == [
        ("london", "ptrs", "reports"),
        ("kent", "ippf", "reports"),
        ("Atlantis", "New Deal", "Joy"),
        ("", "", ""),
    ]
    assert set(figures.frame["organisation"].cat.categories) == {"london", "kent", "Atlantis", ""}


def test_a_framework_has_its_own_code_for_a_measure():
    figures, _ = read(tidy(GOOD | {"measure": "M1"}, GOOD | {"measure": "m1", "framework": "ippf"}))
    assert columns_of(figures, "framework", "measure") == [("ptrs", "reports"), ("ippf", "orders")]


def test_one_column_may_tell_the_period():
    header = ["Measure", "Period", "Value"]
    figures, found = read(sheet_of(header, ["reports", "Q1 2010-11", "90"], ["orders", "Apr-10", "7"]), ALL)
    assert found == []
    assert figures.columns == {
        **{"measure": "Measure", "value": "Value"},
        **{"period_start": "Period", "period_end": "Period"},
    }
    assert columns_of(figures, "period_start", "period_end") == [
        (pd.Timestamp("2010-04-01"), pd.Timestamp("2010-06-30")),
        (pd.Timestamp("2010-04-01"), pd.Timestamp("2010-04-30")),
    ]


def test_a_large_file_comes_to_compact_columns():
    rows = [GOOD | {"value": f"{number / 7}"} for number in range(2_000)]
    frame = read(tidy(*rows))[0].frame
    assert frame.memory_usage(index=False).sum() / len(frame) < 90


def test_a_block_without_rows_is_no_figure():
    """As where every row of one is of another width than the header."""
    whole = tidy(GOOD)
    with_gap = replace(whole, blocks=lambda: chain([Block([], [])], whole.blocks()))
    assert len(read(with_gap)[0].frame) == 1
    assert [finding.code for finding in refused(replace(whole, blocks=lambda: iter([Block([], [])])))] == [
        "no-figures"
    ]
