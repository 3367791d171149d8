import datetime
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from performance.calculation.requests import request_build
from performance.models import Job, JobState, Series
from performance.published.loader import PUBLIC_RECORD
from trusts.models import Person

POLL_SECONDS = 0.2
WAITING_LONG = "No worker has taken the job within {seconds} seconds. Start one: make serve does."


SILENT_TOO_LONG = datetime.timedelta(minutes=15)
SILENT = (
    "The worker has said nothing since it began '{step}', a quarter of an hour ago: it was probably "
    "stopped. Nothing was released. Run the command again."
)


def silence(job: Job) -> datetime.timedelta:
    return timezone.now() - (job.heartbeat or job.requested_at)


class Command(BaseCommand):
    help = "Build a draft release in a background job, and say how it goes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--series", default=PUBLIC_RECORD)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who asks for it")
        parser.add_argument("--patience", type=int, default=60, help="seconds to wait for a worker")

    def handle(self, *args: Any, **options: Any) -> None:
        job = request_build(self.series(options["series"]), self.person(options["by"]))
        job = self.wait(job, options["patience"])
        if job.state != JobState.SUCCEEDED:
            raise CommandError(job.outcome)
        self.stdout.write(job.outcome)

    def series(self, slug: str) -> Series:
        try:
            return Series.objects.get(slug=slug)
        except Series.DoesNotExist as error:
            raise CommandError(
                f"There is no series '{slug}'. Load one first, for example with load_published."
            ) from error

    def person(self, username: str) -> Person:
        try:
            return Person.objects.get(username=username)
        except Person.DoesNotExist as error:
            raise CommandError(f"There is no person with the username '{username}'.") from error

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
