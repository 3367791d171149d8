"""Sending an extract to be counted. The action is one transaction and leaves one event."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from performance.extracts.keeping import keep_as_sent
from performance.extracts.rules import rules_of
from performance.extracts.tasks import count_extract_task
from performance.models import CaseExtract, Event, Framework, Job, JobKind, Series
from performance.periods import Period, month_of, written_date
from performance.returns.life_cycle import check_may_upload
from trusts.models import Person
from trusts.permission import NotAllowed

LONGEST_NAME = 200
# Some ten million events as CSV, or ten times as many as Parquet.
MOST_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Request:
    """What is to be counted: whole months of a framework, from an extract that was taken from the case
    system on a day."""

    framework: Framework
    period: Period
    taken: datetime.date


def check_can_be_counted(request: Request, today: datetime.date) -> None:
    """Raises NotAllowed, with a sentence for whoever asks."""
    framework, period, taken = request.framework, request.period, request.taken
    if not rules_of(framework):
        raise NotAllowed(f"No measure of {framework.short_title} can be counted from cases.")
    if period != Period(month_of(period.start).start, month_of(period.end).end):
        raise NotAllowed("A period to be counted is one or more whole months.")
    if period.start < framework.starts or period.end > framework.ends:
        years = Period(framework.starts, framework.ends)
        raise NotAllowed(f"{framework.short_title} is of {years}: choose months of those.")
    if taken <= period.end:
        raise NotAllowed(
            f"On {written_date(taken)} the period wasn’t over: take an extract after "
            f"{written_date(period.end)}."
        )
    if taken > today:
        raise NotAllowed(f"{written_date(taken)} is still to come.")


def send_extract(
    *, file: "File[bytes]", name: str, request: Request, series: Series, by: Person
) -> CaseExtract:
    """Take an extract and have it counted in the background: its job tells how that goes. Raises
    NotAllowed."""
    with transaction.atomic():
        extract = _extract(name, file.size, request, series, by)
        path = keep_as_sent(extract, file)
        _ask_for_count(extract, [(path, extract.name)], by)
    return extract


def count_where_they_lie(
    *, files: Sequence[Path], request: Request, series: Series, by: Person
) -> CaseExtract:
    """Have files counted in the background that lie where every worker can read them. They stay as they
    are. Raises NotAllowed."""
    with transaction.atomic():
        name = files[0].name if len(files) == 1 else f"{len(files)} files"
        extract = _extract(name, sum(file.stat().st_size for file in files), request, series, by)
        _ask_for_count(extract, [(file.resolve(), file.name) for file in files], by)
    return extract


def _extract(name: str, size: int, request: Request, series: Series, by: Person) -> CaseExtract:
    check_may_upload(by.organisation, by)
    check_can_be_counted(request, series.today)
    now = timezone.now()
    return CaseExtract.objects.create(
        series=series,
        organisation=by.organisation,
        framework=request.framework,
        period_start=request.period.start,
        period_end=request.period.end,
        taken=request.taken,
        sent_at=now,
        sent_by=by,
        name=Path(name).name[-LONGEST_NAME:],
        size=size,
        delete_on=now.date() + datetime.timedelta(days=settings.EXTRACTS_KEPT_DAYS),
    )


def _ask_for_count(extract: CaseExtract, files: Sequence[tuple[Path, str]], by: Person) -> None:
    now = timezone.now()
    job = Job.objects.create(
        kind=JobKind.COUNT_EXTRACT,
        series=extract.series,
        case_extract=extract,
        requested_at=now,
        requested_by=by,
        heartbeat=now,
        plan={"files": [[str(path), name] for path, name in files]},
    )
    subject = f"{extract.name}, case extract for {extract.framework.short_title}, {extract.period}"
    Event.objects.create(actor=by, verb="sent", subject=subject, detail={"case_extract": extract.pk})
    count_extract_task.delay_on_commit(job.pk)
