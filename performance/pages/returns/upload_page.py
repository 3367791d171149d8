"""The page of a file that was sent: how its check goes, what was found, what is next."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.exports.findings_workbook import can_annotate
from performance.models import Job, Series, Severity, Upload, UploadState
from performance.pages.forms.returns import ReasonForm
from performance.pages.returns.entered import is_entered
from performance.pages.returns.found_rows import found_in
from performance.pages.returns.kept_file import kept
from performance.pages.returns.series import returns_page
from performance.pages.returns.uploads import visible_upload
from performance.pages.returns.version import sending
from performance.periods import Period
from performance.returns.checking import STEPS
from performance.returns.found import MOST_OF_A_KIND
from performance.wording import counted, written_number


@dataclass(frozen=True)
class Progress:
    """How far a check is, in words and as steps that are done of those that there are."""

    words: str
    done: int
    total: int


@require_safe
@returns_page
def upload(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    return page_of(request, visible_upload(request, series, pk))


@require_safe
@returns_page
def progress(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    found = visible_upload(request, series, pk)
    job, how_far = _job(found), progress_of(found)
    return JsonResponse(
        {
            "state": job.state if job else found.state,
            "step": how_far.words,
            "done": how_far.done,
            "total": how_far.total,
            "is_finished": job.is_finished if job else True,
            "outcome": job.outcome if job else found.get_state_display(),
        }
    )


def page_of(request: HttpRequest, upload: Upload, refused: ReasonForm | None = None) -> HttpResponse:
    """refused: the form for a reason that was filled in wrongly."""
    context = {"upload": upload, "form": refused}
    if upload.state == UploadState.REFUSED:
        return render(request, "returns/upload_refused.html", context | _refused(upload))
    if upload.state == UploadState.KEPT:
        return render(request, "returns/upload_kept.html", context | kept(upload, request.user, refused))
    job = _job(upload)
    if job and job.is_finished:
        return render(request, "returns/upload_failed.html", context | {"job": job})
    return render(
        request, "returns/upload_waiting.html", context | {"job": job, "progress": progress_of(upload)}
    )


def progress_of(upload: Upload) -> Progress:
    job = _job(upload)
    if job is None or not job.step:
        return Progress("Waiting to begin", 0, len(STEPS))
    words = f"Step {job.step_number} of {job.steps_total}: {job.step}"
    return Progress(words, job.steps_done, job.steps_total)


def _job(upload: Upload) -> Job | None:
    """None of files that a command loaded."""
    return getattr(upload, "job", None)


def _refused(upload: Upload) -> dict[str, Any]:
    errors, warnings = found_in(upload, (Severity.ERROR, Severity.WARNING))
    return {
        "heading": f"{upload.name} has {_counted_errors(errors.in_all)}",
        "errors": errors,
        "warnings": warnings,
        "mend": _mend(upload),
        "can_annotate": can_annotate(upload.format, upload.lines),
    }


def _counted_errors(errors: int) -> str:
    """Of one kind of error no more than so many are kept."""
    if errors > MOST_OF_A_KIND:
        return f"more than {written_number(MOST_OF_A_KIND)} errors"
    return counted(errors, "error")


def _mend(upload: Upload) -> str:
    """The address of the form with all that was typed into it; empty for a file of the sender's own."""
    if not is_entered(upload):
        return ""
    period = Period(upload.period_start, upload.period_end)
    return f"{sending('enter-return', upload.framework, period)}&{urlencode({'again': upload.pk})}"
