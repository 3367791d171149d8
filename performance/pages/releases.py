"""The releases that were published, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from performance.models import Release
from performance.pages.release_page import CHECKED_EACH_TIME, no_release, release_page
from performance.releases.choose import (
    corrections_of,
    current_of,
    published_releases,
    scheduled_releases,
)


@csrf_exempt
@require_safe
def releases(request: HttpRequest) -> HttpResponseBase:
    """About all releases and not one, so its copy keeps until any of them changes: the ETag is
    that of its content."""
    published = published_releases()
    if not published:
        return no_release(request, None)
    request.release = current_of(published)  # type: ignore[attr-defined]
    response = render(
        request, "pages/releases.html", {"releases": published, "scheduled": scheduled_releases()}
    )
    response["Cache-Control"] = CHECKED_EACH_TIME
    return response


@release_page
def release(request: HttpRequest, release: Release) -> HttpResponse:
    context = {
        "tables": release.published_tables.all(),
        "figures": release.indicator_results.count(),
        "corrections": corrections_of(release),
        "early_sights": list(release.early_sights.all()),
    }
    return render(request, "pages/release.html", context)
