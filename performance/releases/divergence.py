"""Process beside outcome in one release: by year, and every year for files."""

from django.db.models import QuerySet

from performance.calculation.divergence import FIGURES
from performance.models import DivergenceResult, Release
from performance.periods import Period
from performance.releases.divergence_rows import DivergenceRow
from performance.vocabulary import ProcessKind, Quadrant

# Fields that a row takes as they are.
PLAIN = [name for name in FIGURES if name not in ("fact", "quadrant")]


def years_of_divergence(release: Release, *, placed: bool = False) -> list[Period]:
    """The years in which organisations are looked at, oldest first; with `placed`, those alone in
    which somebody has both sides."""
    results = release.divergence_results.filter(kind=ProcessKind.ALL)
    if placed:
        results = results.exclude(quadrant=Quadrant.NOT_COMPARED)
    years = results.values_list("period_start", "period_end").distinct()
    return sorted(Period(*year) for year in years.order_by())


def divergence_in(release: Release, year: Period, kind: ProcessKind = ProcessKind.ALL) -> list[DivergenceRow]:
    """Every organisation in that year, by name."""
    results = release.divergence_results.filter(kind=kind, period_start=year.start, period_end=year.end)
    return _rows(results)


def divergence_of(release: Release, slug: str) -> list[DivergenceRow]:
    """One organisation, latest year first."""
    rows = _rows(release.divergence_results.filter(organisation__slug=slug, kind=ProcessKind.ALL))
    return sorted(rows, key=lambda row: row.period, reverse=True)


def _rows(results: QuerySet[DivergenceResult]) -> list[DivergenceRow]:
    ordered = results.select_related("organisation__region", "framework").order_by(
        "organisation__name", "period_start", "framework__slug", "kind"
    )
    return [
        DivergenceRow(
            organisation=result.organisation.slug,
            organisation_name=result.organisation.name,
            region=result.organisation.region.slug if result.organisation.region else "",
            region_name=result.organisation.region.name if result.organisation.region else "",
            framework=result.framework.short_title,
            kind=ProcessKind(result.kind),
            period=Period(result.period_start, result.period_end),
            fact=Quadrant(result.fact),
            quadrant=Quadrant(result.quadrant),
            **{name: getattr(result, name) for name in PLAIN},
        )
        for result in ordered
    ]
