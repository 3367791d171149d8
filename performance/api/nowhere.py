"""An address that means nothing, told as a program reads it."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

WHERE_TO_LOOK = "There is nothing at this address. The description at /api/v1/schema/ has all there are."


class Nowhere(APIView):
    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str) -> Response:
        raise Http404(WHERE_TO_LOOK)

    post = put = patch = delete = get
