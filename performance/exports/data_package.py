"""A whole release as a data package (Frictionless Data, version 1): its tables, what their columns are,
and what is said about them all."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from performance.exports.about import about
from performance.exports.dictionary import Field
from performance.exports.table_file import ReleaseFile, name_of_file

TYPES = {"text": "string"}


def data_package(files: Mapping[str, ReleaseFile]) -> dict[str, Any]:
    """files: by the path or address that each has beside the descriptor."""
    first = about(next(iter(files.values())))
    release = next(iter(files.values())).release
    return {
        "profile": "tabular-data-package",
        "name": name_of_file("data", release),
        "title": release.title,
        "description": f"{first.standing}. {first.what_standing_means}",
        "homepage": first.release_address,
        "version": str(release.number),
        "created": release.built_at.isoformat(),
        "sources": [{"title": first.citation, "path": first.release_address}],
        "licenses": [{"name": "other-open", "title": first.terms}],
        "figures_as_at": release.figures_as_at.isoformat(),
        "digest": release.digest,
        "resources": [_resource(path, file) for path, file in files.items()],
    }


def _resource(path: str, file: ReleaseFile) -> dict[str, Any]:
    said = asdict(about(file))
    return {
        "profile": "tabular-data-resource",
        "name": file.table.name,
        "title": file.table.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "methods": said["methods"],
        "caveats": said["caveats"],
        "schema": {"fields": _fields(file.fields_of_rows), "missingValues": [""]},
    }


def _fields(fields: Sequence[Field]) -> list[dict[str, Any]]:
    return [_field(field) for field in fields]


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "title": field.heading,
        "description": field.in_full,
        "type": TYPES.get(field.type, field.type),
    }
    if field.type == "boolean":
        found |= {"trueValues": ["True"], "falseValues": ["False"]}
    if field.words:
        found["constraints"] = {"enum": [word for word, _ in field.words]}
    return found
