"""The files that were sent, and what there is to download of each."""

from pathlib import Path, PurePath

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from performance.exports.findings_csv import findings_csv
from performance.exports.findings_workbook import annotated_workbook, can_annotate
from performance.exports.return_file import name_of
from performance.models import Finding, Series, Upload, UploadState
from performance.pages.returns.series import returns_page
from performance.pages.returns.templates import XLSX
from performance.people.readings import record_reading
from performance.returns.files import read_sheet
from performance.returns.found import CannotRead

ON_A_PAGE = 50
NOT_CHECKED = "Couldn’t be checked"
TOO_LONG = "This file can’t be shown as a workbook with comments. Its findings can be downloaded as CSV."


@require_safe
@returns_page
def uploads(request: HttpRequest, series: Series) -> HttpResponseBase:
    files = Upload.objects.visible_to(request.user).filter(series=series)
    files = files.select_related("uploaded_by", "organisation", "job")
    page = Paginator(files, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "returns/uploads.html", {"page": page, "files": [(one, state_of(one)) for one in page]}
    )


@require_safe
@returns_page
def as_sent(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    upload = visible_upload(request, series, pk)
    try:
        file = upload.file.open()
    except FileNotFoundError:
        raise Http404(f"The file {upload.name} isn’t where files are kept.") from None
    record_reading(by=request.user, what=f"File as it was sent, {upload.name}", upload=upload.pk)
    return FileResponse(
        file, as_attachment=True, filename=upload.name, content_type="application/octet-stream"
    )


@require_safe
@returns_page
def findings_as_csv(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    upload = visible_upload(request, series, pk)
    response = findings_csv(upload.name, findings_of(upload))
    record_reading(by=request.user, what=f"Findings as CSV, {upload.name}", upload=upload.pk)
    return _named(response, series, upload, "csv")


@require_safe
@returns_page
def findings_as_workbook(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    upload = visible_upload(request, series, pk)
    if not can_annotate(upload.format, upload.lines):
        raise Http404(TOO_LONG)
    path = Path(upload.file.path)
    try:
        workbook = annotated_workbook(path, read_sheet(path, upload.name), findings_of(upload))
    except (CannotRead, OSError):
        workbook = None
    if workbook is None:
        raise Http404(TOO_LONG)
    record_reading(by=request.user, what=f"Findings as a workbook, {upload.name}", upload=upload.pk)
    return _named(HttpResponse(workbook, content_type=XLSX), series, upload, "xlsx")


def visible_upload(request: HttpRequest, series: Series, pk: int) -> Upload:
    """Raises Http404 for what isn't there and for what isn't for this person's eyes, in the same words."""
    seen = Upload.objects.visible_to(request.user).filter(series=series)
    upload = seen.select_related("uploaded_by", "organisation", "framework", "job").filter(pk=pk).first()
    if upload is None:
        raise Http404(f"There is no file {pk} among those that you may see.")
    return upload


def findings_of(upload: Upload) -> "QuerySet[Finding]":
    """In the order of the file; those about the whole of it come first."""
    findings = Finding.objects.filter(upload=upload).select_related("accepted_by")
    return findings.order_by(F("row").asc(nulls_first=True), "pk")


def state_of(upload: Upload) -> str:
    job = getattr(upload, "job", None)
    if upload.state == UploadState.WAITING and job and job.is_finished:
        return NOT_CHECKED
    return upload.get_state_display()


def _named(response: HttpResponseBase, series: Series, upload: Upload, ending: str) -> HttpResponseBase:
    name = name_of(f"findings-{PurePath(upload.name).stem}.{ending}", series)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
