import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.divergence.within import slopes_between, slopes_within
from tests.oracles import divergence as naive

NAN = math.nan

seeds = st.integers(0, 10_000)


def stack(seed: int, gaps: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three of 8 trusts by 5 years, the outcomes of one, and its weights; a part is missing."""
    draw = np.random.default_rng(seed)
    x, y, weight = draw.normal(size=(3, 8, 5)), draw.normal(size=(8, 5)), draw.uniform(0.5, 3, (8, 5))
    x[draw.random(x.shape) < gaps] = NAN
    y[draw.random(y.shape) < gaps] = NAN
    return x, y, weight


def pairs(x, y, weight) -> list[naive.Pair]:
    """Of trusts with two pairs or more: one pair has an effect of its own."""
    rows = [
        (i, t, x[i, t], y[i, t], weight[i, t]) for i, t in np.argwhere(~np.isnan(x) & ~np.isnan(y)).tolist()
    ]
    return [row for row in rows if sum(other[0] == row[0] for other in rows) > 1]


@pytest.mark.oracle(of=slopes_within)
@given(seeds, st.sampled_from([0.0, 0.15]))
def test_each_slope_is_that_of_a_regression_with_a_dummy_per_trust_and_year(seed, gaps):
    x, y, weight = stack(seed, gaps)

    expected = [naive.slope(pairs(one, y, weight))[0] for one in x]
    assert list(slopes_within(x, y, weight)) == pytest.approx(expected, abs=1e-8)


@pytest.mark.worked_example(of=slopes_within)
def test_a_slope_that_can_be_worked_out_by_hand():
    """Two trusts in two years: x rises by 1 and 3, y by 5 and 9. Against each other: 4 per 2."""
    x, y = np.array([[0.0, 1.0], [10.0, 13.0]]), np.array([[7.0, 12.0], [0.0, 9.0]])

    assert slopes_within(x, y, np.ones((2, 2))) == pytest.approx(2)


@pytest.mark.worked_example(of=slopes_within)
@pytest.mark.parametrize(
    ("values", "varies"),
    [
        ([[1, 2, 5], [4, 5, 8], [0.1, 1.1, 4.1]], False),
        ([[1, 1, 1], [4, 4, 4], [7, 7, 7]], False),
        ([[0.1, 0.1, 0.1]] * 3, False),
        ([[1, NAN, NAN], [NAN, 4, NAN], [NAN, NAN, 7]], False),
        ([[1, 2, NAN], [4, 5, 8], [0.1, NAN, 4.1]], False),
        ([[1, 2, 5], [4, 5, 8], [0.1, 1.1, 4.2]], True),
        ([[0, 0, 0], [0, 0, 1e-9], [0, 0, 0]], True),
    ],
)
def test_what_differs_by_trust_and_year_alone_counts_against_any_finding(values, varies):
    y = np.array([[0.0, 1.0, 0.0], [3.0, 1.0, 2.0], [0.0, 5.0, 1.0]])

    assert np.isfinite(slopes_within(np.array(values, dtype=float), y, np.ones((3, 3)))) == varies


@pytest.mark.oracle(of=slopes_between)
@given(seeds)
def test_a_slope_between_trusts_is_that_of_a_weighted_line(seed):
    draw = np.random.default_rng(seed)
    x, y, weight = draw.normal(size=(3, 9)), draw.normal(size=9), draw.uniform(0.5, 3, 9)

    expected = [naive.simple_slope(list(one), list(y), list(weight)) for one in x]
    assert list(slopes_between(x, y, weight)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.worked_example(of=slopes_between)
def test_a_slope_between_trusts_that_can_be_worked_out_by_hand():
    """The third is counted twice: the means are 2 and 3.5, the products round them 7, 0 and twice 1.5,
    and the squares of the first 4, 0 and twice 1."""
    x, y, weight = np.array([0.0, 2.0, 3.0]), np.array([0.0, 4.0, 5.0]), np.array([1.0, 1.0, 2.0])

    assert slopes_between(x, y, weight) == pytest.approx((7 + 3) / 6)
    assert slopes_between(np.full(3, 0.1), y, weight) == math.inf
