"""What bands would have been, had kinds of measure counted otherwise.

Each kind gets a share of the whole, which is divided among the measures of that kind as the scheme
divides it: half for outcomes is half for the outcome measures together. What the page of a framework
does in the browser (static/js/reweight.js) is the same, and a test holds the two against each other.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from performance.statistics.columns import in_words
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.tables import as_array, as_bands
from performance.statistics.ratings.weights import reweighed

NONE_COUNTS = "the rating scores no measure of a kind that would count"
NONE_THERE = "no measure that would count has a score"


def kind_shares(scheme: Scheme, kinds: Mapping[str, str]) -> pd.Series:
    """The share of the whole, 0 to 1, that the scheme itself gives each kind of measure.

    kinds: of each measure of the scheme, by code.
    """
    return pd.Series(scheme.measure_weights).groupby([kinds[code] for code in scheme.codes]).sum()


def weights_by_kind(scheme: Scheme, kinds: Mapping[str, str], shares: pd.DataFrame) -> pd.DataFrame:
    """Sets of measures' weights (as of `weights`), in which each kind has its share.

    shares: sets x kinds, from 0; those of kinds that the scheme scores are scaled to add up to 1, and
    of the others nothing comes. Within its kind a measure keeps its part. A set without any share
    for a kind that is scored has no weights but NaN. Raises ValueError for a share below 0, or one
    that isn't a number.
    """
    if not ((shares >= 0) & (shares < np.inf)).to_numpy().all():
        raise ValueError("the share of a kind must be a number from 0")
    own = [kinds[code] for code in scheme.codes]
    within = scheme.measure_weights / kind_shares(scheme, kinds)[own].to_numpy()
    sets = shares.reindex(columns=own, fill_value=0.0).to_numpy(dtype=float) * within
    whole = sets.sum(axis=1, keepdims=True)
    scaled = np.divide(sets, whole, out=np.full(sets.shape, np.nan), where=whole > 0)
    return pd.DataFrame(scaled, shares.index, scheme.codes)


def reweighted(scheme: Scheme, scores: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Each trust's score and band under each set of weights, from measures' own scores.

    scores: trusts x measures, NaN where missing; weights: sets x measures, of `weights_by_kind`.
    Returns a row for each trust and set, by both: score, band (ordered, lowest first) and reason. What
    is missing leaves its weight as in `weights.reweighed`. Raises ValueError where a measure's column
    is missing, a trust stands twice, or a number is infinite.
    """
    scored, sets = as_array(scores, scheme.codes), as_array(weights, scheme.codes)
    total, places = reweighed(scheme, scored[:, np.newaxis], sets)
    is_empty = np.broadcast_to(np.isnan(sets).any(axis=1), total.shape)
    reasons = (is_empty.ravel(), NONE_COUNTS), (np.isnan(total).ravel(), NONE_THERE)
    return pd.DataFrame(
        {
            "score": total.ravel(),
            "band": as_bands(places.ravel(), scheme.bands),
            "reason": in_words(total.size, *reasons),
        },
        pd.MultiIndex.from_product([scores.index, weights.index]),
    )
