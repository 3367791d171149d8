import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.audit_signals.denominators import (
    CASES_QUESTION,
    EXCLUSION_QUESTION,
    cases_per_period,
    exclusions,
)
from tests.oracles import audit_signals as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
NOBODY_LEFT = "every case was excluded"
TOO_FEW = "fewer than 5 periods of the series have their figures"
FIGURES = ["excluded_share", "usual_share", "attainment", "usual_attainment", "p", "adjusted_p"]


@st.composite
def periods(draw) -> tuple[int, int, int]:
    """Eligible, excluded, met."""
    eligible = draw(st.integers(2, 60))
    excluded = draw(st.integers(0, eligible - 1))
    return eligible, excluded, draw(st.integers(0, eligible - excluded))


many_series = st.lists(st.lists(periods(), min_size=5, max_size=8), min_size=1, max_size=3)


def table(series: dict[str, list[tuple]]) -> pd.DataFrame:
    rows = [(name, place, *row) for name, rows in series.items() for place, row in enumerate(rows)]
    return pd.DataFrame(rows, columns=["series", "period", "eligible", "excluded", "met"])


def named(rows: list) -> dict:
    return {f"trust {place}": row for place, row in enumerate(rows)}


@pytest.mark.oracle(of=exclusions)
@given(many_series)
def test_each_period_is_held_against_the_others_of_its_series(many):
    found = exclusions(table(named(many)))
    figures = iter(found.itertuples())

    for rows in many:
        for place, (eligible, excluded, met) in enumerate(rows):
            row, others = next(figures), rows[:place] + rows[place + 1 :]
            p = naive.exclusion_p((excluded, eligible), [(other[1], other[0]) for other in others])
            left = sum(other[0] - other[1] for other in others)
            usual = sum(other[2] for other in others) / left
            assert row.p == pytest.approx(p, abs=1e-9)
            assert row.excluded_share == excluded / eligible
            assert row.usual_share == pytest.approx(
                sum(other[1] for other in others) / sum(other[0] for other in others)
            )
            assert row.attainment == pytest.approx(met / (eligible - excluded))
            assert row.usual_attainment == pytest.approx(usual)
            if not math.isclose(row.attainment, usual):
                is_asked = row.adjusted_p <= 0.05 and row.attainment > usual
                assert row.question == (EXCLUSION_QUESTION if is_asked else "")


@pytest.mark.worked_example(of=exclusions)
def test_a_rise_with_attainment_worked_out_by_hand():
    """Seven quarters of 4 to 6 in 100 excluded (5 on average, a standard deviation of 0.0082), 80% met
    of the rest; then 20 of 100, and 90%. It lies 0.15 / (0.0082 sqrt(8/7)) = 17 errors out."""
    quarters = [(100, excluded, 76) for excluded in (4, 5, 6, 5, 4, 6, 5)] + [(100, 20, 72)]
    found = exclusions(table({"a": quarters}))
    last = found.iloc[-1]

    assert (last["excluded_share"], last["attainment"]) == pytest.approx((0.2, 0.9))
    assert (last["usual_share"], last["usual_attainment"]) == pytest.approx((0.05, 7 * 76 / 665))
    assert last["adjusted_p"] < 0.001
    assert list(found["question"]) == [*[""] * 7, EXCLUSION_QUESTION]


def test_a_rise_without_better_attainment_raises_no_question():
    quarters = [(100, excluded, 76) for excluded in (4, 5, 6, 5, 4, 6, 5)] + [(100, 20, 60)]

    assert list(exclusions(table({"a": quarters}))["question"]) == [""] * 8


def test_a_series_that_always_varies_so_much_raises_no_question():
    """Of thousands of cases each quarter's chance is small, and what is usual decides."""
    quarters = [(5000, excluded, 3000) for excluded in (200, 500, 300, 600, 250, 550, 400)]
    found = exclusions(table({"a": [*quarters, (5000, 650, 4000)]}))

    assert list(found["question"]) == [""] * 8


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((NAN, 5, 70), NOT_GIVEN),
        ((100, None, 70), NOT_GIVEN),
        ((100, 5, NAN), NOT_GIVEN),
        ((0, 0, 0), NO_CASES),
        ((10, 10, 0), NOBODY_LEFT),
    ],
)
def test_a_row_without_figures_says_why_and_is_left_out_of_the_others(row, reason):
    full = [(100, excluded, 76) for excluded in (4, 5, 6, 5, 4, 6, 9)]
    found, without = exclusions(table({"a": [*full, row]})), exclusions(table({"a": full}))

    assert list(found["reason"]) == [*[""] * 7, reason]
    assert found.iloc[-1][FIGURES].isna().all()
    pd.testing.assert_frame_equal(found.iloc[:-1][FIGURES], without[FIGURES])


def test_fewer_than_five_periods_are_refused():
    short, long = [(100, 5, 76)] * 4 + [(0, 0, 0)], [(100, 5, 76)] * 5
    found = exclusions(table({"a": short, "b": long}))

    assert list(found["reason"]) == [*[TOO_FEW] * 4, NO_CASES, *[""] * 5]
    assert found.iloc[:5][FIGURES].isna().all(axis=None)
    assert found.iloc[5:][FIGURES].notna().all(axis=None)


def test_periods_all_alike_raise_no_question():
    found = exclusions(table({"a": [(100, 0, 100)] * 6, "b": [(100, 5, 0)] * 6}))

    assert (found["adjusted_p"] > 0.4).all()
    assert list(found["question"]) == [""] * 12


@given(many_series, st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(many, seed):
    values = table(named(many))
    shuffled = values.sample(frac=1, random_state=seed)

    pd.testing.assert_frame_equal(
        exclusions(values).astype(object), exclusions(shuffled).sort_index().astype(object), check_exact=False
    )


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ((100, 101, 0), "from 0 to its denominator"),
        ((100, 10, 91), "from 0 to its denominator"),
        ((-1, 0, 0), "from 0 to its denominator"),
        ((100, 1.5, 0), "whole number"),
    ],
)
def test_impossible_counts_are_mistakes(row, complaint):
    with pytest.raises(ValueError, match=complaint):
        exclusions(table({"a": [row]}))


def test_a_period_twice_is_a_mistake():
    values = table({"a": [(100, 5, 76)] * 5})
    values["cases"] = values["eligible"]
    values.loc[4, "period"] = 0

    for function in (exclusions, cases_per_period):
        with pytest.raises(ValueError, match="a series has each period once"):
            function(values)


def counted(series: dict[str, list]) -> pd.DataFrame:
    rows = [(name, place, cases) for name, row in series.items() for place, cases in enumerate(row)]
    return pd.DataFrame(rows, columns=["series", "period", "cases"])


@pytest.mark.oracle(of=cases_per_period)
@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 60), min_size=5, max_size=8), min_size=1, max_size=3))
def test_a_periods_cases_are_held_against_the_others(many):
    found = iter(cases_per_period(counted(named(many))).itertuples())

    for row in many:
        for place, cases in enumerate(row):
            others = row[:place] + row[place + 1 :]
            figures = next(found)
            assert figures.p == pytest.approx(naive.cases_p(cases, others), abs=1e-9)
            assert figures.usual_cases == pytest.approx(sum(others) / len(others))


@pytest.mark.worked_example(of=cases_per_period)
def test_an_empty_quarter_worked_out_by_hand():
    """Of 28 cases in seven quarters none in the last: 6/7 to the 28th power is 0.0133. The others of
    3, 4, 5, 6, 5 and 5 lie 1.03 apart, so 0 is 4.67 / (1.03 sqrt(7/6)) = 4.19 errors low, which has a
    chance of 0.0043 on 5 degrees of freedom: the larger counts."""
    found = cases_per_period(counted({"a": [3, 4, 5, 6, 5, 5, 0]}))

    assert found["p"].iloc[-1] == pytest.approx((6 / 7) ** 28)
    assert found["adjusted_p"].iloc[-1] > 0.05
    assert (
        cases_per_period(counted({"a": [30, 40, 50, 60, 50, 50, 0]}))["question"].iloc[-1] == CASES_QUESTION
    )


def test_a_count_that_is_not_given_is_left_out():
    found = cases_per_period(counted({"a": [50, 52, 49, 51, 50, NAN, 20], "b": [50] * 4}))

    assert list(found["reason"]) == [*[""] * 5, NOT_GIVEN, "", *[TOO_FEW] * 4]
    assert found["p"].isna().tolist() == [*[False] * 5, True, False, *[True] * 4]
    assert list(found["question"][found["question"] != ""].index) == [6]
    assert found["usual_cases"][6] == pytest.approx(50.4)


def test_a_series_without_cases_or_with_as_many_each_time_is_as_usual():
    found = cases_per_period(counted({"a": [0] * 6, "b": [7] * 6}))

    assert list(found["p"][:6]) == [1] * 6
    assert (found["p"][6:] >= 0.5).all()


@pytest.mark.parametrize(("cases", "complaint"), [(-1, "from 0 to its denominator"), (1.5, "whole number")])
def test_impossible_cases_are_mistakes(cases, complaint):
    with pytest.raises(ValueError, match=complaint):
        cases_per_period(counted({"a": [cases]}))


def test_rows_keep_their_index_and_nothing_in_is_nothing_out():
    values = table({"a": [(100, 5, 76)] * 5}).set_index(pd.Index(list("vwxyz")))

    assert list(exclusions(values).index) == list("vwxyz")
    assert exclusions(table({})).empty
    assert cases_per_period(counted({})).empty


@pytest.mark.slow
def test_steady_series_are_seldom_called():
    random = np.random.default_rng(38)
    eligible = random.integers(60, 140, 8000)
    excluded = random.binomial(eligible, 0.08)
    rows = pd.DataFrame(
        {
            "series": np.repeat(np.arange(1000), 8),
            "period": np.tile(np.arange(8), 1000),
            "eligible": eligible,
            "excluded": excluded,
            "met": random.binomial(eligible - excluded, 0.85),
            "cases": random.poisson(100, 8000),
        }
    )

    assert 0.01 <= (exclusions(rows)["p"] <= 0.05).mean() <= 0.05
    assert 0.01 <= (cases_per_period(rows)["p"] <= 0.05).mean() <= 0.05
