from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from performance.extracts.actions import Request, check_can_be_counted, count_where_they_lie
from performance.extracts.count import Count, count_files
from performance.extracts.figures import Counting, figures_of
from performance.extracts.rules import known_trusts, rules_of
from performance.extracts.storing import NOTHING, store_count
from performance.management.arguments import a_day, add_person, find_person, find_series
from performance.management.commands.take_returns import RETURNS
from performance.models import Framework, Series
from performance.periods import Period, month_of
from performance.returns.found import CannotRead
from performance.returns.known import ReturnNames
from performance.returns.period_words import NotAPeriod, read_period
from performance.wording import counted, written_number
from trusts.permission import NotAllowed

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Count the measures of a framework from case extracts (CSV or Parquet: a row for each event), and "
        "make drafts of returns of them. Two files may have events of one case."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="files, or folders with files")
        parser.add_argument("--framework", required=True, help="its slug, such as ptrs-2010-11")
        parser.add_argument(
            "--period", required=True, type=months, help="first and last month, such as 2010-04..2011-03"
        )
        parser.add_argument("--taken", type=a_day, help="the day the extracts were taken; today unless told")
        parser.add_argument("--series", default=RETURNS, help="'returns' unless told")
        parser.add_argument(
            "--in-background", action="store_true", help="by workers that can read the files where they lie"
        )
        parser.add_argument(
            "--figures", type=Path, help="write the figures into this CSV file, and keep none"
        )
        add_person(parser, "who sends the figures; their trust's alone, where they are of one")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._count(options)
        except NotAllowed as reason:
            raise CommandError(str(reason)) from reason
        except CannotRead as reasons:
            raise CommandError(f"Nothing was counted.\n{reasons}") from reasons

    def _count(self, options: dict[str, Any]) -> None:
        series, by = find_series(options), find_person(options)
        files, request = _files(options["files"]), _request(options, series)
        check_can_be_counted(request, series.today)
        if options["in_background"]:
            extract = count_where_they_lie(files=files, request=request, series=series, by=by)
            self.stdout.write(f"Job {extract.job.pk} counts them. /returns/extracts/{extract.pk}/ tells how.")
            return
        names = ReturnNames.from_database()
        known, rules = known_trusts(names, request.taken), rules_of(request.framework)
        own = by.organisation.slug if by.organisation else None
        counting = Counting(known.slugs, request.framework.slug, rules, request.period, request.taken, own)
        count = count_files([(file, file.name) for file in files], rules, known, request.period)
        self.stdout.write(_counted(count))
        figures = figures_of(count, counting)
        if figures.empty:
            raise CommandError(NOTHING)
        if options["figures"]:
            figures.to_csv(options["figures"], index=False, lineterminator="\n")
            self.stdout.write(f"{written_number(len(figures))} figures are in {options['figures']}.")
            return
        with transaction.atomic():
            stored = store_count(count, counting, files[0].name, series, by, names)
        for found in stored.found[:SHOWN]:
            self.stdout.write(found.sentence)
        if len(stored.found) > SHOWN:
            self.stdout.write(f"and {len(stored.found) - SHOWN} more, on the page of the file.")
        drafts = counted(len(stored.drafts), "draft")
        self.stdout.write(f"{drafts} of returns. /returns/uploads/{stored.upload.pk}/ has more.")


def months(text: str) -> Period:
    first, _, last = text.partition("..")
    try:
        begins, ends = read_period(first), read_period(last or first)
    except NotAPeriod as reason:
        raise ArgumentTypeError(f"'{text}' is no period: {reason}") from reason
    if begins.start > ends.start:
        raise ArgumentTypeError(f"'{text}' ends before it begins")
    return Period(month_of(begins.start).start, month_of(ends.end).end)


def _files(paths: list[Path]) -> list[Path]:
    """Of folders, every file in them and below, in order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.suffix in (".csv", ".parquet"))
        elif path.is_file():
            found.append(path)
        else:
            raise CommandError(f"There is no file or folder {path}.")
    if not found:
        raise CommandError("The folder has no files that end in .csv or .parquet.")
    return found


def _request(options: dict[str, Any], series: Series) -> Request:
    framework = Framework.objects.filter(slug=options["framework"]).first()
    if framework is None:
        known = ", ".join(Framework.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no framework '{options['framework']}'. There are: {known}.")
    return Request(framework, options["period"], options["taken"] or series.today)


def _counted(count: Count) -> str:
    cases, rows = written_number(count.tally.cases), written_number(count.rows)
    return f"{cases} cases with {rows} events."
