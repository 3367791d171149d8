import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.audit_signals.questions import asked, asked_of_rows
from performance.statistics.audit_signals.smoothness import (
    ALL_OR_NONE,
    QUESTION,
    TOO_FEW_PERIODS,
    smoothness,
    smoothness_of_periods,
)
from tests.oracles import audit_signals
from tests.oracles import dispersion as naive

NAN = math.nan


@pytest.mark.oracle(of=smoothness)
@given(st.lists(st.integers(-30, 30), min_size=5, max_size=20))
def test_smoothness_is_the_lower_tail_of_the_squares(tenths):
    z = [score / 10 for score in tenths] * 2
    found = smoothness(z)
    p = 1 - naive.chance_of_more(sum(score**2 for score in z), len(z)) if any(z) else 0.0

    assert found.p == pytest.approx(p, rel=1e-6, abs=1e-12)
    assert found.question == (QUESTION if p < 0.01 else "")


@pytest.mark.worked_example(of=smoothness)
def test_figures_that_vary_half_as_much_as_chance_raise_a_question():
    """Tables of chi-squared on 30: 14.95 leaves 1% below it, and 30 squares of 0.7 sum to 14.7."""
    found = smoothness([0.7, -0.7] * 15)

    assert (found.units, found.phi) == (30, pytest.approx(0.49))
    assert found.question == QUESTION
    assert smoothness([0.75, -0.75] * 15).question == ""


@pytest.mark.parametrize(("z", "units"), [([], 0), ([0.1] * 9, 9), ([*[0.1] * 9, NAN, None], 9)])
def test_fewer_than_ten_figures_are_refused(z, units):
    found = smoothness(z)

    assert found.reason == f"10 units are needed and there are {units}"
    assert (found.phi, found.p, found.question) == (None, None, "")


def test_figures_all_on_target_are_as_smooth_as_can_be():
    assert smoothness([0.0] * 10).question == QUESTION


def counted(**series) -> pd.DataFrame:
    """series: (x, n) of each period."""
    rows = [(name, x, n) for name, own in series.items() for x, n in own]
    return pd.DataFrame(rows, columns=["series", "x", "n"])


cases = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.oracle(of=smoothness_of_periods)
@given(st.lists(st.lists(cases, min_size=10, max_size=14), min_size=1, max_size=3))
def test_periods_are_held_against_the_share_of_all_their_cases(many):
    found = smoothness_of_periods(counted(**{f"trust {place}": own for place, own in enumerate(many)}))

    for row, own in zip(found.itertuples(), many, strict=True):
        assert row.units == len(own)
        if 0 < sum(x for x, _ in own) < sum(n for _, n in own):
            phi, p = audit_signals.smoothness_of_periods(own)
            assert (row.phi, row.p) == pytest.approx((phi, p), rel=1e-9)
            assert row.reason == ""
        else:
            assert (row.reason, math.isnan(row.phi), math.isnan(row.p)) == (ALL_OR_NONE, True, True)


@pytest.mark.worked_example(of=smoothness_of_periods)
def test_periods_that_are_all_alike_raise_a_question_and_others_do_not():
    """In ten periods of 100 cases 89 and 91 of them are a third of a standard error from 90: the ten
    squares of a third sum to 1.11, over 9. Tables of chi-squared on 9: 2.09 leaves 1% below it."""
    found = smoothness_of_periods(counted(alike=[(89, 100), (91, 100)] * 5, wild=[(85, 100), (95, 100)] * 5))

    assert found["phi"].to_list() == pytest.approx([10 / 9 / 9, 250 / 9 / 9])
    assert found.loc["alike", "p"] < 0.001
    # Of two the smaller p is doubled.
    assert found.loc["alike", "adjusted_p"] == pytest.approx(2 * found.loc["alike", "p"])
    assert found["question"].to_list() == [QUESTION, ""]


def test_a_question_takes_what_is_rare_among_all_that_were_looked_at():
    smooth = [(78, 100), (81, 100)] * 5
    lively = {f"trust {place}": [(84, 100), (96, 100)] * 5 for place in range(30)}

    alone, among = (smoothness_of_periods(counted(smooth=smooth, **others)) for others in ({}, lively))

    assert alone.loc["smooth", "question"] == QUESTION
    assert alone.loc["smooth", "p"] == among.loc["smooth", "p"]
    assert (among["question"] == "").all()


def test_periods_without_figure_or_cases_are_left_out_and_too_few_refused():
    whole = [(9, 10), (8, 10)] * 5
    found = smoothness_of_periods(
        counted(holes=[*whole, (NAN, 10), (3, None), (0, 0)], short=[*whole[1:], (NAN, 9)], whole=whole)
    )

    assert found["units"].to_list() == [10, 9, 10]
    assert found.loc["holes"].equals(found.loc["whole"])
    assert found["reason"].to_list() == ["", TOO_FEW_PERIODS, ""]
    assert found.loc["short", ["phi", "p", "adjusted_p"]].isna().all()
    assert found.loc["short", "question"] == ""


def test_no_series_is_a_table_without_rows():
    assert smoothness_of_periods(counted()).empty


def test_more_counted_than_there_are_is_a_mistake():
    with pytest.raises(ValueError, match="from 0 to its denominator"):
        smoothness_of_periods(counted(a=[(11, 10)]))


@pytest.mark.slow
@pytest.mark.parametrize("periods", [12, 36])
@pytest.mark.parametrize(("cases", "share"), [(26, 0.9), (26, 0.97), (390, 0.9)])
def test_of_honest_series_one_in_a_hundred_or_fewer_have_a_p_below_one_in_a_hundred(periods, cases, share):
    rng, trusts = np.random.default_rng(1), 4_000
    n = rng.poisson(cases, (trusts, periods)).clip(1)
    rows = {"series": np.repeat(range(trusts), periods), "x": rng.binomial(n, share).ravel(), "n": n.ravel()}

    found = smoothness_of_periods(pd.DataFrame(rows))

    assert (found["p"] < 0.01).mean() <= 0.01 + 3 * math.sqrt(0.01 * 0.99 / trusts)
    assert found["phi"].mean() == pytest.approx(1, abs=0.02)


@pytest.mark.worked_example(of=asked)
def test_a_question_is_asked_from_one_in_twenty_on():
    assert (asked("why?", 0.05), asked("why?", 0.051)) == ("why?", "")


@pytest.mark.worked_example(of=asked_of_rows)
def test_a_question_is_asked_in_its_rows_only():
    p = np.array([0.05, 0.051, NAN, 0.01])

    assert list(asked_of_rows("why?", p)) == ["why?", "", "", "why?"]
    assert list(asked_of_rows("why?", p, np.array([True, True, True, False]))) == ["why?", "", "", ""]
