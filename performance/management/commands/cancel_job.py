from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.calculation.requests import cancel_job
from performance.management.arguments import add_person, find_person
from performance.models import Job
from trusts.permission import NotAllowed


class Command(BaseCommand):
    help = "Cancel a job: at once while it waits, at its next step while it runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("job", type=int)
        add_person(parser, "who cancels it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = cancel_job(job=Job.objects.get(pk=options["job"]), by=find_person(options))
        except Job.DoesNotExist as error:
            raise CommandError(f"There is no job {options['job']}.") from error
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(job.outcome or f"Job {job.pk} will end at its next step.")
