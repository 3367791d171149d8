"""How sure a rating is: the probability of each band, given the chance in what was counted.

Counts of a quarter are a census, so a band is a fact about that quarter. The probabilities answer
another question: whether the level behind the counts would earn that band too. They are for
reading a band, and take nothing away from it. One trap: a step or edge that only 100% reaches
is out of reach of every true share, however many cases all were in time, so against a target of
100% a band at or above it can't be sure.

A true value is drawn for each measure (beta posteriors of counts, normal ones of values), and the
scheme is applied to each set of draws as to what was observed. For step scores the draws could be
of steps, which is faster; drawing values is as exact, holds for every scheme alike, and puts the
same code to work as the rating itself.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import Floats
from performance.statistics.ratings.evidence import (
    Evidence,
    evidence_targets,
    posterior_draws,
    rate_evidence,
)
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.scores import score
from performance.statistics.ratings.tables import NOT_RATED, Places, as_bands

# A band less likely than this isn't named as one that a trust could as well be in.
COULD_BE = 0.1
DRAWS = 10_000
NONE_RATED = "no trust has a rating"


@dataclass(frozen=True)
class Certainty:
    """table: band (as rated on what was observed), probability (of that band, 0 to 1), other_band
    (the likeliest of the others), other_probability, could_swap (whether that is above 0.1) and
    reason, a row for each trust; probabilities: trusts x bands, NaN where a trust has no rating;
    expected_misbanded: the number of trusts expected to be in a band that isn't theirs, None
    where `reason` says why; swaps: for each pair of adjacent bands (lower, upper), how many
    trusts rated in one could as well be in the other (lower_could_be_upper, upper_could_be_lower).
    """

    table: pd.DataFrame
    probabilities: pd.DataFrame
    expected_misbanded: float | None
    swaps: pd.DataFrame
    reason: str


def band_certainty(
    scheme: Scheme,
    evidence: Evidence,
    *,
    seed: int,
    draws: int = DRAWS,
    targets: pd.DataFrame | None = None,
) -> Certainty:
    """How likely each trust's true level is to earn each band; see `Certainty`.

    targets: trusts x measures, trusts' own where they differ from the scheme's. Trusts are in
    sorted order; one without a rating has the reason of `scores.rate`. Refused where none has one.
    Raises ValueError where a counted measure's target isn't a share.
    Source: the simulation of Goldstein and Spiegelhalter (1996), JRSS A 159:385-443, on bands.
    """
    wanted = evidence_targets(scheme, evidence, targets)
    rated = rate_evidence(scheme, evidence, wanted)
    places: Places = rated["band"].cat.codes.to_numpy()
    parts = np.full((len(places), len(scheme.bands)), np.nan)
    drawn = posterior_draws(evidence, draws, np.random.default_rng(seed))
    for row, (place, values, target) in enumerate(zip(places, drawn, wanted, strict=True)):
        if place != NOT_RATED:
            bands = score(scheme, values, target).band
            parts[row] = np.bincount(bands, minlength=len(scheme.bands)) / draws
    probabilities = pd.DataFrame(parts, evidence.trusts, pd.Index(scheme.bands))
    is_rated = places != NOT_RATED
    own = parts[is_rated, places[is_rated]]
    return Certainty(
        _certainty_table(scheme, rated, places, parts),
        probabilities,
        float(np.sum(1 - own)) if len(own) else None,
        _swaps(scheme, places, parts),
        "" if len(own) else NONE_RATED,
    )


def score_draws(
    scheme: Scheme,
    evidence: Evidence,
    *,
    seed: int,
    draws: int = DRAWS,
    targets: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What each trust's score may truly be: trusts (sorted) x draws, NaN for one without a
    rating. For `ranks.ranks_of_draws`. Draws and errors as in `band_certainty`."""
    wanted = evidence_targets(scheme, evidence, targets)
    drawn = posterior_draws(evidence, draws, np.random.default_rng(seed))
    totals = [score(scheme, values, target).total for values, target in zip(drawn, wanted, strict=True)]
    return pd.DataFrame(np.reshape(totals, (len(totals), draws)), index=evidence.trusts)


def _certainty_table(scheme: Scheme, rated: pd.DataFrame, places: Places, parts: Floats) -> pd.DataFrame:
    rows, is_rated = np.arange(len(places)), places != NOT_RATED
    others = np.where(is_rated[:, None], parts, 0.0)
    others[rows, places] = -1.0
    likeliest = np.where(is_rated, others.argmax(axis=1), NOT_RATED)
    probability, other = np.where(is_rated, [parts[rows, places], parts[rows, likeliest]], np.nan)
    return pd.DataFrame(
        {
            "band": rated["band"],
            "probability": probability,
            "other_band": as_bands(likeliest, scheme.bands),
            "other_probability": other,
            "could_swap": other > COULD_BE,
            "reason": rated["reason"],
        },
        rated.index,
    )


def _swaps(scheme: Scheme, places: Places, parts: Floats) -> pd.DataFrame:
    could_be = parts > COULD_BE
    lower = np.arange(len(scheme.bands) - 1)
    return pd.DataFrame(
        {
            "lower": scheme.bands[:-1],
            "upper": scheme.bands[1:],
            "lower_could_be_upper": [int(could_be[places == low, low + 1].sum()) for low in lower],
            "upper_could_be_lower": [int(could_be[places == low + 1, low].sum()) for low in lower],
        }
    )
