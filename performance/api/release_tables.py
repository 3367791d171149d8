"""The whole tables of a release, page by page; and which tables a release has."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.api import describing
from performance.api.answers import Answered, about_series, table_answer
from performance.api.asking import Asked, asked_of
from performance.api.problems import Problem
from performance.api.rendering import Csv, Json
from performance.api.table_pages import Complete, Question
from performance.exports.about import OTHER_TERMS, TERMS
from performance.exports.csv_file import csv_file
from performance.exports.formats import FORMATS
from performance.exports.freshness import cache_control, etag_of, version_of
from performance.exports.place import Place, address_of
from performance.exports.table_file import FileTable, ReleaseFile, name_of_file
from performance.models import Release, ReleaseState, SeriesStanding
from performance.releases.choose import series_called, successor_of
from performance.releases.citation import cited_as
from performance.releases.remembered import remembered_release
from performance.releases.tables import Values
from performance.releases.whole_tables import WHOLE_TABLES, WholeTable

CURRENT = "current"
TAG = "Figures of a release"
WHERE = [
    OpenApiParameter("series", str, "path", description="The series, such as public-record."),
    OpenApiParameter(
        "release",
        {"type": "string", "pattern": "^(current|[1-9][0-9]{0,5})$"},
        "path",
        description="The number of a release, whose figures never change, or 'current' for the newest.",
    ),
]


class TableOfRelease(serializers.Serializer):
    table = serializers.CharField()
    title = serializers.CharField()
    rows = serializers.IntegerField()
    pages = serializers.CharField()
    files = serializers.DictField(child=serializers.CharField())


class TablesOfRelease(serializers.Serializer):
    about = describing.AboutRelease()
    files = serializers.DictField(child=serializers.CharField())
    tables = TableOfRelease(many=True)


class OfRelease(APIView):
    """An address within a release: kept as pages are, and asked for anew without a look at its rows."""

    def get(self, request: Request, series: str, release: str) -> HttpResponseBase:
        found = release_asked(request, series, release)
        etag = etag_of(f"{version_of(found)}-{_digest(request)}")
        response = get_conditional_response(request, etag=etag) or self.answer(request, found)
        response["ETag"] = etag
        response["Cache-Control"] = cache_control(found, is_numbered=release != CURRENT)
        return response

    def answer(self, request: Request, release: Release) -> HttpResponseBase:
        raise NotImplementedError


class ReleaseTable(OfRelease):
    table: WholeTable
    renderer_classes = [Json, Csv]

    def answer(self, request: Request, release: Release) -> HttpResponseBase:
        asked = asked_of(self.table, request.query_params)
        heads, complete = self.table.heads(release), _completed(self.table, release)
        question = Question(self.table, f"release {release.pk}", heads, asked, complete)
        name = name_of_file(self.table.slug, release)
        said = Answered(about_release(request, release), _writer(request, release, self.table, asked), name)
        return table_answer(request, question, said)[0]


def view_of(table: WholeTable) -> Callable[..., Any]:
    """Of the address of one table, with its own columns in the description of the API."""
    name = describing.name_of(table)
    described = extend_schema(
        operation_id=table.slug,
        summary=table.title,
        description="As JSON page by page, as CSV all rows that fit. The whole of it is in one file too, at "
        f"the release's /data/{table.slug}.csv, .parquet or another format.",
        parameters=[*WHERE, *describing.parameters_of(table)],
        examples=describing.examples_of(table, "about_release"),
        responses={
            (200, "application/json"): describing.page_of(name, table, describing.AboutRelease),
            (200, "text/csv"): str,
            **describing.problems(400, 401, 404, 410, 429),
        },
        tags=[TAG],
    )
    view = type(f"{name}View", (ReleaseTable,), {"table": table, "__doc__": table.title})
    return extend_schema_view(get=described)(view).as_view()


@extend_schema_view(
    get=extend_schema(
        operation_id="release",
        summary="What a release is, and its tables",
        parameters=WHERE,
        responses={200: TablesOfRelease, **describing.problems(400, 401, 404, 410, 429)},
        tags=[TAG],
    )
)
class ReleaseView(OfRelease):
    """`pages` of each table are of this API, `files` hold all of it."""

    def answer(self, request: Request, release: Release) -> Response:
        of = address_of(request, _place_of(release))
        tables = [
            {
                "table": table.slug,
                "title": table.title,
                "rows": _number(table, release),
                "pages": _address(request, release, table.slug),
                "files": {ending: of("data-file", table.slug, ending) for ending in FORMATS},
            }
            for table in WHOLE_TABLES.values()
        ]
        files = {"zip": of("data-zip"), "datapackage": of("data-package")}
        return Response({"about": about_release(request, release), "files": files, "tables": tables})


def _digest(request: Request) -> str:
    """Of what was asked, so that the tag of one answer is never that of another."""
    asked = f"{request.accepted_renderer.format} {request.get_full_path()}"
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def release_asked(request: Request, series: str, release: str) -> Release:
    """Raises Http404 or Problem where there are no figures to tell."""
    number = None if release == CURRENT else int(release)
    found = remembered_release(series, number)
    if found is None:
        raise Http404(_no_release(series, number))
    if found.state == ReleaseState.WITHDRAWN:
        successor = successor_of(found)
        instead = _address(request, successor) if successor else None
        said = f"{found.title} was withdrawn: {found.withdrawal_reason}"
        raise Problem(said, HTTPStatus.GONE, successor=instead)
    return found


def about_release(request: Request, release: Release) -> dict[str, Any]:
    return {
        **about_series(release.series),
        "release": release.number,
        "release_title": release.title,
        "release_address": address_of(request, _place_of(release))("release", release.number),
        "figures_as_at": release.figures_as_at,
        "corrected_by": release.corrected_by,
        "terms": TERMS.get(SeriesStanding(release.series.standing), OTHER_TERMS),
        "citation": cited_as(release),
        "digest": release.digest,
    }


def _place_of(release: Release) -> Place:
    return Place(release.series.slug, release.number)


def _number(table: WholeTable, release: Release) -> int:
    """Counted once: it never changes."""
    key = f"rows-{version_of(release)}-{table.slug}"
    return int(cache.get_or_set(key, lambda: table.number(release)))


def _no_release(series: str, number: int | None) -> str:
    if series_called(series) is None:
        return f"There is no series '{series}'."
    if number is None:
        return f"The series '{series}' has no published release yet."
    return f"There is no published release {number} of the series '{series}'."


def _address(request: Request, release: Release, table: str = "") -> str:
    where = [release.series.slug, str(release.number)]
    path = reverse(f"api-{table}" if table else "api-release", args=where)
    return str(request.build_absolute_uri(path))


def _completed(table: WholeTable, release: Release) -> Complete | None:
    """For the columns that are made of several results."""
    if table.make is None:
        return None

    def complete(rows: Sequence[Values], keys: Sequence[int]) -> list[Values]:
        results = getattr(release, table.results).all()
        made = table.make(table.together(results, results.filter(pk__in=keys)))
        by_what_is_told = {
            tuple(row[name] for name in table.told): [row[name] for name in table.columns] for row in made
        }
        return [by_what_is_told[tuple(row)] for row in rows]

    return complete


def _writer(
    request: Request, release: Release, table: WholeTable, asked: Asked
) -> Callable[[Iterable[Values], int], Iterator[str]]:
    """As the whole table is written, with where these rows stand for good."""
    query = f"?{request.query_params.urlencode()}" if request.query_params else ""
    filters = [(one.name, ", ".join(one.values)) for one in asked.filters]
    address = _address(request, release, table.slug) + query

    def write(rows: Iterable[Values], number: int) -> Iterator[str]:
        chosen = FileTable(table.slug, table.title, list(asked.fields), rows, number, filters)
        return csv_file(
            ReleaseFile(chosen, release, lambda _: address, address_of(request, _place_of(release)))
        )

    return write
