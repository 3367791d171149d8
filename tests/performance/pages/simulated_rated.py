"""What measures did to the ratings of a simulated release, and its bands under other weightings."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from performance.models import (
    Domain,
    FrameworkMeasure,
    IndicatorResult,
    RatingMeasureResult,
    RatingResult,
    Release,
    ReweightingResult,
)
from performance.vocabulary import Weighting
from tests.performance.pages.simulated_figures import REOFFENDING

STEPS = (0.9, 1.0, 1.05)
EDGES = (1.5, 2.5, 3.5)
PREDICTED = 9.05
# By how much the score of each trust differs under another weighting.
SHIFTS = {Weighting.OUTCOMES_ONLY: 0.5, Weighting.TIMELINESS_ONLY: -0.4, Weighting.EQUAL: 0.1}


def store_rated(release: Release, years: list[IndicatorResult]) -> None:
    """years: trusts' figures of whole years."""
    domains = {
        (entry.domain.framework_id, entry.measure_id): entry.domain
        for entry in FrameworkMeasure.objects.select_related("domain")
    }
    figures = defaultdict(list)
    for row in years:
        figures[row.organisation.pk, row.period_start].append(row)
    measures: list[RatingMeasureResult] = []
    weightings: list[ReweightingResult] = []
    for rating in RatingResult.objects.filter(release=release, domain=None):
        weightings += otherwise(rating)
        own = figures[rating.organisation_id, rating.period_start]
        scored = [(row, domains.get((rating.framework_id, row.measure.pk))) for row in own]
        told = [(row, domain) for row, domain in scored if domain]
        measures += [rating_measure(rating, row, domain, 1 / len(told)) for row, domain in told]
    RatingMeasureResult.objects.bulk_create(measures)
    ReweightingResult.objects.bulk_create(weightings)


def place_of(rating: RatingResult) -> dict[str, Any]:
    names = ("release_id", "framework_id", "organisation_id", "period_start", "period_end")
    return {name: getattr(rating, name) for name in names}


def band(score: float) -> int:
    return 1 + sum(score >= edge for edge in EDGES)


def otherwise(rating: RatingResult) -> Iterator[ReweightingResult]:
    for weighting in Weighting:
        score = min(max((rating.score or 1) + SHIFTS.get(weighting, 0), 1), 4)
        yield ReweightingResult(weighting=weighting, score=score, band=band(score), **place_of(rating))


def rating_measure(
    rating: RatingResult, row: IndicatorResult, domain: Domain, weight: float
) -> RatingMeasureResult:
    target = PREDICTED if row.measure.code == REOFFENDING else row.target
    told = {"domain": domain, "measure": row.measure, "value": row.value, **place_of(rating)}
    if target is None or row.value is None:
        return RatingMeasureResult(reason="there is no target", **told)
    less_is_good = row.measure.polarity == "lower"
    reached = 2 - row.value / target if less_is_good else row.value / target
    score = 1 + sum(reached >= step for step in STEPS)
    begins = [None, *((2 - step if less_is_good else step) * target for step in STEPS), None]
    return RatingMeasureResult(
        score=score,
        weight=weight,
        target=target,
        **moved(rating, row, "higher", begins[score], weight),
        **moved(rating, row, "lower", begins[score - 1], -weight),
        **told,
    )


def moved(
    rating: RatingResult, row: IndicatorResult, side: str, at: float | None, change: float
) -> dict[str, Any]:
    if at is None or (row.measure.unit == "share" and at > 100):
        return {}
    whole = (rating.score or 1) + change
    return {f"{side}_at": at, f"{side}_score": whole, f"{side}_band": band(whole)}
