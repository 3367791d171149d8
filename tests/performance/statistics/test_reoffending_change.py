import datetime
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.periods import Period
from performance.statistics.reoffending.change import change_between_years
from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.verdicts import AgainstEarlierYear, DesignEffects
from tests.oracles import reoffending as naive

NAN = math.nan
INDEPENDENT = DesignEffects(1.0, 1.0, 1.0)
FIGURES = ["earlier_difference", "later_difference", "change", "lower", "upper", "standard_error"]
TESTS = ["z", "p", "adjusted_p"]
OVERLAPPING = "the two periods share cases: only periods that don't overlap can be compared"
DAY = datetime.timedelta(days=1)


def year(start: datetime.date) -> Period:
    return Period(start, start.replace(year=start.year + 1) - DAY)


FIRST, SECOND = year(datetime.date(2011, 4, 1)), year(datetime.date(2012, 4, 1))

years = st.integers(100, 20_000).flatmap(
    lambda n: st.tuples(
        st.integers(0, n), st.just(n), st.integers(6, 94).map(lambda hundredths: Fraction(hundredths, 100))
    )
)


def of(rows):
    observed, cases, rates = zip(*rows, strict=True)
    return cohorts(list(observed), list(cases), [float(rate) for rate in rates])


@pytest.mark.oracle(of=change_between_years)
@given(st.lists(st.tuples(years, years), min_size=1, max_size=5))
def test_a_change_is_that_of_the_definition(rows):
    earlier, later = zip(*rows, strict=True)
    found = change_between_years(of(earlier), of(later), FIRST, SECOND)

    for before, after, row in zip(earlier, later, found.itertuples(), strict=True):
        moved, z = naive.change(before, after, 1.3)
        assert (row.change, row.z) == pytest.approx((moved, z), abs=1e-9)
        assert row.later_difference - row.earlier_difference == pytest.approx(row.change)
        assert row.p == pytest.approx(naive.two_sided(z), rel=1e-6, abs=1e-15)
        assert (row.lower, row.upper) == pytest.approx(
            (moved - 1.959964 * row.standard_error, moved + 1.959964 * row.standard_error), abs=1e-6
        )


@pytest.mark.worked_example(of=change_between_years)
def test_a_change_worked_out_by_hand():
    """Of 800 each year 10% are predicted; 64 and then 104 reoffend: 2 points below, then 3 above.
    Each variance is 0.09 / 800, so 5 points are 0.05 / sqrt(0.000225) = 3.33 errors, 2.92 with a
    design effect of 1.3 and 2.42 with 1.9."""
    given = cohorts(64, 800, 0.1), cohorts(104, 800, 0.1)
    found = change_between_years(*given, FIRST, SECOND).iloc[0]

    assert list(found[["earlier_difference", "later_difference", "change"]]) == pytest.approx(
        [-0.02, 0.03, 0.05]
    )
    assert found["z"] == pytest.approx(10 / 3 / math.sqrt(1.3))
    assert found["verdict"] == "significantly higher than in the earlier year, against prediction (95%)"
    assert found["verdict_if_least"] == AgainstEarlierYear.HIGHER_998
    assert found["verdict_if_most"] == AgainstEarlierYear.HIGHER_95
    assert found["verdict_changes"]
    assert change_between_years(*given, FIRST, SECOND, INDEPENDENT)["z"][0] == pytest.approx(10 / 3)


@given(years, years)
def test_years_in_the_other_order_mirror_it(one, other):
    there = change_between_years(of([one]), of([other]), FIRST, SECOND).iloc[0]
    back = change_between_years(of([other]), of([one]), FIRST, SECOND).iloc[0]

    assert there["change"] == -back["change"]
    assert (there["lower"], there["upper"]) == (-back["upper"], -back["lower"])
    assert there["p"] == back["p"]


@pytest.mark.parametrize("months", [3, 6, 9])
def test_rolling_years_that_share_cases_are_refused(months):
    later = year(datetime.date(2011, 4 + months, 1) if months < 9 else datetime.date(2012, 1, 1))
    found = change_between_years(cohorts([64, NAN], 800, 0.1), cohorts([104, 3], 800, 0.1), FIRST, later)

    assert list(found["reason"]) == [OVERLAPPING] * 2
    assert found[FIGURES + TESTS].isna().all(axis=None)
    assert list(found["verdict"]) == ["not compared"] * 2
    assert list(found["flag_reason"]) == ["", ""]


def test_one_shared_day_is_an_overlap():
    second = Period(FIRST.end, SECOND.end)
    given = cohorts(64, 800, 0.1), cohorts(104, 800, 0.1)

    assert change_between_years(*given, FIRST, second)["reason"][0] == OVERLAPPING
    assert change_between_years(*given, FIRST, SECOND)["reason"][0] == ""


def test_a_row_that_lacks_a_year_says_why_and_leaves_the_others_alone():
    earlier = cohorts([NAN, 64, 64, 2, 64], [800, 800, 800, 30, 800], 0.1)
    later = cohorts([104, 0, 104, 104, 104], [800, 0, 800, 800, 800], [0.1, 0.1, NAN, 0.1, 0.1])
    found = change_between_years(earlier, later, FIRST, SECOND)

    assert list(found["reason"]) == [
        "a figure is not given",
        "there are no cases",
        "no prediction is given",
        "",
        "",
    ]
    assert found.iloc[:3][FIGURES + TESTS].isna().all(axis=None)
    # Shown without a flag, for the earlier year's sake.
    assert found["flag_reason"][3] == "fewer than 5 were expected to reoffend, or fewer than 5 not to"
    assert found.iloc[3][FIGURES].notna().all()
    assert found.iloc[3][TESTS].isna().all()
    assert found.iloc[4][FIGURES + TESTS].notna().all()
    assert found["adjusted_p"][4] == found["p"][4]


def test_nothing_changes_where_two_years_are_alike():
    found = change_between_years(cohorts([64] * 3, 800, 0.1), cohorts([64] * 3, 800, 0.1), FIRST, SECOND)

    assert list(found["z"]) == [0] * 3
    assert list(found["adjusted_p"]) == [1] * 3


def test_both_years_must_be_of_the_same_trusts():
    earlier = cohorts(pd.Series([64], ["a"]), 800, 0.1)
    later = cohorts(pd.Series([64], ["b"]), 800, 0.1)

    with pytest.raises(ValueError, match="both years must be of the same trusts, in one order"):
        change_between_years(earlier, later, FIRST, SECOND)
    assert list(change_between_years(earlier, earlier, FIRST, SECOND).index) == ["a"]


@pytest.mark.parametrize(("first", "second"), [(SECOND, FIRST), (FIRST, FIRST)])
def test_the_later_year_must_come_later(first, second):
    with pytest.raises(ValueError, match="the later period must start after the earlier one"):
        change_between_years(cohorts(64, 800, 0.1), cohorts(64, 800, 0.1), first, second)


def test_nothing_in_is_nothing_out():
    assert change_between_years(cohorts([], [], []), cohorts([], [], []), FIRST, SECOND).empty


@pytest.mark.slow
def test_years_that_differ_by_chance_alone_are_called_as_often_as_they_should_be():
    random = np.random.default_rng(29)
    earlier, later = (cohorts(random.binomial(4500, 0.09, 20_000), 4500, 0.09) for _ in range(2))
    found = change_between_years(earlier, later, FIRST, SECOND, INDEPENDENT)

    assert (found["p"] <= 0.05).mean() == pytest.approx(0.05, abs=0.006)
