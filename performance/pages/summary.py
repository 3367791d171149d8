"""The first page of a series: what its figures say, for people who quote it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.models import Release
from performance.pages.csv_downloads import figure_csv
from performance.pages.figures import SUMMARY_FIGURES, figures_with_addresses, is_published
from performance.pages.release_page import release_page
from performance.releases.definitions import mixes_of
from performance.releases.divergence import years_of_divergence
from performance.releases.results import published_results_of_measures
from performance.releases.sentences import on, sentences_of_all
from performance.releases.summary import SUMMARY_MEASURES, sentences


@release_page
def summary(request: HttpRequest, release: Release) -> HttpResponse:
    return of_the_record(request, release) if is_published(release) else of_a_series(request, release)


def of_the_record(request: HttpRequest, release: Release) -> HttpResponse:
    rows = published_results_of_measures(release, SUMMARY_MEASURES)
    figures = [(name, build(release)) for name, build in SUMMARY_FIGURES.items()]
    context = {
        "sentences": sentences(rows, mixes_of(release)),
        "figures": [(name, figure) for name, figure in figures if figure],
    }
    return render(request, "pages/summary.html", context)


# What the first page of a series says of its latest year; the rest stands with the divergence.
IN_SHORT = (
    "process",
    "outcome",
    "quarters",
    "hit-and-miss",
    "against-chance",
    "rank-correlation",
    "bands",
    "lag",
    "timeliness-and-reoffending",
    "accommodation-and-workload",
    "caveat",
)


def of_a_series(request: HttpRequest, release: Release) -> HttpResponse:
    years = years_of_divergence(release)
    said = sentences_of_all(release, years[-1] if years else None)
    context = {"sentences": on(IN_SHORT, said), "year": years[-1] if years else None}
    return render(request, "pages/summary_of_series.html", context)


@release_page
def summary_figure_csv(request: HttpRequest, release: Release, name: str) -> HttpResponseBase:
    """The table of one figure of the first page."""
    figures = figures_with_addresses(release)
    figure = figures[name](release) if name in figures else None
    if figure is None:
        raise Http404(f"There is no figure '{name}'.")
    return figure_csv(name, release, figure)
