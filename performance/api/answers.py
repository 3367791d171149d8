"""Rows of a table as an answer: as JSON a page of them; as CSV all, unless a page is asked for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from performance.api.table_pages import Question, TablePage, all_rows, page_of
from performance.exports.about import STANDINGS
from performance.models import Series, SeriesStanding
from performance.releases.tables import Values

CSV = "csv"


@dataclass(frozen=True)
class Answered:
    """`about` is what an answer in JSON says beside its rows. `write` makes the lines of a CSV file called
    `name` of the rows and how many there are."""

    about: dict[str, Any]
    write: Callable[[Iterable[Values], int], Iterator[str]]
    name: str


def about_series(series: Series) -> dict[str, Any]:
    """What every answer says about its figures, so that they are never taken for others."""
    standing = SeriesStanding(series.standing)
    return {
        "series": series.title,
        "series_slug": series.slug,
        "standing": standing.label,
        "what_standing_means": STANDINGS[standing],
    }


def table_answer(request: Request, question: Question, said: Answered) -> tuple[HttpResponseBase, int]:
    """And how many rows are in it."""
    is_csv = request.accepted_renderer.format == CSV
    if is_csv and question.asked.limit is None and not question.asked.cursor:
        number = question.number
        return _file(said.write(all_rows(question), number), said), number
    page = page_of(question)
    following = next_address(request, page)
    number = len(page.rows)
    response = _file(said.write(page.rows, number), said) if is_csv else _json(page, following, said)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response, number


def next_address(request: Request, page: TablePage) -> str | None:
    if not page.cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = page.cursor
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))


def _file(lines: Iterable[str], said: Answered) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{said.name}.csv"'
    return response


def _json(page: TablePage, following: str | None, said: Answered) -> Response:
    rows = {"rows": page.named_rows, "next": following, "empty_because": page.empty_because}
    return Response({"about": said.about, **rows} if said.about else rows)
