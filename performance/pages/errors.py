"""Pages for when there is no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from performance.exports.place import Place, series_in
from performance.models import Release, Series
from performance.published.loader import PUBLIC_RECORD
from performance.releases.choose import current_release, successor_of


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A text raised with Http404 is for the reader; the resolver's own is not."""
    request.place, request.series = _where(request)  # type: ignore[attr-defined]
    request.release = None  # type: ignore[attr-defined]
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "pages/not_found.html", {"reason": reason}, status=404)


def withdrawn(request: HttpRequest, release: Release) -> HttpResponse:
    """In place of a file: once saved it could no longer say that its figures were taken back."""
    context = {"release": release, "successor": successor_of(release)}
    return render(request, "pages/withdrawn.html", context, status=410)


def fault(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/fault.html", status=500)


def _where(request: HttpRequest) -> tuple[Place, Series | None]:
    """Links lead on from where the reader was: in a numbered release, or in the series that the
    address begins with, if that has anything to read."""
    if hasattr(request, "place"):
        return request.place, request.series  # type: ignore[attr-defined]
    slug = series_in(request.path)
    release = current_release(slug) if slug != PUBLIC_RECORD else None
    return (Place(slug), release.series) if release else (Place(), None)
