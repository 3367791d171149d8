"""The description of the API (OpenAPI), worked out once: the code decides it altogether."""

from functools import cache
from typing import Any

from django.utils.cache import get_conditional_response
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.exports.freshness import CHECKED_EACH_TIME, etag_of


@cache
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(APIView):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        etag = etag_of("schema")
        response = get_conditional_response(request, etag=etag) or Response(schema())
        response["ETag"] = etag
        response["Cache-Control"] = CHECKED_EACH_TIME
        return response
