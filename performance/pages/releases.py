"""The releases that were published, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from performance.models import Release
from performance.pages.release_page import release_page
from performance.releases.choose import published_releases


@release_page
def releases(request: HttpRequest, release: Release) -> HttpResponse:
    context = {"releases": published_releases(release.series.slug)}
    return render(request, "pages/releases.html", context)


@release_page
def release(request: HttpRequest, release: Release) -> HttpResponse:
    context = {
        "tables": release.published_tables.all(),
        "figures": release.indicator_results.count(),
    }
    return render(request, "pages/release.html", context)
