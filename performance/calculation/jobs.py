"""Background runs: doing one, and saying how it goes in its Job row.

A build is divided into parts, one for each financial year. Where there is enough to do they are
tasks of their own, for as many workers as there are; the worker that finishes the last one goes on
to the release. What joins them is the database: a chord would keep its count in a result backend,
which a killed worker or a restarted Redis can lose.

A worker that takes a job has the next attempt's number, and writes to the row only while the row
still has that number: one that was thought dead and wakes up changes nothing. What is worked out
is kept (see `parts`), so that another attempt goes on where the last one stopped.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils import timezone

from performance.calculation.build import (
    COMPARE,
    READ,
    STORE,
    NothingToBuild,
    figures_to_release,
    results_of,
    store_release,
    work_out,
)
from performance.calculation.heartbeat import beating
from performance.calculation.inputs import Inputs, Origins, inputs_of
from performance.calculation.parts import (
    Part,
    Plan,
    forget_old_parts,
    keep_part,
    kept_parts,
    missing_parts,
    part_of,
    plan_of,
    work_out_year,
)
from performance.models import Job, JobState

logger = logging.getLogger(__name__)

# A worker gives a sign of life every few seconds. After this long without one it is taken for dead.
SILENCE = datetime.timedelta(minutes=3)
# A task that was sent and that no worker took for so long may be lost with its broker.
UNTAKEN = datetime.timedelta(minutes=10)
MOST_ATTEMPTS = 3
# With fewer figures to work out, sending parts to other workers takes longer than it saves.
WORTH_SENDING = 2_000

UNEXPECTED = (
    "The build stopped at '{step}' because of a fault in the program. Nothing was released. "
    "The worker's log says more under job {job}."
)
LOST = (
    "{attempts} workers were lost over it, the last at '{step}'. Nothing was released. The logs of the "
    "workers and of the machine may say why."
)
CHANGED = "The definitions changed while it was being built. Nothing was released. Build it again."

# Has a part worked out by another worker: job, attempt, year.
Send = Callable[[int, int, str], object]


class _Cancelled(Exception):
    """Somebody has asked for the job's end."""


class _TakenOver(Exception):
    """The job belongs to another worker by now, or is over."""


def run_build(job_id: int, send: Send | None = None) -> None:
    """Do a requested build, by oneself or, where `send` is given and it pays, with others. A job
    that another worker has taken or finished is left alone."""
    job = _take(job_id)
    if job is None:
        return
    with _said_in(job):
        inputs, plan, years = _begin_build(job)
        missing = missing_parts(plan.parts)
        if send and len(missing) > 1 and sum(len(years[part.year]) for part in missing) >= WORTH_SENDING:
            _begin(job, f"Work out {len(missing)} years", 1)
            for part in missing:
                send(job.pk, job.attempt, part.year)
            return
        for part in missing:
            _begin(job, work_out(part.year), 1 + plan.parts.index(part))
            keep_part(part, work_out_year(years[part.year], inputs.definitions))
        _finish_build(job, plan, inputs.origins)


def run_part(job_id: int, attempt: int, year: str) -> None:
    """Work one year of a build out. Whoever finishes the last of them goes on to the release."""
    job = Job.objects.select_related("series", "requested_by").filter(pk=job_id, attempt=attempt).first()
    if job is None or job.state != JobState.RUNNING:
        return
    with _said_in(job):
        plan, origins = _planned(job)
        _check_goes_on(job)
        part = next(part for part in plan.parts if part.year == year)
        if missing_parts([part]):
            _work_out_part(part, origins)
        left = len(missing_parts(plan.parts))
        _write(job, steps_done=1 + len(plan.parts) - left)
        if left == 0 and _is_first_to_finish(job):
            _finish_build(job, plan, origins)


def sweep(
    now: datetime.datetime, send: Callable[[int], object], silence: datetime.timedelta = SILENCE
) -> int:
    """Look after jobs that nobody works on any more: those whose workers fell silent are given to
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


@contextmanager
def _said_in(job: Job) -> Iterator[None]:
    """While the block runs the job shows signs of life, and whatever ends the block early is said
    in its row."""
    try:
        with beating(lambda: _write(job)):
            yield
    except NothingToBuild as reason:
        _finish(job, JobState.FAILED, str(reason))
    except _Cancelled:
        job.refresh_from_db()
        _finish(job, JobState.CANCELLED, _cancelled(job))
    except _TakenOver:
        logger.warning("job %s was taken over by another worker", job.pk)
    except Exception:
        logger.exception("job %s failed", job.pk)
        job.refresh_from_db(fields=["step"])
        _finish(job, JobState.FAILED, UNEXPECTED.format(step=job.step, job=job.pk))


def _begin_build(job: Job) -> tuple[Inputs, Plan, dict[str, pd.DataFrame]]:
    """Plan the build and write the plan down, for others to work by. Returns also the figures of
    each year."""
    _begin(job, READ, 0)
    inputs = figures_to_release(job.series)
    plan, years = plan_of(inputs)
    job.plan = inputs.origins.keys | {"parts": plan.as_lists(), "inputs_digest": plan.inputs_digest}
    if not _write(job, plan=job.plan, steps_total=len(plan.parts) + 3):
        raise _TakenOver
    return inputs, plan, years


def _planned(job: Job) -> tuple[Plan, Origins]:
    origins = Origins.of_keys(job.plan["tables"], job.plan["returns"])
    return Plan.from_lists(job.plan["parts"], job.plan["inputs_digest"]), origins


def _work_out_part(part: Part, origins: Origins) -> None:
    """Reads the year for itself, as another worker planned it. Raises NothingToBuild where it isn't
    what was planned any more."""
    inputs = inputs_of(origins, part.year)
    if part_of(part.year, inputs.frame, inputs.definitions) != part:
        raise NothingToBuild(CHANGED)
    keep_part(part, work_out_year(inputs.frame, inputs.definitions))


def _is_first_to_finish(job: Job) -> bool:
    """Two workers may have done the last two years at the same moment."""
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
    return bool(ours.exclude(step__in=(COMPARE, STORE)).update(step=COMPARE))


def _finish_build(job: Job, plan: Plan, origins: Origins) -> None:
    """From the worked-out years to the release. Release and job change in one transaction, and
    only if the job is still ours: no half release, and none that no job knows of."""
    _begin(job, COMPARE, len(plan.parts) + 1)
    results = results_of(plan, kept_parts(plan))
    _begin(job, STORE, len(plan.parts) + 2)
    with transaction.atomic():
        if not Job.objects.select_for_update().filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING):
            raise _TakenOver
        built = store_release(job.series, job.requested_by, origins, plan, results)
        job.release = built.release
        _finish(job, JobState.SUCCEEDED, built.sentence, steps_done=len(plan.parts) + 3)
    forget_old_parts(timezone.now())


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


def _begin(job: Job, step: str, steps_done: int) -> None:
    job.step = step
    if not _write(job, step=step, steps_done=steps_done):
        raise _TakenOver
    _check_goes_on(job)


def _check_goes_on(job: Job) -> None:
    if Job.objects.filter(pk=job.pk, cancelled_at__isnull=False).exists():
        raise _Cancelled


def _finish(job: Job, state: JobState, outcome: str, **values: Any) -> None:
    now = timezone.now()
    _write(job, state=state, finished=now, heartbeat=now, outcome=outcome, release=job.release, **values)


def _cancelled(job: Job) -> str:
    return f"{job.cancelled_by} cancelled it at '{job.step}'."
