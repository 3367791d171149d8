"""How each trust would have been rated, had kinds of measure counted otherwise."""

import pandas as pd

from performance.calculation.process import TRUST
from performance.calculation.ratings import WHOLE
from performance.calculation.scoring import Scored, Scoring
from performance.statistics.ratings.kinds import reweighted, weights_by_kind
from performance.vocabulary import Kind, Weighting

COLUMNS = ["framework", "weighting", *TRUST, "score", "band", "reason"]
# The share of each kind, of those that are scored.
SHARES = pd.DataFrame(
    {
        Weighting.OUTCOMES_ONLY: {Kind.OUTCOME: 1.0},
        Weighting.TIMELINESS_ONLY: {Kind.TIMELINESS: 1.0},
        Weighting.EQUAL: dict.fromkeys(Kind, 1.0),
    },
    index=list(Kind),
).T.fillna(0.0)


def reweightings(scoring: Scoring, ratings: pd.DataFrame) -> pd.DataFrame:
    """The table `reweightings`: a row for each trust of `ratings` and each `Weighting`.

    ratings: the framework's of that year. As it was is the rating itself. The others are of the same
    measures' scores; a trust without a rating has none here either, for the same reason.
    """
    whole = ratings.loc[ratings["domain"] == WHOLE, [*TRUST, "framework", "score", "band", "reason"]]
    tables = [whole.assign(weighting=weighting.value) for weighting in Weighting]
    table = pd.concat(tables, ignore_index=True)
    if scoring.scored is None:
        return table[COLUMNS]
    otherwise = _otherwise(scoring, scoring.scored)
    key = pd.MultiIndex.from_frame(table[["organisation", "weighting"]])
    is_other = (table["band"].notna() & (table["weighting"] != Weighting.AS_IT_WAS)).to_numpy()
    columns = ["score", "band", "reason"]
    table.loc[is_other, columns] = otherwise.loc[key[is_other], columns].to_numpy()
    return table[COLUMNS]


def _otherwise(scoring: Scoring, scored: Scored) -> pd.DataFrame:
    """By trust and weighting: score, band number and reason."""
    scheme = scored.scheme
    kinds = {measure.code: measure.kind for measure in scoring.plan.measures}
    scores = pd.DataFrame(scored.scores, scored.evidence.trusts, scheme.codes)
    table = reweighted(scheme, scores, weights_by_kind(scheme, kinds, SHARES))
    return table.assign(
        band=pd.to_numeric(table["band"].astype(object)), reason=table["reason"].astype(object)
    )
