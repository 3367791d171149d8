"""How figures went over time in one release: control charts and the change on the year."""

from django.db.models import QuerySet

from performance.models import ChangeResult, Release
from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.vocabulary import Assurance, ControlChart, Polarity, Variation


def changes_of(release: Release, slug: str) -> list[ChangeRow]:
    """One organisation's, by measure."""
    return _rows(release.change_results.filter(organisation__slug=slug))


def change_of(release: Release, measure: str, slug: str) -> ChangeRow | None:
    """One organisation's on one measure, or None where it has no month, quarter or year of it."""
    found = release.change_results.filter(measure__code=measure, organisation__slug=slug)
    return next(iter(_rows(found)), None)


def _rows(results: QuerySet[ChangeResult]) -> list[ChangeRow]:
    ordered = results.select_related("measure", "organisation").order_by("measure__title")
    return [
        ChangeRow(
            organisation=result.organisation.slug,
            organisation_name=result.organisation.name,
            measure=result.measure.code,
            measure_title=result.measure.title,
            measure_short_title=result.measure.short_title,
            unit=result.measure.unit,
            decimals=result.measure.decimals,
            polarity=Polarity(result.measure.polarity),
            period=Period(result.period_start, result.period_end),
            chart=ControlChart(result.chart),
            points=result.points,
            variation=Variation(result.variation),
            assurance=Assurance(result.assurance),
            reason=result.reason,
            change=result.change,
            lower=result.change_lower,
            upper=result.change_upper,
            change_reason=result.change_reason,
        )
        for result in ordered
    ]
