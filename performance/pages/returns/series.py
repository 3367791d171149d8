"""In which series returns are, and who may read them before a release has published them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from performance.exports.place import Place
from performance.models import Series
from performance.models.walls import check_may_read_returns
from performance.pages.signed_in import signed_in
from performance.releases.choose import current_release

View = Callable[..., HttpResponseBase]


def returns_page(view: View) -> View:
    """Turns a view of (request, series, ...) into one for people who may read returns, about the
    series that trusts send theirs to. Where none takes any, a page says so."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        check_may_read_returns(request.user)
        series = Series.objects.filter(takes_returns=True).first()
        if series is None:
            return render(request, "returns/none_taken.html", status=503)
        enter_series(request, series)
        return view(request, series, *args, **named)

    return signed_in(shown)


def enter_series(request: HttpRequest, series: Series) -> None:
    """Tells templates which figures these are. Links in the masthead lead to pages of the same
    series, where it has a release to read."""
    place = Place(series.slug) if current_release(series.slug) else Place()
    request.place, request.series = place, series  # type: ignore[attr-defined]
    request.release = None  # type: ignore[attr-defined]
