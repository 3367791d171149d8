"""The Celery tasks: shells that take an id and call a plain function."""

from celery import group, shared_task
from django.utils import timezone

from performance.calculation.jobs import run_build, run_part
from performance.extracts.tasks import count_extract_task
from performance.jobs.sweeping import sweep
from performance.models import Job, JobKind
from performance.returns.tasks import check_upload_task


@shared_task
def run_build_task(job_id: int) -> None:
    """A build's canvas: this task plans, a group of part tasks works the years out, and the last of
    them to finish goes on to the release."""
    parts: list[tuple[int, int, str]] = []
    run_build(job_id, send=lambda *part: parts.append(part))
    if parts:
        group(run_part_task.s(*part) for part in parts).delay()


@shared_task
def run_part_task(job_id: int, attempt: int, year: str) -> None:
    run_part(job_id, attempt, year)


@shared_task
def sweep_jobs_task() -> None:
    sweep(timezone.now(), send_again)


def send_again(job: Job) -> None:
    """Put a job whose worker was lost back into the queue."""
    TASKS[JobKind(job.kind)].delay(job.pk)


TASKS = {
    JobKind.BUILD_RELEASE: run_build_task,
    JobKind.CHECK_UPLOAD: check_upload_task,
    JobKind.COUNT_EXTRACT: count_extract_task,
}
