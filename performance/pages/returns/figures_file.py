"""Figures of returns as files to take away: of one version, which can be sent in again as they are, or
of all that count now."""

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from performance.exports.return_file import OBSERVATIONS, name_of, observations_of, unpublished_csv
from performance.models import Observation, Series
from performance.pages.returns.return_page import visible_version
from performance.pages.returns.series import returns_page
from performance.people.readings import record_reading

CSV = "text/csv; charset=utf-8"
IN_ORDER = ("organisation__slug", "period_start", "period_end", "measure__code", "pk")
ROWS_AT_ONCE = 2_000


@require_safe
@returns_page
def figures_that_count(request: HttpRequest, series: Series) -> HttpResponseBase:
    figures = observations_of(series, request.user)
    return _file(request, series, "accepted-figures", figures)


@require_safe
@returns_page
def figures_of_version(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    version = visible_version(pk, request.user)
    figures = Observation.objects.filter(trust_return=version)
    period = f"{version.period_start:%Y-%m-%d}"
    name = f"{version.organisation.slug}-{version.framework.slug}-{period}-version-{version.version}"
    return _file(request, version.series, name, figures)


def _file(
    request: HttpRequest, series: Series, name: str, figures: QuerySet[Observation]
) -> HttpResponseBase:
    record_reading(by=request.user, what=f"File, {name}", rows=figures.count())
    rows = OBSERVATIONS.values(figures).order_by(*IN_ORDER).iterator(chunk_size=ROWS_AT_ONCE)
    response = StreamingHttpResponse(
        unpublished_csv(list(OBSERVATIONS.columns), rows, series), content_type=CSV
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{name_of(name, series)}.csv")
    return response
