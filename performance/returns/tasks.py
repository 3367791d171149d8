"""The Celery tasks about returns: shells that take an id and call a plain function."""

from celery import shared_task

from performance.returns.checking import run_check
from performance.returns.reminders import send_reminders


@shared_task
def check_upload_task(job_id: int) -> None:
    run_check(job_id)


@shared_task
def send_reminders_task() -> None:
    send_reminders()
