import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from performance.statistics.funnel import (
    Pooled,
    arcsine_limits,
    exact_flags,
    exact_limits,
    phe_flags,
    phe_ratio_flags,
    pooled,
    ratio_limits,
    score_limits,
    wilson_limits,
)
from tests.oracles import binomial
from tests.oracles import funnel as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
LOWEST_TO_HIGHEST = ["low-99.8", "low-95", "inside", "high-95", "high-99.8"]
MIRRORED = dict(zip(LOWEST_TO_HIGHEST, reversed(LOWEST_TO_HIGHEST), strict=True))
PHE_LOWEST_TO_HIGHEST = ["Low (0.001)", "Low (0.025)", "Not significant", "High (0.025)", "High (0.001)"]

sizes = st.integers(1, 60)
# Whole hundredths, so that a fraction can say exactly what the float means.
shares = st.integers(1, 99).map(lambda hundredths: Fraction(hundredths, 100))
tails = st.sampled_from([Fraction(1, 1000), Fraction(25, 1000)])


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(sizes)
    return draw(st.integers(0, n)), n


def flag(x: float, n: float, theta: float) -> str:
    return exact_flags(x, n, theta)["flag"][0]


def limits(table: pd.DataFrame) -> list[float]:
    """Lower and upper of a table of one row."""
    assert len(table) == 1
    return [float(table["lower"].iloc[0]), float(table["upper"].iloc[0])]


def is_close_to_a_threshold(*tails: Fraction) -> bool:
    """Where a float can't tell on which side a tail lies."""
    return any(
        abs(tail - edge) < Fraction(1, 10**12)
        for tail in tails
        for edge in (Fraction(1, 1000), Fraction(1, 40))
    )


@pytest.mark.worked_example(of=pooled)
def test_all_together_is_the_sum_of_cases_and_not_the_average_of_shares():
    """1 of 10 and 90 of 90 are 91 of 100; their shares average 55%."""
    assert pooled([1, 90], [10, 90]) == Pooled(x=91, n=100, share=0.91, reason="")


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [
        ([1, NAN, 3], [4, 4, NAN], Pooled(1, 4, 0.25, "")),
        ([0, 1], [0, 4], Pooled(1, 4, 0.25, "")),
        ([0, 0], [3, 4], Pooled(0, 7, 0.0, "")),
        ([3, 4], [3, 4], Pooled(7, 7, 1.0, "")),
        ([0, 0], [0, 0], Pooled(0, 0, None, NO_CASES)),
        ([NAN], [5], Pooled(0, 0, None, NOT_GIVEN)),
        ([], [], Pooled(0, 0, None, NOT_GIVEN)),
    ],
)
def test_all_together_leaves_out_what_lacks_a_figure(x, n, expected):
    assert pooled(x, n) == expected


@pytest.mark.oracle(of=exact_flags)
@given(counts(), shares)
def test_a_flag_and_its_tail_are_what_the_exact_tails_say(counts, theta):
    low, high = binomial.at_most(*counts, theta), binomial.at_least(*counts, theta)
    assume(not is_close_to_a_threshold(low, high))

    result = exact_flags(*counts, float(theta))

    assert result["flag"][0] == binomial.flag(low, high)
    own = low if counts[0] < counts[1] * theta else high
    assert result["tail"][0] == pytest.approx(float(own), rel=1e-9)


@pytest.mark.oracle(of=exact_flags)
@given(counts(), shares)
def test_a_mid_p_tail_has_half_of_the_chance_of_the_count_itself(counts, theta):
    low, high = binomial.at_most(*counts, theta), binomial.at_least(*counts, theta)
    half = binomial.mass(counts[1], theta)[counts[0]] / 2
    assume(not is_close_to_a_threshold(low - half, high - half))

    result = exact_flags(*counts, float(theta), mid_p=True)

    assert result["flag"][0] == binomial.flag(low - half, high - half)


@given(sizes, shares)
def test_a_flag_fires_for_no_more_than_its_share_of_those_on_target(n, theta):
    flags = exact_flags(np.arange(n + 1), n, float(theta))["flag"]
    masses = binomial.mass(n, theta)
    fired = {
        name: sum(m for m, f in zip(masses, flags, strict=True) if f == name) for name in LOWEST_TO_HIGHEST
    }

    slack = Fraction(1, 10**12)
    assert fired["low-99.8"] <= Fraction(1, 1000) + slack
    assert fired["high-99.8"] <= Fraction(1, 1000) + slack
    assert fired["low-99.8"] + fired["low-95"] <= Fraction(25, 1000) + slack
    assert fired["high-99.8"] + fired["high-95"] <= Fraction(25, 1000) + slack


@pytest.mark.slow
@pytest.mark.parametrize("target", [0.80, 0.85, 0.90, 0.95, 0.99])
def test_flags_keep_their_size_in_simulated_trusts_on_target(target):
    """Trusts of 10 to 2,000 cases, all truly on target, 200,000 of each size."""
    draws = 200_000
    for n in (10, 20, 40, 72, 100, 135, 250, 400, 1000, 2000):
        x = np.random.default_rng([n, round(100 * target)]).binomial(n, target, draws)
        share = exact_flags(x, n, target)["flag"].value_counts(normalize=True)
        for far, near in (("low-99.8", "low-95"), ("high-99.8", "high-95")):
            assert share[far] <= 0.001 + 4 * math.sqrt(0.001 / draws)
            assert share[far] + share[near] <= 0.025 + 4 * math.sqrt(0.025 / draws)


@given(counts(), shares)
def test_what_is_counted_and_what_is_left_are_flagged_alike(counts, theta):
    x, n = counts
    assume(not is_close_to_a_threshold(binomial.at_most(x, n, theta), binomial.at_least(x, n, theta)))

    assert flag(n - x, n, float(1 - theta)) == MIRRORED[flag(x, n, float(theta))]


@given(sizes, shares)
def test_more_cases_counted_never_lower_a_flag(n, theta):
    x = np.arange(n + 1)
    heights = [LOWEST_TO_HIGHEST.index(f) for f in exact_flags(x, n, float(theta))["flag"]]
    phe_heights = [PHE_LOWEST_TO_HIGHEST.index(f) for f in phe_flags(x, n, float(theta))["flag"]]

    assert heights == sorted(heights)
    assert phe_heights == sorted(phe_heights)


@pytest.mark.worked_example(of=exact_flags)
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


def test_mid_p_flags_what_the_whole_tail_just_leaves_inside():
    """Of 40 of 40 against 90% the tail is 0.9^40 = 1.48%, of 30 of 30 4.24%, and half of it 2.12%."""
    assert exact_flags(40, 40, 0.9)["tail"][0] == pytest.approx(0.9**40)
    assert flag(30, 30, 0.9) == "inside"
    assert exact_flags(30, 30, 0.9, mid_p=True)["flag"][0] == "high-95"


def test_what_lacks_a_number_is_not_compared_and_leaves_the_others_alone():
    result = exact_flags([0, NAN, 1, 1, 0, 10], [10, 10, NAN, 10, 0, 10], [0.5, 0.5, 0.5, NAN, 0.5, 0.5])

    assert list(result["flag"]) == ["low-99.8", *["not-compared"] * 4, "high-99.8"]
    assert list(result["reason"]) == ["", NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NO_CASES, ""]
    assert list(result["tail"].isna()) == [False, True, True, True, True, False]


@pytest.mark.parametrize("flags", [exact_flags, phe_flags])
@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10), (1, 0)])
def test_a_count_beyond_its_denominator_is_a_mistake(flags, x, n):
    with pytest.raises(ValueError, match="a count must be from 0 to its denominator"):
        flags(x, n, 0.5)


@pytest.mark.parametrize("flags", [exact_flags, phe_flags])
@pytest.mark.parametrize("theta", [-0.1, 1.5, 78.0])
def test_a_share_beyond_0_to_1_is_a_mistake(flags, theta):
    with pytest.raises(ValueError, match="share"):
        flags(5, 10, theta)


@pytest.mark.parametrize(("x", "n"), [(1.5, 10), (1, 2.5)])
def test_exact_tails_are_for_whole_cases(x, n):
    with pytest.raises(ValueError, match="whole number"):
        exact_flags(x, n, 0.5)


def test_nothing_in_is_nothing_out():
    assert len(exact_flags([], [], [])) == len(phe_flags([], [], [])) == len(phe_ratio_flags([], [])) == 0
    assert len(exact_limits([], [], 0.025)) == len(ratio_limits([], 0.025)) == 0


@pytest.mark.oracle(of=exact_limits)
@given(sizes, shares, tails)
def test_limits_are_spiegelhalters_interpolated_ones(n, theta, tail):
    masses = binomial.mass(n, theta)
    reached = [sum(masses[: r + 1]) for r in range(n + 1)]
    assume(all(abs(f - edge) > Fraction(1, 10**12) for f in reached for edge in (tail, 1 - tail)))

    assert limits(exact_limits(float(theta), n, float(tail))) == pytest.approx(
        [
            float(binomial.funnel_limit(n, theta, tail)),
            float(binomial.funnel_limit(n, theta, 1 - tail)),
        ],
        abs=1e-9,
    )


@pytest.mark.worked_example(of=exact_limits)
def test_a_limit_that_can_be_worked_out_by_hand():
    """Of 2 tosses P(X <= 0) is 1/4: with a tail of 1/8 half of that mass lies beyond, so the
    lower limit is (0 - 1/2) / 2, which is cut off at 0; the upper is (2 - 1/2) / 2."""
    assert limits(exact_limits(0.5, 2, 0.125)) == pytest.approx([0.0, 0.75])


@pytest.mark.oracle(of=score_limits)
@pytest.mark.oracle(of=wilson_limits)
@given(sizes, shares, tails)
def test_limits_are_those_of_the_second_implementation(n, theta, tail):
    arguments = (float(theta), n, float(tail))

    assert limits(score_limits(*arguments)) == pytest.approx(naive.score_limits(theta, n, tail), abs=1e-9)
    assert limits(wilson_limits(*arguments)) == pytest.approx(naive.wilson_limits(theta, n, tail), abs=1e-9)


@pytest.mark.oracle(of=arcsine_limits)
@given(sizes, shares, tails, st.sampled_from([0.0, 0.01, 0.5]))
def test_arcsine_limits_stop_at_0_and_1(n, theta, tail, tau_squared):
    found = limits(arcsine_limits(float(theta), n, float(tail), tau_squared))

    assert found == pytest.approx(naive.arcsine_limits(theta, n, tail, tau_squared), abs=1e-9)
    assert found[0] <= theta <= found[1]


@pytest.mark.worked_example(of=score_limits)
def test_score_limits_by_hand():
    """At 90% on 100 cases the standard error is 3 points; of 4 cases 15, beyond 100%."""
    assert limits(score_limits(0.9, 100, 0.025)) == pytest.approx([0.9 - 0.0588, 0.9 + 0.0588], abs=1e-4)
    assert limits(score_limits(0.9, 4, 0.025))[1] == 1


@pytest.mark.oracle(of=ratio_limits)
@settings(max_examples=40)
@given(st.integers(1, 200), tails, st.sampled_from([0.8, 1.0, 1.5]))
def test_ratio_limits_are_interpolated_between_whole_counts(halves, tail, line):
    found = limits(ratio_limits(halves / 2, float(tail), line))

    assert found == pytest.approx(naive.ratio_limits(halves / 2, tail, line), abs=1e-8)


@pytest.mark.worked_example(of=ratio_limits)
def test_ratio_limits_by_hand():
    """With ln 2 expected P(X <= 0) is 1/2 and P(X <= 1) is 0.8466: a tail of 1/4 takes half of
    the first mass, below 0; 3/4 is reached within the second, at 1 - 0.0966 / 0.3466 = 0.7213."""
    expected = math.log(2)

    assert limits(ratio_limits(expected, 0.25)) == pytest.approx([0, 0.7213 / expected], abs=1e-4)


@given(sizes, shares)
def test_the_outer_limits_lie_outside_the_inner_ones(n, theta):
    for function in (score_limits, exact_limits, wilson_limits, arcsine_limits):
        lower_95, upper_95 = limits(function(float(theta), n, 0.025))
        lower_998, upper_998 = limits(function(float(theta), n, 0.001))

        assert 0 <= lower_998 <= lower_95 <= upper_95 <= upper_998 <= 1


@pytest.mark.parametrize("function", [score_limits, exact_limits, wilson_limits, arcsine_limits])
def test_limits_close_in_on_the_share_as_cases_grow(function):
    table = function(0.78, [10, 100, 1000, 10_000], 0.025)

    assert (np.diff(table["upper"] - table["lower"]) < 0).all()
    assert limits(table.iloc[[-1]]) == pytest.approx([0.78, 0.78], abs=0.01)


@pytest.mark.parametrize(
    ("function", "n", "low", "high"),
    [
        (score_limits, 10, 8.6, 0.0),
        (score_limits, 40, 4.8, 0.0),
        (score_limits, 100, 2.8, 0.6),
        (score_limits, 400, 3.1, 1.9),
        (exact_limits, 10, 1.2, 59.9),
        (exact_limits, 40, 1.4, 12.9),
        (exact_limits, 100, 1.1, 3.7),
        (exact_limits, 400, 1.9, 3.6),
        (wilson_limits, 10, 0.1, 59.9),
        (wilson_limits, 40, 0.3, 12.9),
        (wilson_limits, 100, 0.4, 11.8),
        (wilson_limits, 400, 1.1, 6.1),
    ],
)
def test_why_the_tail_decides_and_not_a_drawn_limit(function, n, low, high):
    """How many in 100 average trusts lie outside 95% limits round a target of 95%, where 2.5 on
    each side should: exact sums over every count."""
    lower, upper = limits(function(0.95, n, 0.025))
    x = np.arange(n + 1)
    chance = stats.binom.pmf(x, n, 0.95)

    assert 100 * chance[x / n < lower].sum() == pytest.approx(low, abs=0.05)
    assert 100 * chance[x / n > upper].sum() == pytest.approx(high, abs=0.05)


@pytest.mark.parametrize("function", [score_limits, exact_limits, wilson_limits, arcsine_limits])
@pytest.mark.parametrize("n", [0, -1, NAN])
def test_limits_need_cases(function, n):
    with pytest.raises(ValueError, match="cases, 1 or more"):
        function(0.5, n, 0.025)


def test_exact_limits_need_whole_cases():
    with pytest.raises(ValueError, match="whole number"):
        exact_limits(0.5, 2.5, 0.025)


@pytest.mark.parametrize("theta", [-0.1, 1.5, 78.0, NAN])
def test_limits_need_a_share(theta):
    with pytest.raises(ValueError, match="share"):
        exact_limits(theta, 10, 0.025)


@pytest.mark.parametrize("expected", [0, -1, NAN])
def test_ratio_limits_need_an_expectation(expected):
    with pytest.raises(ValueError, match="above 0"):
        ratio_limits(expected, 0.025)


@pytest.mark.oracle(of=phe_flags)
@given(counts(), shares)
def test_phes_words_are_those_of_its_limits(counts, theta):
    assert phe_flags(*counts, float(theta))["flag"][0] == naive.phe_word(*counts, theta)


@pytest.mark.worked_example(of=phe_flags)
@pytest.mark.parametrize(
    ("x", "expected"),
    [
        # Of 100 tosses the standard error is 5: limits at 40.2 and 59.8, and at 34.5 and 65.5.
        (34, "Low (0.001)"),
        (35, "Low (0.025)"),
        (40, "Low (0.025)"),
        (41, "Not significant"),
        (59, "Not significant"),
        (60, "High (0.025)"),
        (66, "High (0.001)"),
    ],
)
def test_phes_words_by_hand(x, expected):
    assert phe_flags(x, 100, 0.5)["flag"][0] == expected


@pytest.mark.parametrize(("x", "theta"), [(0, 0.0), (10, 1.0)])
def test_a_point_on_phes_limit_is_inside(x, theta):
    assert phe_flags(x, 10, theta)["flag"][0] == "Not significant"


def test_phe_does_not_compare_what_lacks_a_number():
    result = phe_flags([NAN, 1, 0, 5], [10, NAN, 0, 10], 0.5)

    assert list(result["flag"]) == ["Not compared"] * 3 + ["Not significant"]
    assert list(result["reason"]) == [NOT_GIVEN, NOT_GIVEN, NO_CASES, ""]


@pytest.mark.oracle(of=phe_ratio_flags)
@settings(max_examples=60)
@given(st.integers(0, 40), st.integers(1, 80), st.sampled_from([0.9, 1.0, 1.2]))
def test_phes_words_for_a_ratio_are_those_of_its_interval(observed, halves, target):
    expected = halves / 2

    assert phe_ratio_flags(observed, expected, target)["flag"][0] == naive.phe_ratio_word(
        observed, expected, target
    )


@pytest.mark.worked_example(of=phe_ratio_flags)
@pytest.mark.parametrize(
    ("expected", "word"),
    [
        # None observed: the upper limits are -ln 0.025 = 3.689 and -ln 0.001 = 6.908.
        (3.6, "Not significant"),
        (3.7, "Low (0.025)"),
        (7.0, "Low (0.001)"),
    ],
)
def test_phes_words_for_a_ratio_by_hand(expected, word):
    assert phe_ratio_flags(0, expected)["flag"][0] == word


def test_phe_does_not_compare_a_ratio_that_lacks_a_number():
    result = phe_ratio_flags([NAN, 1, 1], [10, NAN, 0])

    assert list(result["flag"]) == ["Not compared"] * 3
    assert list(result["reason"]) == [NOT_GIVEN, NOT_GIVEN, "none were expected"]


@pytest.mark.parametrize(("observed", "expected"), [(-1, 1), (1, -1)])
def test_a_ratio_of_counts_below_0_is_a_mistake(observed, expected):
    with pytest.raises(ValueError, match="below 0"):
        phe_ratio_flags(observed, expected)
