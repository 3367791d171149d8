"""The XmR chart: single figures and their moving ranges."""

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, Floats, floats
from performance.statistics.control_charts.chart import ROUNDING, charted
from performance.statistics.control_charts.long_frame import in_order
from performance.statistics.control_charts.points import Points, points_of

# 3 standard deviations over 1.128, the average range of two in standard deviations, as printed in
# the tables that everyone uses; and the limit of a moving range, in average ranges.
LIMITS, RANGE_LIMIT = 2.66, 3.267


def xmr(frame: pd.DataFrame, *, screened: bool = True, fix_after_n_points: int | None = None) -> pd.DataFrame:
    """An XmR chart of each series, with the rules of Making Data Count.

    frame: series, value (any unit, NaN where missing) and period, or period_start and period_end
    (see `long_frame`); optionally segment, whose change rebases the chart (see `points`).
    screened: leave out, once, moving ranges beyond their own limit, as NHSRplotthedots does and
    the NHS's Excel tool doesn't. Where those left are all 0, as in 1, 1, 1, 1, 2, all count.
    fix_after_n_points: set mean and limits by that many first points of each segment (12 or more).
    Returns the columns of `chart.charted`. The order of rows changes nothing.
    Refuses with a reason: figures not given; limits without two periods in a row, or without
    variation; series whose periods overlap. Fewer than 12 points make trial limits (is_trial).
    Raises ValueError as `long_frame.in_order` and `points.points_of` do, or for an infinite value.
    Source: Wheeler (1993), Understanding Variation.
    """
    ordered = in_order(frame, "value")
    value = floats(frame["value"])[ordered.row]
    points = points_of(frame, ordered, ~np.isnan(value) & ~ordered.overlaps, fix_after_n_points)
    value = value[points.place]
    mean = points.mean(value, points.sets_limits)
    average = _average_moving_range(points, value, screened)
    return charted(ordered, points, value, mean, LIMITS * average)


def _average_moving_range(points: Points, value: Floats, screened: bool) -> Floats:
    ranges = np.abs(points.moves(value))
    counts: Booleans = points.sets_limits & ~np.isnan(ranges)
    average = points.mean(ranges, counts)
    if not screened:
        return average
    usual = points.mean(ranges, counts & (ranges < RANGE_LIMIT * average))
    return np.where(usual > ROUNDING * points.largest(value), usual, average)
