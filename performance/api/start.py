"""Where a program begins that was given no address."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.api import describing
from performance.api.catalogue import CATALOGUE, TAG
from performance.api.private_tables import PRIVATE_TABLES
from performance.exports.freshness import CHECKED_EACH_TIME
from performance.releases.choose import current_releases


class Addresses(serializers.Serializer):
    """`current_releases` are by the slug of their series, `tables` by name."""

    description = serializers.CharField()
    current_releases = serializers.DictField(child=serializers.CharField())
    tables = serializers.DictField(child=serializers.CharField())
    with_a_token = serializers.DictField(child=serializers.CharField())


class Start(APIView):
    @extend_schema(
        operation_id="start",
        summary="Where everything is",
        responses={200: Addresses, **describing.problems(401, 429)},
        tags=[TAG],
    )
    def get(self, request: Request) -> Response:
        def address(name: str, *args: str) -> str:
            return str(request.build_absolute_uri(reverse(f"api-{name}", args=args)))

        releases = (release.series.slug for release in current_releases())
        content = {
            "description": address("schema"),
            "current_releases": {slug: address("release", slug, "current") for slug in releases},
            "tables": {table.slug: address(table.slug) for table, _ in CATALOGUE},
            "with_a_token": {name: address(name) for name in PRIVATE_TABLES},
        }
        return Response(content, headers={"Cache-Control": CHECKED_EACH_TIME})
