"""What would happen to bands if the weights moved.

Sets of weights are frames of sets x measures, which add up to 1 over all measures of a scheme.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import Floats
from performance.statistics.ratings.certainty import DRAWS
from performance.statistics.ratings.evidence import (
    Evidence,
    evidence_targets,
    posterior_draws,
    rate_evidence,
)
from performance.statistics.ratings.orders import kendall_tau
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.scores import (
    band_places,
    measure_scores,
    rate,
    targets_of,
)
from performance.statistics.ratings.tables import NOT_RATED, Places, as_array, as_bands, weighted

# Mild and strong doubt about weights, as concentrations of a Dirichlet distribution.
MILD, STRONG = 50.0, 5.0
# A trust that keeps its published band under a smaller part of the sets of weights isn't stable.
STABLE = 0.8


@dataclass(frozen=True)
class WeightSensitivity:
    """table: band (published), lowest_band and highest_band over the sets of weights, same_band
    (the part of sets, 0 to 1, in which the trust keeps its published band), is_stable (whether
    that is 0.8 or more) and reason, a row for each trust; unstable: how many trusts aren't, None
    where none has a rating; kendall_tau: the median over sets of tau-b with the published order
    of scores (-1 to 1), None where `reason` says why.
    """

    table: pd.DataFrame
    unstable: int | None
    kendall_tau: float | None
    reason: str


def dirichlet_weights(scheme: Scheme, concentration: float, *, seed: int, draws: int = DRAWS) -> pd.DataFrame:
    """Weights scattered round the scheme's own: Dirichlet with the scheme's weights times
    `concentration` (see MILD and STRONG). Raises ValueError where that isn't above 0."""
    if not 0 < concentration < np.inf:
        raise ValueError("the concentration must be above 0")
    return _dirichlet(scheme, concentration * scheme.measure_weights, seed, draws)


def uniform_weights(scheme: Scheme, *, seed: int, draws: int = DRAWS) -> pd.DataFrame:
    """Any weights at all, none likelier than others: Dirichlet with 1 for each measure."""
    return _dirichlet(scheme, np.ones(len(scheme.measures)), seed, draws)


def leave_one_out_weights(scheme: Scheme) -> pd.DataFrame:
    """One set for each measure (the index), in which it has no weight and the others of its
    domain share it; a domain's only measure leaves its weight to the other domains.

    Raises ValueError for a scheme of one measure.
    """
    if len(scheme.measures) == 1:
        raise ValueError("to leave one measure out there must be another")
    sets = np.tile(scheme.measure_weights, (len(scheme.measures), 1))
    np.fill_diagonal(sets, 0.0)
    in_domain = sets @ scheme.is_in
    times = np.divide(scheme.domain_weights, in_domain, out=np.zeros_like(in_domain), where=in_domain > 0)
    sets *= times @ scheme.is_in.T
    return pd.DataFrame(sets / sets.sum(axis=1, keepdims=True), scheme.codes, scheme.codes)


def reweighed(scheme: Scheme, scores: Floats, sets: Floats) -> tuple[Floats, Places]:
    """Totals and places of bands (0 the lowest) of measures' own scores under sets of weights.

    scores (... x measures, NaN where missing) and sets (... x measures, from 0) go together as numpy
    has it: one trust with many sets, or trusts x 1 x measures with sets x measures. A domain has the
    sum of its measures' weights. Measures that are missing leave theirs to the others of the domain,
    and a domain none of whose weight is there, to the other domains. NaN and NOT_RATED where no
    weight is there at all.
    """
    given = ~np.isnan(scores)
    there = weighted(sets * given, scheme.is_in)
    sums = weighted(sets * np.where(given, scores, 0.0), scheme.is_in)
    domain = np.full(there.shape, np.nan)
    np.divide(sums, there, out=domain, where=there > 0)
    in_play = np.where(there > 0, weighted(sets, scheme.is_in), 0.0)
    whole = in_play.sum(axis=-1)
    total = np.full(whole.shape, np.nan)
    np.divide((np.where(there > 0, domain, 0.0) * in_play).sum(axis=-1), whole, out=total, where=whole > 0)
    return total, band_places(scheme, domain, total)


def weight_sensitivity(
    scheme: Scheme, values: pd.DataFrame, weights: pd.DataFrame, targets: pd.DataFrame | None = None
) -> WeightSensitivity:
    """Bands under other sets of weights (a row each), on values as published.

    values and targets as in `scores.rate`; sets as in `reweighed`. Trusts without a published
    rating keep its reason. The order is refused below 2 rated trusts, or where all are tied.
    Raises ValueError where weights aren't from 0 or don't add up to 1 in each set.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 7.
    """
    own_targets = targets_of(scheme, values, targets)
    scored = measure_scores(scheme, as_array(values, scheme.codes), own_targets)
    return _sensitivity(scheme, rate(scheme, values, targets), scored, weights)


def weight_and_sampling_sensitivity(
    scheme: Scheme,
    evidence: Evidence,
    weights: pd.DataFrame,
    *,
    seed: int,
    targets: pd.DataFrame | None = None,
) -> WeightSensitivity:
    """Bands under other weights and other true values at once: with each set of weights goes one
    draw of what trusts' values may truly be, as in `certainty.band_certainty`.

    Trusts are in sorted order; else as `weight_sensitivity`. Raises ValueError also where a
    counted measure's target isn't a share.
    """
    wanted = evidence_targets(scheme, evidence, targets)
    drawn = posterior_draws(evidence, len(weights), np.random.default_rng(seed))
    scored = (measure_scores(scheme, draw, target) for draw, target in zip(drawn, wanted, strict=True))
    return _sensitivity(scheme, rate_evidence(scheme, evidence, wanted), scored, weights)


def _dirichlet(scheme: Scheme, alpha: Floats, seed: int, draws: int) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(seed).dirichlet(alpha, draws), columns=scheme.codes)


def _sensitivity(
    scheme: Scheme, rated: pd.DataFrame, scored: Iterable[Floats], weights: pd.DataFrame
) -> WeightSensitivity:
    """scored: for each trust, its measures' scores, or sets x measures of them."""
    sets = as_array(weights, scheme.codes)
    if not len(sets) or not (sets >= 0).all() or not np.allclose(sets.sum(axis=1), 1):
        raise ValueError("weights must be from 0 and add up to 1 in each set")
    places = np.full((len(rated), len(sets)), NOT_RATED, dtype=np.int8)
    totals = np.full((len(rated), len(sets)), np.nan)
    published = rated["band"].cat.codes.to_numpy()
    for row, scores in enumerate(scored):
        if published[row] != NOT_RATED:
            totals[row], places[row] = reweighed(scheme, scores, sets)
    table = _sensitivity_table(scheme, rated, places)
    is_rated = published != NOT_RATED
    tau, reason = kendall_tau(rated["score"].to_numpy()[is_rated], totals[is_rated])
    unstable = int((is_rated & ~table["is_stable"]).sum()) if is_rated.any() else None
    return WeightSensitivity(table, unstable, tau, reason)


def _sensitivity_table(scheme: Scheme, rated: pd.DataFrame, places: Places) -> pd.DataFrame:
    band = rated["band"]
    is_rated = band.notna().to_numpy()
    same = np.where(is_rated, (places == band.cat.codes.to_numpy()[:, None]).mean(axis=1), np.nan)
    highest = places.max(axis=1)
    # A set that leaves a trust without a rating has no say in how low it may fall.
    lowest = np.where(places == NOT_RATED, highest[:, None], places).min(axis=1)
    return pd.DataFrame(
        {
            "band": band,
            "lowest_band": as_bands(lowest, scheme.bands),
            "highest_band": as_bands(highest, scheme.bands),
            "same_band": same,
            "is_stable": same >= STABLE,
            "reason": rated["reason"],
        },
        rated.index,
    )
