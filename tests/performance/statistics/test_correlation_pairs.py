import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.correlation.pairs import ALL_ALIKE, SAME_ORDER, complete, refusal, with_interval
from tests.oracles import correlation as naive

NAN = math.nan
TEN = np.arange(10.0)

figures = st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=8)


@pytest.mark.oracle(of=complete)
@given(figures)
def test_only_complete_rows_are_kept_and_sorted(x):
    y = [None if i % 5 == 4 else -i for i in range(len(x))]
    expected = sorted((a, b) for a, b in zip(x, y, strict=True) if a is not None and b is not None)

    kept_x, kept_y = complete(x, y)

    assert list(zip(kept_x, kept_y, strict=True)) == expected


def test_columns_that_do_not_belong_together_are_a_mistake():
    with pytest.raises(ValueError, match="indexed alike"):
        complete(pd.Series([1, 2], index=["a", "b"]), pd.Series([1, 2], index=["b", "a"]))


@pytest.mark.worked_example(of=refusal)
@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        (TEN, -TEN, ""),
        (TEN[1:], TEN[1:], "10 trusts with both figures are needed and there are 9"),
        (np.array([]), np.array([]), "10 trusts with both figures are needed and there are 0"),
        (np.full(10, 0.9), TEN, ALL_ALIKE),
        (TEN, np.full(10, 0.9), ALL_ALIKE),
    ],
)
def test_a_refusal_says_why(x, y, reason):
    assert refusal(x, y) == reason


@pytest.mark.worked_example(of=with_interval)
def test_a_correlation_of_35_trusts_has_the_interval_of_the_specification():
    """By hand, as in Bonett and Wright (2000): atanh 0.3 is 0.3095, sqrt((1 + 0.3^2 / 2) / 32) is
    0.1807, and 0.3095 -+ 1.96 x 0.1807 is -0.0447 to 0.6637, whose tanh are -0.0446 and 0.5808."""
    result = with_interval(0.3, (1 + 0.3**2 / 2) / 32, 0.08, 35, 0.95)

    assert (result.lower, result.upper) == pytest.approx((-0.0446, 0.5808), abs=1e-4)
    assert f"{result.lower:.2f} to {result.upper:.2f}" == "-0.04 to 0.58"


@pytest.mark.oracle(of=with_interval)
@given(st.integers(-99, 99), st.sampled_from([0.8, 0.95, 0.998]))
def test_an_interval_is_symmetric_on_fishers_scale(hundredths, confidence):
    result = with_interval(hundredths / 100, 0.04, 0.5, 28, confidence)

    expected = naive.interval(hundredths / 100, 0.04, confidence)
    assert (result.lower, result.upper) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("coefficient", [1.0, -1.0, 0.9999999999999998])
def test_a_perfect_correlation_has_no_interval(coefficient):
    result = with_interval(coefficient, 0.04, 0.001, 28, 0.95)

    assert (result.coefficient, result.lower, result.upper) == (round(coefficient), None, None)
    assert result.reason == SAME_ORDER


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_beyond_0_to_1_is_a_mistake(confidence):
    with pytest.raises(ValueError, match="confidence"):
        with_interval(0.3, 0.04, 0.5, 28, confidence)
