import datetime
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.control_charts.chart import LINES, charted, clipped
from performance.statistics.control_charts.long_frame import in_order
from performance.statistics.control_charts.points import points_of
from performance.statistics.control_charts.xmr import xmr
from tests.oracles import control_charts as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_VARIATION = "there is no variation to set limits by"
NO_NEIGHBOURS = "limits need figures of two periods in a row"
OVERLAPPING = (
    "the periods overlap, as rolling years do, and on a stable process a control chart of such figures "
    "signals in 64 to 91 of 100"
)
# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rates of ten batches.
FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def one_series(*values: float | None, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"series": "a", "period": range(len(values)), "value": list(values)} | columns)


def of_points(points: list[naive.Point], series: str = "a") -> pd.DataFrame:
    columns = ["period", "segment", "value"]
    table = pd.DataFrame([[point[column] for column in columns] for point in points], columns=columns)
    return table.assign(series=series, value=table["value"].astype(float))


@st.composite
def some_points(draw) -> list[naive.Point]:
    """Tenths that wander, jump or stay, with missing values, missing rows and rebases."""
    points = []
    period = value = segment = 0
    for _ in range(draw(st.integers(0, 30))):
        event = draw(st.sampled_from(["", "", "", "", "", "", "no value", "no row", "rebase"]))
        if event == "no row":
            period += draw(st.integers(1, 2))
        if event == "rebase":
            segment += 1
        value = draw(st.one_of(st.integers(0, 3), st.integers(1, 2).map(lambda step, v=value: v + step)))
        given = None if event == "no value" else Fraction(value, 10)
        points.append({"period": period, "segment": segment, "value": given})
        period += 1
    return points


def check(chart: pd.DataFrame, frame: pd.DataFrame, expected: dict[int, naive.Point]) -> None:
    """Every figure and word of one series."""
    is_point = frame["period"].isin(list(expected)).to_numpy()
    assert set(chart["reason"][~is_point]) <= {NOT_GIVEN}
    assert set(chart["rule"][~is_point]) | set(chart["direction"][~is_point]) <= {""}
    assert chart[LINES][~is_point].isna().all(axis=None) and not chart["is_trial"][~is_point].any()
    points = [expected[period] for period in frame["period"][is_point]]
    halves = np.array([NAN if point["half"] is None else float(point["half"]) for point in points])
    mean = np.array([float(point["mean"]) for point in points])
    lines = [mean - halves, mean - halves * 2 / 3, mean, mean + halves * 2 / 3, mean + halves]
    np.testing.assert_allclose(chart[LINES][is_point].T, lines, atol=1e-9)
    assert (chart["reason"][is_point] == "").tolist() == (~np.isnan(halves)).tolist()
    for column in ("rule", "direction", "segment_number", "is_trial"):
        assert chart[column][is_point].tolist() == [point[column] for point in points]


@pytest.mark.oracle(of=xmr)
@settings(max_examples=100)
@given(st.lists(some_points(), min_size=1, max_size=3), st.booleans(), st.sampled_from([None, 12, 15]))
def test_a_chart_is_what_is_found_point_by_point(all_points, screened, fix_after):
    frames = [of_points(points, f"series {number}") for number, points in enumerate(all_points)]
    frame = pd.concat(frames, ignore_index=True)

    chart = xmr(frame, screened=screened, fix_after_n_points=fix_after)

    for number, points in enumerate(all_points):
        of_series = (frame["series"] == f"series {number}").to_numpy()
        check(chart[of_series], frame[of_series], naive.xmr(points, screened, fix_after))


@settings(max_examples=50)
@given(st.lists(some_points(), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_an_added_empty_series_change_nothing(all_points, random):
    frames = [of_points(points, f"series {number}") for number, points in enumerate(all_points)]
    frame = pd.concat(frames, ignore_index=True)
    more = pd.concat([frame, one_series(None, None).assign(series="empty", segment=0)], ignore_index=True)
    order = list(more.index)
    random.shuffle(order)

    chart = xmr(more.loc[order])

    assert list(chart.index) == order
    pd.testing.assert_frame_equal(chart.loc[frame.index], xmr(frame))


@settings(max_examples=50)
@given(some_points())
def test_turned_upside_down_high_is_low(points):
    frame = of_points(points)

    chart, turned = xmr(frame), xmr(frame.assign(value=1 - frame["value"]))

    assert list(turned["rule"]) == list(chart["rule"])
    turn = {"high": "low", "low": "high", "": ""}
    assert list(turned["direction"]) == [turn[word] for word in chart["direction"]]
    np.testing.assert_allclose(turned["upper_limit"], 1 - chart["lower_limit"], atol=1e-9)


@pytest.mark.worked_example(of=xmr)
def test_a_published_chart():
    """NIST has the limits 3 / 1.128 = 2.6596 average ranges from the mean."""
    chart = xmr(one_series(*FLOW_RATES), screened=False)

    assert chart["mean"].iloc[0] == pytest.approx(50.81)
    assert chart["upper_limit"].iloc[0] == pytest.approx(55.8041, abs=0.001)
    assert chart["lower_limit"].iloc[0] == pytest.approx(45.8159, abs=0.001)
    assert chart["upper_near"].iloc[0] == pytest.approx(50.81 + 1.7733 * 1.87778, abs=0.001)
    assert set(chart["rule"]) == {""}
    assert chart["is_trial"].all()


@pytest.mark.worked_example(of=xmr)
def test_screening_leaves_out_ranges_beyond_their_limit():
    """Moving ranges 1 (ten times) and twice 9: on average 28/12, times 3.267 is 7.6, so the 9s go and
    limits are 2.66 from the mean of 21/13."""
    values = [1, 2, 1, 2, 1, 2, 11, 2, 1, 2, 1, 2, 1]
    mean = 29 / 13

    screened, unscreened = xmr(one_series(*values)), xmr(one_series(*values), screened=False)

    assert screened["mean"].iloc[0] == unscreened["mean"].iloc[0] == pytest.approx(mean)
    assert screened["upper_limit"].iloc[0] == pytest.approx(mean + 2.66)
    assert unscreened["upper_limit"].iloc[0] == pytest.approx(mean + 2.66 * 28 / 12)
    assert list(screened["rule"]).count("outside-limits") == 1
    assert not screened["is_trial"].any()


@pytest.mark.parametrize(("jump", "is_left_out"), [(4.8, False), (4.9, True)])
def test_a_range_is_left_out_from_3267_averages_on(jump, is_left_out):
    """With seven ranges of 1 the average of 4.8 is 1.475, of which it is 3.254, and that of 4.9 is
    1.4875, of which it is 3.294."""
    chart = xmr(one_series(0, 1, 0, 1, 0, 1, 0, 1, 1 + jump))

    average = 1 if is_left_out else (7 + jump) / 8
    assert chart["upper_limit"].iloc[0] - chart["mean"].iloc[0] == pytest.approx(2.66 * average)


@pytest.mark.worked_example(of=xmr)
def test_a_point_takes_the_name_of_the_first_rule_that_marks_it():
    """The first 12 set a mean of 0, limits 2.66 x 15 / 11 = 3.6 from it, and near ones at 2.4. A rise
    from the twelfth to 4, and 2.5, 1, 2.6, 1 after it, are all above the mean."""
    baseline = [0.5, -0.5, 0.5, -0.5, 0.5, -1.5, 1.5, -0.5, 0.5, -0.5, 0.5, -0.5]

    chart = xmr(
        one_series(*baseline, 0.1, 0.2, 0.3, 2.5, 2.6, 2.7, 4, 2.5, 1, 2.6, 1, 0), fix_after_n_points=12
    )

    assert chart["upper_limit"].iloc[0] == pytest.approx(2.66 * 15 / 11)
    assert chart["rule"].tolist() == [
        *[""] * 11,
        *["trend"] * 7,
        "outside-limits",
        *["two-of-three", "shift", "two-of-three", "shift"],
        "",
    ]
    assert chart["direction"].tolist() == [""] * 11 + ["high"] * 12 + [""]


@pytest.mark.worked_example(of=xmr)
def test_where_screening_leaves_no_range_but_0_all_of_them_count():
    """The trap of 1, 1, 1, 1, 2: its one range, 1, is 4 times the average. Without it the limits
    would lie on the mean, and all five points outside. Its limits are 1.2 - and + 2.66 / 4."""
    chart = xmr(one_series(1, 1, 1, 1, 2))

    assert chart["lower_limit"].iloc[0] == pytest.approx(0.535)
    assert chart["upper_limit"].iloc[0] == pytest.approx(1.865)
    assert list(chart["rule"]) == ["", "", "", "", "outside-limits"]


@pytest.mark.parametrize("screened", [True, False])
@pytest.mark.parametrize("value", [0, 95.0, 0.1 + 0.2, -3])
def test_a_constant_series_has_a_mean_and_no_limits(value, screened):
    chart = xmr(one_series(*[value] * 20), screened=screened)

    assert chart["mean"].to_numpy() == pytest.approx(value)
    assert chart[[line for line in LINES if line != "mean"]].isna().all(axis=None)
    assert set(chart["rule"]) == {""}
    assert set(chart["reason"]) == {NO_VARIATION}


def test_what_rounding_alone_varies_is_constant():
    assert set(xmr(one_series(*[0.3, 0.1 + 0.2] * 10))["reason"]) == {NO_VARIATION}


def test_after_a_baseline_without_variation_runs_can_still_be_told():
    chart = xmr(one_series(*[5] * 12, *[6] * 7), fix_after_n_points=12)

    assert list(chart["rule"]) == [""] * 12 + ["shift"] * 7
    assert set(chart["reason"]) == {NO_VARIATION}


def test_a_fixed_baseline_judges_what_comes_later():
    """Limits 0.5 - and + 2.66 from the first 12 points, though later ones lie at 10. The twelfth is
    the first of thirteen above the mean."""
    chart = xmr(one_series(*[0, 1] * 6, *[10, 11] * 6), fix_after_n_points=12)

    assert chart["mean"].unique().tolist() == [0.5]
    assert chart["upper_limit"].unique() == pytest.approx([3.16])
    assert list(chart["rule"]) == [""] * 11 + ["shift"] + ["outside-limits"] * 12
    assert not chart["is_trial"].any()


def test_limits_of_fewer_than_12_points_are_on_trial():
    assert xmr(one_series(*range(11)))["is_trial"].all()
    assert not xmr(one_series(*range(12)))["is_trial"].any()
    assert xmr(one_series(*range(12), None))["is_trial"].tolist() == [False] * 13


def test_a_rebase_carries_nothing_over():
    """The step from 9 to 14 is in no moving range, and the rise across it is no trend."""
    values = [0, 3, 6, 9, 14, 17, 20, 23]

    plain = xmr(one_series(*values))
    rebased = xmr(one_series(*values, segment=["old"] * 4 + ["new"] * 4))

    assert "trend" in set(plain["rule"])
    assert set(rebased["rule"]) == {""}
    assert rebased["segment_number"].tolist() == [1] * 4 + [2] * 4
    assert rebased["mean"].tolist() == [4.5] * 4 + [18.5] * 4
    assert rebased["upper_limit"].tolist() == pytest.approx([4.5 + 7.98] * 4 + [18.5 + 7.98] * 4)


def test_after_one_missing_period_the_limits_stay_and_the_run_does_not():
    """Moving ranges are 2, 2, 2, 2 without the step of 10 across the gap."""
    chart = xmr(one_series(0, 2, 4, None, 14, 16, 18))

    assert chart["segment_number"].tolist() == [1] * 7
    assert chart["upper_limit"].iloc[0] == pytest.approx(9 + 2.66 * 2)
    assert "trend" not in set(chart["rule"])
    assert chart["reason"].tolist() == ["", "", "", NOT_GIVEN, "", "", ""]
    assert np.isnan(chart["mean"].iloc[3])


@pytest.mark.parametrize(
    "frame",
    [
        one_series(0, 2, 4, None, None, 14, 16, 18),
        one_series(0, 2, 4, 14, 16, 18).assign(period=[0, 1, 2, 5, 6, 7]),
        one_series(0, 2, 4, None, 14, 16, 18).assign(period=[0, 1, 2, 3, 5, 6, 7]),
        one_series(0, 2, 4, 14, 16, 18).assign(
            period=pd.PeriodIndex(
                ["2009-11", "2009-12", "2010-01", "2010-04", "2010-05", "2010-06"], freq="M"
            )
        ),
    ],
)
def test_after_more_missing_periods_a_new_segment_starts(frame):
    chart = xmr(frame)[frame["value"].notna()]

    assert chart["segment_number"].tolist() == [1] * 3 + [2] * 3
    assert chart["mean"].tolist() == [2] * 3 + [16] * 3


def test_missing_rows_before_the_first_point_belong_to_no_segment():
    assert xmr(one_series(None, 1, 2, None))["segment_number"].tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize("values", [[5], [5, None, 6], [5, None, 6, None, 6]])
def test_without_two_periods_in_a_row_there_are_no_limits(values):
    chart = xmr(one_series(*values))
    told = chart[chart["reason"] != NOT_GIVEN]

    assert set(told["reason"]) == {NO_NEIGHBOURS}
    assert told["mean"].notna().all() and told["upper_limit"].isna().all()
    assert set(told["rule"]) == {""}


def quarters(step_in_months: int, months: int, count: int = 16) -> pd.DataFrame:
    """Figures of so many months, each so many months after the one before."""
    starts = pd.period_range("2005-04", periods=count, freq="M").to_timestamp()
    starts = pd.DatetimeIndex([starts[0] + pd.DateOffset(months=step_in_months * k) for k in range(count)])
    ends = [start + pd.DateOffset(months=months) - pd.Timedelta(days=1) for start in starts]
    values = np.tile([3.0, 5.0, 4.0, 7.0], count)[:count]
    return pd.DataFrame({"series": "a", "period_start": starts, "period_end": ends, "value": values})


def test_rolling_years_are_refused():
    rolling, plain = quarters(3, 12), quarters(3, 3).assign(series="b")

    chart = xmr(pd.concat([rolling, plain], ignore_index=True))

    assert set(chart["reason"][:16]) == {OVERLAPPING}
    assert chart[LINES][:16].isna().all(axis=None) and set(chart["rule"][:16]) == {""}
    pd.testing.assert_frame_equal(chart[16:].reset_index(drop=True), xmr(plain))
    assert set(chart["reason"][16:]) == {""}


def test_figures_since_april_are_refused():
    starts = [datetime.date(2009, 4, 1)] * 3
    ends = [datetime.date(2009, month, 30) for month in (4, 6, 9)]
    frame = pd.DataFrame({"series": "a", "period_start": starts, "period_end": ends, "value": [1.0, 2, 3]})

    assert set(xmr(frame)["reason"]) == {OVERLAPPING}


def test_a_missing_quarter_is_told_by_its_days():
    frame = quarters(3, 3)

    assert xmr(frame.drop(index=7))["segment_number"].unique().tolist() == [1]
    assert xmr(frame.drop(index=[7, 8]))["segment_number"].unique().tolist() == [1, 2]


def test_each_series_has_one_last_row():
    frame = pd.concat(
        [one_series(1, 2, None), one_series(None, None).assign(series="empty")], ignore_index=True
    )

    assert xmr(frame)["is_last"].tolist() == [False, True, False, False, True]


def test_a_frame_may_have_any_index():
    frame = one_series(3, 1, 2).set_axis([7, 7, 5])

    assert xmr(frame).index.tolist() == [7, 7, 5]


@pytest.mark.parametrize("frame", [one_series(), one_series().assign(segment=[])])
def test_nothing_in_is_nothing_out(frame):
    chart = xmr(frame)

    assert len(chart) == 0
    assert list(chart.columns) == [
        *LINES,
        *("rule", "direction", "segment_number", "is_trial", "is_last", "reason"),
    ]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (one_series(1, math.inf), "a figure can't be infinite"),
        (one_series(1).drop(columns="value"), "the frame lacks value"),
        (one_series(1, 2).assign(period=1), "a series has a period twice"),
    ],
)
def test_a_frame_that_can_not_be_charted_is_a_mistake(frame, message):
    with pytest.raises(ValueError, match=message):
        xmr(frame)


@pytest.mark.worked_example(of=charted)
def test_a_chart_is_its_lines_and_what_the_rules_say():
    """Two points of which the second is 3 from a centre of 5, where the limits lie at 2 and 8 / 3."""
    frame = one_series(5, 8, None)
    ordered = in_order(frame)
    points = points_of(frame, ordered, np.array([True, True, False]))

    chart = charted(ordered, points, np.array([5.0, 8.0]), np.full(2, 5.0), np.array([2.0, 8 / 3]))

    assert chart["upper_limit"].tolist()[:2] == pytest.approx([7, 23 / 3])
    assert chart["lower_near"].tolist()[:2] == pytest.approx([5 - 4 / 3, 5 - 16 / 9])
    assert chart["rule"].tolist() == ["", "outside-limits", ""]
    assert chart["direction"].tolist() == ["", "high", ""]
    assert chart["reason"].tolist() == ["", "", NOT_GIVEN]


@pytest.mark.worked_example(of=clipped)
def test_lines_for_the_eye_are_cut_off_and_judgements_are_not():
    """Limits of 99, 100, 99, 100, 99 and 90 are 97.83 - and + 2.66 x 13/5: 90.9 and 104.7."""
    chart = xmr(one_series(99, 100, 99, 100, 99, 90), screened=False)

    shown = clipped(chart, 0, 100)

    assert chart["upper_limit"].iloc[0] == pytest.approx(587 / 6 + 2.66 * 13 / 5)
    assert set(shown["upper_limit"]) == set(shown["upper_near"]) == {100}
    for column in ("rule", "lower_limit", "mean", "reason"):
        pd.testing.assert_series_equal(shown[column], chart[column])
    pd.testing.assert_frame_equal(clipped(chart), chart)


@pytest.mark.parametrize(("lowest", "highest"), [(100, 0), (0, 0), (NAN, 100)])
def test_a_range_upside_down_is_a_mistake(lowest, highest):
    with pytest.raises(ValueError, match="the lowest must be below the highest"):
        clipped(xmr(one_series(1, 2)), lowest, highest)
