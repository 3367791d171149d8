"""Everyone who is measured, and one organisation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.charts.figure import Column, Table
from performance.charts.results_table import (
    COUNTS,
    INTERVAL,
    MEASURE,
    ORGANISATION,
    PERCENT_OF_TARGET,
    PERIOD,
    TARGET,
    TARGET_STATUS,
    VALUE,
    beside,
    results_table,
)
from performance.models import Release
from performance.pages.csv_downloads import results_csv
from performance.pages.release_page import release_page
from performance.releases.organisation_sentences import organisation_sentences
from performance.releases.organisations import inherited_counts, organisations_with_counts
from performance.releases.results import results_of_organisations
from performance.releases.rows import ResultRow
from performance.releases.summary import NATION
from performance.vocabulary import Kind
from trusts.certainty import Certainty
from trusts.history import Lineage, became, consists_of
from trusts.models import Organisation, OrganisationKind
from trusts.tables import KINDS_WITH_A_REGION

AGAINST_TARGET = (TARGET, PERCENT_OF_TARGET, TARGET_STATUS)

# The order in which a reader looks for an organisation: trusts first, as they were rated.
SECTIONS = (
    (OrganisationKind.TRUST, "Probation trusts"),
    (OrganisationKind.AREA, "Probation areas"),
    (OrganisationKind.CRC, "Community rehabilitation companies"),
    (OrganisationKind.NPS_DIVISION, "NPS divisions"),
    (OrganisationKind.PROBATION_REGION, "Probation regions"),
    (OrganisationKind.REGION, "NOMS regions"),
    (OrganisationKind.NATION, "England and Wales"),
    (OrganisationKind.PROVIDER, "National providers"),
)


@release_page
def trusts(request: HttpRequest, release: Release) -> HttpResponse:
    region = request.GET.get("region", "")
    organisations = organisations_with_counts(release)
    regions = [o for o in organisations if o.kind == OrganisationKind.REGION]
    if region not in {o.slug for o in regions}:
        region = ""
    shown = [o for o in organisations if not region or (o.region and o.region.slug == region)]
    inherited = inherited_counts(organisations)
    sections = [
        (title, [(o, inherited[o]) for o in shown if o.kind == kind], kind in KINDS_WITH_A_REGION)
        for kind, title in SECTIONS
    ]
    context = {
        "sections": [section for section in sections if section[1]],
        "regions": regions,
        "region": region,
    }
    return render(request, "pages/trusts.html", context)


@release_page
def trust(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    organisation = _organisation(slug)
    before = consists_of(organisation)
    slugs = _with_predecessors(organisation, before)
    rows = results_of_organisations(release, [*slugs, NATION])
    own = [row for row in rows if row.organisation == slug]
    inherited = [row for row in rows if row.organisation in slugs[1:]]
    nation = [row for row in rows if row.organisation == NATION and slug != NATION]
    columns = (MEASURE, PERIOD, VALUE, beside(nation), COUNTS, INTERVAL, *AGAINST_TARGET)
    context = {
        "organisation": organisation,
        "before": before,
        "after": became(organisation),
        "sentences": organisation_sentences(organisation.name, own, inherited, is_sure=_is_sure(before)),
        "own": _by_kind(own, *columns),
        "inherited": _by_kind(inherited, ORGANISATION, *columns),
    }
    return render(request, "pages/trust.html", context)


@release_page
def trust_csv(request: HttpRequest, release: Release, slug: str) -> HttpResponseBase:
    """Its own figures and those of the organisations it took over from, as its page has them."""
    organisation = _organisation(slug)
    slugs = _with_predecessors(organisation, consists_of(organisation))
    return results_csv(slug, release, results_of_organisations(release, slugs))


def _organisation(slug: str) -> Organisation:
    organisation = Organisation.objects.select_related("region").filter(slug=slug).first()
    if organisation is None:
        raise Http404(f"There is no organisation '{slug}'.")
    return organisation


def _with_predecessors(organisation: Organisation, before: Lineage) -> list[str]:
    return [organisation.slug, *(predecessor.slug for predecessor in before.organisations)]


def _is_sure(lineage: Lineage) -> bool:
    return all(succession.certainty != Certainty.UNVERIFIED for succession in lineage.successions)


def _by_kind(rows: list[ResultRow], *columns: Column) -> list[tuple[str, Table]]:
    """A table for each kind of measure that there are figures of."""
    tables = [(kind, [row for row in rows if row.kind == kind]) for kind in Kind]
    return [(kind.label, results_table(some, *columns)) for kind, some in tables if some]
