"""The page about the API, for people who write programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from performance.api.asking import MOST_ROWS, USUAL_ROWS
from performance.api.catalogue import CATALOGUE
from performance.api.fields import fields_of
from performance.api.private_tables import PRIVATE_TABLES
from performance.api.throttles import MOST_A_MINUTE
from performance.exports.dictionary import Field
from performance.exports.freshness import CHECKED_EACH_TIME, etag_of
from performance.published.loader import PUBLIC_RECORD
from performance.releases.tables import Table
from performance.releases.whole_tables import WHOLE_TABLES

# As addresses in the page have it, where a program puts what it wants.
RELEASE = "series/{series}/releases/{release}/"
EXAMPLE = "organisation=england-and-wales&format=csv"


@dataclass(frozen=True)
class TableOfApi:
    table: Table
    address: str

    @property
    def fields(self) -> list[Field]:
        return list(fields_of(self.table).values())


@csrf_exempt
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    etag = etag_of("api")
    response = get_conditional_response(request, etag=etag)
    response = response or render(request, "pages/api.html", _context(request))
    response["ETag"] = etag
    response["Cache-Control"] = CHECKED_EACH_TIME
    return response


def _context(request: HttpRequest) -> dict[str, object]:
    start = reverse("api-start")
    example = f"{reverse('api-indicators', args=[PUBLIC_RECORD, 'current'])}?{EXAMPLE}"
    return {
        "start": request.build_absolute_uri(start),
        "example": request.build_absolute_uri(example),
        "of_releases": list(_tables(f"{start}{RELEASE}", list(WHOLE_TABLES.values()))),
        "catalogue": list(_tables(start, [table for table, _ in CATALOGUE])),
        "private": list(_tables(start, [table for table, *_ in PRIVATE_TABLES.values()])),
        "usual_rows": USUAL_ROWS,
        "most_rows": MOST_ROWS,
        "most_a_minute": MOST_A_MINUTE,
    }


def _tables(start: str, tables: Sequence[Table]) -> Iterator[TableOfApi]:
    return (TableOfApi(table, f"{start}{table.slug}/") for table in tables)
