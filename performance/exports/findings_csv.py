"""What was found in a file that was sent, as CSV."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from performance.exports.csv_file import csv_lines
from performance.models import Finding

COLUMNS = (
    "code",
    "severity",
    "row",
    "column",
    "sentence",
    "reason",
    "reason_given_by",
    "reason_given_at",
    # Last, as in every CSV of ours: what the row is of.
    "file",
)


def findings_csv(file_name: str, findings: Iterable[Finding]) -> StreamingHttpResponse:
    """A download with a row for each finding, in the order given; row and column are empty where a
    finding is of the whole file. file_name: as sent, and named in every row. Give the findings with
    who accepted them (select_related), or each takes a query."""
    response = StreamingHttpResponse(
        csv_lines(COLUMNS, _rows(file_name, findings)), content_type="text/csv; charset=utf-8"
    )
    name = f"findings-{PurePath(file_name).stem}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _rows(file_name: str, findings: Iterable[Finding]) -> Iterator[list[str | int | None]]:
    for finding in findings:
        yield [
            finding.code,
            finding.severity,
            finding.row,
            finding.column,
            finding.sentence,
            finding.acceptance_reason,
            str(finding.accepted_by) if finding.accepted_by else None,
            finding.accepted_at.isoformat() if finding.accepted_at else None,
            file_name,
        ]
