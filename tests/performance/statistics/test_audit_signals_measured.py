import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.audit_signals.measured import (
    CORRELATION_QUESTION,
    RISE_QUESTION,
    FallingCorrelation,
    correlation_with_audit,
    falling_correlation,
    measured_against_unmeasured,
)
from tests.oracles import audit_signals as naive

NAN = math.nan
FOUR = [(item, period) for item in ("measured", "unmeasured") for period in ("before", "after")]
FIGURES = [
    "measured_change",
    "unmeasured_change",
    "difference",
    "lower",
    "upper",
    "standard_error",
    "z",
    "p",
    "adjusted_p",
]
NOT_ALL_FOUR = "one of the four figures is not given or has no cases"
TOO_FEW_TRUSTS = "fewer than 10 trusts have both figures"
ALL_ALIKE = "every trust has the same figure"

counts = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
fours = st.lists(counts, min_size=4, max_size=4)


def table(trusts: dict[str, list[tuple]]) -> pd.DataFrame:
    """Measured before and after, and then unmeasured before and after."""
    rows = [
        (name, item, period, x, n)
        for name, four in trusts.items()
        for (item, period), (x, n) in zip(FOUR, four, strict=True)
    ]
    return pd.DataFrame(rows, columns=["series", "item", "period", "x", "n"])


def named(rows: list) -> dict:
    return {f"trust {place}": row for place, row in enumerate(rows)}


@pytest.mark.oracle(of=measured_against_unmeasured)
@given(st.lists(fours, min_size=1, max_size=5))
def test_the_difference_in_differences_is_that_of_the_definition(trusts):
    found = measured_against_unmeasured(table(named(trusts)))

    for four, row in zip(trusts, found.itertuples(), strict=True):
        difference, error = naive.difference_in_differences(dict(zip(FOUR, four, strict=True)))
        assert (row.difference, row.standard_error) == pytest.approx((difference, error), abs=1e-12)
        assert row.measured_change - row.unmeasured_change == pytest.approx(difference, abs=1e-12)
        assert row.p == pytest.approx(math.erfc(abs(difference / error) / math.sqrt(2)), abs=1e-12)
        assert (row.lower, row.upper) == pytest.approx(
            (difference - 1.959964 * error, difference + 1.959964 * error), abs=1e-6
        )
        is_asked = row.adjusted_p <= 0.05 and difference > 0
        assert row.question == (RISE_QUESTION if is_asked else "")


@pytest.mark.worked_example(of=measured_against_unmeasured)
def test_a_difference_worked_out_by_hand():
    """Measured from 49 to 79 of 98, unmeasured from 49 to 49 of 98. The variances are of 50 in 100 three
    times, 0.0025 each, and of 80 in 100, 0.0016: an error of sqrt(0.0091)."""
    found = measured_against_unmeasured(table({"a": [(49, 98), (79, 98), (49, 98), (49, 98)]})).loc["a"]

    assert found["difference"] == pytest.approx(30 / 98)
    assert found["standard_error"] == pytest.approx(math.sqrt(0.0091))
    assert found["z"] == pytest.approx(30 / 98 / math.sqrt(0.0091))
    assert found["question"] == RISE_QUESTION


def test_what_rose_where_it_was_not_measured_raises_no_question():
    found = measured_against_unmeasured(table({"a": [(49, 98), (49, 98), (49, 98), (79, 98)]})).loc["a"]

    assert found["adjusted_p"] < 0.05
    assert found["question"] == ""


@given(fours)
def test_measured_and_unmeasured_mirror_each_other(four):
    one = measured_against_unmeasured(table({"a": four})).loc["a"]
    other = measured_against_unmeasured(table({"a": four[2:] + four[:2]})).loc["a"]

    assert one["difference"] == pytest.approx(-other["difference"], abs=1e-12)
    assert one["p"] == pytest.approx(other["p"])


def test_figures_of_0_and_100_per_cent_have_an_error_too():
    found = measured_against_unmeasured(table({"a": [(0, 20), (20, 20), (20, 20), (20, 20)]}))

    assert found["reason"].iloc[0] == ""
    assert 0 < found["standard_error"].iloc[0] < 0.2


@pytest.mark.parametrize("missing", [(NAN, 10), (5, NAN), (0, 0), (None, None)])
@pytest.mark.parametrize("place", range(4))
def test_a_trust_that_lacks_one_of_the_four_says_why_and_leaves_the_others_alone(missing, place):
    full = [(49, 98), (79, 98), (49, 98), (49, 98)]
    lacking = [*full[:place], missing, *full[place + 1 :]]
    found = measured_against_unmeasured(table({"a": lacking, "b": full}))

    assert list(found["reason"]) == [NOT_ALL_FOUR, ""]
    assert (
        found.loc["a", ["difference", "lower", "upper", "standard_error", "z", "p", "adjusted_p"]]
        .isna()
        .all()
    )
    assert found.loc["b", "adjusted_p"] == found.loc["b", "p"]
    without_row = measured_against_unmeasured(table({"a": full}).drop(index=place))
    assert list(without_row["reason"]) == [NOT_ALL_FOUR]


def test_the_order_of_rows_changes_nothing_and_nothing_in_is_nothing_out():
    values = table(named([[(49, 98), (79, 98), (30, 98), (49, 98)], [(1, 9), (3, 9), (4, 9), (2, 9)]]))

    pd.testing.assert_frame_equal(
        measured_against_unmeasured(values), measured_against_unmeasured(values.iloc[::-1])
    )
    assert measured_against_unmeasured(table({})).empty


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"item": "inspected"}, "an item is measured or unmeasured"),
        ({"period": "later"}, "a period before or after"),
        ({"period": "after"}, "a trust has each of the four figures once"),
        ({"x": 99}, "from 0 to its denominator"),
    ],
)
def test_impossible_figures_are_mistakes(change, complaint):
    values = table({"a": [(49, 98), (79, 98), (49, 98), (49, 98)]})
    for name, value in change.items():
        values.loc[0, name] = value

    with pytest.raises(ValueError, match=complaint):
        measured_against_unmeasured(values)


def audited(periods: dict) -> pd.DataFrame:
    rows = [
        (period, series, measured, audit)
        for period, pairs in periods.items()
        for series, (measured, audit) in enumerate(pairs)
    ]
    return pd.DataFrame(rows, columns=["period", "series", "measured", "audited"])


many_pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=10, max_size=25).filter(
    lambda pairs: all(len(set(column)) > 1 for column in zip(*pairs, strict=True))
)


@pytest.mark.oracle(of=correlation_with_audit)
@given(st.lists(many_pairs, min_size=1, max_size=4))
def test_the_correlation_of_a_period_is_that_of_its_ranks(periods):
    found = correlation_with_audit(audited(dict(enumerate(periods))))

    for pairs, row in zip(periods, found.itertuples(), strict=True):
        rho = naive.spearman(*map(list, zip(*pairs, strict=True)))
        assert row.spearman == pytest.approx(rho, abs=1e-9)
        assert row.standard_error == pytest.approx(math.sqrt((1 + rho**2 / 2) / (len(pairs) - 3)))
        assert (row.trusts, row.reason) == (len(pairs), "")


@pytest.mark.worked_example(of=correlation_with_audit)
def test_correlations_worked_out_by_hand():
    """1 to 10 against themselves, against 10 to 1, and with the first two swapped, where the squared
    distances of ranks sum to 2: 1 - 6 x 2 / 990."""
    up = list(range(1, 11))
    found = correlation_with_audit(
        audited(
            {
                1: zip(up, up, strict=True),
                2: zip(up, up[::-1], strict=True),
                3: zip(up, [2, 1, *up[2:]], strict=True),
            }
        )
    )

    assert list(found["spearman"]) == pytest.approx([1, -1, 1 - 12 / 990])
    assert found["standard_error"][1] == pytest.approx(math.sqrt(1.5 / 7))


@pytest.mark.parametrize(
    ("pairs", "trusts", "reason"),
    [
        ([(1, 2)] * 9, 9, TOO_FEW_TRUSTS),
        ([*[(k, k) for k in range(9)], (NAN, 3), (3, None)], 9, TOO_FEW_TRUSTS),
        ([(1, k) for k in range(12)], 12, ALL_ALIKE),
        ([(k, 7) for k in range(12)], 12, ALL_ALIKE),
    ],
)
def test_a_period_that_says_nothing_says_why_and_leaves_the_others_alone(pairs, trusts, reason):
    found = correlation_with_audit(audited({1: pairs, 2: [(k, -k) for k in range(12)]}))

    assert list(found["reason"]) == [reason, ""]
    assert found["trusts"][1] == trusts
    assert found.loc[1, ["spearman", "standard_error"]].isna().all()
    assert found.loc[2, "spearman"] == pytest.approx(-1)


def test_a_trust_twice_in_a_period_is_a_mistake():
    values = audited({1: [(k, k) for k in range(12)]})
    values.loc[0, "series"] = 1

    for function in (correlation_with_audit, falling_correlation):
        with pytest.raises(ValueError, match="a trust is in each period once"):
            function(values)


@pytest.mark.oracle(of=falling_correlation)
@given(st.lists(many_pairs, min_size=3, max_size=5))
def test_the_fall_is_the_slope_of_the_weighted_line(periods):
    correlations = [
        (place, naive.spearman(*map(list, zip(*pairs, strict=True))), len(pairs))
        for place, pairs in enumerate(periods)
    ]
    z = naive.falling(correlations)
    assume(abs(z) > 1e-9)
    found = falling_correlation(audited(dict(enumerate(periods))))

    assert found.z == pytest.approx(z, rel=1e-6, abs=1e-6)
    assert found.p == pytest.approx(math.erfc(-z / math.sqrt(2)) / 2, abs=1e-9)
    assert found.question == (CORRELATION_QUESTION if found.p <= 0.05 else "")


@pytest.mark.worked_example(of=falling_correlation)
def test_a_correlation_that_turns_round_raises_a_question():
    """From 1 by way of about 0 to -1, each of 10 trusts: the transforms of 0.999 are 3.8, so the slope
    is -3.8 a period."""
    up = list(range(10))
    middle = [5, 4, 0, 9, 2, 7, 8, 3, 6, 1]
    found = falling_correlation(
        audited(
            {period: zip(up, other, strict=True) for period, other in ((1, up), (2, middle), (3, up[::-1]))}
        )
    )

    assert found.slope == pytest.approx(-math.atanh(0.999), abs=0.05)
    assert found.periods == 3
    assert found.question == CORRELATION_QUESTION


def test_a_correlation_that_stays_raises_no_question():
    found = falling_correlation(audited({period: [(k, k) for k in range(12)] for period in range(4)}))

    assert (found.slope, found.p, found.question) == (pytest.approx(0, abs=1e-9), pytest.approx(0.5), "")


def test_a_period_that_is_left_out_keeps_its_place():
    """The later ones lie two periods on, and not one."""
    good, bad = [(k, (k * 7) % 12) for k in range(12)], [(1, 1)] * 12
    rising = [(k, (k * 5) % 12) for k in range(12)]
    dense = falling_correlation(audited({1: good, 2: rising, 3: [(k, k) for k in range(12)]}))
    gap = falling_correlation(audited({1: good, 2: bad, 3: rising, 4: [(k, k) for k in range(12)]}))

    assert (dense.periods, gap.periods) == (3, 3)
    assert abs(gap.slope) < abs(dense.slope)


@pytest.mark.parametrize("periods", [0, 1, 2])
def test_fewer_than_three_periods_are_refused(periods):
    values = audited({period: [(k, k) for k in range(12)] for period in range(periods)})

    assert falling_correlation(values) == FallingCorrelation(
        periods, reason=f"3 periods with a correlation are needed and there are {periods}"
    )


def test_the_order_of_rows_changes_no_correlation():
    random = np.random.default_rng(1)
    values = audited({period: random.normal(size=(15, 2)).round(1).tolist() for period in range(4)})
    shuffled = values.sample(frac=1, random_state=2)

    pd.testing.assert_frame_equal(correlation_with_audit(values), correlation_with_audit(shuffled))
    assert falling_correlation(values) == falling_correlation(shuffled)
