"""The Celery tasks: shells that take an id and call a plain function."""

from celery import shared_task

from performance.calculation.jobs import run_build


@shared_task
def run_build_task(job_id: int) -> None:
    run_build(job_id)
