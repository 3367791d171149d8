"""Cases by the day on which they were done: a heap just before a limit, and neglect after it."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from performance.statistics.audit_signals.questions import asked
from performance.statistics.columns import NO_REASON, Booleans, Floats, floats, too_few
from performance.statistics.intervals import newcombe_difference

BUNCHING_QUESTION = "why are more cases done just before the limit than the days around it lead to expect?"
HAZARD_QUESTION = "are cases that have missed the limit left for longer than they used to be?"
NO_COUNT_NEAR_LIMIT = "a day near the limit has no count"
NO_CURVE = "no smooth curve through the other days has a case at the limit"
NONE_LEFT = "no case was still to be done after the limit in one of the periods"

# Left out of the curve, as the limit itself may have moved cases into and out of them.
DAYS_BEFORE, DAYS_AFTER = 2, 3
# Enough to follow one hump with tails of its own, which waits have.
DEGREE = 4
# Twice the curve's terms, so that it can miss some days.
DAYS_NEEDED = 10
CASES_NEEDED = 50


@dataclass(frozen=True)
class Bunching:
    """days: how many the curve is drawn through; expected_at_limit: its height there, in cases;
    excess: cases above it from 2 days before the limit to the limit; excess_days: the same in
    days' worth (over expected_at_limit); shortfall_days: those missing on the 3 days after, in the
    same; z and p (one-sided) of the excess. All but days are None where there is a reason.
    question: for audit, '' where p is above 0.05."""

    days: int
    expected_at_limit: float | None = None
    excess: float | None = None
    excess_days: float | None = None
    shortfall_days: float | None = None
    z: float | None = None
    p: float | None = None
    reason: str = NO_REASON
    question: str = ""


@dataclass(frozen=True)
class HazardAfterLimit:
    """earlier and later: the share done within so many days of those not done by the limit (0 to
    1); change with its 95% limits lower and upper; p: one-sided, that it fell. All are None where
    there is a reason. question: for audit, '' where p is above 0.05."""

    earlier: float | None = None
    later: float | None = None
    change: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    reason: str = NO_REASON
    question: str = ""


def bunching_at_limit(counts: pd.Series, limit: int) -> Bunching:
    """Whether cases bunch just before a limit: their excess above a smooth curve through other days.

    counts: cases done, by day (whole numbers in the index; a day that isn't there has no count), and
    limit: the last day in time. The curve is a Poisson regression on a polynomial of fourth degree,
    through all days but those from 2 before to 3 after the limit. The variance of the excess is that
    of the counts and of the curve, times what the other days scatter beyond Poisson counts.
    On smooth waits of several shapes it fires on none to 10% of clean tables, and a shape that the
    curve can't follow mostly hides bunching. A polynomial of the counts themselves, by least
    squares, fires on up to 39%.
    Refused where a day near the limit has no count, fewer than 10 others have, they hold fewer than 50
    cases, or no curve through them has a case at the limit.
    Raises ValueError for days twice or not whole, and counts below 0.
    Source: the bunching estimator of Chetty and others (2011), Quarterly Journal of Economics
    126:749-804, as used for the four-hour target by Gruber, Hoe and Stoye (2023).
    """
    by_day = _checked(counts)
    after_limit, done = by_day.index.to_numpy(dtype=float) - limit, by_day.to_numpy()
    is_near = (after_limit >= -DAYS_BEFORE) & (after_limit <= DAYS_AFTER)
    days, cases = int((~is_near).sum()), int(done[~is_near].sum())
    if is_near.sum() < DAYS_BEFORE + 1 + DAYS_AFTER:
        return Bunching(days, reason=NO_COUNT_NEAR_LIMIT)
    if days < DAYS_NEEDED:
        return Bunching(days, reason=too_few("days away from the limit", DAYS_NEEDED, days))
    if cases < CASES_NEEDED:
        return Bunching(days, reason=too_few("cases on days away from the limit", CASES_NEEDED, cases))
    curve, covariance = _curve(after_limit, done, is_near)
    if not (np.isfinite(curve).all() and curve[after_limit == 0][0] >= 1):
        return Bunching(days, reason=NO_CURVE)
    return _bunching(after_limit, done, curve, covariance, is_near)


def hazard_after_limit(
    earlier: pd.Series,
    later: pd.Series,
    limit: int,
    days: int = 5,
    earlier_open: int = 0,
    later_open: int = 0,
) -> HazardAfterLimit:
    """Whether cases that have missed a limit are done more slowly than before: the share done in the
    days after it, of those not done by it, in two periods.

    earlier, later: cases done by day, as in `bunching_at_limit`; earlier_open, later_open: cases of
    the period that weren't done at all. The interval is Newcombe's; p is Fisher's exact one-sided.
    Refused where in one of the periods no case was left after the limit.
    Raises ValueError for days twice or not whole, and counts below 0 or not whole, or missing.
    """
    done, left = zip(
        _after(earlier, limit, days, earlier_open), _after(later, limit, days, later_open), strict=True
    )
    if 0 in left:
        return HazardAfterLimit(reason=NONE_LEFT)
    change = newcombe_difference(done[1], left[1], done[0], left[0]).iloc[0]
    p = float(stats.hypergeom.cdf(done[1], sum(left), sum(done), left[1]))
    return HazardAfterLimit(
        earlier=done[0] / left[0],
        later=done[1] / left[1],
        change=float(change["difference"]),
        lower=float(change["lower"]),
        upper=float(change["upper"]),
        p=p,
        question=asked(HAZARD_QUESTION, p),
    )


def _checked(counts: pd.Series) -> pd.Series:
    """Counts that are given, by day and in order."""
    days = floats(counts.index.to_numpy(dtype=float))
    if (days % 1 != 0).any() or len(set(days)) < len(days):
        raise ValueError("days are whole numbers, each of them once")
    done = floats(counts)
    if (done < 0).any():
        raise ValueError("a count can't be below 0")
    return pd.Series(done, days).dropna().sort_index()


def _curve(after_limit: Floats, done: Floats, is_near: Booleans) -> tuple[Floats, Floats]:
    """The curve's height on each day, and the covariance of those heights, for Poisson counts."""
    # About between -1 and 1, so that their powers stay of one size.
    place = (after_limit - after_limit.mean()) / np.ptp(after_limit) * 2
    powers = np.vander(place, DEGREE + 1)
    # A curve that meets every count, or none that can be found, is warned of; the height shows it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = GLM(done[~is_near], powers[~is_near], family=Poisson()).fit(scale=1.0)
    height = np.exp(powers @ fit.params)
    slopes = powers * height[:, np.newaxis]
    return height, slopes @ fit.cov_params() @ slopes.T


def _bunching(
    after_limit: Floats, done: Floats, curve: Floats, covariance: Floats, is_near: Booleans
) -> Bunching:
    is_before, is_after = is_near & (after_limit <= 0), is_near & (after_limit > 0)
    above = done - curve
    squares = (above**2 / curve)[~is_near]
    scatter = max(1.0, squares.sum() / (len(squares) - DEGREE - 1))
    variance = scatter * (curve[is_before].sum() + covariance[np.ix_(is_before, is_before)].sum())
    excess, expected = float(above[is_before].sum()), float(curve[after_limit == 0][0])
    z = float(excess / np.sqrt(variance))
    p = float(stats.norm.sf(z))
    return Bunching(
        days=len(squares),
        expected_at_limit=expected,
        excess=excess,
        excess_days=excess / expected,
        shortfall_days=-float(above[is_after].sum()) / expected,
        z=z,
        p=p,
        question=asked(BUNCHING_QUESTION, p),
    )


def _after(counts: pd.Series, limit: int, days: int, still_open: int) -> tuple[float, float]:
    """How many were done in the days after the limit, and how many were left to be done then."""
    by_day = _checked(counts)
    if len(by_day) < len(counts) or (by_day % 1 != 0).any():
        raise ValueError("a count must be a whole number")
    if still_open < 0:
        raise ValueError("a count can't be below 0")
    late = by_day[by_day.index > limit]
    return float(late[late.index <= limit + days].sum()), float(late.sum() + still_open)
