"""Frameworks and measures as pages show them: what is rewarded, and how we know it."""

from collections import defaultdict

from django.db.models import Count, Prefetch, Q, QuerySet

from performance.models import Domain, Framework, FrameworkMeasure, Measure, Release
from performance.releases.mix import FrameworkMix, KindShare
from performance.vocabulary import Kind, Standing

IN_FRAMEWORK_ORDER = ("domain__framework__starts", "domain__framework__slug", "domain__position", "position")


def framework_mixes() -> list[FrameworkMix]:
    """What each framework rewards, oldest framework first, in one query."""
    entries = FrameworkMeasure.objects.select_related("domain__framework", "measure")
    by_framework: dict[Framework, list[FrameworkMeasure]] = defaultdict(list)
    for entry in entries.order_by(*IN_FRAMEWORK_ORDER):
        by_framework[entry.domain.framework].append(entry)
    return [framework_mix(framework, own) for framework, own in by_framework.items()]


def framework_mix(framework: Framework, entries: list[FrameworkMeasure]) -> FrameworkMix:
    """A domain's weight is shared among its measures by theirs, and domains by theirs."""
    in_domain: dict[Domain, float] = defaultdict(float)
    for entry in entries:
        in_domain[entry.domain] += entry.weight
    all_domains = sum(domain.weight for domain in in_domain)
    count = dict.fromkeys(Kind, 0)
    weight = dict.fromkeys(Kind, 0.0)
    for entry in entries:
        kind = Kind(entry.measure.kind)
        count[kind] += 1
        of_domain = entry.weight / in_domain[entry.domain]
        weight[kind] += 100 * of_domain * entry.domain.weight / all_domains
    return FrameworkMix(
        slug=framework.slug,
        title=framework.title,
        short_title=framework.short_title,
        measures=len(entries),
        documented_measures=sum(entry.standing == Standing.DOCUMENTED for entry in entries),
        shares={kind: KindShare(kind, count[kind], weight[kind]) for kind in Kind},
    )


def framework_in_full(slug: str) -> Framework | None:
    """With its domains and their measures in order, in three queries."""
    entries = FrameworkMeasure.objects.select_related("measure", "domain").order_by("position")
    domains = Domain.objects.order_by("position").prefetch_related(
        Prefetch("framework_measures", queryset=entries)
    )
    return Framework.objects.filter(slug=slug).prefetch_related(Prefetch("domains", queryset=domains)).first()


def entries_of(framework: Framework) -> list[FrameworkMeasure]:
    """The measures of a framework that `framework_in_full` has read, domain by domain."""
    return [entry for domain in framework.domains.all() for entry in domain.framework_measures.all()]


def measures_with_counts(release: Release) -> list[Measure]:
    """All measures by kind and title, each with how many figures the release has of it, in two
    queries."""
    of_release = Count("results", filter=Q(results__release=release))
    measures = Measure.objects.annotate(figures=of_release).prefetch_related(
        Prefetch("framework_measures", queryset=_in_frameworks())
    )
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
