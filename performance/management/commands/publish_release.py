from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from performance.management.arguments import (
    a_day,
    add_person,
    add_release,
    an_hour,
    find_person,
    find_release,
)
from performance.models import Release
from performance.periods import written_moment
from performance.releases.actions import (
    HOUR_OF_PUBLICATION,
    correct_release,
    publish_release,
    schedule_release,
)
from trusts.models import Person
from trusts.permission import NotAllowed


class Command(BaseCommand):
    help = "Publish a draft release: now, on a day to come, or as the correction of an earlier one."

    def add_arguments(self, parser: CommandParser) -> None:
        add_release(parser)
        add_person(parser, "who publishes it")
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--on", type=a_day, metavar="DAY", help="have it published on that day")
        when.add_argument("--corrects", type=int, metavar="NUMBER", help="the release that it corrects")
        parser.add_argument(
            "--at",
            type=an_hour,
            metavar="TIME",
            default=HOUR_OF_PUBLICATION,
            help="with --on; 09:30 unless told",
        )
        parser.add_argument("--reason", default="", help="with --corrects; why a correction was needed")

    def handle(self, *args: Any, **options: Any) -> None:
        release, person = find_release(options), find_person(options)
        try:
            self.stdout.write(self.publish(release, person, options))
        except NotAllowed as error:
            raise CommandError(str(error)) from error

    def publish(self, release: Release, person: Person, options: dict[str, Any]) -> str:
        if options["on"]:
            release = schedule_release(release=release, by=person, day=options["on"], hour=options["at"])
            return (
                f"Release {release.number} will be published on "
                f"{written_moment(timezone.localtime(release.goes_public))}."
            )
        if options["corrects"] is not None:
            earlier = find_release(options, options["corrects"])
            release = correct_release(release=release, corrects=earlier, by=person, reason=options["reason"])
            return "\n".join([f"Release {release.number} is published.", *release.changes])
        return f"Release {publish_release(release=release, by=person).number} is published."
