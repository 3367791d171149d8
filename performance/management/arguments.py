"""What the commands about releases ask for, and how they look it up: a sentence where it isn't there."""

import datetime
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser

from performance.models import Release, Series
from performance.published.loader import PUBLIC_RECORD
from trusts.models import Person


def add_release(parser: CommandParser) -> None:
    parser.add_argument("number", type=int)
    add_series(parser)


def add_series(parser: CommandParser) -> None:
    parser.add_argument("--series", default=PUBLIC_RECORD)


def add_person(parser: CommandParser, who: str) -> None:
    parser.add_argument("--by", required=True, metavar="USERNAME", help=who)


def find_release(options: dict[str, Any], number: int | None = None) -> Release:
    """The release of the series asked for: that of the argument, or another number."""
    wanted = options["number"] if number is None else number
    try:
        return Release.objects.select_related("series").get(series__slug=options["series"], number=wanted)
    except Release.DoesNotExist as error:
        raise CommandError(f"The series '{options['series']}' has no release {wanted}.") from error


def find_series(options: dict[str, Any]) -> Series:
    try:
        return Series.objects.get(slug=options["series"])
    except Series.DoesNotExist as error:
        raise CommandError(
            f"There is no series '{options['series']}'. Load one first, for example with load_published."
        ) from error


def find_person(options: dict[str, Any]) -> Person:
    try:
        return Person.objects.get(username=options["by"])
    except Person.DoesNotExist as error:
        raise CommandError(f"There is no person with the username '{options['by']}'.") from error


def a_day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is no day; write it as 2012-07-26") from error


def an_hour(text: str) -> datetime.time:
    try:
        return datetime.time.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is no time of day; write it as 09:30") from error
