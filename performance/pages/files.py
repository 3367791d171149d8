"""Tables of a release as files, each in every format, at an address of its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from performance.exports.formats import FORMATS, answer
from performance.exports.place import address_of, place_of
from performance.exports.sheets import TooLong
from performance.exports.table_file import FileTable, ReleaseFile
from performance.models import Release, ReleaseState
from performance.pages.errors import withdrawn
from performance.pages.release_page import release_page
from performance.wording import listed

MakeTable = Callable[..., FileTable]


def file_page(make: MakeTable) -> Callable[..., HttpResponseBase]:
    """Turns a function of (request, release, ...) that makes a table into a view of its address, which
    ends in a format."""

    def shown(request: HttpRequest, release: Release, ending: str, **named: Any) -> HttpResponseBase:
        check_format(ending)
        table = make(request, release, **named)
        if not table.columns:
            raise Http404("There is nothing in this table: choose less narrowly.")
        file = release_file(request, release, table, **named)
        try:
            return answer(file, ending)
        except TooLong as reason:
            raise Http404(str(reason)) from reason

    return download_page(wraps(make)(shown))


def download_page(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """As release_page, of what readers keep: of a release that was withdrawn there is no more of it."""

    def shown(request: HttpRequest, release: Release, **named: Any) -> HttpResponseBase:
        if release.state == ReleaseState.WITHDRAWN:
            return withdrawn(request, release)
        return page(request, release, **named)

    return release_page(wraps(page)(shown))


def check_format(ending: str) -> None:
    """Raises Http404 for a format that there isn't, with those that there are."""
    if ending not in FORMATS:
        raise Http404(f"There is no format ‘{ending[:20]}’: files are {listed(list(FORMATS))}.")


def release_file(request: HttpRequest, release: Release, table: FileTable, **named: Any) -> ReleaseFile:
    """With its addresses. named: what the address of the request holds beside the format."""
    name = request.resolver_match.url_name  # type: ignore[union-attr]
    place = place_of(request).in_release(release.number)
    query = f"?{urlencode(table.filters, safe=':,')}" if table.filters else ""

    def address_as(ending: str) -> str:
        return str(request.build_absolute_uri(place.address(name, *named.values(), ending) + query))

    return ReleaseFile(table, release, address_as, address_of(request, place))
