from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trusts.content import ContentError
from trusts.loader import load_organisations


class Command(BaseCommand):
    help = "Load organisations and their history from trusts/data/."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_organisations()
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(f"{loaded.organisations} organisations, {loaded.successions} successions")
