"""Confidence intervals."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]


def checked_counts(x: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Both as float arrays of one shape, missing as NaN. Raises ValueError where x is below 0
    or above n, or n below 0: such counts are a mistake, not an extreme share."""
    x, n = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(n, dtype=float))
    with np.errstate(invalid="ignore"):
        if np.any((x < 0) | (n < 0) | (x > n)):
            raise ValueError("a count must be from 0 to its denominator")
    return x, n


def wilson(x: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """The Wilson score interval of a share.

    x: cases counted, n: cases in all, any shape. Returns lower and upper limits of that shape,
    0 to 1; NaN where a count is missing or n is 0, as a share of no cases can't be told.
    Raises ValueError where x isn't from 0 to n. Source: Wilson (1927), JASA 22:209-212.
    """
    x, n = checked_counts(x, n)
    z = stats.norm.isf((1 - confidence) / 2)
    n = np.where(n > 0, n, np.nan)
    centre = 2 * x + z**2
    half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    scale = 2 * (n + z**2)
    # Rounding can leave the limits of 0 of n and n of n a hair off 0 and 1.
    lower = np.where(x == 0, 0.0, (centre - half) / scale)
    upper = np.where(x == n, 1.0, (centre + half) / scale)
    missing = np.isnan(x) | np.isnan(n)
    return np.where(missing, np.nan, lower), np.where(missing, np.nan, upper)
