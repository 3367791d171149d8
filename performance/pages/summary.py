"""The first page of a series: what its figures say, for people who quote it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.figure import Figure
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.figures import SUMMARY_FIGURES, is_published
from performance.pages.file_tables import figure_file
from performance.pages.files import file_page
from performance.pages.paragraphs import Paragraph, paragraphs_of_record, paragraphs_of_series
from performance.pages.release_page import release_page
from performance.pages.summary_figures import NamedFigure, figures_of_record, figures_of_series
from performance.releases.choose import releases_up_to
from performance.releases.definitions import mixes_of
from performance.releases.divergence import divergence_in, years_of_divergence
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.finding import finding
from performance.releases.results import published_results_of_measures
from performance.releases.sentences import on, sentences_of_all
from performance.releases.summary import SUMMARY_MEASURES, sentences

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


@release_page
def summary(request: HttpRequest, release: Release) -> HttpResponse:
    content = content_of(request, release)
    template = "summary.html" if is_published(release) else "summary_of_series.html"
    context = {"content": content, "releases": releases_up_to(release)}
    return render(request, f"pages/{template}", context)


@dataclass(frozen=True)
class Content:
    """What a summary says: its finding in one line where that comes from figures, and in full."""

    finding: str
    paragraphs: list[Paragraph]
    figures: list[NamedFigure]


def content_of(request: HttpRequest, release: Release) -> Content:
    if is_published(release):
        rows = published_results_of_measures(release, SUMMARY_MEASURES)
        said = sentences(rows, mixes_of(release))
        return Content("", paragraphs_of_record(request, release, said), figures_of_record(release))
    latest = rows_of_latest_year(release)
    said = on(IN_SHORT, sentences_of_all(release, latest[0].period if latest else None))
    paragraphs = paragraphs_of_series(request, release, said)
    return Content(finding(latest), paragraphs, figures_of_series(release, latest))


def rows_of_latest_year(release: Release) -> list[DivergenceRow]:
    years = years_of_divergence(release)
    return divergence_in(release, years[-1]) if years else []


@file_page
def summary_figure_file(request: HttpRequest, release: Release, name: str) -> FileTable:
    """The table of one figure of the first page."""
    figure = figure_called(name, release)
    if figure is None:
        raise Http404(f"There is no figure '{name}'.")
    return figure_file(name, figure)


def figure_called(name: str, release: Release) -> Figure | None:
    if is_published(release):
        make = SUMMARY_FIGURES.get(name)
        return make(release) if make else None
    return dict(figures_of_series(release, rows_of_latest_year(release))).get(name)
