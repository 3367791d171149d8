"""Funnel limits that allow for a spread between units, laid back on the scale that readers see.

`tail` is the share of units on the line that each side may leave outside (0.025, 0.001), and
`tau_squared` the spread from `overdispersion` on the same scale; at 0 the limits are unadjusted.
For shares on the arcsine scale see `funnel.arcsine_limits`.
Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202.
"""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import Floats, Numbers, aligned


def log_ratio_limits(expected: Numbers, tail: float, tau_squared: float = 0.0) -> pd.DataFrame:
    """Limits of observed over expected round 1, from the scale of `scales.log_ratio`.

    Returns lower and upper, above 0. Raises ValueError where an expectation is missing or not
    above 0, tau squared is below 0, or the tail isn't below a half.
    """
    index, expected = _expectations(expected)
    half = _half_width(1 / expected, tail, tau_squared)
    return pd.DataFrame({"lower": np.exp(-half), "upper": np.exp(half)}, index)


def square_root_ratio_limits(expected: Numbers, tail: float, tau_squared: float = 0.0) -> pd.DataFrame:
    """Limits of observed over expected round 1, from the scale of `scales.square_root_ratio`.

    Returns lower and upper, from 0: a limit below 0 is cut off there before it is squared, which
    would otherwise fold it back. Raises ValueError as `log_ratio_limits`.
    """
    index, expected = _expectations(expected)
    half = _half_width(1 / (4 * expected), tail, tau_squared)
    return pd.DataFrame({"lower": np.maximum(1 - half, 0) ** 2, "upper": (1 + half) ** 2}, index)


def difference_limits(
    predicted_rate: Numbers, n: Numbers, tail: float, tau_squared: float = 0.0
) -> pd.DataFrame:
    """Limits of a share less its prediction round 0, from the scale of `scales.difference`: no
    smooth curve, as each unit has its own prediction.

    Returns lower and upper, no further out than shares of 0 and 1. Raises ValueError where a
    prediction isn't between 0 and 1, n is below 1 or one is missing, and as `log_ratio_limits`.
    """
    index, (rate, n) = aligned(predicted_rate, n)
    if not ((rate > 0) & (rate < 1)).all() or not (n >= 1).all():
        raise ValueError("limits are for predictions between 0 and 1, and 1 case or more")
    half = _half_width(rate * (1 - rate) / n, tail, tau_squared)
    return pd.DataFrame({"lower": np.maximum(-half, -rate), "upper": np.minimum(half, 1 - rate)}, index)


def _expectations(expected: Numbers) -> tuple[pd.Index, Floats]:
    index, (expected,) = aligned(expected)
    if not (expected > 0).all():
        raise ValueError("limits are for expectations above 0")
    return index, expected


def _half_width(variance: Floats, tail: float, tau_squared: float) -> Floats:
    if not 0 < tail < 0.5:
        raise ValueError("a tail must lie between 0 and a half")
    if tau_squared < 0:
        raise ValueError("tau squared can't be below 0")
    return stats.norm.isf(tail) * np.sqrt(variance + tau_squared)
