"""Background runs: doing one, and saying how it goes in its Job row.

A worker that takes a job has the next attempt's number, and writes to the row only while the row
still has that number: one that was thought dead and wakes up changes nothing.
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from performance.calculation.build import STEPS, NothingToBuild, build_release
from performance.calculation.heartbeat import beating
from performance.models import Job, JobState

logger = logging.getLogger(__name__)

# A worker gives a sign of life every few seconds. After this long without one it is taken for dead.
SILENCE = datetime.timedelta(minutes=3)
# A task that was sent and that no worker took for so long may be lost with its broker.
UNTAKEN = datetime.timedelta(minutes=10)
MOST_ATTEMPTS = 3

UNEXPECTED = (
    "The build stopped at '{step}' because of a fault in the program. Nothing was released. "
    "The worker's log says more under job {job}."
)
LOST = (
    "{attempts} workers were lost over it, the last at '{step}'. Nothing was released. The logs of the "
    "workers and of the machine may say why."
)


class _Cancelled(Exception):
    """Somebody has asked for the job's end."""


class _TakenOver(Exception):
    """The job belongs to another worker by now."""


def run_build(job_id: int) -> None:
    """Do a requested build. A job that another worker has taken or finished is left alone."""
    job = _take(job_id)
    if job is None:
        return
    try:
        with beating(lambda: _write(job)):
            built = build_release(job.series, job.requested_by, progress=lambda step: _begin(job, step))
    except NothingToBuild as reason:
        _finish(job, JobState.FAILED, str(reason))
    except _Cancelled:
        job.refresh_from_db()
        _finish(job, JobState.CANCELLED, _cancelled(job))
    except _TakenOver:
        logger.warning("job %s was taken over by another worker", job.pk)
    except Exception:
        logger.exception("job %s failed", job.pk)
        job.refresh_from_db()
        _finish(job, JobState.FAILED, UNEXPECTED.format(step=job.step, job=job.pk))
    else:
        job.release = built.release
        _finish(job, JobState.SUCCEEDED, built.sentence, steps_done=F("steps_total"))


def sweep(
    now: datetime.datetime, send: Callable[[int], object], silence: datetime.timedelta = SILENCE
) -> int:
    """Look after jobs that nobody works on any more: those whose worker fell silent are given to
    another, or end with a reason after three; those that wait too long are sent again. Returns how
    many it dealt with."""
    silent = list(Job.objects.filter(state=JobState.RUNNING, heartbeat__lt=now - silence))
    untaken = list(Job.objects.filter(state=JobState.QUEUED, heartbeat__lt=now - UNTAKEN))
    for job in silent:
        if job.cancelled_at:
            _finish(job, JobState.CANCELLED, _cancelled(job))
        elif job.attempt >= MOST_ATTEMPTS:
            _finish(job, JobState.FAILED, LOST.format(attempts=job.attempt, step=job.step))
        elif _write(job, state=JobState.QUEUED):
            send(job.pk)
    for job in untaken:
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(heartbeat=now)
        send(job.pk)
    return len(silent) + len(untaken)


def _take(job_id: int) -> Job | None:
    """The job, ours from now on, or None where it waits for nobody."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Job.objects.select_for_update(of=("self",)).filter(pk=job_id, state=JobState.QUEUED)
        job = waiting.select_related("series", "requested_by").first()
        if job is None:
            return None
        job.state, job.heartbeat, job.attempt = JobState.RUNNING, now, job.attempt + 1
        job.started = job.started or now
        job.save(update_fields=["state", "heartbeat", "attempt", "started"])
    return job


def _write(job: Job, **values: Any) -> bool:
    """Whether the job is still ours; if so, the values are written with a sign of life."""
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
    return bool(ours.update(**{"heartbeat": timezone.now()} | values))


def _begin(job: Job, step: str) -> None:
    job.step = step
    if not _write(job, step=step, steps_done=STEPS.index(step)):
        raise _TakenOver
    if Job.objects.filter(pk=job.pk, cancelled_at__isnull=False).exists():
        raise _Cancelled


def _finish(job: Job, state: JobState, outcome: str, **values: Any) -> None:
    now = timezone.now()
    _write(job, state=state, finished=now, heartbeat=now, outcome=outcome, release=job.release, **values)


def _cancelled(job: Job) -> str:
    return f"{job.cancelled_by} cancelled it at '{job.step}'."
