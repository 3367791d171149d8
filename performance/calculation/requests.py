"""Asking for a background run, and for its end."""

from django.db import transaction
from django.utils import timezone

from performance.calculation.tasks import run_build_task
from performance.models import Event, Job, JobKind, JobState, Series
from trusts.models import Person
from trusts.permission import NotAllowed, Permission, check_has


def request_build(series: Series, requested_by: Person) -> Job:
    """Ask for a release of the series. Returns the job, which a worker will take up. Raises
    NotAllowed."""
    check_has(requested_by, Permission.BUILD_RELEASE)
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.create(
            kind=JobKind.BUILD_RELEASE,
            series=series,
            requested_at=now,
            requested_by=requested_by,
            heartbeat=now,
        )
        run_build_task.delay_on_commit(job.pk)
    return job


def cancel_job(*, job: Job, by: Person) -> Job:
    """Ask for the end of a job: at once while it waits, at its next step while it runs. Raises
    NotAllowed, also for a job that is over."""
    check_has(by, Permission.BUILD_RELEASE)
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.is_finished:
            raise NotAllowed(f"Job {job.pk} is over: {job.outcome}")
        job.cancelled_at, job.cancelled_by = timezone.now(), by
        if job.state == JobState.QUEUED:
            job.state, job.finished = JobState.CANCELLED, job.cancelled_at
            job.outcome = f"{by} cancelled it before it began."
        job.save(update_fields=["cancelled_at", "cancelled_by", "state", "finished", "outcome"])
        Event.objects.create(actor=by, verb="cancelled", subject=f"Job {job.pk}: {job.series}")
    return job
