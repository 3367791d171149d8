"""Looking after jobs that nobody works on any more."""

import datetime
from collections.abc import Callable

from performance.jobs.running import finish, write
from performance.jobs.words import cancelled, lost
from performance.models import Job, JobState

# A worker gives a sign of life every few seconds. After this long without one it is taken for dead.
SILENCE = datetime.timedelta(minutes=3)
# A task that was sent and that no worker took for so long may be lost with its broker.
UNTAKEN = datetime.timedelta(minutes=10)
MOST_ATTEMPTS = 3


def sweep(
    now: datetime.datetime, send: Callable[[Job], object], silence: datetime.timedelta = SILENCE
) -> int:
    """Those whose workers fell silent are given to another, or end with a reason after three; those
    that wait too long are sent again. Returns how many it dealt with."""
    silent = list(Job.objects.filter(state=JobState.RUNNING, heartbeat__lt=now - silence))
    untaken = list(Job.objects.filter(state=JobState.QUEUED, heartbeat__lt=now - UNTAKEN))
    for job in silent:
        if job.cancelled_at:
            finish(job, JobState.CANCELLED, cancelled(job))
        elif job.attempt >= MOST_ATTEMPTS:
            finish(job, JobState.FAILED, lost(job))
        elif write(job, state=JobState.QUEUED):
            send(job)
    for job in untaken:
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(heartbeat=now)
        send(job)
    return len(silent) + len(untaken)
