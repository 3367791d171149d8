"""The whole tables of a release, page by page; and which tables a release has."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.api import describing
from performance.api.answers import table_answer
from performance.api.asking import Asked, asked_of
from performance.api.problems import Problem
from performance.api.rendering import Csv, Json
from performance.api.table_pages import Complete, TablePage, page_of
from performance.exports.about import OTHER_TERMS, STANDINGS, TERMS
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

    def get(self, request: Request, series: str, release: str) -> Response:
        found = release_asked(request, series, release)
        etag = etag_of(f"{version_of(found)}-{request.accepted_renderer.format}")
        response = get_conditional_response(request, etag=etag) or self.answer(request, found)
        response["ETag"] = etag
        response["Cache-Control"] = cache_control(found, is_numbered=release != CURRENT)
        return response

    def answer(self, request: Request, release: Release) -> Response:
        raise NotImplementedError


class ReleaseTable(OfRelease):
    table: WholeTable
    renderer_classes = [Json, Csv]

    def answer(self, request: Request, release: Release) -> Response:
        asked = asked_of(self.table, request.query_params)
        complete = _completed(self.table, release)
        page = page_of(self.table, f"release {release.pk}", self.table.heads(release), asked, complete)
        csv = _csv(request, release, self.table, page, asked)
        name = name_of_file(self.table.slug, release)
        return table_answer(request, page, about_release(request, release), csv, name)


def view_of(table: WholeTable) -> Callable[..., Any]:
    """Of the address of one table, with its own columns in the description of the API."""
    name = "".join(word.title() for word in table.slug.split("-"))
    described = extend_schema(
        operation_id=table.slug,
        summary=table.title,
        description=f"Page by page. The whole of it is in one file at the release's /data/{table.slug}.csv, "
        "or another format.",
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
        of = address_of(request, place_of(release))
        tables = [
            {
                "table": table.slug,
                "title": table.title,
                "rows": table.number(release),
                "pages": _address(request, release, table.slug),
                "files": {ending: of("data-file", table.slug, ending) for ending in FORMATS},
            }
            for table in WHOLE_TABLES.values()
        ]
        files = {"zip": of("data-zip"), "datapackage": of("data-package")}
        return Response({"about": about_release(request, release), "files": files, "tables": tables})


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
    """What every answer says about its figures, so that they are never taken for others."""
    series = release.series
    standing = SeriesStanding(series.standing)
    return {
        "series": series.title,
        "series_slug": series.slug,
        "standing": standing.label,
        "what_standing_means": STANDINGS[standing],
        "release": release.number,
        "release_title": release.title,
        "release_address": address_of(request, place_of(release))("release", release.number),
        "figures_as_at": release.figures_as_at,
        "corrected_by": release.corrected_by,
        "terms": TERMS.get(standing, OTHER_TERMS),
        "citation": cited_as(release),
        "digest": release.digest,
    }


def place_of(release: Release) -> Place:
    return Place(release.series.slug, release.number)


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
    told = table.told_by_database(list(table.columns))

    def complete(rows: Sequence[Values], keys: Sequence[int]) -> list[Values]:
        results = getattr(release, table.results).all()
        made = table.make(table.together(results, results.filter(pk__in=keys)))
        by_what_is_told = {
            tuple(row[name] for name in told): [row[name] for name in table.columns] for row in made
        }
        return [by_what_is_told[tuple(row)] for row in rows]

    return complete


def _csv(
    request: Request, release: Release, table: WholeTable, page: TablePage, asked: Asked
) -> Iterator[str]:
    """As the whole table is written, with where these rows stand for good."""
    query = f"?{request.query_params.urlencode()}" if request.query_params else ""
    filters = [(one.name, ", ".join(one.values)) for one in asked.filters]
    rows = FileTable(table.slug, table.title, list(page.fields), page.rows, len(page.rows), filters)
    address = _address(request, release, table.slug) + query
    return csv_file(ReleaseFile(rows, release, lambda _: address, address_of(request, place_of(release))))
