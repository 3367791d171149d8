"""Addresses of pages. Each stands twice: bare for the current release, and under releases/N/ for
that release as it was. So they stand for the public record, and under /series/<slug>/ for any
other series."""

from django.urls import include, path, register_converter

from performance.pages import (
    cited_zip,
    compare,
    divergence,
    frameworks,
    help,
    map,
    measures,
    movement,
    releases,
    summary,
    trust,
    trusts,
)


class ReleaseNumber:
    """One address for each release: 1, never 01; and no number that no release will reach."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, text: str) -> int:
        return int(text)

    def to_url(self, number: int) -> str:
        return str(number)


register_converter(ReleaseNumber, "number")

pages = [
    path("cited.zip", cited_zip.cited_zip, name="cited-zip"),
    path("figures/<slug:name>.csv", summary.summary_figure_csv, name="summary-figure-csv"),
    path("trusts/", trusts.trusts, name="trusts"),
    path("ratings.csv", trusts.ratings_csv, name="ratings-csv"),
    path("movement/", movement.movement, name="movement"),
    path("movement/<slug:name>.csv", movement.movement_csv, name="movement-csv"),
    path("map/", map.tile_map_page, name="map"),
    path("map.csv", map.tile_map_csv, name="map-csv"),
    path("trusts/<slug:slug>/", trust.trust, name="trust"),
    path("trusts/<slug:slug>.csv", trust.trust_csv, name="trust-csv"),
    path("trusts/<slug:slug>/<slug:name>.csv", trust.trust_figure_csv, name="trust-figure-csv"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<slug:code>/", measures.measure, name="measure"),
    path("measures/<slug:code>.csv", measures.measure_csv, name="measure-csv"),
    path("measures/<slug:code>/<slug:name>.csv", measures.measure_figure_csv, name="measure-figure-csv"),
    path("divergence/", divergence.divergence, name="divergence"),
    path("divergence/<slug:name>.csv", divergence.divergence_csv, name="divergence-csv"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:slug>/", frameworks.framework, name="framework"),
    path("compare/", compare.compare, name="compare"),
    path("compare.csv", compare.compare_csv, name="compare-csv"),
]

numbered = [path("summary/", summary.summary, name="summary"), *pages]

of_a_series = [
    path("", summary.summary, name="summary"),
    *pages,
    path("releases/", releases.releases, name="releases"),
    path("releases/<number:number>/", releases.release, name="release"),
    path("releases/<number:number>/", include((numbered, "numbered"))),
]

urlpatterns = [
    *of_a_series,
    path("", include("performance.pages.account_urls")),
    path("returns/", include("performance.pages.returns.urls")),
    path("methods/", help.methods, name="methods"),
    path("methods/<slug:slug>/", help.method, name="method"),
    path("glossary/", help.glossary, name="glossary"),
    path("about/", help.about, name="about"),
    path("series/", releases.all_series, name="all-series"),
    path("series/<slug:series>/", include((of_a_series, "series"))),
]
