from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.management.arguments import find_series
from performance.models import Series
from performance.returns.loader import SIMULATED, BadReturn, load_returns, simulated_series
from trusts.content import ContentError
from trusts.permission import NotAllowed


class Command(BaseCommand):
    help = "Load a folder of simulated returns, as submitted, approved and accepted by simulated people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="a folder of CSV files, one for each return")
        parser.add_argument("--series", default=SIMULATED, help="'simulated' unless told")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_returns(options["directory"], series_of(options))
        except (BadReturn, ContentError) as error:
            raise CommandError(f"This return was not loaded; those before it were.\n{error}") from error
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{loaded.returns} returns with {loaded.figures:,} figures ({loaded.unchanged} unchanged)"
        )


def series_of(options: dict[str, Any]) -> Series:
    return simulated_series() if options["series"] == SIMULATED else find_series(options)
