"""How ratings moved from year to year, against what chance and the rules of each year would move."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.movement import movement_chart
from performance.charts.movement_tables import movers_table, raw_move, transition_table
from performance.exports.place import place_of
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.file_tables import figure_file, rows_file
from performance.pages.files import file_page
from performance.pages.release_page import release_page
from performance.releases.movement import YearPair, year_pairs
from performance.releases.movement_words import finding
from performance.releases.national import national_figures
from performance.releases.ratings import bands_of_every_year

TRUSTS = "trusts"


@release_page
def movement(request: HttpRequest, release: Release) -> HttpResponse:
    pairs = _pairs(release)
    place = place_of(request)
    context = {
        "findings": [finding(pair) for pair in reversed(pairs)],
        "figure": movement_chart(pairs) if pairs else None,
        "transitions": [(pair, transition_table(pair)) for pair in reversed(pairs)],
        "movers": movers_table(pairs, lambda slug: place.address("trust", slug)),
    }
    return render(request, "pages/movement.html", context)


@file_page
def movement_file(request: HttpRequest, release: Release, name: str) -> FileTable:
    """The table of the figure, or every trust's movement between any two years."""
    pairs = _pairs(release)
    if pairs and name == TRUSTS:
        rows = [raw_move(move, pair) for pair in pairs for move in pair.moves]
        return rows_file("movement-of-trusts", "Every trust’s rating beside that of the year before", rows)
    if pairs and (figure := movement_chart(pairs)).slug == name:
        return figure_file(name, figure)
    raise Http404(f"There is no figure '{name}'.")


def _pairs(release: Release) -> list[YearPair]:
    return year_pairs(bands_of_every_year(release), national_figures(release))
