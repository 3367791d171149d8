"""What all pages that show a release share: which release, and how long a copy keeps.

A bare address shows the current release and is checked with each visit; the same page under
releases/N/ never changes and is kept for good. So it is in every series.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from performance.exports.freshness import CHECKED_EACH_TIME, cache_control, etag_of, version_of
from performance.exports.place import Place
from performance.models import Release
from performance.pages.kept_pages import kept
from performance.published.loader import PUBLIC_RECORD
from performance.releases.choose import series_called
from performance.releases.remembered import remembered_release

Page = Callable[..., HttpResponseBase]


def release_page(page: Page) -> Page:
    """Turns a view of (request, release, ...) into one that an address can call."""

    def shown(request: HttpRequest, place: Place, **named: Any) -> HttpResponseBase:
        release = remembered_release(place.series, place.number)
        if release is None:
            return no_release(request, place)
        enter(request, place, release)
        response = _kept(request, version_of(release), lambda: page(request, release, **named))
        response["Cache-Control"] = cache_control(release, is_numbered=place.number is not None)
        return response

    return series_page(wraps(page)(shown))


def series_page(page: Page) -> Page:
    """Turns a view of (request, place, ...) into one that addresses of every series can call. The
    public record has one address for each page, the bare one."""

    @wraps(page)
    def shown(
        request: HttpRequest, number: int | None = None, series: str | None = None, **named: Any
    ) -> HttpResponseBase:
        if series == PUBLIC_RECORD:
            return HttpResponsePermanentRedirect(_bare(request, number, named))
        return page(request, Place(series or PUBLIC_RECORD, number), **named)

    # Nothing here changes anything, so a form's guard has nothing to guard: without this a POST
    # would be told of a missing token where the truth is that the method isn't allowed.
    return csrf_exempt(require_safe(shown))


def enter(request: HttpRequest, place: Place, release: Release | None) -> None:
    """Tells templates where the reader is."""
    request.place, request.release = place, release  # type: ignore[attr-defined]
    request.series = release.series if release else None  # type: ignore[attr-defined]


def no_release(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Raises Http404 for a series or a number that isn't there; a series that has nothing
    published yet says so."""
    if place.series != PUBLIC_RECORD and series_called(place.series) is None:
        raise Http404(f"There is no series '{place.series}'.")
    if place.number is not None:
        raise Http404(f"There is no published release {place.number}.")
    return render(request, "pages/no_release.html", status=503)


def kept_current(
    request: HttpRequest, content: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """A page that is about no one release. content: what it depends on beside its address and the code."""
    response = _kept(request, content, make)
    response["Cache-Control"] = CHECKED_EACH_TIME
    return response


def _kept(request: HttpRequest, content: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    etag = etag_of(content)
    response = get_conditional_response(request, etag=etag) or kept(request, etag, make)
    response["ETag"] = etag
    return response


def _bare(request: HttpRequest, number: int | None, named: dict[str, Any]) -> str:
    name = request.resolver_match.url_name  # type: ignore[union-attr]
    if name == "release":
        return Place().address(name, number)
    path = Place(number=number).address(name, *named.values())  # type: ignore[arg-type]
    return f"{path}?{request.GET.urlencode()}" if request.GET else path
