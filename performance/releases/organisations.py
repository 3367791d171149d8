"""Organisations, with how much a release knows of each."""

from django.db.models import Count, Q

from performance.models import Release
from trusts.models import Organisation


def organisations_with_counts(release: Release) -> list[Organisation]:
    """All of them by name, each with how many figures the release has of it, in one query."""
    of_release = Count("results", filter=Q(results__release=release))
    return list(Organisation.objects.select_related("region").annotate(figures=of_release))
