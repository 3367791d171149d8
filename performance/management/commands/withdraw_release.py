from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.management.arguments import add_person, add_release, find_person, find_release
from performance.releases.actions import withdraw_release
from trusts.permission import NotAllowed


class Command(BaseCommand):
    help = "Withdraw a published release. Its pages stay, and say that it is withdrawn and why."

    def add_arguments(self, parser: CommandParser) -> None:
        add_release(parser)
        add_person(parser, "who withdraws it")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        release, person = find_release(options), find_person(options)
        try:
            withdraw_release(release=release, by=person, reason=options["reason"])
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {release.number} is withdrawn.")
