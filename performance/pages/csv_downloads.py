"""Tables of pages as files. A table of results goes out with every column that a result has,
any other with its own columns."""

from collections.abc import Sequence

from django.http import StreamingHttpResponse

from performance.charts.figure import Figure
from performance.charts.results_table import RESULT_FILE_COLUMNS, raw
from performance.exports.csv_file import csv_response
from performance.models import Release
from performance.releases.rows import ResultRow


def results_csv(name: str, release: Release, rows: Sequence[ResultRow]) -> StreamingHttpResponse:
    return csv_response(name, release, RESULT_FILE_COLUMNS, [raw(row) for row in rows])


def figure_csv(name: str, release: Release, figure: Figure) -> StreamingHttpResponse:
    rows = figure.table.rows
    if rows and "result" in rows[0]:
        columns: Sequence[str] = RESULT_FILE_COLUMNS
    else:
        columns = list(rows[0]) if rows else []
    return csv_response(name, release, columns, rows)
