"""What is measured, and one measure."""

from collections.abc import Sequence
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.charts.figure import Table
from performance.charts.results_table import (
    COUNTS,
    FLAG,
    INTERVAL,
    ORGANISATION,
    PERCENT_OF_TARGET,
    PERIOD,
    TARGET,
    TARGET_STATUS,
    VALUE,
    results_table,
)
from performance.models import Measure, Release
from performance.pages.csv_downloads import figure_csv, results_csv
from performance.pages.figures import measure_figures
from performance.pages.release_page import release_page
from performance.releases.definitions import measure_in_full, measures_with_counts
from performance.releases.results import all_results_of_measures, shown_and_parts_of
from performance.releases.rows import ResultRow
from performance.releases.summary import NATION
from performance.vocabulary import Kind, Structure


@release_page
def measures(request: HttpRequest, release: Release) -> HttpResponse:
    by_kind = groupby(measures_with_counts(release), key=lambda measure: measure.kind)
    context = {"sections": [(Kind(kind), list(some)) for kind, some in by_kind]}
    return render(request, "pages/measures.html", context)


@release_page
def measure(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    definition = _measure(code)
    rows = shown_and_parts_of(release, code, NATION)
    context = {
        "measure": definition,
        "figures": [(figure.slug, figure) for figure in measure_figures(rows)],
        "then": _table(rows, Structure.THEN),
        "today": _table(rows, Structure.TODAY),
    }
    return render(request, "pages/measure.html", context)


@release_page
def measure_csv(request: HttpRequest, release: Release, code: str) -> HttpResponseBase:
    _measure(code)
    return results_csv(code, release, all_results_of_measures(release, [code]))


@release_page
def measure_figure_csv(request: HttpRequest, release: Release, code: str, name: str) -> HttpResponseBase:
    for figure in measure_figures(shown_and_parts_of(release, code, NATION)):
        if figure.slug == name:
            return figure_csv(name, release, figure)
    raise Http404(f"There is no figure '{name}'.")


def _table(rows: Sequence[ResultRow], structure: Structure) -> Table | None:
    """By the organisations of that structure, without the months that a year's figure is the sum of."""
    shown = [row for row in rows if row.structure == structure and row.is_shown]
    columns = (ORGANISATION, PERIOD, VALUE, COUNTS, INTERVAL, TARGET, PERCENT_OF_TARGET, TARGET_STATUS, FLAG)
    return results_table(shown, *columns) if shown else None


def _measure(code: str) -> Measure:
    definition = measure_in_full(code)
    if definition is None:
        raise Http404(f"There is no measure '{code}'.")
    return definition
