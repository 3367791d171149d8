from typing import Any

from django.core.management.base import BaseCommand, CommandError

from performance.frameworks.loader import load_frameworks
from trusts.content import ContentError


class Command(BaseCommand):
    help = "Load measures and frameworks from performance/frameworks/content/."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_frameworks()
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(f"{loaded.measures} measures, {loaded.frameworks} frameworks")
