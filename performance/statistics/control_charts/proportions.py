"""Charts of shares whose limits come from the number of cases: the p chart and Laney's p'."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import NO_CASES, Booleans, Floats, check_counts, floats, is_missing
from performance.statistics.control_charts.chart import charted
from performance.statistics.control_charts.long_frame import LongFrame, in_order
from performance.statistics.control_charts.points import Points, points_of

# The average distance between two draws from a normal distribution, in standard deviations.
AVERAGE_RANGE = 1.128
# With fewer cases of the rarer outcome in an average period points don't lie evenly round their
# mean, and the rules of sides fire by chance: of stable charts of 24 points, 40 cases each at 95%,
# all rules together mark 26 of 100, and 12 without those.
FEW_CASES = 5


def p_chart(frame: pd.DataFrame, *, fix_after_n_points: int | None = None) -> pd.DataFrame:
    """A p chart of each series: limits three standard deviations of the binomial from the mean,
    each point's by its own number of cases.

    frame: series, x (cases counted), n (cases in all) and period, or period_start and period_end;
    optionally segment, as for `xmr`. Returns the columns of `chart.charted`, in shares; the mean
    is the segment's pooled share. Limits may lie beyond 0 and 1: see `chart.clipped`.
    Where fewer than 5 cases of the rarer outcome are expected in the segment's average period, the
    rules of sides (two of three, shift) aren't used: see `FEW_CASES`.
    With n in the thousands the limits are too narrow: see `laney_p_chart`.
    Refuses with a reason: counts not given, no cases, no variation (all of the cases are counted,
    or none), overlapping periods. Raises ValueError as `xmr` does, or where x isn't from 0 to n.
    Source: Shewhart (1931), Economic Control of Quality of Manufactured Product.
    """
    counts = _counts(frame, fix_after_n_points)
    return _chart(counts, 3 * counts.deviation)


def laney_p_chart(frame: pd.DataFrame, *, fix_after_n_points: int | None = None) -> pd.DataFrame:
    """Laney's p' chart of each series: the limits of `p_chart`, times how much neighbouring points
    differ compared with what the binomial would have them differ.

    Takes and returns what `p_chart` does. Refuses also limits without two periods in a row.
    Source: Laney (2002), Quality Engineering 14:531-537.
    """
    counts = _counts(frame, fix_after_n_points)
    points, deviation = counts.points, counts.deviation
    varies = deviation > 0
    z = np.zeros(len(points))
    z[varies] = (counts.share - counts.pooled)[varies] / deviation[varies]
    ranges = np.abs(points.moves(z))
    spread = points.mean(ranges, points.sets_limits & ~np.isnan(ranges)) / AVERAGE_RANGE
    return _chart(counts, 3 * deviation * spread)


@dataclass(frozen=True)
class _Counts:
    """The points of a frame of counts: their share, their segment's, and its standard deviation."""

    ordered: LongFrame
    points: Points
    share: Floats
    pooled: Floats
    deviation: Floats
    is_skewed: Booleans
    has_no_cases: Booleans  # by ordered row


def _counts(frame: pd.DataFrame, fix_after_n_points: int | None) -> _Counts:
    ordered = in_order(frame, "x", "n")
    x, n = (floats(frame[column])[ordered.row] for column in ("x", "n"))
    check_counts(x, n)
    has_no_cases = (n == 0) & ~np.isnan(x)
    has_share = ~is_missing(x, n) & ~has_no_cases & ~ordered.overlaps
    points = points_of(frame, ordered, has_share, fix_after_n_points)
    x, n = x[points.place], n[points.place]
    cases, counted = points.mean(n, points.sets_limits), points.mean(x, points.sets_limits)
    pooled = counted / cases
    deviation = np.sqrt(pooled * (1 - pooled) / n)
    is_skewed = np.minimum(counted, cases - counted) < FEW_CASES
    return _Counts(ordered, points, x / n, pooled, deviation, is_skewed, has_no_cases)


def _chart(counts: _Counts, half_width: Floats) -> pd.DataFrame:
    return charted(
        counts.ordered,
        counts.points,
        counts.share,
        counts.pooled,
        half_width,
        is_skewed=counts.is_skewed,
        no_value=(counts.has_no_cases, NO_CASES),
    )
