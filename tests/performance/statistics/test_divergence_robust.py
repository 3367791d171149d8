import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.divergence.robust import NO_SPREAD, robust_z
from tests.oracles import divergence as naive

NAN = math.nan

# Few different values, so that many are equal.
figures = st.lists(st.integers(0, 8).map(float), min_size=2, max_size=12)


@pytest.mark.oracle(of=robust_z)
@given(figures)
def test_it_is_the_distance_from_the_median_in_median_deviations(values):
    expected = naive.robust_z(values)
    result = robust_z(values)

    if expected is None:
        assert result["z"].isna().all()
        assert set(result["reason"]) == {NO_SPREAD}
    else:
        assert list(result["z"]) == pytest.approx(expected, abs=1e-9)
        assert set(result["reason"]) == {""}


@pytest.mark.worked_example(of=robust_z)
def test_it_is_what_can_be_worked_out_by_hand():
    """1 to 5: median 3, deviations 2, 1, 0, 1, 2, of which the median is 1. With three alike of five
    it is 0, and the quartiles, 3 and 4, lie 1.349 standard deviations apart."""
    assert list(robust_z([1, 2, 3, 4, 50])["z"]) == pytest.approx(
        np.array([-2, -1, 0, 1, 47]) / 1.4826, rel=1e-5
    )
    assert list(robust_z([3, 3, 3, 4, 5])["z"]) == pytest.approx(np.array([0, 0, 0, 1, 2]) * 1.349, rel=1e-4)


def test_a_cap_is_the_most_that_a_score_may_say():
    assert list(robust_z([1, 2, 3, 4, 50], cap=3)["z"])[-1] == 3
    assert list(robust_z([-50, 2, 3, 4, 5], cap=3)["z"])[0] == -3


@given(figures, st.integers(1, 9), st.integers(-9, 9))
def test_units_make_no_difference_but_their_direction_does(values, times, more):
    plain = robust_z(values)["z"]
    assume(plain.notna().all())

    assert list(robust_z([times * v + more for v in values])["z"]) == pytest.approx(list(plain), abs=1e-9)
    assert list(robust_z([-v for v in values])["z"]) == pytest.approx(list(-plain), abs=1e-9)


@given(figures)
def test_order_and_empty_trusts_make_no_difference(values):
    series = pd.Series([*values, NAN])
    result = robust_z(series)

    pd.testing.assert_frame_equal(robust_z(series.iloc[::-1]).sort_index(), result)
    pd.testing.assert_frame_equal(robust_z(values), result.iloc[:-1])
    assert result["reason"].iloc[-1] == "a figure is not given"


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ([], []),
        ([5.0], [NO_SPREAD]),
        ([2.0] * 5, [NO_SPREAD] * 5),
        ([2.0] * 9 + [3.0], [NO_SPREAD] * 10),
        ([None, NAN], ["a figure is not given"] * 2),
    ],
)
def test_without_spread_there_is_no_score_but_a_reason(values, reasons):
    result = robust_z(values)

    assert result["z"].isna().all()
    assert list(result["reason"]) == reasons


def test_mistakes_are_refused():
    with pytest.raises(ValueError, match="infinite"):
        robust_z([1, math.inf])
    with pytest.raises(ValueError, match="cap"):
        robust_z([1, 2], cap=0)
