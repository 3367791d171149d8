"""Sending a file and submitting a return: as on the pages, by the same rules."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

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
from performance.api.problems import BadQuery, Error, Problem
from performance.api.tokens import check_may_send
from performance.models import Finding, Framework, Severity, TrustReturn
from performance.returns.actions import give_reason, submit_return, upload_file
from performance.returns.layouts import Said
from performance.returns.life_cycle import SUBMIT, check_may_upload, check_permission
from performance.returns.period_words import NotAPeriod, read_period
from performance.returns.uploading import take_in
from performance.returns.uploads import MOST_BYTES, Sent
from trusts.models import Person
from trusts.permission import NotAllowed

LONGEST_REASON = 1_000


class FileToSend(serializers.Serializer):
    """What stands beside the file is for cells that it lacks."""

    file = serializers.FileField(
        allow_empty_file=True, help_text=f"CSV, XLSX, ODS or Parquet, up to {MOST_BYTES // 2**20} MB."
    )
    framework = serializers.CharField(required=False, help_text="Slug or short title, such as ptrs-2012-13.")
    period = serializers.CharField(required=False, help_text="Such as 2013-03, Q4 2012/13 or 2012/13.")

    def validate_framework(self, text: str) -> str:
        named = Framework.objects.filter(slug=text) | Framework.objects.filter(short_title=text)
        slug = named.values_list("slug", flat=True).first()
        if slug is None:
            allowed = ", ".join(Framework.objects.values_list("slug", flat=True))
            raise ValidationError(f"There is no framework '{text[:40]}'. There are {allowed}.")
        return slug

    def validate_period(self, text: str) -> Any:
        try:
            return read_period(text)
        except NotAPeriod as reason:
            raise ValidationError(f"'{text[:40]}' can't be read as a period: {reason}.") from reason

    @property
    def sent(self) -> Sent:
        said = self.validated_data
        file = said["file"]
        return Sent(file, file.name, Said(framework=said.get("framework", ""), period=said.get("period")))


@extend_schema_field(
    {"type": "string", "minLength": 1, "maxLength": LONGEST_REASON, "pattern": describing.NO_NULL}
)
class Reason(serializers.CharField):
    """As it was written, spaces and all."""

    def __init__(self) -> None:
        super().__init__(max_length=LONGEST_REASON, trim_whitespace=False)


class Submission(serializers.Serializer):
    """`reasons` are why figures that look odd are right: one for all open warnings of a code."""

    reasons = serializers.DictField(
        child=Reason(),
        required=False,
        help_text="By the code of the findings, such as jump.",
    )


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
            **describing.problems(400, 401, 403, 404, 409, 413, 415, 429),
        },
        tags=[TAG],
    ),
)
class UploadsView(PrivateTable):
    name = "uploads"
    parser_classes = [MultiPartParser]

    def post(self, request: Request) -> Response:
        series = self.series(request)
        check_may_send(request)
        check_may_upload(request.user.organisation, request.user)
        form = _form(request)
        try:
            upload = upload_file(sent=form.sent, series=series, by=request.user)
        except NotAllowed as reason:
            raise Problem(str(reason), HTTPStatus.CONFLICT) from reason
        content = row_of("uploads", series, request.user, upload.pk)
        where = request.build_absolute_uri(reverse("api-upload", args=[upload.pk]))
        return Response(content, status=HTTPStatus.ACCEPTED, headers={"Location": where})


@extend_schema_view(
    post=extend_schema(
        operation_id="return-submit",
        summary="Hand a draft on to the trust's chief executive",
        request=Submission,
        responses={
            200: describing.one_of("Return", RETURNS, describing.AboutSeries),
            **describing.problems(400, 401, 403, 404, 409, 415, 429),
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
        reasons = _checked(Submission(data=request.data)).validated_data.get("reasons", {})
        version = TrustReturn.objects.get(pk=pk)
        check_permission(SUBMIT, request.user)
        try:
            with transaction.atomic():
                _give(reasons, version, request.user)
                submit_return(trust_return=version, by=request.user)
        except NotAllowed as reason:
            raise Problem(str(reason), HTTPStatus.CONFLICT) from reason
        return Response(row_of("returns", series, request.user, pk))


def _form(request: Request) -> FileToSend:
    """Read as it comes, so that a file that is too large goes nowhere."""
    body = request._request
    if not request.content_type.startswith(MultiPartParser.media_type):
        raise UnsupportedMediaType(request.content_type)
    refusal = take_in(body, MOST_BYTES)
    if refusal:
        raise Problem(refusal.sentence, refusal.status)
    return _checked(FileToSend(data={**body.POST.dict(), **body.FILES.dict()}))


def _checked(form: Any) -> Any:
    """Raises BadQuery with all that is wrong."""
    if not form.is_valid():
        raise BadQuery([Error(name, " ".join(_sentences(said))) for name, said in form.errors.items()])
    return form


def _sentences(said: Any) -> list[str]:
    if isinstance(said, dict):
        return [f"{name}: {' '.join(_sentences(inner))}" for name, inner in said.items()]
    return [str(one) for one in said]


def _give(reasons: dict[str, str], version: TrustReturn, by: Person) -> None:
    """Raises NotAllowed for a code that no open warning has."""
    for code, reason in reasons.items():
        open_warnings = Finding.objects.select_related("trust_return").filter(
            trust_return=version, code=code, severity=Severity.WARNING, accepted_at__isnull=True
        )
        if not open_warnings:
            raise NotAllowed(f"No warning with the code '{code[:40]}' wants a reason here.")
        give_reason(findings=list(open_warnings), reason=reason, by=by)
