from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.published.loader import load_published
from performance.published.rows import DATA
from trusts.content import ContentError


class Command(BaseCommand):
    help = "Load the tables of the public record from performance/published/data/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=DATA, help="read the tables from here")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_published(options["directory"])
        except ContentError as error:
            raise CommandError(f"This table was not loaded.\n{error}") from error
        self.stdout.write(
            f"{loaded.figures} figures from {loaded.tables} tables ({loaded.unchanged} unchanged)"
        )
