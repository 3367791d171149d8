"""Everyone who is measured: trusts as they were rated, and all other organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.ratings_tables import raw_rated
from performance.charts.tile_map import TileMap, tile_map
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.file_tables import rows_file
from performance.pages.files import file_page
from performance.pages.release_page import release_page
from performance.pages.trusts_asked import BY_NAME, ORDERS, Asked
from performance.periods import Period
from performance.releases.movement import year_before
from performance.releases.organisations import inherited_counts, organisations_with_counts
from performance.releases.rated import rated_trusts
from performance.releases.rated_rows import BandCount, RatedTrust, bands_of, finding
from performance.releases.rating_rows import DomainScore
from performance.releases.ratings import years_of_ratings
from performance.releases.tile_rows import of_rating
from performance.releases.tiles import BAND
from performance.wording import listed
from trusts.models import Organisation, OrganisationKind
from trusts.tiles import tiles

# The order in which a reader looks for an organisation.
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
    """An organisation in the list, with how many figures there are of those before it."""

    organisation: Organisation
    inherited: int


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Listed]


@dataclass(frozen=True)
class Ratings:
    """The trusts of one year that a reader asked for, and what is said of them. `domains` are those of
    the frameworks of that year; `before` is the year before, where it has ratings."""

    year: Period
    before: Period | None
    trusts: list[RatedTrust]
    map: TileMap

    @property
    def finding(self) -> str:
        return finding(self.trusts, self.year)

    @property
    def bands(self) -> list[BandCount]:
        return bands_of(self.trusts)

    @cached_property
    def domains(self) -> list[tuple[str, str]]:
        """Title and short head of each."""
        titles = dict.fromkeys(title for trust in self.trusts for title in trust.domain_scores)
        return [(title, title.split()[-1].capitalize()) for title in titles]

    @property
    def domains_in_words(self) -> str:
        return listed([title for title, _ in self.domains])

    @property
    def rows(self) -> list[tuple[RatedTrust, list[DomainScore | None]]]:
        """Each trust with its scores in the order of the domains."""
        return [
            (trust, [trust.domain_scores.get(title) for title, _ in self.domains]) for trust in self.trusts
        ]

    @property
    def is_reconstructed(self) -> bool:
        return any(trust.rating.is_reconstructed for trust in self.trusts)


@release_page
def trusts(request: HttpRequest, release: Release) -> HttpResponse:
    organisations = organisations_with_counts(release)
    years = years_of_ratings(release)
    asked = Asked.by(request, years, organisations)
    ratings = _ratings(release, asked, years, organisations)
    context = {
        "asked": asked,
        "years": years,
        "regions": [one for one in organisations if one.kind == OrganisationKind.REGION],
        "peer_groups": [one for one in organisations if one.kind == OrganisationKind.PEER_GROUP],
        "orders": [(BY_NAME, "Name"), *((slug, order.title) for slug, order in ORDERS.items())],
        "ratings": ratings,
        "sections": _sections(asked, organisations, are_rated=ratings is not None),
    }
    return render(request, "pages/trusts.html", context)


@file_page
def ratings_file(request: HttpRequest, release: Release) -> FileTable:
    """The table of ratings that the address asks for."""
    organisations = organisations_with_counts(release)
    years = years_of_ratings(release)
    asked = Asked.by(request, years, organisations)
    ratings = _ratings(release, asked, years, organisations)
    if ratings is None:
        raise Http404("This release rates nobody.")
    rows = [raw_rated(trust) for trust in ratings.trusts]
    return rows_file(
        f"ratings-{ratings.year}", f"Trusts as they were rated, {ratings.year}", rows, asked.query
    )


def _ratings(
    release: Release, asked: Asked, years: Sequence[Period], organisations: Sequence[Organisation]
) -> Ratings | None:
    if asked.year is None:
        return None
    before = year_before(asked.year, years)
    everyone = rated_trusts(release, asked.year, before, organisations)
    figures = [of_rating(trust.rating) for trust in everyone]
    drawn = tile_map(BAND, asked.year, OrganisationKind.TRUST, figures, tiles())
    return Ratings(asked.year, before, asked.shown(everyone), drawn)


def _sections(asked: Asked, organisations: Sequence[Organisation], *, are_rated: bool) -> list[Section]:
    """All other organisations by kind; trusts too where they have no table of ratings."""
    inherited = inherited_counts(organisations)
    listed = [
        Listed(one, inherited[one])
        for one in asked.of_region(organisations)
        if one.figures or one.kind not in ONLY_WITH_FIGURES  # type: ignore[attr-defined]
    ]
    sections = [
        Section(title, [row for row in listed if row.organisation.kind == kind])
        for kind, title in SECTIONS
        if not (are_rated and kind == OrganisationKind.TRUST)
    ]
    return [section for section in sections if section.rows]
