"""Checking a file that was sent, and keeping what is sound: the whole way from bytes to drafts."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from performance.jobs.running import CannotGoOn, begin, check_is_ours, finish, said_in, take, write
from performance.models import JobState, TrustReturn, Upload, UploadState
from performance.returns.known import ReturnNames
from performance.returns.reader import CHECK, READ, Beside, Reading, read_return
from performance.returns.store import store_drafts, store_findings
from performance.returns.uploads import said_of, version_of
from performance.wording import counted
from trusts.models import Organisation

STORE = "Keep the figures"
STEPS = (READ, CHECK, STORE)

ALREADY_SENT = "This file was sent twice at the same moment. It was kept once, as version {version}."


def run_check(job_id: int) -> None:
    """Check an upload in the background. A job that another worker has is left alone."""
    job = take(job_id)
    if job is None:
        return
    with said_in(job):
        write(job, steps_total=len(STEPS))
        upload = Upload.objects.select_related("series", "organisation", "framework").get(job=job)
        names = ReturnNames.from_database()
        reading = read_upload(upload, names, lambda step: begin(job, step, STEPS.index(step)))
        begin(job, STORE, STEPS.index(STORE))
        with transaction.atomic():
            check_is_ours(job)
            drafts = keep(upload, reading, names)
            finish(job, JobState.SUCCEEDED, outcome(reading, drafts), steps_done=len(STEPS))


def read_upload(
    upload: Upload, names: ReturnNames, begins: Callable[[str], object] = lambda step: None
) -> Reading:
    return read_return(
        Path(upload.file.path),
        upload.name,
        names,
        Beside(upload.series, upload.organisation, said_of(upload)),
        begins,
    )


def keep(upload: Upload, reading: Reading, names: ReturnNames) -> list[TrustReturn]:
    """What was found, and where nothing is wrong the figures, as drafts. To be called in a
    transaction. Raises CannotGoOn where the same bytes came another way meanwhile."""
    drafts: dict[int, TrustReturn] = {}
    if reading.figures is not None and reading.is_sound:
        _lock(list(reading.figures.frame["organisation"].cat.categories))
        same = version_of(upload.sha256, upload.series)
        if same:
            raise CannotGoOn(ALREADY_SENT.format(version=same.version))
        drafts = store_drafts(upload, reading.figures, names.names)
    upload.state = UploadState.KEPT if drafts else UploadState.REFUSED
    upload.format = reading.format or ""
    upload.layout = reading.figures.layout if reading.figures else ""
    upload.lines = reading.figures.frame["row"].nunique() if reading.figures else 0
    upload.save(update_fields=["state", "format", "layout", "lines"])
    store_findings(upload, reading.found, drafts)
    return list(dict.fromkeys(drafts.values()))


def outcome(reading: Reading, drafts: list[TrustReturn]) -> str:
    errors = sum(finding.is_error for finding in reading.found)
    warnings = len(reading.found) - errors
    if not drafts:
        return f"Not kept: {counted(errors, 'error')} and {counted(warnings, 'warning')}."
    figures = counted(len(reading.figures.frame) if reading.figures else 0, "figure")
    return f"Kept {figures} in {counted(len(drafts), 'return')}: {counted(warnings, 'warning')}."


def _lock(trusts: list[str]) -> None:
    """Two files of one trust that are kept at once can't take one number."""
    list(Organisation.objects.select_for_update(no_key=True).filter(slug__in=trusts).order_by("pk"))
