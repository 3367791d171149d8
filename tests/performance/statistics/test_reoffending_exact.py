import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from performance.statistics.reoffending.exact import exact_p
from tests.oracles import reoffending as naive

sizes = st.integers(1, 70)
# Whole hundredths, so that a fraction can say exactly what the float means.
shares = st.integers(1, 99).map(lambda hundredths: Fraction(hundredths, 100))


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(sizes)
    return draw(st.integers(0, n)), n


def p_of(observed: float, cases: float, rate: float) -> float:
    return float(exact_p(np.array([observed], float), np.array([cases], float), np.array([rate]))[0])


@pytest.mark.oracle(of=exact_p)
@given(counts(), shares)
def test_it_is_the_chance_of_all_that_is_no_likelier(counts, rate):
    assert p_of(*counts, float(rate)) == pytest.approx(float(naive.exact_p(*counts, rate)), rel=1e-9)


@settings(max_examples=30)
@given(st.integers(100, 20_000), st.floats(0.0001, 0.9999), st.floats(-4, 4))
def test_it_is_scipys_row_by_row(cases, rate, z):
    spread = math.sqrt(cases * rate * (1 - rate))
    observed = min(max(round(cases * rate + z * spread), 0), cases)

    assert p_of(observed, cases, rate) == pytest.approx(
        stats.binomtest(observed, cases, rate).pvalue, rel=1e-9
    )


@pytest.mark.worked_example(of=exact_p)
@pytest.mark.parametrize(
    ("observed", "cases", "rate", "p"),
    [
        # Both ends of 10 tosses: 2 / 1024.
        (0, 10, 0.5, 2 / 1024),
        (5, 10, 0.5, 1),
        # 0 of 3 at a quarter has a chance of 27/64, 1 the same, 2 9/64, 3 1/64.
        (0, 3, 0.25, 1),
        (2, 3, 0.25, 10 / 64),
        (3, 3, 0.25, 1 / 64),
        (3, 3, 0.75, 1),
        (0, 3, 0.75, 1 / 64),
    ],
)
def test_it_is_what_can_be_worked_out_by_hand(observed, cases, rate, p):
    assert p_of(observed, cases, rate) == pytest.approx(p)


@given(counts(), shares)
def test_what_is_counted_and_what_is_left_are_alike(counts, rate):
    x, n = counts

    assert p_of(x, n, float(rate)) == pytest.approx(p_of(n - x, n, float(1 - rate)))


@given(sizes, shares)
def test_it_is_small_in_no_more_than_its_share_of_trusts_as_predicted(cases, rate):
    counts = np.arange(cases + 1.0)
    p = exact_p(counts, np.full(cases + 1, float(cases)), np.full(cases + 1, float(rate)))
    masses = stats.binom.pmf(counts, cases, float(rate))

    for level in (0.05, 0.002):
        assert masses[p <= level].sum() <= level + 1e-12


def test_nothing_in_is_nothing_out():
    assert exact_p(*np.empty((3, 0))).size == 0


def test_a_missing_figure_leaves_the_others_alone():
    found = exact_p(np.array([math.nan, 2.0]), np.array([3.0, 3.0]), np.array([0.25, 0.25]))

    assert np.isnan(found[0])
    assert found[1] == pytest.approx(10 / 64)
