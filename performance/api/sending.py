"""Sending a file and submitting a return: as on the pages, by the same rules."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from performance.api import describing
from performance.api.private_tables import (
    RETURNS,
    TAG,
    UPLOADS,
    Private,
    PrivateTable,
    described_table,
    row_of,
)
from performance.api.problems import TOO_MUCH, BadQuery, Error, Problem
from performance.api.rendering import Json
from performance.api.tokens import check_may_send
from performance.models import Finding, Severity, TrustReturn, Upload
from performance.returns.actions import give_reason, submit_return, upload_file
from performance.returns.known import ReturnNames
from performance.returns.layouts import Said
from performance.returns.life_cycle import (
    SUBMIT,
    check_may_give_reasons,
    check_may_upload,
    check_permission,
)
from performance.returns.period_words import NotAPeriod, read_period
from performance.returns.uploading import take_in
from performance.returns.uploads import MOST_BYTES, Sent, seen_before, sha256_of
from trusts.models import Person
from trusts.permission import NotAllowed

LONGEST_REASON = 1_000
# A reason for each code takes far less.
MOST_BYTES_OF_JSON = 2**18
NO_FILE = "No file came with this request: send it as a part called file, with a name."
NO_WARNING = "No warning with the code '{code}' wants a reason here."
BODY = "body"
NO_LENGTH = "Say how long the body is (Content-Length): what comes in pieces isn't read here."


class FileToSend(serializers.Serializer):
    """What stands beside the file is for cells that it lacks."""

    file = serializers.FileField(
        allow_empty_file=True,
        error_messages={"required": NO_FILE, "invalid": NO_FILE},
        help_text=f"CSV, XLSX, ODS or Parquet, up to {MOST_BYTES // 2**20} MB.",
    )
    framework = serializers.CharField(required=False, help_text="Slug or short title, such as ptrs-2012-13.")
    period = serializers.CharField(required=False, help_text="Such as 2013-03, Q4 2012/13 or 2012/13.")

    def validate_framework(self, text: str) -> str:
        """By any name that a file may write."""
        known = ReturnNames.from_database()
        slug = known.written.framework(text)
        if slug not in known.names.frameworks:
            there_are = ", ".join(known.names.frameworks)
            raise ValidationError(f"There is no framework '{text[:40]}'. There are {there_are}.")
        return slug

    def validate_period(self, text: str) -> Any:
        try:
            return read_period(text)
        except NotAPeriod as reason:
            raise ValidationError(f"'{text[:40]}' can't be read as a period: {reason}.") from reason


class Submission(serializers.Serializer):
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_REASON, trim_whitespace=False), required=False
    )


# As it is described: a serializer can't say that it takes no other fields.
SUBMISSION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "reasons": {
            "type": "object",
            "description": "Why figures that look odd are right: a reason for all open warnings of a code.",
            "additionalProperties": {
                "type": "string",
                "minLength": 1,
                "maxLength": LONGEST_REASON,
                "pattern": describing.NO_NULL,
            },
        }
    },
}


@extend_schema_view(
    get=described_table("uploads"),
    post=extend_schema(
        operation_id="uploads-send",
        summary="Send a file with returns",
        description="The file is kept as it came and checked in the background: `job` is the work, "
        "`findings` tell what was found.",
        request={"multipart/form-data": FileToSend},
        responses={
            202: describing.one_of("Upload", UPLOADS, describing.AboutSeries),
            **describing.problems(400, 401, 403, 404, 409, 411, 413, 415, 429),
        },
        tags=[TAG],
    ),
)
class UploadsView(PrivateTable):
    name = "uploads"
    parser_classes = [MultiPartParser]

    def get_renderers(self) -> list[BaseRenderer]:
        """Tables alone are CSV."""
        return [Json()] if self.request.method == "POST" else super().get_renderers()

    def post(self, request: Request) -> Response:
        series = self.series(request)
        check_may_send(request)
        check_may_upload(request.user.organisation, request.user)
        sent = _form(request)
        try:
            upload = upload_file(sent=sent, series=series, by=request.user)
        except NotAllowed as reason:
            same = seen_before(sha256_of(sent.file.chunks()), series, request.user)
            said = {"same": _address(request, same)} if same else {}
            raise Problem(str(reason), HTTPStatus.CONFLICT, **said) from reason
        content = row_of("uploads", series, request.user, upload.pk)
        return Response(content, status=HTTPStatus.ACCEPTED, headers={"Location": _address(request, upload)})


@extend_schema_view(
    post=extend_schema(
        operation_id="return-submit",
        summary="Hand a draft on to the trust's chief executive",
        description="With a reason for each code of its warnings that has none yet.",
        request={"application/json": SUBMISSION},
        responses={
            200: describing.one_of("Return", RETURNS, describing.AboutSeries),
            **describing.problems(400, 401, 403, 404, 409, 411, 413, 415, 429),
        },
        tags=[TAG],
    )
)
class SubmitView(Private):
    parser_classes = [JSONParser]

    def post(self, request: Request, pk: int) -> Response:
        series = self.series(request)
        row_of("returns", series, request.user, pk)
        check_may_send(request)
        check_permission(SUBMIT, request.user)
        _check_length(request, MOST_BYTES_OF_JSON)
        reasons = _checked(Submission, request.data).get("reasons", {})
        version = TrustReturn.objects.select_related("organisation").get(pk=pk)
        try:
            with transaction.atomic():
                _give(reasons, version, request.user)
                submit_return(trust_return=version, by=request.user)
        except NotAllowed as reason:
            raise Problem(str(reason), HTTPStatus.CONFLICT) from reason
        return Response(row_of("returns", series, request.user, pk))


def _address(request: Request, found: TrustReturn | Upload) -> str:
    name = "api-return" if isinstance(found, TrustReturn) else "api-upload"
    return str(request.build_absolute_uri(reverse(name, args=[found.pk])))


def _form(request: Request) -> Sent:
    """Read as it comes, so that a file that is too large goes nowhere."""
    body = request._request
    if not (request.content_type or "").startswith(MultiPartParser.media_type):
        raise UnsupportedMediaType(request.content_type)
    _check_length(request, None)
    refusal = take_in(body, MOST_BYTES)
    if refusal:
        raise Problem(refusal.sentence, refusal.status)
    said = _checked(FileToSend, {**body.POST.dict(), **body.FILES.dict()})
    file = said["file"]
    return Sent(file, file.name, Said(framework=said.get("framework", ""), period=said.get("period")))


def _check_length(request: Request, most: int | None) -> None:
    """Raises Problem for a body that doesn't say how long it is, or is longer than is read."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() and "HTTP_TRANSFER_ENCODING" in request.META:
        raise Problem(NO_LENGTH, HTTPStatus.LENGTH_REQUIRED)
    if most and int(length or 0) > most:
        raise Problem(TOO_MUCH, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _checked(form: type[serializers.Serializer], said: Any) -> dict[str, Any]:
    """What was said, read. Raises BadQuery with all that is wrong, names that aren't known among it."""
    known = list(form().fields)
    unknown = [name for name in said if name not in known] if isinstance(said, dict) else []
    errors = [Error(_plain(name), f"There is no field '{_plain(name)}'.", known) for name in unknown]
    filled = form(data=said)
    if not filled.is_valid():
        errors += [
            Error(BODY if name == api_settings.NON_FIELD_ERRORS_KEY else name, " ".join(_sentences(wrong)))
            for name, wrong in filled.errors.items()
        ]
    if errors:
        raise BadQuery(errors)
    return filled.validated_data


def _sentences(said: Any) -> list[str]:
    if isinstance(said, dict):
        return [f"{_plain(name)}: {' '.join(_sentences(inner))}" for name, inner in said.items()]
    return [str(one) for one in said]


def _plain(name: Any) -> str:
    """A name that somebody sent, as far as it can be told again."""
    return str(name)[:40].encode("ascii", "replace").decode()


def _give(reasons: dict[str, str], version: TrustReturn, by: Person) -> None:
    """Raises NotAllowed where no reasons can be given, BadQuery for a code that no open warning has."""
    if not reasons:
        return
    check_may_give_reasons(version, by)
    open_warnings = Finding.objects.select_related("trust_return").filter(
        trust_return=version, severity=Severity.WARNING, accepted_at__isnull=True
    )
    by_code: dict[str, list[Finding]] = {}
    for warning in open_warnings:
        by_code.setdefault(warning.code, []).append(warning)
    if unknown := [code for code in reasons if code not in by_code]:
        raise BadQuery(
            [Error("reasons", NO_WARNING.format(code=_plain(code)), list(by_code)) for code in unknown]
        )
    for code, reason in reasons.items():
        give_reason(findings=by_code[code], reason=reason, by=by)
