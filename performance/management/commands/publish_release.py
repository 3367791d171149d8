from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.models import Release
from performance.published.loader import PUBLIC_RECORD
from performance.releases.actions import NotAllowed, publish_release
from trusts.models import Person


class Command(BaseCommand):
    help = "Publish a draft release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--series", default=PUBLIC_RECORD)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who publishes it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = Release.objects.get(series__slug=options["series"], number=options["number"])
            person = Person.objects.get(username=options["by"])
            release = publish_release(release=release, by=person)
        except Release.DoesNotExist as error:
            raise CommandError(
                f"The series '{options['series']}' has no release {options['number']}."
            ) from error
        except Person.DoesNotExist as error:
            raise CommandError(f"There is no person with the username '{options['by']}'.") from error
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {release.number} is published.")
