import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.correlation.pairs import ALL_ALIKE
from performance.statistics.correlation.reliability import (
    NO_DIFFERENCES,
    DisattenuatedCorrelation,
    Reliability,
    check_standard_errors,
    disattenuated,
    noise_refusal,
    part_that_is_real,
    reliability,
)
from tests.oracles import correlation as naive

NAN = math.nan
TEN = list(range(10))

halves = st.integers(-20, 20).map(lambda number: Fraction(number, 2))
quarters = st.integers(0, 20).map(lambda number: Fraction(number, 4))
measured = st.lists(st.tuples(halves, quarters), min_size=10, max_size=14)


@pytest.mark.oracle(of=reliability)
@pytest.mark.oracle(of=part_that_is_real)
@given(measured)
def test_it_is_what_is_left_of_the_variance_without_noise(rows):
    observed, errors = zip(*rows, strict=True)
    assume(len(set(observed)) > 1)
    columns = [float(value) for value in observed], [float(error) for error in errors]

    expected = float(naive.reliability(list(observed), list(errors)))
    assert reliability(*columns).reliability == pytest.approx(expected, abs=1e-12)
    assert part_that_is_real(*map(np.array, columns)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.worked_example(of=reliability)
def test_a_reliability_that_can_be_worked_out_by_hand():
    """0 to 9 have a variance of 82.5 / 9; squared errors of 2 leave 1 - 18 / 82.5."""
    assert reliability(TEN, math.sqrt(2)) == Reliability(10, "", pytest.approx(1 - 18 / 82.5))


@given(measured, st.randoms())
def test_it_depends_neither_on_order_units_nor_empty_trusts(rows, order):
    rows = [(float(observed), float(error)) for observed, error in rows]
    assume(len({observed for observed, _ in rows}) > 1)
    plain = reliability(*zip(*rows, strict=True))
    changed = [*((100 * observed + 7, 100 * error) for observed, error in rows), (NAN, 1.0), (1.0, NAN)]
    order.shuffle(changed)

    other = reliability(*zip(*changed, strict=True))

    assert other.reliability == pytest.approx(plain.reliability, abs=1e-9)
    assert other.n == plain.n == len(rows)


@pytest.mark.worked_example(of=part_that_is_real)
def test_noise_beyond_the_variance_leaves_nothing_real():
    """-1 and 1 have a variance of 2, and errors of 2 a mean square of 4."""
    assert part_that_is_real(np.array([-1.0, 1.0]), np.array([2.0, 2.0])) == 0
    assert part_that_is_real(np.array([-1.0, 1.0]), np.array([1.0, 1.0])) == pytest.approx(0.5)
    assert part_that_is_real(np.array([1.0, 1.0]), np.array([0.0, 0.0])) == 0


@pytest.mark.parametrize(
    ("observed", "error", "n", "reason"),
    [
        ([], [], 0, "10 trusts with both figures are needed and there are 0"),
        ([3], [1], 1, "10 trusts with both figures are needed and there are 1"),
        ([*TEN[1:], NAN], 1, 9, "10 trusts with both figures are needed and there are 9"),
        ([5] * 12, 1, 12, NO_DIFFERENCES),
    ],
)
def test_too_little_has_no_reliability_but_a_reason(observed, error, n, reason):
    assert reliability(observed, error) == Reliability(n, reason)


@pytest.mark.oracle(of=disattenuated)
@given(st.integers(0, 10_000))
def test_a_corrected_correlation_is_spearmans_of_1904(seed):
    draw = np.random.default_rng(seed)
    x = draw.normal(size=12)
    y = x + 2 * draw.normal(size=12)

    result = disattenuated(x, 0.2, y, 0.4)

    real = [naive.reliability(list(map(Fraction, v)), [Fraction(e)] * 12) for v, e in ((x, 0.2), (y, 0.4))]
    assume(min(real) >= 0.4)
    observed = naive.pearson(list(x), list(y))
    assert result.observed == pytest.approx(observed)
    assert result.coefficient == pytest.approx(max(-1, min(1, observed / math.sqrt(real[0] * real[1]))))


@pytest.mark.worked_example(of=disattenuated)
def test_a_corrected_correlation_that_can_be_worked_out_by_hand():
    """0 to 9 against themselves, the last two changed over: r = 81.5 / 82.5. Squared errors of 0
    and of 82.5 / 18 (a variance of 82.5 / 9) leave reliabilities of 1 and 1/2; with a third of
    the squared errors it is 5/6, and 81.5 / 82.5 / sqrt(5/6) is beyond 1."""
    swapped = [*TEN[:8], 9, 8]
    steep = [0, 9, 2, 7, 4, 5, 6, 3, 8, 1]

    assert disattenuated(TEN, 0, swapped, math.sqrt(82.5 / 54)).coefficient == 1
    result = disattenuated(TEN, 0, steep, math.sqrt(82.5 / 18))
    # Products of steep and TEN: 0 + 9 + 4 + 21 + 16 + 25 + 36 + 21 + 64 + 9 = 205, less 202.5.
    assert result.observed == pytest.approx(2.5 / 82.5)
    assert result.process_reliability == pytest.approx(1)
    assert result.outcome_reliability == pytest.approx(0.5)
    assert result.coefficient == pytest.approx(2.5 / 82.5 * math.sqrt(2))


@pytest.mark.parametrize(
    ("process", "outcome", "n", "reason"),
    [
        ([], [], 0, "10 trusts with both figures are needed and there are 0"),
        (TEN, [NAN, *TEN[1:]], 9, "10 trusts with both figures are needed and there are 9"),
        ([1] * 10, TEN, 10, ALL_ALIKE),
    ],
)
def test_too_little_has_no_correction_but_a_reason(process, outcome, n, reason):
    assert disattenuated(process, 1, outcome, 1) == DisattenuatedCorrelation(n, reason)


def test_a_noisy_side_is_named_and_what_was_observed_kept():
    # A reliability of 1 - 9 x 5.5 / 82.5 = 0.4 is enough, but for rounding; 5.6 leaves 0.389.
    result = disattenuated(TEN, 1, TEN[::-1], math.sqrt(5.6))

    assert result.reason == "the outcome is too noisy: its reliability is 0.38 and 0.40 is needed"
    assert (result.coefficient, result.observed) == (None, pytest.approx(-1))
    assert result.outcome_reliability == pytest.approx(1 - 9 * 5.6 / 82.5)


@pytest.mark.worked_example(of=noise_refusal)
@pytest.mark.parametrize(
    ("process", "outcome", "reason"),
    [
        (0.4, 0.4, ""),
        (1.0, 0.3999, "the outcome is too noisy: its reliability is 0.39 and 0.40 is needed"),
        (0.25, 0.8, "the process is too noisy: its reliability is 0.25 and 0.40 is needed"),
        (
            0.1,
            0.0,
            "the process is too noisy: its reliability is 0.10 and 0.40 is needed and "
            "the outcome is too noisy: its reliability is 0.00 and 0.40 is needed",
        ),
    ],
)
def test_the_noisy_side_is_named(process, outcome, reason):
    assert noise_refusal(process, outcome) == reason


@pytest.mark.worked_example(of=check_standard_errors)
def test_a_standard_error_below_0_is_a_mistake():
    check_standard_errors(np.array([0.0, 1.0]), np.array([]))
    with pytest.raises(ValueError, match="below 0"):
        check_standard_errors(np.array([1.0]), np.array([-0.1]))
    with pytest.raises(ValueError, match="below 0"):
        reliability(TEN, -1)
    with pytest.raises(ValueError, match="below 0"):
        disattenuated(TEN, 1, TEN, -1)


@pytest.mark.slow
def test_noise_hides_a_correlation_and_the_correction_brings_it_back():
    """35 trusts, a true correlation of 0.5, reliabilities of 0.95 and 0.5: 0.35 is observed on
    average. The corrected ones average 0.5, where they are told."""
    draw = np.random.default_rng(7)
    found = []
    for _ in range(2_000):
        x = draw.normal(size=35)
        y = 0.5 * x + math.sqrt(0.75) * draw.normal(size=35)
        x_error, y_error = math.sqrt(0.05 / 0.95), 1.0
        noisy = x + x_error * draw.normal(size=35), y + y_error * draw.normal(size=35)
        found.append(disattenuated(noisy[0], x_error, noisy[1], y_error))

    told = [result.coefficient for result in found if not result.reason]
    assert np.mean([result.observed for result in found]) == pytest.approx(0.35, abs=0.02)
    assert np.mean(told) == pytest.approx(0.5, abs=0.03)
    assert 0.18 < np.std(told) < 0.24
    assert 0.2 < 1 - len(told) / len(found) < 0.32
