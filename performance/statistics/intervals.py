"""Confidence intervals of shares, counts, ratios and differences.

Every function takes columns (a single number is repeated) and returns a data frame of the same
rows, with the limits and a `reason`, '' or why the row has none. A figure that isn't given is NaN
or None.
"""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Floats,
    Numbers,
    aligned,
    check_counts,
    count_reasons,
    in_blocks,
    in_words,
    is_missing,
)

NO_EXPECTED = "none were expected"
BYAR_NEEDS_MORE = "Byar's method has no lower limit for so few"
# Byar's approximation is good from here on; below, PHE takes the exact limits.
BYAR_FROM = 10


def z_for(confidence: float) -> float:
    """How many standard errors on each side hold this part of a normal distribution: 1.96 for
    0.95, 3.09 for 0.998. Raises ValueError outside 0 to 1."""
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    return float(stats.norm.isf((1 - confidence) / 2))


def wilson(x: Numbers, n: Numbers, confidence: float = 0.95) -> pd.DataFrame:
    """The Wilson score interval of a share.

    x: cases counted, n: cases in all; fractions are allowed, as effective counts have them.
    Returns lower and upper (0 to 1) and reason: not given, or no cases.
    Raises ValueError where x isn't from 0 to n. Source: Wilson (1927), JASA 22:209-212.
    Written here as statsmodels' is silent about x above n and takes twice as long.
    """
    index, (x, n) = aligned(x, n)
    check_counts(x, n)
    z = z_for(confidence)

    def limits(x: Floats, n: Floats) -> tuple[Floats, Floats]:
        half = z * np.sqrt(x * (n - x) / n + z * z / 4)
        centre, scale = x + z * z / 2, n + z * z
        upper = (centre + half) / scale
        # Rounding can leave the limit of n of n a hair off 1; that of 0 of n comes to 0.
        upper[x == n] = 1.0
        return (centre - half) / scale, upper

    with np.errstate(invalid="ignore"):
        lower, upper = in_blocks(limits, x, n)
    upper[n == 0] = np.nan
    return pd.DataFrame({"lower": lower, "upper": upper, "reason": count_reasons(x, n)}, index, copy=False)


def effective_counts(x: Numbers, n: Numbers, design_effect: Numbers) -> pd.DataFrame:
    """Counts of clustered cases, as where one offender is counted several times: as many
    independent cases as say the same.

    design_effect: 1 or more, how much larger the variance is than of independent cases.
    Returns x and n divided by it, the share unchanged, and reason.
    Raises ValueError for a design effect below 1, or where x isn't from 0 to n.
    Source: Kish (1965), Survey Sampling, section 8.2.
    """
    index, (x, n, effect) = aligned(x, n, design_effect)
    check_counts(x, n)
    if (effect < 1).any():
        raise ValueError("a design effect is 1 or more")
    missing = is_missing(x, n, effect)
    columns = {"x": np.where(missing, np.nan, x / effect), "n": np.where(missing, np.nan, n / effect)}
    return pd.DataFrame(
        columns | {"reason": in_words(len(x), (missing, NOT_GIVEN), (n == 0, NO_CASES))}, index
    )


def exact_poisson(count: Numbers, confidence: float = 0.95) -> pd.DataFrame:
    """The exact (central) interval of a Poisson count: lower, upper, reason.

    Raises ValueError for a count below 0. Source: Garwood (1936), Biometrika 28:437-442.
    """
    index, (count,) = aligned(count)
    _check_not_negative(count)
    z_for(confidence)
    lower, upper = confint_poisson(count, 1, method="exact-c", alpha=1 - confidence)
    # statsmodels takes a missing count's lower limit for that of 0.
    lower = np.where(np.isnan(count), np.nan, lower)
    return _count_interval(index, lower, upper, in_words(len(count), (np.isnan(count), NOT_GIVEN)))


def byar(count: Numbers, confidence: float = 0.95) -> pd.DataFrame:
    """Byar's approximate interval of a Poisson count: lower, upper, reason.

    No lower limit where the formula gives a negative one (1 at 99.8%), nor for 0.
    Raises ValueError for a count below 0.
    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69.
    """
    index, (count,) = aligned(count)
    _check_not_negative(count)
    z = z_for(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    lower = np.where(lower < 0, np.nan, lower)
    more = count + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    why = in_words(len(count), (np.isnan(count), NOT_GIVEN), (np.isnan(lower), BYAR_NEEDS_MORE))
    return _count_interval(index, lower, upper, why)


def phe_poisson(count: Numbers, confidence: float = 0.95) -> pd.DataFrame:
    """The interval of a count by the rule of Public Health England: exact below 10, Byar from
    10 on. Lower, upper, reason. Raises ValueError for a count below 0."""
    index, (count,) = aligned(count)
    exact, approximate = exact_poisson(count, confidence), byar(count, confidence)
    is_few = count < BYAR_FROM
    lower = np.where(is_few, exact["lower"], approximate["lower"])
    upper = np.where(is_few, exact["upper"], approximate["upper"])
    return _count_interval(index, lower, upper, exact["reason"].array)


def ratio(observed: Numbers, expected: Numbers, confidence: float = 0.95) -> pd.DataFrame:
    """A standardised ratio, observed over expected, with the interval of `phe_poisson`.

    Returns ratio, lower, upper (1 is as expected) and reason: not given, none expected.
    For reoffending `reoffending.against_prediction` is better, as a Poisson interval is too
    wide for counts that are a large part of their cases.
    Raises ValueError where a count or an expectation is below 0.
    """
    index, (observed, expected) = aligned(observed, expected)
    _check_not_negative(expected)
    limits = phe_poisson(observed, confidence)
    over = np.where(expected > 0, expected, np.nan)
    missing = is_missing(observed, expected)
    return pd.DataFrame(
        {
            "ratio": observed / over,
            "lower": limits["lower"].to_numpy() / over,
            "upper": limits["upper"].to_numpy() / over,
            "reason": in_words(len(observed), (missing, NOT_GIVEN), (expected == 0, NO_EXPECTED)),
        },
        index,
    )


def newcombe_difference(
    x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, confidence: float = 0.95
) -> pd.DataFrame:
    """The difference of two independent shares, x1/n1 - x2/n2, as of two years of one trust.

    Returns difference, lower, upper (-1 to 1) and reason. Raises ValueError where x isn't from 0
    to n. Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    index, (x1, n1, x2, n2) = aligned(x1, n1, x2, n2)
    check_counts(x1, n1)
    check_counts(x2, n2)
    z_for(confidence)
    missing, no_cases = is_missing(x1, n1, x2, n2), (n1 == 0) | (n2 == 0)
    told = ~(missing | no_cases)
    lower, upper = np.full((2, len(x1)), np.nan)
    lower[told], upper[told] = confint_proportions_2indep(
        x1[told], n1[told], x2[told], n2[told], method="newcomb", compare="diff", alpha=1 - confidence
    )
    difference = np.full(len(x1), np.nan)
    difference[told] = x1[told] / n1[told] - x2[told] / n2[told]
    return pd.DataFrame(
        {
            "difference": difference,
            "lower": lower,
            "upper": upper,
            "reason": in_words(len(x1), (missing, NOT_GIVEN), (no_cases, NO_CASES)),
        },
        index,
    )


def _check_not_negative(count: Floats) -> None:
    if (count < 0).any():
        raise ValueError("a count can't be below 0")


def _count_interval(
    index: pd.Index, lower: Floats, upper: Floats, reason: pd.Series | pd.Categorical
) -> pd.DataFrame:
    return pd.DataFrame({"lower": lower, "upper": upper, "reason": reason}, index)
