"""Tables as CSV: streamed, safe in a spreadsheet, saying in every row what they are."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import StreamingHttpResponse

from performance.models import Release, Series, SeriesStanding
from performance.published.loader import PUBLIC_RECORD

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands each written line straight on."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The byte-order mark tells a spreadsheet that this is UTF-8."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([safe(row[column]) for column in columns])


def safe(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front, which the
    spreadsheet takes as 'this is text'. Numbers stay numbers, also below zero."""
    if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def release_lines(
    release: Release, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> Iterator[str]:
    """Of a file whose every row also names its series, standing, release and date."""
    about = {
        "series": release.series.title,
        "standing": release.series.get_standing_display(),
        "release": release.number,
        "figures_as_at": release.figures_as_at.isoformat(),
    }
    return csv_lines([*columns, *about], ({**row, **about} for row in rows))


def csv_response(
    name: str, release: Release, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> StreamingHttpResponse:
    """A download whose every row says what it is of."""
    lines = release_lines(release, columns, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name_of_file(name, release)}.csv"'
    return response


def name_of_file(name: str, release: Release) -> str:
    return f"{_series_in_a_name(release.series)}{name}-release-{release.number}"


def _series_in_a_name(series: Series) -> str:
    """So that a file of another series can't be taken for one of the public record, and one of
    made-up figures says so wherever it lies."""
    if series.slug == PUBLIC_RECORD:
        return ""
    is_said = series.standing != SeriesStanding.SIMULATED or SeriesStanding.SIMULATED in series.slug
    return f"{series.slug}-" if is_said else f"{SeriesStanding.SIMULATED}-{series.slug}-"
