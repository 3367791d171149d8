"""Where process and outcome part company: every trust, and all together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.charts.divergence_tables import national_tables, raw_divergence, raw_national, trusts_table
from performance.charts.figure import Row, Table
from performance.charts.ratings_tables import raw_prediction, raw_rating
from performance.models import Release
from performance.pages.csv_downloads import figure_csv, rows_csv
from performance.pages.figures import divergence_figures, is_published
from performance.pages.place import place_of
from performance.pages.release_page import release_page
from performance.periods import Period
from performance.releases.divergence import all_divergence, divergence_in, years_of_divergence
from performance.releases.divergence_rows import DivergenceRow, NationalFigure
from performance.releases.national import about, national_figures
from performance.releases.predictions import all_predictions
from performance.releases.ratings import all_ratings
from performance.releases.sentences import SaidSentence, on, sentences_of_all
from performance.vocabulary import Subject

# Whole tables of a release, each with an address of its own.
FILES: dict[str, Callable[[Release], Sequence[Row]]] = {
    "trusts": lambda release: [raw_divergence(row) for row in all_divergence(release)],
    "national": lambda release: [raw_national(figure) for figure in national_figures(release)],
    "ratings": lambda release: [raw_rating(row) for row in all_ratings(release)],
    "predictions": lambda release: [raw_prediction(row) for row in all_predictions(release)],
}


# Which sentences stand where on the page. Any others stand with those on how sure it is.
FINDING = ("quarters", "hit-and-miss", "against-chance")
PAIRINGS = (Subject.TIMELINESS_AND_REOFFENDING, Subject.ACCOMMODATION_AND_WORKLOAD)
ALL_TRUSTS = ("process", "outcome", "expected", "bands", "misbanded", "band-changes")
CANNOT_SHOW = ("without-process", "without-outcome", "missing", "without-target", "counting", "caveat")


@dataclass(frozen=True)
class Years:
    """The years that can be read, oldest first, and the one that is; None where there is none."""

    all: list[Period]
    chosen: Period | None

    @classmethod
    def asked_for(cls, request: HttpRequest, release: Release) -> "Years":
        """The year in the address, or the latest where that is none of them. The public record
        has years only once somebody can be placed in one."""
        years = years_of_divergence(release, placed=is_published(release))
        by_name = {str(year): year for year in years}
        latest = years[-1] if years else None
        return cls(years, by_name.get(request.GET.get("year", ""), latest))

    @property
    def query(self) -> str:
        return f"?year={self.chosen}" if self.chosen else ""


@release_page
def divergence(request: HttpRequest, release: Release) -> HttpResponse:
    years = Years.asked_for(request, release)
    rows = divergence_in(release, years.chosen) if years.chosen else []
    national = _national(release, years.chosen)
    figures = divergence_figures(release, rows, national)
    context = {
        "years": years,
        "said": _placed(sentences_of_all(release, years.chosen), years.chosen),
        "figures": [(figure.slug, figure) for figure in figures],
        "trusts": _trusts(request, rows),
        "national": national_tables(national),
    }
    return render(request, "pages/divergence.html", context)


def _national(release: Release, year: Period | None) -> list[NationalFigure]:
    """Those about the year, or, where no year can be read, about the pairs of measures that can:
    that everything else couldn't be told is in the file."""
    figures = about(year, national_figures(release))
    return figures if year else [figure for figure in figures if figure.subject in PAIRINGS]


def _placed(said: list[SaidSentence], year: Period | None) -> dict[str, list[SaidSentence]]:
    """Sentences by where they stand. Without a year all that isn't about the pairs says why."""
    finding = on((*FINDING, *PAIRINGS) if year else PAIRINGS, said)
    about_trusts = on(ALL_TRUSTS, said) if year else []
    cannot = on(CANNOT_SHOW, said) if year else [one for one in said if one not in finding]
    placed = [*finding, *about_trusts, *cannot]
    return {
        "finding": finding,
        "about_trusts": about_trusts,
        "how_sure": [one for one in said if one not in placed],
        "cannot": cannot,
    }


@release_page
def divergence_csv(request: HttpRequest, release: Release, name: str) -> HttpResponseBase:
    """The table of a figure, of the year asked for, or a whole table of every year."""
    if name in FILES:
        return rows_csv(name, release, FILES[name](release))
    years = Years.asked_for(request, release)
    rows = divergence_in(release, years.chosen) if years.chosen else []
    for figure in divergence_figures(release, rows, _national(release, years.chosen)):
        if figure.slug == name:
            year = f"-{years.chosen}" if years.chosen else ""
            return figure_csv(f"{name}{year}", release, figure)
    raise Http404(f"There is no figure '{name}'.")


def _trusts(request: HttpRequest, rows: Sequence[DivergenceRow]) -> Table | None:
    place = place_of(request)
    return trusts_table(rows, lambda slug: place.address("trust", slug)) if rows else None
