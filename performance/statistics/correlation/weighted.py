"""A rank correlation in which small trusts say less."""

from dataclasses import dataclass

import numpy as np
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from performance.statistics.columns import NO_REASON, Floats, Numbers
from performance.statistics.correlation.pairs import complete, refusal
from performance.statistics.correlation.reliability import check_standard_errors, part_that_is_real


@dataclass(frozen=True)
class WeightedRankCorrelation:
    """coefficient: -1 to 1, of n trusts, or None for the reason given."""

    n: int
    reason: str
    coefficient: float | None = None


def precision_weighted_rank_correlation(
    process: Numbers,
    process_standard_error: Numbers,
    outcome: Numbers,
    outcome_standard_error: Numbers,
) -> WeightedRankCorrelation:
    """A check on the latent correlation: Spearman's, in which each trust weighs by its precision,
    1 / sqrt((s_P^2 + t_P^2)(s_Q^2 + t_Q^2)), t^2 being the variance between true figures.

    It doesn't take noise out: expect it nearer 0. A row per trust, both oriented so that high is
    good. Refused: fewer than 10 trusts, a side without differences.
    Raises ValueError for a negative standard error. Source: reconstructed, from the weights of a
    random-effects mean.
    """
    columns = (process, process_standard_error, outcome, outcome_standard_error)
    x, x_error, y, y_error = complete(*columns)
    check_standard_errors(x_error, y_error)
    if reason := refusal(x, y):
        return WeightedRankCorrelation(len(x), reason)
    weights = 1 / np.sqrt(_total_variance(x, x_error) * _total_variance(y, y_error))
    ranks = np.column_stack([stats.rankdata(x), stats.rankdata(y)])
    coefficient = DescrStatsW(ranks, weights=weights).corrcoef[0, 1]
    return WeightedRankCorrelation(len(x), NO_REASON, float(coefficient))


def _total_variance(observed: Floats, standard_error: Floats) -> Floats:
    between = part_that_is_real(observed, standard_error) * np.var(observed, ddof=1)
    return standard_error**2 + between
