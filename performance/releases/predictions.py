"""Reoffending against prediction in one release."""

from django.db.models import QuerySet

from performance.models import PredictionResult, Release
from performance.periods import Period
from performance.releases.rating_rows import PredictionRow

# Fields that a row takes as they are.
PLAIN = (
    "observed",
    "cases",
    "expected",
    "actual_rate",
    "predicted_rate",
    "difference",
    "lower",
    "upper",
    "p",
    "adjusted_p",
    "verdict",
    "verdict_changes",
    "spread_verdict",
    "national_difference",
    "national_verdict",
    "reason",
    "flag_reason",
)


def predictions_of(release: Release, slug: str) -> list[PredictionRow]:
    """One organisation's of every year and quarter, latest first."""
    rows = _rows(release.prediction_results.filter(organisation__slug=slug))
    return sorted(rows, key=lambda row: row.period, reverse=True)


def predictions_in(release: Release, year: Period, kind: str) -> list[PredictionRow]:
    """Those of every organisation of a kind in that year, by name."""
    of_year = release.prediction_results.filter(period_start=year.start, period_end=year.end)
    return _rows(of_year.filter(organisation__kind=kind))


def _rows(results: QuerySet[PredictionResult]) -> list[PredictionRow]:
    ordered = results.select_related("organisation", "measure").order_by(
        "organisation__name", "measure__title", "period_start"
    )
    return [
        PredictionRow(
            organisation=result.organisation.slug,
            organisation_name=result.organisation.name,
            measure=result.measure.code,
            measure_title=result.measure.title,
            period=Period(result.period_start, result.period_end),
            **{name: getattr(result, name) for name in PLAIN},
        )
        for result in ordered
    ]
