"""Ranks, with how little they say: intervals, expected ranks, and whether to rank at all.

Everything here is oriented so that high is good, and rank 1 is the best: turn the sign of a
figure of which less is better. Intervals hold for one trust at a time; for all together they
would be wider.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import (
    NOT_GIVEN,
    Booleans,
    Floats,
    Numbers,
    aligned,
    in_words,
    is_missing,
    too_few,
)
from performance.statistics.ratings.tables import check_trusts

# The middle 95% of a trust's ranks.
LOWER, UPPER = 0.025, 0.975
# Below this many, a quarter of them isn't one trust.
FEWEST = 4
DO_NOT_RANK, WITH_CARE, FINE = "do not rank", "rank with care", "may be ranked"
NO_VARIANCE = "the trusts don't differ and nothing about them is uncertain"


@dataclass(frozen=True)
class Rankability:
    """value: the part (0 to 1) of what ranks show that is difference between trusts; verdict: do
    not rank (below 0.5), rank with care (to 0.7) or may be ranked; None where `reason` says why.
    """

    value: float | None
    verdict: str | None
    reason: str


def ranks_of_draws(drawn: pd.DataFrame) -> pd.DataFrame:
    """Ranks of trusts in each of many draws of their true levels (trusts x draws, a trust with
    NaN anywhere is left out), as of `certainty.score_draws`.

    Returns lower and upper (the middle 95% of a trust's ranks, 1 the best), mean_rank,
    top_quarter and bottom_quarter (the probability, 0 to 1, of being among the best and the last
    N // 4) and reason. Equals share the middle of their ranks. Refused below 4 trusts.
    Raises ValueError where a trust stands twice, or there are no draws.
    Source: Goldstein and Spiegelhalter (1996), JRSS A 159:385-443.
    """
    check_trusts(drawn)
    numbers = drawn.to_numpy(dtype=float, na_value=np.nan)
    if not numbers.shape[1]:
        raise ValueError("ranks need draws")
    told = ~np.isnan(numbers).any(axis=1)
    columns = np.full((5, len(numbers)), np.nan)
    if told.sum() >= FEWEST:
        columns[:, told] = _rank_figures(numbers[told])
    names = ["lower", "upper", "mean_rank", "top_quarter", "bottom_quarter"]
    table = pd.DataFrame(columns.T, drawn.index, names)
    return table.assign(reason=_reasons(told))


def rank_intervals(
    estimate: Numbers, standard_error: Numbers, *, seed: int, draws: int = 10_000
) -> pd.DataFrame:
    """Ranks of trusts whose levels are known with normal errors, as `shrinkage` gives them.

    Returns the columns of `ranks_of_draws`, from so many draws. Raises ValueError for a standard
    error below 0, or no draws.
    """
    index, (estimate, error) = _levels(estimate, standard_error)
    told = ~is_missing(estimate, error)
    # Rows are drawn in the order of their figures, so that the order of rows is of no account.
    order = np.flatnonzero(told)[np.lexsort((error[told], estimate[told]))]
    drawn = np.full((len(estimate), draws), np.nan)
    random = np.random.default_rng(seed)
    drawn[order] = random.normal(estimate[order][:, None], error[order][:, None], (len(order), draws))
    return ranks_of_draws(pd.DataFrame(drawn)).set_index(index)


def expected_ranks(estimate: Numbers, standard_error: Numbers) -> pd.DataFrame:
    """The mean of each trust's rank over what its level and the others' may be: 1 plus, for
    every other trust, the probability that it is the better one.

    Returns expected_rank (1, the best, to the number of trusts) and reason; refused below 4
    trusts. Raises ValueError for a standard error below 0.
    Source: Lingsma et al. (2009), BMC Medical Research Methodology 9:53.
    """
    index, (estimate, error) = _levels(estimate, standard_error)
    told = ~is_missing(estimate, error)
    ranks = np.full(len(estimate), np.nan)
    if told.sum() >= FEWEST:
        level, variance = estimate[told], error[told] ** 2
        ahead = level[None, :] - level[:, None]
        spread = np.sqrt(variance[None, :] + variance[:, None])
        # Two that are known exactly: one is ahead, or they are level.
        with np.errstate(divide="ignore", invalid="ignore"):
            is_better = np.where(ahead == 0, 0.5, stats.norm.cdf(ahead / spread))
        # A trust's half against itself makes up for half of the 1.
        ranks[told] = 0.5 + is_better.sum(axis=1)
    return pd.DataFrame({"expected_rank": ranks, "reason": _reasons(told)}, index)


def rankability(tau_squared: float, standard_error: Numbers) -> Rankability:
    """Tau squared over tau squared plus the median squared standard error: how much of what
    trusts' ranks show is difference between them and not chance.

    tau_squared: the variance between trusts' true levels, standard_error: of each trust's figure
    before any shrinkage, in the same unit; missing ones are left out. Refused below 4 trusts, and
    where both are 0. Raises ValueError where either is below 0, or tau squared isn't a number.
    Source: van Houwelingen, Brand and Louis, as used in Lingsma et al. (2009).
    """
    _, (error,) = aligned(standard_error)
    error = error[~np.isnan(error)]
    if not 0 <= tau_squared < np.inf or (error < 0).any():
        raise ValueError("neither a variance nor a standard error can be below 0")
    if len(error) < FEWEST:
        return Rankability(None, None, too_few("trusts", FEWEST, len(error)))
    whole = tau_squared + float(np.median(error**2))
    if whole == 0:
        return Rankability(None, None, NO_VARIANCE)
    value = tau_squared / whole
    verdict = DO_NOT_RANK if value < 0.5 else WITH_CARE if value <= 0.7 else FINE
    return Rankability(value, verdict, "")


def _levels(estimate: Numbers, standard_error: Numbers) -> tuple[pd.Index, tuple[Floats, Floats]]:
    index, (estimate, error) = aligned(estimate, standard_error)
    if (error < 0).any():
        raise ValueError("a standard error can't be below 0")
    return index, (estimate, error)


def _rank_figures(numbers: Floats) -> Floats:
    trusts = len(numbers)
    ranks = stats.rankdata(-numbers, axis=0)
    lower, upper = np.quantile(ranks, [LOWER, UPPER], axis=1, method="inverted_cdf")
    top = (ranks <= trusts // 4).mean(axis=1)
    bottom = (ranks > trusts - trusts // 4).mean(axis=1)
    return np.vstack([lower, upper, ranks.mean(axis=1), top, bottom])


def _reasons(told: Booleans) -> pd.Categorical:
    found = int(told.sum())
    short = told & (found < FEWEST)
    return in_words(len(told), (~told, NOT_GIVEN), (short, too_few("trusts", FEWEST, found)))
