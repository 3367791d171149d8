"""What all pages that show a release share: which release, and how long a copy keeps.

A bare address shows the current release and is checked with each visit; the same page under
/releases/N/ never changes and is kept for good.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from performance.models import Release, ReleaseState
from performance.pages.site_version import site_version
from performance.releases.choose import current_release, numbered_release

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
CHECKED_EACH_TIME = "public, no-cache"

Page = Callable[..., HttpResponseBase]


def release_page(page: Page) -> Page:
    """Turns a view of (request, release, ...) into one that an address can call."""

    @wraps(page)
    def shown(request: HttpRequest, number: int | None = None, **named: Any) -> HttpResponseBase:
        release = current_release() if number is None else numbered_release(number)
        if release is None:
            return no_release(request, number)
        request.release = release  # type: ignore[attr-defined]
        request.release_number = number  # type: ignore[attr-defined]
        etag = quote_etag(f"{site_version()}-{release.pk}-{release.state}-{_corrected_by(release)}")
        unchanged = None if settings.DEBUG else get_conditional_response(request, etag=etag)
        response = unchanged or page(request, release, **named)
        response["Cache-Control"] = _cache_control(release, number)
        response["ETag"] = etag
        return response

    # Nothing here changes anything, so a form's guard has nothing to guard: without this a POST
    # would be told of a missing token where the truth is that the method isn't allowed.
    return csrf_exempt(require_safe(shown))


def _cache_control(release: Release, number: int | None) -> str:
    """A page of a withdrawn or corrected release says so, and is asked for anew each time. A copy
    kept from before may outlive that: the price of pages that are kept for good."""
    is_final = number is not None and release.state == ReleaseState.PUBLISHED and not _corrected_by(release)
    return KEPT_FOR_GOOD if is_final and not settings.DEBUG else CHECKED_EACH_TIME


def _corrected_by(release: Release) -> int | None:
    """The current release is the newest, so nothing corrects it, and it wasn't asked."""
    return getattr(release, "corrected_by", None)


def no_release(request: HttpRequest, number: int | None) -> HttpResponseBase:
    if number is not None:
        raise Http404(f"There is no published release {number}.")
    return render(request, "pages/no_release.html", status=503)
