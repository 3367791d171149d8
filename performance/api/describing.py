"""What the answers look like, for the description of the API (OpenAPI)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from performance.api.asking import (
    ENDS,
    LARGEST_INTEGER,
    LONGEST_VALUE,
    MOST_ORDERS,
    MOST_ROWS,
    MOST_VALUES,
    USUAL_ROWS,
    names_of_filters,
)
from performance.api.fields import fields_of
from performance.api.tokens import HOW
from performance.exports.dictionary import Field
from performance.releases.tables import Table

EXAMPLES = Path(__file__).parent / "content" / "examples.yaml"
JSON = "application/json"
TYPES: dict[str, type[serializers.Field]] = {
    "text": serializers.CharField,
    "integer": serializers.IntegerField,
    "number": serializers.FloatField,
    "boolean": serializers.BooleanField,
    "date": serializers.DateField,
    "datetime": serializers.DateTimeField,
}
# Of texts: no database keeps one with a null in it.
NO_NULL = "^[^\\x00]*$"
# Of parameters; what is said of texts is what `asking` takes.
PARAMETER_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "maxLength": LONGEST_VALUE, "pattern": NO_NULL},
    "integer": {"type": "integer", "minimum": -LARGEST_INTEGER, "maximum": LARGEST_INTEGER},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
}
ENDS_MEAN = {"_from": "This or more, or later.", "_to": "This or less, or earlier."}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "performance.api.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": HOW}


class ParameterError(serializers.Serializer):
    parameter = serializers.CharField()
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField())


class ProblemDetails(serializers.Serializer):
    """RFC 9457. A bad query names each thing that is wrong with it, a withdrawn release its successor, and a
    file that was sent before where that one is."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = ParameterError(many=True, required=False)
    successor = serializers.CharField(required=False, allow_null=True)
    same = serializers.CharField(required=False)


class AboutRelease(serializers.Serializer):
    series = serializers.CharField()
    series_slug = serializers.CharField()
    standing = serializers.CharField()
    what_standing_means = serializers.CharField(allow_blank=True)
    release = serializers.IntegerField()
    release_title = serializers.CharField()
    release_address = serializers.CharField()
    figures_as_at = serializers.DateField()
    corrected_by = serializers.IntegerField(allow_null=True)
    terms = serializers.CharField()
    citation = serializers.CharField()
    digest = serializers.CharField()


class AboutSeries(serializers.Serializer):
    series = serializers.CharField()
    series_slug = serializers.CharField()
    standing = serializers.CharField()
    what_standing_means = serializers.CharField(allow_blank=True)
    published = serializers.BooleanField()


PROBLEMS = {
    400: "Something in the address isn't known or can't be read; `errors` names each.",
    401: "The token is missing, unknown, ended or expired.",
    403: "Whoever this token is of may not do this.",
    404: "There is no such thing, or it isn't for this token to see.",
    405: "This method isn't for this address; `Allow` names those that are.",
    406: "There is no such format.",
    409: "It can't be done now; the sentence says why.",
    410: "The release was withdrawn: `detail` says why, `successor` what to read instead.",
    411: "The body doesn't say how long it is.",
    413: "The file is too large, or there is too much in the body.",
    415: "The body is in a format that isn't read here.",
    429: "Too many requests; `Retry-After` says in how many seconds there is another.",
}


def problems(*codes: int) -> dict[Any, OpenApiResponse]:
    described = {code: OpenApiResponse(ProblemDetails, description=PROBLEMS[code]) for code in codes}
    return {(code, "application/problem+json"): one for code, one in described.items()}


def name_of(table: Table) -> str:
    """FrameworkMeasures of framework-measures."""
    return "".join(word.title() for word in table.slug.split("-"))


@cache
def row_of(name: str, table: Table) -> type[serializers.Serializer]:
    """Every column may be left out, as `fields` may choose."""
    fields = {column: _field(field) for column, field in fields_of(table).items()}
    return type(f"{name}Row", (serializers.Serializer,), {"__doc__": table.title, **fields})


def page_of(
    name: str, table: Table, about: type[serializers.Serializer] | None
) -> type[serializers.Serializer]:
    said = {"about": about()} if about else {}
    parts = {
        **said,
        "rows": row_of(name, table)(many=True),
        "next": serializers.CharField(allow_null=True, help_text="Address of the next page."),
        "empty_because": serializers.CharField(
            allow_blank=True, help_text="Why there are no rows; empty where there are."
        ),
    }
    return type(f"{name}Page", (serializers.Serializer,), {"__doc__": table.title, **parts})


@cache
def one_of(name: str, table: Table, about: type[serializers.Serializer]) -> type[serializers.Serializer]:
    return type(f"{name}Whole", (row_of(name, table),), {"__doc__": table.title, "about": about()})


def examples_of(table: Table, about: str = "") -> list[OpenApiExample]:
    """Of a page with one row. about: what its answers say beside it, 'about_release' or 'about_series'."""
    said = {"about": examples()[about]} if about else {}
    value = {**said, "rows": [examples()[table.slug]], "next": None, "empty_because": ""}
    return [OpenApiExample("One row", value, response_only=True, media_type=JSON, status_codes=["200"])]


@cache
def examples() -> dict[str, Any]:
    return yaml.safe_load(EXAMPLES.read_text())


def parameters_of(table: Table) -> list[OpenApiParameter]:
    fields = fields_of(table)
    filters = [_filter(name, fields[column]) for name, (column, _) in names_of_filters(table).items()]
    told = table.told
    return [
        *filters,
        _listed("fields", list(table.columns), "Only these columns.", len(table.columns)),
        _listed(
            "ordering",
            [*told, *(f"-{column}" for column in told)],
            "Columns to put the rows in order by; '-' for falling. What has no value comes last.",
            MOST_ORDERS,
        ),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
            description=f"How many rows at most. Unless said, {USUAL_ROWS} of JSON, and of CSV all.",
        ),
        OpenApiParameter(
            "cursor", str, description="Where the next page begins: take the whole address from `next`."
        ),
        OpenApiParameter("format", {"type": "string", "enum": ["json", "csv"]}, description="Or by Accept."),
    ]


def _listed(name: str, words: list[str], description: str, most: int) -> OpenApiParameter:
    """With commas between."""
    items = {"type": "string", "enum": words}
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": most}
    return OpenApiParameter(name, schema, description=description, style="form", explode=False)


def _field(field: Field) -> serializers.Field:
    said = {"allow_blank": True} if field.type == "text" else {}
    return TYPES[field.type](required=False, allow_null=True, help_text=field.in_full, **said)


def _filter(name: str, field: Field) -> OpenApiParameter:
    end = next((end for end in ENDS if name == f"{field.name}{end}"), "")
    plain = PARAMETER_TYPES[field.type]
    if end:
        return OpenApiParameter(name, plain, description=f"{field.title}. {ENDS_MEAN[end]}")
    return OpenApiParameter(
        name,
        {"type": "array", "items": _item(field), "minItems": 1, "maxItems": MOST_VALUES},
        description=f"{field.in_full} Said again, rows with either; empty, those with none.",
        style="form",
        explode=True,
    )


def _item(field: Field) -> dict[str, Any]:
    """A value, or an empty text for rows that have none."""
    if field.words:
        return {"type": "string", "enum": [*(word for word, _ in field.words), ""]}
    plain = PARAMETER_TYPES[field.type]
    return plain if field.type == "text" else {"anyOf": [plain, {"type": "string", "enum": [""]}]}
