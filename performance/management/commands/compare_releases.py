from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from performance.management.arguments import add_release, find_release
from performance.releases.compare import compare_releases


class Command(BaseCommand):
    help = "Say what differs between two releases of a series, figure by figure."

    def add_arguments(self, parser: CommandParser) -> None:
        add_release(parser)
        parser.add_argument("later", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        comparison = compare_releases(find_release(options), find_release(options, options["later"]))
        self.stdout.write("\n".join([comparison.sentence, *comparison.lines]))
