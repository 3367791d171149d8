import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from performance.calculation.tasks import send_again
from performance.jobs.sweeping import SILENCE, sweep


class Command(BaseCommand):
    help = "Look after jobs whose worker was lost, as beat does each minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--silence",
            type=int,
            default=int(SILENCE.total_seconds()),
            metavar="SECONDS",
            help="after how long without a sign of life a worker is taken for dead",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        silence = datetime.timedelta(seconds=options["silence"])
        jobs = sweep(timezone.now(), send_again, silence)
        self.stdout.write(f"{jobs or 'No'} {'job' if jobs == 1 else 'jobs'} needed looking after.")
