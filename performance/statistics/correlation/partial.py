"""Whether two figures go together beyond what they both owe to something else, as to caseloads."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NO_REASON, Floats, Numbers, too_few
from performance.statistics.correlation.pairs import Correlation, complete, refusal, with_interval
from performance.statistics.correlation.rank import BATCH, PERMUTATIONS, permutation_p

# 35 trusts bear two controls and no third.
TRUSTS_PER_CONTROL = 15

CONTROLS_OVERLAP = "a control is the same for every trust, or says the same as another"
NOTHING_LEFT = "the controls leave nothing of one of the two"

# Ranks are half apart at least: what is shorter is left by rounding.
_NOTHING = 1e-6


def partial_spearman(
    x: Numbers,
    y: Numbers,
    controls: pd.DataFrame,
    *,
    seed: int,
    confidence: float = 0.95,
    permutations: int = PERMUTATIONS,
) -> Correlation:
    """Spearman's rank correlation of x and y, each trust's controls held constant: the
    correlation of what is left of their ranks after a regression on the ranks of the controls.

    x, y: a row per trust, oriented so that high is good. controls: the same rows, one or more
    columns (predicted rate, caseload per officer). A trust that lacks a figure is left out.
    seed, permutations: of the two-sided p-value, by shuffling what the controls leave of y.
    The interval is that of `spearman` with n less one for each control.
    Refused: fewer than 10 trusts or than 15 per control, a column without differences, controls
    that repeat each other, nothing left of x or y.
    Raises ValueError without controls, for rows that don't match, or an infinite figure.
    The outcome is adjusted for risk already: look first at its plain correlation with the control.
    Where that isn't near 0 the prediction doesn't fit all caseloads.
    Source: Yule (1907), Proceedings of the Royal Society A 79:182-193; Freedman and Lane (1983),
    Journal of Business and Economic Statistics 1:292-298, for the shuffling.
    """
    k = controls.shape[1]
    if k == 0:
        raise ValueError("a partial correlation needs a control")
    x, y, *others = complete(x, y, *(column for _, column in controls.items()))
    n = len(x)
    ranks = np.column_stack([np.ones(n), *map(stats.rankdata, others)])
    if reason := refusal(x, y) or _refusal_of_controls(ranks):
        return Correlation(n, reason)
    keeps = np.eye(n) - ranks @ np.linalg.pinv(ranks)
    left_of_x, left_of_y = keeps @ stats.rankdata(x), keeps @ stats.rankdata(y)
    if min(_length(left_of_x), _length(left_of_y)) < _NOTHING:
        return Correlation(n, NOTHING_LEFT)

    def association(shuffled: Floats, axis: int) -> Floats:
        # Shuffling brings the controls back in by chance, so they are taken out again.
        again = shuffled @ keeps
        return again @ left_of_x / np.maximum(np.linalg.norm(again, axis=axis), _NOTHING)

    coefficient = float(association(left_of_y, -1)) / _length(left_of_x)
    p = permutation_p(left_of_y, association, seed, permutations, batch=BATCH // n)
    return with_interval(coefficient, (1 + coefficient**2 / 2) / (n - k - 3), p, n, confidence)


def _refusal_of_controls(ranks: Floats) -> str:
    n, k = len(ranks), ranks.shape[1] - 1
    if n < k * TRUSTS_PER_CONTROL:
        return too_few(f"trusts for {k} control{'s' * (k > 1)}", k * TRUSTS_PER_CONTROL, n)
    return CONTROLS_OVERLAP if np.linalg.matrix_rank(ranks) <= k else NO_REASON


def _length(vector: Floats) -> float:
    return float(np.linalg.norm(vector))
