from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.returns.simulation import OtherFilesError, Simulation, simulate, write
from performance.returns.simulation.files import TRUTH


class Command(BaseCommand):
    help = "Write simulated returns of the 35 trusts, PTRS 2010-11 to 2012-13, with a truth planted in them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=a_seed, required=True, help="the same seed gives the same returns")
        parser.add_argument("--directory", type=Path, help="write here, in place of var/simulated")
        parser.add_argument(
            "--without-effect", action="store_true", help="outcomes that have nothing to do with process"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        directory = options["directory"] or Path(settings.VAR_DIRECTORY) / "simulated"
        simulation = simulate(options["seed"], effect=not options["without_effect"])
        try:
            written = write(simulation, directory)
        except OtherFilesError as error:
            raise CommandError(f"Nothing was written. {error}") from error
        except OSError as error:
            raise CommandError(
                f"The returns couldn't be written to {directory}: {error.strerror}."
            ) from error
        self.stdout.write(_sentence(simulation, len(written), directory))


def _sentence(simulation: Simulation, returns: int, directory: Path) -> str:
    planted = "" if simulation.effect else ", without the effect"
    return (
        f"Wrote {returns} simulated returns with {len(simulation.returns):,} figures to {directory} "
        f"(seed {simulation.seed}{planted}), and what was planted in them to {directory / TRUTH}."
    )


def a_seed(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"'{text}' is no seed; write a whole number, 0 or more")
    return int(text)
