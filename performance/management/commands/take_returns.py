import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from performance.management.arguments import a_day, find_series
from performance.models import Series, SeriesStanding

RETURNS = "returns"


class Command(BaseCommand):
    help = "Say to which series trusts send their returns. Only one takes them at a time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--series", default=RETURNS, help="'returns' unless told, made when first named")
        parser.add_argument(
            "--day", type=a_day, help="the day that it is in a simulated series, such as 2013-04-10"
        )
        parser.add_argument("--stop", action="store_true", help="no series takes returns any more")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stop"]:
            Series.objects.update(takes_returns=False)
            self.stdout.write("No series takes returns now.")
            return
        series = returns_series() if options["series"] == RETURNS else find_series(options)
        if options["day"] and series.standing != SeriesStanding.SIMULATED:
            raise CommandError(f"'{series}' isn't simulated, so its day is that of the calendar.")
        take_returns(series, options["day"])
        self.stdout.write(f"Trusts send their returns to '{series}' now.")


def returns_series() -> Series:
    series, _ = Series.objects.get_or_create(
        slug=RETURNS,
        defaults={
            "title": "Returns of trusts",
            "standing": SeriesStanding.MANAGEMENT_INFORMATION,
            "description": "Figures that trusts sent, that their chief executives approved and that NOMS "
            "accepted. They are management information, not official statistics.",
        },
    )
    return series


def take_returns(series: Series, day: datetime.date | None) -> None:
    with transaction.atomic():
        Series.objects.exclude(pk=series.pk).update(takes_returns=False)
        series.takes_returns, series.day = True, day
        series.save(update_fields=["takes_returns", "day"])
