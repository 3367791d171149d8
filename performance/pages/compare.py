"""Any organisations, measures and years side by side, as the reader has put them together."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from performance.charts.chosen import chosen_figure
from performance.charts.chosen_table import FILE_COLUMNS, chosen_table, file_rows
from performance.exports.place import place_of
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.comparison import Known, known, too_much
from performance.pages.comparison_address import is_half_made, pairs_of, query_of, read_choice
from performance.pages.comparison_examples import examples_in
from performance.pages.comparison_parts import (
    groupable,
    measure_options,
    measure_tags,
    organisation_options,
    organisation_tags,
    ways,
    year_options,
    year_tags,
)
from performance.pages.comparison_tables import measure_tables
from performance.pages.file_tables import rows_file
from performance.pages.files import file_page
from performance.pages.release_page import release_page
from performance.periods import Period
from performance.releases.choices import Choice
from performance.releases.chosen import Chosen, chosen_in, years_of
from performance.releases.chosen_findings import finding
from performance.releases.chosen_sides import Sides, sides_of
from performance.releases.offer import Offer, offer_of
from performance.wording import listed, listed_briefly

# More would make a page that nobody reads to its end; all are in the file.
MOST_ROWS = 300


@dataclass(frozen=True)
class Asked:
    """What a request asks for, of what its release has. Each is worked out when it is looked at, as a
    reader who is sent on to the address that a comparison always has needs no figures yet."""

    offer: Offer
    known: Known

    @classmethod
    def of(cls, request: HttpRequest, release: Release) -> "Asked":
        offer = offer_of(release)
        return cls(offer, known(read_choice(request.GET), request.GET, offer))

    @property
    def choice(self) -> Choice:
        return self.known.choice

    @cached_property
    def years(self) -> list[Period]:
        is_asked = self.choice.is_complete or self.choice.years
        return years_of(self.offer, self.choice) if is_asked else []

    @cached_property
    def sides(self) -> Sides:
        return sides_of(self.offer, self.choice, self.years)

    @cached_property
    def limits(self) -> list[str]:
        return too_much(self.choice, self.sides, len(self.years))

    @cached_property
    def chosen(self) -> Chosen | None:
        """None where something to compare isn't chosen yet, or too much is."""
        if not self.choice.is_complete or self.limits:
            return None
        return chosen_in(self.offer, self.choice, self.years, self.sides)


@release_page
def compare(request: HttpRequest, release: Release) -> HttpResponse:
    asked = Asked.of(request, release)
    choice = asked.choice
    if not asked.known.problems and not _is_canonical(request, asked):
        return HttpResponseRedirect(f"{request.path}{query_of(choice)}")
    context = {
        "choice": choice,
        "problems": [*asked.known.problems, *asked.limits],
        "notes": asked.sides.notes,
        "pairs": pairs_of(choice),
        "organisations": organisation_tags(choice, asked.offer, asked.sides),
        "measures": measure_tags(choice, asked.offer),
        "years": year_tags(choice, asked.years),
        "organisation_options": organisation_options(choice, asked.offer),
        "measure_options": measure_options(choice, asked.offer),
        "year_options": year_options(choice, asked.offer),
        "ways": ways(choice),
        "groupable": groupable(asked.sides),
        "examples": [] if choice.is_complete else examples_in(asked.offer),
        "permanent": _permanent(request, release, asked),
        "csv": f"{place_of(request).address('compare-file', 'csv')}{query_of(choice)}",
        "half_made": is_half_made(request.GET),
        "group_name": request.GET.get("group-name", "") if asked.known.problems else "",
        "group_members": request.GET.getlist("group-member"),
        **_results(request, asked),
    }
    return render(request, "pages/compare.html", context)


@file_page
def compare_file(request: HttpRequest, release: Release) -> FileTable:
    asked = Asked.of(request, release)
    rows = asked.chosen.rows if asked.chosen else []
    title = _names(asked) if rows else "A comparison of nothing: see the page for what to choose"
    return rows_file(
        "comparison",
        title,
        file_rows(rows, _permanent(request, release, asked)),
        query_of(asked.choice),
        ("compare",),
        FILE_COLUMNS,
    )


def _results(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Tables and chart, and what is said of them."""
    chosen = asked.chosen
    if chosen is None or not chosen.rows:
        return {"is_nothing": chosen is not None}
    place = place_of(request)
    said = finding(chosen)

    def page_of(slug: str) -> str:
        return place.address("trust", slug)

    return {
        "finding": said.text,
        "names": _names(asked),
        "tables": measure_tables(chosen.rows[:MOST_ROWS], asked.offer, page_of),
        "figure": chosen_figure(chosen.rows, chosen_table(chosen.rows, page_of), said.gist),
        "shown": min(MOST_ROWS, len(chosen.rows)),
        "number": len(chosen.rows),
        "without": chosen.without,
    }


def _names(asked: Asked) -> str:
    """Who, on what and when, for the title of the page."""
    choice = asked.choice
    tags = organisation_tags(choice, asked.offer, asked.sides)
    measures = [asked.offer.measures[code].title for code in choice.measures]
    years = listed([str(year) for year in asked.years])
    return f"{listed_briefly([tag.text for tag in tags])}: {listed_briefly(measures)}, {years}"


def _is_canonical(request: HttpRequest, asked: Asked) -> bool:
    """Whether the address is the one that this comparison always has."""
    given = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return given == pairs_of(asked.choice)


def _permanent(request: HttpRequest, release: Release, asked: Asked) -> str:
    """Where this comparison stands for good."""
    path = place_of(request).in_release(release.number).address("compare")
    return str(request.build_absolute_uri(f"{path}{query_of(asked.choice)}"))
