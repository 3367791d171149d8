"""Asking for a background run."""

from django.db import transaction
from django.utils import timezone

from performance.calculation.build import STEPS
from performance.calculation.tasks import run_build_task
from performance.models import Job, JobKind, Series
from trusts.models import Person


def request_build(series: Series, requested_by: Person) -> Job:
    """Ask for a release of the series. Returns the job, which a worker will take up."""
    with transaction.atomic():
        job = Job.objects.create(
            kind=JobKind.BUILD_RELEASE,
            series=series,
            requested_at=timezone.now(),
            requested_by=requested_by,
            steps_total=len(STEPS),
        )
        run_build_task.delay_on_commit(job.pk)
    return job
