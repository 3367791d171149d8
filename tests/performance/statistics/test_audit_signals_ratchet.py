import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.audit_signals.ratchet import (
    HUGGING_QUESTION,
    NARROWING_QUESTION,
    Narrowing,
    after_high_water,
    narrowing_round_target,
)
from tests.oracles import audit_signals as naive

NAN = math.nan
NEVER_ABOVE = "the series was never well above its target, 3 periods or more ago"
FIGURES = ["high_water_period", "high_water", "later", "later_margin", "hugging"]


def table(series: dict[str, list], target: float = 90.0) -> pd.DataFrame:
    rows = [
        (name, place, value, target) for name, values in series.items() for place, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["series", "period", "value", "target"])


@pytest.mark.oracle(of=after_high_water)
@given(
    st.lists(st.lists(st.integers(80, 100), min_size=1, max_size=9), min_size=1, max_size=5),
    st.integers(1, 6),
)
def test_what_follows_a_high_water_is_that_of_the_definition(many, followers):
    rows = table({f"trust {place}": row for place, row in enumerate(many)})
    found = after_high_water(rows, 3, followers)

    for values, row in zip(many, found.itertuples(), strict=True):
        expected = naive.high_water([value - 90 for value in values], 3, followers)
        if expected is None:
            assert row.reason == NEVER_ABOVE.replace("3", str(followers))
            continue
        place, margin, hugging = expected
        assert (row.high_water_period, row.later) == (place, len(values) - place - 1)
        assert row.high_water == values[place] - 90
        assert (row.later_margin, row.hugging) == pytest.approx((margin, hugging))
        assert row.question == (HUGGING_QUESTION if hugging == 1 else "")


@pytest.mark.worked_example(of=after_high_water)
def test_a_trust_that_hugs_its_target_after_a_good_year():
    """97, and then 91, 90 and 92 against 90: a point above it on average, all within 3 points."""
    found = after_high_water(table({"a": [88, 97, 91, 90, 92], "b": [88, 97, 91, 89, 92]}), 3)

    assert list(found.loc["a", FIGURES]) == [1, 7, 3, pytest.approx(1), 1]
    assert list(found["question"]) == [HUGGING_QUESTION, ""]
    assert found.loc["b", "hugging"] == pytest.approx(2 / 3)


def test_a_margin_on_the_line_counts_though_a_float_lies_off_it():
    """0.93 less 0.9 is a hair more than 0.03 as a float, and 1.03 less 1 a hair less."""
    found = after_high_water(table({"a": [0.95, 0.9, 0.91, 0.92]}, 0.9), 0.05)

    assert found.loc["a", "hugging"] == 1
    assert found.loc["a", "reason"] == ""


@pytest.mark.parametrize(
    "values", [[], [97], [97, 91, 90], [92, 91, 90, 91], [88, 91, 97, 96, 98], [NAN, NAN, 97, 91, 92]]
)
def test_a_series_that_was_never_well_above_is_refused(values):
    found = after_high_water(table({"a": values, "b": [97, 91, 91, 91]}), 3)

    assert found.loc["b", "question"] == HUGGING_QUESTION
    if values:
        assert found.loc["a", "reason"] == NEVER_ABOVE
        assert found.loc["a", FIGURES].isna().all()
        assert found.loc["a", "question"] == ""


def test_a_missing_value_or_target_is_left_out():
    values = table({"a": [97, NAN, 91, 90, 92, 99]})
    values.loc[5, "target"] = NAN
    found = after_high_water(values, 3)

    assert (found.loc["a", "later"], found.loc["a", "hugging"]) == (3, 1)


def test_neither_the_order_of_rows_nor_the_kind_of_period_matters():
    values = table({"b": [97, 91, 90, 92], "a": [88, 95, 95, 91, 90, 92]})
    found = after_high_water(values, 3)
    words = values.assign(period=values["period"].map(lambda year: f"20{10 + year}"))

    pd.testing.assert_frame_equal(after_high_water(values.sample(frac=1, random_state=1), 3), found)
    assert list(after_high_water(words, 3)["high_water_period"]) == ["2011", "2010"]
    # The first of two equal ones.
    assert found.loc["a", "high_water_period"] == 1


def test_impossible_series_are_mistakes_and_nothing_in_is_nothing_out():
    values = table({"a": [97, 91, 90, 92]})

    with pytest.raises(ValueError, match="a width must be above 0"):
        after_high_water(values, 0)
    with pytest.raises(ValueError, match="a period must follow"):
        after_high_water(values, 3, followers=0)
    with pytest.raises(ValueError, match="a series has each period once"):
        after_high_water(pd.concat([values, values]), 3)
    assert after_high_water(table({}), 3).empty


margins = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=10, max_size=40).map(
    lambda pairs: [list(map(float, column)) for column in zip(*pairs, strict=True)]
)


@pytest.mark.oracle(of=narrowing_round_target)
@given(margins)
def test_narrowing_is_pitman_and_morgans_test(columns):
    before, after = columns
    assume(len(set(before)) > 1 and len(set(after)) > 1)
    # A correlation of 1 divides by 0 in the other formula.
    assume(abs(np.corrcoef(before, after)[0, 1]) < 0.999)
    found = narrowing_round_target(before, after, 0.0, range(len(before)))

    assert found.p == pytest.approx(naive.narrowing_p(before, after), abs=1e-9)
    assert (found.earlier_sd, found.later_sd) == pytest.approx(
        (np.std(before, ddof=1), np.std(after, ddof=1))
    )
    mirrored = narrowing_round_target(after, before, 0.0, 0.0)
    assert mirrored.p == pytest.approx(1 - found.p, abs=1e-9)


@pytest.mark.worked_example(of=narrowing_round_target)
def test_trusts_that_draw_together_while_outcomes_stay():
    """Margins of 1 to 5 points on both sides, and then a tenth of them, with small differences. Outcomes
    move by 1 and -1 in turn: 0 on average, give or take 2.262 x sqrt(10/9) / sqrt(10)."""
    before = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]
    after = [-0.4, -0.5, -0.2, -0.3, -0.1, 0.1, 0.3, 0.2, 0.5, 0.4]
    found = narrowing_round_target(before, after, 9.0, [10, 8] * 5)

    assert found.trusts == 10
    assert found.earlier_sd == pytest.approx(math.sqrt(110 / 9))
    assert found.p < 0.001
    assert (found.outcome_change, found.outcome_upper) == pytest.approx((0, 2.262 / 3), abs=0.001)
    assert found.outcome_lower == -found.outcome_upper
    assert found.question == NARROWING_QUESTION


def test_outcomes_that_moved_or_trusts_that_did_not_draw_together_raise_no_question():
    before = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]
    after = [-0.4, -0.5, -0.2, -0.3, -0.1, 0.1, 0.3, 0.2, 0.5, 0.4]

    assert narrowing_round_target(before, after, 9.0, [8, 7] * 5).question == ""
    assert narrowing_round_target(after, before, 9.0, [10, 8] * 5).question == ""


def test_neither_order_nor_an_empty_trust_matters():
    random = np.random.default_rng(3)
    columns = random.normal(size=(4, 15))
    found = narrowing_round_target(*columns)
    empty = [NAN, 1.0, 1.0, 1.0]
    other = narrowing_round_target(
        *([*column[::-1], more] for column, more in zip(columns, empty, strict=True))
    )

    assert (other.trusts, other.question) == (found.trusts, found.question)
    assert (other.p, other.later_sd, other.outcome_lower) == pytest.approx(
        (found.p, found.later_sd, found.outcome_lower)
    )


@pytest.mark.parametrize(
    ("earlier", "later", "reason"),
    [
        ([1.0] * 9, [2.0] * 9, "10 trusts are needed and there are 9"),
        ([], [], "10 trusts are needed and there are 0"),
        ([*range(9), NAN], [2.0] * 10, "10 trusts are needed and there are 9"),
        ([1.0] * 12, [2.0] * 12, "trusts' margins do not vary"),
        (range(12), range(12), "trusts' margins do not vary"),
        (range(12), range(0, -12, -1), "trusts' margins do not vary"),
    ],
)
def test_trusts_that_say_nothing_are_refused(earlier, later, reason):
    found = narrowing_round_target(list(earlier), list(later), 0.0, 0.0)

    assert found == Narrowing(found.trusts, reason=reason)


@pytest.mark.slow
def test_trusts_that_only_move_about_are_seldom_called():
    random = np.random.default_rng(39)
    called = []
    for _ in range(2000):
        true = random.normal(0, 3, 35)
        before, after = true + random.normal(0, 1, (2, 35))
        called.append(narrowing_round_target(before, after, 0.0, random.normal(size=35)).p <= 0.05)

    assert np.mean(called) == pytest.approx(0.05, abs=0.012)
