"""What the figures are about and by whom they were held to what: tables that are of no one release."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.views import APIView

from performance.api import describing
from performance.api.answers import Answered, table_answer
from performance.api.asking import asked_of
from performance.api.rendering import Csv, Json
from performance.api.table_pages import Question
from performance.exports.csv_file import csv_lines
from performance.exports.freshness import CHECKED_EACH_TIME
from performance.models import Framework, FrameworkMeasure, Measure, Release, Series
from performance.releases.tables import Table, or_blank
from trusts.models import Organisation, Succession

TAG = "What the figures are about"
OF_THE_RECORD = {"certainty": "certainty", "source": "source", "note": "note"}
NEWEST = Release.objects.published().filter(series=OuterRef("pk")).order_by("-number")

ORGANISATIONS = Table(
    slug="organisations",
    title="Organisations that answered for probation, and when they stood",
    columns={
        "organisation": "slug",
        "organisation_name": "name",
        "organisation_kind": "kind",
        "code": "code",
        "region": or_blank("region__slug"),
        "opened": "opened",
        "closed": "closed",
        **OF_THE_RECORD,
    },
)
SUCCESSIONS = Table(
    slug="successions",
    title="Which organisation took over from which, and when",
    columns={
        "predecessor": "predecessor__slug",
        "predecessor_name": "predecessor__name",
        "successor": "successor__slug",
        "successor_name": "successor__name",
        "date": "date",
        "territory": "territory",
        **OF_THE_RECORD,
    },
)
MEASURES = Table(
    slug="measures",
    title="Measures, as they are defined",
    columns={
        "measure": "code",
        "measure_title": "title",
        "kind": "kind",
        "polarity": "polarity",
        "unit": "unit",
        "what_is_counted": "counted",
        "out_of": "out_of",
        "why_it_matters": "why_it_matters",
        "caveats": "caveats",
        "definition": "standing",
        "definition_note": "standing_note",
    },
)
FRAMEWORKS = Table(
    slug="frameworks",
    title="Performance frameworks, and whom they were for",
    columns={
        "framework": "short_title",
        "framework_slug": "slug",
        "framework_title": "title",
        "starts": "starts",
        "ends": "ends",
        "applies_to": "applies_to",
        "summary": "summary",
        "rating_scheme": "rating_scheme",
        "coverage": "coverage",
    },
)
FRAMEWORK_MEASURES = Table(
    slug="framework-measures",
    title="The measures of each framework, with weight and target",
    columns={
        "framework": "domain__framework__short_title",
        "domain": "domain__title",
        "measure": "measure__code",
        "measure_title": "measure__title",
        "own_code": "local_code",
        "weight_in_domain": "weight",
        "target": "target",
        "target_note": "target_note",
        "definition": "standing",
        "note": "note",
    },
)
SERIES = Table(
    slug="series",
    title="Series of releases, each of one standing",
    columns={
        "series_slug": "slug",
        "series": "title",
        "standing_word": "standing",
        "description": "description",
        "takes_returns": "takes_returns",
        "current_release": Subquery(NEWEST.values("number")[:1]),
    },
)
RELEASES = Table(
    slug="releases",
    title="Releases that were published, those withdrawn since among them",
    columns={
        "series_slug": "series__slug",
        "series": "series__title",
        "standing_word": "series__standing",
        "release": "number",
        "title": "title",
        "figures_as_at": "figures_as_at",
        "state": "state",
        "published": TruncDate("published_at"),
        "corrects": "corrects__number",
        "correction_reason": "correction_reason",
        "withdrawal_reason": "withdrawal_reason",
        "digest": "digest",
    },
)
# With what their rows are.
CATALOGUE: tuple[tuple[Table, Callable[[], QuerySet[Any]]], ...] = (
    (SERIES, lambda: Series.objects.filter(Exists(NEWEST))),
    (RELEASES, lambda: Release.objects.filter(published_at__isnull=False)),
    (ORGANISATIONS, Organisation.objects.all),
    (SUCCESSIONS, Succession.objects.all),
    (MEASURES, Measure.objects.all),
    (FRAMEWORKS, Framework.objects.all),
    (FRAMEWORK_MEASURES, FrameworkMeasure.objects.all),
)


class CatalogueTable(APIView):
    table: Table
    rows_of: Callable[[], QuerySet[Any]]
    renderer_classes = [Json, Csv]

    def get(self, request: Request) -> HttpResponseBase:
        asked = asked_of(self.table, request.query_params)
        said = Answered({}, lambda rows, _: csv_lines(asked.fields, rows), self.table.slug)
        response, _ = table_answer(request, Question(self.table, "", type(self).rows_of(), asked), said)
        response["Cache-Control"] = CHECKED_EACH_TIME
        return response


def view_of(table: Table, rows_of: Callable[[], QuerySet[Any]]) -> Callable[..., Any]:
    name = describing.name_of(table)
    described = extend_schema(
        operation_id=table.slug,
        summary=table.title,
        parameters=describing.parameters_of(table),
        examples=describing.examples_of(table),
        responses={
            (200, "application/json"): describing.page_of(name, table, None),
            (200, "text/csv"): str,
            **describing.problems(400, 401, 429),
        },
        tags=[TAG],
    )
    view = type(f"{name}View", (CatalogueTable,), {"table": table, "rows_of": staticmethod(rows_of)})
    view.__doc__ = table.title
    return extend_schema_view(get=described)(view).as_view()
