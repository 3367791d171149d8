"""Local adult reoffending as it was published."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.returns.figures_frame import Layout
from performance.returns.found import error
from performance.returns.layouts.headers import MISSING
from tests.performance.returns.layouts.tables import ALL, columns_of, read, refused, sheet_of

HEADER = ["Area", "Cohort size", "Actual rate", "Predicted rate", "% difference from predicted"]
# 380 of 4,321 are 8.79%; 9.50% are predicted.
GOOD = ["London", "4321", "8.79", "9.50", "-7.47"]


def read_row(*row: str):
    figures, found = read(sheet_of(HEADER, row), ALL)
    return figures.frame.iloc[0], found


def test_a_row_is_the_figure_of_an_area():
    figures, found = read(sheet_of(HEADER, GOOD), ALL)
    assert found == []
    assert figures.layout == Layout.LOCAL_ADULT_REOFFENDING
    assert columns_of(figures, "organisation", "framework", "measure", "status", "is_whole") == [
        ("london", "ptrs", "local-adult-reoffending", "reported", True)
    ]
    assert columns_of(figures, "numerator", "denominator", "value") == [(380.0, 4321.0, 8.79)]
    assert figures.frame["expected"][0] == pytest.approx(4321 * 0.095)
    assert figures.columns == {
        "organisation": "Area",
        "denominator": "Cohort size",
        "value": "Actual rate",
        "numerator": "Actual rate",
        "expected": "Predicted rate",
    }


@pytest.mark.parametrize(
    "header",
    [
        ["Probation Trust", "Cohort", "Actual", "Predicted", "Difference"],
        [
            *("area", "Number of offenders in the cohort", "Actual rate of reoffending (%)"),
            *("Predicted rate of reoffending (%)", "% difference from baseline"),
        ],
        [
            *("AREA", "Offenders", "Actual reoffending rate", "PREDICTED REOFFENDING RATE"),
            "% Difference between actual and predicted",
        ],
    ],
)
def test_headers_vary(header):
    figures, found = read(sheet_of([*header, "Statistically significant?"], [*GOOD, "Yes"]), ALL)
    assert found == []
    assert columns_of(figures, "organisation", "denominator", "value") == [("london", 4321.0, 8.79)]
    assert figures.frame["expected"][0] == pytest.approx(410.495)


def test_period_framework_status_and_note_may_be_columns():
    header = [*HEADER, "Framework", "Period", "Status", "Note"]
    row = ["kent", "", "", "", "", "ippf", "January to December 2011", "missing", "Not printed"]
    figures, found = read(sheet_of(header, row))
    assert found == []
    assert columns_of(figures, "framework", "status", "value", "note") == [
        ("ippf", "missing", None, "Not printed")
    ]
    assert str(figures.frame["period_end"][0].date()) == "2011-12-31"


def test_rows_of_the_nation_and_of_regions_are_left_out():
    rows = [
        ["England and Wales", "605966", "8.9", "9.1", ""],
        GOOD,
        ["South East", "90000", "8.9", "9.1", ""],
        ["Atlantis", "900", "9", "9", "0"],
    ]
    figures, found = read(sheet_of(HEADER, *rows), ALL)
    assert found == []
    assert columns_of(figures, "row", "organisation") == [(3, "london"), (5, "Atlantis")]


def test_totals_alone_are_no_figures():
    assert refused(sheet_of(HEADER, ["England and Wales", "605966", "8.9", "9.1", ""]), ALL) == [
        error("no-figures", "There is no figure below the header: give at least one row for a trust.")
    ]


@pytest.mark.parametrize(
    "cohort, rate, count",
    [
        # One count in 9,000 is 0.0111 points: more than the rounding, so one count alone is meant.
        ("9000", "8.89", 800),
        ("50", "100.00", 50),
        ("50", "0.00", 0),
        # One in 18,000 is 0.0056 points: two counts are printed alike.
        ("18000", "8.89", None),
        ("18000", "8.90", 1602),
        # 12 and 13 of 100 are 12% and 13%; no count comes to 12.5%.
        ("100", "12.50", None),
        # To one decimal, 8.95 to 9.05: 90 of 1,000 alone, but 895 to 905 of 10,000.
        ("1000", "9.0", 90),
        ("10000", "9.0", None),
        # 100% of 3,000 to one decimal: 2,999 as well, but never 3,001.
        ("3000", "100.0", None),
        ("0", "0.00", 0),
        ("", "8.90", None),
    ],
)
def test_the_numerator_is_that_which_alone_comes_to_the_printed_rate(cohort, rate, count):
    row, found = read_row("london", cohort, rate, "", "")
    assert found == []
    assert row["value"] == float(rate)
    assert row["numerator"] == count or (count is None and math.isnan(row["numerator"]))


@given(st.integers(1, 9_999).flatmap(lambda cohort: st.tuples(st.just(cohort), st.integers(0, cohort))))
def test_below_10000_every_count_is_recovered_from_its_printed_rate(both):
    cohort, count = both
    printed = (Decimal(100 * count) / cohort).quantize(Decimal("0.01"), ROUND_HALF_UP)
    row, _ = read_row("london", str(cohort), str(printed), "", "")
    assert row["numerator"] == count


@pytest.mark.parametrize("difference", ["-7.47", "-7.5", "-7", "-7.4737", ""])
def test_a_difference_that_recomputes_within_its_rounding_is_sound(difference):
    _, found = read_row(*GOOD[:4], difference)
    assert found == []


@pytest.mark.parametrize("difference", ["7.47", "-7.3", "-0.71", "-0.0747"])
def test_a_difference_that_does_not_recompute_is_told(difference):
    row, found = read_row(*GOOD[:4], difference)
    assert found == [
        error(
            "difference-does-not-recompute",
            f"Found '{difference}': 8.79% against 9.5% predicted is a difference of \N{MINUS SIGN}7.47% of "
            "the predicted rate.",
            row=2,
            column="% difference from predicted",
        )
    ]
    assert not row["is_whole"]


@given(st.integers(1, 5_000), st.integers(1, 5_000))
def test_a_difference_worked_out_before_rounding_is_always_sound(actual, predicted):
    """Rates in hundredths of a point with more decimals behind; all three are rounded for print."""
    actual_rate, predicted_rate = Decimal(actual) / 70, Decimal(predicted) / 70
    difference = 100 * (actual_rate - predicted_rate) / predicted_rate
    printed = [number.quantize(Decimal("0.01")) for number in (actual_rate, predicted_rate, difference)]
    _, found = read_row("london", "5000", *map(str, printed))
    assert found == []


@pytest.mark.parametrize("column, place", [("Actual rate", 2), ("Predicted rate", 3)])
@pytest.mark.parametrize("text", ["105", "-1", "1e300"])
def test_what_is_no_rate_is_told(column, place, text):
    row, found = read_row(*GOOD[:place], text, *GOOD[place + 1 :])
    sentence = f"Found '{text}': a rate is a percentage from 0 to 100."
    assert found == [error("no-rate", sentence, row=2, column=column)]
    assert math.isnan(row["numerator" if place == 2 else "expected"]) and not row["is_whole"]


def test_a_predicted_rate_needs_its_cohort():
    row, found = read_row("london", "", "8.79", "9.50", "-7.47")
    sentence = "Give the cohort of which 9.50% were predicted to reoffend."
    assert found == [error("no-cohort", sentence, row=2, column="Cohort size")]
    assert math.isnan(row["expected"]) and not row["is_whole"]


def test_cells_as_in_any_file_are_told():
    _, found = read_row("london", "4,321", "8.79%", "..", "n/a")
    assert [(finding.code, finding.column) for finding in found] == [
        ("not-a-number", column)
        for column in ("% difference from predicted", "Actual rate", "Cohort size", "Predicted rate")
    ]


def test_a_row_without_figures_is_told():
    _, found = read_row("london", "", "", "", "")
    assert [(finding.code, finding.column) for finding in found] == [("no-figure", "Actual rate")]


def test_what_it_lacks_is_told():
    header = ["Area", "Actual rate", "Predicted rate"]
    assert refused(sheet_of(header, ["london", "8.9", "9.1"])) == [
        error("missing-column", MISSING[field], row=1) for field in ("framework", "period", "denominator")
    ]
