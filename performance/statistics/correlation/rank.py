"""Rank correlations: whether two figures put the trusts in the same order.

Each takes two columns with a row per trust (some tens of trusts, at most a few hundred), both
oriented so that high is good. A trust that lacks either figure is left out, and n says how many
were used. Below 10, or where one column is the same throughout, there is a reason and no figure.
"""

from collections.abc import Callable

import numpy as np
from scipy import stats

from performance.statistics.columns import Floats, Numbers
from performance.statistics.correlation.pairs import Correlation, complete, refusal, with_interval

PERMUTATIONS = 9_999

# Shuffles are worked out in batches of about this many numbers: 8 MB.
BATCH = 1_000_000


def spearman(
    x: Numbers, y: Numbers, *, seed: int, confidence: float = 0.95, permutations: int = PERMUTATIONS
) -> Correlation:
    """Spearman's rank correlation: Pearson's of the ranks, equals sharing their average rank.

    seed, permutations: of the two-sided p-value, by shuffling the one column over the trusts.
    The interval takes (1 + r^2 / 2) / (n - 3) as the variance of atanh r.
    Raises ValueError for columns of different lengths, or an infinite figure.
    Source: Bonett and Wright (2000), Psychometrika 65:23-28.
    """
    x, y = complete(x, y)
    n = len(x)
    if reason := refusal(x, y):
        return Correlation(n, reason)
    coefficient = float(stats.spearmanr(x, y).statistic)
    ranks = stats.rankdata(x) - (n + 1) / 2

    def association(shuffled: Floats, axis: int) -> Floats:
        return np.sum(ranks * shuffled, axis=axis)

    p = permutation_p(stats.rankdata(y), association, seed, permutations, batch=BATCH // n)
    return with_interval(coefficient, (1 + coefficient**2 / 2) / (n - 3), p, n, confidence)


def kendall(
    x: Numbers, y: Numbers, *, seed: int, confidence: float = 0.95, permutations: int = PERMUTATIONS
) -> Correlation:
    """Kendall's tau-b: pairs of trusts in the same order less pairs in the opposite order, as a
    part of the pairs that aren't tied. The choice where many trusts stand at 100%.

    seed, permutations: of the two-sided p-value, by shuffling the one column over the trusts.
    The interval takes 0.437 / (n - 4) as the variance of atanh tau.
    Raises ValueError for columns of different lengths, or an infinite figure.
    Source: Kendall (1945), Biometrika 33:239-251; for the variance Fieller, Hartley and Pearson
    (1957), Biometrika 44:470-481, as in Bonett and Wright (2000).
    """
    x, y = complete(x, y)
    n = len(x)
    if reason := refusal(x, y):
        return Correlation(n, reason)
    coefficient = float(stats.kendalltau(x, y).statistic)
    order = np.sign(x[:, None] - x)

    def association(shuffled: Floats, axis: int) -> Floats:
        return np.sum(order * np.sign(shuffled[..., :, None] - shuffled[..., None, :]), axis=(axis - 1, axis))

    p = permutation_p(y, association, seed, permutations, batch=BATCH // n**2)
    return with_interval(coefficient, 0.437 / (n - 4), p, n, confidence)


def permutation_p(
    values: Floats,
    association: Callable[[Floats, int], Floats],
    seed: int,
    permutations: int,
    batch: int,
) -> float:
    """The two-sided p-value of an association, among those of `values` shuffled over the trusts:
    twice the smaller tail, the observed order counted as one of the shuffles.

    association: takes an array of shuffled rows and the axis along which each row runs.
    Source: Phipson and Smyth (2010), Statistical Applications in Genetics 9:39.
    """
    test = stats.permutation_test(
        (values,),
        association,
        permutation_type="pairings",
        vectorized=True,
        n_resamples=permutations,
        batch=max(1, batch),
        rng=np.random.default_rng(seed),
    )
    return float(test.pvalue)
