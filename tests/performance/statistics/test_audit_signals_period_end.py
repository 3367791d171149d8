import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.audit_signals.period_end import (
    MONTH_QUESTION,
    YEAR_QUESTION,
    period_end_spikes,
    year_end_spikes,
)
from tests.oracles import audit_signals as naive
from tests.oracles import multiple_comparisons

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
NO_ARRIVALS = "no cases came in to set the completions against"
FIGURES = ["share", "expected_share", "excess", "p", "adjusted_p"]

months = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(18, 23)))
years = st.tuples(st.integers(0, 40), st.integers(0, 80), st.integers(1, 50), st.integers(1, 200)).filter(
    lambda year: year[0] + year[1] > 0
)


@pytest.mark.oracle(of=period_end_spikes)
@given(st.lists(months, min_size=1, max_size=6))
def test_a_month_is_held_against_its_working_days(rows):
    found = period_end_spikes(*map(list, zip(*rows, strict=True)))
    exact = [naive.spike_p(k, n, Fraction(3, days)) for k, n, days in rows]

    assert list(found["p"]) == pytest.approx([float(p) for p in exact], rel=1e-9)
    assert list(found["adjusted_p"]) == pytest.approx(
        [float(p) for p in multiple_comparisons.adjusted(exact)], rel=1e-9
    )
    assert list(found["excess"]) == pytest.approx([k - n * 3 / days for k, n, days in rows])
    for row in found.itertuples():
        assert row.question == (MONTH_QUESTION if row.adjusted_p <= 0.05 else "")


@pytest.mark.oracle(of=year_end_spikes)
@given(st.lists(years, min_size=1, max_size=6))
def test_a_year_end_is_held_against_its_arrivals(rows):
    found = year_end_spikes(*map(list, zip(*rows, strict=True)))

    for (end, others, came, came_else), row in zip(rows, found.itertuples(), strict=True):
        expected = Fraction(came, came + came_else)
        assert row.p == pytest.approx(float(naive.spike_p(end, end + others, expected)), rel=1e-9)
        assert row.expected_share == pytest.approx(float(expected))
        assert row.share == pytest.approx(end / (end + others))
        assert row.question == (YEAR_QUESTION if row.adjusted_p <= 0.05 else "")


@pytest.mark.worked_example(of=period_end_spikes)
def test_a_month_worked_out_by_hand():
    """3 days of 12 are a quarter. All of 4 cases there have a chance of 1 in 256, none of 4 is sure
    to be reached, and the smaller of two p is doubled."""
    found = period_end_spikes([4, 0], 4, 12)

    assert list(found["p"]) == pytest.approx([1 / 256, 1])
    assert list(found["adjusted_p"]) == pytest.approx([2 / 256, 1])
    assert list(found["excess"]) == pytest.approx([3, -1])
    assert list(found["question"]) == [MONTH_QUESTION, ""]


@pytest.mark.worked_example(of=year_end_spikes)
def test_a_year_end_with_as_many_arrivals_as_completions_is_no_spike():
    """120 of 220 in the last month, and 600 of 1,100 arrivals: both 6 in 11. With a twelfth of the
    arrivals it would be a spike of 101.7 cases."""
    found = year_end_spikes([120, 120], [100, 100], [600, 100], [500, 1100])

    assert list(found["expected_share"]) == pytest.approx([6 / 11, 1 / 12])
    assert list(found["excess"]) == pytest.approx([0, 120 - 220 / 12])
    assert list(found["question"]) == ["", YEAR_QUESTION]


def test_more_at_the_end_never_raise_p():
    found = period_end_spikes(np.arange(51), 50, 21)

    assert (np.diff(found["p"]) <= 0).all()
    assert (np.diff(found["excess"]) > 0).all()


@pytest.mark.parametrize(
    ("at_end", "completed", "days", "reason"),
    [(NAN, 10, 20, NOT_GIVEN), (1, NAN, 20, NOT_GIVEN), (1, 10, NAN, NOT_GIVEN), (0, 0, 20, NO_CASES)],
)
def test_a_month_without_figures_says_why_and_leaves_the_others_alone(at_end, completed, days, reason):
    found = period_end_spikes([at_end, 4], [completed, 4], [days, 12])

    assert list(found["reason"]) == [reason, ""]
    assert found.iloc[0][FIGURES].isna().all()
    assert found["question"][0] == ""
    assert found["adjusted_p"][1] == pytest.approx(1 / 256)


@pytest.mark.parametrize(
    ("year", "reason"),
    [
        ((NAN, 10, 10, 10), NOT_GIVEN),
        ((1, 10, 10, None), NOT_GIVEN),
        ((0, 0, 10, 10), NO_CASES),
        ((1, 10, 0, 10), NO_ARRIVALS),
        ((1, 10, 10, 0), NO_ARRIVALS),
        ((1, 10, 0, 0), NO_ARRIVALS),
    ],
)
def test_a_year_without_figures_says_why_and_leaves_the_others_alone(year, reason):
    found = year_end_spikes(*([figure, 20] for figure in year))

    assert list(found["reason"]) == [reason, ""]
    assert found.iloc[0][FIGURES].isna().all()
    assert found.iloc[1][FIGURES].notna().all()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((11, 10, 20), "from 0 to its denominator"),
        ((1.5, 10, 20), "whole number"),
        ((1, 10, 3), "a period has more working days than its end"),
        ((1, 10, 20, 0), "a period has more working days than its end"),
    ],
)
def test_impossible_months_are_mistakes(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        period_end_spikes(*arguments)


@pytest.mark.parametrize(
    ("arguments", "complaint"), [((-1, 1, 1, 1), "below 0"), ((1, 1, 1, 1.5), "whole number")]
)
def test_impossible_years_are_mistakes(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        year_end_spikes(*arguments)


def test_rows_keep_their_index_and_nothing_in_is_nothing_out():
    assert list(period_end_spikes(pd.Series([1, 2], ["b", "a"]), 10, 20).index) == ["b", "a"]
    assert period_end_spikes([], [], []).empty
    assert year_end_spikes([], [], [], []).empty


@pytest.mark.slow
def test_even_work_is_seldom_called():
    """The tail is exact, so that it fires in at most its share."""
    random = np.random.default_rng(3)
    found = period_end_spikes(random.binomial(60, 3 / 21, 20_000), 60, 21)

    assert 0.02 <= (found["p"] <= 0.05).mean() <= 0.05
