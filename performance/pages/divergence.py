"""Where process and outcome part company: every trust, and all together."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.divergence_tables import trusts_table
from performance.charts.figure import Row
from performance.charts.national_tables import national_tables, raw_national
from performance.exports.place import place_of
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.divergence_asked import Asked
from performance.pages.divergence_figures import figures_of
from performance.pages.divergence_year import said_of, year_asked_for
from performance.pages.file_tables import figure_file, rows_file
from performance.pages.files import file_page
from performance.pages.release_page import release_page
from performance.releases.sentences import SaidSentence, on, sentences_of, under
from performance.vocabulary import ProcessKind

TITLES = {
    "divergence": "Process beside outcome: every trust of a year",
    "together": "Process beside outcome: figures about all trusts together",
}


@release_page
def divergence(request: HttpRequest, release: Release) -> HttpResponse:
    year = year_asked_for(request, release)
    context = {
        "year": year,
        "asked": year.asked,
        "said": said_of(release, year.asked),
        "own": _own(release, year.asked),
        "figures": figures_of(release, year, _address_of_trust(request)),
        "unplaced": trusts_table(year.shown, _address_of_trust(request)) if not year.is_placed else None,
        "national": national_tables(year.national),
    }
    return render(request, "pages/divergence.html", context)


def _own(release: Release, asked: Asked) -> SaidSentence | None:
    """Of the trust that is marked, where it stands: a sentence about all kinds of process together."""
    if not asked.trust or asked.kind != ProcessKind.ALL:
        return None
    said = dict(sentences_of(release, asked.trust)).get(asked.year, [])
    return next(iter(on(["divergence"], under(said, asked.framework, list(asked.frameworks)))), None)


@file_page
def divergence_file(request: HttpRequest, release: Release, name: str) -> FileTable:
    """A table of what the address asks for: of a figure, of all trusts or of all together."""
    year = year_asked_for(request, release)
    file_name = f"{name}{year.asked.in_a_file_name}"
    for figure in figures_of(release, year, _address_of_trust(request)):
        if figure.slug == name:
            return figure_file(file_name, figure, year.asked.query)
    tables: dict[str, Sequence[Row]] = {
        "divergence": trusts_table(year.shown).rows,
        "together": [raw_national(figure) for figure in year.national],
    }
    if not tables.get(name):
        raise Http404(f"There is no figure '{name}'.")
    return rows_file(file_name, TITLES[name], tables[name], year.asked.query, ("divergence",))


def _address_of_trust(request: HttpRequest) -> Callable[[str], str]:
    place = place_of(request)
    return lambda slug: place.address("trust", slug)
