"""Addresses of pages. Each stands twice: bare for the current release, and under releases/N/ for
that release as it was. So they stand for the public record, and under /series/<slug>/ for any
other series."""

from django.urls import include, path

from performance.exports import converters  # noqa: F401 - registers what addresses hold
from performance.pages import (
    cited_zip,
    compare,
    data,
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

pages = [
    path("data/", data.data, name="data"),
    path("data/datapackage.json", data.data_package_page, name="data-package"),
    path("data/release.zip", data.data_zip, name="data-zip"),
    path("data/<slug:name>.<ending:ending>", data.data_file, name="data-file"),
    path("cited.zip", cited_zip.cited_zip, name="cited-zip"),
    path("figures/<slug:name>.<ending:ending>", summary.summary_figure_file, name="summary-figure-file"),
    path("trusts/", trusts.trusts, name="trusts"),
    path("ratings.<ending:ending>", trusts.ratings_file, name="ratings-file"),
    path("movement/", movement.movement, name="movement"),
    path("movement/<slug:name>.<ending:ending>", movement.movement_file, name="movement-file"),
    path("map/", map.tile_map_page, name="map"),
    path("map.<ending:ending>", map.tile_map_file, name="map-file"),
    path("trusts/<slug:slug>/", trust.trust, name="trust"),
    path("trusts/<slug:slug>.<ending:ending>", trust.trust_file, name="trust-file"),
    path("trusts/<slug:slug>/<slug:name>.<ending:ending>", trust.trust_figure_file, name="trust-figure-file"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<slug:code>/", measures.measure, name="measure"),
    path("measures/<slug:code>.<ending:ending>", measures.measure_file, name="measure-file"),
    path(
        "measures/<slug:code>/<slug:name>.<ending:ending>",
        measures.measure_figure_file,
        name="measure-figure-file",
    ),
    path("divergence/", divergence.divergence, name="divergence"),
    path("divergence/<slug:name>.<ending:ending>", divergence.divergence_file, name="divergence-file"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:slug>/", frameworks.framework, name="framework"),
    path("compare/", compare.compare, name="compare"),
    path("compare.<ending:ending>", compare.compare_file, name="compare-file"),
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
