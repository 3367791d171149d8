"""z scores: how far each unit lies from its target, in standard errors, on a scale where that is fair.

Every function takes columns (a single number is repeated) and returns a data frame of the same rows:
value (on the scale), target (on the scale), standard_error, z = (value - target) / standard_error,
and reason, '' or why the row has none. Source of the scales: Spiegelhalter (2005), Statistics in
Medicine 24:1185-1202, and Spiegelhalter and others (2012), JRSS A 175:1-47.
"""

import numpy as np
import pandas as pd

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Floats,
    Numbers,
    aligned,
    check_counts,
    check_shares,
    count_reasons,
    in_words,
    is_missing,
)
from performance.statistics.funnel import pooled
from performance.statistics.intervals import NO_EXPECTED

CERTAIN = "a prediction of 0% or 100% leaves nothing to chance"
# Added to both counts where none were observed, as there is no logarithm of 0.
HALF_A_CASE = 0.5


def log_ratio(observed: Numbers, expected: Numbers) -> pd.DataFrame:
    """The logarithm of observed over expected against that of 1, as in NHS England's SHMI.

    observed: counts from 0, expected: counts. The standard error is 1 / sqrt(expected). Where
    nobody was observed the ratio is taken as 0.5 / (expected + 0.5): usable, but rough, and
    `square_root_ratio` is better for columns with many noughts.
    Refuses rows without a figure or with none expected. Raises ValueError below 0.
    """
    index, observed, expected, reason = _counts_and_expectations(observed, expected)
    is_nought = observed == 0
    numerator = np.where(is_nought, HALF_A_CASE, observed)
    denominator = np.where(is_nought, expected + HALF_A_CASE, expected)
    return _scores(index, np.log(numerator / denominator), 0.0, 1 / np.sqrt(expected), reason)


def square_root_ratio(observed: Numbers, expected: Numbers) -> pd.DataFrame:
    """The square root of observed over expected against 1. The standard error is
    1 / (2 sqrt(expected)). No trouble at 0 observed.

    observed: counts from 0, expected: counts.
    Refuses rows without a figure or with none expected. Raises ValueError below 0.
    """
    index, observed, expected, reason = _counts_and_expectations(observed, expected)
    return _scores(index, np.sqrt(observed / expected), 1.0, 1 / (2 * np.sqrt(expected)), reason)


def arcsine(x: Numbers, n: Numbers, theta: float | None = None) -> pd.DataFrame:
    """The arcsine of the square root of a share, in radians, against that of theta: a target
    (0 to 1), or without one all cases counted over all cases. The standard error is 1 / (2 sqrt(n)).

    x: cases counted, n: cases in all. Too extreme at 0% and 100%: 40 of 40 against 90% has a z of
    4.1, and its exact tail is 1.5%, so `funnel.exact_flags` decides such rows.
    Refuses rows without a figure or without cases.
    Raises ValueError where x isn't from 0 to n, or theta isn't a share.
    """
    index, (x, n) = aligned(x, n)
    check_counts(x, n)
    # Without a case there is no share of all, and no row that asks for one.
    share = (pooled(x, n).share or 0.0) if theta is None else theta
    check_shares(np.array([share]))
    reason = count_reasons(x, n)
    n = _told(n, reason)
    return _scores(index, np.arcsin(np.sqrt(x / n)), np.arcsin(np.sqrt(share)), 1 / (2 * np.sqrt(n)), reason)


def difference(x: Numbers, n: Numbers, predicted_rate: Numbers) -> pd.DataFrame:
    """A share less the one predicted for these cases, against 0; a difference of 0.01 is one
    percentage point. The standard error is sqrt(p(1 - p) / n) of the prediction p.

    x: cases counted, n: cases in all, predicted_rate: 0 to 1. No trouble at 0 of n.
    Refuses rows without a figure, without cases, or with a prediction of 0% or 100%.
    Raises ValueError where x isn't from 0 to n, or the prediction isn't a share.
    """
    index, (x, n, rate) = aligned(x, n, predicted_rate)
    check_counts(x, n)
    check_shares(rate)
    is_certain = (rate == 0) | (rate == 1)
    reason = in_words(len(x), (is_missing(x, n, rate), NOT_GIVEN), (n == 0, NO_CASES), (is_certain, CERTAIN))
    n = _told(n, reason)
    return _scores(index, x / n - rate, 0.0, np.sqrt(rate * (1 - rate) / n), reason)


def _counts_and_expectations(
    observed: Numbers, expected: Numbers
) -> tuple[pd.Index, Floats, Floats, pd.Categorical]:
    index, (observed, expected) = aligned(observed, expected)
    if (observed < 0).any() or (expected < 0).any():
        raise ValueError("a count can't be below 0")
    reason = in_words(
        len(observed), (is_missing(observed, expected), NOT_GIVEN), (expected == 0, NO_EXPECTED)
    )
    return index, _told(observed, reason), _told(expected, reason), reason


def _told(column: Floats, reason: pd.Categorical) -> Floats:
    """The column with NaN where the row is refused, so that nothing after it can divide by 0."""
    return np.where(reason == "", column, np.nan)


def _scores(
    index: pd.Index, value: Floats, target: float, standard_error: Floats, reason: pd.Categorical
) -> pd.DataFrame:
    told = reason == ""
    columns = {
        "value": np.where(told, value, np.nan),
        "target": np.where(told, target, np.nan),
        "standard_error": np.where(told, standard_error, np.nan),
        "z": np.where(told, (value - target) / standard_error, np.nan),
    }
    return pd.DataFrame(columns | {"reason": reason}, index)
