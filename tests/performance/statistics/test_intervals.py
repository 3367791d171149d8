import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.intervals import (
    byar,
    effective_counts,
    exact_poisson,
    newcombe_difference,
    phe_poisson,
    ratio,
    wilson,
    z_for,
)
from tests.oracles import intervals as naive
from tests.oracles import poisson as naive_poisson
from tests.oracles.wilson import wilson as naive_wilson

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"

confidences = st.sampled_from([0.8, 0.95, 0.998])


@st.composite
def counts(draw, largest: int = 5000) -> tuple[int, int]:
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


def limits(table: pd.DataFrame) -> list[float]:
    """Lower and upper of a table of one row."""
    assert len(table) == 1
    return [float(table["lower"].iloc[0]), float(table["upper"].iloc[0])]


@pytest.mark.worked_example(of=z_for)
@pytest.mark.parametrize(("confidence", "z"), [(0.95, 1.959964), (0.998, 3.090232), (0.5, 0.674490)])
def test_z_is_that_of_the_tables(confidence, z):
    assert z_for(confidence) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize("confidence", [0, 1, 95])
@pytest.mark.parametrize(
    "interval",
    [
        lambda c: wilson(1, 2, c),
        lambda c: exact_poisson(1, c),
        lambda c: byar(1, c),
        lambda c: newcombe_difference(1, 2, 1, 2, c),
    ],
)
def test_a_percentage_is_no_confidence(interval, confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        interval(confidence)


@pytest.mark.oracle(of=wilson)
@given(counts(), confidences)
def test_wilson_is_the_interval_of_the_definition(counts, confidence):
    assert limits(wilson(*counts, confidence)) == pytest.approx(naive_wilson(*counts, confidence), abs=1e-9)


@pytest.mark.worked_example(of=wilson)
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
def test_wilson_gives_the_published_examples(x, n, lower, upper):
    assert limits(wilson(x, n)) == pytest.approx([lower, upper], abs=5e-5)


@pytest.mark.worked_example(of=wilson)
def test_wilson_is_what_can_be_worked_out_by_hand():
    """5 of 10 is symmetric about a half: 1/2 and, on each side, z / (2 * sqrt(10 + z^2))."""
    half = 1.959964 / (2 * math.sqrt(10 + 1.959964**2))

    assert limits(wilson(5, 10)) == pytest.approx([0.5 - half, 0.5 + half], abs=1e-7)


@given(counts())
def test_what_is_counted_and_what_is_left_mirror_each_other(counts):
    x, n = counts
    lower, upper = limits(wilson(x, n))

    assert limits(wilson(n - x, n)) == pytest.approx([1 - upper, 1 - lower], abs=1e-12)


@given(counts())
def test_wilson_holds_the_share_and_stays_within_0_and_1(counts):
    x, n = counts
    lower, upper = limits(wilson(x, n))

    assert 0 <= lower <= x / n <= upper <= 1
    assert lower < upper


@given(st.integers(1, 300))
def test_more_cases_counted_move_both_limits_up(n):
    interval = wilson(np.arange(n + 1), n)

    assert (np.diff(interval["lower"]) > 0).all()
    assert (np.diff(interval["upper"]) > 0).all()


@given(counts(), st.integers(2, 9))
def test_more_cases_at_one_share_narrow_it(counts, times):
    x, n = counts
    interval = wilson([x, times * x], [n, times * n])
    width = interval["upper"] - interval["lower"]

    assert width[1] < width[0]


@given(counts())
def test_more_confidence_widens_it(counts):
    lower, upper = limits(wilson(*counts, confidence=0.95))
    lower_998, upper_998 = limits(wilson(*counts, confidence=0.998))

    assert lower_998 <= lower
    assert upper <= upper_998


@pytest.mark.parametrize("n", [1, 7, 40, 4247])
def test_none_and_all_have_an_exact_end(n):
    interval = wilson([0, n], n)

    assert interval["lower"][0] == 0
    assert interval["upper"][1] == 1
    z2 = 1.959963984540054**2
    assert interval["upper"][0] == pytest.approx(z2 / (n + z2))
    assert interval["lower"][1] == pytest.approx(n / (n + z2))


@given(counts(), st.floats(0.5, 0.9999))
def test_none_has_0_as_its_limit_at_any_confidence(counts, confidence):
    assert limits(wilson(0, counts[1], confidence))[0] == 0


def test_what_has_no_interval_says_why_and_leaves_the_others_alone():
    interval = wilson([0, NAN, 10, 0, 3, NAN], [10, 10, 10, 0, None, 0])

    assert list(interval["reason"]) == ["", NOT_GIVEN, "", NO_CASES, NOT_GIVEN, NOT_GIVEN]
    for side in ("lower", "upper"):
        assert list(interval[side].isna()) == [False, True, False, True, True, True]


def test_rows_keep_their_names():
    x = pd.Series([1, 2], index=["london", "wales"])

    assert limits(wilson(x, 10).loc[["wales"]]) == limits(wilson(2, 10))


@pytest.mark.parametrize(
    "function",
    [
        wilson,
        exact_poisson,
        byar,
        phe_poisson,
        ratio,
        newcombe_difference,
        effective_counts,
    ],
)
def test_nothing_in_is_nothing_out(function):
    columns = {wilson: 2, ratio: 2, newcombe_difference: 4, effective_counts: 3}.get(function, 1)

    assert len(function(*[[]] * columns)) == 0


@pytest.mark.parametrize(
    "interval",
    [
        lambda x, n: wilson(x, n),
        lambda x, n: effective_counts(x, n, 1.3),
        lambda x, n: newcombe_difference(x, n, 1, 2),
        lambda x, n: newcombe_difference(1, 2, x, n),
    ],
)
@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10), (0, -1), (1, 0), ([1, 11], [10, 10])])
def test_a_count_beyond_its_denominator_is_a_mistake(interval, x, n):
    with pytest.raises(ValueError, match="a count must be from 0 to its denominator"):
        interval(x, n)


@pytest.mark.worked_example(of=effective_counts)
def test_clustered_cases_say_as_much_as_fewer_independent_ones():
    """117 of 1,300 snapshots with a design effect of 1.3 say as much as 90 of 1,000 people."""
    counts = effective_counts(117, 1300, 1.3)

    assert list(counts[["x", "n"]].iloc[0]) == pytest.approx([90, 1000])
    assert limits(wilson(counts["x"], counts["n"])) == pytest.approx(limits(wilson(90, 1000)))


@pytest.mark.parametrize(
    ("x", "n", "effect", "reason"),
    [(0, 4, 2, ""), (4, 4, 2, ""), (0, 0, 2, NO_CASES), (NAN, 4, 2, NOT_GIVEN), (1, 4, NAN, NOT_GIVEN)],
)
def test_effective_counts_say_why_there_are_none(x, n, effect, reason):
    assert effective_counts(x, n, effect)["reason"][0] == reason


def test_a_design_effect_below_1_is_a_mistake():
    with pytest.raises(ValueError, match="1 or more"):
        effective_counts(1, 2, 0.9)


@pytest.mark.oracle(of=exact_poisson)
@settings(max_examples=40)
@given(st.integers(0, 60), confidences)
def test_the_exact_limits_leave_the_count_just_in_the_tail(count, confidence):
    assert limits(exact_poisson(count, confidence)) == pytest.approx(
        naive_poisson.exact_interval(count, confidence), abs=1e-6
    )


@pytest.mark.worked_example(of=exact_poisson)
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # Breslow and Day (1987), volume II, table 2.10, times the count. 0 by hand: -ln 0.025.
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (5, 1.6235, 11.668),
        (10, 4.7954, 18.390),
    ],
)
def test_the_exact_limits_are_those_of_the_tables(count, lower, upper):
    assert limits(exact_poisson(count)) == pytest.approx([lower, upper], abs=5e-4)


@pytest.mark.oracle(of=byar)
@given(st.integers(0, 5000), confidences)
def test_byars_limits_are_those_of_the_formula(count, confidence):
    lower, upper = naive.byar(count, confidence)

    assert limits(byar(count, confidence)) == pytest.approx(
        [NAN if lower is None else lower, upper], rel=1e-9, nan_ok=True
    )


@pytest.mark.worked_example(of=byar)
def test_byars_limits_are_what_can_be_worked_out_by_hand():
    """Of 9: 9 (1 - 1/81 - z/9)^3 and 10 (1 - 1/90 + z/(3 sqrt 10))^3, with z = 1.96."""
    lower = 9 * (80 / 81 - 1.96 / 9) ** 3
    upper = 10 * (89 / 90 + 1.96 / (3 * math.sqrt(10))) ** 3

    assert limits(byar(9)) == pytest.approx([lower, upper], abs=1e-3)


def test_byars_method_has_no_lower_limit_where_it_would_be_negative():
    interval = byar([0, 1, 4, NAN], 0.998)

    assert list(interval["lower"].isna()) == [True, True, False, True]
    assert list(interval["upper"].isna()) == [False, False, False, True]
    few = "Byar's method has no lower limit for so few"
    assert list(interval["reason"]) == [few, few, "", NOT_GIVEN]


@pytest.mark.oracle(of=phe_poisson)
@settings(max_examples=40)
@given(st.integers(0, 40), confidences)
def test_phe_takes_the_exact_limits_below_10_and_byars_from_10_on(count, confidence):
    assert limits(phe_poisson(count, confidence)) == pytest.approx(
        naive.phe_poisson(count, confidence), abs=1e-6
    )


@given(st.integers(1, 300), confidences)
def test_intervals_of_a_count_hold_it_and_rise_with_it(count, confidence):
    for interval in (exact_poisson, phe_poisson):
        table = interval([count - 1, count], confidence)

        assert table["lower"][1] < count < table["upper"][1]
        assert table["lower"][0] < table["lower"][1]
        assert table["upper"][0] < table["upper"][1]


@pytest.mark.parametrize("interval", [exact_poisson, phe_poisson])
def test_a_missing_count_has_no_interval(interval):
    table = interval([3, NAN, None])

    assert list(table["reason"]) == ["", NOT_GIVEN, NOT_GIVEN]
    assert table[["lower", "upper"]].iloc[1:].isna().all(axis=None)


@pytest.mark.parametrize(
    "interval", [exact_poisson, byar, phe_poisson, lambda c: ratio(c, 1), lambda c: ratio(1, c)]
)
def test_a_count_below_0_is_a_mistake(interval):
    with pytest.raises(ValueError, match="below 0"):
        interval(-1)


@pytest.mark.oracle(of=ratio)
@settings(max_examples=40)
@given(st.integers(0, 40), st.integers(1, 80), confidences)
def test_a_ratio_has_the_counts_interval_over_the_expectation(observed, halves, confidence):
    table = ratio(observed, halves / 2, confidence)
    lower, upper = naive.phe_poisson(observed, confidence)

    assert table["ratio"][0] == pytest.approx(2 * observed / halves)
    assert limits(table) == pytest.approx([2 * lower / halves, 2 * upper / halves], abs=1e-6)


@pytest.mark.worked_example(of=ratio)
def test_none_observed_is_a_ratio_of_0_with_an_upper_limit():
    """-ln 0.025 = 3.689 over 2 expected."""
    table = ratio(0, 2)

    assert table["ratio"][0] == 0
    assert limits(table) == pytest.approx([0, 1.8444], abs=1e-4)


def test_a_ratio_to_nothing_cannot_be_told():
    table = ratio([3, 0, NAN, 1], [0, 0, 2, NAN])

    assert list(table["reason"]) == ["none were expected"] * 2 + [NOT_GIVEN] * 2
    assert table[["ratio", "lower", "upper"]].isna().all(axis=None)


@pytest.mark.oracle(of=newcombe_difference)
@given(counts(300), counts(300), confidences)
def test_a_difference_puts_two_wilson_intervals_together(first, second, confidence):
    table = newcombe_difference(*first, *second, confidence)

    assert limits(table) == pytest.approx(naive.newcombe(*first, *second, confidence), abs=1e-6)


@pytest.mark.worked_example(of=newcombe_difference)
@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_gives_the_published_examples(first, second, lower, upper):
    table = newcombe_difference(*first, *second)

    assert table["difference"][0] == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert limits(table) == pytest.approx([lower, upper], abs=5e-5)


@given(counts(300), counts(300))
def test_swapping_two_shares_turns_the_difference_round(first, second):
    lower, upper = limits(newcombe_difference(*first, *second))

    assert limits(newcombe_difference(*second, *first)) == pytest.approx([-upper, -lower], abs=1e-12)


def test_a_difference_from_nothing_cannot_be_told():
    table = newcombe_difference([1, NAN, 1, 0], [2, 2, 2, 0], [1, 1, 0, 1], [2, 2, 0, 2])

    assert list(table["reason"]) == ["", NOT_GIVEN, NO_CASES, NO_CASES]
    assert list(table["difference"].isna()) == list(table["lower"].isna()) == [False, True, True, True]
