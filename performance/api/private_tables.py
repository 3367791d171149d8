"""What isn't published, for those who may see it: their own trust's, or any.

Figures, and findings that quote them, leave an event each time that they are asked for.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.api import describing
from performance.api.answers import Answered, about_series, table_answer
from performance.api.asking import Asked, asked_of
from performance.api.rendering import Csv, Json
from performance.api.table_pages import Question
from performance.api.tokens import WithToken
from performance.exports.freshness import KEPT_BY_NOBODY
from performance.exports.return_file import OBSERVATIONS, name_of, observations_of, unpublished_csv
from performance.models import CaseExtract, Finding, Job, JobKind, Series, Severity, TrustReturn, Upload
from performance.models.walls import check_may_read_returns
from performance.people.readings import record_reading
from performance.releases.tables import PERIOD, Table, or_blank
from trusts.models import Person
from trusts.permission import Permission, has

TAG = "Returns, for those who send and review them"
OPEN_WARNINGS = (
    Finding.objects.filter(trust_return=OuterRef("pk"), severity=Severity.WARNING, accepted_at__isnull=True)
    .order_by()
    .values("trust_return")
    .annotate(number=Count("pk"))
)


RETURNS = Table(
    slug="returns",
    title="Returns, each version of them",
    columns={
        "return": "pk",
        "organisation": "organisation__slug",
        "framework": "framework__short_title",
        **PERIOD,
        "version": "version",
        "state": "state",
        "upload": "upload",
        "open_warnings": Coalesce(Subquery(OPEN_WARNINGS.values("number")), 0),
        "submitted": "submitted_at",
        "approved": "approved_at",
        "sent_back": "returned_at",
        "return_reason": "return_reason",
        "accepted": "accepted_at",
        "supersedes": "supersedes",
    },
)
UPLOADS = Table(
    slug="uploads",
    title="Files that were sent, whatever became of them",
    columns={
        "upload": "pk",
        "file_name": "name",
        "bytes": "size",
        "sha256": "sha256",
        "organisation": or_blank("organisation__slug"),
        "uploaded": "uploaded_at",
        "state": "state",
        "lines": "lines",
        "job": "job__pk",
    },
)
FINDINGS = Table(
    slug="findings",
    title="What was found in files that were sent",
    columns={
        "finding": "pk",
        "upload": "upload",
        "return": "trust_return",
        "severity": "severity",
        "code": "code",
        "row": "row",
        "column": "column",
        "sentence": "sentence",
        "accepted": "accepted_at",
        "acceptance_reason": "acceptance_reason",
    },
)
JOBS = Table(
    slug="jobs",
    title="Work in the background, and how far it is",
    columns={
        "job": "pk",
        "job_kind": "kind",
        "state": "state",
        "requested": "requested_at",
        "at_step": "step",
        "steps_done": "steps_done",
        "steps_total": "steps_total",
        "last_sign": "heartbeat",
        "finished": "finished",
        "how_it_ended": "outcome",
        "upload": "upload",
        "series_slug": "series__slug",
        "release": "release__number",
    },
)


def _uploads(series: Series, person: Person) -> QuerySet[Any]:
    return Upload.objects.visible_to(person).filter(series=series)


def _returns(series: Series, person: Person) -> QuerySet[Any]:
    return TrustReturn.objects.visible_to(person).filter(series=series)


def _findings(series: Series, person: Person) -> QuerySet[Any]:
    """In files that they may see, and about returns that they may see, whoever sent the file."""
    about = Q(trust_return__in=_returns(series, person))
    return Finding.objects.filter(Q(upload__in=_uploads(series, person)) | about)


def _jobs(series: Series, person: Person) -> QuerySet[Any]:
    """Checks of files and counts of extracts that they may see; builds of any series for those who may ask
    for one."""
    extracts = CaseExtract.objects.visible_to(person).filter(series=series)
    seen = Q(kind=JobKind.CHECK_UPLOAD, upload__in=_uploads(series, person))
    seen |= Q(kind=JobKind.COUNT_EXTRACT, case_extract__in=extracts)
    may_build = has(person, Permission.BUILD_RELEASE)
    return Job.objects.filter(seen | Q(kind=JobKind.BUILD_RELEASE) if may_build else seen)


RowsOf = Callable[[Series, Person], QuerySet[Any]]
# With what their rows are, and whether there are figures in them.
PRIVATE_TABLES: dict[str, tuple[Table, RowsOf, bool]] = {
    table.slug: (table, rows_of, has_figures)
    for table, rows_of, has_figures in (
        (OBSERVATIONS, observations_of, True),
        (RETURNS, _returns, False),
        (UPLOADS, _uploads, False),
        (FINDINGS, _findings, True),
        (JOBS, _jobs, False),
    )
}


class Private(APIView):
    """Kept by nobody."""

    permission_classes = [WithToken]

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **named: Any
    ) -> HttpResponseBase:
        response["Cache-Control"] = KEPT_BY_NOBODY
        return super().finalize_response(request, response, *args, **named)

    def series(self, request: Request) -> Series:
        """That which takes returns. Raises NotAllowed for those who may see nobody's, Http404 where there
        is none."""
        check_may_read_returns(request.user)
        series = Series.objects.filter(takes_returns=True).first()
        if series is None:
            raise Http404("No series takes returns here.")
        return series


class PrivateTable(Private):
    name: str
    renderer_classes = [Json, Csv]

    def get(self, request: Request) -> HttpResponseBase:
        series = self.series(request)
        table, rows_of, has_figures = PRIVATE_TABLES[self.name]
        asked = asked_of(table, request.query_params)
        rows = rows_of(series, request.user)
        said = Answered(
            about_unpublished(series),
            lambda rows, _: unpublished_csv(asked.fields, rows, series),
            name_of(table.slug, series),
        )
        question = Question(table, f"person {request.user.pk}", rows, asked)
        response, number = table_answer(request, question, said)
        if has_figures:
            _record(request, table, asked, number)
        return response


class PrivateRow(Private):
    """One row of a table, under its number."""

    name: str

    def get(self, request: Request, pk: int) -> Response:
        return Response(row_of(self.name, self.series(request), request.user, pk))


def row_of(name: str, series: Series, person: Person, pk: int) -> dict[str, Any]:
    """Raises Http404 for what isn't there and for what isn't for this person's eyes, in the same words."""
    table, rows_of, _ = PRIVATE_TABLES[name]
    values = table.values(rows_of(series, person).filter(pk=pk)).first()
    if values is None:
        raise Http404(f"There is no {name.removesuffix('s')} {pk} among those that you may see.")
    return {"about": about_unpublished(series), **dict(zip(table.columns, values, strict=True))}


def about_unpublished(series: Series) -> dict[str, Any]:
    return {**about_series(series), "published": False}


def _record(request: Request, table: Table, asked: Asked, rows: int) -> None:
    """Also of no rows, as the reason why there are none tells something too."""
    filters = {one.name: list(one.values) for one in asked.filters}
    token = {"token": request.auth.name, "token_number": request.auth.pk}
    record_reading(by=request.user, what=f"API, {table.slug}", **token, filters=filters, rows=rows)


def described_table(name: str) -> Callable[[Any], Any]:
    table = PRIVATE_TABLES[name][0]
    return extend_schema(
        operation_id=f"{name}-list",
        summary=table.title,
        description="For those who may see it; kept by nobody.",
        parameters=describing.parameters_of(table),
        examples=describing.examples_of(table, "about_series"),
        responses={
            (200, "application/json"): describing.page_of(name.title(), table, describing.AboutSeries),
            (200, "text/csv"): str,
            **describing.problems(400, 401, 403, 404, 429),
        },
        tags=[TAG],
    )


def table_view_of(name: str) -> Callable[..., Any]:
    view = type(f"{name.title()}View", (PrivateTable,), {"name": name})
    return extend_schema_view(get=described_table(name))(view).as_view()


def row_view_of(name: str) -> Callable[..., Any]:
    table = PRIVATE_TABLES[name][0]
    one = name.removesuffix("s")
    described = extend_schema(
        operation_id=one,
        summary=f"One {one}",
        description="Not found where it isn't there, and where it isn't for this token to see.",
        responses={
            200: describing.one_of(one.title(), table, describing.AboutSeries),
            **describing.problems(401, 403, 404, 429),
        },
        tags=[TAG],
    )
    view = type(f"{one.title()}View", (PrivateRow,), {"name": name})
    return extend_schema_view(get=described)(view).as_view()
