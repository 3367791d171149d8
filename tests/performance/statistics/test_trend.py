import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from performance.statistics.trend.by_year import by_year
from performance.statistics.trend.fingertips import fingertips_share_trend, fingertips_value_trend
from performance.statistics.trend.rank import mann_kendall, theil_sen
from tests.oracles import trend as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
YEAR_TWICE = "a year is given twice"
NOT_ANNUAL = "the figures are not annual"
OVERLAPPING = "the periods overlap, as rolling years do, so that neighbours share cases"
EXTREME = "a share is 0% or 100%"
NO_WIDTH = "an interval has no width"
ALL_EQUAL = "the figures are all equal"

years = st.lists(st.integers(2000, 2012), min_size=5, max_size=8, unique=True).map(sorted)


def shares(*x: float | None, n: object = 100, series: str = "a", **columns: object) -> pd.DataFrame:
    year = range(2005, 2005 + len(x))
    return pd.DataFrame({"series": series, "year": year, "x": np.array(x, float), "n": n} | columns)


def values(
    *value: float | None, half: object = 1.959964, series: str = "a", **columns: object
) -> pd.DataFrame:
    """Of a half width of 1.96 the standard error is 1."""
    figures = np.array(value, float)
    table = {"series": series, "year": range(2005, 2005 + len(value)), "value": figures}
    return pd.DataFrame(table | {"lower": figures - half, "upper": figures + half} | columns)


@st.composite
def some_shares(draw) -> pd.DataFrame:
    when = draw(years)
    steady = draw(st.integers(-30, 30))
    counts = []
    for place in range(len(when)):
        n = draw(st.integers(50, 1000))
        share = min(max(50 + steady * (place - 2) // 4 + draw(st.integers(-9, 9)), 1), 99)
        counts.append((min(max(n * share // 100, 1), n - 1), n))
    x, n = zip(*counts, strict=True)
    return shares(*x, n=n, year=when)


@st.composite
def some_figures(draw) -> pd.DataFrame:
    when = draw(years)
    steady = draw(st.integers(-9, 9))
    value = [steady * place + draw(st.integers(-15, 15)) for place in range(len(when))]
    half = draw(st.lists(st.integers(1, 12), min_size=len(when), max_size=len(when)))
    return values(*value, half=np.array(half, float), year=when)


def several(tables: list[pd.DataFrame]) -> pd.DataFrame:
    named = [table.assign(series=str(number)) for number, table in enumerate(tables)]
    return pd.concat(named, ignore_index=True)


def last_five(table: pd.DataFrame, *columns: str) -> list[tuple]:
    rows = table.sort_values("year").tail(5)
    return [tuple(row) for row in rows[["year", *columns]].to_numpy().tolist()]


def whole(rows: list[tuple]) -> list[tuple]:
    return [tuple(map(int, row)) for row in rows]


def agrees(found: pd.Series, expected: naive.Figures) -> None:
    slope, chi_squared, word = expected
    # Where a float can't tell which side of the threshold it is, or whether a slope is 0.
    assume(abs(chi_squared - 9.549536) > 1e-6)
    assert found["chi_squared"] == pytest.approx(chi_squared, rel=1e-6, abs=1e-9)
    assert found["p"] == pytest.approx(naive.chance_of(chi_squared), rel=1e-5, abs=1e-12)
    assert found["slope"] == pytest.approx(slope, rel=1e-6, abs=1e-9)
    assert found["trend"] == word
    assert found["reason"] == ""


@pytest.mark.oracle(of=fingertips_share_trend)
@settings(max_examples=80)
@given(st.lists(some_shares(), min_size=1, max_size=3))
def test_a_trend_of_shares_is_what_its_sums_say(tables):
    found = fingertips_share_trend(several(tables))

    for (_, row), table in zip(found.iterrows(), tables, strict=True):
        agrees(row, naive.share_trend(whole(last_five(table, "x", "n"))))


@pytest.mark.oracle(of=fingertips_value_trend)
@settings(max_examples=80)
@given(st.lists(some_figures(), min_size=1, max_size=3))
def test_a_trend_of_values_is_what_its_equations_say(tables):
    found = fingertips_value_trend(several(tables))

    for (_, row), table in zip(found.iterrows(), tables, strict=True):
        agrees(row, naive.value_trend(last_five(table, "value", "lower", "upper")))


@pytest.mark.worked_example(of=fingertips_share_trend)
@pytest.mark.parametrize(
    ("x", "chi_squared", "trend"),
    [
        # Of 500 cases 150, 30%: scores -2 to 2 times x - 30 are 50, their variance 0.21 x 1000.
        ([20, 25, 30, 35, 40], 2500 / 210, "increasing"),
        ([40, 35, 30, 25, 20], 2500 / 210, "decreasing"),
        ([22, 26, 30, 34, 38], 1600 / 210, "no-significant-change"),
        # 34.8%, a score of 58, and without the last point the slope turns down.
        ([30, 29, 28, 27, 60], 58**2 / (0.348 * 0.652 * 1000), "no-significant-change-outlier"),
        ([30, 30, 30, 30, 30], 0, "no-significant-change"),
    ],
)
def test_a_trend_of_shares_can_be_worked_out_by_hand(x, chi_squared, trend):
    row = fingertips_share_trend(shares(*x)).loc["a"]

    assert row["chi_squared"] == pytest.approx(chi_squared)
    assert row["trend"] == trend


@pytest.mark.worked_example(of=fingertips_share_trend)
def test_years_count_as_what_they_are():
    """With 2009 passed over, years are 0, 1, 2, 3, 5, squares from their mean of 2.2 add up to 14.8,
    and the score is 60; numbered from 1 to 5, chi-squared would be 11.905."""
    row = fingertips_share_trend(shares(20, 25, 30, 35, 40, year=[2005, 2006, 2007, 2008, 2010])).loc["a"]

    assert row["chi_squared"] == pytest.approx(3600 / (0.21 * 1480))


@pytest.mark.worked_example(of=fingertips_value_trend)
@pytest.mark.parametrize(
    ("value", "half", "chi_squared", "trend"),
    [
        # A slope of 1, whose variance is 1 over the 10 of 4 + 1 + 0 + 1 + 4.
        ([10, 11, 12, 13, 14], 1.959964, 10, "increasing"),
        ([14, 13, 12, 11, 10], 1.959964, 10, "decreasing"),
        ([10, 11, 12, 13, 14], 2.1, 10 * (1.959964 / 2.1) ** 2, "no-significant-change"),
        # Standard errors of a half on both ends: 4 x 4 + 1 + 0 + 1 + 4 x 4.
        ([10, 11, 12, 13, 14], 1.959964 * np.array([0.5, 1, 1, 1, 0.5]), 34, "increasing"),
        # Deviations from the middle year times the values are 22; without the last they fall by 1 a year.
        ([3, 2, 1, 0, 15], 1.959964, 22**2 / 10, "no-significant-change-outlier"),
        ([5, 5, 5, 5, 5], 1, 0, "no-significant-change"),
    ],
)
def test_a_trend_of_values_can_be_worked_out_by_hand(value, half, chi_squared, trend):
    row = fingertips_value_trend(values(*value, half=half)).loc["a"]

    assert row["chi_squared"] == pytest.approx(chi_squared, rel=1e-6)
    assert row["trend"] == trend


def test_the_threshold_is_that_of_998_per_cent():
    """Chi-squared is 10 over the squared standard error."""
    for chi_squared, trend in ((9.5496, "increasing"), (9.5495, "no-significant-change")):
        half = 1.959964 * math.sqrt(10 / chi_squared)
        assert fingertips_value_trend(values(10, 11, 12, 13, 14, half=half)).loc["a", "trend"] == trend


def test_only_the_last_five_points_count():
    five, seven = shares(20, 25, 30, 35, 40), shares(99, 0, 20, 25, 30, 35, 40)

    pd.testing.assert_frame_equal(fingertips_share_trend(seven), fingertips_share_trend(five))


@settings(max_examples=30)
@given(some_shares())
def test_what_is_not_counted_falls_as_what_is_counted_rises(table):
    turned = fingertips_share_trend(table.assign(x=table["n"] - table["x"])).loc["a"]
    found = fingertips_share_trend(table).loc["a"]

    words = {"increasing": "decreasing", "decreasing": "increasing"}
    assert turned["trend"] == words.get(found["trend"], found["trend"])
    assert turned["slope"] == pytest.approx(-found["slope"], abs=1e-9)
    assert turned["chi_squared"] == pytest.approx(found["chi_squared"], abs=1e-9)


def quarterly(table: pd.DataFrame) -> pd.DataFrame:
    starts = pd.date_range("2005-01-01", periods=len(table), freq="QS")
    return table.assign(period_start=starts, period_end=starts + pd.offsets.QuarterEnd())


def with_years(table: pd.DataFrame, length: int = 1) -> pd.DataFrame:
    """Days of so many financial years from each year's April on."""
    starts = [pd.Timestamp(int(year), 4, 1) for year in table["year"]]
    ends = [pd.Timestamp(start.year + length, 3, 31) for start in starts]
    return table.assign(period_start=starts, period_end=ends)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (shares(20, 25, 30, 35), "5 points are needed and there are 4"),
        (shares(20), "5 points are needed and there are 1"),
        (shares(20, 25, None, 35, 40), NOT_GIVEN),
        (shares(20, 25, 30, 35, 40, n=[100, 100, NAN, 100, 100]), NOT_GIVEN),
        (shares(20, 25, 0, 35, 40, n=[100, 100, 0, 100, 100]), NO_CASES),
        (shares(0, 25, 30, 35, 40), EXTREME),
        (shares(20, 25, 30, 35, 100), EXTREME),
        (shares(0, 0, 0, 0, 0), EXTREME),
        (shares(20, 25, 30, 35, 40, year=[2005, 2006, 2007, 2008, 2008]), YEAR_TWICE),
        (shares(1, 2, 20, 25, 30, 35, 40, year=[2005, 2005, 2006, 2007, 2008, 2009, 2010]), YEAR_TWICE),
        (shares(20, 25, 30, 35, 40, year=[2005, 2005.25, 2005.5, 2005.75, 2006]), NOT_ANNUAL),
        (quarterly(shares(20, 25, 30, 35, 40)), NOT_ANNUAL),
        (with_years(shares(20, 25, 30, 35, 40), length=3), OVERLAPPING),
        (with_years(shares(20, 25, 30, 35, 40)), ""),
    ],
)
def test_a_trend_of_shares_that_can_not_be_told_has_a_reason(table, reason):
    row = fingertips_share_trend(table).loc["a"]

    assert row["reason"] == reason
    assert (row["trend"] == "cannot-tell") == (reason != "")
    assert row[["slope", "chi_squared", "p"]].isna().all() == (reason != "")


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (values(1, 2, 3), "5 points are needed and there are 3"),
        (values(1, 2, None, 4, 5), NOT_GIVEN),
        (values(1, 2, 3, 4, 5, upper=[9, 9, NAN, 9, 9]), NOT_GIVEN),
        (values(1, 2, 3, 4, 5, half=np.array([1.0, 1, 0, 1, 1])), NO_WIDTH),
        (values(1, 2, 3, 4, 5, year=[1, 2, 3, 3, 4]), YEAR_TWICE),
        (quarterly(values(1, 2, 3, 4, 5)), NOT_ANNUAL),
        (with_years(values(1, 2, 3, 4, 5), length=2), OVERLAPPING),
        (with_years(values(1, 2, 3, 4, 5)), ""),
    ],
)
def test_a_trend_of_values_that_can_not_be_told_has_a_reason(table, reason):
    row = fingertips_value_trend(table).loc["a"]

    assert row["reason"] == reason
    assert (row["trend"] == "cannot-tell") == (reason != "")


@pytest.mark.parametrize(
    ("trend_of", "table", "message"),
    [
        (fingertips_share_trend, shares(101, 1, 2, 3, 4, 5), "a count must be from 0 to its denominator"),
        (fingertips_share_trend, shares(1, n=math.inf), "a figure can't be infinite"),
        (fingertips_share_trend, shares(1).drop(columns="n"), "the frame lacks n"),
        (fingertips_share_trend, shares(1, year=[None]), "every row needs its series and its year"),
        (fingertips_share_trend, shares(1, period_start=[None], period_end=[None]), "its period"),
        (fingertips_value_trend, values(1, lower=2), "a value must lie inside its interval"),
        (fingertips_value_trend, values(1, upper=0), "a value must lie inside its interval"),
        (fingertips_value_trend, values(None, lower=2, upper=1), "a value must lie inside its interval"),
        (theil_sen, values(1, math.inf), "a figure can't be infinite"),
        (mann_kendall, values(1, series=None), "every row needs its series and its year"),
    ],
)
def test_an_impossible_frame_is_a_mistake(trend_of, table, message):
    with pytest.raises(ValueError, match=message):
        trend_of(table)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_percentage_is_no_confidence(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        theil_sen(values(1, 2, 3, 4, 5), confidence)


EVERY_TREND = [
    (fingertips_share_trend, shares),
    (fingertips_value_trend, values),
    (theil_sen, values),
    (mann_kendall, values),
]


@pytest.mark.parametrize(("trend_of", "table_of"), EVERY_TREND)
def test_the_order_of_rows_and_a_series_without_figures_change_nothing(
    trend_of: Callable, table_of: Callable
):
    series = [table_of(20, 22, 21, 25, 24, 26, series=name) for name in "cab"]
    frame = pd.concat(series, ignore_index=True)
    more = pd.concat(
        [*series, table_of(None, None, None, None, None, None, series="empty")], ignore_index=True
    )

    found = trend_of(more.sample(frac=1, random_state=3))

    assert found.index.tolist() == ["a", "b", "c", "empty"]
    pd.testing.assert_frame_equal(found[:3], trend_of(frame))
    assert found.loc["empty", "reason"] in (NOT_GIVEN, "5 points are needed and there are 0")


@pytest.mark.parametrize(("trend_of", "table_of"), EVERY_TREND)
def test_nothing_in_is_nothing_out(trend_of: Callable, table_of: Callable):
    assert len(trend_of(table_of())) == 0


some_series = st.lists(
    st.lists(st.integers(0, 6) | st.integers(0, 99), min_size=5, max_size=14), min_size=1, max_size=3
)


@pytest.mark.oracle(of=theil_sen)
@settings(max_examples=60)
@given(some_series)
def test_the_theil_sen_slope_is_the_median_of_all(series):
    found = theil_sen(several([values(*figures) for figures in series]))

    for (_, row), figures in zip(found.iterrows(), series, strict=True):
        slope, intercept = naive.theil_sen(list(zip(range(2005, 2005 + len(figures)), figures, strict=True)))
        assert row["slope"] == pytest.approx(slope, abs=1e-9)
        assert row["intercept"] == pytest.approx(intercept, abs=1e-6)
        assert row["lower"] <= row["slope"] + 1e-9 and row["slope"] <= row["upper"] + 1e-9
        assert row["points"] == len(figures)
        assert row["reason"] == ""


@pytest.mark.worked_example(of=theil_sen)
def test_an_interval_of_slopes_can_be_worked_out_by_hand():
    """Slopes between 0, 1, 4, 9, 16 in successive years are 1, 3, 5, 7; 2, 4, 6; 3, 5; 4: in order 1,
    2, 3, 3, 4, 4, 5, 5, 6, 7. Of five points the 95% interval, 10 - and + 1.96 x 4.08 halved, reaches
    from the first to the last. With 0, 1, 4, 9, 16, 25 it leaves out one on each side."""
    five, six = (theil_sen(values(*(k**2 for k in range(count)))).loc["a"] for count in (5, 6))

    assert five[["slope", "lower", "upper"]].tolist() == [4, 1, 7]
    assert six[["slope", "lower", "upper"]].tolist() == [5, 2, 8]


def test_one_wild_point_does_not_bend_a_theil_sen_slope():
    assert theil_sen(values(1, 2, 3, 99, 5, 6, 7)).loc["a", "slope"] == 1


@pytest.mark.oracle(of=mann_kendall)
@settings(max_examples=40)
@given(some_series)
def test_the_mann_kendall_test_is_what_counting_pairs_and_orders_says(series):
    # All orders of 7 are 5,040, which plain loops take long for.
    series = [figures if len(figures) != 7 else figures[:6] for figures in series]

    found = mann_kendall(several([values(*figures) for figures in series]))

    for (_, row), figures in zip(found.iterrows(), series, strict=True):
        if len(set(figures)) == 1:
            assert row["reason"] == ALL_EQUAL
            continue
        assert row["tau"] == pytest.approx(naive.tau_b(figures))
        assert row["p"] == pytest.approx(naive.mann_kendall_p(figures))
        assert row["points"] == len(figures)


@pytest.mark.worked_example(of=mann_kendall)
@pytest.mark.parametrize(
    ("figures", "tau", "p"),
    [
        # Of 120 orders one rises all through and one falls.
        ([1, 2, 3, 4, 5], 1, 2 / 120),
        ([5, 4, 3, 2, 1], -1, 2 / 120),
        # Four orders more have one pair the wrong way.
        ([1, 2, 3, 5, 4], 0.8, 10 / 120),
        ([1, 2, 3, 4, 5, 6, 7], 1, 2 / 5040),
        # Two equal pairs: 30 orders of which one rises and one falls; 8 of 10 pairs can differ.
        ([1, 1, 2, 2, 3], 8 / math.sqrt(80), 2 / 30),
        # Three equal pairs: 90 orders.
        ([1, 1, 2, 2, 3, 3], 12 / math.sqrt(15 * 12), 2 / 90),
        ([1, 1, 2, 3, 4, 5, 6], 20 / math.sqrt(21 * 20), 2 / 2520),
        ([1, 2, 3, 4, 5, 6, 7, 8], 1, 2 / 40320),
    ],
)
def test_a_mann_kendall_test_can_be_worked_out_by_hand(figures, tau, p):
    row = mann_kendall(values(*figures)).loc["a"]

    assert row["tau"] == pytest.approx(tau)
    assert row["p"] == pytest.approx(p)


@pytest.mark.parametrize("trend_of", [theil_sen, mann_kendall])
@pytest.mark.parametrize(
    ("table", "points", "reason"),
    [
        (values(1, 2, 3, 4), 4, "5 points are needed and there are 4"),
        (values(1, 2, 3, 4, None, None), 4, "5 points are needed and there are 4"),
        (values(None), 0, "5 points are needed and there are 0"),
        (values(1, 2, 3, 4, 5, year=[1, 2, 3, 3, 4]), 5, YEAR_TWICE),
        (values(1, None, 2, 3, None, 4, 5), 5, ""),
    ],
)
def test_points_that_are_not_enough_have_a_reason(trend_of, table, points, reason):
    row = trend_of(table).loc["a"]

    assert row[["points", "reason"]].tolist() == [points, reason]
    assert pd.isna(row.iloc[0]) == (reason != "")


@pytest.mark.parametrize("trend_of", [theil_sen, mann_kendall])
def test_a_series_with_a_year_twice_leaves_the_others_alone(trend_of):
    good, bad = (
        values(1, 2, 3, 5, 4, series="good"),
        values(1, 2, 3, 5, 4, series="bad", year=[1, 2, 3, 3, 4]),
    )

    found = trend_of(pd.concat([bad, good], ignore_index=True))

    pd.testing.assert_frame_equal(found.loc[["good"]], trend_of(good))
    assert pd.isna(found.iloc[0, 0])


def test_figures_all_equal_have_a_slope_of_0_and_no_tau():
    for count in (5, 9):
        table = values(*[3] * count)
        assert theil_sen(table).loc["a", ["slope", "lower", "upper", "reason"]].tolist() == [0, 0, 0, ""]
        assert mann_kendall(table).loc["a", "reason"] == ALL_EQUAL


def many_series(count: int, **columns: np.ndarray) -> pd.DataFrame:
    table = {"series": np.repeat(np.arange(count), 5), "year": np.tile(np.arange(2005, 2010), count)}
    return pd.DataFrame(table | columns)


@pytest.mark.slow
def test_of_series_that_do_not_change_2_in_1000_are_called_a_trend():
    count, random = 200_000, np.random.default_rng(2)
    x = random.binomial(1000, 0.3, 5 * count)
    value = random.normal(size=5 * count)
    tables = [
        fingertips_share_trend(many_series(count, x=x, n=np.full(5 * count, 1000))),
        fingertips_value_trend(
            many_series(count, value=value, lower=value - 1.959964, upper=value + 1.959964)
        ),
    ]

    for table in tables:
        called = table["trend"].isin(["increasing", "decreasing", "no-significant-change-outlier"]).mean()
        assert called == pytest.approx(0.002, abs=0.0003)


@pytest.mark.slow
def test_of_series_in_any_order_no_more_are_called_rising_or_falling_than_p_says():
    count = 3000
    value = np.random.default_rng(4).integers(0, 8, 5 * count).astype(float)

    p = mann_kendall(many_series(count, value=value))["p"].dropna()

    for level in (0.05, 0.1, 0.2):
        assert (p <= level).mean() <= level + 0.012


@pytest.mark.worked_example(of=by_year)
def test_rows_are_put_in_order_of_series_and_year():
    frame = pd.DataFrame({"series": ["b", "a", "a", "b"], "year": [2006, 2006, 2005, 2006]})

    ordered = by_year(frame)

    assert list(ordered.names) == ["a", "b"]
    assert list(ordered.row) == [2, 1, 0, 3]
    assert list(ordered.counts) == [2, 2]
    assert list(ordered.has_year_twice) == [False, True]
