"""The Celery tasks: shells that take an id and call a plain function."""

from celery import shared_task
from django.utils import timezone

from performance.calculation.jobs import run_build, sweep


@shared_task
def run_build_task(job_id: int) -> None:
    run_build(job_id)


@shared_task
def sweep_jobs_task() -> None:
    sweep(timezone.now(), run_build_task.delay)
