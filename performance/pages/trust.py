"""One organisation: how it was rated, what came of it, and every figure of it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.figure import Column, Table
from performance.charts.ratings_tables import ratings_table
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
from performance.exports.place import place_of
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.figures import is_published
from performance.pages.file_tables import figure_file, results_file
from performance.pages.files import file_page
from performance.pages.release_page import release_page
from performance.pages.trust_figures import figures_of_a_year, figures_without_a_rating
from performance.pages.trust_year import trust_year
from performance.releases.organisation_sentences import organisation_sentences
from performance.releases.predictions import predictions_of
from performance.releases.rating_rows import RatingRow
from performance.releases.ratings import ratings_of
from performance.releases.results import all_results_of_organisations, results_of_organisations
from performance.releases.rows import ResultRow
from performance.releases.sentences import sentences_of
from performance.releases.summary import NATION
from performance.vocabulary import Kind, Structure
from trusts.certainty import Certainty
from trusts.history import Lineage, before_and_after, consists_of
from trusts.models import Organisation

AGAINST_TARGET = (TARGET, PERCENT_OF_TARGET, TARGET_STATUS)
# More than can be looked over are kept behind doors, a kind of measure behind each.
MOST_IN_SIGHT = 25


@release_page
def trust(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    organisation = _organisation(slug)
    before, after = before_and_after(organisation)
    slugs = _with_predecessors(organisation, before)
    rows = results_of_organisations(release, [*slugs, NATION])
    own = [row for row in rows if row.organisation == slug]
    inherited = [row for row in rows if row.organisation in slugs[1:]]
    nation = [row for row in rows if row.organisation == NATION and slug != NATION]
    columns = (MEASURE, PERIOD, VALUE, beside(nation), COUNTS, INTERVAL, *AGAINST_TARGET)
    said = sentences_of(release, slug)
    context = {
        "organisation": organisation,
        "before": before,
        "after": after,
        "sentences": organisation_sentences(
            organisation.name, own, inherited, is_sure=_is_sure(before), figure=_figure(release)
        ),
        "said": said,
        "is_by_todays_regions": any(row.structure == Structure.TODAY for row in own),
        "own": _by_kind(own, *columns),
        "inherited": _by_kind(inherited, ORGANISATION, *columns),
        "are_many": len(own) + len(inherited) > MOST_IN_SIGHT,
        **_findings(request, release, slug, own),
    }
    return render(request, "pages/trust.html", context)


def _findings(request: HttpRequest, release: Release, slug: str, own: Sequence[ResultRow]) -> dict[str, Any]:
    """What is found of it in one year where it was rated, or else of its reoffending alone."""
    ratings, predictions = ratings_of(release, slug), predictions_of(release, slug)
    if not _is_rated(ratings):
        return {"query": "", "figures": figures_without_a_rating(predictions)}
    year = trust_year(request, release, ratings, own, predictions)
    return {
        "year": year,
        "query": year.years.query,
        "ratings": ratings_table(ratings),
        "figures": figures_of_a_year(year, place_of(request)),
    }


def _is_rated(ratings: Sequence[RatingRow]) -> bool:
    return any(row.score is not None for row in ratings)


def _figure(release: Release) -> str:
    return "published figure" if is_published(release) else "figure"


@file_page
def trust_file(request: HttpRequest, release: Release, slug: str) -> FileTable:
    """Its own figures and those of the organisations it took over from, months and years."""
    organisation = _organisation(slug)
    slugs = _with_predecessors(organisation, consists_of(organisation))
    title = f"{organisation.name}: every figure"
    return results_file(slug, title, all_results_of_organisations(release, slugs))


@file_page
def trust_figure_file(request: HttpRequest, release: Release, slug: str, name: str) -> FileTable:
    """The table of a figure on its page, of the year asked for."""
    organisation = _organisation(slug)
    own = results_of_organisations(release, [organisation.slug])
    findings = _findings(request, release, slug, own)
    figure = findings["figures"].get(name)
    if figure is None:
        raise Http404(f"There is no figure '{name}' of {organisation.name}.")
    of_year = f"-{findings['year'].years.chosen}" if "year" in findings else ""
    return figure_file(f"{slug}-{name}{of_year}", figure, findings["query"])


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
