"""Funnel plots for shares: limits to draw, and the exact tail that decides a flag."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from performance.statistics.intervals import Floats, checked_counts

Strings = NDArray[np.str_]


def exact_limits(theta: float, n: ArrayLike, tail: float) -> tuple[Floats, Floats]:
    """Limits of a funnel round the share theta, by the interpolated exact binomial.

    theta: 0 to 1, n: cases, tail: the share that each side leaves outside (0.025, 0.001).
    Returns lower and upper, 0 to 1, of n's shape. They are for drawing: near 100% on small n
    an upper limit lies below 1, so `exact_flags` decides who is outside.
    Raises ValueError where theta isn't a share or n isn't a whole number from 1.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, appendix A.1.1.
    """
    n = np.asarray(n, dtype=float)
    if np.any((n < 1) | (n % 1 != 0)):
        raise ValueError("limits are for whole numbers of cases, 1 or more")
    _check_share(theta)
    return _interpolated(theta, n, tail), _interpolated(theta, n, 1 - tail)


def _check_share(theta: ArrayLike) -> None:
    """A percentage taken for a share would call everyone an outlier, or nobody."""
    theta = np.asarray(theta, dtype=float)
    if np.any((theta < 0) | (theta > 1)):
        raise ValueError("theta must be a share from 0 to 1")


def _interpolated(theta: float, n: Floats, probability: float) -> Floats:
    r = stats.binom.ppf(probability, n, theta)
    below = stats.binom.cdf(r - 1, n, theta)
    at = stats.binom.cdf(r, n, theta)
    fraction = (at - probability) / (at - below)
    return np.clip((r - fraction) / n, 0, 1)


def exact_flags(x: ArrayLike, n: ArrayLike, theta: ArrayLike) -> Strings:
    """Where each share lies against theta, by the exact binomial tail.

    x of n cases against a share theta (0 to 1), broadcast to one shape. Returns 'low-99.8',
    'low-95', 'inside', 'high-95' or 'high-99.8'; 'not-compared' where a number is missing or n
    is 0. Each side fires for at most 0.001 and 0.025 of units that are truly at theta.
    Raises ValueError where x isn't from 0 to n, or theta isn't a share.
    """
    x, n = checked_counts(x, n)
    _check_share(theta)
    theta = np.broadcast_to(np.asarray(theta, dtype=float), x.shape)
    low = stats.binom.cdf(x, n, theta)
    high = stats.binom.sf(x - 1, n, theta)
    missing = np.isnan(x) | np.isnan(n) | np.isnan(theta) | (n == 0)
    return np.select(
        [missing, low <= 0.001, high <= 0.001, low <= 0.025, high <= 0.025],
        ["not-compared", "low-99.8", "high-99.8", "low-95", "high-95"],
        default="inside",
    )
