"""Pages for when there is no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A text raised with Http404 is for the reader; the resolver's own is not."""
    request.release = None  # type: ignore[attr-defined]
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "pages/not_found.html", {"reason": reason}, status=404)


def fault(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/fault.html", status=500)
