"""What is wrong with a request, as problem details (RFC 9457): what happened, where, and what there is
instead."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest
from rest_framework import exceptions, status
from rest_framework.response import Response

from performance.exports.freshness import KEPT_BY_NOBODY
from trusts.permission import NotAllowed

MEDIA_TYPE = "application/problem+json"
FAULT = "The fault is ours and has been written to the log. Try again, or tell us what you asked."
TOO_MUCH = "There is more in this request than is read here: fewer fields, files or characters will do."
UNREADABLE = "The body of this request can't be read: the description says what it should be."
WAIT = "Too many requests: wait {seconds} seconds, and ask for more rows at once, or for a whole file."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Error:
    """One of the things that are wrong with the parameters of a request. `allowed` is what could be said."""

    parameter: str
    detail: str
    allowed: Sequence[str] = ()


class Problem(exceptions.APIException):
    """With more to say than one sentence: `said` goes into the answer under its names."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, detail: str, code: int | None = None, **said: Any):
        super().__init__(detail)
        self.said = said
        if code:
            self.status_code = code


class BadQuery(Problem):
    """Raised with everything that is wrong at once, so that it is mended at once."""

    def __init__(self, errors: Sequence[Error]):
        sentences = " ".join(error.detail for error in errors)
        super().__init__(sentences, errors=[asdict(error) for error in errors])


def as_problem(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to a request that couldn't be met, for whatever reason."""
    error = _known(error)
    if not isinstance(error, exceptions.APIException):
        logger.error("An answer of the API failed.", exc_info=error)
        return problem(context["request"], status.HTTP_500_INTERNAL_SERVER_ERROR, FAULT)
    response = problem(context["request"], error.status_code, _detail(error), getattr(error, "said", {}))
    for name, value in _headers(error).items():
        response[name] = value
    return response


def problem(request: HttpRequest, code: int, detail: str, said: dict[str, Any] | None = None) -> Response:
    content = {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": detail,
        "instance": request.get_full_path(),
        **(said or {}),
    }
    response = Response(content, status=code, content_type=MEDIA_TYPE)
    response["Cache-Control"] = KEPT_BY_NOBODY
    return response


def _known(error: Exception) -> Exception:
    """Django's and our own refusals, as Django REST framework has them."""
    if isinstance(error, NotAllowed):
        return Problem(str(error), status.HTTP_403_FORBIDDEN)
    if isinstance(error, Http404):
        return exceptions.NotFound(error.args[0] if error.args else "There is nothing at this address.")
    if isinstance(error, (RequestDataTooBig, TooManyFilesSent)):
        return Problem(TOO_MUCH, status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    if isinstance(error, TooManyFieldsSent):
        return Problem(TOO_MUCH)
    # Of a body with brackets within brackets no reader finds the end.
    if isinstance(error, (SuspiciousOperation, exceptions.ParseError, RecursionError)):
        return Problem(UNREADABLE)
    return error


def _detail(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.Throttled):
        return WAIT.format(seconds=_seconds(error))
    return str(error.detail)


def _seconds(error: exceptions.Throttled) -> int:
    return int(error.wait or 0) + 1


def _headers(error: exceptions.APIException) -> dict[str, str]:
    found = {}
    if header := getattr(error, "auth_header", None):
        found["WWW-Authenticate"] = header
    if isinstance(error, exceptions.Throttled):
        found["Retry-After"] = str(_seconds(error))
    return found
