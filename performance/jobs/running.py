"""Taking a background run, and saying how it goes in its Job row.

A worker that takes a job has the next attempt's number, and writes to the row only while the row
still has that number: one that was thought dead and wakes up changes nothing.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from performance.jobs.heartbeat import beating
from performance.jobs.words import cancelled, stopped_by_a_fault
from performance.models import Job, JobState

logger = logging.getLogger(__name__)


class CannotGoOn(Exception):
    """The run ends here for a reason that whoever asked for it should read: its text."""


class TakenOver(Exception):
    """The job belongs to another worker by now, or is over."""


class _Cancelled(Exception):
    """Somebody has asked for the job's end."""


def take(job_id: int) -> Job | None:
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


@contextmanager
def said_in(job: Job) -> Iterator[None]:
    """While the block runs the job shows signs of life, and whatever ends the block early is said
    in its row."""
    try:
        with beating(lambda: write(job)):
            yield
    except CannotGoOn as reason:
        finish(job, JobState.FAILED, str(reason))
    except _Cancelled:
        job.refresh_from_db()
        finish(job, JobState.CANCELLED, cancelled(job))
    except TakenOver:
        logger.warning("job %s was taken over by another worker", job.pk)
    except Exception:
        logger.exception("job %s failed", job.pk)
        job.refresh_from_db(fields=["step"])
        finish(job, JobState.FAILED, stopped_by_a_fault(job))


def begin(job: Job, step: str, steps_done: int) -> None:
    """Say that a step begins. Raises what ends the block of `said_in` where the job isn't ours any
    more, or shall end."""
    job.step = step
    if not write(job, step=step, steps_done=steps_done):
        raise TakenOver
    check_goes_on(job)


def check_goes_on(job: Job) -> None:
    if Job.objects.filter(pk=job.pk, cancelled_at__isnull=False).exists():
        raise _Cancelled


def check_is_ours(job: Job) -> None:
    """Within a transaction: from here to its end no other worker can take the job. Raises TakenOver."""
    if not Job.objects.select_for_update().filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING):
        raise TakenOver


def write(job: Job, **values: Any) -> bool:
    """Whether the job is still ours; if so, the values are written with a sign of life."""
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
    return bool(ours.update(**{"heartbeat": timezone.now()} | values))


def finish(job: Job, state: JobState, outcome: str, **values: Any) -> None:
    now = timezone.now()
    write(job, state=state, finished=now, heartbeat=now, outcome=outcome, release=job.release, **values)
