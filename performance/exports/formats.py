"""The formats in which every table can be had, and the answer that each is."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from performance.exports.csv_file import csv_file
from performance.exports.csvw import csv_metadata
from performance.exports.json_file import json_file
from performance.exports.ods_file import MEDIA_TYPE as ODS
from performance.exports.ods_file import ods_file
from performance.exports.parquet_file import parquet_file
from performance.exports.table_file import ReleaseFile
from performance.exports.xlsx_file import xlsx_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, METADATA = "csv", "csv-metadata.json"


@dataclass(frozen=True)
class Format:
    """`ending` is that of addresses and file names."""

    ending: str
    title: str
    media_type: str
    answer: Callable[[ReleaseFile], HttpResponseBase]


FORMATS = {
    one.ending: one
    for one in (
        Format(
            CSV,
            "CSV",
            "text/csv; charset=utf-8",
            lambda file: StreamingHttpResponse(csv_file(file)),
        ),
        Format("xlsx", "Excel", XLSX, lambda file: FileResponse(xlsx_file(file))),
        Format("ods", "ODS", ODS, lambda file: FileResponse(ods_file(file))),
        Format(
            "parquet",
            "Parquet",
            "application/vnd.apache.parquet",
            lambda file: FileResponse(parquet_file(file)),
        ),
        Format(
            "json",
            "JSON",
            "application/json",
            lambda file: StreamingHttpResponse(json_file(file)),
        ),
        Format(
            METADATA,
            "described for programs",
            "application/csvm+json",
            lambda file: HttpResponse(json.dumps(csv_metadata(file), indent=2, ensure_ascii=False)),
        ),
    )
}


def answer(file: ReleaseFile, ending: str) -> HttpResponseBase:
    """The file as a download. Raises KeyError for a format that there isn't, TooLong for a table that is
    too long for the format."""
    chosen = FORMATS[ending]
    response = chosen.answer(file)
    response["Content-Type"] = chosen.media_type
    response["Content-Disposition"] = f'attachment; filename="{file.name}.{ending}"'
    if ending == CSV:
        described = f'<{file.address_as(METADATA)}>; rel="describedby"; type="application/csvm+json"'
        response["Link"] = described
    return response
