"""The order of trusts: what it owes to the way of scoring, and what needs no scoring at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NOT_GIVEN, Booleans, Floats, in_words, is_missing, too_few
from performance.statistics.ratings.scheme import Scheme, SignedScore, StepScore
from performance.statistics.ratings.scores import combine, rate
from performance.statistics.ratings.tables import as_array
from performance.vocabulary import Polarity

# Scores that are the same to so many decimals differ by rounding only.
DECIMALS = 9
ALL_TIED = "all trusts have one score"


@dataclass(frozen=True)
class ScoringSensitivity:
    """ranks: trusts x (published, z, and the names given), 1 the best, equals in the middle of
    their ranks, and reason; kendall_tau: tau-b of each other way with the published order (-1 to
    1), None where all trusts are tied in one of the two."""

    ranks: pd.DataFrame
    kendall_tau: dict[str, float | None]


@dataclass(frozen=True)
class Dominance:
    """table: dominates and dominated_by (how many other trusts) and reason, a row for each trust;
    pairs: better and worse, a row for each pair."""

    table: pd.DataFrame
    pairs: pd.DataFrame


def dominance(scheme: Scheme, values: pd.DataFrame) -> Dominance:
    """Which trusts are at least as good as which others on every measure of a scheme, and better
    on one: what no choice of weights or scores can turn round.

    values: trusts x measures. Polarity is the scheme's; targets and scores play no part. A trust
    that lacks a measure is compared with none, as what it lacks might turn the answer.
    Raises ValueError where a column is missing, a trust stands twice, or a number is infinite.
    """
    good = _oriented(scheme, values)
    told = ~is_missing(*good.T)
    dominates = np.zeros((len(good), len(good)), dtype=bool)
    for row in np.flatnonzero(told):
        # Comparisons with NaN are false, so trusts that lack a measure are never dominated.
        dominates[row] = (good[row] >= good).all(axis=1) & (good[row] > good).any(axis=1)
    counts = np.where(told, [dominates.sum(axis=1), dominates.sum(axis=0)], np.nan)
    table = pd.DataFrame({"dominates": counts[0], "dominated_by": counts[1]}, values.index)
    better, worse = np.nonzero(dominates)
    pairs = pd.DataFrame({"better": values.index[better], "worse": values.index[worse]})
    pairs = pairs.sort_values(["better", "worse"], ignore_index=True)
    return Dominance(table.assign(reason=in_words(len(good), (~told, NOT_GIVEN))), pairs)


def scoring_sensitivity(
    scheme: Scheme,
    values: pd.DataFrame,
    others: Mapping[str, StepScore | SignedScore],
    targets: pd.DataFrame | None = None,
) -> ScoringSensitivity:
    """The order of trusts if measures were scored in other ways: by each of `others`, and by z
    scores, which are distances from the mean of all trusts in standard deviations (0 where all
    are alike) and need no target. Weights stay.

    values and targets as in `scores.rate`; trusts without a rating keep its reason.
    Raises ValueError where a measure can't be scored in one of the ways.
    """
    rated = rate(scheme, values, targets)
    scores = {"published": rated["score"].to_numpy(), "z": combine(scheme, _z_scores(scheme, values)).total}
    for name, scoring in others.items():
        scores[name] = rate(replace(scheme, scoring=scoring), values, targets)["score"].to_numpy()
    told = ~np.isnan(scores["published"])
    ranks = {name: _ranks(score, told) for name, score in scores.items()}
    taus = {
        name: kendall_tau(ranks["published"][told], ranks[name][told, None])[0]
        for name in scores
        if name != "published"
    }
    return ScoringSensitivity(pd.DataFrame(ranks, values.index).assign(reason=rated["reason"]), taus)


def kendall_tau(published: Floats, others: Floats) -> tuple[float | None, str]:
    """The median of Kendall's tau-b (-1 to 1) between published scores (trusts) and each column
    of others (trusts x columns, where a NaN is left out of its column). And the reason where there
    is none: fewer than 2 trusts, or all tied.

    Written here as scipy's takes one pair of columns at a time, and weights come by the 10,000.
    Source: Kendall (1945), Biometrika 33:239-251.
    """
    if len(published) < 2:
        return None, too_few("rated trusts", 2, len(published))
    published, others = np.round(published, DECIMALS), np.round(others, DECIMALS)
    agree, of_published, of_others = np.zeros((3, others.shape[1]))
    for row in range(1, len(published)):
        ahead = np.sign(others[row] - others[:row])
        own = np.sign(published[row] - published[:row])[:, None] * np.where(np.isnan(ahead), 0, 1)
        agree += np.nansum(ahead * own, axis=0)
        of_published += np.abs(own).sum(axis=0)
        of_others += np.nansum(np.abs(ahead), axis=0)
    untied = of_published * of_others > 0
    if not untied.any():
        return None, ALL_TIED
    return float(np.median(agree[untied] / np.sqrt(of_published * of_others)[untied])), ""


def _oriented(scheme: Scheme, values: pd.DataFrame) -> Floats:
    """Trusts x measures, with the sign turned where lower is better."""
    side = [-1.0 if measure.polarity == Polarity.LOWER else 1.0 for measure in scheme.measures]
    return as_array(values, scheme.codes) * np.array(side)


def _z_scores(scheme: Scheme, values: pd.DataFrame) -> Floats:
    good = pd.DataFrame(_oriented(scheme, values))
    spread = good.std(ddof=0)
    # Of values that are all alike the spread is a rounding error at most.
    alike = spread <= 1e-12 * good.abs().max()
    scored = (good - good.mean()) / spread.mask(alike)
    return scored.mask(good.notna() & alike, 0.0).to_numpy()


def _ranks(score: Floats, told: Booleans) -> Floats:
    ranks = np.full(len(score), np.nan)
    ranks[told] = stats.rankdata(-np.round(score[told], DECIMALS))
    return ranks
