"""Where process and outcome part company: every trust, and all together."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.divergence_tables import raw_divergence, trusts_table
from performance.charts.figure import Row
from performance.charts.national_tables import national_tables, raw_national
from performance.charts.ratings_tables import raw_prediction, raw_rating
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.divergence_asked import Asked
from performance.pages.divergence_figures import figures_of
from performance.pages.divergence_year import said_of, year_asked_for
from performance.pages.file_tables import figure_file, rows_file
from performance.pages.files import file_page
from performance.pages.place import place_of
from performance.pages.release_page import release_page
from performance.releases.divergence import all_divergence
from performance.releases.national import national_figures
from performance.releases.predictions import all_predictions
from performance.releases.ratings import all_ratings
from performance.releases.sentences import SaidSentence, on, sentences_of, under
from performance.vocabulary import ProcessKind

# Whole tables of a release, each with an address of its own.
FILES: dict[str, Callable[[Release], Sequence[Row]]] = {
    "trusts": lambda release: [raw_divergence(row) for row in all_divergence(release)],
    "national": lambda release: [raw_national(figure) for figure in national_figures(release)],
    "ratings": lambda release: [raw_rating(row) for row in all_ratings(release)],
    "predictions": lambda release: [raw_prediction(row) for row in all_predictions(release)],
}

TITLES = {
    "trusts": "Process beside outcome: every trust, year and kind of process",
    "national": "Process beside outcome: every figure about all trusts together",
    "ratings": "Ratings of every year",
    "predictions": "Actual reoffending beside the predicted, of every year and quarter",
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
    """A table of what the address asks for: of a figure, of all trusts or of all together; or a whole
    table of every year."""
    if name in FILES:
        return rows_file(name, TITLES[name], FILES[name](release))
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
