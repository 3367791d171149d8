import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.correlation.reliability import NO_DIFFERENCES
from performance.statistics.divergence.regression import expected_regression

NAN = math.nan
TEN = list(range(10))


@pytest.mark.worked_example(of=expected_regression)
def test_the_worst_are_expected_to_get_better_by_what_was_noise():
    """0 to 9 have a variance of 82.5 / 9: squared errors of 2.75 leave a reliability of 0.7, so 30% of
    the distance from 4.5 is expected to go."""
    result = expected_regression(TEN, math.sqrt(2.75))

    assert list(result["expected_change"]) == pytest.approx([0.3 * (4.5 - value) for value in TEN])
    assert set(result["reason"]) == {""}


@pytest.mark.oracle(of=expected_regression)
def test_it_is_what_happens_when_nothing_true_changes():
    """Two years of one true level: the change of the second is, on average, as expected."""
    draw = np.random.default_rng(5)
    true, noise = draw.normal(size=20_000), draw.normal(scale=0.8, size=(2, 20_000))
    first, second = true + noise

    expected = expected_regression(first, 0.8)["expected_change"].to_numpy()

    worst = first < -1
    assert np.mean((second - first)[worst]) == pytest.approx(np.mean(expected[worst]), abs=0.03)


@given(st.integers(0, 10_000))
def test_order_and_empty_trusts_make_no_difference_and_changes_add_up_to_none(seed):
    draw = np.random.default_rng(seed)
    series = pd.Series([*draw.normal(size=12), NAN])
    result = expected_regression(series, 0.5)

    pd.testing.assert_frame_equal(expected_regression(series.iloc[::-1], 0.5).sort_index(), result)
    pd.testing.assert_frame_equal(expected_regression(series.iloc[:-1], 0.5), result.iloc[:-1])
    assert result["reason"].iloc[-1] == "a figure is not given"
    assert result["expected_change"].sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1.0], "10 trusts with both figures are needed and there are 1"),
        (TEN[1:], "10 trusts with both figures are needed and there are 9"),
        ([4.0] * 10, NO_DIFFERENCES),
    ],
)
def test_too_little_has_no_figure_but_a_reason(values, reason):
    result = expected_regression(values, 1)

    assert result["expected_change"].isna().all()
    assert set(result["reason"]) == {reason}


def test_nothing_in_is_nothing_out_and_mistakes_are_refused():
    assert expected_regression([], []).empty
    with pytest.raises(ValueError, match="below 0"):
        expected_regression(TEN, -1)
