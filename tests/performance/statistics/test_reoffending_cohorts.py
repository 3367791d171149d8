import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.columns import in_words
from performance.statistics.reoffending.cohorts import cohorts, holding

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
NO_PREDICTION = "no prediction is given"
CERTAIN = "a prediction of 0% or 100% leaves nothing to chance"
TOO_FEW = "fewer than 5 were expected to reoffend, or fewer than 5 not to"
OTHER_CASES = "the prediction was made for other cases than those that were followed up"
UNKNOWN_CASES = "it is not known for which cases the prediction was made"

rows = st.integers(1, 5000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n), st.floats(0.01, 0.99), st.floats(0, 0.99))
)


@pytest.mark.oracle(of=cohorts)
@given(st.lists(rows, min_size=1, max_size=10))
def test_the_variance_is_that_of_the_definition_less_the_known_spread_of_risk(rows):
    observed, cases, rates, parts = zip(*rows, strict=True)
    variances = [part * rate * (1 - rate) for rate, part in zip(rates, parts, strict=True)]
    found = cohorts(observed, cases, rates, variances)

    for place, (o, n, p, part) in enumerate(rows):
        total = n * p * (1 - p) - n * part * p * (1 - p)
        assert found.variance[place] == pytest.approx(total / n**2)
        assert found.difference[place] == pytest.approx((o - n * p) / n, abs=1e-12)
        assert found.is_flagged[place] == (n * p >= 5 and n * (1 - p) >= 5)
    assert found.is_national.all()


@pytest.mark.worked_example(of=cohorts)
def test_the_variance_worked_out_by_hand():
    """60 of 400 against 10%: 0.09 / 400 = 0.000225; half of it where half the risk is known."""
    found = cohorts([60, 60], 400, 0.1, [0.0, 0.045])

    assert list(found.difference) == pytest.approx([0.05, 0.05])
    assert list(found.variance) == pytest.approx([0.000225, 0.0001125])


@pytest.mark.parametrize(
    ("observed", "cases", "rate", "reason"),
    [
        (NAN, 100, 0.1, NOT_GIVEN),
        (10, None, 0.1, NOT_GIVEN),
        (10, 100, NAN, NO_PREDICTION),
        (0, 0, 0.1, NO_CASES),
        (0, 0, NAN, NO_PREDICTION),
        (0, 100, 0.0, CERTAIN),
        (100, 100, 1.0, CERTAIN),
        (0, 100, 0.1, ""),
        (100, 100, 0.1, ""),
    ],
)
def test_a_row_without_figures_says_why_and_leaves_the_others_alone(observed, cases, rate, reason):
    found = cohorts([observed, 20], [cases, 200], [rate, 0.1])

    assert list(found.reason) == [reason, ""]
    assert list(found.flag_reason) == ["", ""]
    assert list(found.is_flagged) == list(found.is_national) == [reason == "", True]
    assert np.isnan(found.variance[0]) == (reason != "")
    assert found.variance[1] == pytest.approx(0.09 / 200)


@pytest.mark.parametrize(
    ("cases", "rate", "predicted_cases", "flag_reason"),
    [
        (49, 0.1, 49, TOO_FEW),
        (50, 0.1, 50, ""),
        (49, 0.9, 49, TOO_FEW),
        (100, 0.1, 101, OTHER_CASES),
        (100, 0.1, NAN, UNKNOWN_CASES),
        (10, 0.1, 11, OTHER_CASES),
    ],
)
def test_some_rows_are_shown_without_a_flag(cases, rate, predicted_cases, flag_reason):
    found = cohorts([5], [cases], [rate], predicted_cases=[predicted_cases])

    assert list(found.flag_reason) == [flag_reason]
    assert list(found.reason) == [""]
    assert list(found.is_flagged) == [flag_reason == ""]
    assert list(found.is_national) == [flag_reason in ("", TOO_FEW)]


def test_a_spread_of_risk_that_is_not_known_is_left_out():
    assert list(cohorts([10, 10], 100, 0.1, [NAN, 0]).risk_share) == [0, 0]


@pytest.mark.parametrize("variance", [-0.01, 0.09, 0.5])
def test_a_spread_of_risk_beyond_what_is_possible_is_a_mistake(variance):
    with pytest.raises(ValueError, match="a variance of risk must be from 0 to below"):
        cohorts(10, 100, 0.1, variance)


@pytest.mark.parametrize(
    ("observed", "cases", "rate", "complaint"),
    [
        (101, 100, 0.1, "from 0 to its denominator"),
        (-1, 100, 0.1, "from 0 to its denominator"),
        (10.5, 100, 0.1, "whole number"),
        (10, 100, 9.0, "a share must be from 0 to 1"),
        (10, math.inf, 0.1, "infinite"),
    ],
)
def test_impossible_figures_are_mistakes(observed, cases, rate, complaint):
    with pytest.raises(ValueError, match=complaint):
        cohorts(observed, cases, rate)


def test_rows_keep_their_index_and_nothing_in_is_nothing_out():
    assert list(cohorts(pd.Series([1, 2], ["b", "a"]), 100, 0.1).index) == ["b", "a"]
    assert cohorts([], [], []).reason.size == 0


@pytest.mark.worked_example(of=holding)
def test_reasons_are_handed_on_without_the_empty_one():
    reasons = in_words(3, (np.array([False, True, False]), "why"))

    ((holds, word),) = holding(reasons)

    assert word == "why"
    assert list(holds) == [False, True, False]
