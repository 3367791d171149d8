"""Everyone who is measured."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from performance.models import Release
from performance.pages.release_page import release_page
from performance.releases.divergence import divergence_in
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.organisations import inherited_counts, organisations_with_counts
from performance.releases.rating_rows import RatingRow
from performance.releases.ratings import latest_ratings
from trusts.models import Organisation, OrganisationKind
from trusts.tables import KINDS_WITH_A_REGION

# The order in which a reader looks for an organisation: trusts first, as they were rated.
SECTIONS = (
    (OrganisationKind.TRUST, "Probation trusts"),
    (OrganisationKind.PEER_GROUP, "Trusts by size"),
    (OrganisationKind.AREA, "Probation areas"),
    (OrganisationKind.CRC, "Community rehabilitation companies"),
    (OrganisationKind.NPS_DIVISION, "NPS divisions"),
    (OrganisationKind.PROBATION_REGION, "Probation regions"),
    (OrganisationKind.REGION, "NOMS regions"),
    (OrganisationKind.NATION, "England and Wales"),
    (OrganisationKind.PROVIDER, "National providers"),
)
# Of our own making: there to be read where there are figures to compare with, and only there.
ONLY_WITH_FIGURES = (OrganisationKind.PEER_GROUP,)


@dataclass(frozen=True)
class Listed:
    """An organisation in the list, with how much is known of it and, where it was rated, how."""

    organisation: Organisation
    inherited: int
    rating: RatingRow | None = None
    divergence: DivergenceRow | None = None


@dataclass(frozen=True)
class Section:
    title: str
    has_regions: bool
    rows: list[Listed]

    @property
    def rated(self) -> RatingRow | None:
        """A rating in it, for the year that they all are of."""
        return next((row.rating for row in self.rows if row.rating), None)


@release_page
def trusts(request: HttpRequest, release: Release) -> HttpResponse:
    region = request.GET.get("region", "")
    organisations = organisations_with_counts(release)
    regions = [o for o in organisations if o.kind == OrganisationKind.REGION]
    if region not in {o.slug for o in regions}:
        region = ""
    shown = [o for o in organisations if not region or (o.region and o.region.slug == region)]
    listed = _listed(release, shown, inherited_counts(organisations))
    sections = [
        Section(title, kind in KINDS_WITH_A_REGION, [row for row in listed if row.organisation.kind == kind])
        for kind, title in SECTIONS
    ]
    context = {
        "sections": [section for section in sections if section.rows],
        "regions": regions,
        "region": region,
    }
    return render(request, "pages/trusts.html", context)


def _listed(
    release: Release, organisations: list[Organisation], inherited: dict[Organisation, int]
) -> list[Listed]:
    ratings = latest_ratings(release)
    rating = {row.organisation: row for row in ratings}
    placed = {row.organisation: row for row in divergence_in(release, ratings[0].period)} if ratings else {}
    return [
        Listed(o, inherited[o], rating.get(o.slug), placed.get(o.slug))
        for o in organisations
        if o.figures or o.kind not in ONLY_WITH_FIGURES  # type: ignore[attr-defined]
    ]
