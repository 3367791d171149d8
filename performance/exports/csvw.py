"""What a CSV file can't say by itself, in the terms of CSV on the Web (W3C, 2015)."""

from dataclasses import asdict
from typing import Any

from performance.exports.about import about
from performance.exports.dictionary import Field
from performance.exports.table_file import ReleaseFile

DATATYPES = {
    "text": "string",
    "integer": "integer",
    "number": "double",
    "boolean": {"base": "boolean", "format": "True|False"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}


def csv_metadata(file: ReleaseFile) -> dict[str, Any]:
    """To stand beside the CSV, under its name and '-metadata.json'."""
    said = about(file)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file.address,
        "dc:title": said.title,
        "dc:description": f"{said.standing}. {said.what_standing_means}",
        "dc:bibliographicCitation": f"{said.citation}, {said.address}",
        "dc:rights": said.terms,
        "dc:issued": file.release.published_at.date().isoformat() if file.release.published_at else None,
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": [_column(field) for field in file.fields_of_rows]},
        "notes": [asdict(said)],
    }


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "titles": [field.name, field.heading],
        "dc:description": field.in_full,
        "datatype": DATATYPES[field.type],
    }
