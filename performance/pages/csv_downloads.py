"""Tables of pages as files. A row goes out with every value that it has; the object that writes
its cells stays behind."""

from collections.abc import Sequence

from django.http import StreamingHttpResponse

from performance.charts.figure import Figure, Row
from performance.charts.results_table import RESULT_FILE_COLUMNS, raw
from performance.exports.csv_file import csv_response
from performance.models import Release
from performance.releases.rows import ResultRow

WRITES_CELLS = "result"


def results_csv(name: str, release: Release, rows: Sequence[ResultRow]) -> StreamingHttpResponse:
    return csv_response(name, release, RESULT_FILE_COLUMNS, [raw(row) for row in rows])


def figure_csv(name: str, release: Release, figure: Figure) -> StreamingHttpResponse:
    return rows_csv(name, release, figure.table.rows)


def rows_csv(name: str, release: Release, rows: Sequence[Row]) -> StreamingHttpResponse:
    return csv_response(name, release, file_columns(rows), rows)


def file_columns(rows: Sequence[Row]) -> list[str]:
    return [column for column in rows[0] if column != WRITES_CELLS] if rows else []
