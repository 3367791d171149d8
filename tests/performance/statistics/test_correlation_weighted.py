import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.correlation.pairs import ALL_ALIKE
from performance.statistics.correlation.weighted import (
    WeightedRankCorrelation,
    precision_weighted_rank_correlation,
)
from tests.oracles import correlation as naive

NAN = math.nan
TEN = list(range(10))


def trusts(seed: int, n: int = 14) -> tuple[np.ndarray, ...]:
    draw = np.random.default_rng(seed)
    x = draw.normal(size=n).round(1)
    return x, draw.uniform(0.1, 0.6, n), x + draw.normal(size=n), draw.uniform(0.1, 0.6, n)


@pytest.mark.oracle(of=precision_weighted_rank_correlation)
@given(st.integers(0, 10_000))
def test_it_is_pearsons_of_the_ranks_weighted_by_precision(seed):
    x, x_error, y, y_error = trusts(seed)
    between = [max(0.0, v.var(ddof=1) - np.mean(e**2)) for v, e in ((x, x_error), (y, y_error))]
    weights = [
        1 / math.sqrt((a**2 + between[0]) * (b**2 + between[1]))
        for a, b in zip(x_error, y_error, strict=True)
    ]

    expected = naive.weighted_pearson(naive.ranks(list(x)), naive.ranks(list(y)), weights)
    result = precision_weighted_rank_correlation(x, x_error, y, y_error)
    assert result.coefficient == pytest.approx(expected, abs=1e-9)


@pytest.mark.worked_example(of=precision_weighted_rank_correlation)
def test_with_errors_alike_it_is_spearmans():
    """The squared differences of ranks add up to 2: 1 - 6 x 2 / 990."""
    result = precision_weighted_rank_correlation(TEN, 1, [*TEN[:8], 9, 8], 2)

    assert result == WeightedRankCorrelation(10, "", pytest.approx(1 - 12 / 990))


def test_a_trust_that_is_hardly_known_says_little():
    """The one that spoils the order has errors beyond all others'."""
    spoilt = [*TEN[1:], 0]
    errors = [0.1] * 9 + [50.0]

    weighed = precision_weighted_rank_correlation(TEN, errors, spoilt, errors)
    plain = precision_weighted_rank_correlation(TEN, 0.1, spoilt, 0.1)
    assert weighed.coefficient > plain.coefficient + 0.3


@given(st.integers(0, 10_000))
def test_it_depends_neither_on_order_sides_units_nor_empty_trusts(seed):
    x, x_error, y, y_error = trusts(seed)
    plain = precision_weighted_rank_correlation(x, x_error, y, y_error)
    turned = precision_weighted_rank_correlation(
        *(np.append(column[::-1], [1.0, NAN]) for column in (100 * y, 100 * y_error, x, x_error))
    )

    assert turned.n == plain.n == 14 or turned.n == 15
    assert precision_weighted_rank_correlation(
        *(np.append(column[::-1], NAN) for column in (100 * y, 100 * y_error, x, x_error))
    ).coefficient == pytest.approx(plain.coefficient)


@pytest.mark.parametrize(
    ("process", "outcome", "n", "reason"),
    [
        ([], [], 0, "10 trusts with both figures are needed and there are 0"),
        (TEN[:9], TEN[:9], 9, "10 trusts with both figures are needed and there are 9"),
        (TEN, [1] * 10, 10, ALL_ALIKE),
    ],
)
def test_too_little_has_no_figure_but_a_reason(process, outcome, n, reason):
    result = precision_weighted_rank_correlation(process, 1, outcome, 1)

    assert result == WeightedRankCorrelation(n, reason)


def test_a_standard_error_below_0_is_a_mistake():
    with pytest.raises(ValueError, match="below 0"):
        precision_weighted_rank_correlation(TEN, -1, TEN, 1)
