"""Background runs: doing one, and saying how it goes in its Job row."""

import logging

from django.db.models import F
from django.utils import timezone

from performance.calculation.build import STEPS, NothingToBuild, build_release
from performance.models import Job, JobState

logger = logging.getLogger(__name__)

UNEXPECTED = (
    "The build stopped at '{step}' because of a fault in the program. Nothing was released. "
    "The worker's log says more under job {job}."
)


def run_build(job_id: int) -> None:
    """Do a requested build. A job that another worker has taken or finished is left alone."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started=now, heartbeat=now
    )
    if not taken:
        return
    job = Job.objects.select_related("series", "requested_by").get(pk=job_id)
    try:
        built = build_release(job.series, job.requested_by, progress=lambda step: _begin(job, step))
    except NothingToBuild as reason:
        _finish(job, JobState.FAILED, str(reason))
    except Exception:
        logger.exception("job %s failed", job.pk)
        job.refresh_from_db()
        _finish(job, JobState.FAILED, UNEXPECTED.format(step=job.step, job=job.pk))
    else:
        job.release = built.release
        _finish(job, JobState.SUCCEEDED, built.sentence)


def _begin(job: Job, step: str) -> None:
    Job.objects.filter(pk=job.pk).update(step=step, steps_done=STEPS.index(step), heartbeat=timezone.now())


def _finish(job: Job, state: JobState, outcome: str) -> None:
    done = F("steps_total") if state == JobState.SUCCEEDED else F("steps_done")
    Job.objects.filter(pk=job.pk).update(
        state=state, finished=timezone.now(), outcome=outcome, release=job.release, steps_done=done
    )
