import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.dispersion.limits import (
    difference_limits,
    log_ratio_limits,
    square_root_ratio_limits,
)
from performance.statistics.dispersion.overdispersion import Overdispersion, adjusted_z
from performance.statistics.dispersion.scales import difference, log_ratio, square_root_ratio

NAN = math.nan
TAIL_95 = 0.025

expectations = st.floats(0.5, 5000)
spreads = st.floats(0, 0.5)
tails = st.sampled_from([0.001, 0.025])
OF_RATIOS = [log_ratio_limits, square_root_ratio_limits]


def limits(table: pd.DataFrame) -> list[float]:
    """Lower and upper of a table of one row."""
    assert len(table) == 1
    return [float(table["lower"].iloc[0]), float(table["upper"].iloc[0])]


@pytest.mark.worked_example(of=log_ratio_limits)
def test_limits_of_a_log_ratio_worked_out_by_hand():
    """100 expected: exp(-/+ 1.96 / 10). With tau squared 0.03 the error is sqrt(0.04) = 0.2."""
    assert limits(log_ratio_limits(100, TAIL_95)) == pytest.approx([0.822, 1.2165], abs=5e-4)
    assert limits(log_ratio_limits(100, TAIL_95, 0.03)) == pytest.approx([0.6757, 1.4799], abs=5e-4)


@pytest.mark.worked_example(of=square_root_ratio_limits)
def test_limits_of_a_square_root_are_squared():
    """50 expected and tau squared 0.01: (1 -/+ 1.96 sqrt(0.015))^2. Laid on the ratio without
    squaring they would be 0.76 and 1.24, far too narrow."""
    assert limits(square_root_ratio_limits(50, TAIL_95, 0.01)) == pytest.approx([0.58, 1.54], abs=0.005)


@pytest.mark.worked_example(of=square_root_ratio_limits)
def test_a_limit_below_0_is_not_folded_back():
    assert limits(square_root_ratio_limits(0.5, TAIL_95))[0] == 0


@pytest.mark.worked_example(of=difference_limits)
def test_limits_of_a_difference_worked_out_by_hand():
    """A prediction of 10% of 400: 1.96 x 1.5 points. With a spread of 2 points, 1.96 x 2.5."""
    assert limits(difference_limits(0.1, 400, TAIL_95)) == pytest.approx([-0.0294, 0.0294], abs=1e-5)
    assert limits(difference_limits(0.1, 400, TAIL_95, 0.0004)) == pytest.approx([-0.049, 0.049], abs=1e-5)


@pytest.mark.worked_example(of=difference_limits)
def test_no_share_lies_further_below_its_prediction_than_0():
    assert limits(difference_limits([0.02], [10], TAIL_95))[0] == -0.02
    assert limits(difference_limits([0.98], [10], TAIL_95))[1] == pytest.approx(0.02)


@given(st.integers(0, 500), expectations, spreads, st.sampled_from([log_ratio, square_root_ratio]))
def test_a_ratio_lies_outside_where_its_adjusted_score_does(observed, expected, tau_squared, scale):
    laid = log_ratio_limits if scale is log_ratio else square_root_ratio_limits
    lower, upper = limits(laid(expected, TAIL_95, tau_squared))
    score = scale(observed, expected)
    z = adjusted_z(score["z"], score["standard_error"], Overdispersion(10, 1.0, tau_squared, ""))
    z95 = 1.959963984540054
    ratio = observed / expected
    # None observed is scored as half a case; elsewhere rounding decides only on the limit itself.
    if observed > 0 and not math.isclose(abs(z["additive_z"][0]), z95, rel_tol=1e-9):
        assert (ratio > upper) == (z["additive_z"][0] > z95)
        assert (ratio < lower) == (z["additive_z"][0] < -z95)


@given(st.integers(1, 2000), st.floats(0.02, 0.98), st.floats(0, 0.01))
def test_a_difference_lies_outside_where_its_adjusted_score_does(n, rate, tau_squared):
    lower, upper = limits(difference_limits(rate, n, TAIL_95, tau_squared))
    score = difference(range(n + 1), n, rate)
    z = adjusted_z(score["z"], score["standard_error"], Overdispersion(10, 1.0, tau_squared, ""))[
        "additive_z"
    ]
    z95 = 1.959963984540054
    is_clear = ~np.isclose(np.abs(z), z95)

    assert ((score["value"] > upper) == (z > z95))[is_clear].all()
    assert ((score["value"] < lower) == (z < -z95))[is_clear].all()


@pytest.mark.parametrize("laid", OF_RATIOS)
@given(expectations, spreads, tails)
def test_a_spread_a_smaller_tail_and_fewer_cases_widen_limits(laid, expected, tau_squared, tail):
    lower, upper = limits(laid(expected, tail, tau_squared))

    for wider in (
        laid(expected, tail, tau_squared + 0.1),
        laid(expected, tail / 2, tau_squared),
        laid(expected / 2, tail, tau_squared),
    ):
        assert limits(wider)[0] <= lower <= 1 <= upper <= limits(wider)[1]


@pytest.mark.parametrize("laid", OF_RATIOS)
@pytest.mark.parametrize("expected", [0, -1, NAN, None])
def test_a_limit_needs_an_expectation(laid, expected):
    with pytest.raises(ValueError, match="limits are for expectations above 0"):
        laid([10, expected], TAIL_95)


@pytest.mark.parametrize(
    ("rate", "n"), [(0.0, 10), (1.0, 10), (1.5, 10), (NAN, 10), (0.5, 0), (0.5, NAN), (0.5, -3)]
)
def test_a_limit_needs_a_prediction_and_cases(rate, n):
    with pytest.raises(ValueError, match="limits are for predictions between 0 and 1, and 1 case or more"):
        difference_limits(rate, n, TAIL_95)


@pytest.mark.parametrize(
    ("tail", "tau_squared", "complaint"),
    [(0, 0, "a tail must"), (0.5, 0, "a tail must"), (TAIL_95, -0.1, "tau squared can't be below 0")],
)
def test_impossible_tails_and_spreads_are_mistakes(tail, tau_squared, complaint):
    for laid in OF_RATIOS:
        with pytest.raises(ValueError, match=complaint):
            laid(10, tail, tau_squared)
    with pytest.raises(ValueError, match=complaint):
        difference_limits(0.5, 10, tail, tau_squared)


def test_rows_keep_their_index_and_nothing_in_is_nothing_out():
    assert list(log_ratio_limits(pd.Series([1, 2], ["b", "a"]), TAIL_95).index) == ["b", "a"]
    for empty in (*(laid([], TAIL_95) for laid in OF_RATIOS), difference_limits([], [], TAIL_95)):
        assert empty.empty
