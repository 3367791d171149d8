import datetime
import math

import numpy as np
import pandas as pd
import pytest

from performance.statistics.control_charts.long_frame import days, in_order
from performance.statistics.control_charts.points import Points, points_of

NAN = math.nan
LACKING = "every row needs its series and its period"


def frame(*rows: tuple, columns: tuple[str, ...] = ("series", "period")) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))


def between(*days_and_days: tuple[str, str], series: str = "a") -> pd.DataFrame:
    rows = [(series, *map(datetime.date.fromisoformat, pair)) for pair in days_and_days]
    return frame(*rows, columns=("series", "period_start", "period_end"))


def skipped(table: pd.DataFrame) -> list[int]:
    """Periods without a row before each row but the first."""
    return in_order(table).skipped.tolist()[1:]


def points(table: pd.DataFrame, fix_after_n_points: int | None = None) -> Points:
    ordered = in_order(table)
    has_value = table["value"].notna().to_numpy()[ordered.row]
    return points_of(table, ordered, has_value, fix_after_n_points)


@pytest.mark.worked_example(of=in_order)
def test_rows_are_put_in_order_of_series_and_period():
    ordered = in_order(frame(("b", 2), ("a", 3), ("b", 1), ("a", 1), ("a", 2)))

    assert ordered.row.tolist() == [2, 0, 3, 4, 1]
    assert ordered.series.tolist() == [0, 0, 1, 1, 1]
    assert ordered.starts_series.tolist() == [True, False, True, False, False]
    assert not ordered.overlaps.any()


@pytest.mark.parametrize(
    "periods",
    [
        [1, 3, 4],
        [1.0, 3.0, 4.0],
        pd.Series([1, 3, 4], dtype=object),
        pd.array([1, 3, 4], dtype="Int64"),
        pd.PeriodIndex(["2009-12", "2010-02", "2010-03"], freq="M"),
        pd.PeriodIndex(["2009Q4", "2010Q2", "2010Q3"], freq="Q"),
    ],
)
def test_a_number_passed_over_is_a_period_without_a_row(periods):
    assert skipped(pd.DataFrame({"series": "a", "period": periods})) == [1, 0]


@pytest.mark.parametrize(
    "periods",
    [
        ["2009-12", "2010-02", "2010-03"],
        [datetime.date(2009, 12, 1), datetime.date(2010, 2, 1), datetime.date(2010, 3, 1)],
        pd.to_datetime(["2009-12-01", "2010-02-01", "2010-03-01"]),
        [1, 3.5, 4],
    ],
)
def test_of_what_has_no_steps_only_the_order_is_known(periods):
    table = pd.DataFrame({"series": "a", "period": periods})

    assert skipped(table) == [0, 0]
    assert in_order(table[::-1]).row.tolist() == [2, 1, 0]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # Months of 31, 28 and 31 days; then May without April; then September.
        (
            [
                ("2009-01-01", "2009-01-31"),
                ("2009-02-01", "2009-02-28"),
                ("2009-03-01", "2009-03-31"),
                ("2009-05-01", "2009-05-31"),
                ("2009-09-01", "2009-09-30"),
            ],
            [0, 0, 1, 3],
        ),
        # February before which January is missing, and March before which February is.
        ([("2008-12-01", "2008-12-31"), ("2009-02-01", "2009-02-28")], [1]),
        ([("2009-01-01", "2009-01-31"), ("2009-03-01", "2009-03-31")], [1]),
        ([("2007-04-01", "2008-03-31"), ("2010-04-01", "2011-03-31")], [2]),
        # Weeks without their week-end.
        ([("2010-03-01", "2010-03-05"), ("2010-03-08", "2010-03-12")], [0]),
    ],
)
def test_periods_between_days_are_counted_to_the_nearest_whole_one(pairs, expected):
    assert skipped(between(*pairs)) == expected


@pytest.mark.parametrize(
    "pairs",
    [
        # Rolling years, figures since April, and a year beside one of its quarters.
        [("2008-04-01", "2009-03-31"), ("2008-07-01", "2009-06-30")],
        [("2008-04-01", "2008-06-30"), ("2008-04-01", "2008-09-30")],
        [("2008-04-01", "2009-03-31"), ("2008-10-01", "2008-12-31"), ("2009-04-01", "2010-03-31")],
        [("2008-04-01", "2008-06-30"), ("2008-06-30", "2008-09-30")],
    ],
)
def test_a_series_whose_periods_share_days_is_told_and_no_other(pairs):
    table = pd.concat([between(*pairs), between(*pairs[:1], series="b")], ignore_index=True)

    ordered = in_order(table)

    assert ordered.overlaps.tolist() == [True] * len(pairs) + [False]


def test_days_go_before_the_name_of_a_period():
    table = between(("2009-04-01", "2010-03-31"), ("2008-04-01", "2009-03-31")).assign(period=["a", "a"])

    assert in_order(table).row.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (frame(("a", 1), ("a", 1)), "a series has a period twice"),
        (frame(("a", 1), (None, 1)), LACKING),
        (frame(("a", 1), ("a", None)), LACKING),
        (frame(("a", 1)).drop(columns="period"), "the frame lacks period"),
        (frame(("a", 1)).drop(columns="series"), "the frame lacks series"),
        (between(("2009-04-01", "2009-03-31")), "a period can't end before it starts"),
        (between(("2009-04-01", "2010-03-31")).assign(period_end=None), LACKING),
        (between(*[("2009-04-01", "2010-03-31")] * 2), "a series has a period twice"),
    ],
)
def test_a_frame_that_can_not_be_put_in_order_is_a_mistake(table, message):
    with pytest.raises(ValueError, match=message):
        in_order(table)


def test_a_column_asked_for_must_be_there():
    with pytest.raises(ValueError, match="the frame lacks x, n"):
        in_order(frame(("a", 1)), "x", "n")


@pytest.mark.parametrize(
    "empty",
    [frame(), between()],
)
def test_no_rows_are_in_order(empty):
    assert in_order(empty).row.size == 0


@pytest.mark.worked_example(of=days)
@pytest.mark.parametrize(
    "dates",
    [
        [datetime.date(1970, 1, 1), datetime.date(1971, 1, 1)],
        pd.to_datetime(["1970-01-01 00:00", "1971-01-01 23:59"]),
        ["1970-01-01", "1971-01-01"],
    ],
)
def test_days_are_counted_from_1970(dates):
    assert days(pd.Series(dates)).tolist() == [0, 365]


@pytest.mark.worked_example(of=points_of)
def test_what_belongs_together():
    """Two series: the first has a rebase after 2, misses 4 (one), 6 and 7 (two); of the second
    only 2 has a value."""
    values = {1: 5.0, 2: 5.0, 3: 5.0, 4: NAN, 5: 5.0, 8: 5.0, 9: 5.0}
    first = frame(
        *[("a", period, value) for period, value in values.items()], columns=("series", "period", "value")
    )
    first["segment"] = ["old", "old", "new", "new", "new", "new", "new"]
    second = first.assign(series="b", segment="old", value=[NAN, 5.0] + [NAN] * 5)

    found = points(pd.concat([first, second], ignore_index=True))

    assert found.place.tolist() == [0, 1, 2, 4, 5, 6, 8]
    assert found.segment.tolist() == [0, 0, 1, 1, 2, 2, 3]
    assert found.starts_segment.tolist() == [True, False, True, False, True, False, True]
    assert found.starts_stretch.tolist() == [True, False, True, True, True, False, True]
    assert found.sets_limits.all()
    assert len(found) == 7


def test_the_first_points_of_each_segment_can_set_the_limits():
    """12 of 15 and, as the fourth is missing, of 13 points."""
    table = pd.DataFrame({"series": "a", "period": range(30), "value": 1.0, "segment": [1] * 15 + [2] * 15})
    table.loc[[18, 29], "value"] = NAN

    found = points(table, fix_after_n_points=12)

    assert found.sets_limits.tolist() == [True] * 12 + [False] * 3 + [True] * 12 + [False]


def test_limits_are_not_fixed_after_fewer_than_12_points():
    with pytest.raises(ValueError, match="limits are fixed after 12 points or more"):
        points(pd.DataFrame({"series": "a", "period": range(30), "value": 1.0}), fix_after_n_points=11)


def test_every_row_needs_its_segment_if_any_has_one():
    table = pd.DataFrame({"series": "a", "period": [1, 2], "value": 1.0, "segment": ["old", None]})

    with pytest.raises(ValueError, match="every row needs its segment"):
        points(table)


def test_sums_and_sizes_are_by_segment():
    table = pd.DataFrame({"series": ["a", "a", "b"], "period": [1, 2, 1], "value": 1.0})
    found, values = points(table), np.array([3.0, -4.0, 2.0])

    assert found.total(values, np.array([True, True, False])).tolist() == [-1, -1, 0]
    np.testing.assert_equal(found.mean(values, np.array([True, True, False])), [-0.5, -0.5, NAN])
    assert found.largest(values).tolist() == [4, 4, 2]
    np.testing.assert_equal(found.moves(values), [NAN, -7, NAN])
