"""One organisation: how it was rated, what came of it, and every figure of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.charts.figure import Column, Table
from performance.charts.ratings_tables import predictions_table, ratings_table
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
from performance.pages.figures import is_published
from performance.pages.release_page import release_page
from performance.releases.divergence import divergence_of
from performance.releases.organisation_sentences import organisation_sentences
from performance.releases.predictions import predictions_of
from performance.releases.ratings import ratings_of
from performance.releases.results import all_results_of_organisations, results_of_organisations
from performance.releases.rows import ResultRow
from performance.releases.sentences import sentences_of
from performance.releases.summary import NATION
from performance.vocabulary import Kind, Structure
from trusts.certainty import Certainty
from trusts.history import Lineage, became, consists_of
from trusts.models import Organisation

AGAINST_TARGET = (TARGET, PERCENT_OF_TARGET, TARGET_STATUS)


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
        "sentences": organisation_sentences(
            organisation.name, own, inherited, is_sure=_is_sure(before), figure=_figure(release)
        ),
        "is_by_todays_regions": any(row.structure == Structure.TODAY for row in own),
        "own": _by_kind(own, *columns),
        "inherited": _by_kind(inherited, ORGANISATION, *columns),
        **_findings(release, slug),
    }
    return render(request, "pages/trust.html", context)


def _findings(release: Release, slug: str) -> dict[str, object]:
    """How it was rated, how its reoffending went against prediction, and what is said of it."""
    ratings, predictions = ratings_of(release, slug), predictions_of(release, slug)
    said = sentences_of(release, slug)
    is_rated = any(row.score is not None for row in ratings)
    return {
        "rating": ratings[0] if is_rated else None,
        "ratings": ratings_table(ratings) if is_rated else None,
        "predictions": predictions_table(predictions) if predictions else None,
        "place": next((row for row in divergence_of(release, slug) if row.is_compared), None),
        "said": said[0][1] if said else [],
        "said_earlier": said[1:],
    }


def _figure(release: Release) -> str:
    return "published figure" if is_published(release) else "figure"


@release_page
def trust_csv(request: HttpRequest, release: Release, slug: str) -> HttpResponseBase:
    """Its own figures and those of the organisations it took over from, months and years."""
    organisation = _organisation(slug)
    slugs = _with_predecessors(organisation, consists_of(organisation))
    return results_csv(slug, release, all_results_of_organisations(release, slugs))


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
