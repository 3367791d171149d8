"""The Celery tasks about extracts: shells over plain functions."""

from celery import group, shared_task
from django.utils import timezone

from performance.extracts.jobs import run_count, run_task
from performance.extracts.keeping import delete_old_events

Task = tuple[int, int, str, int]


@shared_task
def count_extract_task(job_id: int) -> None:
    tasks: list[Task] = []
    run_count(job_id, send=lambda *task: tasks.append(task))
    _send(tasks)


@shared_task
def count_part_task(job_id: int, attempt: int, stage: str, number: int) -> None:
    tasks: list[Task] = []
    run_task(job_id, attempt, stage, number, send=lambda *task: tasks.append(task))
    _send(tasks)


@shared_task
def delete_old_events_task() -> None:
    delete_old_events(timezone.now())


def _send(tasks: list[Task]) -> None:
    """One task a file, or a part: any worker takes any of them."""
    if tasks:
        group(count_part_task.s(*task) for task in tasks).delay()
