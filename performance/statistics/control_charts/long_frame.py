"""A long frame, one row a series and period, put in order: by series, then by period.

When a row is comes from `period_start` and `period_end` (days, both inside), else from `period`.
Pandas periods and whole numbers count periods one by one, so that a number passed over is a period
without a row (months written 201012, 201101 are not so: 88 numbers lie between them). Of other
columns (days, texts) only the order is known: there a missing period needs a row of its own,
without a value.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.statistics.columns import Booleans

Integers = NDArray[np.int64]

OVERLAPPING = (
    "the periods overlap, as rolling years do, and on a stable process a control chart of such "
    "figures signals in 64 to 91 of 100"
)


@dataclass(frozen=True)
class LongFrame:
    """The rows in order. Series are numbered from 0, but not in the order of their names."""

    index: pd.Index  # the frame's own
    row: Integers  # where each stands in the frame
    series: Integers
    starts_series: Booleans
    skipped: Integers  # periods without a row since the row before; of no meaning in a first row
    overlaps: Booleans  # periods of the row's series share days


def in_order(frame: pd.DataFrame, *columns: str) -> LongFrame:
    """The order of a frame's rows by series and period.

    columns: what the frame must have besides series and period (or period_start and period_end).
    Raises ValueError where a column is missing, a row lacks its series or period, a period ends
    before it starts, or a series has a period twice.
    """
    has_days = {"period_start", "period_end"} <= set(frame.columns)
    when = ("period_start", "period_end") if has_days else ("period",)
    _check_columns(frame, ["series", *when, *columns])
    start, end, is_counted = _days(frame) if has_days else _numbers(frame["period"])
    codes = pd.factorize(frame["series"])[0]
    row = np.lexsort((end, start, codes))
    series, start, end = codes[row], start[row], end[row]
    starts_series = np.ones(len(row), dtype=np.bool_)
    starts_series[1:] = series[1:] != series[:-1]
    _check_once(starts_series, start, end)
    return LongFrame(
        frame.index,
        row,
        series,
        starts_series,
        _skipped(start, end) if is_counted else np.zeros(len(row), dtype=np.int64),
        _of_overlapping_series(series, _overlaps_previous(starts_series, start, end)),
    )


def days(column: pd.Series) -> Integers:
    """Dates as numbers of days. Raises ValueError where one is missing."""
    if column.isna().any():
        raise ValueError("every row needs its series and its period")
    return pd.to_datetime(column).to_numpy("datetime64[D]").astype(np.int64)


def _check_once(starts_series: Booleans, start: Integers, end: Integers) -> None:
    if (~starts_series[1:] & (start[1:] == start[:-1]) & (end[1:] == end[:-1])).any():
        raise ValueError("a series has a period twice")


def _skipped(start: Integers, end: Integers) -> Integers:
    """Periods of the row's own length between it and the row before: to the nearest whole one, as
    months differ in length."""
    gap = (start[1:] - end[:-1] - 1) / (end - start + 1)[1:]
    return np.append(0, np.rint(np.maximum(gap, 0)).astype(np.int64))[: len(start)]


def _overlaps_previous(starts_series: Booleans, start: Integers, end: Integers) -> Booleans:
    """Which periods, in order, begin before the one before them in their series has ended."""
    overlaps = np.zeros(len(start), dtype=np.bool_)
    overlaps[1:] = ~starts_series[1:] & (start[1:] <= end[:-1])
    return overlaps


def _of_overlapping_series(series: Integers, overlaps: Booleans) -> Booleans:
    is_overlapping = np.zeros(series.max(initial=-1) + 1, dtype=np.bool_)
    is_overlapping[series[overlaps]] = True
    return is_overlapping[series]


def _check_columns(frame: pd.DataFrame, needed: list[str]) -> None:
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        raise ValueError(f"the frame lacks {', '.join(missing)}")
    if frame["series"].isna().any():
        raise ValueError("every row needs its series and its period")


def _days(frame: pd.DataFrame) -> tuple[Integers, Integers, bool]:
    start, end = days(frame["period_start"]), days(frame["period_end"])
    if (end < start).any():
        raise ValueError("a period can't end before it starts")
    return start, end, True


def _numbers(period: pd.Series) -> tuple[Integers, Integers, bool]:
    """Where each period is in their order, as a start and an end that are the same; and whether
    the numbers count periods."""
    if period.isna().any():
        raise ValueError("every row needs its series and its period")
    # Whole numbers can come as objects, as after joining an empty frame.
    period = period.infer_objects()
    is_counted = True
    if isinstance(period.dtype, pd.PeriodDtype):
        numbers = pd.PeriodIndex(period).asi8
    elif pd.api.types.is_numeric_dtype(period) and (period % 1 == 0).all():
        numbers = period.to_numpy(np.int64)
    else:
        numbers, is_counted = pd.factorize(period, sort=True)[0], False
    return cast(Integers, numbers), cast(Integers, numbers), is_counted
