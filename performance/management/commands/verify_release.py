from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.management.arguments import add_release, find_release
from performance.releases.verify import verify_release


class Command(BaseCommand):
    help = "Work a release out again and say whether it comes to the same."

    def add_arguments(self, parser: CommandParser) -> None:
        add_release(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        verification = verify_release(find_release(options))
        if not verification.holds:
            raise CommandError(verification.sentence)
        self.stdout.write(verification.sentence)
