from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.models import Release
from performance.published.loader import PUBLIC_RECORD
from performance.releases.verify import verify_release


class Command(BaseCommand):
    help = "Work a release out again and say whether it comes to the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--series", default=PUBLIC_RECORD)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = Release.objects.get(series__slug=options["series"], number=options["number"])
        except Release.DoesNotExist as error:
            raise CommandError(
                f"The series '{options['series']}' has no release {options['number']}."
            ) from error
        verification = verify_release(release)
        if not verification.holds:
            raise CommandError(verification.sentence)
        self.stdout.write(verification.sentence)
