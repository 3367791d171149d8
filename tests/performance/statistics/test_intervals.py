import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.intervals import checked_counts, wilson
from tests.oracles.wilson import wilson as naive_wilson

NAN = math.nan


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


@given(counts(), st.sampled_from([0.8, 0.95, 0.998]))
def test_it_is_the_interval_of_the_definition(counts, confidence):
    assert [float(limit) for limit in wilson(*counts, confidence)] == pytest.approx(
        naive_wilson(*counts, confidence), abs=1e-9
    )


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_gives_the_published_examples(x, n, lower, upper):
    assert [float(limit) for limit in wilson(x, n)] == pytest.approx([lower, upper], abs=5e-5)


def test_it_is_what_can_be_worked_out_by_hand():
    """5 of 10 is symmetric about a half: 1/2 and, on each side, z / (2 * sqrt(10 + z^2))."""
    half = 1.959964 / (2 * math.sqrt(10 + 1.959964**2))

    assert [float(limit) for limit in wilson(5, 10)] == pytest.approx([0.5 - half, 0.5 + half], abs=1e-7)


@given(counts())
def test_what_is_counted_and_what_is_left_mirror_each_other(counts):
    x, n = counts
    lower, upper = wilson(x, n)
    lower_of_rest, upper_of_rest = wilson(n - x, n)

    assert float(lower) == pytest.approx(1 - float(upper_of_rest), abs=1e-12)
    assert float(upper) == pytest.approx(1 - float(lower_of_rest), abs=1e-12)


@given(counts())
def test_it_holds_the_share_and_stays_within_0_and_1(counts):
    x, n = counts
    lower, upper = wilson(x, n)

    assert 0 <= lower <= x / n <= upper <= 1
    assert lower < upper


@given(st.integers(1, 300))
def test_more_cases_counted_move_both_limits_up(n):
    lower, upper = wilson(np.arange(n + 1), n)

    assert (np.diff(lower) > 0).all()
    assert (np.diff(upper) > 0).all()


@given(counts(), st.integers(2, 9))
def test_more_cases_at_one_share_narrow_it(counts, times):
    x, n = counts
    lower, upper = wilson([x, times * x], [n, times * n])

    assert upper[1] - lower[1] < upper[0] - lower[0]


@given(counts())
def test_more_confidence_widens_it(counts):
    lower, upper = wilson(*counts, confidence=0.95)
    lower_998, upper_998 = wilson(*counts, confidence=0.998)

    assert lower_998 <= lower
    assert upper <= upper_998


@pytest.mark.parametrize("n", [1, 7, 40, 4247])
def test_none_and_all_have_an_exact_end(n):
    none, everything = wilson(0, n), wilson(n, n)

    assert none[0] == 0
    assert everything[1] == 1
    z2 = 1.959963984540054**2
    assert float(none[1]) == pytest.approx(z2 / (n + z2))
    assert float(everything[0]) == pytest.approx(n / (n + z2))


@pytest.mark.parametrize(("x", "n"), [(0, 0), (NAN, 10), (3, NAN), (NAN, NAN)])
def test_no_cases_or_a_missing_count_give_no_interval(x, n):
    assert all(math.isnan(limit) for limit in wilson(x, n))


def test_a_missing_count_leaves_the_others_alone():
    lower, upper = wilson([0, NAN, 10, 0], [10, 10, 10, 0])

    assert list(np.isnan(lower)) == list(np.isnan(upper)) == [False, True, False, True]


def test_nothing_in_is_nothing_out():
    assert [limit.size for limit in wilson([], [])] == [0, 0]


def test_it_takes_any_shape_and_one_denominator_for_many():
    lower, upper = wilson([[1, 2], [3, 4]], 10)

    assert lower.shape == upper.shape == (2, 2)
    assert lower[1, 0] == wilson(3, 10)[0]


@pytest.mark.parametrize(
    ("x", "n"), [(11, 10), (-1, 10), (0, -1), (1, 0), ([1, 11], [10, 10]), (11, [NAN, 10])]
)
def test_a_count_beyond_its_denominator_is_a_mistake(x, n):
    with pytest.raises(ValueError, match="a count must be from 0 to its denominator"):
        wilson(x, n)


def test_counts_that_fit_come_back_as_floats_of_one_shape():
    x, n = checked_counts([1, 2], 3)

    assert (list(x), list(n)) == ([1.0, 2.0], [3.0, 3.0])
