import datetime
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from performance.calculation.requests import request_build
from performance.management.arguments import add_person, add_series, find_person, find_series
from performance.models import Job, JobState
from trusts.permission import NotAllowed

POLL_SECONDS = 0.2
WAITING_LONG = "No worker has taken the job within {seconds} seconds. Start one: make serve does."


SILENT_TOO_LONG = datetime.timedelta(minutes=15)
SILENT = (
    "The worker has said nothing since it began '{step}', a quarter of an hour ago: it was probably "
    "stopped. Nothing was released. Run the command again."
)


GONE = (
    "The database went away, and nobody can say how job {job} stands. Once it is back, the job is looked "
    "after within a few minutes: it is finished, or fails with its reason."
)


def silence(job: Job) -> datetime.timedelta:
    return timezone.now() - (job.heartbeat or job.requested_at)


class Command(BaseCommand):
    help = "Build a draft release in a background job, and say how it goes."

    def add_arguments(self, parser: CommandParser) -> None:
        add_series(parser)
        add_person(parser, "who asks for it")
        parser.add_argument("--patience", type=int, default=60, help="seconds to wait for a worker")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = request_build(find_series(options), find_person(options))
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Job {job.pk}")
        self.stdout.flush()
        try:
            job = self.wait(job, options["patience"])
        except OperationalError as error:
            raise CommandError(GONE.format(job=job.pk)) from error
        if job.state != JobState.SUCCEEDED:
            raise CommandError(job.outcome)
        self.stdout.write(job.outcome)

    def wait(self, job: Job, patience: int) -> Job:
        """Follow the job to its end, writing each step as it begins."""
        asked, step = time.monotonic(), ""
        while not job.is_finished:
            time.sleep(POLL_SECONDS)
            job.refresh_from_db()
            if job.step != step:
                step = job.step
                self.stdout.write(f"{step} ({job.step_number} of {job.steps_total})")
            if job.state == JobState.QUEUED and time.monotonic() - asked > patience:
                raise CommandError(WAITING_LONG.format(seconds=patience))
            if job.state == JobState.RUNNING and silence(job) > SILENT_TOO_LONG:
                raise CommandError(SILENT.format(step=job.step))
        return job
