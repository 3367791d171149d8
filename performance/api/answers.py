"""A page of a table as the answer to a request."""

from collections.abc import Iterable
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from performance.api.table_pages import TablePage

CSV = "csv"


def table_answer(
    request: Request, page: TablePage, about: dict[str, Any] | None, csv: Iterable[str], name: str
) -> Response:
    """csv: the same rows as a file of that name, made only if it was asked for."""
    following = next_address(request, page)
    if request.accepted_renderer.format == CSV:
        response = Response("".join(csv))
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        said = {"about": about} if about else {}
        rows = {"rows": page.named_rows, "next": following, "empty_because": page.empty_because}
        response = Response({**said, **rows})
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def next_address(request: Request, page: TablePage) -> str | None:
    if not page.cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = page.cursor
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
