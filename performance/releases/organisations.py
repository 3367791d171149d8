"""Organisations, with how much a release knows of each."""

from django.db.models import Count, Q

from performance.models import Release
from trusts.history import what_each_consists_of
from trusts.models import Organisation


def organisations_with_counts(release: Release) -> list[Organisation]:
    """All of them by name, each with how many figures the release has of it, in one query."""
    of_release = Count("results", filter=Q(results__release=release))
    return list(Organisation.objects.select_related("region").annotate(figures=of_release).order_by("name"))


def inherited_counts(organisations: list[Organisation]) -> dict[Organisation, int]:
    """How many figures there are of the organisations that each took over from, in one query.
    Takes what `organisations_with_counts` gives."""
    own = {organisation.pk: organisation.figures for organisation in organisations}  # type: ignore[attr-defined]
    return {
        organisation: sum(own[predecessor.pk] for predecessor in lineage.organisations)
        for organisation, lineage in what_each_consists_of(organisations).items()
    }
