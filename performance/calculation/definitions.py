"""The frameworks, measures and places by which figures are read, as plain values."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from performance.calculation.digest import document_digest
from performance.calculation.framework_mix import IN_FRAMEWORK_ORDER
from performance.calculation.places import Places
from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.models import Framework, FrameworkMeasure, Measure
from performance.vocabulary import Kind, Polarity, Unit
from trusts.history import what_each_consists_of
from trusts.models import Organisation, OrganisationKind


@dataclass(frozen=True)
class Definitions:
    """plans: every framework, oldest first; measures: code, kind, polarity, unit; places."""

    plans: tuple[FrameworkPlan, ...]
    measures: pd.DataFrame
    places: Places

    @cached_property
    def digest(self) -> str:
        """The same wherever the same definitions are loaded."""
        return document_digest(
            {
                "frameworks": [_plain(plan) for plan in self.plans],
                "measures": self.measures.to_dict("list"),
                "organisations": self.places.organisations.to_dict("list"),
                "today": self.places.today.to_dict("list"),
            }
        )

    def plan(self, slug: str) -> FrameworkPlan:
        return next(plan for plan in self.plans if plan.slug == slug)


def current_definitions() -> Definitions:
    """As they are in the database now, in five queries."""
    measures = Measure.objects.order_by("code").values("code", "kind", "polarity", "unit")
    return Definitions(_plans(), pd.DataFrame.from_records(list(measures)), _places())


def _plans() -> tuple[FrameworkPlan, ...]:
    entries = FrameworkMeasure.objects.select_related("domain__framework", "measure")
    by_framework: dict[Framework, list[FrameworkMeasure]] = defaultdict(list)
    for entry in entries.order_by(*IN_FRAMEWORK_ORDER):
        by_framework[entry.domain.framework].append(entry)
    return tuple(_plan(framework, own) for framework, own in by_framework.items())


def _plan(framework: Framework, entries: list[FrameworkMeasure]) -> FrameworkPlan:
    domains = dict.fromkeys(entry.domain for entry in entries)
    scoring = framework.rating.get("scoring") or {}
    bands = {int(number): word for number, word in framework.rating.get("bands", {}).items()}
    return FrameworkPlan(
        slug=framework.slug,
        title=framework.short_title,
        starts=framework.starts,
        ends=framework.ends,
        domains=tuple(PlannedDomain(domain.code, domain.title, domain.weight) for domain in domains),
        measures=tuple(_planned(entry) for entry in entries),
        bands=tuple(sorted(bands.items())),
        steps=tuple(scoring.get("steps", ())),
        band_edges=tuple(scoring.get("band_edges", ())),
    )


def _planned(entry: FrameworkMeasure) -> PlannedMeasure:
    measure = entry.measure
    return PlannedMeasure(
        measure.code,
        entry.domain.code,
        entry.weight,
        Kind(measure.kind),
        Polarity(measure.polarity),
        Unit(measure.unit),
        entry.target,
    )


def _places() -> Places:
    """A part of a territory says nothing of where its people are today, so only what passed wholly
    to one of today's regions is placed there."""
    organisations = list(Organisation.objects.select_related("region").order_by("slug"))
    rows = [(o.slug, o.name, o.kind, o.region.slug if o.region else "") for o in organisations]
    regions = [o for o in organisations if o.kind == OrganisationKind.PROBATION_REGION]
    today = [
        (predecessor.slug, predecessor.kind, region.slug)
        for region, lineage in what_each_consists_of(regions).items()
        for predecessor in lineage.organisations
    ]
    nation = next((o.slug for o in organisations if o.kind == OrganisationKind.NATION), "")
    return Places(
        pd.DataFrame(rows, columns=["slug", "name", "kind", "region"]),
        pd.DataFrame(sorted(today), columns=["organisation", "kind", "today"]),
        nation,
    )


def _plain(plan: FrameworkPlan) -> dict[str, Any]:
    return asdict(plan) | {"starts": plan.starts.isoformat(), "ends": plan.ends.isoformat()}
