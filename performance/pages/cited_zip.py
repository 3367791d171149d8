"""Everything that a summary cites, in one file to keep: its paragraphs, the figures of its charts and
of what they rest on, the releases and corrections, and how to cite it all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from performance.charts.figure import Row
from performance.charts.results_table import raw
from performance.exports.about import OTHER_TERMS, TERMS
from performance.exports.csv_file import csv_file
from performance.exports.place import address_of, place_of
from performance.exports.table_file import FileTable, ReleaseFile, name_of_file
from performance.exports.zip_file import zipped
from performance.models import Release, SeriesStanding
from performance.pages.figures import is_published
from performance.pages.file_tables import rows_file
from performance.pages.files import download_page
from performance.pages.paragraphs import Paragraph
from performance.pages.summary import content_of
from performance.periods import written_date
from performance.releases.choose import releases_up_to
from performance.releases.citation import cited_as
from performance.releases.results import all_results_of_measures
from performance.releases.summary import SUMMARY_MEASURES
from performance.releases.whole_tables import DIVERGENCE, NATIONAL, PREDICTIONS, RATINGS

BEHIND_A_SERIES = (DIVERGENCE, NATIONAL, RATINGS, PREDICTIONS)


@download_page
def cited_zip(request: HttpRequest, release: Release) -> HttpResponse:
    response = HttpResponse(zipped(files_of(request, release)), content_type="application/zip")
    name = name_of_file("cited", release)
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def files_of(request: HttpRequest, release: Release) -> dict[str, str]:
    """The text of each file by its path."""
    content = content_of(request, release)
    tables = [
        _table("paragraphs", [_raw_paragraph(one) for one in content.paragraphs]),
        _table("releases", [_raw_release(one) for one in releases_up_to(release)]),
        *(_table(f"charts/{name}", figure.table.rows) for name, figure in content.figures),
        *(_measures(release) if is_published(release) else _findings(release)),
    ]
    files = {f"{table.name}.csv": _csv(request, release, table) for table in tables}
    return {
        "README.txt": _readme(request, release, files),
        "paragraphs.txt": _as_text(content.paragraphs, release),
        **files,
    }


def _table(path: str, rows: Sequence[Row]) -> FileTable:
    return rows_file(path, path, rows)


def _measures(release: Release) -> list[FileTable]:
    """Every figure of each measure that a paragraph rests on."""
    by_measure: dict[str, list[Row]] = defaultdict(list)
    for row in all_results_of_measures(release, SUMMARY_MEASURES):
        by_measure[row.measure].append(raw(row))
    return [_table(f"measures/{code}", rows) for code, rows in sorted(by_measure.items())]


def _findings(release: Release) -> list[FileTable]:
    """Whole tables of every trust and year, of which the paragraphs of a series are made."""
    found = ((table, list(table.rows(table.of(release)))) for table in BEHIND_A_SERIES)
    return [
        FileTable(f"tables/{table.slug}", table.title, list(table.columns), rows, len(rows))
        for table, rows in found
        if rows
    ]


def _csv(request: HttpRequest, release: Release, table: FileTable) -> str:
    """The address in its rows is that of the zip, as not each of its tables has one of its own."""
    place = place_of(request).in_release(release.number)
    address = request.build_absolute_uri(place.address("cited-zip"))
    return "".join(csv_file(ReleaseFile(table, release, lambda _: address, address_of(request, place))))


def _raw_paragraph(paragraph: Paragraph) -> Row:
    return {
        "paragraph": paragraph.number,
        "text": paragraph.text,
        "permanent_address": paragraph.address,
        "citation": paragraph.citation,
    }


def _raw_release(release: Release) -> Row:
    return {
        "number": release.number,
        "title": release.title,
        "published": release.published_at.date() if release.published_at else None,
        "as_at": release.figures_as_at,
        "corrects": release.corrects.number if release.corrects else None,
        "correction_reason": release.correction_reason,
        "changes": "\n".join(release.changes),
        "digest": release.digest,
    }


def _as_text(paragraphs: Iterable[Paragraph], release: Release) -> str:
    said = "\n\n".join(f"{one.number}. {one.text}\n   {one.address}" for one in paragraphs)
    return f"{cited_as(release)}\n\n{said}\n"


def _readme(request: HttpRequest, release: Release, tables: Iterable[str]) -> str:
    standing = SeriesStanding(release.series.standing)
    path = place_of(request).in_release(release.number).address("summary")
    address = request.build_absolute_uri(path)
    listed = "\n".join(f"  {name}" for name in ("paragraphs.txt", *tables))
    return f"""{release.title}
{standing.label}. Figures as at {written_date(release.figures_as_at)}.

What it is
  {release.series.description}

Permanent address
  {address}

How to cite
  {cited_as(release)}, {address}
  A paragraph has a number and an address of its own: paragraphs.csv has the citation of each.

Digest
  {release.digest}
  The SHA-256 of all results of this release. The page of the release says how to prove it.

Terms
  {TERMS.get(standing, OTHER_TERMS)}

Files
{listed}
  Tables are CSV in UTF-8. Each row names its series, standing and release.
"""
