"""What each measure did to each trust's rating, and what one step more or less of it would do."""

import numpy as np
import pandas as pd

from performance.calculation.process import TRUST
from performance.calculation.scoring import Scored, Scoring
from performance.statistics.columns import Floats, in_words
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.scores import HAIR, combine
from performance.statistics.ratings.tables import NOT_RATED, Places, weighted
from performance.vocabulary import PARTS_OF_A_WHOLE, Polarity

FIGURES = [
    "score",
    "weight",
    "value",
    "target",
    "higher_at",
    "higher_score",
    "higher_band",
    "lower_at",
    "lower_score",
    "lower_band",
    "reason",
]
NO_FIGURE = "there is no figure"
NO_TARGET = "there is no target"


def rating_measures(scoring: Scoring) -> pd.DataFrame:
    """The table `rating_measures`: a row for each trust of `ratings` and each measure of the scheme; none
    where nobody can be rated.

    score: the measure's own, from 1, or the reason why it has none; value and target: in the figure's
    unit; weight: the part of the trust's whole score, 0 to 1, with what missing measures left to it.
    higher_at: the value that just reaches the next step (where less is better, the most that does);
    higher_score and higher_band: the whole, were this measure alone a step better. lower_at: the value
    below which (where less is better, above which) it is a step worse, with lower_score and lower_band.
    There is none beyond the best and the worst step, nor at a share that nobody can have; and no
    weight and no whole for a trust without a rating.
    """
    columns = ["framework", "domain", "measure", *TRUST, *FIGURES]
    if scoring.scored is None:
        return pd.DataFrame(columns=columns)
    scored, plan = scoring.scored, scoring.plan
    told = _figures(scored, plan.steps, scoring.scores_all_domains)
    names = [scored.evidence.trusts, pd.Index(scored.scheme.codes)]
    index: pd.MultiIndex = pd.MultiIndex.from_product(names, names=["organisation", "measure"])
    table = pd.DataFrame({name: cells.ravel() for name, cells in told.items()}, index).reset_index()
    table["reason"] = in_words(
        len(table),
        (table["value"].isna().to_numpy(), NO_FIGURE),
        (table["target"].isna().to_numpy(), NO_TARGET),
    )
    domains = {measure.code: measure.domain for measure in plan.measures}
    period = scoring.figures[["period_start", "period_end"]].iloc[0]
    return table.assign(framework=plan.slug, domain=table["measure"].map(domains), **period)[columns]


def _figures(scored: Scored, steps: tuple[float, ...], is_whole: bool) -> dict[str, Floats]:
    """By column, trusts x measures. is_whole: whether there are ratings of the whole."""
    scheme, scores = scored.scheme, scored.scores
    value, target = (scored.wide(scored.figures[name]) for name in ("value", "target"))
    is_rated = ~np.isnan(combine(scheme, scores).total)[:, np.newaxis] & is_whole
    told = {"score": scores, "value": value, "target": target}
    told["weight"] = np.where(is_rated, _weights(scheme, scores), np.nan)
    for side, change, at in zip(("higher", "lower"), (1, -1), _steps(scored, steps, target), strict=True):
        total, band = _wholes(scheme, scores, change)
        is_there = is_rated & ~np.isnan(at)
        told |= {
            f"{side}_at": at,
            f"{side}_score": np.where(is_there, total, np.nan),
            f"{side}_band": np.where(is_there, band, np.nan),
        }
    return told


def _weights(scheme: Scheme, scores: Floats) -> Floats:
    """Each measure's part of the whole. What is missing leaves its own to the others of its domain."""
    given = ~np.isnan(scores)
    there = weighted(given.astype(float), scheme.weights_within) @ scheme.is_in.T
    return np.divide(scheme.measure_weights, there, out=np.full(scores.shape, np.nan), where=given)


def _steps(scored: Scored, steps: tuple[float, ...], target: Floats) -> tuple[Floats, Floats]:
    """The values at which the next step begins, and at which the own one does. Scores begin at 1."""
    scores = scored.scores
    lower_is_better = np.array([m.polarity == Polarity.LOWER for m in scored.scheme.measures])
    edges = np.array([np.nan, *steps, np.nan])
    place = np.nan_to_num(scores - 1).astype(int)
    own, following = (np.where(np.isnan(scores), np.nan, edges[place + ahead]) for ahead in (0, 1))
    up, down = (np.where(lower_is_better, 2 - edge, edge) * target for edge in (following, own))
    is_part = scored.wide(scored.figures["unit"].isin(PARTS_OF_A_WHOLE)) == 1
    room = HAIR * target
    return (
        np.where(is_part & ((up < -room) | (up > 100 + room)), np.nan, up),
        # A share above 100 would have to be worse.
        np.where(is_part & lower_is_better & (down > 100 - room), np.nan, down),
    )


def _wholes(scheme: Scheme, scores: Floats, change: int) -> tuple[Floats, Floats]:
    """Each trust's score and band number, were one measure after the other, alone, better by so much."""
    whole = combine(scheme, scores[:, np.newaxis] + change * np.eye(len(scheme.measures)))
    return whole.total, _numbers(scheme, whole.band)


def _numbers(scheme: Scheme, places: Places) -> Floats:
    return np.where(places == NOT_RATED, np.nan, np.array(scheme.bands, dtype=float)[places])
