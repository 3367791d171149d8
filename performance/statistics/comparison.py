"""One share against another, against everyone together, and against a benchmark.

Two intervals that overlap are no test: that would be too strict.
"""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Numbers,
    aligned,
    check_counts,
    check_whole,
    in_words,
    is_missing,
)
from performance.vocabulary import Polarity
from trusts.words import Word

NO_VARIATION = "every case in both is alike"
IS_EVERYONE = "it is the whole of those it would be compared with"
# Below this many expected in any cell the normal approximation is poor (Cochran 1954).
FEWEST_EXPECTED = 5


class Verdict(Word):
    """How an interval lies to a benchmark. Where no direction is good, only higher and lower."""

    BETTER = "better", "Better"
    SIMILAR = "similar", "Similar"
    WORSE = "worse", "Worse"
    HIGHER = "higher", "Higher"
    LOWER = "lower", "Lower"
    NOT_COMPARED = "not-compared", "Not compared"


def two_shares(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> pd.DataFrame:
    """Whether two independent shares differ, as of one trust in two years: two-sided p.

    Pooled z test, or Fisher's exact test where fewer than 5 are expected in any cell. Returns z
    (NaN under Fisher's test), p (0 to 1), test ('z', 'exact', or '') and reason.
    Raises ValueError where x isn't a whole number from 0 to n.
    Source: Armitage, Berry and Matthews (2002), Statistical Methods in Medical Research, 4.5.
    """
    index, (x1, n1, x2, n2) = aligned(x1, n1, x2, n2)
    check_counts(x1, n1)
    check_counts(x2, n2)
    check_whole(x1, n1, x2, n2)
    missing, no_cases = is_missing(x1, n1, x2, n2), (n1 == 0) | (n2 == 0)
    told = ~(missing | no_cases)
    with np.errstate(invalid="ignore", divide="ignore"):
        counted, cases = x1 + x2, n1 + n2
        share = counted / cases
        fewest_expected = np.minimum(counted, cases - counted) * np.minimum(n1, n2) / cases
        z = (x1 / n1 - x2 / n2) / np.sqrt(share * (1 - share) * (1 / n1 + 1 / n2))
    alike = told & ((share == 0) | (share == 1))
    few = told & np.less(fewest_expected, FEWEST_EXPECTED)
    z = np.where(told & ~few, z, np.nan)
    p = 2 * stats.norm.sf(np.abs(z))
    p[few] = [_fisher(*row) for row in zip(x1[few], n1[few], x2[few], n2[few], strict=True)]
    p[alike] = np.nan
    return pd.DataFrame(
        {
            "z": z,
            "p": p,
            "test": in_words(len(p), (~told | alike, ""), (few, "exact"), otherwise="z"),
            "reason": in_words(len(p), (missing, NOT_GIVEN), (no_cases, NO_CASES), (alike, NO_VARIATION)),
        },
        index,
    )


def _fisher(x1: float, n1: float, x2: float, n2: float) -> float:
    return float(stats.fisher_exact(np.array([[x1, n1 - x1], [x2, n2 - x2]], dtype=int)).pvalue)


def share_against_all(x: Numbers, n: Numbers, all_x: Numbers, all_n: Numbers) -> pd.DataFrame:
    """A unit against everyone together, itself among them, as a trust against the nation.

    Part of what it is compared with is its own, so that the variance of the difference is only
    1 - n/all_n of that against a fixed share. Returns difference (-1 to 1), z, p and reason.
    Raises ValueError where x isn't from 0 to n, or a unit is larger than all together.
    """
    index, (x, n, all_x, all_n) = aligned(x, n, all_x, all_n)
    check_counts(x, n)
    check_counts(all_x, all_n)
    if (x > all_x).any() or (n > all_n).any() or (n - x > all_n - all_x).any():
        raise ValueError("a unit can't be larger than all together")
    missing, no_cases = is_missing(x, n, all_x, all_n), n == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        share = all_x / all_n
        difference = x / n - share
        z = difference / np.sqrt(share * (1 - share) / n * (1 - n / all_n))
    everyone, alike = n == all_n, (share == 0) | (share == 1)
    z[everyone | alike] = np.nan
    reason = in_words(
        len(x),
        (missing, NOT_GIVEN),
        (no_cases, NO_CASES),
        (everyone, IS_EVERYONE),
        (alike, NO_VARIATION),
    )
    columns = {"difference": difference, "z": z, "p": 2 * stats.norm.sf(np.abs(z)), "reason": reason}
    return pd.DataFrame(columns, index)


def against_benchmark(lower: Numbers, upper: Numbers, benchmark: Numbers, polarity: Polarity) -> pd.DataFrame:
    """An interval against a benchmark without error of its own, as a target: outside it or not.

    Returns verdict (a word of `Verdict`) and reason. A benchmark on a limit is inside. Raises
    ValueError where a lower limit lies above its upper one.
    """
    index, (lower, upper, benchmark) = aligned(lower, upper, benchmark)
    if (lower > upper).any():
        raise ValueError("a lower limit can't lie above its upper one")
    missing = is_missing(lower, upper, benchmark)
    above, below = _verdicts(polarity)
    verdict = in_words(
        len(lower),
        (missing, Verdict.NOT_COMPARED),
        (np.greater(lower, benchmark), above),
        (np.less(upper, benchmark), below),
        otherwise=Verdict.SIMILAR,
    )
    return pd.DataFrame({"verdict": verdict, "reason": in_words(len(lower), (missing, NOT_GIVEN))}, index)


def _verdicts(polarity: Polarity) -> tuple[Verdict, Verdict]:
    """What lying above and lying below mean."""
    if polarity == Polarity.HIGHER:
        return Verdict.BETTER, Verdict.WORSE
    if polarity == Polarity.LOWER:
        return Verdict.WORSE, Verdict.BETTER
    return Verdict.HIGHER, Verdict.LOWER
