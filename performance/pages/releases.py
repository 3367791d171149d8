"""The series, the releases that were published in one, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from performance.exports.place import Place
from performance.models import Release
from performance.pages.release_page import (
    enter,
    kept_current,
    no_release,
    release_page,
    series_page,
)
from performance.releases.choose import (
    corrections_of,
    current_of,
    current_releases,
    published_releases,
    scheduled_releases,
)
from performance.releases.remembered import version_of_lists
from performance.releases.results import figures_held


@csrf_exempt
@require_safe
def all_series(request: HttpRequest) -> HttpResponseBase:
    """About no one release, so its copy keeps until any series has another."""
    version = version_of_lists()
    if version is None:
        return no_release(request, Place())
    return kept_current(request, version, lambda: _all_series(request))


def _all_series(request: HttpRequest) -> HttpResponseBase:
    current = [(release, Place(release.series.slug).address("summary")) for release in current_releases()]
    if not current:
        return no_release(request, Place())
    return render(request, "pages/all_series.html", {"current": current})


@series_page
def releases(request: HttpRequest, place: Place) -> HttpResponseBase:
    """About all releases of a series and not one, so its copy keeps until any of them changes."""
    version = version_of_lists(place.series)
    if version is None:
        return no_release(request, place)
    return kept_current(request, version, lambda: _releases(request, place))


def _releases(request: HttpRequest, place: Place) -> HttpResponse:
    published = published_releases(place.series)
    current = current_of(published)
    enter(request, place, current)
    request.series = published[0].series  # type: ignore[attr-defined]
    context = {"releases": published, "current": current, "scheduled": scheduled_releases(place.series)}
    return render(request, "pages/releases.html", context)


@release_page
def release(request: HttpRequest, release: Release) -> HttpResponse:
    context = {
        "tables": release.published_tables.all(),
        "returns": release.trust_returns.count(),
        "holds": figures_held(release),
        "corrections": corrections_of(release),
        "early_sights": list(release.early_sights.all()),
    }
    return render(request, "pages/release.html", context)
