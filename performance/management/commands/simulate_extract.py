import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from performance.extracts.simulation import Plan, simulate, write
from performance.management.arguments import a_day
from performance.wording import written_number
from trusts.models import Organisation, OrganisationKind

DEFAULT = Plan(cases=10_000, trusts=())


class Command(BaseCommand):
    help = (
        "Write a case extract that is made up, as CSV or Parquet by the ending of its name, and beside it "
        "what has to be counted in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--cases", type=int, default=DEFAULT.cases)
        parser.add_argument("--trust", action="append", help="its slug; all of them unless told")
        parser.add_argument("--first", type=a_day, default=DEFAULT.first, help="the first cases begin")
        parser.add_argument("--last", type=a_day, default=DEFAULT.last, help="the last cases begin")
        parser.add_argument("--taken", type=a_day, default=DEFAULT.taken, help="the day of the extract")
        parser.add_argument("--seed", type=int, default=DEFAULT.seed)
        parser.add_argument("--odd", type=int, default=0, help="so many rows or cases with each fault")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan(
            cases=options["cases"],
            trusts=tuple(_trusts(options["trust"])),
            first=options["first"],
            last=options["last"],
            taken=_after(options["last"], options["taken"]),
            seed=options["seed"],
            odd=options["odd"],
        )
        try:
            simulated = simulate(plan)
            path = write(simulated.rows, options["file"])
        except KeyError as error:
            raise CommandError("The name of the file ends in .csv or .parquet.") from error
        answer = path.with_name(f"{path.stem}-answer.csv")
        simulated.answer.to_csv(answer, index=False, lineterminator="\n")
        rows = written_number(len(simulated.rows))
        self.stdout.write(f"SIMULATED: {rows} events are in {path}, and what to count in {answer}.")


def _trusts(asked: list[str] | None) -> list[str]:
    known = list(Organisation.objects.of_kind(OrganisationKind.TRUST).values_list("slug", flat=True))
    unknown = sorted(set(asked or ()) - set(known))
    if unknown:
        raise CommandError(f"There is no trust {unknown[0]}.")
    return sorted(asked or known)


def _after(last: datetime.date, taken: datetime.date) -> datetime.date:
    if taken < last:
        raise CommandError("An extract is taken after its last case began.")
    return taken
