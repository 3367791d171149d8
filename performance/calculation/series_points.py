"""The months or quarters of which a control chart can be made, of many series at once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.calculation.cells import Integers, cells
from performance.calculation.years import MONTH, QUARTER
from performance.statistics.columns import NO_REASON, Booleans, in_words

FEWEST_POINTS = 2

TOO_FEW = "there are fewer than 2 months or quarters with a figure"
OTHER_PARTS = "the figures are for parts of a year other than months and quarters, as running totals are"


@dataclass(frozen=True)
class Points:
    """rows: where the points stand among the figures, by series and then by time; series: the
    number of each point's; reason: why a series has none, '' where it has."""

    rows: Integers
    series: Integers
    reason: pd.Categorical


def chartable_points(figures: pd.DataFrame, series: Integers, number: int) -> Points:
    """Of each series its months if two or more have a value, else its quarters if two or more have.

    figures: period_start, months and first_year (see `years`), is_odd (a part of a year that is
    neither), value (NaN where missing: a gap is part of a chart); series: of each row, from 0 to
    one below number, no period twice in one. A year in which a series has odd parts, as running
    totals have, is left out.
    """
    months, is_odd = figures["months"].to_numpy(), figures["is_odd"].to_numpy()
    year = cells(figures.assign(series=series), ["series", "first_year"])
    is_clean = ~(np.bincount(year, weights=is_odd) > 0)[year]
    has_value = figures["value"].notna().to_numpy()
    length = np.zeros(number, np.int64)
    for choice in (QUARTER, MONTH):
        found = np.bincount(series[is_clean & has_value & (months == choice)], minlength=number)
        length[found >= FEWEST_POINTS] = choice
    rows = np.flatnonzero(is_clean & (months == length[series]) & (months > 0))
    order = np.lexsort((figures["period_start"].to_numpy()[rows], series[rows]))
    overlaps = np.bincount(series, weights=is_odd, minlength=number) > 0
    return Points(rows[order], series[rows[order]], _reasons(length > 0, overlaps))


def _reasons(has_points: Booleans, overlaps: Booleans) -> pd.Categorical:
    return in_words(len(has_points), (has_points, NO_REASON), (overlaps, OTHER_PARTS), otherwise=TOO_FEW)
