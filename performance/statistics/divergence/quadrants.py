"""Which quarter a trust is in: target met or missed, outcome better or worse than predicted.

A quarter is named only where that is probable enough. Beside it goes the plain fact, what was
counted, which needs no interval: the probability answers whether it would be so again.
"""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Booleans,
    Floats,
    Numbers,
    aligned,
    check_counts,
    check_shares,
    in_words,
    is_missing,
)
from performance.vocabulary import Quadrant

# The columns of probabilities, in the order of the words.
PROBABILITIES = ["met_better", "met_worse", "missed_better", "missed_worse"]
QUARTERS = [Quadrant.MET_BETTER, Quadrant.MET_WORSE, Quadrant.MISSED_BETTER, Quadrant.MISSED_WORSE]

LEAST_TO_NAME = 0.80

NEVER_ABOVE = "no true rate can be above a target of 100%"
NO_CHANCE = "the prediction leaves nothing to chance"
NO_ERROR = "its standard error is 0"


def facts(x: Numbers, n: Numbers, target: Numbers, observed: Numbers, expected: Numbers) -> pd.DataFrame:
    """What was counted, without any chance: whether x of n reach the target (a share, 0 to 1), and
    whether more reoffences were observed than expected.

    Returns meets_target and worse_than_predicted (1, 0 or NaN), quadrant (a word of `Quadrant`; as
    many as expected is no worse) and reason: not given, or no cases. A side that
    has its figures keeps its fact where the other has none.
    Raises ValueError where x isn't from 0 to n, a target isn't a share or a count is below 0.
    """
    index, (x, n, target, observed, expected) = aligned(x, n, target, observed, expected)
    check_counts(x, n)
    check_shares(target)
    _check_not_negative(observed, expected)
    no_process, no_outcome = is_missing(x, n, target) | (n == 0), is_missing(observed, expected)
    share = x / np.where(n > 0, n, np.nan)
    meets = np.where(no_process, np.nan, share >= target)
    worse = np.where(no_outcome, np.nan, observed > expected)
    missing = is_missing(x, n, target, observed, expected)
    return pd.DataFrame(
        {
            "meets_target": meets,
            "worse_than_predicted": worse,
            "quadrant": _named(_products(meets, worse), no_process | no_outcome, 1.0),
            "reason": in_words(len(x), (missing, NOT_GIVEN), (n == 0, NO_CASES)),
        },
        index,
    )


def chance_of_meeting(x: Numbers, n: Numbers, target: Numbers) -> pd.DataFrame:
    """The probability that a trust's true rate is at or above the target, given x of n cases:
    the upper tail of a beta distribution with Jeffreys' prior.

    target: a share, 0 to 1. Returns probability and reason: not given, no cases, or a target of
    100%, above which no true rate can lie.
    Raises ValueError where x isn't from 0 to n, or a target isn't a share.
    Source: Brown, Cai and DasGupta (2001), Statistical Science 16:101-133, on Jeffreys' prior.
    """
    index, (x, n, target) = aligned(x, n, target)
    check_counts(x, n)
    check_shares(target)
    untold = is_missing(x, n, target) | (n == 0) | (target == 1)
    probability = np.where(untold, np.nan, stats.beta.sf(target, x + 0.5, n - x + 0.5))
    missing = is_missing(x, n, target)
    reason = in_words(len(x), (missing, NOT_GIVEN), (n == 0, NO_CASES), (target == 1, NEVER_ABOVE))
    return pd.DataFrame({"probability": probability, "reason": reason}, index)


def chance_of_worse(
    observed: Numbers, expected: Numbers, variance: Numbers, design_effect: Numbers
) -> pd.DataFrame:
    """The probability that the true outcome is worse than predicted: the normal probability
    below z = (O - E) / sqrt(V x design effect).

    observed, expected: reoffences, so more is worse. variance: of the observed, as n p (1 - p).
    design_effect: 1 or more, for offenders who are counted several times.
    Returns probability and reason: not given, or a variance of 0.
    Raises ValueError for a count or variance below 0, or a design effect below 1.
    Source: the posterior of a normal mean under a flat prior.
    """
    index, (observed, expected, variance, effect) = aligned(observed, expected, variance, design_effect)
    _check_not_negative(observed, expected, variance)
    if (effect < 1).any():
        raise ValueError("a design effect is 1 or more")
    missing = is_missing(observed, expected, variance, effect)
    return _normal_chance(index, observed - expected, np.sqrt(variance * effect), missing, NO_CHANCE)


def chance_of_worse_shrunken(estimate: Numbers, standard_error: Numbers) -> pd.DataFrame:
    """`chance_of_worse` from an empirical Bayes estimate of O/n - predicted rate (above 0 is
    worse) and its posterior standard deviation, for trusts so small that their own figures swing.

    Returns probability and reason: not given, or a standard error of 0.
    Raises ValueError for a standard error below 0.
    """
    index, (estimate, error) = aligned(estimate, standard_error)
    if (error < 0).any():
        raise ValueError("a standard error can't be below 0")
    return _normal_chance(index, estimate, error, is_missing(estimate, error), NO_ERROR)


def quadrants(
    meets_target: Numbers, worse_than_predicted: Numbers, least: float = LEAST_TO_NAME
) -> pd.DataFrame:
    """The probability of each quarter, and the quarter where one is probable enough.

    Takes the two probabilities (0 to 1) of each trust. They are multiplied, so the process and
    outcome must have been counted on different cases. Returns met_better, met_worse,
    missed_better, missed_worse (adding up to 1), quadrant (a word of `Quadrant`: that of
    probability `least` or more, else not-determined) and reason.
    Raises ValueError outside 0 to 1, or for a `least` at which two quarters could be named.
    """
    index, (meets, worse) = aligned(meets_target, worse_than_predicted)
    check_shares(meets)
    check_shares(worse)
    if not 0.5 < least <= 1:
        raise ValueError("a quarter is named from a probability above a half")
    products = _products(meets, worse)
    missing = is_missing(meets, worse)
    words = {
        "quadrant": _named(products, missing, least),
        "reason": in_words(len(meets), (missing, NOT_GIVEN)),
    }
    return pd.DataFrame(dict(zip(PROBABILITIES, products, strict=True)) | words, index)


def _normal_chance(
    index: pd.Index, distance: Floats, error: Floats, missing: Booleans, why_not: str
) -> pd.DataFrame:
    z = distance / np.where(error > 0, error, np.nan)
    reason = in_words(len(distance), (missing, NOT_GIVEN), (error == 0, why_not))
    return pd.DataFrame({"probability": stats.norm.cdf(z), "reason": reason}, index)


def _products(meets: Floats, worse: Floats) -> list[Floats]:
    return [meets * (1 - worse), meets * worse, (1 - meets) * (1 - worse), (1 - meets) * worse]


def _named(products: list[Floats], untold: Booleans, least: float) -> pd.Categorical:
    named = [(product >= least, str(word)) for product, word in zip(products, QUARTERS, strict=True)]
    return in_words(len(untold), (untold, Quadrant.NOT_COMPARED), *named, otherwise=Quadrant.NOT_DETERMINED)


def _check_not_negative(*columns: Floats) -> None:
    if any((column < 0).any() for column in columns):
        raise ValueError("a count or a variance can't be below 0")
