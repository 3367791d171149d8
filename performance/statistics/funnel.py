"""Funnel plots: limits to draw, and the exact tail that decides who lies outside.

The limits of a funnel are for the eye. Near 100%, where most timeliness lies, each of them misleads
on few cases; `exact_flags` is right there too. `tail` is the share of units truly on the line
that each side may leave outside: 0.025 and 0.001 draw the usual 95% and 99.8%.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import (
    NO_CASES,
    NO_REASON,
    NOT_GIVEN,
    Floats,
    Numbers,
    aligned,
    check_counts,
    check_shares,
    check_whole,
    in_words,
    is_missing,
)
from performance.statistics.intervals import NO_EXPECTED, phe_poisson, wilson
from performance.vocabulary import Flag

Sides = tuple[Floats, Floats]

TAIL_95, TAIL_998 = 0.025, 0.001

# The words of Public Health England's funnel plots.
PHE_LOW_998, PHE_LOW_95 = "Low (0.001)", "Low (0.025)"
PHE_INSIDE = "Not significant"
PHE_HIGH_95, PHE_HIGH_998 = "High (0.025)", "High (0.001)"
PHE_NOT_COMPARED = "Not compared"


@dataclass(frozen=True)
class Pooled:
    """All units together. share: 0 to 1, or None for the reason given."""

    x: float
    n: float
    share: float | None
    reason: str


def pooled(x: Numbers, n: Numbers) -> Pooled:
    """The line of a funnel without a target: all cases counted over all cases, of the units
    that have both, never the average of their shares. Raises ValueError where x isn't from 0 to n.
    """
    _, (x, n) = aligned(x, n)
    check_counts(x, n)
    told = ~is_missing(x, n)
    counted, cases = float(x[told].sum()), float(n[told].sum())
    if cases == 0:
        return Pooled(counted, cases, None, NO_CASES if told.any() else NOT_GIVEN)
    return Pooled(counted, cases, counted / cases, NO_REASON)


def score_limits(theta: Numbers, n: Numbers, tail: float) -> pd.DataFrame:
    """Limits from the normal approximation to the binomial, cut off at 0 and 1.

    theta: the line (0 to 1), n: cases, 1 or more. Returns lower and upper.
    Raises ValueError where theta isn't a share, n is below 1, or a figure is missing.
    Source: the limits of Public Health England's funnels (PHDS technical guide) come to this.
    """
    index, theta, n = _line(theta, n)
    return _limits(index, *_score_sides(theta, n, tail))


def exact_limits(theta: Numbers, n: Numbers, tail: float) -> pd.DataFrame:
    """Limits interpolated between the whole counts of the exact binomial.

    theta: the line (0 to 1), n: whole numbers of cases. Returns lower and upper.
    Raises ValueError where theta isn't a share, n isn't a whole number from 1, or one is missing.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, appendix A.1.1.
    """
    index, theta, n = _line(theta, n)
    check_whole(n)
    distribution = stats.binom(n, theta)
    return _limits(index, _interpolated(distribution, tail) / n, _interpolated(distribution, 1 - tail) / n)


def wilson_limits(theta: Numbers, n: Numbers, tail: float) -> pd.DataFrame:
    """The Wilson interval round the line, as Fingertips drew its funnels. Lower and upper.

    Raises ValueError where theta isn't a share, n is below 1, or a figure is missing.
    """
    index, theta, n = _line(theta, n)
    interval = wilson(theta * n, n, confidence=1 - 2 * tail)
    return interval[["lower", "upper"]].set_index(index)


def arcsine_limits(theta: Numbers, n: Numbers, tail: float, tau_squared: float = 0.0) -> pd.DataFrame:
    """Limits on the arcsine scale, on which a spread between units (tau squared, in squared
    radians; see `dispersion`) can be added. Lower and upper, as shares.

    Raises ValueError where theta isn't a share, n is below 1, or a figure is missing.
    Source: Spiegelhalter (2005), as above. An angle beyond 0 to 90 degrees is cut off there, as
    the sine would otherwise fold it back.
    """
    index, theta, n = _line(theta, n)
    centre = np.arcsin(np.sqrt(theta))
    half = stats.norm.isf(tail) * np.sqrt(1 / (4 * n) + tau_squared)
    angles = np.clip([centre - half, centre + half], 0, np.pi / 2)
    return _limits(index, *np.sin(angles) ** 2)


def ratio_limits(expected: Numbers, tail: float, ratio: float = 1.0) -> pd.DataFrame:
    """Limits of observed over expected round `ratio`, interpolated between the whole counts of
    the exact Poisson. expected: counts above 0. Returns lower and upper.

    Raises ValueError where an expectation is missing or not above 0.
    Source: Spiegelhalter (2005), appendix A.1.1.
    """
    index, (expected,) = aligned(expected)
    if not (expected > 0).all():
        raise ValueError("limits are for expectations above 0")
    distribution = stats.poisson(expected * ratio)
    lower, upper = (_interpolated(distribution, side) / expected for side in (tail, 1 - tail))
    return pd.DataFrame({"lower": np.maximum(lower, 0), "upper": upper}, index)


def exact_flags(x: Numbers, n: Numbers, theta: Numbers, mid_p: bool = False) -> pd.DataFrame:
    """Where each share lies against theta, by the exact binomial tail.

    x of n whole cases against a share theta (0 to 1). Returns flag (a word of `Flag`), tail (the
    chance, from 0 to 1, that a unit truly at theta strays as far to that side), and reason.
    Each side's flags fire for at most 0.001 and 0.025 of the units truly at theta. With mid_p
    half of the chance of x itself is left out: more power, and size only on average.
    Raises ValueError where x isn't from 0 to n, a count has a fraction, or theta isn't a share.
    """
    index, (x, n, theta) = aligned(x, n, theta)
    check_counts(x, n)
    check_whole(x, n)
    check_shares(theta)
    missing, no_cases = is_missing(x, n, theta), n == 0
    # On the side of its mean on which x lies the tail is the smaller one: a binomial's median is
    # one of the whole numbers beside its mean. So one tail says all, and upper ones are counted
    # as lower ones of what was not counted.
    low = np.less(x, n * theta)
    count, share = np.where(low, x, n - x), np.where(low, theta, 1 - theta)
    tail: Floats = np.asarray(stats.binom.cdf(count, n, share))
    if mid_p:
        tail -= stats.binom.pmf(count, n, share) / 2
    tail[missing | no_cases] = np.nan
    flag = in_words(
        len(x),
        (missing | no_cases, Flag.NOT_COMPARED),
        (low & (tail <= TAIL_998), Flag.LOW_998),
        (tail <= TAIL_998, Flag.HIGH_998),
        (low & (tail <= TAIL_95), Flag.LOW_95),
        (tail <= TAIL_95, Flag.HIGH_95),
        otherwise=Flag.INSIDE,
    )
    reason = in_words(len(x), (missing, NOT_GIVEN), (no_cases, NO_CASES))
    return pd.DataFrame({"flag": flag, "tail": tail, "reason": reason}, index)


def phe_flags(x: Numbers, n: Numbers, theta: Numbers) -> pd.DataFrame:
    """Public Health England's words for a share in a funnel, by `score_limits`: only to
    reproduce its figures, as they call 8.6% of average trusts of 10 cases low at a target of 95%.

    Returns flag and reason. A point on a limit is inside. Raises ValueError where x isn't from 0
    to n, or theta isn't a share.
    """
    index, (x, n, theta) = aligned(x, n, theta)
    check_counts(x, n)
    check_shares(theta)
    missing, no_cases = is_missing(x, n, theta), n == 0
    n = np.where(no_cases, np.nan, n)
    flag = _phe_words(x / n, _score_sides(theta, n, TAIL_998), _score_sides(theta, n, TAIL_95))
    reason = in_words(len(x), (missing, NOT_GIVEN), (no_cases, NO_CASES))
    return pd.DataFrame({"flag": flag, "reason": reason}, index)


def phe_ratio_flags(observed: Numbers, expected: Numbers, target: float = 1.0) -> pd.DataFrame:
    """Public Health England's words for observed over expected against a target ratio, by the
    interval of `phe_poisson`: high where the target lies below the interval, low where above.

    Returns flag and reason. Raises ValueError where a count or an expectation is below 0.
    """
    index, (observed, expected) = aligned(observed, expected)
    if (expected < 0).any():
        raise ValueError("a count can't be below 0")
    missing, none_expected = is_missing(observed, expected), expected == 0
    aim = np.where(none_expected | missing, np.nan, expected * target)
    outer, inner = (_poisson_sides(observed, tail) for tail in (TAIL_998, TAIL_95))
    # Here the interval belongs to the count: an aim above it makes the count low.
    flag = _phe_words(-aim, (-outer[1], -outer[0]), (-inner[1], -inner[0]))
    reason = in_words(len(aim), (missing, NOT_GIVEN), (none_expected, NO_EXPECTED))
    return pd.DataFrame({"flag": flag, "reason": reason}, index)


def _line(theta: Numbers, n: Numbers) -> tuple[pd.Index, Floats, Floats]:
    index, (theta, n) = aligned(theta, n)
    check_shares(theta)
    if np.isnan(theta).any() or not (n >= 1).all():
        raise ValueError("limits are for a share and for cases, 1 or more")
    return index, theta, n


def _limits(index: pd.Index, lower: Floats, upper: Floats) -> pd.DataFrame:
    return pd.DataFrame({"lower": np.clip(lower, 0, 1), "upper": np.clip(upper, 0, 1)}, index)


def _score_sides(theta: Floats, n: Floats, tail: float) -> Sides:
    half = stats.norm.isf(tail) * np.sqrt(theta * (1 - theta) / n)
    return np.clip(theta - half, 0, 1), np.clip(theta + half, 0, 1)


def _poisson_sides(count: Floats, tail: float) -> Sides:
    interval = phe_poisson(count, 1 - 2 * tail)
    return interval["lower"].to_numpy(), interval["upper"].to_numpy()


def _interpolated(distribution: Any, probability: float) -> Floats:
    """The count below which just this probability lies, were counts not whole."""
    r = distribution.ppf(probability)
    below, at = distribution.cdf(r - 1), distribution.cdf(r)
    return r - (at - probability) / (at - below)


def _phe_words(value: Floats, outer: Sides, inner: Sides) -> pd.Categorical:
    """The 99.8% limits are looked at first; a point on a limit is inside."""
    return in_words(
        len(value),
        (np.isnan(value), PHE_NOT_COMPARED),
        (value < outer[0], PHE_LOW_998),
        (value > outer[1], PHE_HIGH_998),
        (value < inner[0], PHE_LOW_95),
        (value > inner[1], PHE_HIGH_95),
        otherwise=PHE_INSIDE,
    )
