"""Frameworks and measures as pages show them: what is rewarded, and how we know it."""

from django.db.models import Prefetch, QuerySet

from performance.models import Domain, Framework, FrameworkMeasure, Measure, Release
from performance.releases.mix import FrameworkMix
from performance.releases.results import shown_by
from performance.vocabulary import Kind


def mixes_of(release: Release) -> list[FrameworkMix]:
    """What each framework rewarded as the release has it, oldest framework first."""
    return [FrameworkMix.from_release(kept) for kept in release.framework_mixes]


def framework_in_full(slug: str) -> Framework | None:
    """With its domains and their measures in order, in three queries."""
    entries = FrameworkMeasure.objects.select_related("measure", "domain").order_by("position")
    domains = Domain.objects.order_by("position").prefetch_related(
        Prefetch("framework_measures", queryset=entries)
    )
    return Framework.objects.filter(slug=slug).prefetch_related(Prefetch("domains", queryset=domains)).first()


def measures_with_counts(release: Release) -> list[Measure]:
    """All measures by kind and title, each with how many `figures` of it pages of the release show,
    in three queries."""
    figures = shown_by(release, "measure")
    measures = list(
        Measure.objects.prefetch_related(Prefetch("framework_measures", queryset=_in_frameworks()))
    )
    for measure in measures:
        measure.figures = figures.get(measure.pk, 0)  # type: ignore[attr-defined]
    order = list(Kind)
    return sorted(measures, key=lambda measure: (order.index(Kind(measure.kind)), measure.title))


def measure_in_full(code: str) -> Measure | None:
    """With the frameworks that use it, oldest first, in two queries."""
    return (
        Measure.objects.filter(code=code)
        .prefetch_related(Prefetch("framework_measures", queryset=_in_frameworks()))
        .first()
    )


def _in_frameworks() -> QuerySet[FrameworkMeasure]:
    entries = FrameworkMeasure.objects.select_related("domain__framework")
    return entries.order_by("domain__framework__starts", "domain__framework__slug")
