"""Control charts of many series at once: to each its own kind."""

import numpy as np
import pandas as pd

from performance.calculation.cells import Integers, always, below_one_another
from performance.statistics.control_charts.chart import LINES, clipped
from performance.statistics.control_charts.choice import suited_chart
from performance.statistics.control_charts.proportions import laney_p_chart, p_chart
from performance.statistics.control_charts.xmr import xmr
from performance.vocabulary import PARTS_OF_A_WHOLE, ControlChart, Unit

PERIOD = ["period_start", "period_end"]
CHARTS = {ControlChart.XMR: xmr, ControlChart.P: p_chart, ControlChart.LANEY: laney_p_chart}
COLUMNS = [*LINES, "rule", "direction", "is_trial", "is_last", "reason", "chart"]
# In these a value may lie below 0.
SIGNED = (Unit.POINTS, Unit.POUNDS)


def series_charts(points: pd.DataFrame) -> pd.DataFrame:
    """The control chart that suits each series.

    points: series (from 0, without gaps, each with a value), period_start, period_end, unit, value,
    numerator, denominator; NaN where missing. A share whose every value has its counts gets the
    chart that `suited_chart` chooses, anything else an XmR chart.
    Returns, for the same rows, chart (a word of `ControlChart`) and what `control_charts.chart.charted`
    says of each point, lines in the measure's unit (of a share from 0 to 100, not cut off).
    """
    kinds = list(CHARTS)
    of_point = _suited(points)[points["series"].to_numpy()]
    rows = [np.flatnonzero(of_point == number) for number in range(len(kinds))]
    drawn = [_drawn(points.take(own), kind) for own, kind in zip(rows, kinds, strict=True)]
    return below_one_another(drawn).take(np.argsort(np.concatenate(rows))).set_axis(points.index)


def for_the_eye(charts: pd.DataFrame, unit: pd.Series) -> pd.DataFrame:
    """The charts with their lines cut off where no value can be: a share's at 0 and 100, others,
    but those that have a sign, at 0."""
    is_part, is_signed = unit.isin(PARTS_OF_A_WHOLE).to_numpy(), unit.isin(SIGNED).to_numpy()
    charts = charts.copy()
    for rows, limits in ((is_part, (0, 100)), (~is_part & ~is_signed, (0, np.inf))):
        charts.loc[rows, LINES] = clipped(charts[rows], *limits)[LINES]
    return charts


def _suited(points: pd.DataFrame) -> Integers:
    """Which of `CHARTS` suits each series, by its number."""
    series = points["series"].to_numpy()
    has_counts = points["numerator"].notna() & (points["denominator"] > 0)
    is_uncounted = points["value"].notna() & ~((points["unit"] == Unit.SHARE) & has_counts)
    kinds = np.full(series.max(initial=-1) + 1, list(CHARTS).index(ControlChart.XMR))
    is_counted = np.bincount(series, weights=is_uncounted) == 0
    if is_counted.any():
        suited = suited_chart(_counts(points[is_counted[series]]))
        kinds[suited.index] = pd.Index(list(CHARTS)).get_indexer(pd.Index(suited["chart"]))
    return kinds


def _counts(points: pd.DataFrame) -> pd.DataFrame:
    return points[["series", *PERIOD]].assign(x=points["numerator"], n=points["denominator"])


def _drawn(points: pd.DataFrame, kind: ControlChart) -> pd.DataFrame:
    chart = CHARTS[kind](_counts(points).assign(value=points["value"]))
    if kind != ControlChart.XMR:
        chart[LINES] *= 100
    return chart.assign(chart=always(kind, len(chart)))[COLUMNS]
