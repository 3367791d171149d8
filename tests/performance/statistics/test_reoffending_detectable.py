import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.comparison import against_prediction
from performance.statistics.reoffending.detectable import detectable_difference
from performance.statistics.reoffending.verdicts import DesignEffects

NAN = math.nan
FIGURES = ["margin", "margin_of_rate", "detectable", "detectable_of_rate"]


@pytest.mark.worked_example(of=detectable_difference)
@pytest.mark.parametrize(
    ("cases", "margin_of_rate"),
    # A year of a trust, a quarter of it, and a small one.
    [(18_000, 0.046), (4500, 0.093), (400, 0.31)],
)
def test_what_so_many_cases_can_show_at_9_per_cent(cases, margin_of_rate):
    found = detectable_difference(cases, 0.09, design_effect=1.0).iloc[0]

    assert found["margin_of_rate"] == pytest.approx(margin_of_rate, abs=0.005 if cases == 400 else 0.0005)


@pytest.mark.worked_example(of=detectable_difference)
def test_a_year_of_a_trust_shows_four_tenths_of_a_point():
    """sqrt(0.09 x 0.91 / 18,000) is 0.2133 points: 1.96 of them 0.418, and 2.80 of them 0.598, which
    is 6.6% of the rate. A design effect of 1.3 makes each 1.14 times as large."""
    found = detectable_difference(18_000, 0.09, design_effect=1.0).iloc[0]
    usual = detectable_difference(18_000, 0.09).iloc[0]

    assert found["margin"] == pytest.approx(0.00418, abs=5e-6)
    assert found["detectable"] == pytest.approx(0.00598, abs=5e-6)
    assert found["detectable_of_rate"] == pytest.approx(0.0664, abs=5e-5)
    assert list(usual[FIGURES] / found[FIGURES]) == pytest.approx([math.sqrt(1.3)] * 4)


@pytest.mark.oracle(of=detectable_difference)
@given(st.integers(500, 30_000), st.floats(0.05, 0.5), st.sampled_from([0.5, 0.8, 0.9]))
def test_a_trust_so_far_away_is_found_with_that_power(cases, rate, power):
    """By the chance that a normal result about the true difference lies beyond the margin."""
    found = detectable_difference(cases, rate, 1.0, power).iloc[0]
    error = math.sqrt(rate * (1 - rate) / cases)

    assert stats.norm.sf(found["margin"], found["detectable"], error) == pytest.approx(power)
    assert stats.norm.sf(found["margin"], 0, error) == pytest.approx(0.025)
    assert found["margin_of_rate"] * rate == pytest.approx(found["margin"])


def test_more_cases_show_more():
    found = detectable_difference([100, 1000, 10_000], 0.1)

    for name in FIGURES:
        assert (np.diff(found[name]) < 0).all()


@pytest.mark.parametrize(
    ("cases", "rate", "reason"),
    [
        (NAN, 0.1, "a figure is not given"),
        (100, NAN, "a figure is not given"),
        (0, 0.1, "there are no cases"),
        (100, 0.0, "a prediction of 0% or 100% leaves nothing to chance"),
        (100, 1.0, "a prediction of 0% or 100% leaves nothing to chance"),
    ],
)
def test_a_row_without_figures_says_why(cases, rate, reason):
    found = detectable_difference([cases, 100], [rate, 0.1])

    assert list(found["reason"]) == [reason, ""]
    assert found.iloc[0][FIGURES].isna().all()
    assert found.iloc[1][FIGURES].notna().all()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((-1, 0.1), "a count can't be below 0"),
        ((100, 9.0), "a share must be from 0 to 1"),
        ((100, 0.1, 0.9), "a design effect is 1 or more"),
        ((100, 0.1, 1.3, 1.0), "power must lie between 0 and 1"),
        ((100, 0.1, 1.3, 0.8, 95), "confidence must lie between 0 and 1"),
    ],
)
def test_impossible_figures_are_mistakes(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        detectable_difference(*arguments)


def test_rows_keep_their_index_and_nothing_in_is_nothing_out():
    assert list(detectable_difference(pd.Series([1, 2], ["b", "a"]), 0.1).index) == ["b", "a"]
    assert detectable_difference([], []).empty


@pytest.mark.slow
def test_four_in_five_trusts_that_far_away_are_called():
    """A year of a trust at 9%, and 6.6% of the rate."""
    random = np.random.default_rng(66)
    alone = DesignEffects(1.0, 1.0, 1.0)
    for side in (1, -1):
        observed = random.binomial(18_000, 0.09 * (1 + side * 0.066), 5000)
        found = against_prediction(cohorts(observed, 18_000, 0.09), alone)

        assert (found["p"] <= 0.05).mean() == pytest.approx(0.8, abs=0.025)
