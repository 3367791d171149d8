from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.management.arguments import add_person, add_release, find_person, find_release
from performance.releases.actions import give_early_sight
from trusts.permission import NotAllowed


class Command(BaseCommand):
    help = "List someone who sees a draft release before it is published."

    def add_arguments(self, parser: CommandParser) -> None:
        add_release(parser)
        add_person(parser, "who lets them see it")
        parser.add_argument("--name", required=True)
        parser.add_argument("--office", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        release, person = find_release(options), find_person(options)
        try:
            sight = give_early_sight(
                release=release, by=person, name=options["name"], office=options["office"]
            )
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{sight} is listed for release {release.number}.")
