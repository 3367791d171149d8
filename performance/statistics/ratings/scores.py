"""From values to scores to bands. All over arrays whose last axis is the measures (or domains):
trusts x measures, draws x measures, or draws x trusts x measures.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import Floats, in_words
from performance.statistics.ratings.scheme import RatedMeasure, Scheme, SignedScore, StepScore
from performance.statistics.ratings.tables import (
    NOT_RATED,
    Places,
    as_array,
    as_bands,
    check_trusts,
    weighted,
)
from performance.vocabulary import Polarity

# A value just on an edge reaches it, though its float may lie a hair below.
HAIR = 1e-9


@dataclass(frozen=True)
class Scores:
    """domain: scores (... x domains), NaN where too little of the domain is there; total, their
    weighted mean (...), NaN where any is; band: its place among the scheme's bands, 0 the lowest
    and NOT_RATED where there is none; weight_used: the part of all weight that was there."""

    domain: Floats
    total: Floats
    band: Places
    weight_used: Floats


def rate(scheme: Scheme, values: pd.DataFrame, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rating of each trust by a scheme.

    values: trusts x measures (a column for each measure's code, others are left alone), NaN where
    missing; targets: the same shape, trusts' own targets where they differ from the scheme's.
    Missing measures leave their weight to the others of their domain. A domain with less than the
    scheme's least_weight there has no score, and a trust without one of its domains no rating.
    Returns a column for each domain's score, score, band (ordered, lowest first), weight_used (0
    to 1) and reason. Raises ValueError where a measure's column is missing, a trust stands twice,
    a number is infinite, or a target of its own can't be scored against.
    Source: reconstructed, see `scheme`.
    """
    scores = score(scheme, as_array(values, scheme.codes), targets_of(scheme, values, targets))
    short = np.isnan(scores.domain).T
    reasons = [
        f"less than {scheme.least_weight:.0%} of the weight of {code} is there"
        for code in scheme.domain_codes
    ]
    return pd.DataFrame(scores.domain, index=values.index, columns=scheme.domain_codes).assign(
        score=scores.total,
        band=as_bands(scores.band, scheme.bands),
        weight_used=scores.weight_used,
        reason=in_words(len(values), *zip(short, reasons, strict=True)),
    )


def score(scheme: Scheme, values: Floats, targets: Floats) -> Scores:
    """Domain scores, total and band of an array of values (... x measures), against targets of
    the same shape or one for each measure. Refusals as in `rate`."""
    return combine(scheme, measure_scores(scheme, values, targets))


def combine(scheme: Scheme, scored: Floats) -> Scores:
    """Domain scores, total and band of measures' own scores (... x measures, NaN where missing),
    as `measure_scores` gives them."""
    given = ~np.isnan(scored)
    there = weighted(given.astype(float), scheme.weights_within)
    is_enough = there >= scheme.least_weight - HAIR
    domain = np.full(there.shape, np.nan)
    sums = weighted(np.where(given, scored, 0.0), scheme.weights_within)
    np.divide(sums, there, out=domain, where=is_enough)
    total, used = domain @ scheme.domain_weights, there @ scheme.domain_weights
    return Scores(domain, total, band_places(scheme, domain, total), used)


def measure_scores(scheme: Scheme, values: Floats, targets: Floats) -> Floats:
    """Each value's own score (see `StepScore` and `SignedScore`), NaN where it is missing."""
    lower_is_better = np.array([measure.polarity == Polarity.LOWER for measure in scheme.measures])
    if isinstance(scheme.scoring, SignedScore):
        side = np.where(lower_is_better, -1.0, 1.0)
        distance = side * (values - targets) / _scales(scheme.measures, targets)
        return np.clip(distance, -scheme.scoring.limit, scheme.scoring.limit)
    attainment = values / targets
    attainment[..., lower_is_better] = 2 - attainment[..., lower_is_better]
    return _steps(scheme.scoring, attainment)


def band_places(scheme: Scheme, domain: Floats, total: Floats) -> Places:
    """Which band each total (...) falls in, 0 the lowest, no higher than the scheme's caps allow
    by domain scores (... x domains). NOT_RATED where the total is NaN."""
    edges = np.array(scheme.band_edges) - HAIR
    places = np.searchsorted(edges, total, side="right").astype(np.int8)
    for cap in scheme.caps:
        is_below = domain[..., scheme.domain_codes.index(cap.domain)] < cap.below - HAIR
        most = np.int8(scheme.bands.index(cap.band))
        places = np.where(is_below, np.minimum(places, most), places)
    return np.where(np.isnan(total), np.int8(NOT_RATED), places)


def targets_of(scheme: Scheme, values: pd.DataFrame, targets: pd.DataFrame | None) -> Floats:
    """Trusts x measures: trusts' own targets, with the scheme's where they have none.

    Raises ValueError where the frames aren't indexed alike, or a target can't be scored against.
    """
    if targets is None:
        return np.broadcast_to(scheme.targets, (len(values), len(scheme.measures)))
    check_trusts(values, targets)
    own = as_array(targets.reindex(columns=scheme.codes), scheme.codes)
    own = np.where(np.isnan(own), scheme.targets, own)
    if isinstance(scheme.scoring, StepScore) and (own <= 0).any():
        raise ValueError("attainment needs targets above 0")
    if isinstance(scheme.scoring, SignedScore) and (_scales(scheme.measures, own) == 0).any():
        raise ValueError("a measure with a target of 0 needs a scale")
    return own


def _scales(measures: tuple[RatedMeasure, ...], targets: Floats) -> Floats:
    stated = np.array([np.nan if m.scale is None else m.scale for m in measures])
    return np.where(np.isnan(stated), np.abs(targets), stated)


def _steps(scoring: StepScore, attainment: Floats) -> Floats:
    reached = np.zeros(attainment.shape, dtype=np.int8)
    for edge in scoring.edges:
        reached += attainment >= edge - HAIR
    return np.where(np.isnan(attainment), np.nan, reached + float(scoring.lowest))
