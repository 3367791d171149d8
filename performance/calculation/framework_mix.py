"""What each framework rewards: how many measures of each kind, and what part of the weight."""

from collections import defaultdict
from typing import Any

from performance.models import Domain, Framework, FrameworkMeasure
from performance.vocabulary import Kind, Standing

IN_FRAMEWORK_ORDER = ("domain__framework__starts", "domain__framework__slug", "domain__position", "position")
# Decimals of a per cent of weight, enough that thirds and sevenths add up to 100 when shown.
DECIMALS = 6


def framework_mixes() -> list[dict[str, Any]]:
    """Every framework, oldest first, as plain values that a release can keep."""
    entries = FrameworkMeasure.objects.select_related("domain__framework", "measure")
    by_framework: dict[Framework, list[FrameworkMeasure]] = defaultdict(list)
    for entry in entries.order_by(*IN_FRAMEWORK_ORDER):
        by_framework[entry.domain.framework].append(entry)
    return [framework_mix(framework, own) for framework, own in by_framework.items()]


def framework_mix(framework: Framework, entries: list[FrameworkMeasure]) -> dict[str, Any]:
    """A domain's weight is shared among its measures by theirs, and domains by theirs."""
    in_domain: dict[Domain, float] = defaultdict(float)
    for entry in entries:
        in_domain[entry.domain] += entry.weight
    all_domains = sum(domain.weight for domain in in_domain)
    measures = dict.fromkeys(Kind.values(), 0)
    weight = dict.fromkeys(Kind.values(), 0.0)
    for entry in entries:
        kind = entry.measure.kind
        measures[kind] += 1
        of_domain = entry.weight / in_domain[entry.domain]
        weight[kind] += 100 * of_domain * entry.domain.weight / all_domains
    return {
        "slug": framework.slug,
        "title": framework.title,
        "short_title": framework.short_title,
        "coverage": framework.coverage,
        "documented_measures": sum(entry.standing == Standing.DOCUMENTED for entry in entries),
        "measures": measures,
        "weight": {kind: round(share, DECIMALS) for kind, share in weight.items()},
    }
