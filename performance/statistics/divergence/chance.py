"""How many trusts would hit the target and miss the outcome if the two had nothing to do with
each other. 9 of 35 means nothing without it: where half do the one and half the other, 8.75 are
expected.
"""

from dataclasses import dataclass

import numpy as np

from performance.statistics.columns import NO_REASON, Floats, Numbers, check_shares, too_few
from performance.statistics.correlation.pairs import LEAST_TRUSTS, complete

PERMUTATIONS = 9_999

ALL_ALIKE = "every trust is on the same side, so the number can't differ from chance"

# Sums of probabilities that are equal but for rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class AgainstChance:
    """observed: the trusts that hit the target and miss the outcome; expected, lower and upper: how
    many do by chance, and the middle 95% of it; p: of at least as many by chance; n: trusts."""

    n: int
    reason: str
    observed: float | None = None
    expected: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None


def against_chance(
    meets_target: Numbers,
    worse_than_predicted: Numbers,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
) -> AgainstChance:
    """A permutation test of the number of trusts that hit the target and miss the outcome: the
    outcomes are shuffled over the trusts, and the trusts counted again.

    Takes facts (1 or 0) or probabilities (0 to 1), from `quadrants`; with probabilities their
    products are added up. A trust that lacks either is left out.
    p is one-sided, (shuffles with at least as many + 1) / (shuffles + 1), so never 0.
    Refused: fewer than 10 trusts, or all on one side. Raises ValueError outside 0 to 1.
    Source: Phipson and Smyth (2010), Statistical Applications in Genetics 9:39.
    """
    meets, worse = complete(meets_target, worse_than_predicted)
    check_shares(meets)
    check_shares(worse)
    n = len(meets)
    if n < LEAST_TRUSTS:
        return AgainstChance(n, too_few("trusts with both figures", LEAST_TRUSTS, n))
    if np.ptp(meets) == 0 or np.ptp(worse) == 0:
        return AgainstChance(n, ALL_ALIKE)
    observed = float(meets @ worse)
    counts = _shuffled(worse, seed, permutations) @ meets
    p = (np.sum(counts >= observed - _ROUNDING) + 1) / (permutations + 1)
    lower, upper = np.quantile(counts, [0.025, 0.975], method="inverted_cdf")
    # The mean over all shuffles there are, which needs no shuffling.
    expected = float(meets.sum() * worse.sum() / n)
    return AgainstChance(n, NO_REASON, observed, expected, float(lower), float(upper), float(p))


def _shuffled(values: Floats, seed: int, times: int) -> Floats:
    rows = np.broadcast_to(values, (times, len(values)))
    return np.random.default_rng(seed).permuted(rows, axis=1)
