"""Organisations, with how much a release knows of each."""

from performance.models import Release
from performance.releases.results import shown_by
from trusts.history import what_each_consists_of
from trusts.models import Organisation


def organisations_with_counts(release: Release) -> list[Organisation]:
    """All of them by name, each with how many `figures` of it pages of the release show, in two
    queries."""
    figures = shown_by(release, "organisation")
    organisations = list(Organisation.objects.select_related("region").order_by("name"))
    for organisation in organisations:
        organisation.figures = figures.get(organisation.pk, 0)  # type: ignore[attr-defined]
    return organisations


def inherited_counts(organisations: list[Organisation]) -> dict[Organisation, int]:
    """How many figures there are of the organisations that each took over from, in one query.
    Takes what `organisations_with_counts` gives."""
    own = {organisation.pk: organisation.figures for organisation in organisations}  # type: ignore[attr-defined]
    return {
        organisation: sum(own[predecessor.pk] for predecessor in lineage.organisations)
        for organisation, lineage in what_each_consists_of(organisations).items()
    }


def organisations_of_kind(kind: str) -> list[Organisation]:
    """All of that kind by name, in one query."""
    return list(Organisation.objects.of_kind(kind).order_by("name"))
