import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.risk import of_bands
from tests.oracles import reoffending as naive

NAN = math.nan
FIGURES = ["cases", "predicted_rate", "risk_variance"]

bands = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 100).map(lambda hundredths: Fraction(hundredths, 100))),
    min_size=1,
    max_size=5,
)


def table(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["series", "cases", "predicted_rate"])


@pytest.mark.oracle(of=of_bands)
@given(bands, bands)
def test_mean_and_variance_are_those_of_the_cases(one, other):
    rows = [("one", cases, float(rate)) for cases, rate in one]
    rows += [("other", cases, float(rate)) for cases, rate in other]
    found = of_bands(table(rows))

    for name, given_bands in (("one", one), ("other", other)):
        mean, variance = naive.bands(given_bands)
        assert found.loc[name, "predicted_rate"] == pytest.approx(float(mean))
        assert found.loc[name, "risk_variance"] == pytest.approx(float(variance), abs=1e-12)
        assert found.loc[name, "cases"] == sum(cases for cases, _ in given_bands)


@pytest.mark.worked_example(of=of_bands)
def test_two_bands_worked_out_by_hand():
    """300 at 5% and 100 at 25% are 10% on average; their squares lie 25 and 225 squared points off,
    75 on average. 400 x 0.09 - 400 x 0.0075 = 33 is 300 x 0.05 x 0.95 + 100 x 0.25 x 0.75."""
    found = of_bands(table([("a", 300, 0.05), ("a", 100, 0.25)]))
    variance = cohorts(40, found["cases"], found["predicted_rate"], found["risk_variance"]).variance[0]

    assert list(found.loc["a", FIGURES]) == pytest.approx([400, 0.1, 0.0075])
    assert variance * 400**2 == pytest.approx(33)
    assert found["reason"]["a"] == ""


def test_a_trust_that_lacks_a_band_says_why_and_leaves_the_others_alone():
    found = of_bands(
        table([("a", 10, NAN), ("a", 10, 0.1), ("b", NAN, 0.1), ("c", 0, 0.1), ("d", 10, 0.1), ("d", 0, 0.3)])
    )

    assert list(found["reason"]) == ["a figure is not given"] * 2 + ["there are no cases", ""]
    assert found.loc[["a", "b", "c"], FIGURES].isna().all(axis=None)
    assert list(found.loc["d", FIGURES]) == pytest.approx([10, 0.1, 0])
    assert found.index.name == "series"


def test_order_changes_nothing():
    rows = [("b", 10, 0.3), ("a", 20, 0.1), ("b", 30, 0.2), ("a", 5, 0.5)]

    pd.testing.assert_frame_equal(of_bands(table(rows)), of_bands(table(rows[::-1])))


def test_nothing_in_is_nothing_out():
    assert of_bands(table([])).empty


@pytest.mark.parametrize(
    ("cases", "rate", "complaint"),
    [(-1, 0.1, "a count can't be below 0"), (10, 30, "a share must be from 0 to 1")],
)
def test_impossible_bands_are_mistakes(cases, rate, complaint):
    with pytest.raises(ValueError, match=complaint):
        of_bands(table([("a", cases, rate)]))
