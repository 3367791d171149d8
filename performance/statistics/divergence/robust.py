"""Scores that one wild trust can't move."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NOT_GIVEN, Floats, Numbers, aligned, in_words

NO_SPREAD = "half of the trusts or more have the same figure"


def robust_z(values: Numbers, cap: float | None = None) -> pd.DataFrame:
    """Robust z scores: how far each trust lies from the median, in normal standard deviations
    estimated by the median absolute deviation (x 1.4826). Where more than half of the trusts are
    alike that is 0, and the interquartile range over 1.349 takes its place.

    cap: the most that a score may say, as 3 in a composite. Returns z and reason: not given, or
    no spread left. Raises ValueError for an infinite figure or a cap that isn't above 0.
    Source: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC.
    """
    if cap is not None and not cap > 0:
        raise ValueError("a cap must be above 0")
    index, (values,) = aligned(values)
    missing = np.isnan(values)
    given = values[~missing]
    scale = _scale(given) if given.size else 0.0
    z = np.full(len(values), np.nan)
    if scale > 0:
        z[~missing] = (given - np.median(given)) / scale
    if cap is not None:
        z = np.clip(z, -cap, cap)
    no_spread = np.full(len(values), scale == 0)
    reason = in_words(len(values), (missing, NOT_GIVEN), (no_spread, NO_SPREAD))
    return pd.DataFrame({"z": z, "reason": reason}, index)


def _scale(values: Floats) -> float:
    deviation = float(stats.median_abs_deviation(values, scale="normal"))
    return deviation or float(stats.iqr(values, scale="normal"))
