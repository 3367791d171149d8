"""Building a release in the background.

A build is divided into parts, one for each financial year. Where there is enough to do they are
tasks of their own, for as many workers as there are; the worker that finishes the last one goes on
to the release. What joins them is the database: a chord would keep its count in a result backend,
which a killed worker or a restarted Redis can lose.

What is worked out is kept (see `parts`), so that another attempt goes on where the last one stopped.
"""

from collections.abc import Callable

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
from performance.jobs.running import (
    TakenOver,
    begin,
    check_goes_on,
    check_is_ours,
    finish,
    said_in,
    take,
    write,
)
from performance.models import Job, JobState

# With fewer figures to work out, sending parts to other workers takes longer than it saves.
WORTH_SENDING = 2_000

CHANGED = "The definitions changed while it was being built. Nothing was released. Build it again."

# Has a part worked out by another worker: job, attempt, year.
Send = Callable[[int, int, str], object]


def run_build(job_id: int, send: Send | None = None) -> None:
    """Do a requested build, by oneself or, where `send` is given and it pays, with others. A job
    that another worker has taken or finished is left alone."""
    job = take(job_id)
    if job is None:
        return
    with said_in(job):
        inputs, plan, years = _begin_build(job)
        missing = missing_parts(plan.parts)
        if send and len(missing) > 1 and sum(len(years[part.year]) for part in missing) >= WORTH_SENDING:
            begin(job, f"Work out {len(missing)} years", 1)
            for part in missing:
                send(job.pk, job.attempt, part.year)
            return
        for part in missing:
            begin(job, work_out(part.year), 1 + plan.parts.index(part))
            keep_part(part, work_out_year(years[part.year], inputs.definitions))
        _finish_build(job, plan, inputs.origins)


def run_part(job_id: int, attempt: int, year: str) -> None:
    """Work one year of a build out. Whoever finishes the last of them goes on to the release."""
    job = Job.objects.select_related("series", "requested_by").filter(pk=job_id, attempt=attempt).first()
    if job is None or job.state != JobState.RUNNING:
        return
    with said_in(job):
        plan, origins = _planned(job)
        check_goes_on(job)
        part = next(part for part in plan.parts if part.year == year)
        if missing_parts([part]):
            _work_out_part(part, origins)
        left = len(missing_parts(plan.parts))
        write(job, steps_done=1 + len(plan.parts) - left)
        if left == 0 and _is_first_to_finish(job):
            _finish_build(job, plan, origins)


def _begin_build(job: Job) -> tuple[Inputs, Plan, dict[str, pd.DataFrame]]:
    """Plan the build and write the plan down, for others to work by. Returns also the figures of
    each year."""
    begin(job, READ, 0)
    inputs = figures_to_release(job.series)
    plan, years = plan_of(inputs)
    job.plan = inputs.origins.keys | {"parts": plan.as_lists(), "inputs_digest": plan.inputs_digest}
    if not write(job, plan=job.plan, steps_total=len(plan.parts) + 3):
        raise TakenOver
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
    begin(job, COMPARE, len(plan.parts) + 1)
    results = results_of(plan, kept_parts(plan))
    begin(job, STORE, len(plan.parts) + 2)
    with transaction.atomic():
        check_is_ours(job)
        built = store_release(job.series, job.requested_by, origins, plan, results)
        job.release = built.release
        finish(job, JobState.SUCCEEDED, built.sentence, steps_done=len(plan.parts) + 3)
    forget_old_parts(timezone.now())
