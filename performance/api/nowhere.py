"""An address that means nothing, told as a program reads it."""

from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.urls import Resolver404, resolve
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

WHERE_TO_LOOK = "There is nothing at this address. The description at /api/v1/schema/ has all there are."
NEEDS_A_SLASH = "Addresses here end in a slash: send it to {path}/"


class Nowhere(APIView):
    """Without its last slash an address is led to the one with it where that changes nothing. What is sent
    would be lost on the way, as programs ask again with GET: so there it is told."""

    schema = None

    def get(self, request: Request, rest: str) -> Response:
        if not rest.endswith("/") and _is_there(f"{request.path}/"):
            query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
            headers = {"Location": f"{request.path}/{query}"}
            return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers=headers)
        raise Http404(WHERE_TO_LOOK)

    def post(self, request: Request, rest: str) -> Response:
        is_there = not rest.endswith("/") and _is_there(f"{request.path}/")
        raise Http404(NEEDS_A_SLASH.format(path=request.path) if is_there else WHERE_TO_LOOK)

    put = patch = delete = post


def _is_there(path: str) -> bool:
    try:
        found: Any = resolve(path)
    except Resolver404:
        return False
    return found.url_name != "api-nowhere"
