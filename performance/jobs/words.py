"""How a run ended, for whoever asked for it."""

from performance.models import Job, JobKind

# What it is called, and what hasn't come of one that ended early.
RUN = {
    JobKind.BUILD_RELEASE: ("The build", "Nothing was released."),
    JobKind.COUNT_EXTRACT: ("The count", "Nothing of it was stored. Send the extract again."),
    JobKind.CHECK_UPLOAD: ("Checking the file", "Nothing of it was stored. Send it again."),
}


def stopped_by_a_fault(job: Job) -> str:
    run, nothing = RUN[JobKind(job.kind)]
    return (
        f"{run} stopped at '{job.step}' because of a fault in the program. {nothing} "
        f"The worker's log says more under job {job.pk}."
    )


def lost(job: Job) -> str:
    _, nothing = RUN[JobKind(job.kind)]
    return (
        f"{job.attempt} workers were lost over it, the last at '{job.step}'. {nothing} The logs of the "
        "workers and of the machine may say why."
    )


def cancelled(job: Job) -> str:
    return f"{job.cancelled_by} cancelled it at '{job.step}'."
