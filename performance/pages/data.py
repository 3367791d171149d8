"""All of a release to take away: each whole table as a file, all of them as one, and what is in them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from performance.exports.csv_file import csv_file, csv_lines
from performance.exports.csvw import csv_metadata
from performance.exports.data_package import data_package
from performance.exports.dictionary import dictionary
from performance.exports.place import address_of, place_of
from performance.exports.release_readme import readme
from performance.exports.table_file import FileTable, ReleaseFile, measures_called, name_of_file
from performance.exports.zip_file import zip_stream
from performance.models import Measure, Release
from performance.pages.files import download_page, file_page
from performance.pages.release_page import release_page
from performance.releases.whole_tables import WHOLE_TABLES, WholeTable

DICTIONARY_COLUMNS = ("column", "title", "type", "unit", "description", "method")


@release_page
def data(request: HttpRequest, release: Release) -> HttpResponse:
    tables = ((table, table.number(release)) for table in WHOLE_TABLES.values())
    context = {
        "tables": [(table, number) for table, number in tables if number],
        "fields": dictionary().values(),
    }
    return render(request, "pages/data.html", context)


@file_page
def data_file(request: HttpRequest, release: Release, name: str) -> FileTable:
    if name not in WHOLE_TABLES:
        raise Http404(f"There is no table '{name}': a release has {', '.join(WHOLE_TABLES)}.")
    return whole_file(WHOLE_TABLES[name], release)


def whole_file(table: WholeTable, release: Release) -> FileTable:
    results = table.of(release)
    codes: Iterable[str] = ()
    if "measure" in table.columns:
        codes = Measure.objects.filter(pk__in=results.order_by().values("measure")).values_list(
            "code", flat=True
        )
    return FileTable(
        table.slug,
        table.title,
        list(table.columns),
        table.rows(results),
        table.number(release),
        methods=table.methods,
        measures=list(codes),
    )


@download_page
def data_package_page(request: HttpRequest, release: Release) -> HttpResponse:
    """The descriptor, whose tables are at their lasting addresses."""
    files = {file.address: file for file in _files(request, release).values()}
    return _json(data_package(files))


@download_page
def data_zip(request: HttpRequest, release: Release) -> StreamingHttpResponse:
    pieces = zip_stream(_zipped(request, release))
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name_of_file("data", release)}.zip"'
    return response


def _zipped(request: HttpRequest, release: Release) -> Iterator[tuple[str, Iterable[bytes]]]:
    files = _files(request, release)
    yield "README.txt", [readme(list(files.values())).encode()]
    package = data_package({f"tables/{path}": file for path, file in files.items()})
    yield "datapackage.json", [_written(package)]
    yield "data-dictionary.csv", (line.encode() for line in _dictionary_lines())
    for path, file in files.items():
        yield f"tables/{path}", (piece.encode() for piece in csv_file(file))
        yield f"tables/{path}-metadata.json", [_written(csv_metadata(file) | {"url": path})]


def _files(request: HttpRequest, release: Release) -> dict[str, ReleaseFile]:
    """Every table that has rows, by its name as a CSV file."""
    found = {table.slug: whole_file(table, release) for table in WHOLE_TABLES.values()}
    definitions = measures_called({code for table in found.values() for code in table.measures})
    place = place_of(request).in_release(release.number)

    def address_as(name: str) -> Any:
        return lambda ending: str(request.build_absolute_uri(place.address("data-file", name, ending)))

    return {
        f"{name}.csv": ReleaseFile(table, release, address_as(name), address_of(request, place), definitions)
        for name, table in found.items()
        if table.number
    }


def _dictionary_lines() -> Iterator[str]:
    fields = dictionary().values()
    rows = ([one.name, one.title, one.type, one.unit, one.in_full, one.method] for one in fields)
    return csv_lines(DICTIONARY_COLUMNS, rows)


def _json(content: Any) -> HttpResponse:
    return HttpResponse(_written(content), content_type="application/json")


def _written(content: Any) -> bytes:
    return json.dumps(content, indent=2, ensure_ascii=False).encode()
