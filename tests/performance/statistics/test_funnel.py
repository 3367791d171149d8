import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.funnel import exact_flags, exact_limits
from tests.oracles import binomial

NAN = math.nan
LOWEST_TO_HIGHEST = ["low-99.8", "low-95", "inside", "high-95", "high-99.8"]
MIRRORED = dict(zip(LOWEST_TO_HIGHEST, reversed(LOWEST_TO_HIGHEST), strict=True))

sizes = st.integers(1, 60)
# Whole hundredths, so that a fraction can say exactly what the float means.
shares = st.integers(1, 99).map(lambda hundredths: Fraction(hundredths, 100))
tails = st.sampled_from([Fraction(1, 1000), Fraction(25, 1000)])


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(sizes)
    return draw(st.integers(0, n)), n


def flag(x: float, n: float, theta: float) -> str:
    return str(exact_flags(x, n, theta))


def is_close_to_a_threshold(*tails: Fraction) -> bool:
    """Where a float can't tell on which side a tail lies."""
    return any(
        abs(tail - edge) < Fraction(1, 10**12)
        for tail in tails
        for edge in (Fraction(1, 1000), Fraction(1, 40))
    )


@given(counts(), shares)
def test_a_flag_is_what_the_exact_tails_say(counts, theta):
    low, high = binomial.at_most(*counts, theta), binomial.at_least(*counts, theta)
    assume(not is_close_to_a_threshold(low, high))

    assert flag(*counts, float(theta)) == binomial.flag(low, high)


@given(sizes, shares)
def test_a_flag_fires_for_no_more_than_its_share_of_those_on_target(n, theta):
    flags = exact_flags(np.arange(n + 1), n, float(theta))
    masses = binomial.mass(n, theta)
    fired = {
        name: sum(m for m, f in zip(masses, flags, strict=True) if f == name) for name in LOWEST_TO_HIGHEST
    }

    slack = Fraction(1, 10**12)
    assert fired["low-99.8"] <= Fraction(1, 1000) + slack
    assert fired["high-99.8"] <= Fraction(1, 1000) + slack
    assert fired["low-99.8"] + fired["low-95"] <= Fraction(25, 1000) + slack
    assert fired["high-99.8"] + fired["high-95"] <= Fraction(25, 1000) + slack


@given(counts(), shares)
def test_what_is_counted_and_what_is_left_are_flagged_alike(counts, theta):
    x, n = counts
    assume(not is_close_to_a_threshold(binomial.at_most(x, n, theta), binomial.at_least(x, n, theta)))

    assert flag(n - x, n, float(1 - theta)) == MIRRORED[flag(x, n, float(theta))]


@given(sizes, shares)
def test_more_cases_counted_never_lower_a_flag(n, theta):
    flags = exact_flags(np.arange(n + 1), n, float(theta))
    heights = [LOWEST_TO_HIGHEST.index(str(f)) for f in flags]

    assert heights == sorted(heights)


@pytest.mark.parametrize(
    ("x", "n", "theta", "expected"),
    [
        # P(X >= n) is theta to the n: all of 72 on target at 95% is 2.49%, of 71 still 2.62%.
        (71, 71, 0.95, "inside"),
        (72, 72, 0.95, "high-95"),
        (134, 134, 0.95, "high-95"),
        (135, 135, 0.95, "high-99.8"),
        # P(X <= 0) is (1 - theta) to the n: 1 in 32 for 5 tosses, 1 in 64 for 6, 1 in 1,024 for 10.
        (0, 5, 0.5, "inside"),
        (0, 6, 0.5, "low-95"),
        (0, 9, 0.5, "low-95"),
        (0, 10, 0.5, "low-99.8"),
        (6, 6, 0.5, "high-95"),
        (10, 10, 0.5, "high-99.8"),
        (479, 692, 24110 / 30997, "low-99.8"),
        (10, 10, 0.95, "inside"),
        (10, 10, 1.0, "inside"),
        (9, 10, 1.0, "low-99.8"),
        (0, 10, 0.0, "inside"),
        (1, 10, 0.0, "high-99.8"),
    ],
)
def test_a_flag_is_what_can_be_worked_out_by_hand(x, n, theta, expected):
    assert flag(x, n, theta) == expected


@pytest.mark.parametrize(("x", "n", "theta"), [(NAN, 10, 0.5), (1, NAN, 0.5), (1, 10, NAN), (0, 0, 0.5)])
def test_what_lacks_a_number_is_not_compared(x, n, theta):
    assert flag(x, n, theta) == "not-compared"


def test_a_missing_count_leaves_the_others_alone():
    assert list(exact_flags([0, NAN, 10], 10, [0.5, 0.5, 0.5])) == ["low-99.8", "not-compared", "high-99.8"]


def test_nothing_in_is_nothing_out():
    assert exact_flags([], [], []).size == 0


@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10), (1, 0)])
def test_a_count_beyond_its_denominator_is_a_mistake(x, n):
    with pytest.raises(ValueError, match="a count must be from 0 to its denominator"):
        exact_flags(x, n, 0.5)


@pytest.mark.parametrize("theta", [-0.1, 1.5, 78.0])
def test_a_share_beyond_0_to_1_is_a_mistake(theta):
    with pytest.raises(ValueError, match="share"):
        exact_flags(5, 10, theta)


@given(sizes, shares, tails)
def test_limits_are_spiegelhalters_interpolated_ones(n, theta, tail):
    masses = binomial.mass(n, theta)
    reached = [sum(masses[: r + 1]) for r in range(n + 1)]
    assume(all(abs(f - edge) > Fraction(1, 10**12) for f in reached for edge in (tail, 1 - tail)))

    lower, upper = exact_limits(float(theta), n, float(tail))

    assert float(lower) == pytest.approx(float(binomial.funnel_limit(n, theta, tail)), abs=1e-9)
    assert float(upper) == pytest.approx(float(binomial.funnel_limit(n, theta, 1 - tail)), abs=1e-9)


@given(sizes, shares)
def test_the_outer_limits_lie_outside_the_inner_ones(n, theta):
    lower_95, upper_95 = exact_limits(float(theta), n, 0.025)
    lower_998, upper_998 = exact_limits(float(theta), n, 0.001)

    assert 0 <= lower_998 <= lower_95 <= upper_95 <= upper_998 <= 1


def test_a_limit_that_can_be_worked_out_by_hand():
    """Of 2 tosses P(X <= 0) is 1/4: with a tail of 1/8 half of that mass lies beyond, so the
    lower limit is (0 - 1/2) / 2, which is cut off at 0; the upper is (2 - 1/2) / 2."""
    lower, upper = exact_limits(0.5, 2, 0.125)

    assert (float(lower), float(upper)) == pytest.approx((0.0, 0.75))


def test_limits_close_in_on_the_share_as_cases_grow():
    lower, upper = exact_limits(0.78, [10, 100, 1000, 10_000], 0.025)

    assert (np.diff(upper - lower) < 0).all()
    assert (lower[-1], upper[-1]) == pytest.approx((0.78, 0.78), abs=0.01)


def test_an_upper_limit_near_100_per_cent_lies_below_1_where_nobody_is_flagged():
    """Why the tail decides and not the limit."""
    _, upper = exact_limits(0.95, 10, 0.025)

    assert upper < 1
    assert flag(10, 10, 0.95) == "inside"


@pytest.mark.parametrize("n", [0, -1, 2.5])
def test_limits_need_a_whole_number_of_cases(n):
    with pytest.raises(ValueError, match="cases"):
        exact_limits(0.5, n, 0.025)
