import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.control_charts.chart import LINES
from performance.statistics.control_charts.proportions import laney_p_chart, p_chart
from performance.statistics.control_charts.rules import Rule
from tests.oracles import control_charts as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
NO_VARIATION = "there is no variation to set limits by"
NO_NEIGHBOURS = "limits need figures of two periods in a row"
# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.3.2: faulty chips of 50 on each of 30 wafers.
WAFERS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
WAFERS += [8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]

charts = pytest.mark.parametrize("chart_of", [p_chart, laney_p_chart])


def one_series(x: list, n: object, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"series": "a", "period": range(len(x)), "x": x, "n": n} | columns)


@st.composite
def some_counts(draw) -> list[naive.Point]:
    """Shares of few or many cases, high or low, with missing counts, nil returns, gaps, rebases."""
    points = []
    period = segment = 0
    most = draw(st.sampled_from([3, 40, 400]))
    rarest = draw(st.sampled_from([1, 4, most]))
    for _ in range(draw(st.integers(0, 30))):
        event = draw(st.sampled_from(["", "", "", "", "", "", "no x", "no n", "nil", "no row", "rebase"]))
        n = draw(st.integers(1, most)) if event != "nil" else 0
        x = draw(st.integers(0, min(n, rarest)))
        period += draw(st.integers(1, 2)) if event == "no row" else 0
        segment += event == "rebase"
        x_or_none, n_or_none = None if event == "no x" else x, None if event == "no n" else n
        points.append({"period": period, "segment": segment, "x": x_or_none, "n": n_or_none})
        period += 1
    return points


def of_points(points: list[naive.Point]) -> pd.DataFrame:
    columns = ["period", "segment", "x", "n"]
    table = pd.DataFrame([[point[column] for column in columns] for point in points], columns=columns)
    return table.assign(series="a").astype({"x": float, "n": float})


def mirrored(frame: pd.DataFrame) -> pd.DataFrame:
    """Those not counted, counted."""
    return frame.assign(x=frame["n"] - frame["x"])


@pytest.mark.oracle(of=p_chart)
@pytest.mark.oracle(of=laney_p_chart)
@charts
@settings(max_examples=80)
@given(points=some_counts(), fix_after=st.sampled_from([None, 12]))
def test_a_chart_is_what_is_found_point_by_point(chart_of, points, fix_after):
    frame = of_points(points)

    chart = chart_of(frame, fix_after_n_points=fix_after)

    expected = naive.p_chart(points, fix_after, laney=chart_of is laney_p_chart)
    is_point = frame["period"].isin(list(expected)).to_numpy()
    assert set(chart["reason"][~is_point]) <= {NOT_GIVEN, NO_CASES}
    found = [expected[period] for period in frame["period"][is_point]]
    halves = np.array([NAN if point["half"] is None else point["half"] for point in found])
    mean = np.array([float(point["mean"]) for point in found])
    lines = [mean - halves, mean - halves * 2 / 3, mean, mean + halves * 2 / 3, mean + halves]
    np.testing.assert_allclose(chart[LINES][is_point].T, lines, atol=1e-9)
    assert (chart["reason"][is_point] == "").tolist() == (~np.isnan(halves)).tolist()
    for column in ("rule", "direction", "segment_number", "is_trial"):
        assert chart[column][is_point].tolist() == [point[column] for point in found]


@charts
@settings(max_examples=30)
@given(points=some_counts(), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_an_added_empty_series_change_nothing(chart_of, points, random):
    frame = of_points(points)
    empty = one_series([0, None], [0, 5]).assign(series="empty", segment=0)
    more = pd.concat([frame, empty], ignore_index=True)
    order = list(more.index)
    random.shuffle(order)

    chart = chart_of(more.loc[order])

    pd.testing.assert_frame_equal(chart.loc[frame.index], chart_of(frame))
    assert chart.loc[[len(frame), len(frame) + 1], "reason"].tolist() == [NO_CASES, NOT_GIVEN]


@charts
@settings(max_examples=30)
@given(points=some_counts())
def test_those_not_counted_give_the_chart_turned_upside_down(chart_of, points):
    frame = of_points(points)

    chart, turned = chart_of(frame), chart_of(mirrored(frame))

    assert list(turned["rule"]) == list(chart["rule"])
    assert list(turned["reason"]) == list(chart["reason"])
    np.testing.assert_allclose(turned["upper_limit"], 1 - chart["lower_limit"], atol=1e-9)


@pytest.mark.worked_example(of=p_chart)
def test_a_published_chart():
    chart = p_chart(one_series(WAFERS, 50))

    assert chart["mean"].iloc[0] == pytest.approx(0.2313, abs=5e-5)
    assert chart["upper_limit"].iloc[0] == pytest.approx(0.4102, abs=5e-5)
    assert chart["lower_limit"].iloc[0] == pytest.approx(0.0524, abs=5e-5)
    assert [WAFERS[place] for place in np.flatnonzero(chart["rule"] == Rule.OUTSIDE)] == [22, 24]


@pytest.mark.worked_example(of=p_chart)
def test_each_point_has_the_limits_of_its_own_cases():
    """Half of 200: three times the root of 1/4 over 100, 36 and 64 is 0.15, 0.25 and 0.1875."""
    chart = p_chart(one_series([50, 18, 32], [100, 36, 64]))

    assert chart["mean"].tolist() == [0.5] * 3
    assert chart["upper_limit"].tolist() == pytest.approx([0.65, 0.75, 0.6875])
    assert chart["lower_near"].tolist() == pytest.approx([0.4, 0.5 - 1 / 6, 0.375])


@pytest.mark.worked_example(of=laney_p_chart)
def test_limits_are_widened_by_what_neighbours_differ():
    """Of 10,000 each 5,000, 5,100, 5,000 and 4,900: half in all, with a standard deviation of
    0.005. z is 0, 2, 0 and -2, neighbours differ by 2, and 2 / 1.128 is 1.773."""
    frame = one_series([5000, 5100, 5000, 4900], 10_000)

    chart = laney_p_chart(frame)

    assert chart["upper_limit"].tolist() == pytest.approx([0.5 + 0.015 * 2 / 1.128] * 4)
    assert p_chart(frame)["upper_limit"].tolist() == pytest.approx([0.515] * 4)


def test_where_few_cases_are_expected_the_rules_of_sides_are_not_used():
    """Seven points above the mean, with 5.5 and with 4.5 cases of the rarer outcome expected."""
    x = [2] * 3 + [7] * 7

    enough, few = p_chart(one_series(x, 100)), p_chart(one_series([value - 1 for value in x], 100))

    assert list(enough["rule"]) == [""] * 3 + ["shift"] * 7
    assert set(few["rule"]) == {""}
    assert set(p_chart(mirrored(one_series([value - 1 for value in x], 100)))["rule"]) == {""}


@charts
@pytest.mark.parametrize(
    ("x", "n", "reasons"),
    [
        ([0, 0, 0], 10, [NO_VARIATION] * 3),
        ([10, 10, 10], 10, [NO_VARIATION] * 3),
        ([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], [NO_VARIATION] * 3),
        ([1, 0, 2], [10, 0, 10], ["", NO_CASES, ""]),
        ([1, 2, None, 2], [10, 10, 10, None], ["", "", NOT_GIVEN, NOT_GIVEN]),
        ([1, 2, None], [10, 10, 0], ["", "", NOT_GIVEN]),
        ([0, 0], [0, 0], [NO_CASES] * 2),
    ],
)
def test_what_has_no_share_or_no_variation_has_a_reason(chart_of, x, n, reasons):
    chart = chart_of(one_series(x, n))

    if chart_of is laney_p_chart and reasons == ["", NO_CASES, ""]:
        reasons = [NO_NEIGHBOURS, NO_CASES, NO_NEIGHBOURS]
    assert chart["reason"].tolist() == reasons
    assert (chart["upper_limit"].notna() == (chart["reason"] == "")).all()


def test_of_laneys_chart_all_points_alike_have_no_variation():
    frame = one_series([5, 10, 5], [10, 20, 10])

    assert set(laney_p_chart(frame)["reason"]) == {NO_VARIATION}
    assert set(p_chart(frame)["reason"]) == {""}


@charts
def test_periods_that_overlap_are_refused(chart_of):
    days = pd.to_datetime(["2008-04-01", "2008-07-01"]), pd.to_datetime(["2009-03-31", "2009-06-30"])
    frame = one_series([1, 2], 10, period_start=days[0], period_end=days[1])

    chart = chart_of(frame)

    assert chart["reason"].str.startswith("the periods overlap").all()
    assert chart[LINES].isna().all(axis=None)


@charts
def test_nothing_in_is_nothing_out(chart_of):
    assert len(chart_of(one_series([], []))) == 0


@charts
@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (one_series([11], 10), "a count must be from 0 to its denominator"),
        (one_series([-1], 10), "a count must be from 0 to its denominator"),
        (one_series([1], math.inf), "a figure can't be infinite"),
        (one_series([1], 10).drop(columns="n"), "the frame lacks n"),
    ],
)
def test_impossible_counts_are_a_mistake(chart_of, frame, message):
    with pytest.raises(ValueError, match=message):
        chart_of(frame)


@charts
def test_limits_are_not_fixed_after_fewer_than_12_points(chart_of):
    with pytest.raises(ValueError, match="limits are fixed after 12 points or more"):
        chart_of(one_series([1, 2], 10), fix_after_n_points=5)
