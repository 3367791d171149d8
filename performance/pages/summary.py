"""The first page: what the record says, for people who quote it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.models import Release
from performance.pages.csv_downloads import figure_csv
from performance.pages.figures import SUMMARY_FIGURES
from performance.pages.release_page import release_page
from performance.releases.definitions import mixes_of
from performance.releases.results import results_of_measures
from performance.releases.summary import SUMMARY_MEASURES, sentences


@release_page
def summary(request: HttpRequest, release: Release) -> HttpResponse:
    rows = results_of_measures(release, SUMMARY_MEASURES)
    figures = [(name, build(release)) for name, build in SUMMARY_FIGURES.items()]
    context = {
        "sentences": sentences(rows, mixes_of(release)),
        "figures": [(name, figure) for name, figure in figures if figure],
    }
    return render(request, "pages/summary.html", context)


@release_page
def summary_figure_csv(request: HttpRequest, release: Release, name: str) -> HttpResponseBase:
    """The table of one figure of the first page."""
    figure = SUMMARY_FIGURES[name](release) if name in SUMMARY_FIGURES else None
    if figure is None:
        raise Http404(f"There is no figure '{name}'.")
    return figure_csv(name, release, figure)
