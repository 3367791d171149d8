import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.correlation.pairs import ALL_ALIKE, SAME_ORDER, Correlation
from performance.statistics.correlation.rank import kendall, permutation_p, spearman
from tests.oracles import correlation as naive

NAN = math.nan

# Few different values, so that many are equal.
tied = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=10, max_size=14)
orders = st.permutations(range(10))
both = pytest.mark.parametrize("correlation", [spearman, kendall])


def columns(pairs) -> tuple[list[float], list[float]]:
    x, y = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    return x, y


def quick(correlation, x, y) -> Correlation:
    return correlation(x, y, seed=1, permutations=99)


@pytest.mark.oracle(of=spearman)
@given(tied)
def test_spearmans_is_pearsons_of_the_ranks_ties_and_all(pairs):
    x, y = columns(pairs)

    assert quick(spearman, x, y).coefficient == pytest.approx(naive.spearman(x, y), abs=1e-12)


@pytest.mark.oracle(of=kendall)
@given(tied)
def test_kendalls_is_tau_b_ties_and_all(pairs):
    x, y = columns(pairs)

    assert quick(kendall, x, y).coefficient == pytest.approx(naive.kendall(x, y), abs=1e-12)


@pytest.mark.oracle(of=spearman)
@given(tied)
def test_the_interval_of_spearmans_is_bonett_and_wrights(pairs):
    x, y = columns(pairs)
    r = naive.spearman(x, y)
    assume(abs(r) < 0.99)

    result = quick(spearman, x, y)

    expected = naive.interval(r, (1 + r**2 / 2) / (len(x) - 3), 0.95)
    assert (result.lower, result.upper) == pytest.approx(expected, abs=1e-9)


@pytest.mark.oracle(of=kendall)
@given(tied)
def test_the_interval_of_kendalls_has_fiellers_variance(pairs):
    x, y = columns(pairs)
    tau = naive.kendall(x, y)
    assume(abs(tau) < 0.99)

    result = quick(kendall, x, y)

    expected = naive.interval(tau, 0.437 / (len(x) - 4), 0.95)
    assert (result.lower, result.upper) == pytest.approx(expected, abs=1e-9)


def within_monte_carlo_error(p: float, exact: float, shuffles: int) -> bool:
    """Twice a tail that is counted in shuffles, the observed order among them."""
    tail = exact / 2
    return abs(p - exact) <= 2 * (4.5 * math.sqrt(tail * (1 - tail) / shuffles) + 1.5 / shuffles)


@pytest.mark.oracle(of=spearman)
@pytest.mark.parametrize("seed", range(4))
def test_the_p_of_spearmans_is_that_of_all_orders_ties_and_all(seed):
    draw = np.random.default_rng(seed)
    x = draw.integers(0, 6, 10).tolist()
    y = (x + draw.integers(0, 7, 10)).tolist()

    result = spearman(x, y, seed=seed)

    assert within_monte_carlo_error(result.p, naive.spearman_p(x, y), 9_999)


@pytest.mark.oracle(of=kendall)
@pytest.mark.parametrize("seed", range(4))
def test_the_p_of_kendalls_is_that_of_all_orders(seed):
    draw = np.random.default_rng(seed)
    x = draw.random(12)
    y = x + draw.random(12)

    result = kendall(x, y, seed=seed)

    assert within_monte_carlo_error(result.p, naive.kendall_p(x, y), 9_999)


@pytest.mark.oracle(of=permutation_p)
@given(st.lists(st.integers(0, 9), min_size=5, max_size=6))
def test_few_values_are_put_in_every_order(values):
    """Of 720 orders or fewer p is exact: twice the smaller tail."""
    weights = np.arange(len(values)) ** 2.0

    def association(shuffled, axis):
        return np.sum(weights * shuffled, axis=axis)

    found = [sum(w * v for w, v in zip(weights, order, strict=True)) for order in permutations(values)]
    observed = sum(w * v for w, v in zip(weights, values, strict=True))
    tails = [sum(f <= observed for f in found), sum(f >= observed for f in found)]
    p = permutation_p(np.array(values, dtype=float), association, seed=1, permutations=999, batch=100)

    assert p == pytest.approx(min(1, 2 * min(tails) / len(found)))


@pytest.mark.worked_example(of=spearman)
def test_spearmans_is_that_of_a_worked_example():
    """Wikipedia, "Spearman's rank correlation coefficient": IQ and hours of television of ten
    people, whose squared differences of ranks add up to 194: -29/165."""
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]

    assert spearman(iq, hours, seed=1).coefficient == pytest.approx(-29 / 165)
    assert spearman(iq, hours, seed=1).p == pytest.approx(0.627, abs=0.03)


@pytest.mark.worked_example(of=spearman)
def test_a_spearmans_at_the_edge_of_the_published_table():
    """Zar (1972), JASA 67:578-580: with 10 points 0.648 is the critical value at 5%. Here the
    squared differences of ranks add up to 58, and 1 - 6 x 58 / 990 is 0.6485."""
    x = list(range(1, 11))
    y = [5, 1, 4, 3, 9, 2, 6, 7, 10, 8]
    assert sum((a - b) ** 2 for a, b in zip(x, y, strict=True)) == 58

    result = spearman(x, y, seed=1, permutations=99_999)

    assert result.coefficient == pytest.approx(0.6485, abs=5e-5)
    assert 0.046 < result.p < 0.05


@pytest.mark.worked_example(of=kendall)
def test_a_kendalls_that_can_be_counted_by_hand():
    """Of ten in a row two neighbours have changed places: of 45 pairs 44 agree and 1 doesn't.
    Ties at 100%: of 45 pairs 3 are tied in y; the other 42 agree, so 42 / sqrt(45 x 42)."""
    row = list(range(10))

    assert kendall(row, [1, 0, *row[2:]], seed=1).coefficient == pytest.approx(43 / 45)
    assert kendall(row, [*row[:7], 9, 9, 9], seed=1).coefficient == pytest.approx(42 / math.sqrt(45 * 42))


@both
@given(pairs=tied)
def test_the_two_sides_can_change_places(correlation, pairs):
    x, y = columns(pairs)
    one, other = quick(correlation, x, y), quick(correlation, y, x)

    assert one.coefficient == pytest.approx(other.coefficient)
    assert one.lower == pytest.approx(other.lower)


@both
@given(pairs=tied)
def test_turning_one_side_round_turns_the_sign(correlation, pairs):
    x, y = columns(pairs)
    one, other = quick(correlation, x, y), quick(correlation, x, [-value for value in y])

    assert one.coefficient == pytest.approx(-other.coefficient)
    if one.lower is not None:
        assert (one.lower, one.upper) == pytest.approx((-other.upper, -other.lower))


@both
@given(pairs=tied)
def test_only_the_order_of_the_figures_counts(correlation, pairs):
    x, y = columns(pairs)

    assert quick(correlation, x, y) == quick(correlation, [math.exp(value) for value in x], y)


@both
@given(pairs=tied, order=st.randoms())
def test_it_is_the_same_whatever_the_order_of_the_trusts(correlation, pairs, order):
    x, y = columns(pairs)
    shuffled = list(zip(x, y, strict=True))
    order.shuffle(shuffled)

    assert quick(correlation, x, y) == quick(correlation, *columns(shuffled))


@both
@given(pairs=tied)
def test_a_trust_that_lacks_a_figure_changes_nothing(correlation, pairs):
    x, y = columns(pairs)

    assert quick(correlation, [NAN, *x, 3.0], [5.0, *y, NAN]) == quick(correlation, x, y)


@both
@given(order=orders)
def test_the_interval_holds_the_coefficient(correlation, order):
    result = quick(correlation, range(10), order)
    assume(result.lower is not None)

    assert -1 < result.lower < result.coefficient < result.upper < 1
    assert 0 < result.p <= 1


@both
def test_a_seed_gives_the_same_p_again_and_another_hardly_another(correlation):
    x, y = range(12), [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]

    assert correlation(x, y, seed=7) == correlation(x, y, seed=7)
    assert correlation(x, y, seed=7).p == pytest.approx(correlation(x, y, seed=8).p, abs=0.03)


@both
@pytest.mark.parametrize(
    ("x", "y", "n", "reason"),
    [
        ([], [], 0, "10 trusts with both figures are needed and there are 0"),
        ([1], [1], 1, "10 trusts with both figures are needed and there are 1"),
        (range(9), range(9), 9, "10 trusts with both figures are needed and there are 9"),
        ([*range(9), NAN], range(10), 9, "10 trusts with both figures are needed and there are 9"),
        ([NAN] * 12, range(12), 0, "10 trusts with both figures are needed and there are 0"),
        ([1.0] * 12, range(12), 12, ALL_ALIKE),
        (range(12), 1.0, 12, ALL_ALIKE),
    ],
)
def test_too_little_has_no_figure_but_a_reason(correlation, x, y, n, reason):
    assert quick(correlation, list(x), y if isinstance(y, float) else list(y)) == Correlation(n, reason)


@both
def test_one_order_in_both_is_perfect_and_has_no_interval(correlation):
    result = quick(correlation, range(10), range(10))

    assert (result.coefficient, result.lower, result.upper, result.reason) == (1.0, None, None, SAME_ORDER)
    # The least p of 99 shuffles, on two sides.
    assert result.p == pytest.approx(0.02)


@both
def test_mistakes_are_refused(correlation):
    with pytest.raises(ValueError, match="infinite"):
        quick(correlation, [math.inf, *range(9)], range(10))
    with pytest.raises(ValueError, match="shape"):
        quick(correlation, range(10), range(11))
